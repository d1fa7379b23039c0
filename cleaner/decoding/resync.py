"""Two-byte text in which a byte was lost or added: leaving its other half out brings the rest back into step.

After such a byte every character up to the next line end may be read from halves of two. The right place to leave a
byte out is where the message gets shortest: a shortest path over the bytes of the line, in which each step reads one
character or leaves one byte out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.decoding.character_costs import single_cost, wide_cost
from cleaner.decoding.charset_tables import read, read_by_cheapest_table
from cleaner.decoding.charsets import MULTI_BYTE
from cleaner.decoding.languages import characters

if TYPE_CHECKING:
    from cleaner.decoding.charsets import Charset

# Bits: a byte left out, one left out at the start of the file (where files get cut), bytes that are no character,
# an ASCII letter, and another ASCII character. A line with bytes left out must save some more.
_LEFT_OUT = 20.0
_LEFT_OUT_AT_START, _LEFT_OUT_BEFORE_ASCII = 8.0, 14.0
_NO_CHARACTER = 26.0
_ASCII_LETTER, _ASCII_OTHER = 6.0, 4.0
_GAIN = 8.0
# Bits from which a character is rare.
_RARE = 16.5
# Bounds of the work: longer lines, and more than so many bytes of a file, are left as they are.
_LONGEST_LINE = 20_000
_MOST_BYTES = 300_000

_REPLACED = "\ufffd"


def resynchronized(data: bytes, charset: Charset, *, at_start: bool) -> str:
    """The text of `data` in the charset; `at_start` says that its first byte is the file's first one."""
    text = read_by_cheapest_table(data, charset)
    if charset not in MULTI_BYTE:
        return text
    suspicious = _out_of_step(text)
    at_start = at_start and data[:1] > b"\x7f"
    if not at_start and suspicious.search(text) is None:
        return text
    table = _best_table(text)
    lines = text.split("\n")
    left = _MOST_BYTES
    for index, raw in enumerate(data.split(b"\n")):
        first = at_start and index == 0
        if not first and suspicious.search(lines[index]) is None:
            continue
        if raw.isascii() or len(raw) > min(left, _LONGEST_LINE):
            continue
        left -= len(raw)
        lines[index] = _shortest(raw, lines[index], charset, table, at_start=first)
    return "\n".join(lines)


def _out_of_step(text: str) -> re.Pattern[str]:
    """What text has where it is read from halves: no characters, private ones, or rare ones near each other."""
    rare = "".join(character for character in set(text) if character > "\x7f" and single_cost(character) >= _RARE)
    near = f"|[{re.escape(rare)}][^\\n]{{0,6}}?[{re.escape(rare)}]" if rare else ""
    return re.compile(f"[\ufffd\ue000-\uf8ff]{near}")


def _best_table(text: str) -> str:
    """The language whose characters the text is made of."""
    seen = [character for character in set(text) if character > "\x7f"]
    return max(characters(), key=lambda code: sum(character in characters()[code] for character in seen))


def _shortest(raw: bytes, plain: str, charset: Charset, language: str, *, at_start: bool) -> str:
    """The line with bytes left out where that makes the message clearly shorter, else `plain`."""
    size = len(raw)
    # From the end: the bits of the rest of the line from each byte on, and how many bytes the first step takes.
    bits = [0.0] * (size + 1)
    steps = [0] * size
    straight = [0.0] * (size + 1)
    for place in range(size - 1, -1, -1):
        width, cost = _character(raw[place : place + 4], charset, language)
        through = cost + bits[min(size, place + width)]
        straight[place] = cost + straight[min(size, place + width)]
        out = bits[place + 1] + _LEFT_OUT
        if at_start and place == 0 and raw[0] > 0x7F:
            out = bits[1] + (_LEFT_OUT_AT_START if raw[1:2] > b"\x7f" else _LEFT_OUT_BEFORE_ASCII)
        if out < through:
            bits[place], steps[place] = out, 0
        else:
            bits[place], steps[place] = through, width
    least_gain = 0.0 if at_start and steps[0] == 0 else _GAIN
    if bits[0] + least_gain > straight[0]:
        return plain
    text: list[str] = []
    start = place = 0
    while place < size:
        if steps[place]:
            place += steps[place]
            continue
        text.extend((read(raw[start:place], charset), _REPLACED))
        place += 1
        start = place
    text.append(read(raw[start:], charset))
    return "".join(text)


@lru_cache(65536)
def _character(head: bytes, charset: Charset, language: str) -> tuple[int, float]:
    """The width in bytes of the character that the bytes begin with, and its bits."""
    if head[0] < 0x80:
        return 1, _ASCII_LETTER if chr(head[0]).isalpha() else _ASCII_OTHER
    for width in (2, 1, 4) if charset.name == "gb18030" else (2, 1, 3):
        if width > len(head):
            continue
        try:
            text = head[:width].decode(charset.codecs[0])
        except UnicodeDecodeError:
            continue
        if len(text) == 1:
            return width, wide_cost(text, language)
    return 1, _NO_CHARACTER
