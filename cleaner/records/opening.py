"""Sources opened for reading: files, and what stands behind an address that fsspec or pyarrow knows."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, BinaryIO, cast

from cleaner.errors import MissingLibrary, UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Callable

# `s3://bucket/key`; one letter before the colon is a drive of Windows.
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}://")


def open_source(source: str) -> BinaryIO:
    """The bytes of a source, as stored, as a stream that can seek wherever its file system can.

    source   a path, or an address (`s3://…`, `gs://…`, `hdfs://…`, `memory://…`) for fsspec, or else for pyarrow.fs

    Raises UnreadableInput if it can't be opened, MissingLibrary if it is an address and neither library is there.
    """
    try:
        if not _ADDRESS.match(source):
            return _open_file(source)
        opener = _with_fsspec() or _with_arrow()
        if opener is None:
            raise MissingLibrary.of_extra("remote", "an address needs the library fsspec")
        return opener(source)
    except OSError as error:
        raise UnreadableInput(reason_of(error)) from None
    except (ValueError, ImportError) as error:  # a scheme nobody knows, or one whose own library is not there
        raise UnreadableInput(one_line(error)) from None


def reason_of(error: OSError) -> str:
    """The system's own words for what went wrong, as a part of a sentence."""
    return (error.strerror or one_line(error)).lower()


def one_line(error: Exception) -> str:
    """What a library says went wrong, in a line of bearable length."""
    return " ".join((str(error) or type(error).__name__).split())[:200]


def _open_file(path: str) -> BinaryIO:
    status = os.stat(path)
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableInput("a folder, where a file is needed")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableInput("not a regular file")
    return open(path, "rb")


def _with_fsspec() -> Callable[[str], BinaryIO] | None:
    try:
        import fsspec
    except ImportError:
        return None
    return lambda address: cast("BinaryIO", fsspec.open(address, "rb").open())


def _with_arrow() -> Callable[[str], BinaryIO] | None:
    try:
        from pyarrow import fs
    except ImportError:
        return None

    def open_address(address: str) -> BinaryIO:
        system, path = fs.FileSystem.from_uri(address)
        return cast("BinaryIO", system.open_input_file(path))

    return open_address
