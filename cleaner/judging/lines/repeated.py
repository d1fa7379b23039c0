"""What a site's pages share, weighed against the lines that the judge would keep."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lines.decide import DOUBT
from cleaner.judging.repeats import RULE, weigh_repeats
from cleaner.verdict import Category

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.judging.lexicon import Hit
    from cleaner.options import Level
    from cleaner.page import Page
    from cleaner.verdict import Verdict

_BY_PLACE = {"head": Category.NAVIGATION, "inside": Category.TEMPLATE, "foot": Category.FOOTER}


def without_repeats(
    page: Page, verdicts: list[Verdict], title: Sequence[int], hits: Mapping[int, Sequence[Hit]], level: Level
) -> list[Verdict]:
    """The verdicts after what the site's pages share is weighed: kept lines may go, and removed ones score lower.

    title  the lines of the page's title
    hits   what the lexicon found, by line; its category names a line that goes, else its place does
    """
    kept = np.array([verdict.keep for verdict in verdicts])
    score = np.array([verdict.score for verdict in verdicts])
    weighed = weigh_repeats(page, score, kept, title)
    goes = kept & (weighed < score) & (weighed < DOUBT[level])
    if not (kept & ~goes).any():
        return verdicts
    new = [replace(verdict, score=round(likely, 4)) for verdict, likely in zip(verdicts, weighed.tolist(), strict=True)]
    for line in np.flatnonzero(goes).tolist():
        own = hits.get(line)
        category = own[0].rule.category if own else _BY_PLACE[page.shared_place[line]]
        new[line] = replace(new[line], keep=False, category=category, rule=RULE, pieces=())
    return new
