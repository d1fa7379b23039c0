"""What comes of one record: a row of a part, or a line among the failures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.writers import write
from cleaner.writers.front_matter import FIELDS
from cleaner.writers.json import sound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.document import Document, Outcome
    from cleaner.errors import CleanerError
    from cleaner.page import SourceKind
    from cleaner.records.record import Failure, Record
    from cleaner.shards.recipe import To


@dataclass(frozen=True, slots=True)
class Row:
    """A cleaned record.

    file, number, id, offset, url, date   where it came from, as in `Record`
    outcome    `nothing` if there is no document in it; then `text` is empty
    text       the document in the format asked for
    metadata   what is known about it, every field of `Metadata`
    removed    how many blocks or lines went, by category
    rules      the same by the rule or model that decided
    """

    file: str
    number: int
    id: str | None
    offset: int | None
    url: str | None
    date: str | None
    kind: SourceKind
    outcome: Outcome
    sureness: float
    text: str
    metadata: dict[str, str | None]
    removed: dict[str, int]
    rules: dict[str, int]


@dataclass(frozen=True, slots=True)
class Failed:
    """A record of which there is no row; `reason` is a word to count by, `message` tells a person more."""

    file: str
    number: int | None
    id: str | None
    offset: int | None
    url: str | None
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What came of a record: a row, or else why there is none; `error` where that is an error of cleaning."""

    row: Row | None = None
    failed: Failed | None = None
    error: CleanerError | None = None


def row_of(record: Record, document: Document, to: To) -> Row:
    """The row of a record and the document in it; nothing in it is a lone surrogate, which no format can hold."""
    metadata = {name: getattr(document.metadata, name) for name in FIELDS}
    return Row(
        file=sound(record.source),
        number=record.number,
        id=sound(record.id),
        offset=record.offset,
        url=sound(record.url),
        date=sound(record.date),
        kind=document.kind,
        outcome=document.outcome,
        sureness=round(document.sureness, 4),
        text="" if document.outcome == "nothing" and to != "json" else sound(write(document, to)),
        metadata=sound(metadata),
        removed=_counted(str(removal.category) for removal in document.removed),
        rules=_counted(removal.rule for removal in document.removed),
    )


def failed_record(record: Record, reason: str, message: str) -> Failed:
    """The failure of a record that could be read."""
    return Failed(record.source, record.number, record.id, record.offset, record.url, reason, message)


def failed_reading(failure: Failure) -> Failed:
    """The failure of a record that could not be read."""
    return Failed(
        failure.source, failure.number, failure.id, failure.offset, None, str(failure.reason), failure.message
    )


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))
