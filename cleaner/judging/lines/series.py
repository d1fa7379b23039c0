"""Series of short heads: numbers of chapters, days of the week."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lines.zones import Zone

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.judging.lines.decide import Evidence

# So many lines of no more letters, the same but for their figures, are heads in a text.
_SERIES, _LETTERS = 3, 6
_FIGURES = re.compile(r"[\d一二三四五六七八九十日天]")
_MARKED = 0.3  # strength of a mark


def keep_series(zones: NDArray[np.int64], proof: NDArray[np.bool_], evidence: Evidence) -> None:
    """Numbers of chapters and days of the week inside the body: short lines that differ in a figure alone."""
    folded = evidence.shape.folded
    inside = np.flatnonzero(zones == Zone.BODY)
    if not len(inside):
        return
    plain = (evidence.shape.total <= _LETTERS) & ~proof & (evidence.marks.chrome < _MARKED)
    series: dict[str, list[int]] = {}
    for line in np.flatnonzero(plain[: inside[-1]]).tolist():
        if line > inside[0] and folded[line].isalnum():
            series.setdefault(_FIGURES.sub("0", folded[line]), []).append(line)
    for form, lines in series.items():
        if "0" in form and len(lines) >= _SERIES:
            zones[lines] = Zone.BODY
