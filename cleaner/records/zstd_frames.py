"""The frames of a zstd file, one decompressor each, and the dictionary that a file of WARC records may begin with.

The format is that of RFC 8878; the dictionary in a leading frame is that of the IIPC's "WARC files with Zstandard".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from cleaner.errors import MissingLibrary

if TYPE_CHECKING:
    from zstandard import ZstdDecompressor

_FRAME = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = tuple(bytes((0x50 + number,)) + b"\x2a\x4d\x18" for number in range(16))
_DICTIONARY = b"\x5d\x2a\x4d\x18"
ZSTD_MAGICS = (_FRAME, *_SKIPPABLE)
# Four stored bytes can stand for 128 KiB (a block of one byte repeated): so many at a time come to 16 MiB at most.
_PIECE = 512
# A window of 128 MiB is the most that `zstd` itself reads without being told.
_MOST_WINDOW = 1 << 27
# Magic bytes and length.
_SKIPPABLE_HEAD = 8
# Dictionaries in use have some 100 kB.
_MOST_DICTIONARY = 1 << 24


class _Inner(Protocol):
    """What this module uses of the library's decompressor of one frame."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


class ZstdFrames:
    """What the frames of one file share: the dictionary. Raises MissingLibrary if zstandard is not installed."""

    def __init__(self) -> None:
        try:
            import zstandard
        except ImportError:
            raise MissingLibrary.of_extra("zstd", "a zstd file needs the library zstandard") from None
        self._library = zstandard
        self._decompressor = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW)
        self._first = True

    def begin(self) -> _ZstdFrame:
        """A decompressor for the next frame."""
        first, self._first = self._first, False
        return _ZstdFrame(self, first=first)

    @property
    def decompressor(self) -> ZstdDecompressor:
        """That of the library, which knows the dictionary."""
        return self._decompressor

    def remember(self, dictionary: bytes) -> None:
        """Use a dictionary from now on, which may be compressed itself. Raises ValueError if it is damaged."""
        library = self._library
        try:
            if dictionary.startswith(_FRAME):
                dictionary = self._decompressor.decompress(dictionary, max_output_size=_MOST_DICTIONARY)
            data = library.ZstdCompressionDict(dictionary)
            self._decompressor = library.ZstdDecompressor(dict_data=data, max_window_size=_MOST_WINDOW)
        except library.ZstdError as error:
            raise ValueError(f"damaged dictionary: {error}") from None

    def decompress(self, inner: _Inner, data: bytes) -> bytes:
        """Some plain bytes of a frame. Raises ValueError where it is damaged."""
        try:
            return inner.decompress(data)
        except self._library.ZstdError as error:
            raise ValueError(str(error)) from None


class _ZstdFrame:
    """The decompressor of one frame, data or skippable, with the manners of those of `bz2` and `lzma`."""

    def __init__(self, frames: ZstdFrames, *, first: bool) -> None:
        self._frames = frames
        self._first = first
        self._pending = b""
        self._at = 0
        self._inner: _Inner | None = None
        self._left_to_skip: int | None = None
        self._dictionary: bytearray | None = None
        self.needs_input = True
        self.eof = False
        self.unused_data = b""

    def decompress(self, data: bytes, _max_length: int) -> bytes:
        """Some plain bytes, at most 16 MiB. Raises ValueError where the frame is damaged."""
        if data:
            self._pending = self._pending[self._at :] + data
            self._at = 0
        if self._inner is None and self._left_to_skip is None and not self._begun():
            return b""
        plain = b""
        if self._inner is None:
            self._skip()
        else:
            while not plain and not self.eof and self._at < len(self._pending):
                piece = self._pending[self._at : self._at + _PIECE]
                self._at += len(piece)
                plain = self._frames.decompress(self._inner, piece)
                if self._inner.eof:
                    self._end(len(self._inner.unused_data))
        self.needs_input = self._at >= len(self._pending)
        return plain

    def _begun(self) -> bool:
        """Whether enough is there to tell what kind of frame this is."""
        if self._pending.startswith(_SKIPPABLE):
            if len(self._pending) < _SKIPPABLE_HEAD:
                return False
            self._left_to_skip = int.from_bytes(self._pending[4:_SKIPPABLE_HEAD], "little")
            self._at = _SKIPPABLE_HEAD
            if self._first and self._pending.startswith(_DICTIONARY) and self._left_to_skip <= _MOST_DICTIONARY:
                self._dictionary = bytearray()
        else:
            self._inner = self._frames.decompressor.decompressobj()
        return True

    def _skip(self) -> None:
        assert self._left_to_skip is not None
        passed = self._pending[self._at : self._at + self._left_to_skip]
        self._at += len(passed)
        self._left_to_skip -= len(passed)
        if self._dictionary is not None:
            self._dictionary += passed
        if not self._left_to_skip:
            if self._dictionary:
                self._frames.remember(bytes(self._dictionary))
            self._end(0)

    def _end(self, unused: int) -> None:
        self.unused_data = self._pending[self._at - unused :]
        self.eof = True
