"""Kept lines of bare text → blocks, as an editor would set them: headings, lists, quotes, tables, code, verse."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING

from cleaner.building.line_code import closes, code_blocks, opening_fence
from cleaner.building.line_heading_forms import marked_heading
from cleaner.building.line_headings import find_headings
from cleaner.building.line_lists import find_items, list_block
from cleaner.building.line_quotes import quotations
from cleaner.building.line_runs import runs_of, runs_of_lines
from cleaner.building.line_shapes import shapes as shapes_of
from cleaner.building.line_tables import BOX_FIRST, is_row, table_of, verbatim
from cleaner.building.line_wrapping import paragraphs
from cleaner.document import CodeBlock, Heading, Paragraph, ThematicBreak
from cleaner.page import BlockKind, Flag

if TYPE_CHECKING:
    from cleaner.building.kept_lines import KeptLine
    from cleaner.building.line_lists import Item
    from cleaner.document import Block

_UNDERLINE = re.compile(r"(?:={3,400}|-{3,400}|~{3,400}|\*{3,400}|＝{2,400}|━{3,400}|═{3,400})$")
_RULE = re.compile(r"(?:[-*_=~─━－＊═﹏◇◆☆★※•·.][ \u3000]{0,3}){3,400}$")
_SUBTITLE = re.compile(r"(?:—|─|―|–|－|--|ー|~|～){1,4}\s{0,4}\S")
# As plain numbers: a flag's own arithmetic is slow, and this is asked of every line.
_GUARDED, _TABLE, _CODE, _PREFORMATTED, _WRITTEN = map(
    int, (Flag.GUARDED, Flag.TABLE, Flag.CODE, Flag.PREFORMATTED, Flag.WRITTEN)
)
_QUOTE = int(BlockKind.QUOTE)
_WIDEST_VERSE = 44  # columns
_CODE_FIRST = ('"""', "'''", "#!", "//", "/*", "<?", "#include")  # how a file of source code begins
_MOST_BETWEEN = 12  # lines between two of code that are code too
# A sentence: words from the first on, of letters and spaces, or of wide characters; no code begins like this.
_SENTENCE = re.compile(r"[A-Z][a-z']{0,20}(?:,? [A-Za-z'`()\-]{1,30}){5}|[\u3040-\u30ff\u3400-\u9fff]{6}")
_TITLE = re.compile(r"[A-Z][A-Za-z' \-]{2,60}$|[\u3040-\u30ff\u3400-\u9fff]{2,30}$")
_UNDERLINED = 70  # columns of the widest line that an underline makes a heading


class _Role(IntEnum):
    TEXT = 0
    TITLE = 1
    PARAGRAPH = 2
    HEADING = 3
    UNDERLINE = 4
    RULE = 5
    QUOTE = 6
    CODE = 7
    VALUES = 8
    TABLE = 9
    VERSE = 10
    ITEM = 11


def structure(lines: list[KeptLine]) -> list[Block]:
    """The blocks of the lines, in order; every word of the lines stands in them, markers and underlines apart."""
    return _Structure(lines).blocks()


class _Structure:
    def __init__(self, lines: list[KeptLine]) -> None:
        self._lines, self._shapes = lines, shapes_of(lines)
        self._roles = [_Role.TEXT] * len(lines)
        self._levels: dict[int, int] = {}
        self._lists: dict[int, list[Item]] = {}
        self._spaced = sum(line.blank > 0 for line in lines) * 12 > len(lines)

    def blocks(self) -> list[Block]:
        self._assign_certain()
        self._assign_code()
        self._assign_last_rows()
        self._assign_underlined()
        self._assign_lists()
        self._assign_headings()
        out: list[Block] = []
        index = 0
        while index < len(self._lines):
            end = self._end(index)
            out.extend(self._group(index, end))
            index = end
        return out

    def _assign_certain(self) -> None:
        """Roles that a line has by what the reader or the judge says of it, or by its first characters."""
        title = False
        deep = any(line.text.startswith("##") and not line.flags & _CODE for line in self._lines)
        for index, line in enumerate(self._lines):
            role = _certain(line)
            if line.title and not self._is_verse(index) and not self._is_last(index):
                role, title = _Role.TITLE, True
            elif title:
                title = False
                if _SUBTITLE.match(line.text) and not _RULE.match(line.text):
                    role = _Role.PARAGRAPH
            marked = marked_heading(line.text) if role == _Role.TEXT else None
            # Number signs of several depths are headings; one alone, amid commands, begins a comment.
            if marked and ((deep and (marked[0] > 1 or index == 0)) or self._is_apart(index)):
                role = _Role.HEADING
                self._levels[index] = marked[0]
            self._roles[index] = role

    def _is_verse(self, index: int) -> bool:
        """Whether a line begins a stanza of short lines below others: then it is no title, whoever says so."""
        stanza = range(index + 1, index + 3)
        return (
            index > 0
            and self._lines[index].blank > 0
            and stanza.stop <= len(self._lines)
            and all(self._lines[i].blank == 0 and self._shapes[i].width <= _WIDEST_VERSE for i in stanza)
        )

    def _is_last(self, index: int) -> bool:
        """Whether nothing stands below a line, and text right above it: then there is nothing that it could be over."""
        return index > 0 and index + 1 == len(self._lines) and self._lines[index].blank == 0

    def _assign_code(self) -> None:
        """Explanations between stretches of code are text; lines within one, without blank lines, are code."""
        roles, lines = self._roles, self._lines
        fence = ""
        last = -2
        for index, line in enumerate(lines):
            if roles[index] != _Role.CODE:
                continue
            if fence:
                fence = "" if closes(line.text, fence) else fence
            elif opened := opening_fence(line.text):
                fence = opened[0]
            elif self._is_explanation(index):
                roles[index] = _Role.TEXT
                if last == index - 1 and self._is_caption(last):
                    roles[last] = _Role.TEXT
                continue
            if (
                last < index - 1
                and index
                and roles[index - 1] == _Role.TEXT
                and lines[index - 1].text.startswith(_CODE_FIRST)
            ):
                roles[index - 1] = _Role.CODE
            between = range(last + 1, index)
            if (
                0 < len(between) <= _MOST_BETWEEN
                and all(lines[i].blank == 0 and roles[i] == _Role.TEXT for i in between)
                and not line.blank
            ):
                roles[last + 1 : index] = [_Role.CODE] * len(between)
            last = index

    def _assign_last_rows(self) -> None:
        """A row set in columns right below a table belongs to it, though it has fewer cells."""
        for index in range(1, len(self._lines)):
            line, above = self._lines[index], self._lines[index - 1]
            follows = self._roles[index - 1] == _Role.TABLE and not above.text.startswith(("|", *BOX_FIRST))
            if follows and self._roles[index] == _Role.TEXT and not line.blank and is_row(line.text):
                self._roles[index] = _Role.TABLE

    def _is_explanation(self, index: int) -> bool:
        """Whether a line in a stretch of code is a sentence that stands apart from it."""
        line = self._lines[index]
        below = index + 1 == len(self._lines) or self._lines[index + 1].blank > 0
        return line.blank > 0 and below and self._shapes[index].ended and _SENTENCE.match(line.text) is not None

    def _is_caption(self, index: int) -> bool:
        """Whether a line in a stretch of code is words alone, set off: the heading of an explanation."""
        return self._lines[index].blank > 0 and _TITLE.match(self._lines[index].text) is not None

    def _is_apart(self, index: int) -> bool:
        """Whether blank lines set a line off, above and below; a number sign among commands begins a comment."""
        below = index + 1 == len(self._lines) or self._lines[index + 1].blank > 0 or self._shapes[index + 1].running
        return (index == 0 or self._lines[index].blank > 0) and below

    def _assign_underlined(self) -> None:
        """A short line with a line of `=` or `-` below it, about as wide, is a heading."""
        for index in range(1, len(self._lines)):
            line, above = self._lines[index], self._lines[index - 1]
            if line.blank or not _UNDERLINE.match(line.text) or self._roles[index] not in (_Role.RULE, _Role.TEXT):
                continue
            if self._roles[index - 1] not in (_Role.TEXT, _Role.TITLE) or not self._begins(index - 1):
                continue
            width, under = self._shapes[index - 1].width, self._shapes[index].width
            if width <= _UNDERLINED and width <= under * 2 and above.text[-1] not in "。，,":
                if self._roles[index - 1] == _Role.TEXT:
                    self._roles[index - 1] = _Role.HEADING
                    self._levels[index - 1] = 2 if line.text[0] in "=＝═━*" else 3
                self._roles[index] = _Role.UNDERLINE
        underlined = [
            index
            for index in self._levels
            if index + 1 < len(self._lines) and self._roles[index + 1] == _Role.UNDERLINE
        ]
        if all(self._levels[index] == 3 for index in underlined):
            self._levels.update(dict.fromkeys(underlined, 2))
        if 0 in underlined and _Role.TITLE not in self._roles and self._lines[1].text[0] in "=＝═":
            self._levels[0] = 1
            if all(self._levels[index] == 3 for index in underlined[1:]):
                self._levels.update(dict.fromkeys(underlined[1:], 2))

    def _begins(self, index: int) -> bool:
        return index == 0 or self._lines[index].blank > 0 or self._roles[index - 1] != _Role.TEXT

    def _assign_lists(self) -> None:
        free = [role == _Role.TEXT for role in self._roles]
        for items in find_items(self._lines, self._shapes, free):
            self._lists[items[0].first] = items
            for item in items:
                for index in range(item.first, item.last):
                    self._roles[index] = _Role.ITEM

    def _assign_headings(self) -> None:
        free = [role == _Role.TEXT for role in self._roles]
        follows = [
            role in (_Role.ITEM, _Role.TABLE, _Role.CODE, _Role.VALUES, _Role.VERSE, _Role.QUOTE)
            for role in self._roles
        ]
        titled = _Role.TITLE in self._roles or 1 in self._levels.values()
        found = find_headings(self._lines, self._shapes, free, follows, titled=titled)
        for index, level in found.items():
            self._roles[index] = _Role.HEADING
            self._levels[index] = level

    def _end(self, index: int) -> int:
        """The end of the group of lines that becomes one block, or one stretch of paragraphs."""
        role, end = self._roles[index], index + 1
        if role == _Role.ITEM:
            return self._lists[index][-1].last
        if role in (_Role.TITLE, _Role.PARAGRAPH, _Role.HEADING, _Role.UNDERLINE, _Role.RULE):
            return end
        together = role in (_Role.CODE, _Role.VALUES, _Role.TABLE)
        while end < len(self._lines) and self._roles[end] == role and (together or self._lines[end].blank == 0):
            end += 1
        return end

    def _group(self, index: int, end: int) -> list[Block]:
        role, lines = self._roles[index], self._lines[index:end]
        if role == _Role.TITLE:
            return [Heading(1, runs_of(_words(lines[0])))]
        if role == _Role.HEADING:
            return [Heading(self._levels[index], runs_of(_words(lines[0])))]
        if role == _Role.PARAGRAPH:
            return [Paragraph(runs_of(lines[0].text))]
        if role == _Role.UNDERLINE:
            return []
        if role == _Role.RULE:
            return [ThematicBreak()]
        if role == _Role.ITEM:
            return [list_block(self._lists[index])]
        if role == _Role.QUOTE:
            return quotations(lines)
        if role == _Role.TABLE:
            return table_of(lines)
        if role == _Role.CODE:
            return code_blocks(lines)
        if role == _Role.VALUES:
            return [CodeBlock(verbatim(lines), "csv")]
        if role == _Role.VERSE:
            return [Paragraph(runs_of_lines(line.text for line in lines))]
        return list(paragraphs(lines, self._shapes[index:end], spaced=self._spaced))


def _certain(line: KeptLine) -> _Role:
    if line.flags & _GUARDED and not line.flags & _WRITTEN:
        if line.flags & _TABLE:
            return _Role.VALUES if line.flags & _PREFORMATTED else _Role.TABLE
        return _Role.CODE if line.flags & _CODE else _Role.VERSE
    if line.kind == _QUOTE or line.text.startswith("> "):
        return _Role.QUOTE
    if _RULE.match(line.text):
        return _Role.RULE
    if line.text.startswith(BOX_FIRST):
        return _Role.TABLE
    return _Role.TEXT


def _words(line: KeptLine) -> str:
    marked = marked_heading(line.text)
    return marked[1] if marked else line.text
