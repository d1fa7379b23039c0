"""What CommonMark has no form for, as what it has one for: footnotes, task boxes; tables as HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.document import (
    Figure,
    Footnote,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Table,
    Text,
    ThematicBreak,
)

if TYPE_CHECKING:
    from cleaner.document import Block

_BOXES = {True: "☑ ", False: "☐ "}
_FEED_BEFORE_BLANK_LINE = re.compile(r"\n(?=[ \t]*\n)")


def without_extensions(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, footnotes as a numbered list under a rule at the end, task boxes as characters."""
    notes = [block for block in blocks if type(block) is Footnote]
    body = tuple(_boxes_written(block) for block in blocks if type(block) is not Footnote)
    if not notes:
        return body
    items = tuple(ListItem(tuple(map(_boxes_written, note.blocks))) for note in notes)
    return (*body, ThematicBreak(), ListBlock(items, ordered=True, start=notes[0].number))


def _boxes_written(block: Block) -> Block:
    if type(block) is ListBlock:
        return ListBlock(tuple(map(_item, block.items)), block.ordered, block.start)
    if type(block) is Quote:
        return Quote(tuple(map(_boxes_written, block.blocks)))
    if type(block) is Figure:
        return Figure(tuple(map(_boxes_written, block.blocks)), block.caption)
    return block


def _item(item: ListItem) -> ListItem:
    blocks = tuple(map(_boxes_written, item.blocks))
    if item.checked is None:
        return ListItem(blocks)
    box = Text(_BOXES[item.checked])
    first = blocks[0] if blocks else None
    if type(first) is Paragraph:
        return ListItem((Paragraph((box, *first.runs)), *blocks[1:]))
    return ListItem((Paragraph((box,)), *blocks))


def html_block(table: Table, *, keep_unsafe: bool) -> str:
    """The table as HTML without a blank line, which would end it."""
    from cleaner.writers.html import html_of

    body = Table(table.rows, table.alignments)  # its caption is a paragraph of its own
    html = html_of((body,), keep_unsafe=keep_unsafe).removesuffix("\n")
    return _FEED_BEFORE_BLANK_LINE.sub("&#10;", html)
