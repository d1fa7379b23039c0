"""The text of a line → runs; addresses become links, for Markdown would make links of them anyway, and wrong ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.document import LineBreak, Link, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.document import Run, Runs

# The characters of RFC 3986, so that Chinese text behind an address never belongs to it.
_ADDRESS = re.compile(r"(?:https?|ftp)://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]{1,4000}", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\u00a0]{2,}|[\t\u00a0]")
_TRAILING = ".,;:!?'\"*_~[]"


def runs_of(text: str) -> Runs:
    """The runs of one line."""
    text = _SPACES.sub(" ", text)
    if "://" not in text:
        return (Text(text),) if text else ()
    out: list[Run] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        address = _trimmed(found[0])
        if address.endswith("/") and address.count("/") == 2:
            continue  # a scheme alone
        if found.start() > at:
            out.append(Text(text[at : found.start()]))
        out.append(Text(address, (Link(address),)))
        at = found.start() + len(address)
    if at < len(text):
        out.append(Text(text[at:]))
    return tuple(out)


def runs_of_lines(texts: Iterable[str]) -> Runs:
    """The runs of lines that stay lines."""
    out: list[Run] = []
    for text in texts:
        if out:
            out.append(LineBreak())
        out.extend(runs_of(text))
    return tuple(out)


def _trimmed(address: str) -> str:
    """The address without the punctuation of the sentence around it."""
    spare = address.count(")") - address.count("(")
    end = len(address)
    while end and (address[end - 1] in _TRAILING or (address[end - 1] == ")" and spare > 0)):
        spare -= address[end - 1] == ")"
        end -= 1
    return address[:end]
