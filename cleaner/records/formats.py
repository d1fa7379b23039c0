"""Which format a source has, and who reads it: by its first bytes, then by its name."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from cleaner.records.streams import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.records.record import Fields, Item, Span


class Read(Protocol):
    """A reader of one format: its items in the order of the file, one in memory at a time."""

    def __call__(self, source: str, fields: Fields, max_bytes: int, span: Span | None, /) -> Iterator[Item]:
        """As for `cleaner.records.read_records`."""


# Strings, so that nothing is imported before it is needed.
READERS = {
    "jsonl": "cleaner.records.jsonl:read_jsonl",
    "warc": "cleaner.records.warc:read_warc",
    "csv": "cleaner.records.csv_rows:read_csv",
    "parquet": "cleaner.records.parquet:read_parquet",
    "zip": "cleaner.records.zip_pages:read_zip",
    "tar": "cleaner.records.tar_pages:read_tar",
    "mhtml": "cleaner.records.mhtml:read_mhtml",
    "webarchive": "cleaner.records.webarchive:read_webarchive",
}
_MAGICS = {
    "warc": re.compile(rb"\s{0,99}WARC/[01]\.\d"),
    "parquet": re.compile(rb"PAR1"),
    "zip": re.compile(rb"PK(?:\x03\x04|\x05\x06)"),
    "tar": re.compile(rb"[\0-\xff]{257}ustar"),
    "mhtml": re.compile(
        rb"(?=[A-Z-]{2,60}:)(?=.{0,4000}?^mime-version:).{0,4000}?^content-type:[ \t]{0,9}multipart/related",
        re.IGNORECASE | re.MULTILINE | re.DOTALL,
    ),
    "webarchive": re.compile(rb"bplist00[\0-\xff]{0,4000}?WebMainResource"),
}
_SUFFIXES = {
    **dict.fromkeys(("warc", "wet", "wat"), "warc"),
    **dict.fromkeys(("jsonl", "ndjson", "jsonlines"), "jsonl"),
    **dict.fromkeys(("csv", "tsv"), "csv"),
    **dict.fromkeys(("mht", "mhtml"), "mhtml"),
    **dict.fromkeys(("tar", "tgz"), "tar"),
    "parquet": "parquet",
    "zip": "zip",
    "webarchive": "webarchive",
}
# A suffix of the compression says nothing of the format before it.
_SUFFIX = re.compile(r"\.([a-z0-9]{1,20})(?:\.(?:gz|gzip|zst|zstd|bz2|xz))?\Z", re.IGNORECASE)
# A line that begins an object and ends one, or that is longer than what is looked at.
_OBJECT_LINE = re.compile(rb'\{[ \t]{0,9}"[^\n]{0,70000}(?:\}[ \t]{0,9}\r?\n|\Z)')
_HEAD = 1 << 16


def format_of(source: str) -> str | None:
    """The name of the format of a source of many pages, a key of `READERS`; None if it is a single page.

    Raises UnreadableInput if it can't be opened, MissingLibrary if it can't be unpacked.
    """
    with unpacked(source) as (stream, _):
        head = stream.read(_HEAD)
    return _by_magic(head) or format_named(source) or ("jsonl" if _has_json_lines(source, head) else None)


def format_named(source: str) -> str | None:
    """The format that the name alone tells, without a look into the source; None if it tells none."""
    suffix = _SUFFIX.search(source)
    return _SUFFIXES.get(suffix[1].lower()) if suffix else None


def reader_of(name: str) -> Read:
    """The reader of a format."""
    module, function = READERS[name].split(":")
    return cast("Read", getattr(import_module(module), function))


def _has_json_lines(source: str, head: bytes) -> bool:
    """Whether a file that is named `.json` has an object a line, as data sets do (`c4-train.00000.json.gz`)."""
    suffix = _SUFFIX.search(source)
    return suffix is not None and suffix[1].lower() == "json" and _OBJECT_LINE.match(head) is not None


def _by_magic(head: bytes) -> str | None:
    return next((name for name, magic in _MAGICS.items() if magic.match(head)), None)
