"""Lists in bare text: which lines are items, and the list blocks that they make."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.building.joining import joint
from cleaner.building.line_runs import runs_of
from cleaner.document import ListBlock, ListItem, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.building.kept_lines import KeptLine
    from cleaner.building.line_shapes import Shape
    from cleaner.document import Block

# Marks that are bullets wherever they begin a line; others need company, for they are also minus, note and dialogue.
_SURE = "•●◦▪■◆○►▸✓✔‣⁃∙·・"
_SPACE = r"[ \t\u00a0\u3000]"
_MARKER = re.compile(
    rf"""(?:(?P<bullet>[{_SURE}]){_SPACE}{{0,8}}|(?P<mark>[-*+]){_SPACE}{{1,8}}
    |(?P<dot>\d{{1,3}})[.．](?:{_SPACE}{{1,8}}|(?=[^\x00-\x7f]))|(?P<comma>\d{{1,3}})、{_SPACE}{{0,8}}
    |(?P<bracket>\d{{1,3}})\){_SPACE}{{0,8}}|[（(](?P<round>\d{{1,3}})[）)]{_SPACE}{{0,8}}
    |(?P<circle>[①-⑳]){_SPACE}{{0,8}})(?=\S)""",
    re.VERBOSE,
)
_NESTED = 2  # columns that an item stands deeper than the one it belongs to
_DEEPEST = 12  # levels; deeper items join the deepest
_FULL = 50  # columns; a narrower line was ended on purpose, not wrapped


@dataclass(slots=True)
class Item:
    """A line that begins with a marker; `lines` are the texts that go on with it."""

    first: int
    last: int
    indent: int
    family: str
    number: int
    texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A list being built: its items' blocks, and what kind of list it is."""

    indent: int
    family: str
    start: int
    number: int
    items: list[list[Block]] = field(default_factory=list)


def marker(text: str) -> tuple[str, int, str] | None:
    """Family, number and content of a line that begins like an item; None for others. Bullets have the number 0."""
    found = _MARKER.match(text)
    if found is None or found.lastgroup is None:
        return None
    family, value = found.lastgroup, found[found.lastgroup]
    content = text[found.end() :]
    if family in ("bullet", "mark"):
        return family + value, 0, content
    return family, ord(value) - 0x245F if family == "circle" else int(value), content


def find_items(lines: Sequence[KeptLine], shapes: Sequence[Shape], free: Sequence[bool]) -> list[list[Item]]:
    """The lists in the lines that are `free`: each as its items, in order."""
    lists: list[list[Item]] = []
    group: list[Item] = []
    for index, line in enumerate(lines):
        found = marker(line.text) if free[index] else None
        adjacent = bool(group) and group[-1].last == index
        if found is not None:
            if group and not (adjacent and _goes_on(group, line.indent, found[0], found[1])):
                lists.append(group)
                group = []
            group.append(Item(index, index + 1, line.indent, found[0], found[1], [found[2]]))
        elif adjacent and free[index] and _continues(group[-1], line, shapes[index - 1]):
            group[-1].texts.append(line.text)
            group[-1].last = index + 1
        elif group:
            lists.append(group)
            group = []
    if group:
        lists.append(group)
    return [items for items in lists if _is_list(items)]


def _goes_on(group: list[Item], indent: int, family: str, number: int) -> bool:
    """Whether an item belongs to the list before it: deeper, or of the same kind and next in number."""
    for item in reversed(group):
        if indent >= item.indent + _NESTED:
            return True
        if indent > item.indent - _NESTED:
            return family == item.family and number in (item.number + 1, 0)
    return False


def _continues(item: Item, line: KeptLine, before: Shape) -> bool:
    if line.blank:
        return False
    return line.indent > item.indent or (
        line.indent == item.indent and before.width >= _FULL and not before.ended and line.text[:1].islower()
    )


def _is_list(items: list[Item]) -> bool:
    """A lone number, dash or asterisk makes no list."""
    return len(items) > 1 or items[0].family.startswith("bullet")


def list_block(items: list[Item]) -> ListBlock:
    """The items as a list; deeper ones as lists in the item above them. Linear, without recursion."""
    stack = [_opened(items[0])]
    for item in items:
        while len(stack) > 1 and item.indent <= stack[-1].indent - _NESTED:
            _close(stack)
        top = stack[-1]
        deeper = item.indent >= top.indent + _NESTED and top.items and len(stack) < _DEEPEST
        if deeper:
            stack.append(_opened(item))
        elif len(stack) > 1 and (item.family != top.family or item.number not in (0, top.number + 1)):
            _close(stack)
            stack.append(_opened(item))
        stack[-1].items.append([Paragraph(runs_of(_joined(item.texts)))])
        stack[-1].number = item.number
    while len(stack) > 1:
        _close(stack)
    return _block(stack[0])


def _opened(item: Item) -> _Open:
    return _Open(item.indent, item.family, item.number, item.number - 1)


def _close(stack: list[_Open]) -> None:
    inner = stack.pop()
    stack[-1].items[-1].append(_block(inner))


def _block(opened: _Open) -> ListBlock:
    ordered = not opened.family.startswith(("bullet", "mark"))
    items = tuple(ListItem(tuple(blocks)) for blocks in opened.items)
    return ListBlock(items, ordered=ordered, start=opened.start if ordered else 1)


def _joined(texts: list[str]) -> str:
    out = texts[0]
    for text in texts[1:]:
        out += joint(out[-4:], text) + text
    return out
