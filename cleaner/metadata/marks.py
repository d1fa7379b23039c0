"""What the markup itself says of people and dates: `time`, `rel=author`, microdata; by where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.metadata.candidates import Candidate

if TYPE_CHECKING:
    from cleaner.metadata.body import Body
    from cleaner.page import Page

_ABOVE, _BESIDE, _NEAR = 6, 5, 20
# So many different values are those of a list of documents.
_MANY = 4


def read_marks(page: Page, body: Body) -> list[Candidate]:
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


def _where(distance: int) -> str:
    if -_ABOVE <= distance < 0:
        return "above"
    return "beside" if 0 <= distance <= _BESIDE else "near" if 0 <= distance <= _NEAR else "far"
