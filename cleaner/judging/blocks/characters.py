"""Classes of characters, looked up for a whole page at once."""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_UNKNOWN = 255
_PLANE = 0x10000  # one plane is tabled; the others hold rare letters and pictures, and share one entry


class Kind(IntEnum):
    """What a character is for the features."""

    OTHER = 0
    LOWER = 1
    UPPER = 2
    DIGIT = 3
    IDEOGRAPH = 4  # also kana and hangul: writing whose characters count as words
    SPACE = 5
    STOP = 6  # ends a sentence
    COMMA = 7
    PUNCTUATION = 8
    BRACKET = 9
    LETTER = 10  # letters without case, and marks
    CURRENCY = 11
    LINE_FEED = 12
    SYMBOL = 13


KINDS = len(Kind)
_STOPS = frozenset(".?!。？！…؟।။።")
_COMMAS = frozenset(",;:，；：、،؛")
_BRACKETS = frozenset("()[]{}\"'“”‘’«»„「」『』（）【】《》〈〉")
_SYMBOLS = frozenset("|•·>›→©®™/\\_=+*#@<-–—¦▪■□▶►◄☰✓")
# The tables fill as characters are met: no process meets many different ones.
_kinds = np.full(_PLANE, _UNKNOWN, np.uint8)
_in_words = np.full(_PLANE, _UNKNOWN, np.uint8)


def code_points(text: str) -> NDArray[np.uint32]:
    """The text's code points."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def kinds(points: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """The `Kind` of each code point."""
    return _looked_up(_kinds, np.minimum(points, _PLANE - 1), _kind)


def in_words(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Whether each code point is a letter or a digit."""
    found = _looked_up(_in_words, np.minimum(points, _PLANE - 1), str.isalnum).view(np.bool_)
    if int(points.max(initial=0)) >= _PLANE:
        rare = np.flatnonzero(points >= _PLANE)
        found[rare] = [chr(point).isalnum() for point in points[rare].tolist()]
    return found


def _looked_up(table: NDArray[np.uint8], points: NDArray[np.uint32], read: Callable[[str], int]) -> NDArray[np.uint8]:
    found = table.take(points)
    unknown = found == _UNKNOWN
    if unknown.any():
        for point in set(points[unknown].tolist()):
            table[point] = read(chr(point))
        found = table.take(points)
    return found


def _kind(character: str) -> Kind:
    point, category = ord(character), unicodedata.category(character)
    if character == "\n":
        return Kind.LINE_FEED
    if character.isspace():
        return Kind.SPACE
    if _is_ideographic(point):
        return Kind.IDEOGRAPH
    for members, kind in (
        (_STOPS, Kind.STOP),
        (_COMMAS, Kind.COMMA),
        (_BRACKETS, Kind.BRACKET),
        (_SYMBOLS, Kind.SYMBOL),
    ):
        if character in members:
            return kind
    by_category = {"Ll": Kind.LOWER, "Lu": Kind.UPPER, "Lt": Kind.UPPER, "Sc": Kind.CURRENCY}
    by_group = {"N": Kind.DIGIT, "L": Kind.LETTER, "M": Kind.LETTER, "P": Kind.PUNCTUATION, "S": Kind.PUNCTUATION}
    return by_category.get(category) or by_group.get(category[0], Kind.OTHER)


def _is_ideographic(point: int) -> bool:
    return (
        0x3040 <= point <= 0x30FF or 0x3400 <= point <= 0x9FFF or 0xF900 <= point <= 0xFAFF or 0xAC00 <= point <= 0xD7AF
    )
