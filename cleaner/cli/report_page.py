"""The page that a report is, whichever it is: one style, a strict policy, tables whose cells are escaped."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from cleaner.content_policy import content_policy

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere, by a relative address."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Code:
    """A cell that is to be typed."""

    text: str


Cell = str | int | float | Link | Code | None


def head(title: str) -> str:
    """What stands before everything: the page loads nothing, runs nothing, and obeys only its own style."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{content_policy(style=_style())}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{_style()}</style>\n</head>\n<body>\n"
        f"<main>\n<h1>{html.escape(title)}</h1>\n"
    )


def foot() -> str:
    """What stands after everything."""
    return "</main>\n</body>\n</html>\n"


def paragraph(text: str) -> str:
    """A line of text."""
    return f"<p>{html.escape(text)}</p>\n"


def table_head(headings: Sequence[str], numbers: Sequence[int] = ()) -> str:
    """The beginning of a table; the columns `numbers` are figures."""
    cells = "".join(
        f'<th scope="col"{_NUMBER if place in numbers else ""}>{html.escape(heading)}</th>'
        for place, heading in enumerate(headings)
    )
    return f'<div class="scroll" tabindex="0"><table>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n'


def table_row(cells: Sequence[Cell], mark: str = "") -> str:
    """A row; `mark` is its class. Figures stand to the right, what is not known is empty."""
    marked = f' class="{html.escape(mark)}"' if mark else ""
    return f"<tr{marked}>{''.join(map(_cell, cells))}</tr>\n"


def table_end() -> str:
    """The end of a table."""
    return "</tbody>\n</table></div>\n"


_NUMBER = ' class="number"'


def _cell(cell: Cell) -> str:
    match cell:
        case None:
            return "<td></td>"
        case Link():
            return f'<td><a href="{html.escape(cell.address)}">{html.escape(cell.text)}</a></td>'
        case Code():
            return f"<td><code>{html.escape(cell.text)}</code></td>"
        case int() | float():
            return f"<td{_NUMBER}>{cell:,}</td>" if isinstance(cell, int) else f"<td{_NUMBER}>{cell:,.2f}</td>"
        case str():
            return f"<td>{html.escape(cell)}</td>"


@cache
def _style() -> str:
    return (files("cleaner") / "data" / "report" / "style.css").read_text("utf-8")
