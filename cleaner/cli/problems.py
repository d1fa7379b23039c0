"""What a check found, as other programs take it: workflow commands of GitHub, SARIF, JSON lines."""

from __future__ import annotations

import json
import os
from bisect import bisect_left
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

import cleaner
from cleaner.cli.console import shown
from cleaner.files import write_standard_output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Document, Encoding, Finding, Removal
    from cleaner.errors import CleanerError

ProblemFormat = Literal["github", "sarif", "json"]
FORMATS: tuple[ProblemFormat, ...] = ("github", "sarif", "json")
Severity = Literal["error", "warning", "notice"]

# Of a removed line, enough to know it again in a list of annotations.
_EXCERPT = 120
# Of the places that were replaced, so many get an annotation of their own.
_MOST_PLACES = 5
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SARIF_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "notice": "note"}
# How workflow commands write what would end them, in their text; in their properties colons and commas as well.
_IN_TEXT = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_TEXT, ":": "%3A", ",": "%2C"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a check found.

    line, end_line, column  in the file, from 1; None for HTML, whose text has lines of its own, and for whole files
    category                that of a removal, `encoding`, or `failed`
    """

    file: str
    severity: Severity
    category: str
    rule: str
    message: str
    line: int | None = None
    end_line: int | None = None
    column: int | None = None


def removal_problems(name: str, document: Document, *, changed: bool) -> Iterator[Problem]:
    """What cleaning would take out of a file, what was found and stays, and what else would change, if `changed`."""
    found = 0
    for removal in document.removed:
        found += 1
        yield _removal(name, document, removal, "warning", "would be removed")
    starts = [removal.start for removal in document.removed]
    for finding in document.findings:
        before = bisect_left(starts, finding.end) - 1  # removals stand in order
        if before < 0 or document.removed[before].end <= finding.start:
            yield _removal(name, document, finding, "notice", finding.message or "found")
    for problem in encoding_problems(name, document.encoding):
        found += problem.severity == "warning"
        yield problem
    if changed and not found:
        message = "control characters would go, or the Unicode form change"
        yield Problem(name, "warning", "encoding", "characters", message)


def encoding_problems(name: str, encoding: Encoding) -> Iterator[Problem]:
    """What is wrong with the characters of a file."""
    for step in encoding.repairs:
        yield Problem(name, "warning", "encoding", "mojibake", f"mojibake would be turned back: {step}")
    for line, column in encoding.places[:_MOST_PLACES]:
        message = f"not {encoding.name}, and replaced by U+FFFD ({encoding.replaced} in the file)"
        yield Problem(name, "warning", "encoding", "replaced", message, line, line, column)
    for kind in encoding.invisible:
        message = f"characters that nobody sees, from this line on: {kind.count} {kind.kind}"
        yield Problem(name, "warning", "hidden", kind.kind, message, kind.line, kind.line)
    if encoding.lost:
        message = f"characters lost before, and not to be brought back: {encoding.lost}"
        yield Problem(name, "notice", "encoding", "lost", message)


def failure(name: str, error: CleanerError) -> Problem:
    """An input that could not be looked at."""
    return Problem(name, "error", "failed", "failed", str(error))


class ProblemWriter:
    """Writes problems to standard output: each file's at once, or for SARIF all of them at the end."""

    def __init__(self, shape: ProblemFormat) -> None:
        self._shape = shape
        self._all: list[Problem] = []

    def add(self, problems: list[Problem]) -> None:
        """Take the problems of a file."""
        if self._shape == "sarif":
            self._all += problems
        elif problems:
            write = _github if self._shape == "github" else _json
            write_standard_output("".join(map(write, problems)).encode("utf-8", "replace"))

    def end(self) -> None:
        """Write what is left."""
        if self._shape == "sarif":
            text = json.dumps(_sarif(self._all), ensure_ascii=False, indent=2) + "\n"
            write_standard_output(text.encode("utf-8", "replace"))


def _removal(name: str, document: Document, item: Removal | Finding, severity: Severity, what: str) -> Problem:
    text = shown(" ".join(item.text.split()))
    text = text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"
    line = None if document.kind == "html" else item.line
    end = None if line is None else line + item.text.rstrip("\n").count("\n")
    return Problem(name, severity, str(item.category), item.rule, f"{what}: {text}", line, end)


def _github(problem: Problem) -> str:
    properties = {
        "file": PurePath(problem.file).as_posix(),
        "line": problem.line,
        "endLine": problem.end_line,
        "col": problem.column,
        "title": f"cleaner: {problem.category} ({problem.rule})",
    }
    said = [f"{key}={_escaped(str(value), _IN_PROPERTIES)}" for key, value in properties.items() if value is not None]
    return f"::{problem.severity} {','.join(said)}::{_escaped(problem.message, _IN_TEXT)}\n"


def _escaped(text: str, codes: dict[str, str]) -> str:
    return "".join(codes.get(letter, letter) for letter in text)


def _json(problem: Problem) -> str:
    return json.dumps({**asdict(problem), "file": shown(problem.file)}, ensure_ascii=False) + "\n"


def _sarif(problems: list[Problem]) -> dict[str, object]:
    """A log of one run, in the shape of SARIF 2.1.0."""
    rules = {_rule_id(problem): problem for problem in problems}
    places = {rule: number for number, rule in enumerate(rules)}
    driver = {
        "name": "cleaner",
        "version": cleaner.__version__,
        "rules": [{"id": rule, "shortDescription": {"text": one.category}} for rule, one in rules.items()],
    }
    results = [
        {
            "ruleId": _rule_id(problem),
            "ruleIndex": places[_rule_id(problem)],
            "level": _SARIF_LEVELS[problem.severity],
            "message": {"text": problem.message},
            "locations": [
                {"physicalLocation": {"artifactLocation": {"uri": _uri(problem.file)}, "region": _region(problem)}}
            ],
        }
        for problem in problems
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule_id(problem: Problem) -> str:
    return f"{problem.category}/{problem.rule}"


def _region(problem: Problem) -> dict[str, int]:
    """The lines; the first one where there are none to name, since viewers show no result without a line."""
    region = {"startLine": problem.line or 1}
    if problem.end_line is not None:
        region["endLine"] = problem.end_line
    if problem.column is not None:
        region["startColumn"] = problem.column
    return region


def _uri(name: str) -> str:
    from urllib.parse import quote

    path = PurePath(name)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()), safe="/")
