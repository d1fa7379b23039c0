"""Cleaning for people who live in tables: an Arrow table of pages in, the same table with what is in them out.

`clean_table` needs nothing but pyarrow, so every engine that speaks Arrow can run it. Pages are cleaned one after the
other in the calling process; how many processes there are is the engine's business.

Ray Data puts small inputs into one block, and so onto one worker, unless it is told otherwise:

    pages = ray.data.read_parquet("pages/").repartition(64)
    pages.map_batches(clean_table, batch_format="pyarrow", batch_size=64).write_parquet("clean/")

Spark, with `spark.sql.execution.arrow.maxRecordsPerBatch` at 64 or so:

    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

    schema = from_arrow_schema(cleaned_schema(to_arrow_schema(pages.schema)))
    pages.mapInArrow(lambda batches: map(clean_batch, batches), schema).write.parquet("clean/")

Daft, one column or all:

    @daft.func.batch(return_dtype=daft.DataType.string())
    def markdown(html):
        return clean_table(pyarrow.table({"html": html.to_arrow()}))["markdown"].combine_chunks()

    pages.with_column("markdown", markdown(pages["html"]))
    daft.from_arrow(clean_table(pages.to_arrow()))

Polars and DuckDB run Python in one thread, which is enough for small jobs:

    polars.from_arrow(clean_table(pages.to_arrow()))
    pages.lazy().map_batches(lambda frame: polars.from_arrow(clean_table(frame.to_arrow())), schema=None)

    connection.from_arrow(clean_table(connection.sql("select * from 'pages.parquet'").to_arrow_table()))

datatrove hands on one document at a time, so there `cleaner.clean` does it:

    class Clean(PipelineStep):
        def run(self, data, rank=0, world_size=1):
            for page in data:
                page.text = cleaner.clean(page.text, url=page.metadata.get("url")).to_markdown()
                yield page
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from cleaner.errors import CleanerError, MissingLibrary, UsageError
from cleaner.options import Options
from cleaner.records.opening import one_line
from cleaner.records.rows import HTML_NAMES, whole_characters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.document import Document

Format = Literal["markdown", "text", "html", "json"]

# The columns that stand beside the document itself, which is named for its format.
_BESIDE = ("title", "outcome", "sureness", "removed", "error")


@dataclass(frozen=True, slots=True)
class _Row:
    """What is told of one page; only `error` if it could not be cleaned."""

    document: str | None = None
    title: str | None = None
    outcome: str | None = None
    sureness: float | None = None
    removed: tuple[tuple[str, int], ...] | None = None
    error: str | None = None


def clean_table(
    table: Any,
    *,
    html: str = "html",
    url: str | None = "url",
    to: Format = "markdown",
    prefix: str = "",
    options: Options | None = None,
) -> Any:
    """The table with what cleaning its pages gave, row by row in the same order.

    table     a `pyarrow.Table`
    html      the column of the pages, text or bytes; HTML if it is named `html`, else what each looks like, unless the
              options say
    url       the column of their addresses; None, or a column that the table does not have, for pages without
    to        the format of the document: `markdown`, `text`, `html` or `json`
    prefix    what the names of the new columns begin with, where the table has columns of these names already

    The new columns are the document, named for its format; `title`; `outcome` (`cleaned`, `unchanged`, `nothing`);
    `sureness`, 0 to 1; `removed`, a map from category to how many; and `error`, which is null unless the row has no
    page, or one that can't be cleaned: the others are null then. A bad row never raises. Raises UsageError if the
    column of pages is missing or a new name is taken, MissingLibrary if pyarrow is not installed.
    """
    options = options or Options()
    if options.input_kind == "auto" and html in HTML_NAMES:
        options = replace(options, input_kind="html")
    if html not in table.column_names:
        raise UsageError(f"no column {html}", hint=f"there are: {', '.join(table.column_names)}")
    addresses = _values(table.column(url)) if url in table.column_names else iter([None] * table.num_rows)
    rows = [
        _clean_row(page, address, to, options)
        for page, address in zip(_values(table.column(html)), addresses, strict=True)
    ]
    schema = cleaned_schema(table.schema, to=to, prefix=prefix)
    values = (
        [row.document for row in rows],
        [row.title for row in rows],
        [row.outcome for row in rows],
        [row.sureness for row in rows],
        [row.removed for row in rows],
        [row.error for row in rows],
    )
    for name, column in zip(_names(to, prefix), values, strict=True):
        table = table.append_column(schema.field(name), [_arrow().array(column, schema.field(name).type)])
    return table


def clean_batch(batch: Any, **arguments: Any) -> Any:
    """The same for a `pyarrow.RecordBatch`, which is what Spark hands out; arguments as for `clean_table`."""
    table = clean_table(_arrow().Table.from_batches([batch]), **arguments)
    return _arrow().RecordBatch.from_arrays([column.combine_chunks() for column in table.columns], schema=table.schema)


def cleaned_schema(schema: Any, *, to: Format = "markdown", prefix: str = "") -> Any:
    """The schema of what `clean_table` makes of a table with this one. Raises UsageError if a new name is taken."""
    arrow = _arrow()
    text = arrow.string()
    types = (arrow.large_string(), text, text, arrow.float64(), arrow.map_(text, arrow.int64()), text)
    for name, kind in zip(_names(to, prefix), types, strict=True):
        if name in schema.names:
            raise UsageError(f"the table has a column {name} already", hint="name the new ones with prefix=")
        schema = schema.append(arrow.field(name, kind))
    return schema


def _names(to: Format, prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}{name}" for name in (to, *_BESIDE))


def _values(column: Any) -> Iterable[object]:
    """The values of a column one after the other: a list of all would hold every page twice."""
    return (value.as_py() for value in column)


def _clean_row(page: object, address: object, to: Format, options: Options) -> _Row:
    from cleaner.pipeline import clean

    if not isinstance(page, str | bytes):
        return _Row(error="no page" if page is None else "the page is neither text nor bytes")
    try:
        document = clean(page, url=address if isinstance(address, str) else None, options=options)
        return _told(document, to)
    except CleanerError as error:
        return _Row(error=whole_characters(str(error)))
    except Exception as error:  # noqa: BLE001 - a fault over one page must not cost a job over millions
        return _Row(error=whole_characters(f"{type(error).__name__}: {one_line(error)}"))


def _told(document: Document, to: Format) -> _Row:
    from cleaner.writers import write

    title = document.metadata.title
    counts = Counter(str(removal.category) for removal in document.removed)
    return _Row(
        document=whole_characters(write(document, to)),
        title=whole_characters(title) if title is not None else None,
        outcome=document.outcome,
        sureness=document.sureness,
        removed=tuple(sorted(counts.items())),
    )


def _arrow() -> Any:
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingLibrary.of_extra("parquet", "tables need the library pyarrow") from None
    return pa
