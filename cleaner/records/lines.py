"""Lines of a stream, each with its place, none longer than allowed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

# A line longer than allowed is passed over in pieces of this size.
_PIECE = 1 << 20
# After so many times what is allowed, without an end of the line, it is no line but a bomb, or no file of lines.
PATIENCE = 16


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end; `data` is None if it is too long. `ended` is False for one that nothing ends.

    `offset` is where it begins in the stream, or None if it was read in another charset than it is stored in.
    """

    offset: int | None
    data: bytes | None
    ended: bool


def read_lines(stream: BufferedReader, max_bytes: int) -> Iterator[Line]:
    """The lines of a stream; the last one read is not `ended` if the stream or our patience ends before it does."""
    offset = 0
    while data := stream.readline(max_bytes + 1):
        if data.endswith(b"\n") or len(data) <= max_bytes:
            yield Line(offset, data, data.endswith(b"\n"))
            offset += len(data)
            continue
        length = len(data)
        del data
        ended = False
        while not ended and length < PATIENCE * max_bytes and (piece := stream.readline(_PIECE)):
            length += len(piece)
            ended = piece.endswith(b"\n")
        yield Line(offset, None, ended)
        offset += length
        if not ended:
            return
