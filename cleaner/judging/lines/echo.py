"""Which lines the running text echoes: a title shares words with its text, a menu entry doesn't."""

from __future__ import annotations

import re
from collections import Counter
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lexicon import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# Words of scripts with spaces; of those without, runs of letters, which count by pairs.
_WORD = re.compile(r"[^\W\d_]{1,40}")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_SHORTEST_WORD = 4  # letters; shorter words are mostly articles and prepositions
# What of a word is compared: so much of it, up to so many letters; then come endings and the next part of a compound.
_STEM_SHARE, _STEM = 0.7, 6
_TEXT = 60_000  # characters of running text that are looked at


def echoes(texts: Sequence[str], running: NDArray[np.bool_], lines: Sequence[int]) -> NDArray[np.float64]:
    """For each of `lines` the share, 0 to 1, of its words (pairs of letters in unspaced scripts) in the running text.

    Words that also stand in many of the page's other lines, as a site's name does, count the less.
    """
    said: set[str] = set()
    size = 0
    for line in np.flatnonzero(running).tolist():
        said |= _pieces(texts[line])
        size += len(texts[line])
        if size > _TEXT:
            break
    pieces = [_pieces(texts[line]) for line in lines]
    often = Counter(piece for found in pieces for piece in found)
    shares = np.zeros(len(lines))
    for place, found in enumerate(pieces):
        if found:
            whole = sum(map(_weight, found))
            shares[place] = sum(_weight(piece) / often[piece] for piece in found if piece in said) / whole
    return shares


def _weight(piece: str) -> int:
    """Letters beyond the shortest; long words say more of what a text is about. Pairs of letters weigh alike."""
    return max(1, len(piece) - _SHORTEST_WORD + 1)


def _pieces(text: str) -> set[str]:
    found: set[str] = set()
    for word in _WORD.findall(fold(text)):
        if _UNSPACED.match(word):
            found.update(word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) >= _SHORTEST_WORD:
            found.add(word[: min(max(ceil(_STEM_SHARE * len(word)), _SHORTEST_WORD), _STEM)])
    return found
