"""`cleaner detect`: what an input is, before anything is done with it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import click

from cleaner.batch.local import run_here
from cleaner.batch.roster import Task
from cleaner.batch.work import Action, Work
from cleaner.cli.console import is_terminal, report, rich_console, shown
from cleaner.cli.parameters import Charset
from cleaner.cli.problems import ProblemWriter, encoding_problems, failure
from cleaner.cli.root import CONTEXT
from cleaner.cli.settings import read_settings, settings_options
from cleaner.errors import EmptyInput, ExitCode
from cleaner.files import write_standard_output
from cleaner.options import Options

if TYPE_CHECKING:
    from cleaner.document import Document, Invisible


Shape = Literal["table", "json", "github", "sarif"]
# Of the charsets that were weighed, and of the places that are lost, so many tell enough in a table.
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Detected:
    """What an input is.

    encoding, evidence, sureness, declared, candidates, replaced, repairs, lost   as in `Encoding`
    places      line and column of the first U+FFFD that were put in
    invisible   the characters that nobody sees, as in `Encoding`
    cleaning    how sure cleaning it would be, 0 to 1
    """

    file: str
    encoding: str
    sureness: float
    evidence: str
    declared: str | None
    candidates: tuple[tuple[str, float], ...]
    replaced: int
    places: tuple[tuple[int, int], ...]
    repairs: tuple[str, ...]
    lost: int
    invisible: tuple[Invisible, ...]
    kind: str
    language: str | None
    cleaning: float

    def remarks(self) -> list[str]:
        """What doesn't fit into a row, a line each."""
        remarks: list[str] = []
        if len(self.candidates) > 1:
            weighed = ", ".join(f"{name} {bits:.0f}" for name, bits in self.candidates[:_MOST_SHOWN])
            remarks.append(f"bits in each charset: {weighed}")
        if self.replaced:
            places = ", ".join(f"{line}:{column}" for line, column in self.places[:_MOST_SHOWN])
            more = ", …" if len(self.places) > _MOST_SHOWN else ""
            remarks.append(f"not {self.encoding}, and replaced by U+FFFD: {self.replaced} (at {places}{more})")
        remarks += [f"repaired: {step}" for step in self.repairs]
        if self.lost:
            remarks.append(f"lost before, and not to be brought back: {self.lost}")
        if self.invisible:
            counted = ", ".join(f"{found.count} {found.kind} (from line {found.line})" for found in self.invisible)
            remarks.append(f"seen by nobody, and removed: {counted}")
        return remarks


@click.command(context_settings=CONTEXT)
@click.argument("files", nargs=-1, type=click.Path(path_type=str), metavar="[FILES]...")
@settings_options
@click.option("-e", "--encoding", type=Charset(), help="The charset of the input, where you know it better.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(get_args(Shape)),
    default="table",
    help="A table, JSON lines, or only what is wrong, for continuous integration.",
)
def detect(files: tuple[str, ...], shape: Shape, **_said: Any) -> int:
    """The charset, kind and language of files or of standard input, and how sure that is.

    Beside the charset stand what was declared and what decided; below the table, the bits that the text costs in each
    charset that was weighed (the fewest are the best), what was replaced and where, what was repaired or is lost, and
    how many characters there are that nobody sees.
    """
    if not files and is_terminal(sys.stdin):
        click.echo(click.get_current_context().get_help(), err=True)
        return ExitCode.USAGE
    settings = read_settings(click.get_current_context())
    tasks = [_task(file) for file in files or ("-",)]
    found: list[Detected] = []
    problems = ProblemWriter(shape) if shape in ("github", "sarif") else None
    code = ExitCode.DONE
    for result in run_here(tasks, Work(Options(), action=Action.READ, settings=settings)):
        document, error = result.document, result.error
        if document is not None and not document.source.strip():
            error = EmptyInput("there is no text in it")
        if error is not None:
            report(error, result.task.name)
            code = error.exit_code if len(tasks) == 1 else ExitCode.PARTIAL
            if problems is not None:
                problems.add([failure(result.task.name, error)])
        elif document is not None and problems is not None:
            problems.add(list(encoding_problems(result.task.name, document.encoding)))
        elif document is not None:
            found.append(_detected(result.task.name, document))
    if problems is not None:
        problems.end()
    elif shape == "json":
        lines = [json.dumps(asdict(item), ensure_ascii=False) + "\n" for item in found]
        write_standard_output("".join(lines).encode())
    elif found:
        _print_table(found)
    return code


def _task(file: str) -> Task:
    return Task(None, None, "standard input") if file == "-" else Task(Path(file), None, file)


def _detected(name: str, document: Document) -> Detected:
    encoding = document.encoding
    return Detected(
        file=shown(name),
        encoding=encoding.name,
        sureness=round(encoding.sureness, 2),
        evidence=encoding.evidence,
        declared=encoding.declared,
        candidates=encoding.candidates,
        replaced=encoding.replaced,
        places=encoding.places,
        repairs=encoding.repairs,
        lost=encoding.lost,
        invisible=encoding.invisible,
        kind=document.kind,
        language=document.metadata.language,
        cleaning=round(document.sureness, 2),
    )


_HEADINGS = ("file", "encoding", "sure", "declared", "evidence", "kind", "language", "cleaning")


def _row(item: Detected) -> tuple[str, ...]:
    return (
        item.file,
        item.encoding,
        f"{item.sureness:.2f}",
        shown(item.declared) if item.declared else "-",
        item.evidence,
        item.kind,
        item.language or "?",
        f"{item.cleaning:.2f}",
    )


def _print_table(found: list[Detected]) -> None:
    rows = [_row(item) for item in found]
    remarks = [f"{item.file}: {remark}" for item in found for remark in item.remarks()]
    if is_terminal(sys.stdout):
        from rich.table import Table

        table = Table(*_HEADINGS, box=None, header_style="dim", pad_edge=False)
        for row in rows:
            table.add_row(*row)
        console = rich_console(sys.stdout, "auto")
        console.print(table)
        for remark in remarks:
            console.print(remark, markup=False, highlight=False)
        return
    widths = [max(len(row[column]) for row in (_HEADINGS, *rows)) for column in range(len(_HEADINGS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (_HEADINGS, *rows)
    ]
    write_standard_output(("\n".join([*lines, *remarks]) + "\n").encode("utf-8", "replace"))
