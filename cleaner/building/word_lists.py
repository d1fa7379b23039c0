"""Lists as Word pastes them: paragraphs whose style names a list and a level, the marker written out as text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.document import ListBlock, ListItem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from turbohtml import Element

    from cleaner.document import Block

_STYLE = re.compile(r"mso-list\s{0,4}:\s{0,4}(?!ignore|none|skip)\S{1,20}\s{1,4}level(\d)", re.IGNORECASE)
# The marker stands in a span of its own, which the walk leaves out.
_MARKER = re.compile(r"mso-list\s{0,4}:\s{0,4}ignore", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(\d{1,9}|[a-zA-Z]{1,4})[.)]")


@dataclass(slots=True)
class WordItem:
    """One such paragraph; it stands among blocks until the place that holds it is finished."""

    level: int
    ordered: bool
    start: int
    blocks: tuple[Block, ...] = ()


def word_item(element: Element) -> WordItem | None:
    """The draft of an item, or None if the paragraph belongs to no list."""
    style = element.attr("style")
    match = _STYLE.search(style) if style else None
    if match is None:
        return None
    number = _NUMBER.match(_marker(element).strip())
    start = int(number[1]) if number and number[1].isdigit() else 1
    return WordItem(int(match[1]), number is not None, start)


def is_marker(style: str) -> bool:
    """Whether an element of this style holds only the marker."""
    return "mso-list" in style and _MARKER.search(style) is not None


def _marker(element: Element) -> str:
    return next((span.text for span in element.find_all("span", limit=4) if is_marker(span.attr("style") or "")), "")


@dataclass(slots=True)
class _List:
    level: int
    ordered: bool
    start: int
    items: list[tuple[list[Block], list[_List]]] = field(default_factory=list)

    def finished(self) -> ListBlock:
        """The list with the lists inside it; Word has nine levels."""
        items = (ListItem((*blocks, *(inner.finished() for inner in nested))) for blocks, nested in self.items)
        return ListBlock(tuple(items), self.ordered, self.start)


def joined(blocks: Sequence[Block | WordItem]) -> list[Block]:
    """The blocks, neighbouring items put together as lists."""
    out: list[Block] = []
    stack: list[_List] = []
    for block in blocks:
        if not isinstance(block, WordItem):
            if stack:
                out.append(stack[0].finished())
                stack.clear()
            out.append(block)
            continue
        while len(stack) > 1 and stack[-1].level > block.level:
            stack.pop()
        if stack and (stack[-1].level > block.level or (len(stack) == 1 and _differs(stack[0], block))):
            out.append(stack[0].finished())
            stack.clear()
        if not stack or stack[-1].level < block.level or _differs(stack[-1], block):
            _open(stack, block)
        stack[-1].items.append((list(block.blocks), []))
    if stack:
        out.append(stack[0].finished())
    return out


def _differs(current: _List, item: WordItem) -> bool:
    return current.level == item.level and current.ordered != item.ordered


def _open(stack: list[_List], item: WordItem) -> None:
    if stack and stack[-1].level == item.level:
        stack.pop()
    opened = _List(item.level, item.ordered, item.start)
    if stack:
        stack[-1].items[-1][1].append(opened)
    stack.append(opened)
