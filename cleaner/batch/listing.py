"""Names of inputs from a file or standard input, one a line, or parted by NUL bytes."""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING

from cleaner.errors import UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 16
# No system has names so long; whoever sends more has forgotten -0, or sends something else.
_LONGEST = 1 << 17


def listed(source: str, separator: bytes) -> Iterator[str]:
    """The names in the file `source`, or in standard input for `-`; empty ones don't count, nor do line ends.

    Raises UnreadableInput.
    """
    try:
        if source != "-":
            with open(source, "rb") as file:
                yield from _names(file, separator)
        elif sys.stdin is None or sys.stdin.closed:
            raise UnreadableInput("standard input is closed", hint="name a file with --files-from")
        else:
            yield from _names(sys.stdin.buffer, separator)
    except OSError as error:
        raise UnreadableInput(f"{(error.strerror or str(error)).lower()}: {source}") from None


def _names(file: IO[bytes], separator: bytes) -> Iterator[str]:
    rest = b""
    while chunk := file.read(_CHUNK):
        *whole, rest = (rest + chunk).split(separator)
        if len(rest) > _LONGEST:
            raise UnreadableInput("not a list of names", hint="-0 reads names that end in NUL bytes")
        for name in whole:
            if shown := _name(name, separator):
                yield shown
    if last := _name(rest, separator):
        yield last


def _name(name: bytes, separator: bytes) -> str:
    return os.fsdecode(name.removesuffix(b"\r") if separator == b"\n" else name)
