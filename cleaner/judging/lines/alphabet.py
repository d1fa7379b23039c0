"""Character classes: a line as numbers instead of letters."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from cleaner.models import read_arrays

if TYPE_CHECKING:
    from numpy.typing import NDArray

BMP = 0x10000
CLASSES = 16  # a power of two, so that line and class make one index


class Class:
    """What part a character plays in a line. Plain numbers: arrays take five times as long to compare with an enum."""

    LOWER = 0
    UPPER = 1
    DIGIT = 2
    CJK = 3
    SPACE = 4
    STOP = 5
    COMMA = 6
    COLON = 7
    SEPARATOR = 8
    OPEN = 9
    CLOSE = 10
    BULLET = 11
    UNSPACED = 12
    OTHER = 13
    BREAK = 14


class Alphabet(NamedTuple):
    """The class of each character of the basic plane, and its folded form (lower case, every digit as 0)."""

    classes: NDArray[np.uint8]
    folded: NDArray[np.uint16]


@cache
def alphabet() -> Alphabet:
    """The table, read once a process; the line feed that joins the lines has a class of its own."""
    stored = read_arrays("alphabet")
    classes = cast("NDArray[np.uint8]", stored["classes"])
    folded = stored["folded"] + np.arange(BMP, dtype=np.uint16)
    classes[ord("\n")] = Class.BREAK
    return Alphabet(classes, folded)


def codes(text: str) -> NDArray[np.uint16]:
    """The characters of `text` as numbers; ideographs beyond the basic plane become 一, other such characters ☺."""
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if len(wide) and int(wide.max()) >= BMP:
        wide = np.where(wide < BMP, wide, np.where((wide >= 0x20000) & (wide < 0x40000), 0x4E00, 0x263A))
    return wide.astype(np.uint16)
