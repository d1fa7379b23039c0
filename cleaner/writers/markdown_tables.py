"""Tables in Markdown: one line a row, what a cell can't hold put on lines of its own within it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.document import (
    CodeBlock,
    DefinitionList,
    Figure,
    Heading,
    InlineMath,
    LineBreak,
    ListBlock,
    Mark,
    MarkKind,
    MathBlock,
    Paragraph,
    Quote,
    Table,
    Text,
    Verbatim,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cleaner.document import Block, Run, Runs

_RULES = {None: "---", "left": ":--", "center": ":-:", "right": "--:"}
_CODE = Mark(MarkKind.CODE)


def table_lines(table: Table, written: Callable[[Runs], str]) -> Iterator[str]:
    """The lines of the table; the first row is its heading. `written` makes a cell's runs into text."""
    width = len(table.rows[0])
    alignments = (*table.alignments, *(None,) * width)[:width]
    for index, row in enumerate(table.rows):
        cells = (written(cell_runs(cell.blocks)).strip() for cell in row)
        yield "| " + " | ".join(cells) + " |"
        if not index:
            yield "| " + " | ".join(_RULES[alignment] for alignment in alignments) + " |"


def cell_runs(blocks: tuple[Block, ...]) -> Runs:
    """Blocks as runs with line breaks between them."""
    if len(blocks) == 1 and type(blocks[0]) is Paragraph:
        return blocks[0].runs
    runs: list[Run] = []
    for line in _lines(blocks):
        if runs:
            runs.append(LineBreak())
        runs.extend(line)
    return tuple(runs)


def _lines(blocks: tuple[Block, ...]) -> Iterator[Runs]:
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield block.runs
        elif type(block) is CodeBlock:
            yield from ((Text(" ".join(line.split()), (_CODE,)),) for line in block.text.split("\n") if line.strip())
        elif type(block) is MathBlock:
            yield (InlineMath(block.tex),)
        elif type(block) is ListBlock:
            for number, item in enumerate(block.items, block.start):
                marker = f"{number}. " if block.ordered else "- "
                for index, line in enumerate(_lines(item.blocks)):
                    yield (Text(marker), *line) if not index else line
        elif type(block) is Table:
            if block.caption:
                yield block.caption
            for row in block.rows:
                for cell in row:
                    yield from _lines(cell.blocks)
        elif type(block) is DefinitionList:
            for definition in block.definitions:
                yield from definition.terms
                for description in definition.descriptions:
                    yield from _lines(description)
        elif isinstance(block, Quote | Verbatim):
            yield from _lines(block.blocks)
        elif type(block) is Figure:
            yield from _lines(block.blocks)
            if block.caption:
                yield block.caption
