"""`--report`: the outcome of each input, as JSON, CSV or a page to look at; written while the run goes on."""

from __future__ import annotations

import csv
import io
import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from typing import IO, TYPE_CHECKING, Protocol

from cleaner.cli import report_page
from cleaner.cli.console import shown
from cleaner.files import written_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cleaner.batch.work import Result


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one input; None stands for what is not known.

    `size` is in bytes; `replaced` and `lost` count characters that are not of the charset, or were lost before.
    """

    input: str
    output: str | None
    outcome: str
    error: str | None
    kind: str | None
    encoding: str | None
    replaced: int | None
    lost: int | None
    size: int | None
    removed: int | None
    sureness: float | None
    seconds: float | None

    @classmethod
    def of(cls, result: Result) -> Row:
        """The row of a result."""
        document, facts = result.document, result.facts
        return cls(
            input=shown(result.task.name),
            output=None if result.task.output is None or result.error else shown(str(result.task.output)),
            outcome=result.outcome,
            error=None if result.error is None else shown(str(result.error)),
            kind=None if document is None else document.kind,
            encoding=None if document is None else document.encoding.name,
            replaced=None if document is None else document.encoding.replaced,
            lost=None if document is None else document.encoding.lost,
            size=None if facts is None else facts.size,
            removed=None if facts is None or document is None else facts.removals,
            sureness=None if document is None else round(document.sureness, 4),
            seconds=None if facts is None else facts.seconds,
        )


class Writer(Protocol):
    """Writes a report of one kind."""

    def begin(self) -> str:
        """What stands before the rows."""

    def row(self, row: Row) -> str:
        """One row."""

    def end(self, counts: dict[str, int]) -> str:
        """What stands after them; `counts` is how many inputs had each outcome."""


class JsonWriter:
    """An object with `files`, a list of rows, and `outcomes`."""

    def __init__(self) -> None:
        self._separator = "\n"

    def begin(self) -> str:
        """The opening of the list."""
        return '{"files": ['

    def row(self, row: Row) -> str:
        """An object."""
        separator, self._separator = self._separator, ",\n"
        return separator + json.dumps(asdict(row), ensure_ascii=False)

    def end(self, counts: dict[str, int]) -> str:
        """The outcomes."""
        return f'\n], "outcomes": {json.dumps(counts, ensure_ascii=False)}}}\n'


class CsvWriter:
    """A heading and a row an input, with commas, as RFC 4180 has it."""

    def begin(self) -> str:
        """The heading."""
        return self._line([field.name for field in fields(Row)])

    def row(self, row: Row) -> str:
        """The values; nothing for what is not known."""
        return self._line(list(asdict(row).values()))

    def end(self, counts: dict[str, int]) -> str:
        """Nothing: a table has rows only."""
        del counts
        return ""

    @staticmethod
    def _line(values: list[object]) -> str:
        # A text that begins like a formula would be run by a spreadsheet; an apostrophe makes it text there.
        safe = [
            f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value
            for value in values
        ]
        line = io.StringIO()
        csv.writer(line).writerow(safe)
        return line.getvalue()


class HtmlWriter:
    """A page with a table, in the style of `cleaner report`."""

    def begin(self) -> str:
        """The head, and the table's headings."""
        return report_page.head("cleaner: what became of each input") + report_page.table_head(
            [field.name for field in fields(Row)]
        )

    def row(self, row: Row) -> str:
        """A row, marked by its outcome."""
        return report_page.table_row(list(asdict(row).values()), row.outcome)

    def end(self, counts: dict[str, int]) -> str:
        """The outcomes."""
        counted = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
        return report_page.table_end() + report_page.paragraph(counted) + report_page.foot()


_WRITERS: dict[str, type[Writer]] = {".json": JsonWriter, ".csv": CsvWriter, ".html": HtmlWriter}
SUFFIXES = frozenset(_WRITERS)


class ReportFile:
    """A report that is being written."""

    def __init__(self, file: IO[bytes], writer: Writer) -> None:
        self._file = file
        self._writer = writer
        self._counts: dict[str, int] = {}

    def add(self, result: Result) -> None:
        """Write what became of an input."""
        self._counts[result.outcome] = self._counts.get(result.outcome, 0) + 1
        self.write(self._writer.row(Row.of(result)))

    def write(self, text: str) -> None:
        """Write text as it is."""
        self._file.write(text.encode("utf-8", "backslashreplace"))

    def finish(self) -> None:
        """Write what stands after the rows."""
        self.write(self._writer.end(dict(sorted(self._counts.items()))))


@contextmanager
def report_file(path: Path) -> Iterator[ReportFile]:
    """A report in the format of the path's suffix; it takes its place when all is written. Raises UnwritableOutput."""
    writer = _WRITERS[path.suffix.lower()]()
    with written_whole(path) as file:
        report = ReportFile(file, writer)
        report.write(writer.begin())
        yield report
        report.finish()
