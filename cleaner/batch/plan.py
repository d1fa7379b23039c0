"""From the paths of a command line to tasks: which files are read, and where each one's output goes.

The tree is kept: an output stands under the output folder as its input stands under the deepest folder that holds
everything named. Two inputs never share an output: where `a.html` and `a.htm` would both become `a.md`, they become
`a.html.md` and `a.htm.md`, because losing a page, or refusing the whole folder over one pair, would both be worse.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.batch.walk import Found, walk
from cleaner.errors import CleanerError, UnreadableInput, UnwritableOutput, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
TEXT_SUFFIXES = frozenset({".txt", ".md", ".markdown"})


@dataclass(frozen=True, slots=True)
class Task:
    """One input and where its output goes; None stands for standard input, and for standard output.

    `name` is what messages call the input, and what its suffix is read from.
    """

    input: Path | None
    output: Path | None
    name: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A path of which nothing comes, and why."""

    name: str
    error: CleanerError


@dataclass(slots=True)
class Plan:
    """What a run will do.

    many        whether it goes over several files: then it ends with a summary
    skipped     how many files a folder held that are not read, by the reason
    renamed     sentences about inputs that would have shared an output
    """

    many: bool
    tasks: list[Task] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
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
        file = path or name
        if file is None:
            raise UsageError("an output in a folder needs a name", hint="add --stdin-filename, or name a file with -o")
        target /= output_name(os.path.basename(file), suffix)
    if source is not None and _same_file(source, target):
        raise UsageError(f"the output is the input: {target}", hint="-i rewrites a file in place")
    return Plan(many=False, tasks=[Task(source, target, shown)])


def plan_many(paths: Sequence[str], output: str | None, suffix: str, suffixes: frozenset[str]) -> Plan:
    """The plan for several files, or for folders.

    `output` is a folder, made when it is needed, or None if there are no outputs (checking, rewriting in place).
    Files in folders are read if their suffix is one of `suffixes`; files that are named always are.
    Raises UsageError if an output would be one of the inputs, UnwritableOutput if `output` is no folder.
    """
    if output is not None and os.path.lexists(output) and not os.path.isdir(output):
        raise UnwritableOutput(f"not a folder: {output}", hint="the outputs of several files need one")
    plan = Plan(many=True)
    found = _find(paths, output, suffixes, plan)
    if output is None:
        plan.tasks = [Task(Path(path), None, path) for path in found]
        return plan
    base = os.path.commonpath([_folder(path) for path in paths]) if found else ""
    if found and os.path.isdir(output) and any(os.path.isdir(path) and _same_file(path, output) for path in paths):
        raise UsageError(f"the output folder is the input folder: {output}", hint="name another with -o")
    names = {path: os.path.relpath(os.path.abspath(path), base) for path in found}
    outputs = _outputs(names, suffix, plan)
    plan.tasks = [Task(Path(path), Path(output, outputs[path]), path) for path in found]
    _refuse_overwriting(plan.tasks)
    return plan


def output_name(name: str, suffix: str) -> str:
    """The output's name for an input's: a suffix that tells the kind of page is replaced, others stay."""
    stem, old = os.path.splitext(name)
    return (stem if old.lower() in HTML_SUFFIXES | TEXT_SUFFIXES else name) + suffix


def _find(paths: Sequence[str], output: str | None, suffixes: frozenset[str], plan: Plan) -> list[str]:
    """The files to read, each once, in the order of the command line; the rest is told to the plan."""
    files: dict[str, str] = {}
    for path in paths:
        if not os.path.isdir(path):
            if os.path.lexists(path):
                files.setdefault(os.path.abspath(path), path)
            else:
                plan.failures.append(Failure(path, UnreadableInput("no such file or directory")))
            continue
        for entry in walk(path, suffixes, output):
            if entry.kind is Found.FILE:
                files.setdefault(os.path.abspath(entry.path), entry.path)
            elif entry.kind is Found.UNREADABLE:
                plan.failures.append(Failure(entry.path, UnreadableInput(entry.reason)))
            else:
                plan.skipped[entry.reason] += 1
    return list(files.values())


def _outputs(names: dict[str, str], suffix: str, plan: Plan) -> dict[str, str]:
    """The output of each input, relative to the output folder, no two the same."""
    claims: defaultdict[str, list[str]] = defaultdict(list)
    for path, name in names.items():
        claims[output_name(name, suffix)].append(path)
    outputs: dict[str, str] = {}
    for output, claimants in claims.items():
        if len(claimants) == 1:
            outputs[claimants[0]] = output
            continue
        for path in claimants:
            outputs[path] = names[path] + suffix
        plan.renamed.append(f"{' and '.join(claimants)} would both be {output}: each output keeps its input's suffix")
    takers = Counter(outputs.values())
    for path, output in outputs.items():
        if takers[output] > 1:
            raise UsageError(f"two inputs would share the output {output}: {path}", hint="clean them into two folders")
    return outputs


def _refuse_overwriting(tasks: list[Task]) -> None:
    inputs: set[tuple[int, int]] = set()
    for task in tasks:
        inputs.update(_identity(task.input))
    for task in tasks:
        if not inputs.isdisjoint(_identity(task.output)):
            raise UsageError(f"an output would overwrite an input: {task.output}", hint="name another folder with -o")


def _folder(path: str) -> str:
    absolute = os.path.abspath(path)
    return absolute if os.path.isdir(path) else os.path.dirname(absolute)


def _identity(path: Path | None) -> list[tuple[int, int]]:
    """Device and file number, or nothing for what does not exist."""
    try:
        status = os.stat(path) if path else None
    except OSError:
        return []
    return [(status.st_dev, status.st_ino)] if status else []


def _same_file(one: str | Path, other: str | Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
