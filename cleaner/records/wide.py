"""Tables in UTF-16, as spreadsheets save them, read as UTF-8."""

from __future__ import annotations

import codecs
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 1 << 16
_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def utf_16_of(head: bytes) -> str | None:
    """The kind of UTF-16 that a file with a header of names is in, by its first two bytes; None if it is in none."""
    if head in _MARKS:
        return _MARKS[head]
    if len(head) < 2 or (head[0] == 0) == (head[1] == 0):
        return None
    return "utf-16-be" if head[0] == 0 else "utf-16-le"


class InUTF8(io.RawIOBase):
    """The text of a stream in another charset as UTF-8; what can't be read becomes U+FFFD."""

    def __init__(self, stream: io.BufferedReader, charset: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(charset)("replace")
        self._ready = b""

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer, or a part of it; 0 at the end."""
        ended = False
        while not self._ready and not ended:
            data = self._stream.read1(_CHUNK)
            ended = not data
            self._ready = self._decoder.decode(data, final=ended).encode("utf-8", "replace")
        target = memoryview(buffer).cast("B")
        count = min(len(target), len(self._ready))
        target[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count
