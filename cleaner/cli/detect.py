"""`cleaner detect`: what an input is, before anything is done with it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.batch.local import Action, Work, run
from cleaner.batch.plan import Task
from cleaner.cli.console import is_terminal, report, rich_console, shown
from cleaner.cli.parameters import Charset
from cleaner.cli.root import CONTEXT
from cleaner.errors import EmptyInput, ExitCode
from cleaner.files import write_standard_output
from cleaner.options import Options

if TYPE_CHECKING:
    from cleaner.document import Document


@dataclass(frozen=True, slots=True)
class Detected:
    """What an input is; `sureness` is that of cleaning it, 0 to 1."""

    file: str
    encoding: str
    evidence: str
    kind: str
    language: str | None
    sureness: float


@click.command(context_settings=CONTEXT)
@click.argument("files", nargs=-1, type=click.Path(path_type=str), metavar="[FILES]...")
@click.option("-e", "--encoding", type=Charset(), help="The charset of the input, where you know it better.")
@click.option(
    "--format", "shape", type=click.Choice(["table", "json"]), default="table", help="A table, or JSON lines."
)
def detect(files: tuple[str, ...], encoding: str | None, shape: str) -> int:
    """The charset, kind and language of files or of standard input, and how sure cleaning them would be."""
    if not files and is_terminal(sys.stdin):
        click.echo(click.get_current_context().get_help(), err=True)
        return ExitCode.USAGE
    tasks = [_task(file) for file in files or ("-",)]
    found: list[Detected] = []
    code = ExitCode.DONE
    for result in run(tasks, Work(Options(encoding=encoding), action=Action.READ)):
        document, error = result.document, result.error
        if document is not None and not document.source.strip():
            error = EmptyInput("there is no text in it")
        if error is not None:
            report(error, result.task.name)
            code = error.exit_code if len(tasks) == 1 else ExitCode.PARTIAL
        elif document is not None:
            found.append(_detected(result.task.name, document))
    if shape == "json":
        lines = [json.dumps(asdict(item), ensure_ascii=False) + "\n" for item in found]
        write_standard_output("".join(lines).encode())
    elif found:
        _print_table(found)
    return code


def _task(file: str) -> Task:
    return Task(None, None, "standard input") if file == "-" else Task(Path(file), None, file)


def _detected(name: str, document: Document) -> Detected:
    encoding, language = document.encoding, document.metadata.language
    return Detected(shown(name), encoding.name, encoding.evidence, document.kind, language, round(document.sureness, 2))


def _print_table(found: list[Detected]) -> None:
    headings = ("file", "encoding", "evidence", "kind", "language", "sureness")
    rows = [
        (item.file, item.encoding, item.evidence, item.kind, item.language or "?", f"{item.sureness:.2f}")
        for item in found
    ]
    if is_terminal(sys.stdout):
        from rich.table import Table

        table = Table(*headings, box=None, header_style="dim", pad_edge=False)
        for row in rows:
            table.add_row(*row)
        rich_console(sys.stdout, "auto").print(table)
        return
    widths = [max(len(row[column]) for row in (headings, *rows)) for column in range(len(headings))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (headings, *rows)
    ]
    write_standard_output(("\n".join(lines) + "\n").encode("utf-8", "replace"))
