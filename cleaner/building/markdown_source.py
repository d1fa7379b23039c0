"""The lines of Markdown that stay, to the letter, and what must stand between them so that they still mean the same."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from cleaner.page import BlockKind

if TYPE_CHECKING:
    from cleaner.readers.markdown import MarkdownReading
    from cleaner.verdict import Cut, Judgement

_MARKERS = re.compile(r"(?:[ \t]|>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))*")
_BULLET = re.compile(r"[-+*](?=[ \t]|$)")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
# A marker without an item is text within a paragraph, and an item without text at its beginning.
_BARE_MARKER = re.compile(r"^([ \t>]*\d{0,9})((?<=\d)[.)]|(?<!\d)[-+*])(?=[ \t]*$)")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){1,999})\]")
# Parts what would run together: the one Markdown construct that shows nothing.
_NOTHING = "<!-- -->"


def kept_source(reading: MarkdownReading, judgement: Judgement) -> str:
    """The Markdown of what is kept, without a final line feed; "" if nothing is.

    A run of blank lines that a removed part leaves behind becomes one; where there was none and two parts would run
    together, one is put in. Link definitions stay as long as something that stays refers to them.
    """
    return "\n".join(_Keeper(reading, judgement).lines())


class _Head(Enum):
    """What became of the line with an item's marker: it stays, its marker moved to the next line, or it is gone."""

    KEPT = 0
    MOVED = 1
    GONE = 2


class _Keeper:
    """Writes the kept blocks' lines one after the other."""

    def __init__(self, reading: MarkdownReading, judgement: Judgement) -> None:
        self._reading, self._page = reading, reading.page
        self._cut = self._cut_lines(judgement.cuts)
        self._kept = [verdict.keep and self._cut.get(index) != [] for index, verdict in enumerate(judgement.verdicts)]
        self._keep_definitions()
        self._starts = dict(zip(reading.first, self._kept, strict=True))
        self._heads: dict[int, _Head] = {}
        self._shifts: dict[int, int] = {}  # columns that what is left of an item without its head moves left
        self._out: list[str] = []

    def lines(self) -> list[str]:
        reading, previous, end = self._reading, -1, 0
        for index, kept in enumerate(self._kept):
            if not kept:
                continue
            first, last = reading.first[index], reading.last[index]
            if previous == index - 1:
                self._out += reading.lines[end:first]
            elif previous < 0:
                if self._page.block_kind[index] == BlockKind.RULE:
                    continue  # it would part the text from nothing, and look like front matter
            else:
                self._separate(previous, index)
            self._out += self._block(index)
            previous, end = index, last
        if previous == len(self._kept) - 1:
            self._out += reading.lines[end:]
        while self._out and not self._out[-1].strip():
            self._out.pop()
        return self._out if previous >= 0 else []

    def _block(self, index: int) -> list[str]:
        """The block's lines, less the indentation of items whose head is gone, or with the marker of one that is."""
        lines = self._cut.get(index)
        if lines is None:
            lines = self._reading.lines[self._reading.first[index] : self._reading.last[index]]
        if index and self._reading.leaf[index - 1] == self._reading.leaf[index] and not self._kept[index - 1]:
            lines = [self._outdented(index, lines[0]), *lines[1:]]
        quotes, width, first_width, moved, lost = 0, 0, -1, 0, False
        for container, passed in self._items(index):
            begin, end = self._reading.item_marker[container]
            if container not in self._heads:
                self._heads[container] = self._head(container, index)
                if self._heads[container] == _Head.MOVED:
                    marker = self._reading.lines[self._reading.item_line[container]][begin:end].ljust(end - begin)
                    lines = [_with_marker(lines[0], marker, begin), *lines[1:]]
                    moved, first_width = end, width
                elif self._heads[container] == _Head.GONE:
                    column = self._reading.item_marker[self._marker(index)][0]
                    self._shifts[container] = 0 if lost else column - begin
                    lost = True
            if self._heads[container] == _Head.GONE:
                width += self._shifts[container]
                quotes = max(quotes, passed)
        if moved and not self._is_indented_code(index):
            lines = [lines[0][:moved] + lines[0][moved:].lstrip(" \t"), *lines[1:]]
        if not width:
            return lines
        first_width = width if first_width < 0 else first_width
        return [_dedented(line, quotes, width if number else first_width) for number, line in enumerate(lines)]

    def _is_indented_code(self, index: int) -> bool:
        text = self._page.text[index]
        return self._page.block_kind[index] == BlockKind.CODE and not text.lstrip().startswith(("```", "~~~"))

    def _outdented(self, index: int, line: str) -> str:
        """A paragraph's line that now begins it: it must be no code, and no empty item."""
        indent = self._page.indent
        first = index
        while first and self._reading.leaf[first - 1] == self._reading.leaf[index]:
            first -= 1
            if self._kept[first]:
                return line
        begin, end = indent[first], indent[index]
        line = line[:begin] + line[end:] if begin < end and not line[begin:end].strip(" \t") else line
        return _BARE_MARKER.sub(r"\1\\\2", line)

    def _items(self, index: int) -> list[tuple[int, int]]:
        """The items that the block lies in, from the outside in, each with the number of quotes around it."""
        tags, parents = self._page.containers.tag, self._page.containers.parent
        chain = []
        container = self._page.container[index]
        while container > 0:
            chain.append(container)
            container = parents[container]
        items, quotes = [], 0
        for container in reversed(chain):
            quotes += tags[container] == "blockquote"
            if tags[container] == "li":
                items.append((container, quotes))
        return items

    def _head(self, container: int, index: int) -> _Head:
        """What becomes of an item's marker when `index` is the first block of it that stays."""
        line, first = self._reading.item_line[container], self._reading.first[index]
        if line == first or self._starts.get(line, True):
            return _Head.KEPT
        return _Head.GONE if self._marker(index) else _Head.MOVED

    def _separate(self, previous: int, index: int) -> None:
        """Part two kept blocks between which something was removed."""
        reading, page = self._reading, self._page
        if reading.leaf[previous] == reading.leaf[index]:
            return
        covered: set[int] = set()
        for block in range(previous + 1, index):
            covered.update(range(reading.first[block], reading.last[block]))
        gap = range(reading.last[previous], reading.first[index])
        blank = any(number not in covered for number in gap)
        if not blank and self._joins(previous, index):
            return
        self._out.append(self._blank(previous, index))
        if self._is_indented_code(index) and page.container[index] == 0 and self._items(previous):
            self._out += [_NOTHING, ""]

    def _joins(self, previous: int, index: int) -> bool:
        """Whether the block may follow on the next line: items of one list, or a bullet below a paragraph."""
        begun, before = self._marker(index), self._marker(previous)
        if not begun:
            return False
        parents = self._page.containers.parent
        enclosing, container = set(), self._page.container[previous]
        while container > 0:
            enclosing.add(container)
            container = parents[container]
        if parents[begun] in enclosing or before:
            return True
        line = self._reading.lines[self._reading.first[index]].lstrip(" \t>")
        return bool(_BULLET.match(line))

    def _marker(self, index: int) -> int:
        """The outermost item whose marker stands on the first line of the block; 0 if there is none."""
        container, found = self._page.container[index], 0
        while container > 0:
            if self._reading.item_line[container] == self._reading.first[index]:
                found = container
            container = self._page.containers.parent[container]
        return found

    def _blank(self, previous: int, index: int) -> str:
        """A blank line, quoted where both blocks lie in the same quote."""
        tags, parents = self._page.containers.tag, self._page.containers.parent
        enclosing, container = set(), self._page.container[previous]
        while container > 0:
            if tags[container] == "blockquote":
                enclosing.add(container)
            container = parents[container]
        shared, container = 0, self._page.container[index]
        while container > 0:
            shared += container in enclosing
            container = parents[container]
        line, at = self._reading.lines[self._reading.first[index]], 0
        for _ in range(shared):
            at = line.find(">", at) + 1
            if at == 0:
                return ""
        return re.sub(r"[^>\s]", " ", line[:at])

    def _cut_lines(self, cuts: list[Cut]) -> dict[int, list[str]]:
        """The lines that are left of each block with cuts; an empty list where nothing is left."""
        reading, page = self._reading, self._page
        by_block: dict[int, list[Cut]] = {}
        for cut in cuts:
            by_block.setdefault(cut.block, []).append(cut)
        left = {}
        for block, own in by_block.items():
            pieces, at = [], 0
            for cut in sorted(own, key=lambda cut: cut.start):
                pieces.append(page.text[block][at : cut.start])
                at = max(at, cut.end)
            pieces.append(page.text[block][at:])
            source = "\n".join(reading.lines[reading.first[block] : reading.last[block]])
            start = reading.column[block]
            source = source[:start] + "".join(pieces) + source[start + len(page.text[block]) :]
            lines = [line.rstrip() for line in source.split("\n")]
            left[block] = [line for line in lines if _MARKERS.sub("", line, count=1)]
        return left

    def _keep_definitions(self) -> None:
        """Definitions that something kept refers to stay, whatever was decided about their lines."""
        page, removed = self._page, {}
        for index, kept in enumerate(self._kept):
            if not kept and page.block_kind[index] == BlockKind.MARKUP and page.text[index].startswith("["):
                found = _LABEL.match(page.text[index])
                if found:
                    removed[_label(found[1])] = index
        if not removed:
            return
        for index, kept in enumerate(self._kept):
            if kept and "[" in page.text[index]:
                for found in _LABEL.finditer(page.text[index]):
                    if (definition := removed.pop(_label(found[1]), None)) is not None:
                        self._kept[definition] = True


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _with_marker(line: str, marker: str, at: int) -> str:
    """The line with the marker in place of the white space at `at`, or before its content if there is none."""
    if line[at : at + len(marker)].strip(" "):
        at = len(line) - len(line.lstrip(" \t"))
        return line[:at] + marker + line[at:]
    return line[:at] + marker + line[at + len(marker) :]


def _dedented(line: str, quotes: int, width: int) -> str:
    at = 0
    for _ in range(quotes):
        if found := _QUOTE.match(line, at):
            at = found.end()
    rest = line[at:]
    return line[:at] + rest[min(width, len(rest) - len(rest.lstrip(" \t"))) :]
