"""Rows whose columns stand under each other: in plain lines, or as a table on a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cleaner.cli.console import is_terminal, rich_console
from cleaner.files import write_standard_output
from cleaner.widths import columns

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_GAP = "  "


def aligned(rows: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> list[str]:
    """A line for each row; the columns `right`, counted from 0, stand to the right, the others to the left.

    The last column is padded only on its left, so that one long text costs the other rows nothing.
    """
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    last = len(widths) - 1
    return [
        _GAP.join(
            " " * (width - columns(cell)) + cell
            if place in right
            else cell
            if place == last
            else cell + " " * (width - columns(cell))
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def write_table(headings: Sequence[str], rows: Sequence[Sequence[str]], remarks: Sequence[str] = ()) -> None:
    """Write a table to standard output, and below it `remarks`, a line each."""
    if not is_terminal(sys.stdout):
        lines = [*aligned([headings, *rows]), *remarks]
        write_standard_output(("\n".join(lines) + "\n").encode("utf-8", "replace"))
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(*headings, box=None, header_style="dim", pad_edge=False)
    for row in rows:
        table.add_row(*map(Text, row))
    console = rich_console(sys.stdout, "auto")
    console.print(table)
    for remark in remarks:
        console.print(Text(remark))
