"""Document → GitHub-flavoured Markdown that a renderer reads back as the same document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.document import (
    CodeBlock,
    DefinitionList,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Mark,
    MarkKind,
    MathBlock,
    Paragraph,
    Quote,
    Table,
    Text,
    ThematicBreak,
    Verbatim,
)
from cleaner.options import Options
from cleaner.writers.front_matter import front_matter
from cleaner.writers.markdown_commonmark import html_block, without_extensions
from cleaner.writers.markdown_escape import without_markup
from cleaner.writers.markdown_inline import inline
from cleaner.writers.markdown_layout import Place
from cleaner.writers.markdown_style import style_of
from cleaner.writers.markdown_tables import table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Block, Document, Runs
    from cleaner.writers.markdown_style import Style

_FENCE = re.compile(r"^ {0,3}(`{3,})|(`{3,})", re.MULTILINE)
_STRONG = Mark(MarkKind.STRONG)


def write(document: Document) -> str:
    """The document as Markdown, with front matter if its options ask for it; "" if there is nothing in it."""
    body = markdown_of(document.blocks, document.options)
    form = document.options.front_matter
    head = "" if form == "none" else front_matter(document.metadata, form)
    if head and body:
        return f"{head}\n{body}"
    return head or body


def markdown_of(blocks: tuple[Block, ...], options: Options | None = None) -> str:
    """Blocks as Markdown, ending in one line feed unless there is nothing in them."""
    style = style_of(options or Options(), footnotes=any(type(block) is Footnote for block in blocks))
    if style.commonmark:
        blocks = without_extensions(blocks)
    text = _Writer(style).blocks(blocks, first="document")
    text = "\n\n".join(part for part in (text.strip("\n"), style.definitions()) if part)
    return text + "\n" if text else ""


class _Writer:
    """Blocks to text."""

    def __init__(self, style: Style) -> None:
        self._style = style

    def blocks(self, blocks: tuple[Block, ...], *, first: str = "", tight: bool = False) -> str:
        """Blocks with what parts them. `first` says what the first one begins: the document, an item, or nothing."""
        parts: list[str] = []
        before: Block | None = None
        alternate = False
        for block in _plain(blocks):
            alternate = _continues(before, block) and not alternate
            begins = first if not parts else ""
            text = self._block(block, begins=begins, alternate=alternate)
            if not text:
                continue
            if parts:
                parts.append("\n" * (block.newlines_before if type(block) is Verbatim else 1 if tight else 2))
            parts.append(text)
            before = block
        return "".join(parts)

    def _block(self, block: Block, *, begins: str, alternate: bool) -> str:
        if type(block) is Paragraph:
            return self._inline(block.runs, Place.ITEM if begins == "item" else Place.PARAGRAPH)
        if type(block) is Heading:
            text = self._inline(block.runs, Place.HEADING)
            return f"{'#' * min(max(block.level, 1), 6)} {text}" if text else ""
        if type(block) is ListBlock:
            return self._list(block, alternate=alternate)
        if type(block) is CodeBlock:
            return _code(block)
        if type(block) is Quote:
            text = self._narrower(block.blocks, 2)
            return "\n".join(f"> {line}" if line else ">" for line in text.split("\n")) if text else ""
        if type(block) is Table:
            if self._style.commonmark:
                return html_block(block, keep_unsafe=self._style.keep_unsafe)
            return "\n".join(table_lines(block, lambda runs: self._inline(runs, Place.CELL)))
        if type(block) is MathBlock:
            return _math(block, dollars=not self._style.commonmark)
        if type(block) is ThematicBreak:
            return "***" if begins == "document" else "___" if begins == "item" else "---"
        if type(block) is Footnote:
            text = self._narrower(block.blocks, 4)
            return f"[^{block.number}]: {_indented(text, 4)}" if text else ""
        return block.source.strip("\n") if type(block) is Verbatim else ""

    def _inline(self, runs: Runs, place: Place) -> str:
        return inline(runs, place, self._style)

    def _narrower(self, blocks: tuple[Block, ...], indent: int, *, first: str = "", tight: bool = False) -> str:
        """Blocks that stand `indent` columns further in."""
        before = self._style.width
        self._style.width = max(before - indent, 1) if before else 0
        text = self.blocks(blocks, first=first, tight=tight)
        self._style.width = before
        return text

    def _list(self, block: ListBlock, *, alternate: bool) -> str:
        tight = all(_is_tight(item) for item in block.items)
        items = []
        for offset, item in enumerate(block.items):
            if block.ordered:
                marker = f"{min(block.start + offset, 999_999_999)}{')' if alternate else '.'} "
            else:
                marker = "* " if alternate else "- "
            items.append(self._item(item, marker, tight=tight))
        return ("\n" if tight else "\n\n").join(items)

    def _item(self, item: ListItem, marker: str, *, tight: bool) -> str:
        indent = len(marker) + 4 * (item.checked is not None)
        text = self._narrower(item.blocks, indent, first="item" if item.checked is None else "", tight=tight)
        if item.checked is not None:
            box = "[x] " if item.checked else "[ ] "
            # A task box belongs to a paragraph.
            text = box + text if item.blocks and type(item.blocks[0]) is Paragraph else f"{box}\n\n{text}"
        return (marker + _indented(text, len(marker))).rstrip() if text else marker.rstrip()


def _plain(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks that Markdown has a form for, in place of those that it has none for."""
    for block in blocks:
        if type(block) is Figure:
            yield from _plain(block.blocks)
            if block.caption:
                yield Paragraph(block.caption)
        elif type(block) is DefinitionList:
            for definition in block.definitions:
                for term in definition.terms:
                    yield Paragraph(_bold(term))
                for description in definition.descriptions:
                    yield from _plain(description)
        elif type(block) is Verbatim and block.format != "markdown":
            yield from _plain(block.blocks)
        elif type(block) is Table:
            if block.caption:
                yield Paragraph(block.caption)
            if block.rows:
                yield block
        else:
            yield block


def _bold(runs: Runs) -> Runs:
    return tuple(
        type(run)(run.text, (_STRONG, *run.marks)) if type(run) is Text and _STRONG not in run.marks else run
        for run in runs
    )


def _continues(before: Block | None, block: Block) -> bool:
    """Whether a renderer would take two lists for one."""
    return type(before) is ListBlock and type(block) is ListBlock and before.ordered == block.ordered


def _is_tight(item: ListItem) -> bool:
    """Whether the item can be written without blank lines: a paragraph, then lists that may interrupt it."""
    blocks = list(_plain(item.blocks))
    rest = blocks[1:] if blocks and type(blocks[0]) is Paragraph else blocks
    if not all(type(block) is ListBlock and (not block.ordered or block.start == 1) for block in rest):
        return len(blocks) <= 1
    kinds = [block.ordered for block in rest if type(block) is ListBlock]
    return len(set(kinds)) == len(kinds)


def _indented(text: str, width: int) -> str:
    if "\n" not in text:
        return text
    indent = " " * width
    head, *lines = text.split("\n")
    return "\n".join([head, *(indent + line if line else "" for line in lines)])


def _code(block: CodeBlock) -> str:
    longest = max((len(match[1] or match[2]) for match in _FENCE.finditer(block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    language = "".join(character for character in block.language if not character.isspace() and character != "`")
    text = block.text.replace("\r\n", "\n").replace("\r", "\n")
    return f"{fence}{language}\n{text}\n{fence}"


def _math(block: MathBlock, *, dollars: bool) -> str:
    lines = [line for line in block.tex.splitlines() if line.strip()]
    if not lines:
        return ""
    if not dollars or any("$$" in line for line in lines):
        return _code(CodeBlock(block.tex, "math"))
    return "\n".join(["$$", *map(without_markup, lines), "$$"])
