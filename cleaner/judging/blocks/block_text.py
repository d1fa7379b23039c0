"""The words of all blocks of a page at once: which word lists they hint at, and how much they share with the title."""

from __future__ import annotations

from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.blocks.characters import code_points, in_words
from cleaner.judging.blocks.vocabulary import COPYRIGHT, TITLE_BIT, block_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

TITLE_CHARACTERS = 200  # longer blocks are no titles
READ_CHARACTERS = 150  # what a long block is shows in its first and last words
_SPACE = np.uint32(ord(" "))


def block_of_characters(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The block of each character of the blocks' texts joined by line feeds."""
    return np.repeat(np.arange(len(lengths)), lengths + 1)[:-1]


class WordsOfBlocks:
    """The words of all blocks at once, as bits of the lists that have them; of long blocks, the first and last words.

    `lowered` are the blocks' texts in lower case, `title` the words of the page's title; `words` are all that were
    read, `block` is the block of each.
    """

    def __init__(self, lowered: list[str], title: frozenset[str]) -> None:
        self._lowered, self._title = lowered, title
        vocabulary = block_words()
        lengths = np.fromiter(map(len, lowered), np.int64, len(lowered))
        points = code_points("\n".join(lowered))
        owner = block_of_characters(lengths)
        read = _ends(lengths, points)
        in_word = in_words(points) & read
        words = _text(np.where(in_word, points, _SPACE)).split()
        masks = vocabulary.masks | {word: vocabulary.masks.get(word, 0) | TITLE_BIT for word in title}
        found = np.fromiter(map(masks.get, words, repeat(0)), np.int64, len(words))
        in_word[1:] &= ~in_word[:-1]
        block = owner[np.flatnonzero(in_word)]
        self.words, self.block = words, block
        known = found > 0
        self._masks, self._block = found[known], block[known]
        self._owner, self._points, self._read = owner, points, read
        self._signed = owner[(points == ord(COPYRIGHT)) & read]

    def hints(self, *, ideographic: bool) -> NDArray[np.int64]:
        """The lists that each block has a word of."""
        vocabulary = block_words()
        hints = np.zeros(len(self._lowered), np.int64)
        begins = np.flatnonzero(np.diff(self._block, prepend=-1))
        if len(begins):
            hints[self._block[begins]] = np.bitwise_or.reduceat(self._masks, begins) & ~TITLE_BIT
        hints[self._signed] |= vocabulary.masks.get(COPYRIGHT, 0)
        if ideographic:
            for match in vocabulary.terms.finditer(_text(np.where(self._read, self._points, _SPACE))):
                block = self._owner[match.start()]
                if not self._lowered[block].isascii():
                    hints[block] |= vocabulary.term_masks[match[0]]
        return hints

    def stops(self) -> Floats:
        """The number of stop words in each block."""
        stop = (self._masks & block_words().bits["stop"]) > 0
        return np.bincount(self._block[stop], minlength=len(self._lowered)).astype(np.float32)

    def likeness(self) -> Floats:
        """Overlap of each short block's words with the title's, 0 to 1."""
        out = np.zeros(len(self._lowered), np.float32)
        for index in set(self._block[(self._masks & TITLE_BIT) > 0].tolist()):
            text = self._lowered[index]
            if len(text) <= TITLE_CHARACTERS:
                found = set(text.split())
                out[index] = len(found & self._title) / len(found | self._title)
        return out


def _text(points: NDArray[np.uint32]) -> str:
    return points.tobytes().decode("utf-32-le", "surrogatepass")


def _ends(lengths: NDArray[np.int64], points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """The characters of the joined texts that are read: all but those in the middle of long blocks."""
    read = np.ones(len(points), np.bool_)
    ends = np.cumsum(lengths + 1) - 1
    for index in np.flatnonzero(lengths > 2 * READ_CHARACTERS).tolist():
        read[ends[index] - lengths[index] + READ_CHARACTERS : ends[index] - READ_CHARACTERS] = False
    return read


@cache
def _counts_of_bits() -> NDArray[np.uint8]:
    """How many lists a set of them has, stop words and dates apart."""
    bits = block_words().bits
    sets = np.arange(1 << len(bits))
    held = [(sets & bit) > 0 for name, bit in bits.items() if name not in ("stop", "date")]
    return np.asarray(np.sum(held, 0), np.uint8)


def hint_counts(hints: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The number of lists in each set of them, stop words and dates apart."""
    counts = _counts_of_bits()
    return counts.take(hints & (len(counts) - 1))
