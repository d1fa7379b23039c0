"""Document → plain text for people: paragraphs, lists and aligned tables, no markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.document import (
    CodeBlock,
    DefinitionList,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    MathBlock,
    Paragraph,
    Quote,
    Table,
    ThematicBreak,
    Verbatim,
)
from cleaner.widths import columns
from cleaner.writers.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Block, Document, ListItem

_INDENT = "  "
_RULE = "* * *"
# A table wider than this is written one cell a line, as no terminal shows it in columns.
_WIDEST_TABLE = 160


def write(document: Document) -> str:
    """The document as plain text, ending in one line feed; "" if there is nothing in it."""
    return text_of(document.blocks)


def text_of(blocks: tuple[Block, ...]) -> str:
    """Blocks as plain text, ending in one line feed unless there is nothing in them."""
    text = _blocks(blocks).strip("\n")
    return text + "\n" if text else ""


def _blocks(blocks: tuple[Block, ...], *, tight: bool = False) -> str:
    parts: list[str] = []
    for block in blocks:
        text = _block(block)
        if not text.strip():
            continue
        if parts:
            parts.append("\n" * (block.newlines_before if type(block) is Verbatim else 1 if tight else 2))
        parts.append(text)
    return "".join(parts)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph | Heading):
        return plain(block.runs).strip()
    if type(block) is CodeBlock:
        return block.text.strip("\n")
    if type(block) is ListBlock:
        return _list(block)
    if type(block) is Table:
        return _table(block)
    if type(block) is Quote:
        return _indented(_blocks(block.blocks), _INDENT)
    if type(block) is Figure:
        return "\n".join(part for part in (_blocks(block.blocks), plain(block.caption)) if part.strip())
    if type(block) is MathBlock:
        return block.tex
    if type(block) is DefinitionList:
        return "\n\n".join(_definitions(block))
    if type(block) is Footnote:
        return f"[{block.number}] {_indented(_blocks(block.blocks), _INDENT, first='')}"
    if type(block) is ThematicBreak:
        return _RULE
    if type(block) is Verbatim:
        return block.source.strip("\n") if block.format == "text" else _blocks(block.blocks)
    return ""


def _list(block: ListBlock) -> str:
    tight = all(len(item.blocks) <= 1 or type(item.blocks[1]) is ListBlock for item in block.items)
    items = []
    for number, item in enumerate(block.items, block.start):
        marker = f"{number}. " if block.ordered else "- "
        items.append(_item(item, marker, tight=tight))
    return ("\n" if tight else "\n\n").join(items)


def _item(item: ListItem, marker: str, *, tight: bool) -> str:
    box = "" if item.checked is None else "[x] " if item.checked else "[ ] "
    return marker + box + _indented(_blocks(item.blocks, tight=tight), " " * len(marker), first="")


def _definitions(block: DefinitionList) -> Iterator[str]:
    for definition in block.definitions:
        lines = [plain(term) for term in definition.terms]
        lines.extend(_indented(_blocks(description), _INDENT) for description in definition.descriptions)
        yield "\n".join(line for line in lines if line.strip())


def _indented(text: str, indent: str, first: str | None = None) -> str:
    lines = text.split("\n")
    head = (indent if first is None else first) + lines[0]
    return "\n".join([head, *(indent + line if line else "" for line in lines[1:])])


def _table(table: Table) -> str:
    rows = [[_blocks(cell.blocks, tight=True) for cell in row] for row in table.rows]
    caption = plain(table.caption)
    flat = [[" ".join(cell.split("\n")) for cell in row] for row in rows]
    widths = [max(map(columns, column), default=0) for column in zip(*flat, strict=True)]
    if sum(widths) + 2 * len(widths) > _WIDEST_TABLE:
        lines = ["\n".join(cell for cell in row if cell) for row in rows]
        body = "\n\n".join(line for line in lines if line)
    else:
        body = "\n".join(_row(row, widths) for row in flat)
    return "\n".join(part for part in (caption, body) if part)


def _row(cells: list[str], widths: list[int]) -> str:
    padded = (cell + " " * (width - columns(cell)) for cell, width in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()
