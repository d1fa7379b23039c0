"""The gentle level: only what is proven line by line goes, and only from a page that surely is one of a site.

Of 2,508 text files in the source distributions of 32 Python packages, 150 would have lost something to the zones:
tables of contents, lists of names, licences. With these two demands it is 3.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from cleaner.verdict import Category

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.judging.lines.marks import Marks
    from cleaner.verdict import Cut, Verdict

# Strong forms of so many categories prove a site's page; a licence has one, and an author's name.
_CATEGORIES = 2
_OWN = frozenset((Category.BYLINE, Category.BOILERPLATE))
# The rule of spam that is known by what its words do, without a name or an address; commit messages look like it.
_GUESSED = "lure"


def only_proven(verdicts: Sequence[Verdict], marks: Marks) -> list[Verdict]:
    """The verdicts with everything kept that has no proof of its own; all of it if the page has too few kinds."""
    proven = [not verdict.keep and _is_proven(line, verdict, marks) for line, verdict in enumerate(verdicts)]
    kinds = {verdict.category for verdict, sure in zip(verdicts, proven, strict=True) if sure} - _OWN
    enough = len(kinds) >= _CATEGORIES
    return [
        verdict if verdict.keep or (sure and enough) else dataclasses.replace(verdict, keep=True, pieces=())
        for verdict, sure in zip(verdicts, proven, strict=True)
    ]


def only_named(cuts: Sequence[Cut]) -> list[Cut]:
    """The cuts of spam that is known by a name, an address or a form."""
    return [cut for cut in cuts if cut.rule != _GUESSED]


def _is_proven(line: int, verdict: Verdict, marks: Marks) -> bool:
    """Whether the line is chrome by its own form; a head is not, since what it heads stays."""
    return verdict.category is Category.SPAM or (bool(marks.sure[line]) and not marks.heads[line])
