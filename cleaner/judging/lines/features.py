"""The numbers that the line model reads: a line's own shape, words and marks, its neighbours', and the page's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lines.alphabet import Class
from cleaner.judging.lines.around import Around, stacked
from cleaner.page import BlockKind, Flag

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from cleaner.judging.lines.marks import Marks
    from cleaner.judging.lines.shape import Shape
    from cleaner.page import Page

    Floats = NDArray[np.float32]

_SHARES = np.array([
    Class.UPPER, Class.DIGIT, Class.CJK, Class.SPACE, Class.COMMA, Class.SEPARATOR, Class.UNSPACED, Class.OTHER
])  # fmt: skip
_NUMBERS = np.array([Class.STOP, Class.COMMA, Class.SEPARATOR, Class.OPEN, Class.BULLET])
_LAST = np.array([
    Class.COMMA, Class.COLON, Class.DIGIT, Class.SEPARATOR, Class.CLOSE, Class.BULLET, Class.OTHER
])  # fmt: skip
_FIRST = np.array([
    Class.UPPER, Class.LOWER, Class.DIGIT, Class.CJK, Class.OPEN, Class.SEPARATOR, Class.BULLET
])  # fmt: skip
# Plain numbers: arrays compare slowly with enums.
ITEM, HEADING, GUARDED = int(BlockKind.ITEM), int(BlockKind.HEADING), int(Flag.GUARDED)
SHIFTS = (1, 2, -1, -2)
REACHES = (2, 5, 12)
SECOND_SHIFTS = (1, 2, 3, -1, -2, -3)
SECOND_REACHES = (3, 8, 20)
_GOOD_WORDS = 10.0  # words of a line that carries text
_DEEPEST = 200  # columns of indent told apart
_END_LINES = 3
_FARTHEST = 99.0  # lines; farther is far
SURE_CONTENT = 0.6  # probability; of lines that the second pass takes for content of the first
_FLOOR = 1e-4


def first_features(page: Page, shape: Shape, marks: Marks, spam: Floats, score: Floats) -> Floats:
    """What the first pass reads, lines × features; `score` is the learned lexicon's."""
    number = len(shape)
    good = (shape.words >= _GOOD_WORDS) & (shape.ends | (shape.sentences + shape.counts[:, Class.COMMA] >= 2))
    length = np.log1p(shape.words)
    near = np.array([length, score, good, marks.chrome])
    mass = shape.words * good
    before, after, total = _mass_around(mass)
    indent = np.minimum(np.asarray(page.indent, np.int64), _DEEPEST)
    at_indent = np.bincount(indent, weights=mass, minlength=_DEEPEST + 1)[indent] / total
    turn = np.zeros(number + 1)
    turn[1:-1] = np.sign(indent[1:] - indent[:-1])
    words, sure = max(float(shape.words.sum()), 1.0), int(np.count_nonzero(marks.sure))
    page_wide = (
        np.log1p(number), np.log1p(float(shape.words.sum())), np.count_nonzero(good) / number,
        float(mass.sum()) / words, float(shape.counts[:, Class.CJK].sum()) / max(float(shape.ink.sum()), 1.0),
        np.count_nonzero(shape.words < 5) / number, float(score.sum()) / number, float(length.sum()) / number,
        sure / number, float(min(sure, 10)),
    )  # fmt: skip
    place = (
        before, after, at_indent, turn[:-1], turn[1:],
        np.log1p([*_distances(good), *_distances(marks.sure)]), *_ends(number),
    )  # fmt: skip
    own = _own(page, shape, marks, spam, score)
    shifted = (_shifted(near, step) for step in SHIFTS)
    return stacked([*own, *shifted, *_half_means(near, REACHES), *place, *page_wide], number)


def _own(page: Page, shape: Shape, marks: Marks, spam: Floats, score: Floats) -> list[ArrayLike]:
    """The columns of each line's own figures."""
    counts = shape.counts.T
    blank = np.minimum(np.asarray(page.blank_before, np.float32), 4)
    kinds = np.asarray(page.block_kind, np.int64)
    words = np.maximum(counts[Class.LOWER] + counts[Class.UPPER], 0) / np.maximum(shape.words, 1)
    flags = np.asarray(page.flags, np.int64)
    indent = np.asarray(page.indent, np.float32)
    return [
        np.log1p([shape.words, shape.total]), score, shape.ends,
        np.log1p([shape.sentences, shape.gaps, shape.items]), shape.row, shape.running, np.minimum(words, 15),
        counts[Class.BULLET] >= shape.ink, blank, np.append(blank[1:], 4),
        np.log1p(indent), kinds == ITEM, kinds == HEADING,
        (flags & GUARDED) > 0, np.asarray(page.links, np.float32) > 0, marks.covered, marks.sure, marks.heads,
        spam,
        counts[_SHARES] / np.maximum(shape.total, 1), np.log1p(counts[_NUMBERS]),
        shape.last == _LAST[:, None], shape.first == _FIRST[:, None], marks.groups.T,
    ]  # fmt: skip


def second_features(probability: Floats, words: Floats) -> Floats:
    """What the second pass reads beside the first's features: the first pass' answer around each line."""
    odds = log_odds(probability)
    shifted = (_shifted(odds, step, -6.0) for step in SECOND_SHIFTS)
    mass = probability * words
    before, after, _ = _mass_around(mass)
    sure = probability > SURE_CONTENT
    whole = (
        probability.max(), float(probability.sum()) / len(words), float(mass.sum()) / max(float(words.sum()), 1.0)
    )  # fmt: skip
    place = (odds, before, after, np.log1p(_distances(sure)))
    return stacked([*place, *shifted, *_half_means(probability[None], SECOND_REACHES), *whole], len(odds))


def log_odds(probability: Floats) -> Floats:
    """Log odds of a probability, finite at 0 and 1."""
    odds = np.log((probability + _FLOOR) / (1 - probability + _FLOOR))
    return np.asarray(odds, np.float32)


def _shifted(values: Floats, step: int, fill: float = 0.0) -> Floats:
    """Each line's value `step` lines above (below, if negative); lines are the last axis."""
    out = np.full_like(values, fill)
    if step > 0:
        out[..., step:] = values[..., :-step]
    else:
        out[..., :step] = values[..., -step:]
    return out


def _half_means(values: Floats, reaches: tuple[int, ...]) -> list[ArrayLike]:
    """Means of each row over the lines before and after each line, for each reach."""
    around = Around(values)
    return [side / reach for reach in reaches for side in (around.before(reach), around.after(reach))]


def _mass_around(mass: Floats) -> tuple[Floats, Floats, float]:
    """The share of the page's mass before and after each line, and the page's mass."""
    total = max(float(mass.sum()), 1.0)
    upto = np.cumsum(mass)
    return (upto - mass) / total, (total - upto) / total, total


def _distances(found: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lines to the nearest found line above and below, not counting the line itself."""
    number = len(found)
    at = np.arange(number)
    places = np.flatnonzero(found)
    if not len(places):
        far = np.full(number, _FARTHEST)
        return far, far
    earlier = np.searchsorted(places, at)
    later = np.searchsorted(places, at, side="right")
    above = np.where(earlier > 0, at - places[earlier - 1], _FARTHEST)
    below = np.where(later < len(places), places[np.minimum(later, len(places) - 1)] - at, _FARTHEST)
    return np.minimum(above, _FARTHEST), np.minimum(below, _FARTHEST)


def _ends(number: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The first and the last lines of the page."""
    at = np.arange(number)
    return at < _END_LINES, at >= number - _END_LINES
