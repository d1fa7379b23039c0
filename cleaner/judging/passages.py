"""From verdicts about blocks to all of a page's text in order: what stays and what goes, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.document import Passage
from cleaner.judging.account import LineNumbers
from cleaner.page import BlockKind
from cleaner.verdict import Category, Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.page import Page
    from cleaner.verdict import Cut, Judgement, Verdict, Weighing

_KINDS = {kind.value: kind.name.lower().replace("_", " ") for kind in BlockKind}


def passages(page: Page, judgement: Judgement) -> tuple[Passage, ...]:
    """Each block, those of which a part goes in pieces, in the order of the page; blocks without text are left out."""
    cuts: dict[int, list[Cut]] = {}
    for cut in judgement.cuts:
        cuts.setdefault(cut.block, []).append(cut)
    weighed = judgement.weigh() or (None,) * len(page)
    if page.shared and any(weighed):
        from cleaner.judging.weighing import after_profile  # numpy is loaded with what weighs

        weighed = after_profile(weighed, [verdict.score for verdict in judgement.verdicts], page.shared)
    block_of = _Blocks(page, weighed)
    return tuple(
        passage
        for block, verdict in enumerate(judgement.verdicts)
        if page.text[block]
        for passage in block_of.passages(block, verdict, cuts.get(block, ()))
    )


class _Blocks:
    """A page's blocks, with the weighing of each."""

    def __init__(self, page: Page, weighed: Sequence[Weighing | None]) -> None:
        self._page = page
        self._lines = LineNumbers(page.source)
        self._weighed = weighed

    def passages(self, block: int, verdict: Verdict, cuts: Sequence[Cut]) -> Iterator[Passage]:
        """The pieces of a block that goes; of one that stays, its cuts and what stands between them."""
        size = len(self._page.text[block])
        whole = (Piece(0, size, verdict.category or Category.BOILERPLATE, verdict.rule),)
        if not verdict.keep:
            for piece in _joined(verdict.pieces or whole):
                yield self._removed(block, piece, verdict.score)
            return
        at = 0
        for cut in sorted(cuts, key=lambda cut: cut.start):
            begin = max(cut.start, at)
            if begin > at:
                yield self._kept(block, at, begin, verdict)
            if cut.end > begin:
                yield self._removed(block, Piece(begin, cut.end, cut.category, cut.rule), cut.score)
            at = max(at, cut.end)
        if at < size:
            yield self._kept(block, at, size, verdict)

    def _removed(self, block: int, piece: Piece, score: float) -> Passage:
        return self._passage(block, piece, score, kept=False, category=piece.category)

    def _kept(self, block: int, start: int, end: int, verdict: Verdict) -> Passage:
        piece = Piece(start, end, verdict.category or Category.BOILERPLATE, verdict.rule)
        return self._passage(block, piece, verdict.score, kept=True, category=verdict.category)

    def _passage(self, block: int, piece: Piece, score: float, *, kept: bool, category: Category | None) -> Passage:
        page = self._page
        start, end = page.start[block] + piece.start, page.start[block] + piece.end
        return Passage(
            kept=kept,
            kind=_KINDS[page.block_kind[block]],
            level=page.level[block],
            category=category,
            rule=piece.rule,
            score=score,
            start=start,
            end=end,
            line=self._lines.number(start),
            text=page.source[start:end],
            weighing=self._weighed[block],
        )


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, those that follow one another for one reason as one."""
    open_one = pieces[0]
    for piece in pieces[1:]:
        if (piece.category, piece.rule, piece.start) == (open_one.category, open_one.rule, open_one.end):
            open_one = Piece(open_one.start, piece.end, piece.category, piece.rule)
        else:
            yield open_one
            open_one = piece
    yield open_one
