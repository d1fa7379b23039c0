"""Compressed output, the same bytes for the same input: no names and no times are in it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from cleaner.shards.recipe import Compression

# The levels that the tools themselves take by default.
_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3
# zlib's word for a gzip header around the data.
_GZIP_BITS = 31


class Compressor(Protocol):
    """One member or frame: bytes in, compressed bytes out, the rest at the end."""

    def compress(self, data: bytes, /) -> bytes:
        """What comes out for these bytes, perhaps nothing yet."""

    def flush(self) -> bytes:
        """The rest; after that it is used up."""


class _Plain:
    def compress(self, data: bytes, /) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""


def compressor(compression: Compression) -> Compressor:
    """A new member or frame of that compression."""
    if compression == "gz":
        return zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_BITS)
    if compression == "zst":
        from zstandard import ZstdCompressor

        return ZstdCompressor(level=_ZSTD_LEVEL).compressobj()
    return _Plain()
