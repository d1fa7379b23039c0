"""The run over a plan's tasks, one after another: a page that fails is an outcome like others, and the rest is done."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.batch.rewrite import rewritten, would_change
from cleaner.errors import CleanerError, EmptyInput, InternalFault, NothingLeft, UnreadableInput
from cleaner.files import read_file, read_standard_input, write_file, write_standard_output

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.batch.plan import Task
    from cleaner.document import Document
    from cleaner.options import Options


class Action(Enum):
    """What is done with a cleaned document: it is written, put in the input's place, compared with it, or just read."""

    WRITE = auto()
    REWRITE = auto()
    CHECK = auto()
    READ = auto()


@dataclass(frozen=True, slots=True)
class Work:
    """What is done with every input of a run.

    to       the output's format, a key of `WRITERS`
    url      the page's address
    backup   the suffix under which a file rewritten in place keeps its old content; "" for no copy
    resume   leave out inputs whose output exists and is not older than they are
    """

    options: Options
    to: str = "markdown"
    action: Action = Action.WRITE
    url: str | None = None
    backup: str = ""
    resume: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one task.

    document   None if it could not be read, or was left out
    error      why there is no output, or None
    changed    cleaning removed or repaired something
    left_out   the output was there already
    """

    task: Task
    document: Document | None = None
    error: CleanerError | None = None
    changed: bool = False
    left_out: bool = False


def run(tasks: Iterable[Task], work: Work) -> Iterator[Result]:
    """The results of the tasks, in their order, each after its output is written."""
    for task in tasks:
        yield _shielded(task, work)


def _shielded(task: Task, work: Work) -> Result:
    try:
        return _done(task, work)
    except CleanerError as error:
        return Result(task, error=error)
    except BrokenPipeError:
        raise
    except MemoryError:
        return Result(task, error=UnreadableInput("too large for the memory there is"))
    except Exception as error:  # noqa: BLE001 one page's crash must not take the others with it
        fault = InternalFault(f"{type(error).__name__}: {error}", hint="please report this")
        fault.__cause__ = error
        return Result(task, error=fault)


def _done(task: Task, work: Work) -> Result:
    if work.resume and _is_newer(task.output, task.input):
        return Result(task, left_out=True)
    limit = work.options.max_bytes
    data = read_standard_input(limit) if task.input is None else read_file(task.input, limit)
    from cleaner.pipeline import clean

    document = clean(data, url=work.url, name=task.name, options=work.options)
    try:
        match work.action:
            case Action.WRITE:
                _write(task, work, document)
                changed = bool(document.removed or document.encoding.repairs)
            case Action.CHECK:
                changed = would_change(document, data)
            case Action.REWRITE:
                changed = _rewrite(task, work, document, data)
            case Action.READ:
                changed = False
        return Result(task, document, changed=changed)
    except CleanerError as error:
        return Result(task, document, error)


def _write(task: Task, work: Work, document: Document) -> None:
    from cleaner.writers import write

    if document.outcome == "nothing" and document.removed:
        count = len(document.removed)
        said = "the one block or line of it was" if count == 1 else f"all {count} blocks or lines of it were"
        raise NothingLeft(f"nothing is left, {said} removed", hint="--explain shows why")
    if document.outcome == "nothing":
        raise EmptyInput("there is no text in it")
    output = write(document, work.to).encode("utf-8", "replace")
    if task.output is None:
        write_standard_output(output)
    else:
        write_file(task.output, output)


def _rewrite(task: Task, work: Work, document: Document, data: bytes) -> bool:
    """Whether the file was rewritten; one that would not change is not touched."""
    new = rewritten(document, data)
    if task.input is not None and new != data:
        if work.backup:
            write_file(Path(f"{task.input}{work.backup}"), data)
        write_file(task.input, new)
    return new != data


def _is_newer(output: Path | None, source: Path | None) -> bool:
    """Whether the output of `source` is there, and no older than it."""
    if output is None or source is None:
        return False
    try:
        return os.stat(output).st_mtime_ns >= os.stat(source).st_mtime_ns
    except OSError:
        return False
