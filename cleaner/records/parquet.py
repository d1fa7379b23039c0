"""Parquet files: one row a page, a few rows in memory at a time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cleaner.errors import MissingLibrary, UnreadableInput, UsageError
from cleaner.records.opening import one_line, open_source
from cleaner.records.record import Failure, Span
from cleaner.records.rows import CONTENT_NAMES, DATE_NAMES, ID_NAMES, URL_NAMES, record_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.records.record import Fields, Item

# Pages of 250 kB, the mean of the web, come to 4 MB; larger batches are no faster.
_BATCH = 16
# What is read of a column at a time: without it, whole columns of a row group are.
_BUFFER = 1 << 20


def read_parquet(source: str, fields: Fields, max_bytes: int, span: Span | None) -> Iterator[Item]:
    """The pages of a Parquet file, or of some of its row groups. A damaged row group is one Failure.

    Raises MissingLibrary if pyarrow is not installed, UsageError if no column can be the page, UnreadableInput if it is
    no Parquet file.
    """
    with _opened(source) as file:
        columns = _columns(file, fields)
        start, stop = (span.start, span.stop) if span else (0, file.num_row_groups)
        number = sum(file.metadata.row_group(group).num_rows for group in range(start))
        for group in range(start, min(stop, file.num_row_groups)):
            after = number + file.metadata.row_group(group).num_rows
            try:
                for row in _rows(file, group, columns):
                    yield record_from(row, fields, source=source, number=number, max_bytes=max_bytes)
                    number += 1
            except _damage() as error:
                yield Failure(source, number, "corrupt", f"row group {group}: {one_line(error)}")
            number = after


def parquet_spans(source: str, rows: int) -> list[Span | None]:
    """Row groups that follow each other, at least so many rows together; whole files are `[None]`."""
    with _opened(source) as file:
        sizes = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
    found: list[Span | None] = []
    start = held = 0
    for group, size in enumerate(sizes):
        held += size
        if held >= rows:
            found.append(Span(start, group + 1))
            start, held = group + 1, 0
    if held:
        found.append(Span(start, len(sizes)))
    return found if len(found) > 1 else [None]


@contextmanager
def _opened(source: str) -> Iterator[Any]:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise MissingLibrary.of_extra("parquet", "a Parquet file needs the library pyarrow") from None
    with open_source(source) as raw:
        try:
            file = ParquetFile(raw, buffer_size=_BUFFER, pre_buffer=False)
        except _damage() as error:
            raise UnreadableInput(f"no readable Parquet file: {one_line(error)}") from None
        with file:
            yield file


def _damage() -> tuple[type[Exception], ...]:
    from pyarrow import ArrowException

    return (ArrowException, OSError, ValueError, LookupError, MemoryError)


def _columns(file: Any, fields: Fields) -> list[str]:
    """The columns that are needed, no others: pages are large, and so may be what stands beside them."""
    names = file.schema_arrow.names
    contents = CONTENT_NAMES if fields.content is None else (fields.content,)
    there = [name for name in contents if name in names or name.split(".")[0] in names]
    if not there:
        raise UsageError(f"no column {' or '.join(contents)}", hint=f"there are: {', '.join(names)}"[:200])
    wanted = list(there)
    for asked, usual in ((fields.url, URL_NAMES), (fields.id, ID_NAMES), (fields.date, DATE_NAMES)):
        wanted += usual if asked is None else (asked,)
    return [name for name in wanted if name in names or name.split(".")[0] in names]


def _rows(file: Any, group: int, columns: list[str]) -> Iterator[dict[str, object]]:
    for batch in file.iter_batches(_BATCH, row_groups=[group], columns=columns, use_threads=False):
        yield from batch.to_pylist()
