"""Parquet: a row is a row, the counts of what was removed are maps."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet

from cleaner.shards.parts.jsonl import row_object
from cleaner.writers.front_matter import FIELDS

if TYPE_CHECKING:
    from cleaner.shards.recipe import Recipe
    from cleaner.shards.row import Row
    from cleaner.shards.store import Store

_COUNTS = pa.map_(pa.string(), pa.int32())
SCHEMA = pa.schema(
    [
        pa.field("file", pa.string(), nullable=False),
        pa.field("number", pa.int64(), nullable=False),
        ("id", pa.string()),
        ("offset", pa.int64()),
        ("url", pa.string()),
        ("date", pa.string()),
        ("kind", pa.string()),
        ("outcome", pa.string()),
        ("sureness", pa.float64()),
        ("text", pa.string()),
        ("metadata", pa.struct([(name, pa.string()) for name in FIELDS])),
        ("removed", _COUNTS),
        ("rules", _COUNTS),
        ("version", pa.string()),
        ("options", pa.string()),
    ]
)
# A row group ends after so many rows, or so many letters: both follow from the rows alone.
_MOST_ROWS = 1_000
_MOST_LETTERS = 16_000_000


class Parquet:
    """A part in Parquet, in row groups that are small enough to be kept in memory."""

    def __init__(self, file: IO[bytes], name: str, recipe: Recipe, store: Store) -> None:
        del name, store
        self._options = recipe.options_hash
        self._writer = parquet.ParquetWriter(file, SCHEMA, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._letters = 0

    def add(self, row: Row) -> None:
        """Take a row."""
        values = row_object(row, self._options)
        values["removed"], values["rules"] = list(row.removed.items()), list(row.rules.items())
        self._rows.append(values)
        self._letters += len(row.text)
        if len(self._rows) >= _MOST_ROWS or self._letters >= _MOST_LETTERS:
            self._end_group()

    def close(self) -> None:
        """Write the last group, and the footer."""
        self._end_group()
        self._writer.close()

    def _end_group(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, SCHEMA))
        self._rows = []
        self._letters = 0
