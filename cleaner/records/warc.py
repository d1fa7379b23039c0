"""WARC files: responses, resources and conversions (WET) as pages, everything else counted.

The format is that of ISO 28500. FastWARC finds the records; here each is checked against what it says of itself, since
a wrong length, a cut or garbage must cost that record alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast

from cleaner.errors import MissingLibrary
from cleaner.records.http_body import (
    LONGEST_HEADER,
    BodyTooLarge,
    charset,
    decode_body,
    media_type,
    parse_response,
)
from cleaner.records.opening import one_line
from cleaner.records.record import Failure, Passed, Record
from cleaner.records.streams import unpacked
from cleaner.records.warc_feed import Feed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from fastwarc.warc import WarcRecord

    from cleaner.page import SourceKind
    from cleaner.records.record import Fields, Item, Reason, Span
    from cleaner.records.unpacking import Unpacked

_PAGES = ("response", "resource", "conversion")
# After so much damage in a row the rest is given up: it may be made of nothing but beginnings of records.
_MOST_IN_A_ROW = 1_000
_TYPES = (*_PAGES, "warcinfo", "request", "metadata", "revisit", "continuation")
_KINDS: dict[str, SourceKind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
}
# What says nothing; what the archive itself found out then counts.
_VAGUE = ("", "application/octet-stream", "unk", "unknown/unknown")


def read_warc(source: str, _fields: Fields, max_bytes: int, _span: Span | None) -> Iterator[Item]:
    """The records of a WARC file, packed or not. Raises MissingLibrary if FastWARC is not installed."""
    try:
        import fastwarc.warc  # noqa: F401
    except ImportError:
        raise MissingLibrary.of_extra("warc", "a WARC file needs the library FastWARC") from None
    with unpacked(source) as (stream, plain):
        yield from _Archive(source, stream, plain, max_bytes).items()


class _Archive:
    """The state of reading one file."""

    def __init__(self, source: str, stream: BufferedReader, plain: Unpacked, max_bytes: int) -> None:
        self._source = source
        self._plain = plain
        self._size = plain.find_size()
        self._feed = Feed(stream)
        self._max_bytes = max_bytes
        self._number = 0
        # From where, in plain bytes, the next record may begin.
        self._floor = 0
        # The last record has a length that can't be true: what follows it must be looked for.
        self._lost = False
        self._in_a_row = 0

    def items(self) -> Iterator[Item]:
        going = True
        while going:
            if self._in_a_row >= _MOST_IN_A_ROW:
                yield self._failure("corrupt", f"{self._in_a_row:,} damaged records in a row: the rest is not read")
                return
            self._lost = False
            try:
                yield from self._records()
            except OSError as error:
                yield self._failure("corrupt", one_line(error), offset=self._stored_offset(self._floor))
                self._number += 1
            else:
                broken = self._plain.broken
                if broken is not None and self._feed.ended and not self._lost:
                    yield self._failure(broken.reason, broken.message, offset=broken.offset)
                    self._number += 1
                if broken is None and not self._lost:
                    return
            if self._feed.failed is not None:
                raise self._feed.failed
            if self._feed.ended and self._plain.broken is not None:
                self._floor = self._plain.plain
                going = self._plain.resume()
            going = going and self._feed.resume(self._floor)

    def _records(self) -> Iterator[Item]:
        from fastwarc.warc import ArchiveIterator

        for record in ArchiveIterator(cast("BinaryIO", self._feed), parse_http=False, stream_detect=False):
            item = self._item(record)
            self._in_a_row = self._in_a_row if self._lost else 0
            yield item
            self._number += 1
            if self._lost:
                return

    def _item(self, record: WarcRecord) -> Item:
        begin = self._feed.base + record.stream_pos
        name = _header(record, "WARC-Record-ID") or None
        offset = self._stored_offset(begin)
        stated = _header(record, "Content-Length").strip()
        self._floor = begin + 1
        if not (stated.isascii() and stated.isdigit()):
            self._lost = True
            if self._feed.ended:
                return self._failure("truncated", "the header of the record breaks off", name, offset)
            return self._failure("corrupt", "the record has no valid Content-Length", name, offset)
        length = record.content_length
        if self._size is not None and begin + length > self._size:
            self._lost = True
            return self._failure("truncated", "the file ends before the record does", name, offset)
        self._floor = begin + length
        what = _header(record, "WARC-Type").strip().lower()
        what = what if what in _TYPES else "unknown"
        wanted = what in _PAGES and length <= self._max_bytes + LONGEST_HEADER
        block = record.reader.read(length) if wanted else b""
        if not wanted:
            record.consume()
        if record.reader.tell() < length:
            self._lost = True
            return self._failure("truncated", "the file ends before the record does", name, offset)
        if what not in _PAGES:
            return Passed(self._source, self._number, what)
        if not wanted:
            message = f"{length:,} bytes are more than the limit of {self._max_bytes:,}"
            return self._failure("too-large", message, name, offset)
        if what == "response" and _header(record, "Content-Type").lower().startswith("application/http"):
            return self._response(record, block, name, offset)
        return self._page(record, block, _header(record, "Content-Type"), name, offset)

    def _response(self, record: WarcRecord, block: bytes, name: str | None, offset: int | None) -> Item:
        try:
            response = parse_response(block)
            if not 200 <= response.status < 300:
                return Passed(self._source, self._number, f"http-{response.status}")
            content_type = response.header("content-type")
            if self._other(record, content_type) is not None:  # nothing is unpacked that nobody wants
                return self._page(record, b"", content_type, name, offset)
            return self._page(record, decode_body(response, self._max_bytes), content_type, name, offset)
        except BodyTooLarge:
            message = f"the body has more bytes than the limit of {self._max_bytes:,}"
            return self._failure("too-large", message, name, offset)
        except ValueError as error:
            return self._failure("bad-http", one_line(error), name, offset)

    def _page(
        self, record: WarcRecord, content: bytes, content_type: str, name: str | None, offset: int | None
    ) -> Item:
        other = self._other(record, content_type)
        if other is not None:
            return Passed(self._source, self._number, other)
        if len(content) > self._max_bytes:
            message = f"{len(content):,} bytes are more than the limit of {self._max_bytes:,}"
            return self._failure("too-large", message, name, offset)
        return Record(
            self._source,
            self._number,
            content,
            id=name,
            offset=offset,
            url=_header(record, "WARC-Target-URI").strip("<> ") or None,
            date=_header(record, "WARC-Date") or None,
            kind=_KINDS.get(_media_type(record, content_type)),
            charset=charset(content_type),
        )

    def _other(self, record: WarcRecord, content_type: str) -> str | None:
        """The media type, if it is not that of a page; without any, the content will tell."""
        found = _media_type(record, content_type)
        return None if found in _KINDS or not found else found

    def _stored_offset(self, plain: int) -> int | None:
        """Where in the file something begins; None inside a compressed member: no reading can begin there."""
        if not self._plain.packed:
            return plain
        members = self._plain.members
        while len(members) > 1 and members[1][0] <= plain:
            members.popleft()
        return members[0][1] if members and members[0][0] == plain else None

    def _failure(self, reason: Reason, message: str, name: str | None = None, offset: int | None = None) -> Failure:
        self._in_a_row += 1
        return Failure(self._source, self._number, reason, message, name, offset)


def _media_type(record: WarcRecord, content_type: str) -> str:
    found = media_type(content_type)
    if found in _VAGUE:
        found = media_type(_header(record, "WARC-Identified-Payload-Type")) or found
    return "" if found in _VAGUE and found != "application/octet-stream" else found


def _header(record: WarcRecord, name: str) -> str:
    value = record.headers.get_bytes(name.encode())
    return value.decode("utf-8", "replace") if value else ""
