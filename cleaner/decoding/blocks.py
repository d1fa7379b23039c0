"""Large inputs in blocks, so that the work on them needs little memory beside the text itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Bytes, and characters: what is not larger is one block.
_BYTES, _CHARACTERS = 250_000, 1_000_000
# How much of head, middle and tail stands for a large file.
_PART = 300_000
# Where a block may end, the best first. No charset has these inside of a character.
_ENDS = (b"\n", b" ", b">")
_AROUND_HIGH = re.compile(rb"[^\n\x80-\xff]{0,200}[\x80-\xff][^\n]{0,200}")
_MOST_LINES = 2_000


def byte_blocks(data: bytes) -> Iterator[bytes]:
    """The data in blocks that end with a line where they can."""
    start = 0
    while len(data) - start > _BYTES:
        for end in _ENDS:
            cut = data.rfind(end, start, start + _BYTES) + 1
            if cut > start:
                break
        else:
            cut = start + _BYTES
        yield data[start:cut]
        start = cut
    yield data[start:] if start else data


def text_blocks(text: str) -> Iterator[str]:
    """The text in blocks of whole lines; all but the last end with a line feed. A longer line is a block by itself."""
    start = 0
    while len(text) - start > _CHARACTERS:
        cut = text.rfind("\n", start, start + _CHARACTERS) + 1 or text.find("\n", start + _CHARACTERS) + 1
        if not cut:
            break
        yield text[start:cut]
        start = cut
    yield text[start:] if start else text


def representative(data: bytes) -> bytes:
    """Head, middle and tail of large data, in whole lines; if they are only ASCII, the lines that aren't."""
    if len(data) <= 3 * _PART:
        return data
    middle = len(data) // 2
    parts = (
        data[:_PART].rpartition(b"\n")[0] or data[:_PART],
        data[middle : middle + _PART].partition(b"\n")[2].rpartition(b"\n")[0],
        data[-_PART:].partition(b"\n")[2],
    )
    sample = b"\n".join(parts)
    if not sample.isascii():
        return sample
    found = (match[0] for _, match in zip(range(_MOST_LINES), _AROUND_HIGH.finditer(data), strict=False))
    return b"\n".join(found)
