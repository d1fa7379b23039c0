"""Everything that decides what is written for a record, besides the record: options, formats, version."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import cleaner
from cleaner.options import fingerprint
from cleaner.records.record import Fields

if TYPE_CHECKING:
    from cleaner.options import Options

To = Literal["markdown", "text", "html", "json"]
PartFormat = Literal["jsonl", "parquet", "warc", "files"]
Compression = Literal["none", "gz", "zst"]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How records become rows, and rows become parts. Two equal recipes give the same bytes for the same input.

    to            what the text of a record is written as
    format        what a part is
    compression   of a part; Parquet has its own
    fields        which fields of rows are read
    """

    options: Options
    to: To = "markdown"
    format: PartFormat = "jsonl"
    compression: Compression = "none"
    fields: Fields = field(default_factory=Fields)

    @property
    def options_hash(self) -> str:
        """What each row names: a hash of all that changes its text."""
        return fingerprint(self.options, self.to)

    def identity(self) -> dict[str, object]:
        """What must be the same for two runs to fit together, under the names that people know it by."""
        return {
            "version": cleaner.__version__,
            "options": self.options_hash,
            "format": self.format,
            "compression": self.compression,
            "fields": [self.fields.content, self.fields.url, self.fields.id, self.fields.date],
        }
