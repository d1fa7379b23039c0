"""Tables: spans spread over a full grid, layout tables unwrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from cleaner.document import Cell, Paragraph, Table, Text

if TYPE_CHECKING:
    from turbohtml import Element

    from cleaner.document import Alignment, Block, Runs

# No table that people read spans more; a page may claim a billion.
_MAX_SPAN = 50
# Ragged rows may fill up to this many cells for each real one; beyond, the markup is no table of data.
_MAX_FILL = 8
_FREE_CELLS = 2000
# A value is repeated down the rows that it spans, so that each row stands alone, unless it is long.
_LONGEST_REPEATED = 80
_ALIGN = re.compile(r"text-align\s{0,4}:\s{0,4}(left|right|center)", re.IGNORECASE)


@dataclass(slots=True)
class CellDraft:
    """A cell as the page has it."""

    blocks: tuple[Block, ...]
    header: bool
    columns: int
    rows: int
    alignment: Alignment


@dataclass(slots=True)
class TableDraft:
    """A table while it is being read; `nested` if another table stands in one of its cells."""

    layout: bool
    nested: bool = False
    rows: list[list[CellDraft]] = field(default_factory=list)
    caption: Runs = ()


def begin_table(element: Element) -> TableDraft:
    """The draft of a `table` element."""
    return TableDraft(layout=(element.attr("role") or "").lower() in ("presentation", "none"))


def cell_draft(element: Element, blocks: tuple[Block, ...]) -> CellDraft:
    """The draft of a `td` or `th` element with what stands in it."""
    return CellDraft(
        blocks, element.tag == "th", _span(element, "colspan"), _span(element, "rowspan"), _alignment(element)
    )


def finish_table(draft: TableDraft) -> tuple[Block, ...]:
    """The table, or what stands in its cells if it only lays out the page, or if it is too ragged to be data."""
    rows = [row for row in draft.rows if row]
    cells = sum(len(row) for row in rows)
    if draft.layout or draft.nested or cells <= 1:
        return _unwrapped(rows, draft.caption)
    grid = _grid(rows, cells)
    if grid is None:
        return _unwrapped(rows, draft.caption)
    grid = [row for row in grid if any(cell is not None and cell.blocks for cell in row)]
    width = max(
        (index + 1 for row in grid for index, cell in enumerate(row) if cell is not None and cell.blocks), default=0
    )
    if len(grid) * width <= 1:
        return _unwrapped([[cell for cell in row if cell is not None] for row in grid], draft.caption)
    empty = Cell(())
    table = tuple(
        tuple(Cell(cell.blocks, cell.header) if cell is not None else empty for cell in row[:width]) for row in grid
    )
    alignments = tuple(cell.alignment if cell is not None else None for cell in grid[0][:width])
    return (Table(table, alignments, draft.caption),)


def _grid(rows: list[list[CellDraft]], cells: int) -> list[list[CellDraft | None]] | None:
    """The cells on a full grid, None where nothing stands; None if the grid would be far larger than the table."""
    blank_down = any(cell.rows > 1 and _length(cell.blocks) > _LONGEST_REPEATED for row in rows for cell in row)
    taken: dict[tuple[int, int], CellDraft] = {}
    width = 0
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            while (top, left) in taken:
                left += 1
            for down in range(min(cell.rows, len(rows) - top)):
                for right in range(cell.columns):
                    repeated = right == 0 and (down == 0 or not blank_down)
                    value = cell if repeated else CellDraft((), cell.header, 1, 1, cell.alignment)
                    taken.setdefault((top + down, left + right), value)
            left += cell.columns
            if len(taken) > _FREE_CELLS + _MAX_FILL * cells:
                return None
        width = max(width, left)
    width = max((column + 1 for _, column in taken), default=0)
    if width * len(rows) > _FREE_CELLS + _MAX_FILL * cells:
        return None
    return [[taken.get((row, column)) for column in range(width)] for row in range(len(rows))]


def _unwrapped(rows: list[list[CellDraft]], caption: Runs) -> tuple[Block, ...]:
    before: tuple[Block, ...] = (Paragraph(caption),) if caption else ()
    return before + tuple(block for row in rows for cell in row for block in cell.blocks)


def _span(element: Element, name: str) -> int:
    value = (element.attr(name) or "").strip()
    if not value.isascii() or not value.isdigit():
        return 1
    return max(1, min(_MAX_SPAN, int(value[:9])))


def _alignment(element: Element) -> Alignment:
    match = _ALIGN.search(element.attr("style") or "")
    value = match[1].lower() if match else (element.attr("align") or "").lower()
    return cast("Alignment", value) if value in ("left", "center", "right") else None


def _length(blocks: tuple[Block, ...]) -> int:
    """The characters of the text in the blocks, where it is plain to see; nested blocks count as long."""
    length = 0
    for block in blocks:
        if type(block) is not Paragraph:
            return _LONGEST_REPEATED + 1
        length += sum(len(run.text) for run in block.runs if type(run) is Text)
    return length
