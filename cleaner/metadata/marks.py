"""What the markup itself says of people and dates: `time`, `rel=author`, microdata; by where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.metadata.candidates import IN_COMMENTS, Candidate
from cleaner.verdict import Category

if TYPE_CHECKING:
    from cleaner.metadata.body import Body
    from cleaner.page import Page
    from cleaner.verdict import Judgement

_ABOVE, _BESIDE, _NEAR = 6, 5, 20
# So many different values are those of a list of documents.
_MANY = 4


def read_marks(page: Page, judgement: Judgement, body: Body) -> list[Candidate]:
    """Candidates from the marks of the page."""
    anchor = body.anchor
    marks = page.head.marks
    out = []
    for mark in marks:
        alike = [other.value for other in marks if (other.kind, other.way) == (mark.kind, mark.way)]
        way = f"{mark.way} change" if mark.kind == "modified" else mark.way
        signals = [f"{way} {_where(mark.block - anchor)}"]
        if alike[0] == mark.value:
            signals.append(f"first {way}")
        if len(set(alike)) >= _MANY:
            signals.append(f"{way} of many")
        if mark.kind == "author" and in_comments(judgement, body, mark.block):
            signals.append(IN_COMMENTS)
        out.append(
            Candidate(
                mark.kind,
                mark.value,
                "microdata" if mark.way == "microdata" else "markup",
                tuple(signals),
                mark.block - anchor,
            )
        )
    return out


def in_comments(judgement: Judgement, body: Body, block: int) -> bool:
    """Whether the judge takes a block below the body for a comment."""
    verdicts = judgement.verdicts
    if body.kept and block < body.kept[-1]:
        return False
    return block < len(verdicts) and verdicts[block].category is Category.COMMENTS


def _where(distance: int) -> str:
    if -_ABOVE <= distance < 0:
        return "above"
    return "beside" if 0 <= distance <= _BESIDE else "near" if 0 <= distance <= _NEAR else "far"
