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


def removed(line: int, text: str, zone: int, evidence: Evidence, headed: Category | None) -> Verdict:
    """The verdict on a line that goes; `headed` is the category of the headed list that it stands in, if any."""
    hits = evidence.marks.hits.get(line, [])
    category, rule = _reason(line, zone, hits, evidence, headed)
    score = round(float(evidence.body[line]), 4)
    parts = tuple(pieces(text, hits, category, rule)) if hits else ()
    return Verdict(keep=False, score=score, category=category, rule=rule, pieces=parts)


def byline(line: int, text: str, evidence: Evidence) -> Verdict:
    """The verdict on a byline, which leaves the body; a widget at its end is a piece of its own."""
    hits = evidence.marks.hits.get(line, [])
    own = [hit for hit in hits if hit.rule.category == Category.BYLINE]
    rule = own[0].rule.id if own else "zone:byline"
    parts = tuple(pieces(text, hits, Category.BYLINE, rule)) if hits else ()
    score = round(float(evidence.body[line]), 4)
    return Verdict(keep=False, score=score, category=Category.BYLINE, rule=rule, pieces=parts)


def _reason(
    line: int, zone: int, hits: Sequence[Hit], evidence: Evidence, headed: Category | None
) -> tuple[Category, str]:
    if evidence.spam[line] >= 0.5:
        return Category.SPAM, "spam"
    if hits:
        best = max(hits, key=lambda hit: (_RANK[hit.rule.strength], hit.end - hit.start))
        return best.rule.category, best.rule.id
    if headed is not None:
        return headed, "zone:list-below-head"
    if evidence.shape.row[line]:
        return Category.NAVIGATION, "shape:row-of-items"
    if evidence.column("holds_later")[line]:
        return Category.NAVIGATION, "shape:window-title"
    return _BY_ZONE[zone]
