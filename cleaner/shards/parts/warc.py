"""WARC: a `conversion` record with a page's text, and a `metadata` record with everything else about it.

As ISO 28500 says: WARC-Refers-To names the record that was converted, and each record may be compressed by itself.
Records must have a date; theirs is that of what they were made from, because two runs must give the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import re
import uuid
from typing import IO, TYPE_CHECKING

import cleaner
from cleaner.shards.parts.compression import compressor
from cleaner.shards.parts.jsonl import line, row_object

if TYPE_CHECKING:
    from cleaner.shards.recipe import Recipe
    from cleaner.shards.row import Row
    from cleaner.shards.store import Store

_MEDIA_TYPES = {
    "markdown": "text/markdown; charset=UTF-8",
    "text": "text/plain; charset=UTF-8",
    "html": "text/html; charset=UTF-8",
    "json": "application/json",
}
# What a record without a date of its own gets: the standard demands one, and today's would differ from run to run.
_NO_DATE = "1970-01-01T00:00:00Z"
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z)?)?)?")
_ID = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]{1,30}:[^\s<>]{1,200}>")
# A header may hold anything but controls and spaces of an address.
_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f]")
# Of the names that records get, which follow from what they were made from.
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:cleaner:conversion")


class Conversions:
    """A part of WARC records, two for a page with a document in it, one for a page without."""

    def __init__(self, file: IO[bytes], name: str, recipe: Recipe, store: Store) -> None:
        del store
        self._file = file
        self._recipe = recipe
        self._options = recipe.options_hash
        about = f"software: cleaner {cleaner.__version__}\r\nformat: WARC File Format 1.1\r\n".encode()
        self._write("warcinfo", self._named(name), _NO_DATE, {"Content-Type": "application/warc-fields"}, about)

    def add(self, row: Row) -> None:
        """Write a row's records."""
        date = row.date if row.date is not None and _DATE.fullmatch(row.date) else _NO_DATE
        common: dict[str, str] = {}
        if row.url is not None:
            common["WARC-Target-URI"] = _NOT_IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", row.url)
        refers = {"WARC-Refers-To": row.id} if row.id is not None and _ID.fullmatch(row.id) else {}
        conversion = self._named(row.file, str(row.number))
        if row.outcome != "nothing":
            headers = common | refers | {"Content-Type": _MEDIA_TYPES[self._recipe.to]}
            self._write("conversion", conversion, date, headers, row.text.encode())
            refers = {"WARC-Refers-To": conversion}
        values = row_object(row, self._options)
        del values["text"]
        headers = common | refers | {"Content-Type": "application/json"}
        self._write("metadata", self._named(row.file, str(row.number), "metadata"), date, headers, line(values))

    def close(self) -> None:
        """Nothing is left: each record is whole by itself."""

    def _named(self, *parts: str) -> str:
        return f"<urn:uuid:{uuid.uuid5(_NAMESPACE, chr(10).join((self._options, *parts)))}>"

    def _write(self, kind: str, name: str, date: str, headers: dict[str, str], block: bytes) -> None:
        digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
        lines = {
            "WARC-Type": kind,
            "WARC-Record-ID": name,
            "WARC-Date": date,
            **headers,
            "WARC-Block-Digest": f"sha1:{digest}",
            "Content-Length": str(len(block)),
        }
        head = "".join(f"{key}: {value}\r\n" for key, value in lines.items())
        packed = compressor(self._recipe.compression)
        self._file.write(packed.compress(f"WARC/1.1\r\n{head}\r\n".encode() + block + b"\r\n\r\n") + packed.flush())
