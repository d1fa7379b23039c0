"""What worker processes do with the records of shards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cleaner.errors import BinaryInput, CleanerError, InternalFault, OutOfMemory, TookTooLong, UnreadableInput, told
from cleaner.records.record import Failure
from cleaner.shards.row import Cleaned, failed_reading, failed_record, row_of

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.errors import LostPage
    from cleaner.options import Options
    from cleaner.records.record import Record
    from cleaner.shards.recipe import To
    from cleaner.shards.row import Row

# The words for why cleaning a record failed, the first that fits; readers have words of their own.
_REASONS: tuple[tuple[type[CleanerError], str], ...] = (
    (TookTooLong, "timeout"),
    (OutOfMemory, "memory"),
    (BinaryInput, "binary"),
    (UnreadableInput, "too-large"),
    (InternalFault, "fault"),
)
_OTHERWISE = "crash"


@dataclass(frozen=True, slots=True)
class RecordCraft:
    """Records become rows. What could not be read only passes through, so that all keep their order."""

    options: Options
    to: To

    def do(self, item: Record | Failure) -> Cleaned:
        """The row of a record, or why there is none; never an exception, but an interrupt."""
        if isinstance(item, Failure):
            return Cleaned(failed=failed_reading(item))
        try:
            return Cleaned(self._row(item))
        except Exception as error:  # noqa: BLE001 one page's crash must not take the others with it
            return _failed(item, told(error))

    def lost(self, item: Record | Failure, error: LostPage) -> Cleaned:
        """A record that took its process with it."""
        return Cleaned(failed=failed_reading(item)) if isinstance(item, Failure) else _failed(item, error)

    def size(self, item: Record | Failure) -> int:
        """Bytes of the page, about."""
        return 0 if isinstance(item, Failure) else len(item.content)

    def writes_into(self, item: Record | Failure) -> Path | None:
        """Nowhere: who gave the record writes what comes back."""
        del item
        return None

    def _row(self, record: Record) -> Row:
        from cleaner.pipeline import clean

        options = self.options
        if record.kind is not None and options.input_kind == "auto":
            options = replace(options, input_kind=record.kind)
        document = clean(
            record.content,
            url=record.url,
            name=record.id or record.source,
            declared=record.charset,
            options=options,
        )
        return row_of(record, document, self.to)


def _failed(record: Record, error: CleanerError) -> Cleaned:
    reason = next((word for kind, word in _REASONS if isinstance(error, kind)), _OTHERWISE)
    return Cleaned(failed=failed_record(record, reason, error.message), error=error)
