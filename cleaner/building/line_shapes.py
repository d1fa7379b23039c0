"""What a line of bare text looks like: how wide, how it ends, whether it is running text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.building.kept_lines import KeptLine

_LONG = 80  # columns; no heading is longer
_SENTENCE, _SHORT_SENTENCE = 36, 20  # columns of a line that ends in punctuation; the shorter one has some inside too
_MEASURED = 400  # characters; what is longer is a long line, however wide its characters are
_END = re.compile(r"[.!?。！？…．｡;；:：,，、]{1,9}[”’\"'」』）)】》\]]{0,4}$|[”」』]$")
# The blocks whose characters Unicode counts as wide or full-width; those in between that are neither are rare in text.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
    "\U0001f300-\U0001faff\U00020000-\U0003fffd]+"
)
_INNER = re.compile(r"[,，、;；:：。]")
_STOP = re.compile(r"[.!?。！？…．｡]{1,9}[”’\"'」』）)】》\]]{0,4}$|[。！？!?.…][”」』]$")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a line looks.

    width    in columns; wide characters take two
    ended    by punctuation
    stopped  by the punctuation that ends a sentence
    running  running text: long, or a sentence of some length
    """

    width: int
    ended: bool
    stopped: bool
    running: bool


def display_width(text: str) -> int:
    """Columns that the text takes in a terminal."""
    return len(text) if text.isascii() else 2 * len(text) - len(_WIDE.sub("", text))


def shapes(lines: list[KeptLine]) -> list[Shape]:
    """The shape of each line."""
    return [shape(line.text) for line in lines]


def shape(text: str) -> Shape:
    """The shape of one line's text."""
    width = display_width(text[:_MEASURED])
    ended = stopped = False
    if not text[-1].isalnum():
        tail = text[-16:]
        ended, stopped = _END.search(tail) is not None, _STOP.search(tail) is not None
    sentence = ended and (width >= _SENTENCE or (width >= _SHORT_SENTENCE and _INNER.search(text[:-3]) is not None))
    return Shape(width, ended, stopped, width >= _LONG or sentence)
