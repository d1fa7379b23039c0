"""`cleaner meta`: who wrote a document, when, and where it is from, with where each was found."""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.console import is_terminal, rich_console, shown
from cleaner.cli.named_files import NamedFiles, has_no_text, helped
from cleaner.cli.page_options import encoding_option
from cleaner.cli.root import CONTEXT
from cleaner.cli.settings import settings_options
from cleaner.cli.tables import aligned
from cleaner.errors import ExitCode
from cleaner.files import write_standard_output
from cleaner.writers.front_matter import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.document import Document, Metadata


@dataclass(frozen=True, slots=True)
class Described:
    """A file and what is known about the document in it."""

    file: str
    metadata: Metadata

    def values(self) -> dict[str, str | None]:
        """The file's name and each field's value, in the fields' order."""
        return {"file": self.file, **{name: getattr(self.metadata, name) for name in FIELDS}}

    def rows(self) -> list[tuple[str, str, str]]:
        """Each field that has a value, the value, and where it was found."""
        found = self.metadata.evidence
        return [
            (name.replace("_", " "), shown(value), found.get(name, ""))
            for name, value in self.values().items()
            if value and name not in ("file", "date_precision")
        ]


@click.command(context_settings=CONTEXT)
@click.argument("files", nargs=-1, type=click.Path(path_type=str), metavar="[FILES]...")
@settings_options
@encoding_option
@click.option("--url", help="The address of the page: links are resolved against it, and it is evidence.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "json", "jsonl", "csv"]),
    default="table",
    help="A table for people; an array, lines of JSON, or CSV for programs.",
)
def meta(files: tuple[str, ...], url: str | None, shape: str, **_said: Any) -> int:
    """Title, author, date, source and the like of files or of standard input, and where each was found."""
    if helped(files):
        return ExitCode.USAGE
    inputs = NamedFiles(files, url=url, is_empty=_tells_nothing)
    described = [Described(shown(name), document.metadata) for name, document in inputs.documents()]
    if described:
        SHAPES[shape](described)
    return inputs.code


def _tells_nothing(document: Document) -> bool:
    return has_no_text(document) and not document.metadata.evidence


def _object(item: Described) -> dict[str, object]:
    return {**item.values(), "evidence": item.metadata.evidence}


def _write_json(described: list[Described]) -> None:
    text = json.dumps([_object(item) for item in described], ensure_ascii=False, indent=2)
    write_standard_output((text + "\n").encode("utf-8", "replace"))


def _write_lines(described: list[Described]) -> None:
    lines = [json.dumps(_object(item), ensure_ascii=False) + "\n" for item in described]
    write_standard_output("".join(lines).encode("utf-8", "replace"))


def _write_csv(described: list[Described]) -> None:
    """One line a file; where the values were found is left to the other formats."""
    out = io.StringIO()
    writer = csv.DictWriter(out, ["file", *FIELDS], lineterminator="\n")
    writer.writeheader()
    for item in described:
        writer.writerow(item.values())
    write_standard_output(out.getvalue().encode("utf-8", "replace"))


def _write_table(described: list[Described]) -> None:
    if is_terminal(sys.stdout):
        _print_tables(described)
        return
    parts = []
    for item in described:
        rows = aligned([(name, found, value) for name, value, found in item.rows()])
        parts.append("\n".join([item.file, *(f"  {row}" for row in rows)]) + "\n")
    write_standard_output("\n".join(parts).encode("utf-8", "replace"))


def _print_tables(described: list[Described]) -> None:
    from rich.table import Table
    from rich.text import Text

    console = rich_console(sys.stdout, "auto")
    for item in described:
        table = Table(
            "field", "value", "found in", box=None, header_style="dim", pad_edge=False, title_justify="left",
            title=Text(item.file),
        )  # fmt: skip
        for name, value, found in item.rows():
            table.add_row(name, Text(value), Text(found, style="dim"))
        console.print(table)


SHAPES: dict[str, Callable[[list[Described]], None]] = {
    "table": _write_table,
    "json": _write_json,
    "jsonl": _write_lines,
    "csv": _write_csv,
}
