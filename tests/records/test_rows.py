"""CSV and Parquet: rows with a page in one column."""

from __future__ import annotations

import csv
import gzip
import io
import sys
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import CleanerError, MissingLibrary, UnreadableInput, UsageError
from cleaner.records import Failure, Fields, Item, Record, Span, format_of, read_records, spans

if TYPE_CHECKING:
    from pathlib import Path


def read(
    folder: Path,
    data: bytes,
    name: str,
    fields: Fields | None = None,
    *,
    max_bytes: int = 1000,
    span: Span | None = None,
) -> list[Item]:
    path = folder / name
    path.write_bytes(data)
    return list(read_records(str(path), fields, max_bytes=max_bytes, span=span))


def told(items: list[Item]) -> list[bytes | str]:
    return [
        item.content if isinstance(item, Record) else item.reason
        for item in items
        if isinstance(item, Record | Failure)
    ]


def test_csv_rows_are_pages_with_quotes_commas_and_line_ends_in_them(tmp_path: Path) -> None:
    rows = [["id", "html", "url"], ["1", '<p class="a">x, y\n\nz', "https://example.org/"], ["2", "桥", ""]]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    data = text.getvalue().encode("utf-8-sig")
    one, two = read(tmp_path, data, "a.csv")
    source = str(tmp_path / "a.csv")
    assert one == Record(source, 0, rows[1][1], "1", data.index(b"1,"), "https://example.org/", kind="html")
    assert two == Record(source, 1, "桥", "2", data.index(b"2,"), kind="html")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_csv_delimiters_are_told_by_the_header(tmp_path: Path, delimiter: str) -> None:
    data = f"id{delimiter}text\n1{delimiter}hello\n".encode()
    assert told(read(tmp_path, data, "a.csv")) == ["hello"]


def test_csv_in_another_charset_stays_bytes(tmp_path: Path) -> None:
    assert told(read(tmp_path, 'text,x\n"石桥，新",y\n'.encode("gb18030"), "a.csv")) == ["石桥，新".encode("gb18030")]


@pytest.mark.parametrize(
    ("charset", "mark"), [("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff"), ("utf-16-le", ""), ("utf-16-be", "")]
)
def test_csv_in_utf_16_is_read_as_text(tmp_path: Path, charset: str, mark: str) -> None:
    data = f'{mark}id\ttext\r\n1\t"石桥\n𠀀"\r\n2\t{"桥" * 300}\r\n'.encode(charset)
    one, two = read(tmp_path, data, "a.csv")
    assert one == Record(str(tmp_path / "a.csv"), 0, "石桥\n𠀀", "1")
    assert two == Record(str(tmp_path / "a.csv"), 1, "桥" * 300, "2")
    assert told(read(tmp_path, gzip.compress(data), "a.csv.gz")) == told([one, two])
    assert told(read(tmp_path, data + b"3", "a.csv")) == [*told([one, two]), "missing-field"]


def test_a_csv_quotation_that_is_never_closed_is_a_failure_with_its_place(tmp_path: Path) -> None:
    data = b'text,id\na,1\n"b\nc,2\nd,3\n'
    items = read(tmp_path, data, "a.csv")
    assert told(items) == ["a", "bad-row"]
    assert isinstance(items[1], Failure)
    assert items[1].offset == data.index(b'"')
    for whole in (b'text\n"a"', b'text\n"a\nb"', b'text\na"b', b'text\n"a" b"'):
        assert isinstance(read(tmp_path, whole, "a.csv")[-1], Record)


def test_csv_without_a_column_for_the_page_is_an_error_that_names_the_columns(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no column html or text or content .the header is: a, b"):
        read(tmp_path, b"a,b\n1,2\n", "a.csv")
    with pytest.raises(UsageError):
        read(tmp_path, b"", "a.csv")


def test_bad_and_long_csv_rows_are_failures_and_the_next_is_read(tmp_path: Path) -> None:
    huge = b'"' + b"x\n" * 900_000 + b'"'
    data = b"id,text\n1,a\n2,b,c\n3\n\n4," + huge + b"\n5," + b"y" * 1001 + b"\n6,z\n"
    items = read(tmp_path, data, "a.csv")
    assert told(items) == ["a", "bad-row", "missing-field", "too-large", "too-large", "z"]
    assert [item.number for item in items] == [0, 1, 2, 3, 4, 5]


def test_a_csv_field_longer_than_the_standard_library_takes_by_itself_is_read(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    assert told(read(tmp_path, b"text\n" + b"x" * 200_000 + b"\n", "a.csv", max_bytes=200_000)) == ["x" * 200_000]
    assert csv.field_size_limit() == before


@given(st.binary(max_size=200) | st.text('",\n\r ab', max_size=80).map(str.encode))
def test_any_csv_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    items = read(tmp_path_factory.getbasetemp(), b"text,id\n" + data, "a.csv")
    assert [item.number for item in items] == list(range(len(items)))


def parquet(table: pa.Table, group: int = 1000) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, row_group_size=group)
    return sink.getvalue()


def test_parquet_rows_are_pages(tmp_path: Path) -> None:
    table = pa.table(
        {
            "content": pa.array([b"\xb1\xb1", None, b"x" * 1001]),
            "id": [7, 8, 9],
            "metadata": [{"url": "https://example.org/", "date": "2024-05-06"}, None, None],
        }
    )
    items = read(tmp_path, parquet(table), "no-suffix")
    source = str(tmp_path / "no-suffix")
    assert items[0] == Record(source, 0, b"\xb1\xb1", "7", url="https://example.org/", date="2024-05-06")
    assert told(items[1:]) == ["missing-field", "too-large"]


def test_the_column_can_be_named(tmp_path: Path) -> None:
    data = parquet(pa.table({"html": ["no"], "page": ["yes"], "at": ["https://example.org/"]}))
    (item,) = read(tmp_path, data, "a.parquet", Fields(content="page", url="at"))
    assert item == Record(str(tmp_path / "a.parquet"), 0, "yes", url="https://example.org/")
    with pytest.raises(UsageError, match=r"no column body .there are: html, page, at"):
        read(tmp_path, data, "a.parquet", Fields(content="body"))


def test_spans_are_groups_of_row_groups_and_number_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(parquet(pa.table({"text": [str(number) for number in range(100)]}), 10))
    found = spans(str(path), rows=35)
    assert found == [Span(0, 4), Span(4, 8), Span(8, 10)]
    parts = [list(read_records(str(path), max_bytes=100, span=span)) for span in found]
    assert [(item.number, item.content) for part in parts for item in part if isinstance(item, Record)] == [
        (number, str(number)) for number in range(100)
    ]
    assert spans(str(path), rows=1000) == [None]
    other = tmp_path / "a.jsonl"
    other.write_bytes(b"{}")
    assert spans(str(other), rows=1) == [None]


def test_a_damaged_row_group_is_one_failure_and_the_next_is_read(tmp_path: Path) -> None:
    table = pa.table({"text": [f"page {number} " * 20 for number in range(30)]})
    data = bytearray(parquet(table, 10))
    group = pq.ParquetFile(io.BytesIO(bytes(data))).metadata.row_group(1).column(0)
    data[group.data_page_offset : group.data_page_offset + 8] = b"\xff" * 8
    items = read(tmp_path, bytes(data), "a.parquet")
    assert [item.number for item in items if isinstance(item, Record)] == [*range(10), *range(20, 30)]
    assert [(item.number, item.reason) for item in items if isinstance(item, Failure)] == [(10, "corrupt")]


def test_a_cut_parquet_file_is_an_error(tmp_path: Path) -> None:
    data = parquet(pa.table({"text": ["a"] * 100}))
    with pytest.raises(UnreadableInput, match="no readable Parquet file"):
        read(tmp_path, data[:-20], "a.parquet")


def test_pyarrow_missing_is_an_error_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = parquet(pa.table({"text": ["a"]}))
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MissingLibrary, match=r"pyarrow \(pip install 'cleaner\[parquet\]'\)"):
        read(tmp_path, data, "a.parquet")


@given(st.lists(st.tuples(st.integers(0, 900), st.binary(min_size=1, max_size=4)), max_size=4))
def test_any_damage_to_parquet_is_told_or_refused(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, bytes]]
) -> None:
    data = bytearray(parquet(pa.table({"text": ["a", "b"], "id": [1, 2]})))
    for at, other in damage:
        data[at % len(data) : at % len(data) + len(other)] = other
    try:
        read(tmp_path_factory.getbasetemp(), bytes(data), "a.parquet")
    except CleanerError:
        assert damage


def test_an_address_is_opened_through_fsspec() -> None:
    import fsspec

    with fsspec.open("memory://pages/a.jsonl", "wb") as file:
        file.write(b'{"text": "a"}\n')
    with fsspec.open("memory://pages/b.parquet", "wb") as file:
        file.write(parquet(pa.table({"text": ["a"]})))
    assert format_of("memory://pages/a.jsonl") == "jsonl"
    for name in ("a.jsonl", "b.parquet"):
        (item,) = read_records(f"memory://pages/{name}", max_bytes=100)
        assert isinstance(item, Record)
    with pytest.raises(UnreadableInput):
        list(read_records("memory://pages/none.jsonl", max_bytes=100))
    with pytest.raises(UnreadableInput, match="nonsense"):
        list(read_records("nonsense://pages/none.jsonl", max_bytes=100))


def test_without_fsspec_an_address_is_opened_through_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "a"}\n')
    (item,) = read_records(path.as_uri(), max_bytes=100)
    assert isinstance(item, Record)
    with pytest.raises(UnreadableInput):
        list(read_records("nonsense://pages/none.jsonl", max_bytes=100))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingLibrary, match=r"fsspec \(pip install 'cleaner\[remote\]'\)"):
        list(read_records("memory://pages/a.jsonl", max_bytes=100))
