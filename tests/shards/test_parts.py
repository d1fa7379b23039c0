"""What is written: each format says the same of a record, and can be read by others."""

from __future__ import annotations

import gzip
import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
import zstandard
from fastwarc.warc import ArchiveIterator
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from cleaner.options import Options
from cleaner.records.record import Record
from cleaner.shards.craft import RecordCraft
from cleaner.shards.parts import part_writer
from cleaner.shards.recipe import Recipe
from cleaner.shards.row import Row
from cleaner.shards.store import store_at
from cleaner.writers.front_matter import FIELDS

if TYPE_CHECKING:
    from pathlib import Path

RECIPE = Recipe(Options())
ROW = Row(
    file="crawl.warc.gz",
    number=7,
    id="<urn:uuid:12345678-1234-5678-1234-567812345678>",
    offset=4096,
    url="https://example.org/news/桥 1.html?page=2",
    date="2024-03-01T08:30:00Z",
    kind="html",
    outcome="cleaned",
    sureness=0.9,
    text="# 桥\n\nThe bridge.\n",
    metadata=dict.fromkeys(FIELDS) | {"title": "桥"},
    removed={"navigation": 2},
    rules={"model": 2},
)
NOTHING = replace(ROW, number=8, id=None, url=None, date="yesterday", outcome="nothing", text="", removed={}, rules={})


def written(recipe: Recipe, *rows: Row, folder: Path | None = None) -> bytes:
    file = io.BytesIO()
    writer = part_writer(file, "part-00000", recipe, store_at(str(folder or "")))
    for row in rows:
        writer.add(row)
    writer.close()
    return file.getvalue()


def test_json_lines_hold_everything() -> None:
    first, second = (json.loads(line) for line in written(RECIPE, ROW, NOTHING).splitlines())
    assert (first["text"], first["removed"], first["offset"]) == (ROW.text, {"navigation": 2}, 4096)
    assert first["options"] == RECIPE.options_hash
    assert second["outcome"] == "nothing"


def test_json_asked_for_is_an_object_and_no_string() -> None:
    row = replace(ROW, text='{"blocks": []}')
    assert json.loads(written(replace(RECIPE, to="json"), row))["text"] == {"blocks": []}


@pytest.mark.parametrize("form", ["jsonl", "warc"])
def test_what_is_compressed_is_the_same(form: Any) -> None:
    plain = written(replace(RECIPE, format=form), ROW, NOTHING)
    packed = written(replace(RECIPE, format=form, compression="gz"), ROW, NOTHING)
    assert gzip.decompress(packed) == plain
    packed = written(replace(RECIPE, format=form, compression="zst"), ROW, NOTHING)
    with zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True) as reader:
        assert reader.read() == plain


def test_parquet_says_what_json_lines_say() -> None:
    table = parquet.read_table(pa.BufferReader(written(replace(RECIPE, format="parquet"), ROW, NOTHING)))
    lines = [json.loads(line) for line in written(RECIPE, ROW, NOTHING).splitlines()]
    rows = table.to_pylist()
    for row in rows:
        row["removed"], row["rules"] = dict(row["removed"]), dict(row["rules"])
    assert rows == lines


def test_warc_records_can_be_read_and_name_what_they_were_made_from() -> None:
    data = written(replace(RECIPE, format="warc", compression="gz"), ROW, NOTHING)
    records = [(record.headers, record.reader.read()) for record in ArchiveIterator(io.BytesIO(data), parse_http=False)]
    assert [headers["WARC-Type"] for headers, _ in records] == ["warcinfo", "conversion", "metadata", "metadata"]
    conversion, text = records[1]
    assert text == ROW.text.encode()
    assert conversion["WARC-Refers-To"] == ROW.id
    assert conversion["WARC-Date"] == ROW.date
    assert " " not in conversion["WARC-Target-URI"]
    about, values = records[2]
    assert about["WARC-Refers-To"] == conversion["WARC-Record-ID"]
    assert json.loads(values)["removed"] == {"navigation": 2}
    assert len({headers["WARC-Record-ID"] for headers, _ in records}) == 4


def test_a_header_of_warc_can_not_be_smuggled_in() -> None:
    row = replace(ROW, url="https://example.org/\r\nWARC-Type: request", id="<a>\r\nX: y", date="2024\r\nX: y")
    data = written(replace(RECIPE, format="warc"), row)
    assert b"\r\nX: y" not in data.split(b"{")[0]
    assert b"\r\nWARC-Type: request" not in data


def test_files_have_names_that_every_system_can_hold(tmp_path: Path) -> None:
    rows = [
        ROW,
        NOTHING,
        replace(ROW, number=9, url=None, id="../../etc/passwd"),
        replace(ROW, number=10, url="https://example.org/a%00/CON.html"),
        replace(ROW, number=11, url="https://example.org/" + "长" * 300),
        replace(ROW, number=12, url="https://[broken", id=None),
    ]
    index = [json.loads(line) for line in written(replace(RECIPE, format="files"), *rows, folder=tmp_path).splitlines()]
    paths = [line["path"] for line in index]
    assert paths[1] is None
    assert paths[0] == "part-00000/000000-桥 1.md"
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.md")) == sorted(filter(None, paths))
    assert all((tmp_path / path).read_text() == ROW.text for path in paths if path)


HOSTILE = st.sampled_from(
    ["../", "..", "..\\", "/", "C:", "\\\\host\\x", "con", "nul.html", "\0", "\r\n", "%2e%2e", "?", "#", "a"]
)


HOSTILE_NAMES = st.lists(HOSTILE, max_size=9).map("".join)


@given(url=HOSTILE_NAMES, name=HOSTILE_NAMES)
@pytest.mark.parametrize("root", ["", "https://example.org/"])
def test_no_name_of_a_record_leaves_the_folder_of_its_part(
    tmp_path_factory: pytest.TempPathFactory, root: str, url: str, name: str
) -> None:
    folder = tmp_path_factory.mktemp("run")
    rows = [replace(ROW, url=root + url or None, id=name or None, file=name or "x"), replace(ROW, url=None, id=name)]
    index = written(replace(RECIPE, format="files"), *rows, folder=folder / "out").splitlines()
    paths = [json.loads(line)["path"] for line in index]
    assert sorted(path.relative_to(folder / "out").as_posix() for path in folder.rglob("*.md")) == sorted(paths)
    assert all(re.fullmatch(r"part-00000/00000\d-[^/\\:\x00-\x1f]{1,200}\.md", path) for path in paths)


SAID = st.one_of(st.none(), st.text())


@given(st.builds(Record, st.text(), st.just(0), st.text(), id=SAID, url=SAID, date=SAID))
@pytest.mark.parametrize("form", ["jsonl", "parquet", "warc"])
def test_whatever_a_record_says_can_be_written(form: Any, record: Record) -> None:
    cleaned = RecordCraft(Options(), "markdown").do(record)
    assert cleaned.row is not None
    assert written(replace(RECIPE, format=form), cleaned.row)
