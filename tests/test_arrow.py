"""Tables of pages: one row each, in order, whatever is wrong with a page; and the recipes of engines that are here."""

from __future__ import annotations

import sys

import pyarrow as pa
import pytest

import cleaner
from cleaner import arrow, pipeline
from cleaner.arrow import clean_batch, clean_table, cleaned_schema
from cleaner.errors import MissingLibrary, UsageError

SENTENCE = "The county council met on Tuesday and agreed to rebuild the old stone bridge before winter."
PAGE = (
    f"<title>Bridge</title><nav><a href=/>Home</a> <a href=/news>News</a> <a href=/a>About</a></nav>"
    f"<article><h1>Bridge</h1>{f'<p>{SENTENCE} See <a href=more>the plan</a>.</p>' * 4}</article>"
)
NEW = ["markdown", "title", "outcome", "sureness", "removed", "error"]


def pages() -> pa.Table:
    return pa.table(
        {
            "id": [1, 2, 3, 4, 5],
            "html": [PAGE, None, "", "<p>石桥今日通车。", "\0\1\2"],
            "url": ["https://example.org/n/1", None, None, None, None],
        }
    )


def test_columns_are_added_and_rows_keep_their_order() -> None:
    table = clean_table(pages())
    assert table.column_names == ["id", "html", "url", *NEW]
    assert table.select(["id", "html", "url"]).equals(pages())
    assert table.schema.equals(cleaned_schema(pages().schema))
    document = cleaner.clean(PAGE, options=cleaner.Options(input_kind="html"), url="https://example.org/n/1")
    row = table.to_pylist()[0]
    assert row["markdown"] == document.to_markdown()
    assert "https://example.org/n/more" in row["markdown"]
    assert (row["title"], row["outcome"], row["sureness"]) == ("Bridge", document.outcome, document.sureness)
    assert sum(count for _, count in row["removed"]) == len(document.removed)
    assert row["error"] is None
    assert "石桥今日通车。" in table["markdown"][3].as_py()


def test_a_row_without_a_page_has_an_error_and_nothing_else() -> None:
    row = clean_table(pages()).to_pylist()[1]
    assert row["error"] == "no page"
    assert [row[name] for name in NEW[:-1]] == [None] * 5


def test_an_empty_page_is_no_error() -> None:
    row = clean_table(pages()).to_pylist()[2]
    assert (row["outcome"], row["markdown"], row["error"]) == ("nothing", "", None)


def test_binary_and_overlarge_pages_have_an_error() -> None:
    table = pa.table({"html": [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"\0\1" * 90, b"x" * 200, PAGE[:90].encode()]})
    first, second, third = clean_table(table, options=cleaner.Options(max_bytes=199))["error"].to_pylist()
    assert first
    assert "limit" in second
    assert third is None


def test_a_fault_of_our_own_is_the_error_of_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def clean(page: str, **_named: object) -> None:
        raise ZeroDivisionError(f"over {page}\nand \ud800 more")

    monkeypatch.setattr(pipeline, "clean", clean)
    (error,) = clean_table(pa.table({"html": ["a"]}))["error"].to_pylist()
    assert error == "ZeroDivisionError: over a and \ufffd more"


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.dictionary(pa.int32(), pa.string())],
    ids=str,
)
def test_all_types_of_text_and_bytes_are_pages(kind: pa.DataType) -> None:
    (text,) = clean_table(pa.table({"html": pa.array(["<p>One page."]).cast(kind)}))["markdown"].to_pylist()
    assert text == "One page.\n"


def test_numbers_are_no_pages() -> None:
    (error,) = clean_table(pa.table({"html": [5]}))["error"].to_pylist()
    assert error == "the page is neither text nor bytes"


@pytest.mark.parametrize("to", ["markdown", "text", "html", "json"])
def test_the_document_stands_under_the_name_of_its_format(to: arrow.Format) -> None:
    table = clean_table(pa.table({"page": ["<p>One page.</p>"]}), html="page", to=to)
    assert "One page." in table[to][0].as_py()


def test_names_that_are_taken_are_refused_and_a_prefix_helps() -> None:
    table = pa.table({"html": ["<p>One page."], "title": ["x"]})
    with pytest.raises(UsageError, match="column title already"):
        clean_table(table)
    assert clean_table(table, prefix="clean_")["clean_markdown"].to_pylist() == ["One page.\n"]


def test_a_missing_column_of_pages_is_an_error_one_of_addresses_is_none() -> None:
    with pytest.raises(UsageError, match=r"no column body \(there are: html\)"):
        clean_table(pa.table({"html": ["a"]}), html="body")
    for url in ("elsewhere", None):
        assert clean_table(pa.table({"html": ["<p>One page."]}), url=url)["error"].to_pylist() == [None]


def test_a_table_without_rows_and_one_of_many_chunks() -> None:
    empty = pages().slice(0, 0)
    assert clean_table(empty).schema.equals(cleaned_schema(empty.schema))
    chunked = pa.concat_tables([pages(), empty, pages()])
    assert clean_table(chunked).num_rows == 10


def test_a_batch_gives_a_batch() -> None:
    (batch,) = pages().to_batches()
    cleaned = clean_batch(batch, to="text")
    assert isinstance(cleaned, pa.RecordBatch)
    assert cleaned.schema.equals(cleaned_schema(batch.schema, to="text"))


def test_pyarrow_missing_is_an_error_with_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pages()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingLibrary, match=r"pip install 'cleaner\[parquet\]'"):
        clean_table(table)


def test_recipe_for_polars() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.from_arrow(pages())
    eager = polars.from_arrow(clean_table(frame.to_arrow()))
    assert eager["markdown"].to_list() == clean_table(pages())["markdown"].to_pylist()
    lazy = frame.lazy().map_batches(lambda part: polars.from_arrow(clean_table(part.to_arrow())), schema=eager.schema)
    assert lazy.collect().equals(eager)


def test_recipe_for_duckdb() -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as connection:
        connection.register("pages", pages())
        cleaned = clean_table(connection.sql("select * from pages order by id").to_arrow_table())
        connection.register("cleaned", cleaned)
        rows = connection.sql(
            "select id, removed['navigation'] from cleaned where error is null order by id"
        ).fetchall()
    assert [row[0] for row in rows][:3] == [1, 3, 4]


def test_recipe_for_daft() -> None:
    daft = pytest.importorskip("daft")
    frame = daft.from_arrow(clean_table(daft.from_arrow(pages()).to_arrow()))
    assert frame.to_pydict()["markdown"] == clean_table(pages())["markdown"].to_pylist()
