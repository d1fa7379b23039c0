"""MHTML, as browsers save it: the page is the first part that is HTML; frames, style sheets and images are counted.

Chrome writes the page's address into `Snapshot-Content-Location`, older browsers into the part's `Content-Location`.
"""

from __future__ import annotations

import binascii
import io
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from cleaner.records.http_body import LONGEST_HEADER
from cleaner.records.lines import read_lines
from cleaner.records.opening import one_line
from cleaner.records.record import Failure, Passed, Record
from cleaner.records.rows import whole_characters
from cleaner.records.streams import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from cleaner.records.lines import Line
    from cleaner.records.record import Fields, Item, Span

_PAGES = ("text/html", "application/xhtml+xml")
# Base64 takes four bytes for three, quoted-printable three for one.
_GROWTH = 3
_BOUNDARY = b"--"
_LONGEST_BOUNDARY = 200
# Ten times the resources of a very large page: of more, each with a header to read, nobody waits for the end.
_MOST_PARTS = 20_000


class _TooManyParts(Exception):
    """There are more parts than allowed."""


@dataclass(slots=True)
class _Part:
    """A part: its header, and its body as far as it is wanted."""

    header: Message
    wanted: bool
    lines: list[bytes] = field(default_factory=list)
    length: int = 0


def read_mhtml(source: str, _fields: Fields, max_bytes: int, _span: Span | None) -> Iterator[Item]:
    """The page of an MHTML file, and what belongs to it."""
    with unpacked(source) as (stream, plain):
        lines = read_lines(stream, _GROWTH * max_bytes)
        top = _read_header(lines)
        number = 0
        found = False
        try:
            for part in _parts(lines, top, _GROWTH * max_bytes):
                media = _media_type(part.header)
                if found or media not in _PAGES:
                    yield Passed(source, number, "frame" if media in _PAGES else media)
                else:
                    found = True
                    yield _page(part, top, source, number, max_bytes)
                number += 1
        except _TooManyParts:
            yield Failure(source, number, "too-large", f"more than {_MOST_PARTS:,} parts")
            return
        if plain.broken is not None:
            yield Failure(source, number, plain.broken.reason, plain.broken.message, offset=plain.broken.offset)
        elif not found:
            yield Failure(source, number, "corrupt", "no page in it")


def _parts(lines: Iterator[Line], top: Message, limit: int) -> Iterator[_Part]:
    """The parts, those in parts as well, in the order of the file; of the first page alone with their bodies.

    Raises _TooManyParts.
    """
    boundaries = _boundaries(top)
    found = _media_type(top) in _PAGES
    part = _Part(top, wanted=found) if found else None
    headers = 0
    for line in lines:
        data = line.data or b""
        mark = data.strip()
        if mark.startswith(_BOUNDARY) and mark in boundaries:
            if part is not None:
                yield part
            headers += 1
            if headers > _MOST_PARTS:
                raise _TooManyParts
            header = _read_header(lines)
            boundaries |= _boundaries(header)
            wanted = not found and _media_type(header) in _PAGES
            found = found or wanted
            part = None if header.get_content_maintype() == "multipart" else _Part(header, wanted=wanted)
        elif part is not None and mark.startswith(_BOUNDARY) and mark.removesuffix(_BOUNDARY) in boundaries:
            yield part
            part = None
        elif part is not None and part.wanted:
            part.length += len(data) if line.data is not None else limit + 1
            if part.length <= limit:
                part.lines.append(data)
    if part is not None:
        yield part


def _page(part: _Part, top: Message, source: str, number: int, max_bytes: int) -> Item:
    name = _value(part.header, "Content-ID") or None
    try:
        content = _decoded(part)
    except ValueError as error:
        return Failure(source, number, "corrupt", one_line(error), name)
    if len(content) > max_bytes or part.length > _GROWTH * max_bytes:
        return Failure(source, number, "too-large", f"more bytes than the limit of {max_bytes:,}", name)
    address = _value(top, "Snapshot-Content-Location") or _value(part.header, "Content-Location")
    return Record(
        source,
        number,
        content,
        id=name,
        url=address or _value(top, "Content-Location") or None,
        date=_date(_value(top, "Date")),
        kind="html",
        charset=_parameter(part.header, "charset") or None,
    )


def _decoded(part: _Part) -> bytes:
    """The body without its transfer encoding. Raises ValueError if it is not in it."""
    body = b"".join(part.lines)
    coding = _value(part.header, "Content-Transfer-Encoding").lower()
    if coding == "quoted-printable":
        return binascii.a2b_qp(body)
    if coding == "base64":
        return binascii.a2b_base64(body)
    return body


def _read_header(lines: Iterator[Line]) -> Message:
    """The lines up to the next blank one, as a header."""
    held = io.BytesIO()
    for line in lines:
        data = line.data or b""
        if not data.strip(b"\r\n"):
            break
        if held.tell() + len(data) <= LONGEST_HEADER:
            held.write(data)
    return BytesHeaderParser().parsebytes(held.getvalue())


def _boundaries(header: Message) -> set[bytes]:
    boundary = _parameter(header, "boundary")
    if not boundary or len(boundary) > _LONGEST_BOUNDARY:
        return set()
    return {_BOUNDARY + boundary.encode("utf-8", "surrogateescape").strip()}


def _media_type(header: Message) -> str:
    return whole_characters(header.get_content_type())


def _value(header: Message, name: str) -> str:
    return whole_characters(" ".join(str(header.get(name, "")).split()))


def _parameter(header: Message, name: str) -> str:
    try:
        value = header.get_param(name)
    except (HeaderParseError, ValueError, LookupError):
        return ""
    return value.strip() if isinstance(value, str) else ""


def _date(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, LookupError, OverflowError):
        return None
