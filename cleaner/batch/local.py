"""The run over a plan's tasks: one document in this process, many in worker processes, results in the tasks' order."""

from __future__ import annotations

import dataclasses
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.batch.work import Action, Result, light, perform
from cleaner.errors import CleanerError
from cleaner.files import write_standard_output

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

    from cleaner.batch.limits import Limits
    from cleaner.batch.manifest import Manifest
    from cleaner.batch.plan import Plan, Tasks
    from cleaner.batch.roster import Task
    from cleaner.batch.work import Known, Work
    from cleaner.errors import LostPage


@dataclass(frozen=True, slots=True)
class Errand:
    """A task, and what is known of it from an earlier run."""

    task: Task
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class FileCraft:
    """What workers do with files: the work of a run."""

    work: Work

    def do(self, errand: Errand) -> Result:
        """The result, without what is costly to send."""
        return light(perform(errand.task, self.work, errand.known), self.work)

    def lost(self, errand: Errand, error: LostPage) -> Result:
        """The result of a file that took its process with it."""
        return Result(errand.task, error=error)

    def size(self, errand: Errand) -> int:
        """Nothing: the worker reads the file."""
        del errand
        return 0

    def writes_into(self, errand: Errand) -> Path | None:
        """The folder of the output, or of the file rewritten in place."""
        output = errand.task.output or errand.task.input
        return None if output is None else output.parent


def run_here(tasks: Iterable[Task], work: Work) -> Generator[Result]:
    """The results of the tasks, one after another, each after its output is written."""
    for task in tasks:
        yield _told(perform(task, work))


def run_plan(plan: Plan, work: Work, limits: Limits, *, resume: bool = False) -> Generator[Result]:
    """The results of a plan over many files, made by worker processes and remembered in the output folder.

    With `resume`, what is done already and unchanged is left out. Raises CleanerError if the outputs can't be written
    at all.
    """
    if not len(plan.tasks):
        return
    with ExitStack() as stack:
        manifest: Manifest | None = None
        if plan.folder is not None and work.action is Action.WRITE:
            from cleaner.batch.manifest import Manifest

            manifest = stack.enter_context(Manifest(plan.folder))
        yield from run_many(plan.tasks, work, limits, manifest, resume=resume)


def run_many(tasks: Tasks, work: Work, limits: Limits, manifest: Manifest | None, *, resume: bool) -> Generator[Result]:
    """The results of the tasks, made by worker processes, in the order of the tasks.

    manifest   where results are remembered, or None
    resume     leave out what the manifest knows to be done and unchanged
    """
    from cleaner.batch.crew import Crew

    def known(task: Task) -> Known | None:
        return manifest.known(task) if manifest is not None and resume else None

    errands = (Errand(task, known(task)) for task in tasks)
    with Crew(FileCraft(work), limits) as crew:
        yield from _in_order(crew.results(errands, len(tasks)), manifest)


def _in_order(numbered: Iterator[tuple[int, Result]], manifest: Manifest | None) -> Generator[Result]:
    """Results in the order of their numbers, from 0 on; each is remembered as soon as it is there."""
    waiting: dict[int, Result] = {}
    wanted = 0
    for number, result in numbered:
        if manifest is not None:
            manifest.record(result)
        waiting[number] = result
        while wanted in waiting:
            yield _told(waiting.pop(wanted))
            wanted += 1


def _told(result: Result) -> Result:
    """The result once its output, if it has one for standard output, is written there."""
    if result.output is None:
        return result
    try:
        write_standard_output(result.output)
    except CleanerError as error:
        return dataclasses.replace(result, error=error)
    return dataclasses.replace(result, output=None)
