"""The run over a plan's tasks: one document in this process, many in worker processes, results in the tasks' order."""

from __future__ import annotations

import dataclasses
from contextlib import ExitStack
from typing import TYPE_CHECKING

from cleaner.batch.work import Action, perform
from cleaner.errors import CleanerError
from cleaner.files import write_standard_output

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from cleaner.batch.crew import Limits
    from cleaner.batch.manifest import Manifest
    from cleaner.batch.plan import Plan, Tasks
    from cleaner.batch.roster import Task
    from cleaner.batch.work import Known, Result, Work


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
    from cleaner.batch.worker import Job

    def known(task: Task) -> Known | None:
        return manifest.known(task) if manifest is not None and resume else None

    jobs = (Job(number, task, known(task)) for number, task in enumerate(tasks))
    with Crew(work, limits) as crew:
        yield from _in_order(crew.results(jobs, len(tasks)), manifest)


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
