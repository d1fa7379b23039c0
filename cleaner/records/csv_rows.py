"""CSV files with a header: one row a page."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import BufferedReader
from typing import TYPE_CHECKING

from cleaner.errors import UsageError
from cleaner.records.lines import PATIENCE, read_lines
from cleaner.records.opening import one_line
from cleaner.records.record import Failure
from cleaner.records.rows import CONTENT_NAMES, record_from
from cleaner.records.streams import unpacked
from cleaner.records.wide import InUTF8, utf_16_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.records.lines import Line
    from cleaner.records.record import Fields, Item, Span

_DELIMITERS = ",\t;|"
_BYTE_ORDER_MARK = "\xef\xbb\xbf"  # UTF-8, byte by byte
# A row has other fields beside the page, and quotes are written twice.
_BESIDE = 1 << 20


class _RowTooLarge(Exception):
    """The row has more bytes than allowed."""


def read_csv(source: str, fields: Fields, max_bytes: int, _span: Span | None) -> Iterator[Item]:
    """The pages of a CSV file, packed or not. Raises UsageError if no column can be the page.

    Bytes in other charsets than UTF-8 and UTF-16 are left to the reader of pages, which can tell them apart.
    """
    limit = 2 * max_bytes + _BESIDE
    with unpacked(source) as (stream, plain):
        texts = _Texts(_lines(stream, limit), limit)
        names, delimiter = _header(texts, fields)
        rows = csv.reader(texts, delimiter=delimiter)
        number = 0
        before = csv.field_size_limit()  # a setting of the whole process
        while True:
            texts.begin_row()
            csv.field_size_limit(limit)
            item = _next_row(rows, texts, names, fields, source=source, number=number, max_bytes=max_bytes)
            csv.field_size_limit(before)
            if item is None or (plain.broken is not None and not texts.ended):
                break
            yield item
            number += 1
        if plain.broken is not None:
            yield Failure(source, number, plain.broken.reason, plain.broken.message, offset=plain.broken.offset)


def _lines(stream: BufferedReader, limit: int) -> Iterator[Line]:
    """The lines in UTF-8 if they are in UTF-16, as spreadsheets save them; those have no places in the file."""
    charset = utf_16_of(stream.peek(2)[:2])
    if charset is None:
        return read_lines(stream, limit)
    return (replace(line, offset=None) for line in read_lines(BufferedReader(InUTF8(stream, charset)), limit))


class _Texts:
    """The lines, each byte one character: quotes and delimiters are the same bytes in every charset that CSV is in."""

    def __init__(self, lines: Iterator[Line], limit: int) -> None:
        self._lines = lines
        self._limit = limit
        self._length = 0
        self._quotes = 0
        self.begin: int | None = None
        self.ended = True
        self.unclosed = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is None:
            self.unclosed = self._length > 0  # only within a quotation more lines are asked for
            raise StopIteration
        self.ended = line.ended
        if not self._length:
            self.begin = line.offset
        if line.data is None:
            raise _RowTooLarge
        self._length += len(line.data)
        self._quotes += line.data.count(b'"')
        if self._length > self._limit:
            raise _RowTooLarge
        return line.data.decode("latin-1")

    def begin_row(self) -> None:
        """The next line is the first of a row."""
        self.begin = None
        self._length = self._quotes = 0

    def skip_row(self) -> None:
        """Pass over the rest of a row that is too large, up to the line that ends its quotation."""
        for line in self._lines:
            if line.data is None or self._quotes % 2 == 0:
                return
            self._length += len(line.data)
            self._quotes += line.data.count(b'"')
            if self._quotes % 2 == 0 or self._length > PATIENCE * self._limit:
                return


def _header(texts: _Texts, fields: Fields) -> tuple[list[str], str]:
    """(names of the columns, what stands between them)."""
    try:
        line = next(texts, "").removeprefix(_BYTE_ORDER_MARK)
        delimiter = max(_DELIMITERS, key=line.count)
        names = [_text(name) for name in next(csv.reader([line], delimiter=delimiter), [])]
    except (_RowTooLarge, csv.Error):
        names, delimiter = [], ","
    wanted = CONTENT_NAMES if fields.content is None else (fields.content,)
    if not set(wanted) & set(names):
        raise UsageError(f"no column {' or '.join(wanted)}", hint=f"the header is: {', '.join(names)}"[:200])
    return names, delimiter


def _next_row(
    rows: Iterator[list[str]],
    texts: _Texts,
    names: list[str],
    fields: Fields,
    *,
    source: str,
    number: int,
    max_bytes: int,
) -> Item | None:
    try:
        while (row := next(rows, None)) == []:  # a blank line
            texts.begin_row()
    except _RowTooLarge:
        texts.skip_row()
        return Failure(source, number, "too-large", "the row is longer than allowed", offset=texts.begin)
    except csv.Error as error:
        return Failure(source, number, "bad-row", one_line(error), offset=texts.begin)
    if row is None:
        return None
    if texts.unclosed:
        return Failure(source, number, "bad-row", "a quotation in the row is never closed", offset=texts.begin)
    if len(row) > len(names):
        message = f"{len(row)} fields under a header of {len(names)}"
        return Failure(source, number, "bad-row", message, offset=texts.begin)
    values: dict[str, object] = {name: _value(field) for name, field in zip(names, row, strict=False) if field}
    return record_from(values, fields, source=source, number=number, max_bytes=max_bytes, offset=texts.begin)


def _value(field: str) -> str | bytes:
    """A field as text, or as bytes if it is in another charset than UTF-8."""
    if field.isascii():
        return field
    data = field.encode("latin-1")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data


def _text(field: str) -> str:
    return field.encode("latin-1").decode("utf-8", "replace").strip()
