"""Rows of bare text → a table, or, where the cells don't line up, the rows to the letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.building.line_runs import runs_of
from cleaner.building.line_shapes import display_width
from cleaner.document import Cell, CodeBlock, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.building.kept_lines import KeptLine
    from cleaner.document import Alignment, Block

_GAP = re.compile(r"\t|[ \u3000]{2,400}|\u3000")
_WIDE_GAP = re.compile(r"\S[ \u3000]{3,400}\S|\S\t\S")
_DELIMITER = re.compile(r"\|?\s{0,40}:?-{1,400}:?\s{0,40}(?:\|\s{0,40}:?-{1,400}:?\s{0,40}){0,200}\|?$")
_BORDER = re.compile(r"[-+|=:\s─━┄┈│┃┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬═║╭╮╯╰┏┓┗┛┣┫┳┻╋]+$")
_BOX = re.compile(r"[│┃║]")
_DIGIT = re.compile(r"\d")
BOX_FIRST = tuple("│┃║┌├└╔╠╚╭╰┏┣┗")


def table_of(lines: Sequence[KeptLine]) -> list[Block]:
    """The rows as one table if all of them have the same number of cells; else as they stand."""
    bordered = any(_BORDER.match(line.text) for line in lines)
    rows = [_cells(line.text) for line in lines if not _BORDER.match(line.text)]
    width = max(map(len, rows)) if rows else 0
    if width > 1 and any(len(row) != width for row in rows):
        rows = _placed([line for line in lines if not _BORDER.match(line.text)], rows, width)
    if len(rows) < 2 or width < 2 or any(len(row) != width for row in rows):
        return [CodeBlock(verbatim(lines))]
    digits = [any(_DIGIT.search(cell) for cell in row) for row in rows]
    header = bordered or (not digits[0] and any(digits[1:]))
    grid = tuple(
        tuple(Cell(_blocks(cell), header=header and number == 0) for cell in row) for number, row in enumerate(rows)
    )
    return [Table(grid, _alignments(lines, width))]


def _cells(text: str) -> list[str]:
    if _BOX.search(text):
        return [cell.strip() for cell in _BOX.split(text.strip("│┃║"))]
    if text.startswith("|") and text.endswith("|") and len(text) > 1:
        return [cell.strip() for cell in re.split(r"(?<!\\)\|", text[1:-1])]
    if "\t" in text:
        return [cell.strip() for cell in text.split("\t")]
    return _GAP.split(text) if _GAP.search(text) else text.split(" ")


def is_row(text: str) -> bool:
    """Whether the line is set in columns, by gaps no sentence has."""
    return _WIDE_GAP.search(text) is not None


def _placed(lines: Sequence[KeptLine], rows: list[list[str]], width: int) -> list[list[str]]:
    """Rows of gaps with fewer cells than others, each cell put into the column that it stands under."""
    spans = [_spans(line) for line in lines]
    full = [own for own in spans if len(own) == width]
    columns = [(min(begin for begin, _ in cells), max(end for _, end in cells)) for cells in zip(*full, strict=True)]
    out = []
    for row, own in zip(rows, spans, strict=True):
        places = [_column(span, columns) for span in own]
        if len(row) == width or len(own) != len(row) or len(set(places)) != len(places) or -1 in places:
            out.append(row)
            continue
        cells = dict(zip(places, row, strict=True))
        out.append([cells.get(column, "") for column in range(width)])
    return out


def _spans(line: KeptLine) -> list[tuple[int, int]]:
    """Where each cell begins and ends, in columns of the screen."""
    spans, at = [], 0
    for found in [*_GAP.finditer(line.text), None]:
        end = found.start() if found else len(line.text)
        begin = line.indent + display_width(line.text[:at])
        spans.append((begin, begin + display_width(line.text[at:end])))
        at = found.end() if found else end
    return spans


def _column(span: tuple[int, int], columns: list[tuple[int, int]]) -> int:
    """The column with which the cell overlaps most; -1 if it overlaps with none."""
    overlaps = [min(span[1], end) - max(span[0], begin) for begin, end in columns]
    best = max(overlaps, default=0)
    return overlaps.index(best) if best > 0 else -1


def _alignments(lines: Sequence[KeptLine], width: int) -> tuple[Alignment, ...]:
    """The columns' alignment, where a delimiter row gives it."""
    for line in lines[1:2]:
        if _DELIMITER.match(line.text):
            marks = [mark.strip() for mark in line.text.strip("|").split("|")]
            if len(marks) == width:
                return tuple(_alignment(mark) for mark in marks)
    return (None,) * width


def _alignment(mark: str) -> Alignment:
    if mark.endswith(":"):
        return "center" if mark.startswith(":") else "right"
    return "left" if mark.startswith(":") else None


def _blocks(cell: str) -> tuple[Block, ...]:
    return (Paragraph(runs_of(cell)),) if cell else ()


def verbatim(lines: Sequence[KeptLine]) -> str:
    """The lines to the letter, with the blank lines between them."""
    return "".join("\n" * (line.blank + 1 if number else 0) + line.raw for number, line in enumerate(lines))
