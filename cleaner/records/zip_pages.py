"""Zip files of pages, in the order of their directory; nothing is written to disk."""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from typing import TYPE_CHECKING

from cleaner.records.members import page_of, passed, passed_over, too_large
from cleaner.records.opening import one_line, open_source
from cleaner.records.record import Failure
from cleaner.records.zip_headers import MAGIC, read_headers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.records.record import Fields, Item, Span

_ENCRYPTED = 1
# What the standard library raises over damaged files; a RuntimeError is its word for encryption.
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError, LookupError)


def read_zip(source: str, _fields: Fields, max_bytes: int, _span: Span | None) -> Iterator[Item]:
    """The pages of a zip file, each as large as allowed at most, whatever its header says of it.

    Without a directory, which stands at the end, it is read by the headers before the members, up to where it is cut.
    """
    with open_source(source) as file:
        try:
            archive = zipfile.ZipFile(file)
        except _DAMAGE as error:
            file.seek(0)
            if file.read(len(MAGIC)) != MAGIC:
                yield Failure(source, 0, "corrupt", one_line(error))
                return
            file.seek(0)
            yield from read_headers(source, file, max_bytes)
            return
        members = (member for member in archive.infolist() if not member.is_dir())
        for number, member in enumerate(members):
            yield _read_member(archive, member, source, number, max_bytes)


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: str, number: int, max_bytes: int) -> Item:
    name = member.filename
    if stat.S_ISLNK(member.external_attr >> 16):
        return passed(source, number, "link")
    why = passed_over(name)
    if why is not None:
        return passed(source, number, why)
    if member.flag_bits & _ENCRYPTED:
        return Failure(source, number, "encrypted", "the member is encrypted", name)
    if member.file_size > max_bytes:
        return too_large(source, number, name, max_bytes)
    try:
        with archive.open(member) as stream:
            content = stream.read(max_bytes + 1)
    except _DAMAGE as error:
        return Failure(source, number, "corrupt", one_line(error), name)
    return page_of(source, number, name, content, max_bytes)
