"""Where marks open and close around the items of a paragraph, and what stands at the edges of emphasis."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from cleaner.document import Link, MarkKind
from cleaner.writers.markdown_emphasis import Piece
from cleaner.writers.markdown_escape import PUNCTUATION, escaped_line
from cleaner.writers.markdown_wrap import with_breaks

if TYPE_CHECKING:
    from cleaner.writers.markdown_style import Style

_DELIMITERS = {MarkKind.STRONG: "**", MarkKind.EMPHASIS: "*", MarkKind.DELETED: "~~"}
_TAGS = {
    MarkKind.STRONG: "strong",
    MarkKind.EMPHASIS: "em",
    MarkKind.DELETED: "del",
    MarkKind.SUBSCRIPT: "sub",
    MarkKind.SUPERSCRIPT: "sup",
}
QUIET_START = re.compile(r"[^\W\d_]")
# A link whose text ends in code such as `]: x` looks like a definition; what stands before it shows nothing.
_DEFINITION = re.compile(r"\[(?:\\.|[^\[\]\\]){1,999}\]:")
_NOTHING = "<span></span>"
# A label of a definition may have 999 characters; no other beginning of a line is longer.
_LONGEST_START = 1000
_UNITS = re.compile(r"\\[!-/:-@\[-`{-~]|.", re.DOTALL)


class Place(Enum):
    """Where the runs stand, which decides what a line break is and what the start of a line means."""

    PARAGRAPH = "paragraph"
    ITEM = "item"  # the first paragraph of a list item
    HEADING = "heading"
    CELL = "cell"


class Item(NamedTuple):
    """Something to write with its marks: escaped text, something verbatim, or a line break."""

    value: str
    marks: tuple[MarkKind, ...] = ()
    link: Link | None = None
    literal: bool = False
    is_break: bool = False
    is_image: bool = False
    around: int = 0  # how many of the marks stand outside of the link


@dataclass(frozen=True, slots=True)
class Plan:
    """How to try: edges moved and links outermost or not, the mark for emphasis, the pairs that become tags."""

    moved: bool
    emphasis: str = "*"
    tags: frozenset[int] | None = frozenset()  # None: all of them


def edges_moved(items: list[Item]) -> list[Item]:
    """Punctuation and spaces at the edges of emphasis stand outside of it, unless nothing else is in it."""
    for kind in _DELIMITERS:
        if any(kind in item.marks for item in items):
            items = _edge_moved(items, kind)
    return items


def _edge_moved(items: list[Item], kind: MarkKind) -> list[Item]:
    out: list[Item] = []
    index = 0
    while index < len(items):
        if kind not in items[index].marks:
            out.append(items[index])
            index += 1
            continue
        end = index
        while end < len(items) and kind in items[end].marks:
            end += 1
        out.extend(_segment_moved(items[index:end], kind))
        index = end
    return out


def _segment_moved(segment: list[Item], kind: MarkKind) -> list[Item]:
    start, end = 0, len(segment)
    while start < end and _is_edge(segment[start]):
        start += 1
    if start == end:  # nothing is seen of emphasis on an image
        return [_without(item, kind) for item in segment] if any(item.is_image for item in segment) else segment
    while _is_edge(segment[end - 1]):
        end -= 1
    without = [_without(item, kind) for item in segment]
    middle = segment[start:end]
    before: list[Item] = []
    after: list[Item] = []
    if middle[0].literal:
        cut = _leading(middle[0].value)
        if cut:
            before = [_without(middle[0]._replace(value=_sealed(middle[0].value[:cut])), kind)]
            middle[0] = middle[0]._replace(value=middle[0].value[cut:])
    if middle[-1].literal:
        cut = _trailing(middle[-1].value)
        if cut < len(middle[-1].value):
            after = [_without(middle[-1]._replace(value=middle[-1].value[cut:]), kind)]
            middle[-1] = middle[-1]._replace(value=middle[-1].value[:cut])
    return [*without[:start], *before, *middle, *after, *without[end:]]


def _sealed(value: str) -> str:
    """Escaped text that a mark will follow: a backslash at its end must not escape that."""
    odd = (len(value) - len(value.rstrip("\\"))) % 2
    return value + "\\" * odd


def _without(item: Item, kind: MarkKind) -> Item:
    return item._replace(marks=tuple(other for other in item.marks if other is not kind))


def _is_edge(item: Item) -> bool:
    return item.is_break or item.is_image or (item.literal and _leading(item.value) == len(item.value))


def _leading(value: str) -> int:
    """Where the first letter or digit of escaped text stands."""
    for match in _UNITS.finditer(value):
        if not _is_edge_unit(match[0]):
            return match.start()
    return len(value)


def _trailing(value: str) -> int:
    """Where what follows the last letter or digit of escaped text begins."""
    end = 0
    for match in _UNITS.finditer(value):
        if not _is_edge_unit(match[0]):
            end = match.end()
    return end


def _is_edge_unit(unit: str) -> bool:
    return len(unit) > 1 or unit in PUNCTUATION or category(unit)[0] in "PSZ"


class Layout:
    """Marks opened and closed around the items."""

    def __init__(self, place: Place, plan: Plan, style: Style, *, inside_link: bool) -> None:
        self._place = place
        self._plan = plan
        self._inside_link = inside_link
        self._commonmark = style.commonmark
        self._breaks = bool(style.width) and not inside_link and place in (Place.PARAGRAPH, Place.ITEM)
        self._out: list[Piece] = []
        self._stack: list[tuple[MarkKind, int]] = []
        self._pairs = 0

    def pieces(self, items: list[Item]) -> list[Piece]:
        """The items as text, each line safe at its start, with the delimiters of their marks."""
        ends = _extents(items)
        line_start = not self._inside_link and self._place in (Place.PARAGRAPH, Place.ITEM)
        first = True
        for index, item in enumerate(items):
            if item.is_break:
                self._end_marks(items, index)
                self._break()
                line_start, first = self._place in (Place.PARAGRAPH, Place.ITEM), False
                continue
            if not item.value:
                continue
            self._set(item.marks, ends[index])
            value = item.value
            if line_start and not (self._out and self._out[-1].pair):
                value = value.lstrip(" ")
                if item.literal and value and not QUIET_START.match(value):
                    line = _line(value, items, index + 1)
                    escaped = escaped_line(line, first=first, item=self._place is Place.ITEM and first)
                    if not escaped.startswith(value):
                        value = escaped[: len(value) + 1]
                elif first and _DEFINITION.match(value):
                    value = _NOTHING + value
                elif index + 1 < len(items) and value.startswith("[^") and items[index + 1].value.startswith(":"):
                    value += "\\"
            if value:
                self._out.append(Piece(with_breaks(value) if self._breaks and item.literal else value, item.literal))
                line_start = False
        self._set((), {})
        return self._out

    def _end_marks(self, items: list[Item], index: int) -> None:
        """Close what does not go on after the break: a mark that closes at the start of a line is none."""
        following = next((item for item in items[index:] if not item.is_break and item.value), None)
        going_on = following.marks if following is not None else ()
        self._close(going_on)

    def _break(self) -> None:
        if self._place is Place.HEADING:
            self._out.append(Piece(" "))
        elif self._place is Place.CELL:
            self._out.append(Piece("<br>"))
        else:
            self._out.append(Piece("\\\n"))

    def _set(self, marks: tuple[MarkKind, ...], ends: dict[MarkKind, int]) -> None:
        """Close the marks that end here, open those that begin; the one that reaches furthest first."""
        self._close(marks)
        stack = self._stack
        opened = {kind for kind, _ in stack}
        # `***` at both ends is read as emphasis around strong.
        fresh = sorted(
            (kind for kind in marks if kind not in opened),
            key=lambda kind: (-ends[kind], kind in _DELIMITERS, kind is not MarkKind.EMPHASIS),
        )
        for kind in fresh:
            self._pairs += 1
            stack.append((kind, self._pairs))
            self._out.append(self._delimiter(kind, self._pairs))

    def _close(self, marks: tuple[MarkKind, ...]) -> None:
        """Close the marks that are not among `marks`, and what was opened inside them."""
        stack = self._stack
        keep = 0
        while keep < len(stack) and stack[keep][0] in marks:
            keep += 1
        while len(stack) > keep:
            kind, pair = stack.pop()
            self._out.append(self._delimiter(kind, -pair))

    def _delimiter(self, kind: MarkKind, pair: int) -> Piece:
        delimiter = _DELIMITERS.get(kind)
        tags = self._plan.tags
        struck = kind is MarkKind.DELETED and self._commonmark
        if delimiter is None or struck or tags is None or abs(pair) in tags:
            return Piece(f"<{_TAGS[kind]}>" if pair > 0 else f"</{_TAGS[kind]}>")
        if kind is MarkKind.EMPHASIS:
            delimiter = self._plan.emphasis
        return Piece(delimiter, pair=pair)


def _line(value: str, items: list[Item], index: int) -> str:
    """The line that begins with `value`, as far as it can matter to what block it is."""
    parts, length = [value], len(value)
    while index < len(items) and not items[index].is_break and length < _LONGEST_START:
        parts.append(items[index].value)
        length += len(items[index].value)
        index += 1
    return "".join(parts)


def _extents(items: list[Item]) -> list[dict[MarkKind, int]]:
    """For each item and each of its marks, the index of the last item that the mark reaches without a gap."""
    ends: list[dict[MarkKind, int]] = [{}] * len(items)
    current: dict[MarkKind, int] = {}
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        if item.is_break:
            continue
        if item.marks or current:
            current = {kind: current.get(kind, index) for kind in item.marks}
        ends[index] = current
    return ends
