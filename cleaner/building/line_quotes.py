"""Quoted lines of bare text, as mails have them → quotations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.building.line_runs import runs_of_lines
from cleaner.document import Paragraph, Quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.building.kept_lines import KeptLine
    from cleaner.document import Block

_QUOTED = re.compile(r">[ \t]?")
_DEEPEST_QUOTE = 8  # levels; the oldest mails of a thread stand no deeper


def quotations(lines: Sequence[KeptLine]) -> list[Block]:
    """Quoted lines as nested quotations; the lines of one depth make one paragraph, line by line."""
    out: list[Block] = []
    stretch: list[str] = []
    depth = 0
    for line in lines:
        own, text = _unquoted(line.text)
        if stretch and own != depth:
            out.append(_quotation(stretch, depth))
            stretch = []
        depth = own
        stretch.append(text)
    out.append(_quotation(stretch, depth))
    return out


def _unquoted(text: str) -> tuple[int, str]:
    depth = 0
    at = 0
    while depth < _DEEPEST_QUOTE and (found := _QUOTED.match(text, at)):
        depth, at = depth + 1, found.end()
    return max(depth, 1), text[at:].strip()


def _quotation(texts: list[str], depth: int) -> Quote:
    paragraphs_of: list[Block] = []
    pending: list[str] = []
    for text in [*texts, ""]:
        if text:
            pending.append(text)
        elif pending:
            paragraphs_of.append(Paragraph(runs_of_lines(pending)))
            pending = []
    quote = Quote(tuple(paragraphs_of))
    for _ in range(depth - 1):
        quote = Quote((quote,))
    return quote
