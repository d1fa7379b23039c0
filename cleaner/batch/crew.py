"""Worker processes, and who does what: jobs are handed out in groups, results come back one by one.

What a job is, and what is done with it, is a craft's business: files of a batch, or records of a shard.

Written on `multiprocessing` alone. Its `Pool` and `concurrent.futures` hang or give up all work when a worker dies, and
have no time-outs; `loky` replaces workers but loses all pages in flight with one; `pebble` has time-outs for a task, so
that a group of pages would be lost as a whole, and starts threads. Here each worker has a pipe of its own, so that the
page that it died of is known: it is the first one that it has not reported.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Generic

from cleaner.batch.craft import Item, Made
from cleaner.batch.signals import put_off, start_tracker, unheard
from cleaner.batch.worker import Job, serve
from cleaner.errors import InternalFault, LostPage, OutOfMemory, TookTooLong
from cleaner.files import remove_leftovers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess
    from types import TracebackType
    from typing import Self

    from cleaner.batch.craft import Craft
    from cleaner.batch.limits import Limits

# Pages sent at once: with 10 ms a page, handing over then takes less than a hundredth of the time.
_GROUP = 32
# The same where nobody knows how many there will be: none may wait long for its turn at the end.
_GROUP_OF_MANY = 8
# Bytes sent at once, however few pages they are.
_GROUP_BYTES = 4_000_000
# Pages that may be done while an earlier one is not: this many results wait in memory for their turn.
_WINDOW = 1000
# The same in bytes of the pages; what comes out of a page is seldom longer than the page.
_WINDOW_BYTES = 64_000_000
# Seconds that a worker has to end by itself.
_GRACE = 1.0
# What would end us while workers are ended: an impatient second Ctrl-C must not leave what they were writing.
_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGALRM")
# The numeric libraries' own threads would fight with the workers for the same processors.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


@dataclass(slots=True, eq=False)
class _Worker(Generic[Item]):
    """A worker process and the jobs it has; `deadline` is when the first of them must be done."""

    process: BaseProcess
    connection: Connection
    jobs: deque[Job[Item]] = field(default_factory=deque)
    ready: bool = False
    deadline: float | None = None


class Crew(Generic[Item, Made]):
    """The workers of a run; on leaving they have ended, and nothing half-written is left of them."""

    def __init__(self, craft: Craft[Item, Made], limits: Limits) -> None:
        self._craft = craft
        self._limits = limits
        self._workers: list[_Worker[Item]] = []
        self._context = _context()
        for name in _THREADS:
            os.environ.setdefault(name, "1")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with put_off(*_ENDING):
            for worker in self._workers:
                if worker.jobs:
                    worker.process.terminate()
                worker.connection.close()  # an idle one ends at that
            end = time.monotonic() + _GRACE
            for worker in self._workers:
                worker.process.join(max(0.0, end - time.monotonic()))
                if worker.process.is_alive():
                    self._kill(worker)

    def results(self, items: Iterator[Item], count: int | None) -> Iterator[tuple[int, Made]]:
        """What is made of the items with the items' numbers, from 0 on, in the order in which it comes.

        count   how many items there are, or None if only their end tells

        Items are taken when there is a worker for them. None is begun that is far away from an unfinished one, so that
        who puts the results in order need not keep all of them. What an earlier call left unfinished is given up.
        """
        for worker in [worker for worker in self._workers if worker.jobs]:
            self._dismiss(worker)
        feed = _Feed(items, count, self._limits.jobs, self._craft)
        while True:
            self._hand_out(feed)
            busy = [worker for worker in self._workers if worker.jobs]
            if not busy:
                return
            ready = self._wait(busy)
            for worker in busy:
                if worker.connection in ready:
                    yield from self._received(worker, feed)
                elif worker.deadline is not None and time.monotonic() > worker.deadline:
                    seconds = f"{self._limits.timeout:g} seconds"
                    error = TookTooLong(f"not done after {seconds}", hint="--timeout gives it more time")
                    yield from self._lose(worker, feed, error)

    def _hand_out(self, feed: _Feed[Item]) -> None:
        """Give each idle worker a group of jobs, and start workers while there are jobs for them."""
        begun = [worker.jobs[0] for worker in self._workers if worker.jobs]
        oldest = min(begun, key=lambda job: job.number, default=None)
        idle = [worker for worker in self._workers if not worker.jobs]
        while (idle or len(self._workers) < self._limits.jobs) and (group := feed.take(oldest)):
            if oldest is None or group[0].number < oldest.number:
                oldest = group[0]
            worker = idle.pop() if idle else self._start()
            try:
                worker.connection.send(group)
            except OSError:  # it died idle, of nothing that we know of
                self._replace(worker, feed)
                feed.give_back(group)
                continue
            worker.jobs.extend(group)
            self._begin(worker)

    def _wait(self, busy: list[_Worker[Item]]) -> list[object]:
        """The connections with something to read, once there is one or a deadline has passed."""
        deadlines = [worker.deadline for worker in busy if worker.deadline is not None]
        before = time.monotonic()
        allowed = max(0.0, min(deadlines) - before) if deadlines else None
        ready = wait([worker.connection for worker in busy], allowed)
        if allowed is not None and time.monotonic() - before - allowed > 1:
            for worker in busy:  # all of us were suspended: no page is to blame for that
                self._begin(worker)
        return list(ready)

    def _received(self, worker: _Worker[Item], feed: _Feed[Item]) -> Iterator[tuple[int, Made]]:
        try:
            made: Made | None = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join(_GRACE)
            if not worker.ready:
                raise InternalFault(
                    f"a worker process {_ending(worker)} before it began", hint="please report this"
                ) from None
            hint = "the memory limit may be too low" if self._limits.max_memory else "please report this"
            yield from self._lose(worker, feed, LostPage(f"its process {_ending(worker)}", hint=hint))
            return
        if made is None:
            worker.ready = True
            self._begin(worker)
            return
        number = worker.jobs.popleft().number
        if isinstance(made.error, OutOfMemory):  # what it took may be missing for the next page
            self._replace(worker, feed)
        else:
            self._begin(worker)
        yield number, made

    def _lose(self, worker: _Worker[Item], feed: _Feed[Item], error: LostPage) -> Iterator[tuple[int, Made]]:
        """End a worker; the page it was at is lost."""
        job = worker.jobs[0]
        self._replace(worker, feed, lost=1)
        yield job.number, self._craft.lost(job.item, error)

    def _replace(self, worker: _Worker[Item], feed: _Feed[Item], lost: int = 0) -> None:
        """End a worker; its jobs, but the `lost` first ones, go to the next one that is free."""
        self._dismiss(worker)
        feed.give_back(list(worker.jobs)[lost:])

    def _dismiss(self, worker: _Worker[Item]) -> None:
        self._workers.remove(worker)
        self._kill(worker)

    def _kill(self, worker: _Worker[Item]) -> None:
        """End a worker at once, and what it was writing."""
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        if worker.jobs and (folder := self._craft.writes_into(worker.jobs[0].item)) is not None:
            with suppress(OSError):
                remove_leftovers(folder, str(worker.process.pid))

    def _begin(self, worker: _Worker[Item]) -> None:
        """From now on the time of the worker's next page counts."""
        counts = worker.ready and worker.jobs and self._limits.timeout is not None
        worker.deadline = time.monotonic() + (self._limits.timeout or 0) if counts else None

    def _start(self) -> _Worker[Item]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs, self._craft, self._limits.max_memory), daemon=True)
        start_tracker()
        with unheard():  # a process started meanwhile never sees one, and so never says anything about it
            process.start()
        theirs.close()  # so that the end of the worker is the end of the connection
        worker: _Worker[Item] = _Worker(process, ours)
        self._workers.append(worker)
        return worker


class _Feed(Generic[Item]):
    """The jobs still to be handed out, in groups that get smaller at the end, so that all workers end together."""

    def __init__(self, items: Iterator[Item], count: int | None, workers: int, craft: Craft[Item, Made]) -> None:
        self._items = items
        self._count = count
        self._workers = workers
        self._size = craft.size
        self._next = 0
        self._bytes = 0
        self._returned: deque[Job[Item]] = deque()

    def take(self, oldest: Job[Item] | None) -> list[Job[Item]]:
        """The next group; empty if there are no more, or too many are done that wait for the `oldest` one."""
        if self._returned:
            return [self._returned.popleft()]
        if oldest is not None and self._is_far_from(oldest):
            return []
        most = _GROUP_OF_MANY
        if self._count is not None:
            most = max(1, min(_GROUP, (self._count - self._next) // (4 * self._workers)))
        group: list[Job[Item]] = []
        before = self._bytes
        for item in islice(self._items, most):
            group.append(Job(self._next, item, self._bytes))
            self._next += 1
            self._bytes += self._size(item)
            if self._bytes - before >= _GROUP_BYTES:
                break
        return group

    def give_back(self, jobs: list[Job[Item]]) -> None:
        """Put jobs in front again."""
        self._returned.extendleft(reversed(jobs))

    def _is_far_from(self, job: Job[Item]) -> bool:
        return self._next > job.number + _WINDOW or self._bytes > job.before + _WINDOW_BYTES


def _context() -> ForkServerContext | SpawnContext:
    """How workers start: copied from a server that has imported everything, where the system can; else afresh."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["cleaner.batch.warm"])
    return context


def _ending(worker: _Worker[Item]) -> str:
    code = worker.process.exitcode
    if code is None or code >= 0:
        return f"ended with code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
