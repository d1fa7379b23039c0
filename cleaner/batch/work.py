"""What is done with one input: it is read, cleaned, its output written; what goes wrong is part of the result."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import time
from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.batch.rewrite import difference, refuse_emptying, rewritten, would_change
from cleaner.document import Metadata
from cleaner.errors import CleanerError, EmptyInput, NothingLeft, told
from cleaner.files import read_file, read_standard_input, write_file
from cleaner.options import fingerprint

if TYPE_CHECKING:
    from cleaner.batch.diff import Diff
    from cleaner.batch.roster import Task
    from cleaner.document import Document
    from cleaner.options import Options
    from cleaner.settings.resolve import Settings


class Action(Enum):
    """What is done with a cleaned document: it is written, put in the input's place, compared with it, or just read."""

    WRITE = auto()
    REWRITE = auto()
    CHECK = auto()
    READ = auto()


@dataclass(frozen=True, slots=True)
class Work:
    """What is done with every input of a run.

    options  for every input, if there are no settings
    to       the output's format, a key of `WRITERS`
    url      the page's address
    backup   the suffix under which a file rewritten in place keeps its old content; "" for no copy
    account  the results hold every removal; otherwise those of worker processes only count them
    settings what decides the options for each input by its place
    diff     what checking writes for a file that would change
    """

    options: Options
    to: str = "markdown"
    action: Action = Action.WRITE
    url: str | None = None
    backup: str = ""
    account: bool = False
    settings: Settings | None = None
    diff: Diff = "none"

    def options_for(self, task: Task) -> Options:
        """The options for an input; raises UsageError for settings that can't be."""
        options = self.options if self.settings is None else self.settings.options(task.name)
        if self.action is Action.WRITE or options.front_matter == "none":
            return options
        return dataclasses.replace(options, front_matter="none")  # no file gets one in place

    def fingerprint(self, options: Options) -> str:
        """A hash of everything that changes an output, besides the input and the version of cleaner."""
        return _fingerprint(options, self.to, self.url)


@lru_cache(maxsize=256)
def _fingerprint(options: Options, to: str, url: str | None) -> str:
    return fingerprint(options, to, url)


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier run made of an input: its SHA-256, its output's size in bytes, the hash of the options."""

    digest: str
    written: int
    options: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is worth remembering of an input that was read.

    size      bytes of it
    digest    its SHA-256
    written   bytes of its output, or None if there is none
    removed   how many blocks or lines went, by category
    seconds   how long it took, reading and writing included
    options   the hash of the options
    """

    size: int
    digest: str
    written: int | None = None
    removed: tuple[tuple[str, int], ...] = ()
    seconds: float = 0.0
    options: str = ""

    @property
    def removals(self) -> int:
        """How many blocks or lines went."""
        return sum(count for _, count in self.removed)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one task.

    document   None if it could not be read, or was left out; without its blocks if another process made it
    error      why there is no output, or None
    changed    cleaning removed or repaired something
    left_out   the output was there already
    facts      None if the input could not be read
    output     what is to be written to standard output, if that is where it goes
    """

    task: Task
    document: Document | None = None
    error: CleanerError | None = None
    changed: bool = False
    left_out: bool = False
    facts: Facts | None = None
    output: bytes | None = None

    @property
    def outcome(self) -> str:
        """In a word: `cleaned`, `unchanged`, `nothing` (no document in it), `failed` or `done before`."""
        if isinstance(self.error, EmptyInput | NothingLeft):
            return "nothing"
        if self.error is not None:
            return "failed"
        if self.left_out:
            return "done before"
        return "cleaned" if self.changed else "unchanged"


def perform(task: Task, work: Work, known: Known | None = None) -> Result:
    """Do the work with one input; whatever goes wrong stands in the result, but an interrupt.

    What goes to standard output is not written but stands in the result: there may be results that come before it.
    With `known`, an input that is still the same, and whose output is still there, is left out.
    """
    started = time.perf_counter()
    try:
        result = _performed(task, work, known)
    except Exception as error:  # noqa: BLE001 one page's crash must not take the others with it
        return Result(task, error=told(error))
    if result.facts is None:
        return result
    return dataclasses.replace(
        result, facts=dataclasses.replace(result.facts, seconds=round(time.perf_counter() - started, 4))
    )


def light(result: Result, work: Work) -> Result:
    """The result without what is costly to send between processes: blocks, source, and what nobody asked for."""
    document = result.document
    if document is None:
        return result
    left_out: dict[str, Any] = {"blocks": (), "source": "", "passages": ()}
    if not work.account:
        left_out |= {"removed": (), "findings": ()}
    if work.action is not Action.READ:  # the output has been written, with what it needs of the metadata
        left_out["metadata"] = Metadata()
    document = dataclasses.replace(document, **left_out)
    return dataclasses.replace(result, document=document)


def _performed(task: Task, work: Work, known: Known | None) -> Result:
    options = work.options_for(task)
    limit = options.max_bytes
    data = read_standard_input(limit) if task.input is None else read_file(task.input, limit)
    facts = Facts(len(data), hashlib.sha256(data).hexdigest(), options=work.fingerprint(options))
    same = known is not None and (known.digest, known.options) == (facts.digest, facts.options)
    if known is not None and same and _size(task.output) == known.written:
        return Result(task, left_out=True, facts=dataclasses.replace(facts, written=known.written))
    try:
        return _cleaned(task, work, options, data, facts)
    except CleanerError as error:
        return Result(task, error=error, facts=facts)


def _cleaned(task: Task, work: Work, options: Options, data: bytes, facts: Facts) -> Result:
    from cleaner.pipeline import clean

    document = clean(data, url=work.url, name=task.name, options=options)
    facts = dataclasses.replace(
        facts, removed=tuple(sorted(Counter(str(one.category) for one in document.removed).items()))
    )
    output: bytes | None = None
    try:
        match work.action:
            case Action.WRITE:
                written = _written(document, work)
                if task.output is None:
                    output = written
                else:
                    # It can be made again, and a run that goes on does so where the size is not what it was.
                    write_file(task.output, written, durable=False)
                facts = dataclasses.replace(facts, written=len(written))
                changed = bool(document.removed or document.encoding.repairs)
            case Action.CHECK:
                changed = would_change(document, data)
                if changed:
                    refuse_emptying(document)
                if work.diff != "none" and changed:
                    output = difference(document, data, task.name, work.diff)
            case Action.REWRITE:
                changed = _rewrite(task, work, document, data)
            case Action.READ:
                changed = False
        return Result(task, document, changed=changed, facts=facts, output=output)
    except CleanerError as error:
        return Result(task, document, error, facts=facts)


def _written(document: Document, work: Work) -> bytes:
    """The output; raises NothingLeft or EmptyInput if there is no document."""
    from cleaner.writers import write

    if document.outcome == "nothing" and document.removed:
        count = len(document.removed)
        said = "the one block or line of it was" if count == 1 else f"all {count} blocks or lines of it were"
        raise NothingLeft(f"nothing is left, {said} removed", hint="--explain shows why")
    if document.outcome == "nothing":
        raise EmptyInput("there is no text in it")
    return write(document, work.to).encode("utf-8", "replace")


def _rewrite(task: Task, work: Work, document: Document, data: bytes) -> bool:
    """Whether the file was rewritten; one that would not change is not touched."""
    new = rewritten(document, data)
    if task.input is not None and new != data:
        if work.backup:
            write_file(Path(f"{task.input}{work.backup}"), data)
        write_file(task.input, new)
    return new != data


def _size(path: Path | None) -> int | None:
    """Bytes of a regular file, or None if there is none."""
    try:
        return os.stat(path).st_size if path is not None and os.path.isfile(path) else None
    except OSError:
        return None
