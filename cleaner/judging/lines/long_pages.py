"""Pages too long for zones alone: the line model chooses the lines, structures stand or fall as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lines.model import expected_best
from cleaner.judging.lines.zones import Zone

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.judging.lines.decide import Evidence
    from cleaner.judging.lines.model import Opinion
    from cleaner.options import Level

SHORT_PAGE = 45  # lines; up to here the chain of zones knows better, beyond it the model does
# If the zones drop more than this share of what the model takes for content, the page isn't one that they understand.
MOST_LOST = 0.4
CLEAN = 0.75  # probability of chrome on the page, below which it stays as it is
_EVEN = 0.5
_GENTLE_CUT = 0.15
_BESIDE = 3  # lines
# Running text without a mark stays unless the model gives it less. Between 0.2 and 0.5 the F1 of 430 unseen pages moves
# by less than 0.001, so that the cut only decides for whom doubt speaks.
_TEXT_CUT = 0.35


def understood(zones: NDArray[np.int64], opinion: Opinion, words: NDArray[np.float32]) -> bool:
    """Whether the zones of a short page may decide: they don't drop what the model takes for content."""
    mass = opinion.probability * words
    lost = float(mass[(zones != Zone.BODY) & (opinion.probability >= 0.5)].sum())
    return lost <= MOST_LOST * max(float(mass.sum()), 1e-6)


def model_zones(opinion: Opinion, evidence: Evidence, level: Level) -> NDArray[np.int64]:
    """The zones by the model: what it keeps is body, the rest header, aside or footer by its place."""
    probability = opinion.probability
    if opinion.dirty < CLEAN:
        return np.full(len(probability), Zone.BODY, np.int64)
    if level == "strict" or (level == "standard" and opinion.article):
        keep = probability >= _EVEN
    elif level == "gentle":
        keep = probability >= _GENTLE_CUT
    else:
        keep = expected_best(probability, evidence.shape.words)
        keep |= _text_beside(keep, probability, evidence)
    keep = _whole_structures(keep, probability, evidence)
    zones = np.where(keep, Zone.BODY, Zone.ASIDE).astype(np.int64)
    kept = np.flatnonzero(keep)
    first, last = (int(kept[0]), int(kept[-1])) if len(kept) else (len(keep), len(keep))
    zones[:first] = Zone.HEADER
    zones[last + 1 :] = Zone.FOOTER
    return zones


def _text_beside(keep: NDArray[np.bool_], probability: NDArray[np.float32], evidence: Evidence) -> NDArray[np.bool_]:
    """Running text that the model is not sure to drop, a button or a label away from running text that it keeps."""
    running = (evidence.column("running") > 0) & evidence.shape.ends
    width = 2 * _BESIDE + 1
    near = np.convolve(running & keep, np.ones(width))[_BESIDE : _BESIDE + len(keep)] > 0
    plain = (evidence.marks.chrome < _TEXT_CUT) & (evidence.spam < _EVEN)
    return np.asarray(running & near & plain & (probability >= _TEXT_CUT), bool)


def _whole_structures(
    keep: NDArray[np.bool_], probability: NDArray[np.float32], evidence: Evidence
) -> NDArray[np.bool_]:
    guarded = evidence.column("guarded") > 0
    if not guarded.any():
        return keep
    if guarded.all():  # a file that is no page
        return guarded
    begins = np.flatnonzero(guarded & ~np.concatenate([[False], guarded[:-1]]))
    ends = np.flatnonzero(guarded & ~np.concatenate([guarded[1:], [False]])) + 1
    keep = keep.copy()
    words = evidence.shape.words
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        part = slice(begin, end)
        keep[part] = np.average(probability[part], weights=words[part] + 0.1) >= 0.3 or keep[part].mean() >= 0.5
    return keep
