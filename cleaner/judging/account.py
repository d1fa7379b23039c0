"""From verdicts about blocks to the account of what was removed and found, in the page's own offsets."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from cleaner.document import Finding, Removal
from cleaner.verdict import Category, Piece

if TYPE_CHECKING:
    from cleaner.page import Page
    from cleaner.verdict import Judgement


class LineNumbers:
    """Offsets to 1-based line numbers; each line feed of the source is found once."""

    def __init__(self, source: str) -> None:
        self._ends: list[int] = []
        at = source.find("\n")
        while at >= 0:
            self._ends.append(at)
            at = source.find("\n", at + 1)

    def number(self, offset: int) -> int:
        """The number of the line that an offset is in."""
        return bisect_right(self._ends, offset - 1) + 1


def takes_out(page: Page, judgement: Judgement) -> bool:
    """Whether there are any removals."""
    return bool(judgement.cuts) or any(text and not keep for text, keep in zip(page.text, judgement.kept, strict=False))


def removals(page: Page, judgement: Judgement) -> tuple[Removal, ...]:
    """Each removed block, piece of a block, and cut, in the order of the page."""
    lines = LineNumbers(page.source)
    out: list[Removal] = []
    for index, verdict in enumerate(judgement.verdicts):
        if verdict.keep or not page.text[index]:
            continue
        whole = (Piece(0, len(page.text[index]), verdict.category or Category.BOILERPLATE, verdict.rule),)
        for piece in verdict.pieces or whole:
            start, end = page.start[index] + piece.start, page.start[index] + piece.end
            text = page.source[start:end]
            out.append(Removal(piece.category, piece.rule, verdict.score, start, end, lines.number(start), text))
    for cut in judgement.cuts:
        start, end = page.start[cut.block] + cut.start, page.start[cut.block] + cut.end
        text = page.source[start:end]
        out.append(Removal(cut.category, cut.rule, cut.score, start, end, lines.number(start), text))
    out.sort(key=lambda removal: (removal.start, removal.end))
    return tuple(out)


def findings(page: Page, judgement: Judgement) -> tuple[Finding, ...]:
    """What the judge found worth telling, in the order of the page."""
    lines = LineNumbers(page.source)
    out = []
    for found in judgement.findings:
        start, end = page.start[found.block] + found.start, page.start[found.block] + found.end
        text = page.source[start:end]
        out.append(
            Finding(found.category, found.rule, found.score, start, end, lines.number(start), text, found.message)
        )
    out.sort(key=lambda finding: (finding.start, finding.end))
    return tuple(out)
