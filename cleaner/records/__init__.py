"""Records: files that hold many pages, read one page at a time in the memory that one page needs.

`read_records` gives the pages of a source, the records that can't be read as data, and what is no page, counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.errors import UsageError
from cleaner.records.formats import format_of, reader_of
from cleaner.records.opening import open_source, reason_of
from cleaner.records.record import Failure, Fields, Item, Passed, Record, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Failure",
    "Fields",
    "Item",
    "Passed",
    "Record",
    "Span",
    "format_of",
    "open_source",
    "read_records",
    "spans",
]


def read_records(
    source: str, fields: Fields | None = None, *, max_bytes: int, span: Span | None = None
) -> Iterator[Item]:
    """What a source holds, in its order, numbered from 0 on.

    source      a path or an address of a file in one of the formats that `format_of` knows
    fields      which fields of a row are the page, its address, its name and its date
    max_bytes   pages with more bytes than this, as stored or unpacked, are Failures
    span        the part to read, one of `spans`; numbers count from the beginning of the whole source

    A record that can't be read is a Failure; where the file breaks off, a Failure is the last item. Raises
    UnreadableInput, MissingLibrary and UsageError before the first item; they don't name the source.
    """
    name = format_of(source)
    if name is None:
        raise UsageError("not a file of records that is known")
    number = 0
    try:
        for item in reader_of(name)(source, fields or Fields(), max_bytes, span):
            number = item.number + 1
            yield item
    except OSError as error:
        yield Failure(source, number, "unreadable", reason_of(error))
    except MemoryError:
        yield Failure(source, number, "too-large", "not enough memory")


def spans(source: str, *, rows: int) -> list[Span | None]:
    """The parts of a source that can be read by themselves, of about so many rows each; `[None]` is the whole.

    Only Parquet has parts: row groups. Raises as `read_records` does.
    """
    if format_of(source) != "parquet":
        return [None]
    from cleaner.records.parquet import parquet_spans

    return parquet_spans(source, rows)
