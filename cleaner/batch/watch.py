"""An output tree kept up to date while its inputs change."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cleaner.batch.local import run_many
from cleaner.batch.manifest import Manifest
from cleaner.errors import MissingLibrary

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator
    from pathlib import Path

    from watchfiles import Change

    from cleaner.batch.limits import Limits
    from cleaner.batch.plan import Plan
    from cleaner.batch.work import Result, Work

# Milliseconds after which the library comes back although nothing changed.
_PAUSE = 200


def changes(paths: Iterable[str], output: Path) -> Iterator[frozenset[str]]:
    """Sets of paths that changed since this was called, as they change, until an interrupt; the paths are absolute.

    What changes in the output folder does not count. Raises MissingLibrary if the library for it is not installed.
    """
    try:
        from watchfiles import watch
    except ImportError:
        raise MissingLibrary.of_extra("watch", "--watch needs watchfiles") from None
    stream = watch(*paths, watch_filter=None, yield_on_timeout=True, rust_timeout=_PAUSE)
    next(stream)  # begins to watch, and comes back after the pause
    return _counted(stream, os.path.join(os.path.realpath(output), ""))


def _counted(stream: Iterable[set[tuple[Change, str]]], written: str) -> Iterator[frozenset[str]]:
    """The sets that are not empty, without what is below the folder `written`."""
    for batch in stream:
        seen = frozenset(os.path.abspath(path) for _, path in batch)
        if counted := frozenset(path for path in seen if not os.path.realpath(path).startswith(written)):
            yield counted


def run_changed(plan: Plan, work: Work, limits: Limits, changed: frozenset[str]) -> Generator[Result]:
    """The results of the plan's tasks whose inputs changed or are new; outputs whose inputs are gone are removed.

    Where some of the inputs could not be looked at, nothing is removed: a network drive may be away for a while.
    """
    if plan.folder is None:
        return
    with Manifest(plan.folder) as manifest:
        if not plan.failures:
            manifest.forget_vanished(plan.tasks)
        tasks = [task for task in plan.tasks if os.path.abspath(task.name) in changed or manifest.is_new(task)]
        if tasks:
            yield from run_many(tasks, work, limits, manifest, resume=True)
