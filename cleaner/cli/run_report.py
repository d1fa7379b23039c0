"""What is told of a run over shards: progress, each part for those who asked, a summary, the outcome code."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cleaner.cli.console import report as say_error
from cleaner.cli.console import shown
from cleaner.errors import CleanerError, ExitCode, UsageError
from cleaner.shards.ledger import FAILED, described, recorded
from cleaner.shards.plan import name_of
from cleaner.shards.report import ShardReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cleaner.cli.console import Talk
    from cleaner.shards.plan import Shard
    from cleaner.shards.row import Cleaned
    from cleaner.shards.shard import See
    from cleaner.shards.store import Store


class TooManyFailures(Exception):
    """As many records failed as end the run."""


class RunReport:
    """Follows a run over `shards`; `most_failures` of records end it, if that isn't None."""

    def __init__(self, talk: Talk, shards: Sequence[Shard], most_failures: int | None) -> None:
        self._talk = talk
        self._labels = {shard.number: shard.label for shard in shards}
        self._most = most_failures
        self._total = _Total()
        self._kept = 0
        self._seen = Counter[bool]()
        self._failures = 0
        self._step: Callable[[int, int], None] = lambda _failed, _done: None
        self._ended = False

    @contextmanager
    def following(self, kept: Iterable[ShardReport]) -> Iterator[See]:
        """What each record is told to while the run lasts; then comes the summary. `kept` are done already."""
        for report in kept:
            self._total.add(report)
            self._kept += 1
        with self._talk.progress(None) as self._step:
            yield self._see
        self._summarize()

    def _see(self, cleaned: Cleaned) -> None:
        failed = cleaned.failed is not None
        self._seen[failed] += 1
        self._count(1, int(failed))

    def _count(self, records: int, failures: int) -> None:
        """So many more records are done; raises TooManyFailures if that is the end."""
        self._failures += failures
        self._step(self._failures, records)
        if self._most is not None and self._failures >= self._most:
            self._ended = True
            raise TooManyFailures

    def add(self, report: ShardReport) -> None:
        """A shard is done, or failed as a whole."""
        self._total.add(report)
        if report.error is not None:
            say_error(CleanerError(report.error), self._labels[report.number])
        else:
            self._talk.detail(f"{shown(self._labels[report.number])} → {report.part}: {_counted(report)}")
        unseen = report.failures - self._seen[True]  # those that other machines saw
        rows = report.rows - self._seen[False]
        self._seen.clear()
        self._count(rows + unseen, unseen)

    def exit_code(self) -> ExitCode:
        """The outcome of the run."""
        if self._ended or self._total.failures:
            return ExitCode.PARTIAL
        return ExitCode.DONE if self._labels else ExitCode.NOTHING

    def _summarize(self) -> None:
        count = len(self._labels)
        done = self._total.parts
        before = f", {self._kept} of them before" if self._kept else ""
        self._talk.note(f"{done} of {count} parts done{before}: {self._total}")
        if self._ended:
            self._talk.note(f"ended after {self._failures} failures; --resume goes on")
        elif self._total.failures:
            self._talk.note(f"what failed, and why, is in the folder {FAILED}; --retry-failed tries it again")


class _Total:
    """Counts over shards."""

    def __init__(self) -> None:
        self.parts = 0
        self.failures = 0
        self._broken = 0
        self._outcomes: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self._passed: Counter[str] = Counter()

    def add(self, report: ShardReport) -> None:
        self.parts += report.error is None
        self._broken += report.error is not None
        self.failures += report.failures
        self._outcomes.update(report.outcomes)
        self._failed.update(report.failed)
        self._passed.update(report.passed)

    def __str__(self) -> str:
        words = {"nothing": "without a document"}
        said = [f"{count:,} {words.get(word, word)}" for word, count in sorted(self._outcomes.items())]
        said += [f"{self._failed.total():,} failed ({_listed(self._failed)})"] if self._failed else []
        said += [f"{self._passed.total():,} passed over ({_listed(self._passed)})"] if self._passed else []
        said += [f"{self._broken} inputs unreadable"] if self._broken else []
        return ", ".join(said) or "no pages"


def status_of(store: Store, place: str) -> tuple[str, ExitCode]:
    """How far the run in a folder is, in lines, and the outcome code as it would be; raises UsageError if none is."""
    run = described(store)
    if run is None:
        raise UsageError(f"no run: {place}")
    total = _Total()
    reports = recorded(store)
    for report in reports:
        total.add(report)
    done = {f"{name_of(report.number)}.jsonl" for report in reports}
    for name in store.names(FAILED):
        if name not in done:  # failures without a part: of its input nothing could be read
            total.add(ShardReport(-1, error=name))
    left = int(run["shards"]) - total.parts
    lines = f"{total.parts} of {run['shards']} parts done, {left} left\n{total}\n"
    return lines, ExitCode.PARTIAL if total.failures else ExitCode.DONE


def _counted(report: ShardReport) -> str:
    total = _Total()
    total.add(report)
    return str(total)


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{count:,} {word}" for word, count in sorted(counts.items()))
