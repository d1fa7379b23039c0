"""Markdown → the blocks of a Document, from markdown-it's tokens, without recursion over their nesting."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, cast

from cleaner.addresses import is_harmful, without_tracking
from cleaner.building.active_markup import can_act
from cleaner.building.invisible_references import holds_invisible
from cleaner.building.joining import joint
from cleaner.building.markdown_markup import markup_blocks
from cleaner.building.markdown_runs import RunReader
from cleaner.document import (
    Cell,
    CodeBlock,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Table,
    Text,
    ThematicBreak,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from cleaner.document import Alignment, Block, Runs
    from cleaner.options import Options

# Larger inputs are no documents but exports; each of their paragraphs is plain text.
MAX_PARSED = 20_000_000
MAX_NESTING = 100
MAX_NESTING_INLINE = 20  # links and images inside labels; each level reads its label again
MAX_DEPTH = 30  # brackets inside brackets
# The inline parser's worst cases are quadratic; longer paragraphs than this are no prose that a person marked up.
MAX_INLINE = 200_000

_MARKERS = re.compile(r"(?:[ \t]|>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))*")
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_TARGET = re.compile(r"\]\(\s{0,9}<?([^\s()<>]{1,200})")
_MARKUP = re.compile(r"[\\`*_~\[\]<>&!]| {2}\n")
_BRACKET = re.compile(r"[\[\]]")
_SPACES = re.compile(r"[ \t]{2,}|\t")
_ALIGNMENT = re.compile(r"text-align:(left|center|right)")


@dataclass(slots=True)
class MarkdownTree:
    """The blocks, and what of the source must not be written as it is.

    unsafe       half-open ranges of lines with links that lead to code
    comments     whether comments stay in them
    definitions  lines of link definitions that do
    tracked      half-open ranges of lines with addresses to be shortened
    """

    blocks: tuple[Block, ...] = ()
    unsafe: list[tuple[int, int]] = field(default_factory=list)
    comments: bool = False
    definitions: list[tuple[int, int]] = field(default_factory=list)
    tracked: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Frame:
    """An open element; `blocks` gathers what is inside, `items`, `rows` and `cells` what isn't a block."""

    token: Token | None
    blocks: list[Block] = field(default_factory=list)
    items: list[ListItem] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    alignments: list[Alignment] = field(default_factory=list)
    runs: Runs = ()
    checked: bool | None = None


def parse(source: str, options: Options) -> MarkdownTree:
    """The tree of the Markdown in `source`. Linear but for the markup inside a paragraph, whose length is bounded."""
    lines = source.split("\n")
    if len(source) > MAX_PARSED:
        return MarkdownTree(_plain_blocks(lines))
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"inline_definitions": True, "maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    parser.validateLink = lambda _: True  # type: ignore[method-assign, assignment]  # what is unsafe is found here, by our own rule
    tokens: list[Token] = []
    environment: dict[str, object] = {}
    try:
        parser.block.parse(source.replace("\r", " ").replace("\0", "\ufffd"), parser, environment, tokens)
    except RecursionError:
        return MarkdownTree(_plain_blocks(lines))
    parser.options["maxNesting"] = MAX_NESTING_INLINE
    return _TreeReader(lines, parser, environment, options).read(tokens)


def _plain_blocks(lines: list[str]) -> tuple[Block, ...]:
    return tuple(Paragraph((Text(line.strip()),)) for line in lines if line.strip())


class _TreeReader:
    def __init__(self, lines: list[str], parser: MarkdownIt, environment: dict[str, object], options: Options) -> None:
        self._lines, self._parser, self._environment = lines, parser, environment
        self._stack = [_Frame(None)]
        self._tree = MarkdownTree(comments=options.keeps_comments)
        self._inline = RunReader(options)
        self._options = options

    def read(self, tokens: list[Token]) -> MarkdownTree:
        for token in tokens:
            if token.nesting > 0:
                self._stack.append(_Frame(token))
            elif token.nesting < 0:
                self._close(self._stack.pop())
            else:
                self._leaf(token)
        self._tree.blocks = tuple(self._stack[0].blocks)
        return self._tree

    def _leaf(self, token: Token) -> None:
        frame = self._stack[-1]
        if token.type == "inline":
            frame.runs = self._runs(token)
        elif token.type == "fence":
            frame.blocks.append(CodeBlock(_without_last_feed(token.content), token.info.strip().partition(" ")[0]))
        elif token.type == "code_block":
            frame.blocks.append(CodeBlock(_without_last_feed(token.content)))
        elif token.type == "html_block":
            frame.blocks.extend(markup_blocks(token.content))
            if token.map:
                self._note_markup(token.content, (token.map[0], token.map[1]))
        elif token.type == "hr":
            frame.blocks.append(ThematicBreak())
        elif token.type == "definition" and token.map:
            self._note_definition(str(token.meta["url"]), (token.map[0], token.map[1]))

    def _note_markup(self, markup: str, lines: tuple[int, int]) -> None:
        if not self._options.unsafe_links and (
            can_act(markup, comments=self._tree.comments) or holds_invisible(markup)
        ):
            self._tree.unsafe.append(lines)
        if self._options.strip_tracking and "?" in markup:
            self._tree.tracked.append(lines)

    def _note_definition(self, address: str, lines: tuple[int, int]) -> None:
        if not self._options.unsafe_links and is_harmful(address):
            self._tree.definitions.append(lines)
        elif self._options.strip_tracking and without_tracking(address) != address:
            self._tree.tracked.append(lines)

    def _runs(self, token: Token) -> Runs:
        content = self._take_task(token.content)
        if len(content) > MAX_INLINE or not _MARKUP.search(content) or _is_tangled(content):
            if token.map and not self._options.unsafe_links and _may_act(content):
                self._tree.unsafe.append((token.map[0], token.map[1]))
            plain = _joined(content)
            return (Text(plain),) if plain else ()
        children: list[Token] = []
        self._parser.inline.parse(content, self._parser, self._environment, children)
        unsafe, tracked = self._inline.unsafe, self._inline.tracked
        runs = self._inline.runs(children)
        if token.map and (
            self._inline.unsafe > unsafe or (not self._options.unsafe_links and holds_invisible(content))
        ):
            self._tree.unsafe.append((token.map[0], token.map[1]))
        if self._inline.tracked > tracked and token.map:
            self._tree.tracked.append((token.map[0], token.map[1]))
        return runs

    def _take_task(self, content: str) -> str:
        """The content without the task box of an item's first paragraph, which the item remembers."""
        if len(self._stack) < 2:
            return content
        item = self._stack[-2]
        found = _TASK.match(content)
        if found and item.token is not None and item.token.type == "list_item_open" and not item.blocks:
            item.checked = found[1] != " "
            return content[found.end() :]
        return content

    def _close(self, frame: _Frame) -> None:
        token, outer = cast("Token", frame.token), self._stack[-1]
        if token.type == "paragraph_open":
            if frame.runs:
                outer.blocks.append(Paragraph(frame.runs))
        elif token.type == "heading_open":
            outer.blocks.append(Heading(int(token.tag[1:]), frame.runs))
        elif token.type == "blockquote_open":
            outer.blocks.append(Quote(self._content(frame)))
        elif token.type == "list_item_open":
            outer.items.append(ListItem(self._content(frame), frame.checked))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            start = int(str(token.attrs.get("start", 1)))
            outer.blocks.append(ListBlock(tuple(frame.items), token.type == "ordered_list_open", start))
        elif token.type in ("th_open", "td_open"):
            blocks = (Paragraph(frame.runs),) if frame.runs else ()
            outer.cells.append(Cell(blocks, header=token.type == "th_open"))
            outer.alignments.append(_alignment(token))
        elif token.type == "tr_open":
            outer.rows.append(tuple(frame.cells))
            outer.alignments = frame.alignments
        elif token.type in ("thead_open", "tbody_open"):
            outer.rows.extend(frame.rows)
            outer.alignments = outer.alignments or frame.alignments
        elif token.type == "table_open":
            outer.blocks.append(Table(tuple(frame.rows), tuple(frame.alignments)))

    def _content(self, frame: _Frame) -> tuple[Block, ...]:
        """The blocks inside; where the nesting is too deep for the parser, the lines' words."""
        token = cast("Token", frame.token)
        if not frame.blocks and token.level >= MAX_NESTING - 2 and token.map:
            words = (_MARKERS.sub("", line, count=1).strip() for line in self._lines[token.map[0] : token.map[1]])
            return tuple(Paragraph((Text(line),)) for line in words if line)
        return tuple(frame.blocks)


def _alignment(token: Token) -> Alignment:
    found = _ALIGNMENT.match(str(token.attrs.get("style", "")))
    return cast("Alignment", found[1]) if found else None


def _may_act(content: str) -> bool:
    """Whether a paragraph that is too much for the parser has links or markup that others may read as active."""
    return can_act(content) or any(is_harmful(unescape(found[1])) for found in _TARGET.finditer(content))


def _is_tangled(content: str) -> bool:
    """Whether brackets are nested as no person nests them, on which the inline parser takes quadratic time."""
    if content.count("[") <= MAX_DEPTH:
        return False
    depth = 0
    for found in _BRACKET.finditer(content):
        depth = depth + 1 if found[0] == "[" else max(depth - 1, 0)
        if depth > MAX_DEPTH:
            return True
    return False


def _without_last_feed(code: str) -> str:
    return code.removesuffix("\n")


def _joined(content: str) -> str:
    """Plain text of several lines as one."""
    pieces: list[str] = []
    for line in content.split("\n"):
        words = _SPACES.sub(" ", line.strip())
        if pieces and words:
            pieces.append(joint(pieces[-1], words))
        pieces.append(words)
    return "".join(pieces)
