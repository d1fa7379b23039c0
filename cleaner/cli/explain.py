"""`cleaner explain`: what stayed of a page and what went, in its own order, and why."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.console import has_colors, rich_console
from cleaner.cli.named_files import NamedFiles, helped
from cleaner.cli.page_options import from_option, page_options
from cleaner.cli.parameters import Known
from cleaner.cli.root import CONTEXT
from cleaner.cli.run_options import color_option
from cleaner.cli.settings import settings_options
from cleaner.errors import ExitCode, UsageError
from cleaner.files import write_file, write_standard_output
from cleaner.verdict import Category

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Document

_CATEGORY = Known("category", [str(category) for category in Category])
_FORMATS = {".html": "html", ".htm": "html", ".json": "json"}


@click.command(context_settings=CONTEXT)
@click.argument("files", nargs=-1, type=click.Path(path_type=str), metavar="[FILES]...")
@click.option("-o", "--output", metavar="FILE", help="Write to a file: a page if it is named .html, JSON for .json.")
@click.option(
    "-t",
    "--to",
    type=click.Choice(["text", "html", "json"]),
    help="What comes out: text for a terminal or pager (the default), a page for browsers, or data.",
)
@click.option("--removed-only", is_flag=True, help="In text: leave out what was kept.")
@click.option("--category", type=_CATEGORY, multiple=True, help="In text: only what was removed as this; repeatable.")
@click.option("--reasons", is_flag=True, help="In text: below each removed part, its rule or the model's reasons.")
@from_option
@page_options("--engine")
@click.option("--url", help="The address of the page.")
@color_option
@settings_options
def explain(**given: Any) -> int:
    """What stayed of a page and what went, in its own order, and why.

    Nothing is cleaned or written: the page itself is shown, what went dim and struck, with its category beside it. Page
    through it with: cleaner explain --color always FILE | less -R. To clean, and have a list of what was removed beside
    the document, use: cleaner --explain.
    """
    files: tuple[str, ...] = given["files"]
    if helped(files):
        return ExitCode.USAGE
    shape = given["to"] or _FORMATS.get(Path(given["output"] or "").suffix.lower(), "text")
    _refuse(files, shape, given)
    inputs = NamedFiles(files, url=given["url"])
    out = [_written(name, document, shape, given) for name, document in inputs.documents()]
    if out:
        _put(("\n" if shape == "text" else "").join(out).encode("utf-8", "replace"), given["output"])
    return inputs.code


def _refuse(files: tuple[str, ...], shape: str, given: dict[str, Any]) -> None:
    output: str | None = given["output"]
    if shape == "html" and len(files) > 1:
        raise UsageError("a page explains one document", hint="name one file, or leave out -o and -t html")
    if shape != "text" and (chosen := next(_text_options(given), None)):
        raise UsageError(f"--{chosen} goes with text; the page and the data hold everything")
    if output is not None and any(file != "-" and os.path.realpath(file) == os.path.realpath(output) for file in files):
        raise UsageError(f"-o is one of the inputs: {output}", hint="name another")


def _text_options(given: dict[str, Any]) -> Iterator[str]:
    return (name.replace("_", "-") for name in ("removed_only", "category", "reasons") if given[name])


def _written(name: str, document: Document, shape: str, given: dict[str, Any]) -> str:
    if shape == "html":
        from cleaner.explanation.page import write_page

        return write_page(document)
    if shape == "json":
        return document.explain().to_json()
    from cleaner.cli.explain_text import write_text

    colors = has_colors(sys.stdout, given["color"]) and (given["output"] is None or given["color"] == "always")
    text = io.StringIO()
    console = rich_console(text, "always" if colors else "never")
    console.width = rich_console(sys.stderr, "never").width
    write_text(
        console,
        name,
        document.explain(),
        categories=given["category"],
        removed_only=given["removed_only"],
        reasons=given["reasons"],
    )
    return text.getvalue()


def _put(data: bytes, output: str | None) -> None:
    if output is None:
        write_standard_output(data)
    else:
        write_file(Path(output), data)
