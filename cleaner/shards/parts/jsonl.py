"""JSON lines: a row is an object on one line."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, Any

import cleaner
from cleaner.shards.parts.compression import compressor

if TYPE_CHECKING:
    from cleaner.shards.recipe import Recipe
    from cleaner.shards.row import Row
    from cleaner.shards.store import Store


class JsonLines:
    """A part of JSON lines, compressed as one member or frame. JSON asked for is an object in the row, no string."""

    def __init__(self, file: IO[bytes], name: str, recipe: Recipe, store: Store) -> None:
        del name, store
        self._file = file
        self._compressor = compressor(recipe.compression)
        self._is_json = recipe.to == "json"
        self._options = recipe.options_hash

    def add(self, row: Row) -> None:
        """Write a row's line."""
        values = row_object(row, self._options)
        if self._is_json:
            values["text"] = json.loads(row.text)
        self._file.write(self._compressor.compress(line(values)))

    def close(self) -> None:
        """End the member or frame."""
        self._file.write(self._compressor.flush())


def row_object(row: Row, options_hash: str) -> dict[str, Any]:
    """A row with what made it: cleaner's version and the hash of the options."""
    return asdict(row) | {"version": cleaner.__version__, "options": options_hash}


def line(values: dict[str, Any]) -> bytes:
    """An object as a line of JSON in UTF-8."""
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"
