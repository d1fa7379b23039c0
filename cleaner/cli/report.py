"""What is said of a run while it goes on and at its end, and the outcome code that follows from it."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.batch.local import Action
from cleaner.cli import explain
from cleaner.cli.console import report, say, shown
from cleaner.errors import EmptyInput, ExitCode, NothingLeft
from cleaner.files import write_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.batch.local import Result
    from cleaner.batch.plan import Plan
    from cleaner.cli.request import Request
    from cleaner.document import Document

_JSON_SUFFIXES = (".json", ".jsonl")


class Report:
    """The outcomes of a run, counted."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._talk = request.talk
        self._counts: Counter[str] = Counter()
        self._error_code: ExitCode | None = None
        self._account: list[str] = []

    @contextmanager
    def following(self, plan: Plan) -> Iterator[Callable[[Result], None]]:
        """Say what the plan holds, hand out the function that takes each result, and say the rest at the end."""
        for sentence in plan.renamed:
            self._talk.note(shown(sentence))
        for failure in plan.failures:
            self._counts["failed"] += 1
            report(failure.error, failure.name)
        with self._talk.progress(len(plan.tasks) if plan.many else 0) as step:

            def see(result: Result) -> None:
                self._see(result)
                step()

            yield see
        self._write_account()
        if plan.many:
            self._talk.note(self._summary(plan))

    def exit_code(self) -> ExitCode:
        """The outcome of the run."""
        counts, plan = self._counts, self._request.plan
        if not plan.many:
            if self._error_code is not None:
                return self._error_code
        elif counts["failed"] or counts["without a document"]:
            return ExitCode.PARTIAL if plan.tasks else ExitCode.USAGE
        elif not plan.tasks:
            return ExitCode.NOTHING
        return ExitCode.WOULD_CHANGE if counts["to be changed"] else ExitCode.DONE

    def _see(self, result: Result) -> None:
        name, document, error = result.task.name, result.document, result.error
        self._counts[self._outcome(result)] += 1
        if document is not None:
            self._tell(name, document)
        if error is not None:
            self._error_code = error.exit_code
            report(error, name)
        elif self._request.work.action is Action.CHECK and result.changed:
            self._talk.note(f"would change: {shown(name)}")
        elif document is not None:
            output = f" → {shown(str(result.task.output))}" if result.task.output else ""
            self._talk.detail(f"{shown(name)}{output}: {_described(document)}")
        elif result.left_out:
            self._talk.detail(f"{shown(name)}: its output is there already")

    def _outcome(self, result: Result) -> str:
        """The word under which the summary counts a result."""
        if isinstance(result.error, EmptyInput | NothingLeft):
            return "without a document"
        if result.error is not None:
            return "failed"
        if result.left_out:
            return "done before"
        if self._request.work.action is Action.CHECK:
            return "to be changed" if result.changed else "unchanged"
        return "cleaned" if result.changed else "unchanged"

    def _tell(self, name: str, document: Document) -> None:
        if document.encoding.replaced:
            count, charset = document.encoding.replaced, document.encoding.name
            self._talk.note(f"{count} places are not {charset}, and became U+FFFD: {shown(name)}")
        if document.encoding.lost:
            lost = document.encoding.lost
            said = "1 character was" if lost == 1 else f"{lost} characters were"
            self._talk.note(f"{said} lost before, and can't be brought back (U+FFFD, 锟斤拷, ???): {shown(name)}")
        if self._request.explain and self._talk.is_rich():
            explain.print_table(self._talk.console(), name, document)
        elif self._request.explain:
            say(explain.plain(name, document))
        if self._request.explain_file is not None:
            as_json = self._request.explain_file.lower().endswith(_JSON_SUFFIXES)
            self._account.append(explain.json_lines(name, document) if as_json else explain.whole(name, document))

    def _write_account(self) -> None:
        if self._request.explain_file is not None:
            write_file(Path(self._request.explain_file), "".join(self._account).encode("utf-8", "replace"))

    def _summary(self, plan: Plan) -> str:
        total = len(plan.tasks) + len(plan.failures)
        counted = ", ".join(f"{count} {word}" for word, count in sorted(self._counts.items()))
        skipped = ", ".join(f"{count} {reason}" for reason, count in sorted(plan.skipped.items()))
        files = "1 file" if total == 1 else f"{total} files"
        return f"{files}{': ' if counted else ''}{counted}{f' (skipped: {skipped})' if skipped else ''}"


def _described(document: Document) -> str:
    encoding = document.encoding
    repairs = f", {len(encoding.repairs)} repairs" if encoding.repairs else ""
    removed = f"{len(document.removed)} removed" if document.removed else "nothing removed"
    return (
        f"{document.kind} in {encoding.name} ({encoding.evidence}){repairs}, "
        f"{document.outcome}, {removed}, sureness {document.sureness:.2f}"
    )
