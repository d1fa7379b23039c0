"""Which lines the running text echoes: a title shares words with its text, a menu entry doesn't.

Words of scripts with spaces are compared by their beginnings; those of scripts without, runs of letters, by pairs.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.judging.groups import groups
from cleaner.judging.lines.alphabet import BMP, CLASSES, Class, alphabet, codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# Marks on letters count as letters.
_LETTERS = np.isin(np.arange(CLASSES), [Class.LOWER, Class.UPPER, Class.CJK, Class.UNSPACED])
_UNSPACED = (
    (0x0E00, 0x0F00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x2E80, 0xA000), (0xAC00, 0xD7B0), (0xF900, 0xFB00),
)  # fmt: skip
_SHORTEST_WORD = 4  # letters; shorter words are mostly articles and prepositions
# What of a word is compared, by its letters: 70 %, four to six; then come endings and the next part of a compound.
_STEMS = np.array([0, 0, 0, 0, 4, 4, 5, 5, 6])
_LONGEST_STEM = int(_STEMS[-1])
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_TEXT = 60_000  # characters of running text that are looked at


class _Pieces(NamedTuple):
    """Numbers that stand for pieces of words, the line of each, and its letters: a pair counts as the shortest word."""

    piece: NDArray[np.uint64]
    line: NDArray[np.int64]
    letters: NDArray[np.int64]


def echoes(texts: Sequence[str], running: NDArray[np.bool_], lines: Sequence[int]) -> NDArray[np.float64]:
    """For each of `lines` the share, 0 to 1, of its words (pairs of letters in unspaced scripts) in the running text.

    texts  the lines of the page, folded

    Words that also stand in many of the page's other lines, as a site's name does, count the less.
    """
    shares = np.zeros(len(lines))
    said = np.sort(_pieces(_upto(texts, running)).piece)
    piece, line, letters = _once(_pieces([texts[line] for line in lines]))
    if not len(said) or not len(piece):
        return shares
    kind, often = groups(piece)
    # Letters beyond the shortest word: long words say more of what a text is about.
    weight = letters - _SHORTEST_WORD + 1.0
    echoed = said[np.minimum(np.searchsorted(said, piece), len(said) - 1)] == piece
    found = np.bincount(line, weights=np.where(echoed, weight / often[kind], 0), minlength=len(lines))
    return np.asarray(found / np.maximum(np.bincount(line, weights=weight, minlength=len(lines)), 1), np.float64)


def _upto(texts: Sequence[str], running: NDArray[np.bool_]) -> list[str]:
    """The running text, cut after some ten pages."""
    out: list[str] = []
    size = 0
    for line in np.flatnonzero(running).tolist():
        out.append(texts[line])
        size += len(texts[line])
        if size > _TEXT:
            break
    return out


@cache
def _unspaced() -> NDArray[np.bool_]:
    """For each character of the basic plane, whether its script has no spaces between words."""
    table = np.zeros(BMP, bool)
    for low, high in _UNSPACED:
        table[low:high] = True
    return table


def _pieces(lines: list[str]) -> _Pieces:
    """The pieces of the words of each line, in no order."""
    characters = codes("\n".join(lines) + "\n")
    letter = _LETTERS[alphabet().classes[characters]]
    begins = letter.copy()
    begins[1:] &= ~letter[:-1]
    starts = np.flatnonzero(begins)
    ends = np.flatnonzero(letter[:-1] & ~letter[1:]) + 1  # the last character is a line feed
    line = np.searchsorted(np.flatnonzero(characters == ord("\n")), starts)
    unspaced = _unspaced()[characters[starts]]
    length = ends - starts
    spaced = np.flatnonzero(~unspaced & (length >= _SHORTEST_WORD))
    letters = _STEMS[np.minimum(length[spaced], len(_STEMS) - 1)]
    found = _Pieces(_stems(characters, starts[spaced], letters), line[spaced], letters)
    if not unspaced.any():
        return found
    first = np.flatnonzero(letter[:-1] & letter[1:])
    word = np.searchsorted(starts, first, side="right") - 1
    first, word = first[unspaced[word]], word[unspaced[word]]
    pairs = (characters[first].astype(np.uint64) << np.uint64(16)) | characters[first + 1]
    both = (found.piece, pairs), (found.line, line[word]), (letters, np.full(len(pairs), _SHORTEST_WORD))
    return _Pieces(*map(np.concatenate, both))


def _stems(characters: NDArray[np.uint16], starts: NDArray[np.int64], letters: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A hash of the first `letters` characters from each start."""
    stem = np.zeros(len(starts), np.uint64)
    last = len(characters) - 1
    for place in range(_LONGEST_STEM):
        character = characters[np.minimum(starts + place, last)]
        stem = (stem + np.where(place < letters, character, 0).astype(np.uint64)) * _FACTOR
    return stem


def _once(pieces: _Pieces) -> _Pieces:
    """Each piece of a line once."""
    order = np.lexsort((pieces.piece, pieces.line))
    piece, line = pieces.piece[order], pieces.line[order]
    new = np.ones(len(order), bool)
    new[1:] = (piece[1:] != piece[:-1]) | (line[1:] != line[:-1])
    return _Pieces(piece[new], line[new], pieces.letters[order][new])
