"""The plain bytes of a WARC file for the library that parses it, with a way to go on after damage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import BufferedReader

_RECORD = re.compile(rb"\n(WARC/[01]\.\d{1,2}\r?\n)")
# The library reads ahead at most so far: a record that it stumbles over begins in what is kept.
_KEPT = 1 << 18
_PIECE = 1 << 16
_LONGEST_START = 16


class Feed:
    """A stream that remembers what it gave last.

    base     where, in plain bytes, the current parse began
    ended    whether there is nothing more to give, for now
    failed   the error of the file system that ended it, if there was one
    """

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream
        self._recent = b""
        self._back = b""
        self._served = 0
        self.base = 0
        self.ended = False
        self.failed: OSError | None = None

    def read(self, size: int = _PIECE) -> bytes:
        """The next bytes, none at the end."""
        size = min(size, _PIECE) if size >= 0 else _PIECE
        if self._back:
            data, self._back = self._back[:size], self._back[size:]
        else:
            data = self._more(size)
        self._served += len(data)
        self._recent = (self._recent + data)[-_KEPT:]
        return data

    def tell(self) -> int:
        """How many bytes the current parse has been given."""
        return self._served - self.base

    def resume(self, floor: int) -> bool:
        """Go on at the next record that begins at `floor` plain bytes or later; False if there is none."""
        held = self._recent + self._back
        start = self._served - len(self._recent)
        at = max(0, floor - start)
        while (found := _RECORD.search(held, at)) is None:
            more = self._more(_PIECE)
            if not more:
                return False
            start += max(0, len(held) - _LONGEST_START)
            held = held[-_LONGEST_START:] + more
            at = 0
        self.base = self._served = start + found.start(1)
        self._back = held[found.start(1) :]
        self._recent = b""
        return True

    def _more(self, size: int) -> bytes:
        data = b""
        try:
            data = self._stream.read1(size)
        except OSError as error:  # told once the records before it are
            self.failed = error
        self.ended = not data
        return data
