"""`cleaner detect`: what an input is, before anything is done with it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import click

from cleaner.cli.console import shown
from cleaner.cli.named_files import NamedFiles, helped
from cleaner.cli.page_options import encoding_option
from cleaner.cli.problems import ProblemWriter, encoding_problems, failure
from cleaner.cli.root import CONTEXT
from cleaner.cli.settings import settings_options
from cleaner.cli.tables import write_table
from cleaner.errors import ExitCode
from cleaner.files import write_standard_output

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
@encoding_option
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
    if helped(files):
        return ExitCode.USAGE
    inputs = NamedFiles(files)
    if shape in ("github", "sarif"):
        problems = ProblemWriter(shape)
        for name, document in inputs.documents(lambda name, error: problems.add([failure(name, error)])):
            problems.add(list(encoding_problems(name, document.encoding)))
        problems.end()
        return inputs.code
    found = [_detected(name, document) for name, document in inputs.documents()]
    if shape == "json":
        lines = [json.dumps(asdict(item), ensure_ascii=False) + "\n" for item in found]
        write_standard_output("".join(lines).encode())
    elif found:
        remarks = [f"{item.file}: {remark}" for item in found for remark in item.remarks()]
        write_table(_HEADINGS, [_row(item) for item in found], remarks)
    return inputs.code


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
