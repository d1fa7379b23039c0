"""JSON lines: which field is the page, and what a bad line, a long one or a cut costs."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import sys
from typing import TYPE_CHECKING

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import CleanerError, MissingLibrary, UnreadableInput, UsageError
from cleaner.records import Failure, Fields, Item, Record, format_of, read_records

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gzip": gzip.compress,
    "zstd": zstandard.ZstdCompressor().compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}


def read(path: Path, fields: Fields | None = None, max_bytes: int = 100_000) -> list[Item]:
    return list(read_records(str(path), fields, max_bytes=max_bytes))


def written(folder: Path, data: bytes, name: str = "pages.jsonl") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def lines(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def test_a_row_is_a_page_with_its_address_name_and_date(tmp_path: Path) -> None:
    row = {"id": 7, "url": "https://example.org/a", "date": "2024-05-06", "html": "<p>桥"}
    path = written(tmp_path, lines({"text": "one"}, row))
    assert read(path) == [
        Record(str(path), 0, "one", offset=0),
        Record(str(path), 1, "<p>桥", "7", 16, "https://example.org/a", "2024-05-06", "html"),
    ]


def test_html_comes_before_text_and_text_before_content(tmp_path: Path) -> None:
    path = written(tmp_path, lines({"content": "c", "text": "t", "html": "h"}, {"content": "c", "text": "t"}))
    assert [item.content for item in read(path) if isinstance(item, Record)] == ["h", "t"]


def test_the_named_fields_count_and_dots_lead_inside(tmp_path: Path) -> None:
    path = written(tmp_path, lines({"html": "no", "page": {"body": "yes", "at": "https://example.org/"}, "key": "k"}))
    (item,) = read(path, Fields(content="page.body", url="page.at", id="key"))
    assert item == Record(str(path), 0, "yes", "k", 0, "https://example.org/")


def test_a_bad_line_is_a_failure_and_the_rest_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, b'{"text": "a"}\n{"text": \n[1]\n{"id": "x", "other": 1}\n{"text": 5}\n\n{"text": "b"}')
    items = read(path)
    assert [item.reason if isinstance(item, Failure) else item for item in items] == [
        Record(str(path), 0, "a", offset=0),
        "bad-json",
        "bad-json",
        "missing-field",
        "missing-field",
        Record(str(path), 5, "b", offset=65),
    ]
    assert isinstance(items[3], Failure)
    assert items[3].id == "x"
    assert [item.number for item in items] == [0, 1, 2, 3, 4, 5]


def test_bytes_that_are_no_utf8_are_a_failure(tmp_path: Path) -> None:
    (item,) = read(written(tmp_path, b'{"text": "\xb1\xb1"}\n'))
    assert isinstance(item, Failure)
    assert item.reason == "bad-json"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (item,) = read(written(tmp_path, b'\xef\xbb\xbf{"text": "a"}\n'))
    assert isinstance(item, Record)


@pytest.mark.parametrize("orjson", [True, False])
def test_halves_of_surrogate_pairs_are_joined_or_replaced(
    tmp_path: Path, orjson: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not orjson:
        monkeypatch.setitem(sys.modules, "orjson", None)
    path = written(tmp_path, rb'{"text": "a\ud800b\ud83d\ude00c", "url": "\udc00"}' + b"\n")
    (item,) = read(path)
    assert item == Record(str(path), 0, "a\ufffdb😀c", offset=0, url="\ufffd")


def test_nesting_beyond_all_reason_is_a_failure(tmp_path: Path) -> None:
    first, second = read(written(tmp_path, b"[" * 200_000 + b"\n" + lines({"text": "a"})))
    assert isinstance(first, Failure)
    assert first.reason == "bad-json"
    assert isinstance(second, Record)


def test_a_line_or_a_page_over_the_limit_is_a_failure_and_the_next_is_read(tmp_path: Path) -> None:
    data = lines({"text": "x" * 101}, {"text": "y", "other": "z" * 2_000_000}, {"text": "x" * 100})
    items = read(written(tmp_path, data), max_bytes=100)
    assert [item.reason if isinstance(item, Failure) else len(item.content) for item in items if item] == [
        "too-large",
        "too-large",
        100,
    ]


def test_a_bomb_is_given_up(tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(lines({"text": "a"}) + b"0" * 40_000_000 + b"\n" + lines({"text": "b"})))
    items = read(path, max_bytes=100)
    assert [item.reason if isinstance(item, Failure) else item.content for item in items if item] == ["a", "too-large"]


@pytest.mark.parametrize("packing", PACKERS)
def test_compression_is_told_by_the_bytes_not_by_the_name(tmp_path: Path, packing: str) -> None:
    rows = [{"text": f"page {number}"} for number in range(3000)]
    path = written(tmp_path, PACKERS[packing](lines(*rows)))
    assert format_of(str(path)) == "jsonl"
    assert [item.content for item in read(path) if isinstance(item, Record)] == [row["text"] for row in rows]


@pytest.mark.parametrize("packing", PACKERS)
def test_members_and_frames_that_follow_each_other_are_one_file(tmp_path: Path, packing: str) -> None:
    pack = PACKERS[packing]
    path = written(tmp_path, pack(lines({"text": "a"})) + pack(lines({"text": "b"})[:5]) + pack(b't": "b"}\n'))
    assert len(read(path)) == 2
    assert all(isinstance(item, Record) for item in read(path))


@pytest.mark.parametrize("packing", PACKERS)
def test_a_cut_file_gives_what_is_whole_and_then_a_failure(tmp_path: Path, packing: str) -> None:
    pack = PACKERS[packing]
    whole = pack(lines(*({"text": f"page {number}"} for number in range(50))))
    last = pack(lines({"text": "the last of all the pages"}))
    path = written(tmp_path, whole + last[: len(last) // 2])
    *records, failure = read(path)
    assert len(records) == 50
    assert all(isinstance(item, Record) for item in records)
    assert isinstance(failure, Failure)
    assert failure.reason == "truncated"
    assert failure.number == 50


@pytest.mark.parametrize("packing", ["gzip", "zstd", "bzip2", "xz"])
def test_what_follows_a_packed_file_and_is_not_packed_is_a_failure(tmp_path: Path, packing: str) -> None:
    data = PACKERS[packing](lines({"text": "a"}))
    record, failure = read(written(tmp_path, data + b"<html>not found"))
    assert isinstance(record, Record)
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.offset) == ("corrupt", len(data))


def test_zeros_after_a_gzip_file_are_padding(tmp_path: Path) -> None:
    (item,) = read(written(tmp_path, gzip.compress(lines({"text": "a"})) + b"\0" * 512))
    assert isinstance(item, Record)


def test_skippable_frames_of_zstd_are_skipped(tmp_path: Path) -> None:
    skippable = b"\x50\x2a\x4d\x18" + (100_000).to_bytes(4, "little") + b"x" * 100_000
    (item,) = read(written(tmp_path, skippable + PACKERS["zstd"](lines({"text": "a"})) + skippable))
    assert isinstance(item, Record)


def test_zstd_without_its_library_is_an_error_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, PACKERS["zstd"](lines({"text": "a"})))
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(MissingLibrary, match=r"zstandard \(pip install 'cleaner\[zstd\]'\)"):
        read(path)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', "jsonl"),
        (b'{ "text": "' + b"x" * 100_000 + b'"}\n', "jsonl"),
        (b'{\n  "text": "a"\n}\n', None),
        (b'{"text": "a",\n"id": 2\n}\n', None),
        (b'[{"text": "a"}]\n', None),
    ],
)
def test_a_file_named_json_is_one_of_lines_if_it_has_an_object_a_line(
    tmp_path: Path, data: bytes, expected: str | None
) -> None:
    for name, packed in {"a.json": data, "b.json.gz": gzip.compress(data)}.items():
        assert format_of(str(written(tmp_path, packed, name))) == expected


def test_a_missing_file_and_a_single_page_are_errors(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such file"):
        read(tmp_path / "none.jsonl")
    with pytest.raises(UnreadableInput, match="folder"):
        read(tmp_path)
    with pytest.raises(UsageError):
        read(written(tmp_path, b"<p>one page", "page.html"))


@given(st.binary(max_size=300) | st.text('{}[]":,\\u0dtexhml \n', max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = written(tmp_path_factory.getbasetemp(), data)
    for head in (b"", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18", b"BZh9", b"\xfd7zXZ\0"):
        path.write_bytes(head + data)
        try:
            items = read(path)
        except CleanerError:
            continue
        assert [item.number for item in items] == list(range(len(items)))
