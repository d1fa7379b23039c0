"""A folder of documents, a file for each page, and an index of them as JSON lines."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from cleaner.batch.names import output_name, safe_path
from cleaner.shards.parts.compression import compressor
from cleaner.shards.parts.jsonl import line, row_object
from cleaner.writers import WRITERS

if TYPE_CHECKING:
    from cleaner.shards.recipe import Recipe
    from cleaner.shards.row import Row
    from cleaner.shards.store import Store

# Letters of a page's own name; the number before it makes it the only one.
_LONGEST = 80
_SLASHES = re.compile(r"[/\\]{1,100}")


class Folder:
    """Documents in the folder that is named like the part; a row of the index has a `path` instead of a `text`."""

    def __init__(self, file: IO[bytes], name: str, recipe: Recipe, store: Store) -> None:
        self._file = file
        self._name = name
        self._suffix = WRITERS[recipe.to].suffix
        self._compressor = compressor(recipe.compression)
        self._options = recipe.options_hash
        self._store = store
        self._count = 0
        store.remove(name)  # an earlier run's, which may hold other pages

    def add(self, row: Row) -> None:
        """Write a page's file, if there is a document in it, and its line."""
        values = row_object(row, self._options)
        del values["text"]
        values["path"] = None
        if row.outcome != "nothing":
            values["path"] = path = f"{self._name}/{self._count:06}-{_own_name(row, self._suffix)}"
            with self._store.written(path, "page") as file:
                file.write(row.text.encode())
        self._count += 1
        self._file.write(self._compressor.compress(line(values)))

    def close(self) -> None:
        """End the index."""
        self._file.write(self._compressor.flush())


def _own_name(row: Row, suffix: str) -> str:
    """What people would call the page: the end of its address, of its name in an archive, or of its file's."""
    try:
        address = urlsplit(row.url or "").path
    except ValueError:
        address = ""
    parts = _SLASHES.split((address or row.id or row.file).strip("/\\"))
    stem = parts[-1].split("?")[0][-_LONGEST:]
    return safe_path(output_name(stem or "page", suffix).replace("/", "%2F"))
