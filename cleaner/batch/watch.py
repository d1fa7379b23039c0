"""An output tree kept up to date while its inputs change."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cleaner.batch.local import run_many
from cleaner.batch.manifest import Manifest
from cleaner.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

    from cleaner.batch.crew import Limits
    from cleaner.batch.plan import Plan
    from cleaner.batch.work import Result, Work


def changes(paths: Iterable[str], output: Path) -> Iterator[frozenset[str]]:
    """Sets of paths that changed, as they change, until an interrupt; the paths are absolute.

    What changes in the output folder does not count. Raises UsageError if the library for it is not installed.
    """
    try:
        from watchfiles import watch
    except ImportError:
        raise UsageError("--watch needs watchfiles", hint="pip install 'cleaner[watch]'") from None
    written = os.path.join(os.path.realpath(output), "")
    for batch in watch(*paths, watch_filter=None):
        seen = frozenset(os.path.abspath(path) for _, path in batch)
        if counted := frozenset(path for path in seen if not os.path.realpath(path).startswith(written)):
            yield counted


def run_changed(plan: Plan, work: Work, limits: Limits, changed: frozenset[str]) -> Generator[Result]:
    """The results of the plan's tasks whose inputs changed or are new; outputs whose inputs are gone are removed.

    Where some of the inputs could not be looked at, nothing is removed: a network drive may be away for a while.
    """
    if plan.folder is None:
        return
    with Manifest(plan.folder, work.fingerprint()) as manifest:
        if not plan.failures:
            manifest.forget_vanished(plan.tasks)
        tasks = [task for task in plan.tasks if os.path.abspath(task.name) in changed or manifest.is_new(task)]
        if tasks:
            yield from run_many(tasks, work, limits, manifest, resume=True)
