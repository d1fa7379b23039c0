"""Why a line was removed: the category and the rule of its strongest hit, else what its place in the page says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.judging.lexicon import Strength
from cleaner.judging.lines.zones import Zone
from cleaner.judging.pieces import pieces
from cleaner.verdict import Category, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.judging.lexicon import Hit
    from cleaner.judging.lines.decide import Evidence

_RANK = {Strength.WHOLE: 3, Strength.STRONG: 2, Strength.WEAK: 1}
_BY_ZONE = {
    Zone.HEADER: (Category.NAVIGATION, "zone:header"),
    Zone.ASIDE: (Category.BOILERPLATE, "zone:aside"),
    Zone.FOOTER: (Category.FOOTER, "zone:footer"),
    Zone.BODY: (Category.BOILERPLATE, "model:lines"),
}


class Reasons:
    """The verdicts on the removed lines of a page; `scores` are their probabilities of being content."""

    def __init__(self, evidence: Evidence, scores: Sequence[float]) -> None:
        self._hits = evidence.marks.hits
        self._scores = scores
        self._spam = (evidence.spam >= 0.5).tolist()
        self._row = evidence.shape.row.tolist()
        self._named = (evidence.column("holds_later") > 0).tolist()

    def removed(self, line: int, text: str, zone: int, headed: Category | None) -> Verdict:
        """The verdict on a line that goes; `headed` is the category of the headed list that it stands in, if any."""
        hits = self._hits.get(line)
        category, rule = self._reason(line, zone, hits, headed)
        parts = pieces(text, hits, category, rule) if hits else ()
        return Verdict(keep=False, score=self._scores[line], category=category, rule=rule, pieces=parts)

    def byline(self, line: int, text: str) -> Verdict:
        """The verdict on a byline, which leaves the body; a widget at its end is a piece of its own."""
        hits = self._hits.get(line, [])
        own = [hit for hit in hits if hit.rule.category == Category.BYLINE]
        rule = own[0].rule.id if own else "zone:byline"
        parts = pieces(text, hits, Category.BYLINE, rule) if hits else ()
        return Verdict(keep=False, score=self._scores[line], category=Category.BYLINE, rule=rule, pieces=parts)

    def _reason(
        self, line: int, zone: int, hits: Sequence[Hit] | None, headed: Category | None
    ) -> tuple[Category, str]:
        if self._spam[line]:
            return Category.SPAM, "spam"
        if hits:
            best = max(hits, key=lambda hit: (_RANK[hit.rule.strength], hit.end - hit.start))
            return best.rule.category, best.rule.id
        if headed is not None:
            return headed, "zone:list-below-head"
        if self._row[line]:
            return Category.NAVIGATION, "shape:row-of-items"
        if self._named[line]:
            return Category.NAVIGATION, "shape:window-title"
        return _BY_ZONE[zone]
