"""The shape of lines: lengths, punctuation, items in a row; array operations over the whole page, none a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.folding import fold
from cleaner.judging.lines.alphabet import CLASSES, Class, alphabet, codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Flags = NDArray[np.bool_]
    Indexes = NDArray[np.int64]

# How much a reader learns from a character, in words: two ideographs make a word more often than not (0.6 fits the
# mean word lengths of the training corpora); scripts without spaces spend four to five letters on a word.
CJK_WORDS = 0.6
UNSPACED_WORDS = 0.22
RUNNING_WORDS = 8  # a sentence of fewer words proves no running text
ROW_ITEMS = 3
_AFTER_STOP = np.isin(np.arange(CLASSES), [Class.SPACE, Class.CJK, Class.CLOSE, Class.BREAK])
_NUMBERING = 3  # a full stop so near the beginning belongs to a number: "12. "


@dataclass(frozen=True, slots=True)
class Shape:
    """One entry a line, except `characters`, `classes`, `line_of` (one a character) and `starts` (first character).

    folded    the line's text, folded
    counts    characters by class, n × CLASSES
    words     information in words, see `CJK_WORDS`
    ends      the line ends a sentence (closing quotes and brackets allowed)
    sentences sentence ends inside and at the end
    running   reads as running text: words enough and a sentence's end or commas inside
    items     items of a row: stretches between separators or wide gaps, or between spaces where the line is CJK
    row       three short items or more and no sentence
    first, last  class of the first and last character
    gaps      wide gaps inside
    """

    folded: list[str]
    characters: NDArray[np.uint16]
    classes: NDArray[np.uint8]
    line_of: NDArray[np.int32]
    starts: Indexes
    counts: Floats
    total: Floats
    ink: Floats
    words: Floats
    ends: Flags
    sentences: Floats
    running: Flags
    items: Floats
    row: Flags
    first: NDArray[np.uint8]
    last: NDArray[np.uint8]
    gaps: Floats

    def __len__(self) -> int:
        """The number of lines."""
        return len(self.words)


def measure(texts: Sequence[str]) -> Shape:
    """The shape of each text; texts are stripped and not empty, and hold no line feed."""
    table = alphabet()
    joined = "\n".join(texts)
    characters = codes(joined + "\n")
    classes = table.classes[characters]
    breaks = np.flatnonzero(classes == Class.BREAK)
    number = len(breaks)
    starts = np.empty(number, np.int64)
    starts[0] = 0
    starts[1:] = breaks[:-1] + 1
    total = breaks - starts
    line_of = np.repeat(np.arange(number, dtype=np.int32), total + 1)  # one a character: kept small
    counts = np.bincount(line_of * CLASSES + classes, minlength=number * CLASSES)
    counts = counts.reshape(number, CLASSES)
    ink = total - counts[:, Class.SPACE]

    lettered = (classes <= Class.DIGIT) | (classes == Class.UNSPACED)
    begins = lettered.copy()
    begins[1:] &= ~lettered[:-1]
    tokens = _in_lines(begins, starts)
    unspaced = counts[:, Class.UNSPACED]
    words = tokens - np.where(unspaced > 0, np.minimum(tokens, 1 + unspaced / 8), 0)
    words = words + CJK_WORDS * counts[:, Class.CJK] + UNSPACED_WORDS * unspaced

    last, before_last = classes[breaks - 1], classes[np.maximum(breaks - 2, starts)]
    ends = (last == Class.STOP) | ((last == Class.CLOSE) & (before_last == Class.STOP))
    sentences = _in_lines(_sentence_ends(classes, starts), starts).astype(np.float32)
    space = classes == Class.SPACE
    second = np.zeros(len(classes), bool)  # the second of two spaces or more; no line begins with one
    second[1:] = space[1:] & space[:-1]
    second[1:] &= ~second[:-1]
    gaps = _in_lines(second, starts).astype(np.float32)

    cjk = counts[:, Class.CJK] + unspaced > 0.3 * ink
    space[1:] &= ~space[:-1]
    spaces = _in_lines(space, starts)
    edges = (classes[starts] == Class.SEPARATOR).astype(np.int64) + (last == Class.SEPARATOR)
    separators = np.maximum(counts[:, Class.SEPARATOR] - edges, 0)
    items = 1 + np.where(separators > 0, separators, np.where(cjk, spaces, gaps)).astype(np.float32)
    commas = counts[:, Class.COMMA]
    row = (items >= ROW_ITEMS) & (ink <= np.where(cjk, 8, 18) * items) & (sentences == 0) & (commas * 2 < items)
    # Scripts without spaces between words put them where others put commas and stops.
    spaced = unspaced > 0.5 * ink
    row &= ~(spaced & (counts[:, Class.DIGIT] > 0))
    paused = spaced & (spaces >= 1) & ~row & (words >= 1.5 * RUNNING_WORDS)
    paused |= (sentences >= 1) | ((commas >= 2) & (words >= 1.5 * RUNNING_WORDS))
    running = (words >= RUNNING_WORDS) & ~row & paused & (spaced | (words >= 3 * (items - 1)))
    as_float = np.float32
    numbers: Floats = counts.astype(as_float)
    return Shape(
        fold(joined).split("\n"), characters, classes, line_of, starts, numbers,
        total.astype(as_float), ink.astype(as_float), words.astype(as_float), ends, sentences, running, items, row,
        classes[starts], last, gaps,
    )  # fmt: skip


def _in_lines(characters: Flags, starts: Indexes) -> NDArray[np.int32]:
    """How many of the characters stand in each line."""
    return np.add.reduceat(characters.view(np.uint8), starts, dtype=np.int32)


def _sentence_ends(classes: NDArray[np.uint8], starts: Indexes) -> Flags:
    """Stops that a space, an ideograph, a closing sign or the end of the line follows, none of a number's."""
    follows = _AFTER_STOP[classes[1:]]
    ends = np.zeros(len(classes), bool)
    ends[:-1] = (classes[:-1] == Class.STOP) & follows
    for place in range(_NUMBERING + 1):
        ends[np.minimum(starts + place, len(ends) - 1)] = False
    return ends
