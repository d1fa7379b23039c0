"""Markdown as a page: a block for each leaf (paragraph, heading, item, table, code), by markdown-it's line maps.

A paragraph that is no running text (a menu, a row of badges) is a block a line, as in bare text. Every line that holds
anything lies in the line range of exactly one block, so that what is kept can be copied to the letter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.page import BlockKind, Containers, Flag, Page
from cleaner.readers import Reading
from cleaner.readers.front_matter import front_matter_lines
from cleaner.readers.markdown_lines import PREFIX, content_column, paragraph_stretches, split_lines
from cleaner.readers.markdown_links import count_links
from cleaner.readers.raw_markup import RawMarkup, stands_for_others

if TYPE_CHECKING:
    from markdown_it.token import Token

# Larger inputs are no documents but exports; they are read as lines, one block each (markdown-it takes 0.1 s a MB).
MAX_PARSED = 20_000_000
# Quotes and lists nested deeper are read as plain lines; a level costs the parser about three Python frames.
MAX_NESTING = 100

_LEAVES = {
    "paragraph_open": BlockKind.PARAGRAPH,
    "heading_open": BlockKind.HEADING,
    "table_open": BlockKind.TABLE,
    "fence": BlockKind.CODE,
    "code_block": BlockKind.CODE,
    "html_block": BlockKind.MARKUP,
    "definition": BlockKind.MARKUP,
    "hr": BlockKind.RULE,
}
_CONTAINERS = {
    "blockquote_open": ("blockquote", Flag.QUOTE),
    "bullet_list_open": ("ul", Flag.LIST),
    "ordered_list_open": ("ol", Flag.LIST),
    "list_item_open": ("li", Flag.LIST),
}
_LEAF_FLAGS = {
    "heading_open": Flag.HEADING,
    "table_open": Flag.TABLE | Flag.GUARDED,
    "fence": Flag.CODE | Flag.PREFORMATTED | Flag.GUARDED,
    "code_block": Flag.CODE | Flag.PREFORMATTED | Flag.GUARDED,
    "definition": Flag.GUARDED,
}


@dataclass(slots=True)
class MarkdownReading(Reading):
    """A page together with where its blocks stand in the source.

    lines        the lines of the source, without their line feeds
    first, last  half-open range of lines of each block
    column       where a block's text begins in its lines, as joined by line feeds
    leaf         number of the leaf that a block belongs to; lines of one paragraph share it
    item_line    of each container: the line where its marker stands; -1 if it is no list item
    item_marker  of each container: offsets in that line where the item's marker begins and where its content does
    """

    lines: list[str] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    leaf: list[int] = field(default_factory=list)
    item_line: list[int] = field(default_factory=list)
    item_marker: list[tuple[int, int]] = field(default_factory=list)


def read(text: str, url: str | None) -> MarkdownReading:
    """The Markdown in `text` as a page; `url` is only handed on. Linear in the text, for nesting of any depth."""
    lines, starts = split_lines(text)
    page = Page(kind="markdown", source=text, url=url, containers=Containers())
    reader = _Reader(MarkdownReading(page, lines=lines), starts)
    front = front_matter_lines(lines)
    if front:
        reader.add(0, front, BlockKind.FRONT_MATTER, 0, Flag.GUARDED | Flag.PREFORMATTED, column=0)
    if len(text) <= MAX_PARSED:
        reader.walk(_block_tokens(lines, front))
    reader.finish(front)
    return reader.reading


def _block_tokens(lines: list[str], front: int) -> list[Token]:
    """The block tokens of the lines below the front matter, numbered from the top; [] where they defeat the parser."""
    from markdown_it import MarkdownIt

    options = {"inline_definitions": True, "maxNesting": MAX_NESTING}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    tokens: list[Token] = []
    source = "\n".join([""] * front + lines[front:])
    try:
        # A carriage return is white space here: the parser knows line feeds only, and line numbers must not move.
        parser.block.parse(source.replace("\r", " ").replace("\0", "\ufffd"), parser, {}, tokens)
    except RecursionError:
        return []
    return tokens


class _Reader:
    """Tokens to columns: one walk, with the open containers on a stack of its own."""

    def __init__(self, reading: MarkdownReading, starts: list[int]) -> None:
        self.reading, self.page, self._starts = reading, reading.page, starts
        self._covered = bytearray(len(reading.lines))
        self._open: list[int] = []
        self._leaves = 0
        self._raw = RawMarkup()
        self._open_container("root", Flag(0), -1)

    def walk(self, tokens: list[Token]) -> None:
        """A block for each leaf, in the order of the tokens."""
        at = 0
        for token in tokens:
            if token.type in _CONTAINERS and token.map:
                tag, flag = _CONTAINERS[token.type]
                self._open_container(tag, flag, token.map[0] if tag == "li" else -1)
            elif token.type.removesuffix("_close") + "_open" in _CONTAINERS and token.nesting < 0:
                self._close_container()
                self._raw.leave(len(self._open))
            elif token.type in _LEAVES and token.map:
                first, last = max(token.map[0], at), token.map[1]
                while last > first and not self.reading.lines[last - 1].strip():
                    last -= 1
                if last > first:
                    self._add_leaf(token, first, last)
                    at = last

    def _add_leaf(self, token: Token, first: int, last: int) -> None:
        kind, flags = _LEAVES[token.type], _LEAF_FLAGS.get(token.type, Flag(0))
        known, hidden = len(self.page), self._raw.reason
        if token.type == "html_block":
            hidden = self._raw.add(token.content, len(self._open))
            if stands_for_others(token.content):
                flags |= Flag.GUARDED
        inside = Flag(self.page.containers.flags[self._open[-1]])
        level = 0
        if kind == BlockKind.HEADING:
            level = int(token.tag[1:])
        elif inside & Flag.LIST:
            level = sum(self.page.containers.tag[index] == "li" for index in self._open)
        if kind != BlockKind.PARAGRAPH:
            self.add(first, last, kind, level, flags | inside)
        else:
            kind = BlockKind.ITEM if inside & Flag.LIST else BlockKind.QUOTE if inside & Flag.QUOTE else kind
            for start, end in paragraph_stretches(self.reading.lines, first, last):
                self.add(start, end, kind, level, flags | inside | Flag.PARAGRAPH, begins=start == first)
        for index in range(known, len(self.page) if hidden else known):
            self.page.hidden[index] = hidden
            self.page.flags[index] |= Flag.HIDDEN

    def add(
        self, first: int, last: int, kind: BlockKind, level: int, flags: Flag, *, begins: bool = True, column: int = -1
    ) -> None:
        """A block of the lines from `first` up to `last`; `begins` unless it goes on with the leaf before it.

        Its text begins in `column` of its first line; by default behind the markers of the open containers.
        """
        reading, page = self.reading, self.page
        top = self._top(first)
        self._leaves += begins
        if column < 0:
            column = self._column(first, code=bool(flags & Flag.CODE))
        start = self._starts[first] + column
        end = self._starts[last - 1] + len(reading.lines[last - 1].rstrip())
        if kind == BlockKind.HEADING:
            start, end = self._heading(first, last, start, end)
        text = page.source[start:end]
        links, link_chars = (0, 0) if flags & Flag.CODE else count_links(text)
        page.text.append(text)
        page.block_kind.append(int(kind))
        page.level.append(level)
        page.start.append(start)
        page.end.append(end)
        page.link_chars.append(link_chars)
        page.links.append(links)
        page.bold_chars.append(0)
        page.breaks.append(last - first - 1)
        page.indent.append(column)
        page.container.append(self._open[-1])
        page.flags.append(int(flags))
        page.hidden.append("")
        reading.first.append(top)
        reading.last.append(last)
        reading.column.append(start - self._starts[top])
        reading.leaf.append(self._leaves)
        self._covered[top:last] = b"\1" * (last - top)

    def _top(self, line: int) -> int:
        """The first line of a block whose text begins on `line`: an item's marker may stand alone above its text."""
        top = line
        for index in self._open:
            above = self.reading.item_line[index]
            if 0 <= above < top and self.page.containers.first[index] == len(self.page) and not self._covered[above]:
                top = above
        if top < line:
            self._column(top, code=True)
        return top

    def _heading(self, first: int, last: int, start: int, end: int) -> tuple[int, int]:
        """The offsets of a heading's words: without the number signs around them, or the line under them."""
        if last - first > 1:
            return start, self._starts[last - 2] + len(self.reading.lines[last - 2].rstrip())
        line = self.page.source[start:end]
        words = line.lstrip("#").lstrip()
        kept = words.rstrip("#")
        if kept != words and kept.rstrip() != kept:
            words = kept.rstrip()
        begin = end - len(line.lstrip("#").lstrip())
        return (begin, begin + len(words)) if words else (start, end)

    def _column(self, line: int, *, code: bool) -> int:
        """Where the content of the line begins, behind the markers of the containers that it lies in."""
        containers = self.page.containers
        tags = [
            containers.tag[index]
            if containers.tag[index] == "blockquote" or self.reading.item_line[index] == line
            else ""
            for index in self._open
        ]
        column, markers = content_column(self.reading.lines[line], tags, code=code)
        for index, marker in zip(self._open, markers, strict=True):
            if marker[1] and self.reading.item_line[index] == line:
                self.reading.item_marker[index] = marker
        return column

    def _open_container(self, tag: str, flag: Flag, line: int) -> None:
        containers, parent = self.page.containers, self._open[-1] if self._open else -1
        flags = int(flag) | (containers.flags[parent] if parent >= 0 else 0)
        self._open.append(len(containers.tag))
        containers.tag.append(tag)
        containers.parent.append(parent)
        containers.words.append("")
        containers.flags.append(flags)
        containers.first.append(len(self.page))
        containers.last.append(len(self.page))
        containers.depth.append(len(self._open) - 1)
        containers.images.append(0)
        containers.inputs.append(0)
        self.reading.item_line.append(line)
        self.reading.item_marker.append((0, 0))

    def _close_container(self) -> None:
        self.page.containers.last[self._open.pop()] = len(self.page)

    def finish(self, front: int) -> None:
        """Add what no token covers (nesting too deep, input too large) a line at a time, and set all in order."""
        while len(self._open) > 1:
            self._close_container()
        known = len(self.page)
        for number in range(front, len(self.reading.lines)):
            line = self.reading.lines[number]
            if self._covered[number] or not line.strip():
                continue
            prefix = PREFIX.match(line)
            column = prefix.end() if prefix else 0
            if line[column:].strip():
                self.add(number, number + 1, BlockKind.PARAGRAPH, 0, Flag.PARAGRAPH, column=column)
        if known and known < len(self.page):
            self._sort()
        self.page.containers.last[0] = len(self.page)
        self._count_blanks()

    def _sort(self) -> None:
        reading, page = self.reading, self.page
        order = sorted(range(len(page)), key=reading.first.__getitem__)
        for columns, names in ((page, _PAGE_COLUMNS), (reading, ("first", "last", "column", "leaf"))):
            for name in names:
                values = getattr(columns, name)
                setattr(columns, name, [values[index] for index in order])
        moved = {old: new for new, old in enumerate(order)}
        containers = page.containers
        for index in range(1, len(containers.tag)):
            first, last = containers.first[index], containers.last[index]
            if last > first:
                containers.first[index], containers.last[index] = moved[first], moved[last - 1] + 1

    def _count_blanks(self) -> None:
        last = [0, *self.reading.last][: len(self.page)]
        self.page.blank_before = [first - end for first, end in zip(self.reading.first, last, strict=True)]


_PAGE_COLUMNS = (
    "text", "block_kind", "level", "start", "end", "link_chars", "links", "bold_chars", "breaks", "indent", "container",
    "flags", "hidden",
)  # fmt: skip
