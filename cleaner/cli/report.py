"""What is said of a run while it goes on and at its end, and the outcome code that follows from it."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.batch.work import Action
from cleaner.cli import account
from cleaner.cli.console import report, say, shown
from cleaner.cli.problems import ProblemWriter, failure, removal_problems
from cleaner.cli.report_file import report_file
from cleaner.errors import ExitCode
from cleaner.files import written_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from cleaner.batch.plan import Plan
    from cleaner.batch.work import Result
    from cleaner.cli.problems import Problem
    from cleaner.cli.report_file import ReportFile
    from cleaner.cli.request import Request
    from cleaner.document import Document

# The slowest and least sure files that the summary names, if they are slow (seconds) and unsure (0 to 1) at all.
_MOST = 3
_SLOW = 5.0
_UNSURE = 0.2
# Of fewer files than this nobody needs a choice.
_SEVERAL = 10
_JSON_SUFFIXES = (".json", ".jsonl")


class Report:
    """The outcomes of a run over a plan, counted."""

    def __init__(self, request: Request, plan: Plan) -> None:
        self._request = request
        self._plan = plan
        self._talk = request.talk
        self._counts: Counter[str] = Counter()
        self._counts_of_harm: Counter[str] = Counter()
        self._error_code: ExitCode | None = None
        self._account: IO[bytes] | None = None
        self._rows: ReportFile | None = None
        self._problems = None if request.problems is None else ProblemWriter(request.problems)
        self._slowest: list[tuple[float, str]] = []
        self._least_sure: list[tuple[float, str]] = []

    @contextmanager
    def following(self) -> Iterator[Callable[[Result], None]]:
        """Say what the plan holds, hand out the function that takes each result, and say the rest at the end."""
        plan, request = self._plan, self._request
        for sentence in plan.renamed:
            self._talk.note(shown(sentence))
        for unread in plan.failures:
            self._counts["failed"] += 1
            report(unread.error, unread.name)
            if self._problems is not None:
                self._problems.add([failure(unread.name, unread.error)])
        with ExitStack() as stack:
            if request.explain_file is not None:
                self._account = stack.enter_context(written_whole(Path(request.explain_file)))
            if request.report_file is not None:
                self._rows = stack.enter_context(report_file(Path(request.report_file)))
            step = stack.enter_context(self._talk.progress(len(plan.tasks) if plan.many else 0))

            def see(result: Result) -> None:
                self._see(result)
                step(self._failures(), 1)

            yield see
        if self._problems is not None:
            self._problems.end()
        if plan.many:
            self._summarize()

    def is_enough(self) -> bool:
        """Whether there are as many failures as end the run."""
        most = self._request.most_failures
        return most is not None and self._failures() >= most

    def exit_code(self) -> ExitCode:
        """The outcome of the run."""
        if not self._plan.many:
            if self._error_code is not None:
                return self._error_code
        elif self._failures():
            return ExitCode.PARTIAL if len(self._plan.tasks) else ExitCode.USAGE
        elif not len(self._plan.tasks):
            return ExitCode.DONE if self._plan.forced else ExitCode.NOTHING
        return ExitCode.WOULD_CHANGE if self._counts["to be changed"] else ExitCode.DONE

    def _failures(self) -> int:
        """How many inputs have no output that should have one."""
        return self._counts["failed"] + self._counts["without a document"]

    def _see(self, result: Result) -> None:
        name, document, error = result.task.name, result.document, result.error
        self._counts[self._outcome(result)] += 1
        if self._rows is not None:
            self._rows.add(result)
        if result.facts is not None and not result.left_out:
            _keep(self._slowest, result.facts.seconds, name)
        if self._problems is not None:
            self._problems.add(_problems(result))
        if document is not None:
            _keep(self._least_sure, -document.sureness, name)
            self._tell(name, document)
        if error is not None:
            self._error_code = error.exit_code
            report(error, name)
        elif self._request.work.action is Action.CHECK and result.changed:
            self._talk.note(f"would change: {shown(name)}")
        elif document is not None:
            output = f" → {shown(str(result.task.output))}" if result.task.output else ""
            removed = result.facts.removals if result.facts is not None else 0
            self._talk.detail(f"{shown(name)}{output}: {_described(document, removed)}")
        elif result.left_out:
            self._talk.detail(f"{shown(name)}: its output is there already")

    def _outcome(self, result: Result) -> str:
        """The word under which the summary counts a result."""
        if result.outcome == "cleaned" and self._request.work.action is Action.CHECK:
            return "to be changed"
        return "without a document" if result.outcome == "nothing" else result.outcome

    def _tell(self, name: str, document: Document) -> None:
        each = self._talk.note if not self._plan.many else self._talk.detail
        if document.encoding.replaced:
            self._counts_of_harm["bytes that are not of their charset"] += 1
            count, charset = document.encoding.replaced, document.encoding.name
            each(f"{count} places are not {charset}, and became U+FFFD: {shown(name)}")
        if document.encoding.lost:
            self._counts_of_harm["characters that were lost before"] += 1
            lost = document.encoding.lost
            said = "1 character was" if lost == 1 else f"{lost} characters were"
            each(f"{said} lost before, and can't be brought back (U+FFFD, 锟斤拷, ???): {shown(name)}")
        if self._request.explain and self._talk.is_rich():
            account.print_table(self._talk.console(), name, document)
        elif self._request.explain:
            say(account.plain(name, document))
        if self._account is not None and self._request.explain_file is not None:
            as_json = self._request.explain_file.lower().endswith(_JSON_SUFFIXES)
            said = account.json_lines(name, document) if as_json else account.whole(name, document)
            self._account.write(said.encode("utf-8", "replace"))

    def _summarize(self) -> None:
        plan, talk = self._plan, self._talk
        total = len(plan.tasks) + len(plan.failures)
        counted = ", ".join(f"{count} {word}" for word, count in sorted(self._counts.items()))
        skipped = ", ".join(f"{count} {reason}" for reason, count in sorted(plan.skipped.items()))
        files = "1 file" if total == 1 else f"{total} files"
        talk.note(f"{files}{': ' if counted else ''}{counted}{f' (skipped: {skipped})' if skipped else ''}")
        if untried := total - self._counts.total():
            talk.note(f"ended after {self._failures()} failures; not tried, or not waited for: {untried}")
        for harm, count in self._counts_of_harm.items():
            files = "1 file holds" if count == 1 else f"{count} files hold"
            talk.note(f"{files} {harm}: -v names them, --report lists them")
        slow = [f"{shown(name)} ({seconds:.1f} s)" for seconds, name in self._slowest if seconds >= _SLOW]
        unsure = [f"{shown(name)} ({-sureness:.2f})" for sureness, name in self._least_sure if -sureness <= _UNSURE]
        if slow:
            talk.note(f"slowest: {', '.join(slow)}")
        if unsure and total >= _SEVERAL:
            talk.note(f"least sure: {', '.join(unsure)}")


def _problems(result: Result) -> list[Problem]:
    name, document = result.task.name, result.document
    if result.error is not None or document is None:
        return [] if result.error is None else [failure(name, result.error)]
    return list(removal_problems(name, document, changed=result.changed))


def _keep(best: list[tuple[float, str]], value: float, name: str) -> None:
    """Keep the greatest values, the first of them where they are equal."""
    best.append((value, name))
    best.sort(key=lambda pair: -pair[0])
    del best[_MOST:]


def _described(document: Document, removed: int) -> str:
    encoding = document.encoding
    repairs = f", {len(encoding.repairs)} repairs" if encoding.repairs else ""
    account = f"{removed} removed" if removed else "nothing removed"
    return (
        f"{document.kind} in {encoding.name} ({encoding.evidence}){repairs}, "
        f"{document.outcome}, {account}, sureness {document.sureness:.2f}"
    )
