"""Bytes from files and standard input, bytes to files and standard output: read whole, written whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
import stat
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from cleaner.errors import UnreadableInput, UnwritableOutput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

# An open that must not wait for the other end of a named pipe, nor make a terminal ours.
_OPEN_TO_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_OPEN_TO_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_CHUNK = 1 << 20
# A new file until it takes its place; the first word tells whose it is: by its number, the process that writes it.
_TEMPORARY = re.compile(r"\.cleaner-([0-9a-z]{1,20})-[0-9a-f]{12}\.tmp")


def read_file(path: Path, limit: int) -> bytes:
    """The bytes of a regular file, at most `limit` of them; raises UnreadableInput for anything else."""
    try:
        descriptor = os.open(path, _OPEN_TO_READ)
    except OSError as error:
        raise _unreadable(error) from None
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableInput("a folder, where a file is needed")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableInput("not a regular file", hint="pipe it in: cleaner < FILE")
        with open(descriptor, "rb", closefd=False) as file:
            return _all(file, limit, status.st_size + 1)
    except OSError as error:
        raise _unreadable(error) from None
    finally:
        os.close(descriptor)


def read_standard_input(limit: int) -> bytes:
    """All of standard input, at most `limit` bytes; raises UnreadableInput if it is closed, a folder, or longer."""
    if sys.stdin is None or sys.stdin.closed:
        raise UnreadableInput("it is closed", hint="name a file, or pipe a page in")
    try:
        return _all(sys.stdin.buffer, limit, _CHUNK)
    except OSError as error:
        raise _unreadable(error) from None


def write_file(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a file as `written_whole` does. Raises UnwritableOutput."""
    with written_whole(path, durable=durable) as file:
        file.write(data)


@contextmanager
def written_whole(path: Path, owner: str = "", *, durable: bool = True) -> Iterator[IO[bytes]]:
    """A file to write to, so that a reader sees the old one or the whole new one, whenever this process is stopped.

    owner    whose the temporary file is if it is left behind: a word of up to 20 letters and digits; else this process
    durable  a power failure doesn't take it either; that costs a few milliseconds of waiting for the disk

    Folders are made, the mode of a file that is replaced is kept, and a symbolic link goes on pointing to the file.
    What is no regular file (a device, a pipe) is written to, not replaced. Raises UnwritableOutput.
    """
    try:
        target = os.path.realpath(path)
        mode = _mode(target)
        if mode is not None and not stat.S_ISREG(mode):
            with open(target, "wb") as device:
                yield device
            return
        folder = os.path.dirname(target)
        os.makedirs(folder, exist_ok=True)
        # A short name of our own: the target's, made longer, could be too long for the file system.
        temporary = os.path.join(folder, f".cleaner-{owner or os.getpid()}-{secrets.token_hex(6)}.tmp")
        try:
            with open(os.open(temporary, _OPEN_TO_WRITE, 0o666), "wb") as file:
                yield file
                file.flush()
                if mode is not None and hasattr(os, "fchmod"):
                    os.fchmod(file.fileno(), stat.S_IMODE(mode))
                if durable:
                    os.fsync(file.fileno())
            os.replace(temporary, target)
        except BaseException:  # an interrupt as well must leave nothing behind
            with suppress(FileNotFoundError):  # it was not made yet
                os.unlink(temporary)
            raise
    except OSError as error:
        raise UnwritableOutput(_reason(error)) from None


def remove_leftovers(folder: Path, owner: str | None = None) -> None:
    """Remove the temporary files in a folder of an owner that has ended; those of all owners, if none is named."""
    with os.scandir(folder) as entries:
        for entry in entries:
            match = _TEMPORARY.fullmatch(entry.name)
            if match and (owner is None or match[1] == owner):
                with suppress(FileNotFoundError):
                    os.unlink(entry.path)


def write_standard_output(data: bytes) -> None:
    """Write bytes as they are, whatever the locale; raises UnwritableOutput, or BrokenPipeError if nobody reads."""
    if sys.stdout is None:
        raise UnwritableOutput("it is closed", hint="name an output file with -o")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnwritableOutput(_reason(error)) from None


def _mode(path: str) -> int | None:
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def _all(file: IO[bytes], limit: int, expected: int) -> bytes:
    """All that is left of a file, of which about `expected` bytes are; raises UnreadableInput for more than `limit`."""
    chunks: list[bytes] = []
    room = limit + 1
    while room and (chunk := file.read(min(expected, room))):
        chunks.append(chunk)
        room -= len(chunk)
        expected = _CHUNK
    if not room:
        raise UnreadableInput(f"more than the limit of {limit:,} bytes", hint="raise it with --max-size")
    return b"".join(chunks)


def _unreadable(error: OSError) -> UnreadableInput:
    return UnreadableInput(_reason(error))


def _reason(error: OSError) -> str:
    """The system's own words for what went wrong, as a part of a sentence."""
    return (error.strerror or str(error)).lower()
