"""Hashed word and character sequences of lines: what a learned lexicon is looked up with.

Words are runs of letters and digits, folded; an ideograph or kana is a word of its own. A line has its words, its
pairs of neighbours, its CJK triples, its first and last word in that part, and, if it is short, itself as a whole.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lines.alphabet import Class, alphabet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cleaner.judging.lines.shape import Shape

    Hashes = NDArray[np.uint64]

BITS = 18
BUCKETS = 1 << BITS
WHOLE_LINE = 12  # words; longer lines don't come twice
_MULTIPLIER = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_INVERSE = pow(_MULTIPLIER, -1, 1 << 64)
_BLOCK = 1 << 16
_STRETCH = 1 << 19  # characters; their tables of powers are 8 MB
# Told apart by what they are of the line, equal words fall into different buckets.
_PAIR, _TRIPLE, _FIRST, _LAST, _WHOLE = 11, 13, 17, 19, 23


@cache
def _powers(base: int, size: int) -> Hashes:
    with np.errstate(over="ignore"):
        factors = np.full(size, base, np.uint64)
        factors[0] = 1
        return np.cumprod(factors, dtype=np.uint64)


def _rounded(size: int) -> int:
    """Sizes in steps of a block, so that few tables of powers are made and kept."""
    return max(_BLOCK, 1 << (size - 1).bit_length())


def _mixed(hashes: Hashes) -> Hashes:
    hashes = (hashes ^ (hashes >> np.uint64(31))) * np.uint64(_MULTIPLIER)
    return hashes ^ (hashes >> np.uint64(29))


def grams(shape: Shape, lines: range | None = None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of line and bucket, as two arrays; of all lines, or of a stretch of them, counted from its first."""
    most = len(shape.classes) if lines is None else 2 * _STRETCH  # of a line as long as a book its beginning is enough
    lines = lines or range(len(shape))
    begin = int(shape.starts[lines.start])
    end = int(shape.starts[lines.stop]) if lines.stop < len(shape) else len(shape.classes)
    end = min(end, begin + most)
    classes = shape.classes[begin:end]
    lettered = (classes <= Class.DIGIT) | (classes == Class.UNSPACED)
    single = classes == Class.CJK
    begins, closes = lettered.copy(), lettered.copy()
    begins[1:] &= ~lettered[:-1]
    closes[:-1] &= ~lettered[1:]
    starts = np.flatnonzero(begins | single)
    if not len(starts):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    ends = np.flatnonzero(closes | single) + 1
    line = shape.line_of[begin:end][starts].astype(np.int64) - lines.start
    size = _rounded(len(classes) + 1)
    with np.errstate(over="ignore"):
        prefix = np.zeros(len(classes) + 1, np.uint64)
        folded = alphabet().folded[shape.characters[begin:end]].astype(np.uint64)
        np.cumsum(folded * _powers(_MULTIPLIER, size)[: len(classes)], dtype=np.uint64, out=prefix[1:])
        word = _mixed((prefix[ends] - prefix[starts]) * _powers(_INVERSE, size)[starts])
        return _collect(word, line, single[starts], len(lines))


def _collect(
    word: Hashes, line: NDArray[np.int64], single: NDArray[np.bool_], lines: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    factor = np.uint64(_MULTIPLIER)
    same = line[1:] == line[:-1]
    pair = np.flatnonzero(same)
    chained = word[:-1] * factor + word[1:]
    pairs = _mixed(chained[pair] + np.uint64(_PAIR))
    triple = np.flatnonzero(same[1:] & same[:-1] & single[:-2]) if len(word) > 2 else pair[:0]
    triples = _mixed(chained[triple] * factor + word[triple + 2] + np.uint64(_TRIPLE)) if len(triple) else word[:0]
    count = np.bincount(line, minlength=lines)
    filled = np.flatnonzero(count)
    sizes = count[filled]
    first = np.cumsum(sizes) - sizes
    last = first + sizes - 1
    brief = np.flatnonzero(sizes <= WHOLE_LINE)
    placed = word * _powers(_MULTIPLIER, _BLOCK)[(np.arange(len(word)) - np.repeat(first, sizes)) & 31]
    whole = np.add.reduceat(placed, first)[brief]
    lines_of = np.concatenate([line, line[pair], line[triple], filled, filled, filled[brief]])
    hashes = np.concatenate(
        [
            word,
            pairs,
            triples,
            _mixed(word[first] + np.uint64(_FIRST)),
            _mixed(word[last] + np.uint64(_LAST)),
            _mixed(whole + np.uint64(_WHOLE)),
        ]
    )
    return lines_of, (hashes >> np.uint64(64 - BITS)).astype(np.int64)


def _stretches(shape: Shape) -> Iterator[range]:
    """The lines in stretches of some `_STRETCH` characters, so that a long page needs no more memory than a book."""
    first = 0
    while first < len(shape):
        last = int(np.searchsorted(shape.starts, shape.starts[first] + _STRETCH))
        last = max(last, first + 1)
        yield range(first, last)
        first = last


def gram_scores(shape: Shape, weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each line's sum of its buckets' weights over the root of their number."""
    unused = BITS - (len(weights).bit_length() - 1)  # a smaller table of weights takes the higher bits
    scores = np.empty(len(shape), np.float32)
    for lines in _stretches(shape):
        line, bucket = grams(shape, lines)
        total = np.bincount(line, weights=weights[bucket >> unused], minlength=len(lines))
        number = np.bincount(line, minlength=len(lines))
        scores[lines.start : lines.stop] = total / np.sqrt(np.maximum(number, 1))
    return scores
