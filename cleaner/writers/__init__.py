"""Writers: a `Document` in, text out. A new format is one module and one line here."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.document import Document


class Writer(NamedTuple):
    """Where a writer lives (a string, so that nothing is imported before it is used), and its files' suffix."""

    function: str
    suffix: str


WRITERS: dict[str, Writer] = {
    "markdown": Writer("cleaner.writers.markdown:write", ".md"),
    "text": Writer("cleaner.writers.text:write", ".txt"),
    "json": Writer("cleaner.writers.json:write", ".json"),
    "jsonl": Writer("cleaner.writers.json:write", ".jsonl"),  # the same line, for several documents in one file
    "html": Writer("cleaner.writers.html:write", ".html"),
}


def write(document: Document, to: str) -> str:
    """The document in the format named `to`, a key of `WRITERS`; raises KeyError for others."""
    module, name = WRITERS[to].function.split(":")
    function = cast("Callable[[Document], str]", getattr(import_module(module), name))
    return function(document)
