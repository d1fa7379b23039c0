"""Tar files of pages, compressed or not, as a stream; nothing is written to disk."""

from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING, Self

from cleaner.records.members import page_of, passed, passed_over, too_large
from cleaner.records.opening import one_line
from cleaner.records.record import Failure
from cleaner.records.streams import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from cleaner.records.record import Fields, Item, Reason, Span
    from cleaner.records.unpacking import Unpacked

# Long names and extended headers are read whole by the standard library; real ones have some hundred bytes.
_LONGEST_HEADER = 1 << 20
_HEADERS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_BLOCK = 1 << 16
_DAMAGE = (tarfile.TarError, EOFError, ValueError, LookupError, ArithmeticError)


class _Damaged(Exception):
    """A header that can't be right: the library would take it for the end of the file."""

    def __init__(self, message: str, reason: Reason = "corrupt") -> None:
        super().__init__(message)
        self.reason = reason


class _Member(tarfile.TarInfo):
    """A member whose header is checked."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            member = super().frombuf(buf, encoding, errors)
        except tarfile.TruncatedHeaderError as error:  # type: ignore[attr-defined]
            raise _Damaged(str(error), "truncated") from None
        except tarfile.InvalidHeaderError as error:  # type: ignore[attr-defined]
            raise _Damaged(str(error)) from None
        if member.size < 0 or (member.type in _HEADERS and member.size > _LONGEST_HEADER):
            raise _Damaged("impossible header")
        return member


def read_tar(source: str, _fields: Fields, max_bytes: int, _span: Span | None) -> Iterator[Item]:
    """The pages of a tar file. Where it breaks off, a Failure is the last item: what follows can't be told apart."""
    with unpacked(source) as (stream, plain):
        number = 0
        for item in _members(source, stream, plain, max_bytes):
            yield item
            number = item.number + 1
        if plain.broken is not None:
            yield Failure(source, number, plain.broken.reason, plain.broken.message, offset=plain.broken.offset)


def _members(source: str, stream: BufferedReader, plain: Unpacked, max_bytes: int) -> Iterator[Item]:
    number = 0
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=_BLOCK, tarinfo=_Member, errors="surrogateescape") as tar:
            while (member := tar.next()) is not None:
                tar.members = []  # type: ignore[attr-defined]  # it keeps them all
                if member.isdir():
                    continue
                item = _read_member(tar, member, source, number, max_bytes)
                if item is None:
                    break
                yield item
                number += 1
            else:
                return
    except (*_DAMAGE, _Damaged) as error:
        if plain.broken is None:
            yield Failure(source, number, error.reason if isinstance(error, _Damaged) else "truncated", one_line(error))
        return
    if plain.broken is None:
        yield Failure(source, number, "truncated", "the file ends before the member does", member.name)


def _read_member(
    tar: tarfile.TarFile, member: tarfile.TarInfo, source: str, number: int, max_bytes: int
) -> Item | None:
    """What a member holds; None if the file ends before it does."""
    if not member.isreg():
        return passed(source, number, "link" if member.issym() or member.islnk() else "device")
    why = passed_over(member.name)
    if why is not None:
        return passed(source, number, why)
    if member.size > max_bytes:
        return too_large(source, number, member.name, max_bytes)
    stream = tar.extractfile(member)
    content = stream.read(member.size) if stream is not None else b""
    return page_of(source, number, member.name, content, max_bytes) if len(content) == member.size else None
