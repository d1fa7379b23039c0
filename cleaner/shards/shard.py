"""The unit of work: one shard is read, cleaned and written; anybody may do it, any number of times."""

from __future__ import annotations

import hashlib
from collections import Counter
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from typing import IO, TYPE_CHECKING, cast

from cleaner.errors import BinaryInput, MissingLibrary, UnreadableInput, UsageError
from cleaner.records import open_source, read_records
from cleaner.records.record import Failure, Passed, Record
from cleaner.shards.ledger import FAILED, owner_of
from cleaner.shards.parts import part_writer, suffix_of
from cleaner.shards.parts.jsonl import line
from cleaner.shards.report import ShardReport
from cleaner.shards.row import Failed
from cleaner.writers.json import sound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType
    from typing import Self

    from cleaner.batch.crew import Crew
    from cleaner.shards.ledger import Ledger
    from cleaner.shards.plan import Shard
    from cleaner.shards.recipe import Recipe
    from cleaner.shards.row import Cleaned
    from cleaner.shards.store import Store

    See = Callable[[Cleaned], None]
    Records = Record | Failure


# Read at a time of a page in a file of its own.
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Run:
    """What all shards of a run have in common: how they are cleaned, where they are written, what is known of them."""

    recipe: Recipe
    store: Store
    ledger: Ledger


@dataclass(slots=True)
class _Tally:
    outcomes: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)


def clean_shard(shard: Shard, run: Run, crew: Crew[Records, Cleaned], see: See = lambda _cleaned: None) -> ShardReport:
    """Do a shard: its part, its failures, then its done-record, each whole or not at all.

    crew   who cleans the records, while they are read and written here
    see    is told of each record in its turn; what it raises ends the shard, and nothing is left of it

    A source that can't be read at all is in the report, and the shard is not done. Raises UnwritableOutput if the part
    can't be written, MissingLibrary or UsageError if a source can't be read here.
    """
    run.ledger.forget(shard)
    try:
        report = _written(shard, run, crew, see)
    except (UnreadableInput, BinaryInput) as error:
        with _Failures(run.store, shard) as failures:
            failures.add(Failed(shard.sources[0], None, None, None, None, "unreadable", str(error)))
        return ShardReport(shard.number, error=str(error))
    run.ledger.record(shard, report)
    return report


def _written(shard: Shard, run: Run, crew: Crew[Records, Cleaned], see: See) -> ShardReport:
    part = f"{shard.name}{suffix_of(run.recipe)}"
    tally = _Tally()
    with run.store.written(part, owner_of(shard)) as file, _Failures(run.store, shard) as failures:
        hashed = _Hashed(file)
        writer = part_writer(cast("IO[bytes]", hashed), shard.name, run.recipe, run.store)
        for cleaned in _in_order(crew.results(_records(shard, run.recipe, tally), None)):
            if cleaned.row is not None:
                tally.outcomes[cleaned.row.outcome] += 1
                tally.removed.update(cleaned.row.removed)
                writer.add(cleaned.row)
            elif cleaned.failed is not None:
                tally.failed[cleaned.failed.reason] += 1
                failures.add(cleaned.failed)
            see(cleaned)
        writer.close()
    return ShardReport(
        shard.number,
        part,
        outcomes=_sorted(tally.outcomes),
        failed=_sorted(tally.failed),
        passed=_sorted(tally.passed),
        removed=_sorted(tally.removed),
        size=hashed.size,
        digest=hashed.digest.hexdigest(),
    )


def _records(shard: Shard, recipe: Recipe, tally: _Tally) -> Iterator[Records]:
    """The records to clean and those that failed; what is no page is only counted."""
    limit = recipe.options.max_bytes
    if shard.pages:
        yield from (_page(source, limit) for source in shard.sources)
        return
    (source,) = shard.sources
    try:
        for item in read_records(source, recipe.fields, max_bytes=limit, span=shard.span):
            if isinstance(item, Passed):
                tally.passed[item.why] += 1
            else:
                yield item
    except (MissingLibrary, UsageError) as error:
        raise error.about(source) from None


def _page(source: str, limit: int) -> Records:
    """A file that is a page, as a record."""
    try:
        with open_source(source) as file:
            chunks: list[bytes] = []
            room = limit + 1
            while room and (chunk := file.read(min(room, _CHUNK))):
                chunks.append(chunk)
                room -= len(chunk)
    except OSError as error:
        return Failure(source, 0, "unreadable", (error.strerror or str(error)).lower())
    except UnreadableInput as error:
        return Failure(source, 0, "unreadable", error.message)
    except MissingLibrary as error:
        raise error.about(source) from None
    if not room:
        return Failure(source, 0, "too-large", f"more than the limit of {limit:,} bytes")
    return Record(source, 0, b"".join(chunks))


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _in_order(numbered: Iterator[tuple[int, Cleaned]]) -> Iterator[Cleaned]:
    waiting: dict[int, Cleaned] = {}
    wanted = 0
    for number, cleaned in numbered:
        waiting[number] = cleaned
        while wanted in waiting:
            yield waiting.pop(wanted)
            wanted += 1


class _Failures:
    """The file of a shard's failures, which is there only if there are any."""

    def __init__(self, store: Store, shard: Shard) -> None:
        self._store = store
        self._shard = shard
        self._name = f"{FAILED}/{shard.name}.jsonl"
        self._stack = ExitStack()
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is None and kind is None:
            self._store.remove(self._name)
        self._stack.__exit__(kind, error, trace)

    def add(self, failed: Failed) -> None:
        if self._file is None:
            self._file = self._stack.enter_context(self._store.written(self._name, owner_of(self._shard)))
        self._file.write(line(sound(asdict(failed))))


class _Hashed:
    """A file of which the size and the hash are known when it is written; nothing in it is written twice."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size = 0
        self.digest = hashlib.sha256()
        self.closed = False

    def write(self, data: bytes) -> int:
        self._file.write(data)
        self.digest.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        self._file.flush()

    def tell(self) -> int:
        return self.size

    def seekable(self) -> bool:
        return False

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True
