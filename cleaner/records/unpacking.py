"""Compressed files as streams of plain bytes: by their magic bytes, in little memory, exact about where they break."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from cleaner.records.zstd_frames import ZSTD_MAGICS, ZstdFrames

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

    from cleaner.records.record import Reason

# What is read at a time, and about what comes out at a time: a bomb costs time, never memory.
_CHUNK_IN = 1 << 16
_CHUNK_OUT = 1 << 18
# gzip files are padded with zeros on tapes, and by some writers.
_PADDING = b"\0"


class Decompressor(Protocol):
    """What `bz2` and `lzma` call a decompressor: of one member, or frame, of a file."""

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""

    @property
    def needs_input(self) -> bool:
        """Whether more plain bytes come only from more stored ones."""

    @property
    def unused_data(self) -> bytes:
        """What was given to it and follows the member."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Plain bytes, about as many as asked for at most."""


class Inflate:
    """The same for gzip (`bits` 31), zlib (15) and bare deflate (-15)."""

    def __init__(self, bits: int = 31) -> None:
        self._inner = zlib.decompressobj(bits)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        """What follows the stream."""
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """At most so many plain bytes. Raises zlib.error where the stream is damaged."""
        tail = self._inner.unconsumed_tail
        plain = self._inner.decompress(tail + data if tail else data, max_length)
        self.needs_input = not self._inner.unconsumed_tail and len(plain) < max_length
        return plain


@dataclass(frozen=True, slots=True)
class Break:
    """Where and why a file breaks off; `offset` counts the bytes of the file as stored."""

    reason: Reason
    message: str
    offset: int


@dataclass(frozen=True, slots=True)
class _Packing:
    name: str
    magics: tuple[bytes, ...]
    # Makes what makes a decompressor for each member of one file: members may share a dictionary.
    begin: Callable[[], Callable[[], Decompressor]]


_PACKINGS = (
    _Packing("gzip", (b"\x1f\x8b\x08",), lambda: Inflate),
    _Packing("zstd", ZSTD_MAGICS, lambda: ZstdFrames().begin),
    _Packing("bzip2", (b"BZh",), lambda: bz2.BZ2Decompressor),
    _Packing("xz", (b"\xfd7zXZ\0",), lambda: lzma.LZMADecompressor),
)
# A file that is damaged more often than this is given up: it may be made of nothing but magic bytes.
_MOST_BREAKS = 1_000
LONGEST_MAGIC = max(len(magic) for packing in _PACKINGS for magic in packing.magics)


def _packing(head: bytes) -> _Packing | None:
    return next((packing for packing in _PACKINGS if head.startswith(packing.magics)), None)


class Unpacked(io.RawIOBase):
    """The plain bytes of a file that may be compressed; read through `io.BufferedReader`.

    The stream ends where the file breaks off, and `broken` then says where and why, so that all that was before it is
    read. Raises OSError where the file system does, and MissingLibrary for zstd without its library.

    members   (plain offset, stored offset) of the beginning of each member read so far; who needs them takes them away
    """

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self._stored = file.read(_CHUNK_IN)
        self._read = len(self._stored)
        self._packing = _packing(self._stored)
        self._begin = self._packing.begin() if self._packing else None
        self._member: Decompressor | None = None
        self._ready = memoryview(b"")
        self._taken = b""
        self._resumed = 0
        self.plain = 0
        self.broken: Break | None = None
        self.members: deque[tuple[int, int]] = deque()

    @property
    def packed(self) -> bool:
        """Whether the file is compressed."""
        return self._packing is not None

    def find_size(self) -> int | None:
        """How many plain bytes there are, where that can be told before they are read."""
        if self.packed or not self._file.seekable():
            return None
        here = self._file.tell()
        size = self._file.seek(0, io.SEEK_END)
        self._file.seek(here)
        return size

    def resume(self) -> bool:
        """Go on at the next member after damage; False if there is none. What is between is lost."""
        if self._packing is None or self.broken is None or self.broken.reason != "corrupt":
            return False
        self._resumed += 1
        if self._resumed > _MOST_BREAKS:
            return False
        magic = self._packing.magics[0]
        self._stored = self._taken[1:] + self._stored
        while (at := self._stored.find(magic)) < 0:
            more = self._file.read(_CHUNK_IN)
            self._read += len(more)
            self._stored = self._stored[-len(magic) :] + more
            if not more:
                return False
        self._stored = self._stored[at:]
        self._member = None
        self.broken = None
        return True

    @property
    def stored(self) -> int:
        """How many bytes of the file have gone into what was read, about: no fewer."""
        return self._read - len(self._stored)

    def readable(self) -> bool:
        """Yes."""
        return True

    def close(self) -> None:
        """Close the file as well."""
        self._file.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer, or a part of it; 0 at the end."""
        if not self._ready:
            self._ready = memoryview(self._next())
        target = memoryview(buffer).cast("B")
        count = min(len(target), len(self._ready))
        target[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        self.plain += count
        return count

    def _next(self) -> bytes:
        """More plain bytes, or none at the end."""
        if self._packing is None:
            return self._take()
        while self.broken is None:
            if self._member is None and not self._at_member():
                return b""
            assert self._member is not None
            data = b""
            if self._member.needs_input:
                data = self._take()
                if not data:
                    self._break("truncated", f"the {self._packing.name} stream breaks off at byte {self.stored:,}")
                    return b""
            try:
                plain = self._member.decompress(data, _CHUNK_OUT)
            except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
                self._break(
                    "corrupt", f"the {self._packing.name} stream is damaged before byte {self.stored:,}: {error}"
                )
                return b""
            if self._member.eof:
                self._stored = self._member.unused_data + self._stored
                self._member = None
                self._taken = b""
            if plain:
                return plain
        return b""

    def _at_member(self) -> bool:
        """Begin the next member; False at the end of the file, and where something else follows."""
        assert self._packing is not None
        assert self._begin is not None
        while True:
            self._stored = self._stored.lstrip(_PADDING) if self._packing.name == "gzip" else self._stored
            if len(self._stored) >= LONGEST_MAGIC:
                break
            more = self._file.read(_CHUNK_IN)
            self._read += len(more)
            self._stored += more
            if not more:
                break
        if not self._stored:
            return False
        if not self._stored.startswith(self._packing.magics):
            self._break("corrupt", f"what stands from byte {self.stored:,} on is not {self._packing.name}")
            return False
        self.members.append((self.plain, self.stored))
        self._taken = b""
        self._member = self._begin()
        return True

    def _take(self) -> bytes:
        """Stored bytes, as many as there are at hand."""
        data, self._stored = self._stored, b""
        if not data:
            data = self._file.read(_CHUNK_IN)
            self._read += len(data)
        self._taken = data
        return data

    def _break(self, reason: Reason, message: str) -> None:
        self.broken = Break(reason, message, self.stored)
