"""The account of what was removed, for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from cleaner.cli.console import shown
from cleaner.cli.tables import aligned
from cleaner.verdict import Category

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from cleaner.document import Document, Finding, Invisible, Removal

_HEADINGS = ("line", "category", "score", "rule", "text")
_FIGURES = (0, 2)
# Enough of a removed line to know it again, on a terminal of 80 columns.
_EXCERPT = 60


class _Row(NamedTuple):
    line: str
    category: str
    score: str
    rule: str
    text: str


def plain(name: str, document: Document) -> str:
    """The account as lines whose columns stand under each other."""
    return _lines(name, document, _EXCERPT)


def print_table(console: Console, name: str, document: Document) -> None:
    """The account as a table on a terminal."""
    from rich.table import Table
    from rich.text import Text

    console.print(Text(_title(name, document), style="bold"))
    rows = list(_rows(document, limit=None))
    if not rows:
        return
    table = Table(box=None, header_style="dim", pad_edge=False)
    table.add_column("line", justify="right", style="dim")
    table.add_column("category", style="cyan", no_wrap=True)
    table.add_column("score", justify="right")
    table.add_column("rule", style="dim", overflow="fold")
    table.add_column("text", ratio=1, no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    console.print(table)


def whole(name: str, document: Document) -> str:
    """The account for a file: as `plain`, with the whole text of each removal, and a blank line after it."""
    return _lines(name, document, limit=None) + "\n\n"


def json_lines(name: str, document: Document) -> str:
    """The account as a JSON object a line, one for each removal, finding and kind of invisible character."""
    entries = [_entry(name, "removed", removal) for removal in document.removed]
    entries += [{**_entry(name, "finding", found), "message": found.message} for found in document.findings]
    entries += [_invisible_entry(name, found) for found in document.encoding.invisible]
    return "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)


def _entry(name: str, what: str, item: Removal | Finding) -> dict[str, object]:
    return {
        "file": shown(name),
        "type": what,
        "line": item.line,
        "start": item.start,
        "end": item.end,
        "category": str(item.category),
        "rule": item.rule,
        "score": round(item.score, 4),
        "text": item.text,
    }


def _invisible_entry(name: str, found: Invisible) -> dict[str, object]:
    return {
        "file": shown(name),
        "type": "invisible",
        "line": found.line,
        "category": str(Category.HIDDEN),
        "rule": found.kind,
        "count": found.count,
    }


def _lines(name: str, document: Document, limit: int | None) -> str:
    rows = [_Row(*_HEADINGS), *_rows(document, limit)]
    return "\n".join([_title(name, document), *(aligned(rows, right=_FIGURES) if len(rows) > 1 else ())])


def _title(name: str, document: Document) -> str:
    removed = len(document.removed)
    findings = f", {len(document.findings)} found" if document.findings else ""
    return (
        f"{shown(name)}: {document.outcome}, {removed or 'nothing'} removed{findings}, sureness {document.sureness:.2f}"
    )


def _rows(document: Document, limit: int | None) -> Iterator[_Row]:
    """A row for each removal, then one for each finding, with its message; then what nobody sees."""
    for removal in document.removed:
        yield _Row(
            str(removal.line), removal.category, f"{removal.score:.2f}", removal.rule, _excerpt(removal.text, limit)
        )
    for found in document.findings:
        text = f"found: {found.message}: {found.text}" if found.message else f"found: {found.text}"
        yield _Row(str(found.line), found.category, f"{found.score:.2f}", found.rule, _excerpt(text, limit))
    for gone in document.encoding.invisible:
        text = f"{gone.count} removed, of which the first is on this line of the input"
        yield _Row(str(gone.line), Category.HIDDEN, "1.00", gone.kind, text)


def _excerpt(text: str, limit: int | None) -> str:
    line = shown(" ".join(text.split()))
    return line if limit is None or len(line) <= limit else line[: limit - 1] + "…"
