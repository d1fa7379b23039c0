"""Worker processes: a page that takes its worker with it is the only one that is lost."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleaner.batch import crew
from cleaner.batch.crew import Crew
from cleaner.batch.limits import Limits
from cleaner.batch.local import Errand, FileCraft
from cleaner.batch.roster import Task
from cleaner.batch.work import Result, Work
from cleaner.batch.worker import Job
from cleaner.errors import EmptyInput, LostPage, OutOfMemory
from cleaner.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.process import BaseProcess


SENTENCE = "The council met on Tuesday and agreed to rebuild the old stone bridge before the winter comes.\n"
CRAFT = FileCraft(Work(Options()))
# Seconds of work for any machine: what is done to its worker is done while it is at this page.
LONG = SENTENCE * 100_000
# So many jobs are announced that all there are go to a worker at once.
MANY = 1000


def errands(folder: Path, *texts: str) -> list[Errand]:
    made = []
    for number, text in enumerate(texts):
        source = folder / f"{number}.txt"
        folder.mkdir(exist_ok=True)
        source.write_text(text)
        made.append(Errand(Task(source, folder / "out" / f"{number}.md", source.name)))
    return made


def process_of(workers: Crew[Errand, Result]) -> int:
    (worker,) = workers._workers
    assert worker.process.pid
    return worker.process.pid


def ended(results: Iterator[tuple[int, Result]]) -> dict[int, type[Exception] | None]:
    return {number: None if result.error is None else type(result.error) for number, result in results}


def test_results_come_from_all_workers_and_nothing_is_left_out(tmp_path: Path) -> None:
    made = errands(tmp_path, *[SENTENCE] * 40, "")
    with Crew(CRAFT, Limits(jobs=2)) as workers:
        done = ended(workers.results(iter(made), len(made)))
    assert done == {**dict.fromkeys(range(40)), 40: EmptyInput}
    assert len(list((tmp_path / "out").iterdir())) == 40


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_page_whose_worker_dies_is_lost_alone(tmp_path: Path) -> None:
    made = errands(tmp_path, SENTENCE, LONG, SENTENCE, SENTENCE)
    with Crew(CRAFT, Limits(jobs=1)) as workers:
        results = workers.results(iter(made), MANY)
        assert next(results)[0] == 0
        os.kill(process_of(workers), signal.SIGKILL)
        number, lost = next(results)
        assert number == 1
        assert isinstance(lost.error, LostPage)
        assert "SIGKILL" in lost.error.message
        assert ended(results) == {2: None, 3: None}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["0.md", "2.md", "3.md"]


def test_a_page_that_takes_too_long_is_lost_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = errands(tmp_path, SENTENCE, LONG, SENTENCE)
    clock, wait = crew.time.monotonic, crew.wait
    passed = 0.0

    def wait_in_vain(connections: object, seconds: float) -> list[object]:
        nonlocal passed
        passed += seconds + 0.1
        monkeypatch.setattr(crew, "wait", wait)
        return []

    monkeypatch.setattr(crew.time, "monotonic", lambda: clock() + passed)
    with Crew(CRAFT, Limits(jobs=1, timeout=600)) as workers:
        results = workers.results(iter(made), MANY)
        assert next(results)[0] == 0
        monkeypatch.setattr(crew, "wait", wait_in_vain)
        number, lost = next(results)
        assert number == 1
        assert isinstance(lost.error, LostPage)
        assert "600 seconds" in lost.error.message
        assert ended(results) == {2: None}


def test_time_in_which_all_are_suspended_is_nobodys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = errands(tmp_path, SENTENCE, SENTENCE)
    clock, wait = crew.time.monotonic, crew.wait
    passed = 0.0

    def wait_suspended(connections: object, seconds: float) -> list[object]:
        nonlocal passed
        passed += seconds + 1000
        monkeypatch.setattr(crew, "wait", wait)
        return []

    monkeypatch.setattr(crew.time, "monotonic", lambda: clock() + passed)
    with Crew(CRAFT, Limits(jobs=1, timeout=600)) as workers:
        results = workers.results(iter(made), MANY)
        assert next(results)[0] == 0
        monkeypatch.setattr(crew, "wait", wait_suspended)
        assert ended(results) == {1: None}


def test_leaving_in_the_middle_leaves_nothing_half_written(tmp_path: Path) -> None:
    made = errands(tmp_path, SENTENCE, LONG, LONG)
    with Crew(CRAFT, Limits(jobs=2)) as workers:
        next(workers.results(iter(made), MANY))
        processes = [worker.process for worker in workers._workers]
    assert all(process.exitcode is not None for process in processes)
    assert not [path for path in (tmp_path / "out").iterdir() if path.suffix == ".tmp"]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no limit of memory here")
def test_a_page_that_takes_too_much_memory_is_lost_alone(tmp_path: Path) -> None:
    made = errands(tmp_path, LONG, SENTENCE)
    with Crew(CRAFT, Limits(jobs=1, max_memory=40_000_000)) as workers:
        done = ended(workers.results(iter(made), len(made)))
    assert done[0] in {LostPage, OutOfMemory}
    assert done[1] is None


def test_jobs_are_not_begun_far_ahead_of_an_unfinished_one() -> None:
    items = (Errand(Task(None, None, "")) for _ in range(10_000))
    feed = crew._Feed(items, 10_000, 2, CRAFT)
    taken = 0
    (oldest, *_) = group = feed.take(None)
    while group:
        taken += len(group)
        group = feed.take(oldest)
    assert 1000 <= taken < 1100
    assert feed.take(Job(500, oldest.item))


class Pages:
    """A craft whose items are pages themselves; what is made of one is its length."""

    def do(self, page: bytes) -> Result:
        return Result(Task(None, None, str(len(page))))

    def lost(self, page: bytes, error: LostPage) -> Result:
        return Result(Task(None, None, ""), error=error)

    def size(self, page: bytes) -> int:
        return len(page)

    def writes_into(self, page: bytes) -> Path | None:
        return None


def test_pages_that_are_sent_themselves_are_not_taken_faster_than_they_are_done() -> None:
    read = 0

    def pages() -> Iterator[bytes]:
        nonlocal read
        for _ in range(1000):
            read += 1
            yield b"x" * 1_000_000

    feed = crew._Feed(pages(), None, 2, Pages())
    (oldest, *_) = feed.take(None)
    assert read == 4
    while feed.take(oldest):
        pass
    assert read == 68


def test_what_an_earlier_call_left_unfinished_is_given_up(tmp_path: Path) -> None:
    first, second = errands(tmp_path, SENTENCE, LONG), errands(tmp_path / "more", SENTENCE)
    with Crew(CRAFT, Limits(jobs=1)) as workers:
        next(workers.results(iter(first), MANY))
        assert ended(workers.results(iter(second), None)) == {0: None}
    assert not (tmp_path / "out" / "1.md").exists()


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no signals between processes here")
@pytest.mark.parametrize("threads", [0, 1])
def test_an_interrupt_while_workers_are_ended_comes_after_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    kill = Crew._kill
    over = threading.Event()
    others = [threading.Thread(target=over.wait) for _ in range(threads)]  # the system may give the signal to one

    def interrupted(workers: Crew[Errand, Result], worker: crew._Worker[Errand]) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(100_000):
            pass  # time for an interrupt that is not put off to be heard
        kill(workers, worker)

    def run_and_leave() -> None:
        with Crew(CRAFT, Limits(jobs=1)) as workers:
            next(workers.results(iter(errands(tmp_path, SENTENCE, LONG)), MANY))
            processes.append(workers._workers[0].process)
            monkeypatch.setattr(processes[0], "terminate", lambda: None)

    processes: list[BaseProcess] = []
    monkeypatch.setattr(Crew, "_kill", interrupted)
    monkeypatch.setattr(crew, "_GRACE", 0.0)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    for other in others:
        other.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            run_and_leave()
    finally:
        signal.signal(signal.SIGINT, before)
        over.set()
    assert processes[0].exitcode is not None
