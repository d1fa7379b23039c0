"""The numbers that the line model reads: a line's own shape, words and marks, its neighbours', and the page's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lines.alphabet import Class
from cleaner.page import BlockKind, Flag

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.judging.lines.marks import Marks
    from cleaner.judging.lines.shape import Shape
    from cleaner.page import Page

    Floats = NDArray[np.float32]

_SHARES = (
    Class.UPPER, Class.DIGIT, Class.CJK, Class.SPACE, Class.COMMA, Class.SEPARATOR, Class.UNSPACED, Class.OTHER
)  # fmt: skip
_NUMBERS = (Class.STOP, Class.COMMA, Class.SEPARATOR, Class.OPEN, Class.BULLET)
_LAST = (Class.COMMA, Class.COLON, Class.DIGIT, Class.SEPARATOR, Class.CLOSE, Class.BULLET, Class.OTHER)
_FIRST = (Class.UPPER, Class.LOWER, Class.DIGIT, Class.CJK, Class.OPEN, Class.SEPARATOR, Class.BULLET)
SHIFTS = (1, 2, -1, -2)
REACHES = (2, 5, 12)
SECOND_SHIFTS = (1, 2, 3, -1, -2, -3)
SECOND_REACHES = (3, 8, 20)
_GOOD_WORDS = 10.0  # words of a line that carries text
_DEEPEST = 200  # columns of indent told apart
_FARTHEST = 99.0  # lines; farther is far
SURE_CONTENT = 0.6  # probability; of lines that the second pass takes for content of the first
_FLOOR = 1e-4


def first_features(page: Page, shape: Shape, marks: Marks, spam: Floats, score: Floats) -> Floats:
    """What the first pass reads, lines × features; `score` is the learned lexicon's."""
    own = _own(page, shape, marks, spam, score)
    good = ((shape.words >= _GOOD_WORDS) & (shape.ends | (shape.sentences + shape.counts[:, Class.COMMA] >= 2))).astype(
        np.float32
    )
    length = np.log1p(shape.words)
    stacked = np.column_stack([length, score, good, marks.chrome])
    near = [_shifted(stacked, step) for step in SHIFTS] + half_means(stacked, REACHES)
    mass = shape.words * good
    before, after, total = _mass_around(mass)
    number = len(shape)
    indent = np.minimum(np.asarray(page.indent, np.int64), _DEEPEST)
    at_indent = np.bincount(indent, weights=mass, minlength=_DEEPEST + 1)[indent] / total
    change = np.diff(indent, prepend=indent[:1])
    page_wide = np.array(
        [
            np.log1p(number), np.log1p(float(shape.words.sum())), good.mean(),
            float(mass.sum()) / max(float(shape.words.sum()), 1.0),
            float(shape.counts[:, Class.CJK].sum()) / max(float(shape.ink.sum()), 1.0), (shape.words < 5).mean(),
            score.mean(), length.mean(), marks.sure.mean(), min(float(marks.sure.sum()), 10.0),
        ]
    )  # fmt: skip
    place = np.column_stack(
        [
            before, after, at_indent, np.sign(change), np.append(np.sign(change[1:]), 0),
            *(np.log1p(_distance(good > 0, way)) for way in (-1, 1)),
            *(np.log1p(_distance(marks.sure, way)) for way in (-1, 1)),
            np.arange(number) < 3, np.arange(number) >= number - 3,
        ]
    )  # fmt: skip
    columns = [own, *near, place, np.broadcast_to(page_wide, (number, len(page_wide)))]
    return np.concatenate(columns, axis=1, dtype=np.float32)


def _own(page: Page, shape: Shape, marks: Marks, spam: Floats, score: Floats) -> Floats:
    counts = shape.counts
    blank = np.minimum(np.asarray(page.blank_before, np.float32), 4)
    kinds = np.asarray(page.block_kind, np.int64)
    words = np.maximum(counts[:, Class.LOWER] + counts[:, Class.UPPER], 0) / np.maximum(shape.words, 1)
    flags = np.asarray(page.flags, np.int64)
    parts = [
        np.log1p(shape.words), np.log1p(shape.total), score, shape.ends, np.log1p(shape.sentences),
        np.log1p(shape.gaps),
        np.log1p(shape.items), shape.row, shape.running, np.minimum(words, 15),
        counts[:, Class.BULLET] >= shape.ink, blank, np.append(blank[1:], 4),
        np.log1p(np.asarray(page.indent, np.float32)), kinds == BlockKind.ITEM, kinds == BlockKind.HEADING,
        (flags & Flag.GUARDED) > 0, np.asarray(page.links, np.float32) > 0, marks.covered, marks.sure, marks.heads,
        spam,
        *(counts[:, kind] / np.maximum(shape.total, 1) for kind in _SHARES),
        *(np.log1p(counts[:, kind]) for kind in _NUMBERS),
        *(shape.last == kind for kind in _LAST), *(shape.first == kind for kind in _FIRST),
    ]  # fmt: skip
    own = np.column_stack([np.asarray(part, np.float32) for part in parts])
    return np.concatenate([own, marks.groups], axis=1)


def second_features(probability: Floats, words: Floats) -> Floats:
    """What the second pass reads beside the first's features: the first pass' answer around each line."""
    odds = log_odds(probability)
    shifted = [_shifted(odds[:, None], step, -6.0) for step in SECOND_SHIFTS]
    means = half_means(probability[:, None], SECOND_REACHES)
    before, after, _ = _mass_around(probability * words)
    sure = probability > SURE_CONTENT
    whole = np.array(
        [probability.max(), probability.mean(), float((probability * words).sum()) / max(float(words.sum()), 1.0)]
    )
    place = np.column_stack([odds, before, after, *(np.log1p(_distance(sure, way)) for way in (-1, 1))])
    columns = [place, *shifted, *means, np.broadcast_to(whole, (len(odds), 3))]
    return np.concatenate(columns, axis=1, dtype=np.float32)


def log_odds(probability: Floats) -> Floats:
    """Log odds of a probability, finite at 0 and 1."""
    odds = np.log((probability + _FLOOR) / (1 - probability + _FLOOR))
    return np.asarray(odds, np.float32)


def _shifted(values: Floats, step: int, fill: float = 0.0) -> Floats:
    """Each line's value `step` lines above (below, if negative)."""
    out = np.full_like(values, fill)
    if step > 0:
        out[step:] = values[:-step]
    else:
        out[:step] = values[-step:]
    return out


def half_means(values: Floats, reaches: tuple[int, ...]) -> list[Floats]:
    """Means over the lines before and after each line, one pair of arrays a reach, from one running sum."""
    number = len(values)
    sums = np.zeros((number + 1, values.shape[1]), np.float64)
    np.cumsum(values, axis=0, out=sums[1:])
    at = np.arange(number)
    out = []
    for reach in reaches:
        out.append(((sums[at] - sums[np.maximum(at - reach, 0)]) / reach).astype(np.float32))
        out.append(((sums[np.minimum(at + 1 + reach, number)] - sums[at + 1]) / reach).astype(np.float32))
    return out


def _mass_around(mass: Floats) -> tuple[Floats, Floats, float]:
    """The share of the page's mass before and after each line, and the page's mass."""
    total = max(float(mass.sum()), 1.0)
    upto = np.cumsum(mass)
    return (upto - mass) / total, (total - upto) / total, total


def _distance(found: NDArray[np.bool_], way: int) -> Floats:
    """Lines to the nearest found line above (-1) or below (1), not counting the line itself."""
    number = len(found)
    at = np.arange(number)
    if way < 0:
        nearest = np.maximum.accumulate(np.where(found, at, -(10**6)))
        nearest = np.concatenate([[-(10**6)], nearest[:-1]])
        return np.minimum(at - nearest, _FARTHEST)
    nearest = np.minimum.accumulate(np.where(found, at, 10**6)[::-1])[::-1]
    nearest = np.concatenate([nearest[1:], [10**6]])
    return np.minimum(nearest - at, _FARTHEST)
