"""Zip files without a directory, as a broken download leaves them: members are found by the headers before them."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from cleaner.records.lines import PATIENCE
from cleaner.records.members import page_of, passed, passed_over, too_large
from cleaner.records.record import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.records.record import Item

# PKWARE's APPNOTE, 4.3.7: flags, method, time, date, CRC, packed and plain size, lengths of the name and of what is
# added; after the signature and the version that is needed.
_HEADER = struct.Struct("<4s2xHH4xIIIHH")
# What a member begins with.
MAGIC = b"PK\x03\x04"
# 4.3.9: the CRC and both sizes after a member whose header could not know them yet, often with a signature.
_DESCRIPTOR = b"PK\x07\x08"
_ENCRYPTED, _FOLLOWS, _UTF8 = 1, 1 << 3, 1 << 11
_STORED, _DEFLATED = 0, 8
# 4.5.3: in place of a size that stands in what is added, under this number, plain before packed.
_ELSEWHERE = 0xFFFFFFFF
_ZIP64 = 1
_CHUNK = 1 << 16


class _Cut(Exception):
    """The file can't be read on from here."""


@dataclass(frozen=True, slots=True)
class _Header:
    """What stands before a member; its check and packed size are None if they stand after it."""

    name: str
    flags: int
    method: int
    check: int | None
    size: int | None
    wide: bool


def read_headers(source: str, file: BinaryIO, max_bytes: int) -> Iterator[Item]:
    """The pages of a zip file up to where it breaks off, and a Failure that tells where; `file` stands at its begin."""
    number = at = 0
    name: str | None = None
    why = "the directory of the zip file is missing"
    try:
        while (header := _read_header(file)) is not None:
            name = header.name
            begin = file.tell()
            item = _read_member(file, header, source, number, max_bytes)
            if header.size is not None:
                file.seek(begin + header.size)
            if not name.endswith("/"):
                yield item
                number += 1
            name, at = None, file.tell()
    except _Cut as error:
        why = str(error)
    yield Failure(source, number, "truncated", f"{why}, from byte {at:,} on", name)


def _read_header(file: BinaryIO) -> _Header | None:
    """The next member's header; None if there is none."""
    data = file.read(_HEADER.size)
    if not data.startswith(MAGIC):
        return None
    if len(data) < _HEADER.size:
        raise _Cut("the zip file ends in a header")
    _, flags, method, check, packed, plain, name_length, added_length = _HEADER.unpack(data)
    name, added = file.read(name_length), file.read(added_length)
    if len(name) + len(added) < name_length + added_length:
        raise _Cut("the zip file ends in a header")
    wide = _added(added, _ZIP64)
    if packed == _ELSEWHERE and wide is not None:
        skipped = 8 if plain == _ELSEWHERE else 0
        packed = int.from_bytes(wide[skipped : skipped + 8], "little")
    follows = bool(flags & _FOLLOWS)
    return _Header(
        name.decode("utf-8" if flags & _UTF8 else "cp437", "replace"),
        flags,
        method,
        None if follows else check,
        None if follows and not packed else packed,
        wide is not None,
    )


def _added(data: bytes, wanted: int) -> bytes | None:
    """The field of that number in what is added to a header, or None."""
    at = 0
    while at + 4 <= len(data):
        number, length = struct.unpack_from("<HH", data, at)
        at += 4 + length
        if number == wanted:
            return data[at - length : at]
    return None


def _read_member(file: BinaryIO, header: _Header, source: str, number: int, max_bytes: int) -> Item:
    """What a member holds. Raises _Cut if the file ends before it does, or it has no end that can be told."""
    why = passed_over(header.name)
    if header.size is not None:
        _demand(file, header.size)
        if why is not None:
            return passed(source, number, why)
    if header.flags & _ENCRYPTED or header.method not in {_STORED, _DEFLATED}:
        if header.size is None:
            raise _Cut("a member is encrypted or packed so that its end can't be told")
        if header.flags & _ENCRYPTED:
            return Failure(source, number, "encrypted", "the member is encrypted", header.name)
        return Failure(source, number, "corrupt", "the member can't be unpacked without the directory", header.name)
    try:
        read = _stored if header.method == _STORED else _inflated
        content, check = read(file, header, max_bytes)
    except zlib.error as error:
        if header.size is None:
            raise _Cut(str(error)) from None
        return Failure(source, number, "corrupt", str(error), header.name)
    if why is not None:
        return passed(source, number, why)
    if len(content) > max_bytes:
        return too_large(source, number, header.name, max_bytes)
    if check is not None and zlib.crc32(content) != check:
        return Failure(source, number, "corrupt", "the member's checksum is another", header.name)
    return page_of(source, number, header.name, content, max_bytes)


def _stored(file: BinaryIO, header: _Header, max_bytes: int) -> tuple[bytes, int | None]:
    """The beginning of a member that is not packed, one byte longer than allowed at most, and its check."""
    if header.size is None:
        raise _Cut("a member has no end that can be told")
    return file.read(min(header.size, max_bytes + 1)), header.check


def _demand(file: BinaryIO, size: int) -> None:
    """Raise _Cut unless the file goes on for so many bytes."""
    here = file.tell()
    end = file.seek(0, 2)
    file.seek(here)
    if end - here < size:
        raise _Cut("the zip file ends in a member")


def _inflated(file: BinaryIO, header: _Header, max_bytes: int) -> tuple[bytes, int | None]:
    """The same of a member that is packed; one without a size is read to its end."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    kept = bytearray()
    length = 0
    left = header.size
    data = b""
    while not inflater.eof:
        if not data:
            data = file.read(_CHUNK if left is None else min(left, _CHUNK))
            left = None if left is None else left - len(data)
            if not data:
                raise _Cut("the zip file ends in a member") if left is None else zlib.error("the packed data are cut")
        plain = inflater.decompress(data, _CHUNK)
        data = inflater.unconsumed_tail
        length += len(plain)
        kept += plain[: max_bytes + 1 - len(kept)]
        if length > max_bytes and left is not None:
            return bytes(kept), None
        if length > PATIENCE * max_bytes:
            raise _Cut("a member goes on and on")
    if header.size is None:
        file.seek(-len(inflater.unused_data), 1)
        return bytes(kept), _check_after(file, wide=header.wide)
    return bytes(kept), header.check


def _check_after(file: BinaryIO, *, wide: bool) -> int | None:
    """The check in the descriptor of a member, which is passed over; None if the file ends in it."""
    data = file.read(4)
    if data == _DESCRIPTOR:
        data = file.read(4)
    sizes = 16 if wide else 8
    return int.from_bytes(data, "little") if len(file.read(sizes)) == sizes else None
