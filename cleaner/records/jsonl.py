"""JSON lines: one object a line, the page in one of its fields."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cleaner.records.lines import read_lines
from cleaner.records.opening import one_line
from cleaner.records.record import Failure
from cleaner.records.rows import record_from
from cleaner.records.streams import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.records.lines import Line
    from cleaner.records.record import Fields, Item, Span

# JSON writes a character in six bytes at worst (`\u4e00`), and other fields stand beside the page.
_BYTES_A_CHARACTER = 6
_BESIDE = 1 << 20
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_jsonl(source: str, fields: Fields, max_bytes: int, _span: Span | None) -> Iterator[Item]:
    """The pages of a file of JSON lines, packed or not. A bad line is a Failure; blank lines are none."""
    parse = _parser()
    number = 0
    with unpacked(source) as (stream, plain):
        for line in read_lines(stream, _BYTES_A_CHARACTER * max_bytes + _BESIDE):
            if line.data is None:
                yield Failure(source, number, "too-large", "the line is longer than allowed", offset=line.offset)
            elif not line.data.strip(b" \t\r\n\0" + _BYTE_ORDER_MARK):
                continue
            elif not line.ended and plain.broken is not None:
                break  # what stands before the cut is half a record
            else:
                yield _read_line(line, line.data, parse, fields, source=source, number=number, max_bytes=max_bytes)
            number += 1
        if plain.broken is not None:
            yield Failure(source, number, plain.broken.reason, plain.broken.message, offset=plain.broken.offset)


def _read_line(
    line: Line,
    data: bytes,
    parse: Callable[[bytes], object],
    fields: Fields,
    *,
    source: str,
    number: int,
    max_bytes: int,
) -> Item:
    try:
        row = parse(data.removeprefix(_BYTE_ORDER_MARK))
    except (ValueError, RecursionError) as error:
        if line.ended:
            return Failure(source, number, "bad-json", one_line(error), offset=line.offset)
        return Failure(source, number, "truncated", "the last line breaks off", offset=line.offset)
    if not isinstance(row, dict):
        return Failure(source, number, "bad-json", "not an object", offset=line.offset)
    return record_from(row, fields, source=source, number=number, max_bytes=max_bytes, offset=line.offset)


def _parser() -> Callable[[bytes], object]:
    """The fastest parser there is; json takes what orjson refuses, such as halves of surrogate pairs."""
    try:
        from orjson import loads
    except ImportError:
        return _parse

    def parse(data: bytes) -> object:
        try:
            return loads(data)
        except ValueError:
            return _parse(data)

    return parse


def _parse(data: bytes) -> object:
    return json.loads(data.decode())
