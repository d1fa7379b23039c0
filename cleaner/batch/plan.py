"""From the paths of a command line to tasks: which files are read, and where each one's output goes.

The tree is kept: an output stands under the output folder as its input stands under the deepest folder that holds
everything named. Two inputs never share an output: where `a.html` and `a.htm` would both become `a.md`, they become
`a.html.md` and `a.htm.md`, because losing a page, or refusing the whole folder over one pair, would both be worse.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cleaner.batch.names import output_name, safe_path
from cleaner.batch.roster import Roster, Task
from cleaner.batch.walk import Found, walk
from cleaner.errors import CleanerError, UnreadableInput, UnwritableOutput, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.batch.ignore import Selection

# Of so many clashes of names each is told; the rest is counted.
_MOST_SENTENCES = 20


class Tasks(Protocol):
    """Tasks that can be gone over again; a list of them, or a roster."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Task]: ...


@dataclass(frozen=True, slots=True)
class Failure:
    """A path of which nothing comes, and why."""

    name: str
    error: CleanerError


@dataclass(slots=True)
class Plan:
    """What a run will do.

    many        whether it goes over several files: then it ends with a summary
    folder      the output folder of several files, or None
    forced      how many files were named and are left out all the same
    skipped     how many files a folder held that are not read, by the reason
    renamed     sentences about inputs that would have shared an output
    """

    many: bool
    tasks: Tasks = ()
    folder: Path | None = None
    failures: list[Failure] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    forced: int = 0
    renamed: list[str] = field(default_factory=list)


def plan_one(path: str | None, name: str | None, output: str | None, suffix: str) -> Plan:
    """The plan for one document: `path` is a file, or None for standard input, which `name` may give a name to.

    `output` is a file, a folder (one that exists, or ends in a slash), or None for standard output.
    Raises UsageError if the input would be overwritten, or an output in a folder would have no name.
    """
    source = None if path is None else Path(path)
    shown = path or name or "standard input"
    if output is None:
        return Plan(many=False, tasks=[Task(source, None, shown)])
    target = Path(output)
    if output.endswith(("/", os.sep)) or target.is_dir():
        file = os.path.basename(path or name or "")
        if not file:
            raise UsageError("an output in a folder needs a name", hint="add --stdin-filename, or name a file with -o")
        target /= safe_path(output_name(file, suffix))
    if source is not None and _same_file(source, target):
        raise UsageError(f"the output is the input: {target}", hint="-i rewrites a file in place")
    return Plan(many=False, tasks=[Task(source, target, shown)])


def plan_many(paths: Iterable[str], output: str | None, suffix: str, selection: Selection) -> Plan:
    """The plan for several files, or for folders; `paths` are gone over once.

    `output` is a folder, made when it is needed, or None if there are no outputs (checking, rewriting in place).
    Of folders the files of the `selection` are read; files that are named always are, unless it is forced on them.
    Raises UsageError if an output would be one of the inputs, UnwritableOutput if `output` is no folder.
    """
    if output is not None and os.path.lexists(output) and not os.path.isdir(output):
        raise UnwritableOutput(f"not a folder: {output}", hint="the outputs of several files need one")
    roster = Roster()
    plan = Plan(many=True, tasks=roster, folder=None if output is None else Path(output))
    base: str | None = None
    for path in paths:
        if output is not None and _same_file(path, output):
            raise UsageError(f"the output folder is the input folder: {output}", hint="name another with -o")
        _add(path, output, selection, plan, roster)
        base = _common(base, path)
    if output is None or base is None:
        return plan
    for number, sentence in enumerate(roster.place(output, base, suffix)):
        if number < _MOST_SENTENCES:
            plan.renamed.append(sentence)
        else:
            plan.skipped["more names changed"] += 1
    if (shared := roster.shares_output()) is not None:
        raise UsageError(f"two inputs would share the output {shared}", hint="clean them into two folders")
    if (overwritten := roster.overwritten()) is not None:
        raise UsageError(f"an output would overwrite an input: {overwritten}", hint="name another folder with -o")
    return plan


def _add(path: str, output: str | None, selection: Selection, plan: Plan, roster: Roster) -> None:
    """Add the files that a path stands for to the roster; the rest is told to the plan."""
    if not os.path.isdir(path):
        if selection.leaves_out(path):
            plan.skipped["excluded"] += 1
            plan.forced += 1
        elif os.path.lexists(path):
            roster.add(path)
        else:
            plan.failures.append(Failure(path, UnreadableInput("no such file or directory")))
        return
    for entry in walk(path, selection, output):
        if entry.kind is Found.FILE:
            roster.add(entry.path)
        elif entry.kind is Found.UNREADABLE:
            plan.failures.append(Failure(entry.path, UnreadableInput(entry.reason)))
        else:
            plan.skipped[entry.reason] += 1


def _common(base: str | None, path: str) -> str:
    """The deepest folder that holds both; raises UsageError if there is none (drives of Windows)."""
    absolute = os.path.abspath(path)
    folder = absolute if os.path.isdir(path) else os.path.dirname(absolute)
    try:
        return folder if base is None else os.path.commonpath([base, folder])
    except ValueError:
        raise UsageError(
            f"not on one drive with the other inputs: {path}", hint="clean them one drive at a time"
        ) from None


def _same_file(one: str | Path, other: str | Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
