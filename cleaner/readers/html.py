"""HTML → a page of blocks, in one walk over the tree that turbohtml parses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cleaner.page import BlockKind, Flag, Page
from cleaner.readers import Reading
from cleaner.readers.elements import (
    BLOCKS,
    HEADING_LEVELS,
    IMAGES,
    INPUTS,
    LISTS,
    NAMING_ATTRIBUTES,
    ROLE_FLAGS,
    TAG_FLAGS,
    TAG_KINDS,
    UNRENDERED,
)
from cleaner.readers.reveal import reveal
from cleaner.readers.visibility import Look, Visibility

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Document, Element, Node, Text

# Pages with fewer visible characters than this may hold their text in `noscript`, for readers without scripts.
SCRIPTED_PAGE_CHARACTERS = 250
# Class attributes of some frameworks run to kilobytes; what an element is for stands at their beginning.
NAME_CHARACTERS = 400
# Stands for `<br>` until white space is collapsed; the parser turns real NULs into U+FFFD.
_BREAK = "\0"
_ALL_FLAGS = -1
_PLAIN = Look()
_BOLD, _HEADING, _PREFORMATTED, _HIDDEN = (
    flag.value for flag in (Flag.BOLD, Flag.HEADING, Flag.PREFORMATTED, Flag.HIDDEN)
)


_HEADING_KIND, _CODE_KIND = BlockKind.HEADING.value, BlockKind.CODE.value


@dataclass(slots=True)
class HtmlReading(Reading):
    """A page together with the tree that it was read from.

    `elements` has the element of each container, `nodes` the text nodes of each block, both in the page's order.
    """

    document: Document
    elements: list[Element] = field(default_factory=list)
    nodes: list[list[Text]] = field(default_factory=list)


def read(text: str, url: str | None) -> HtmlReading:
    """The page in `text`; `url` is its address, where it is known."""
    from turbohtml import parse  # loaded only when HTML is read

    document = parse(text, positions=False)
    reading = _Walk(document, url, noscript=False).run()
    if sum(map(len, reading.page.text)) < SCRIPTED_PAGE_CHARACTERS and "<noscript" in text.lower():
        unscripted = _Walk(document, url, noscript=True).run()
        if len(unscripted.page) > len(reading.page):
            reading = unscripted
    reveal(reading.page)
    return reading


class _Strand:
    """The text of one block while it is gathered."""

    __slots__ = (
        "bold",
        "container",
        "flags",
        "last_link",
        "linked",
        "links",
        "nodes",
        "pending",
        "pieces",
        "reason",
        "words",
    )

    def __init__(self, container: int, words: str, reason: str) -> None:
        self.container = container
        self.words = words
        self.reason = reason
        self.pieces: list[str] = []
        self.nodes: list[Text] = []
        self.flags = _ALL_FLAGS
        self.pending = 0  # line breaks since the last text
        self.linked = self.links = self.last_link = self.bold = 0


# Blocks and containers are gathered as rows, which costs one append each, and turned into columns at the end.
_BLOCK_COLUMNS = (
    "text", "block_kind", "level", "link_chars", "links", "bold_chars", "breaks", "container", "flags", "hidden",
    "inline_words",
)  # fmt: skip
_CONTAINER_COLUMNS = frozenset(("tag", "parent", "words", "flags", "first", "depth"))


class _Place(NamedTuple):
    """A container's row, with the heading level and list depth that hold inside it."""

    tag: str
    parent: int
    words: str
    flags: int
    first: int
    depth: int
    heading: int
    lists: int


class _Walk:
    """The walk over one tree. Text that can't be seen is gathered apart, so that it never splits a visible block."""

    def __init__(self, document: Document, url: str | None, *, noscript: bool) -> None:
        self.page = Page("html", "", url=url)
        self.reading = HtmlReading(self.page, document)
        self.visibility = Visibility(document)
        self.unrendered = UNRENDERED - {"noscript"} if noscript else UNRENDERED
        self.blocks: list[tuple[str, int, int, int, int, int, int, int, int, str, str]] = []  # as _BLOCK_COLUMNS
        self.places: list[_Place] = []
        self.last: list[int] = []
        self.images: list[int] = []
        self.inputs: list[int] = []
        self.shown: _Strand | None = None
        self.concealed: _Strand | None = None

    def run(self) -> HtmlReading:
        root = self.reading.document.root
        if root is not None:
            self._walk(root)
        self._finish()
        return self.reading

    def _walk(self, root: Element) -> None:
        """Visits every node in document order, with the nodes' surroundings on a stack of its own."""
        from turbohtml import Element, Text

        bold_flag, preformatted = _BOLD, _PREFORMATTED
        unrendered, blocks, tag_flags = self.unrendered, BLOCKS, TAG_FLAGS
        look_of, by_tag, close = self.visibility.look, self.visibility.by_tag, self._close
        stack: list[tuple[Iterator[Node], int, int, Look, int, str]] = []
        named, role, _ = _names(root)
        flags, look, link, words, links = ROLE_FLAGS.get(role, 0), look_of(root, root.tag, _PLAIN), 0, "", 0
        container = self._open_container(root, named, 0, flags)
        children: Iterator[Node] = iter(root.children)
        while True:
            for node in children:
                kind = type(node)
                if kind is Text:
                    data = node.data  # type: ignore[attr-defined]
                    strand = self.concealed if look.reason else self.shown
                    size = len(data.strip())
                    if not size and not flags & preformatted:
                        if strand is not None and data:
                            strand.pieces.append(" ")
                            strand.nodes.append(node)  # type: ignore[arg-type]
                        continue
                    if look.reason:
                        if strand is None or strand.reason != look.reason:
                            if strand is not None:
                                self.concealed = None
                                self._emit(strand)
                            strand = self.concealed = _Strand(container, words, look.reason)
                    elif strand is None:
                        strand = self.shown = _Strand(container, words, "")
                    elif strand.pending > 1 and not flags & preformatted:
                        self.shown = None
                        self._emit(strand)
                        strand = self.shown = _Strand(container, words, "")
                    elif strand.pending:
                        strand.pieces.append(_BREAK * strand.pending)
                    elif link and strand.last_link and link != strand.last_link:
                        strand.pieces.append(" ")  # neighbouring links are set apart by style
                    strand.pending = 0
                    if link:
                        strand.linked += size
                        strand.links += link != strand.last_link
                    strand.last_link = link
                    if flags & bold_flag:
                        strand.bold += size
                    strand.flags &= flags
                    strand.pieces.append(data)
                    strand.nodes.append(node)  # type: ignore[arg-type]
                    continue
                if kind is not Element:
                    continue
                tag: str = node.tag  # type: ignore[attr-defined]
                if tag in unrendered:
                    self._note(node, tag, container)  # type: ignore[arg-type]
                    continue
                if tag == "br":
                    if self.shown is not None:
                        self.shown.pending += 1
                    continue
                is_block = tag in blocks or "-" in tag
                if is_block and (self.shown is not None or self.concealed is not None):
                    close()
                inner_children = node.children
                if not inner_children:
                    continue
                inner_flags, inner_look, inner_words = flags | tag_flags.get(tag, 0), look, words
                named = ""
                if node.attrs:  # type: ignore[attr-defined]
                    named, role, others = _names(node)  # type: ignore[arg-type]
                    if role:
                        inner_flags |= ROLE_FLAGS.get(role, 0)
                    if not look.final:
                        inner_look = look_of(node, tag, look, other_attributes=others)  # type: ignore[arg-type]
                elif by_tag and not look.final:
                    inner_look = look_of(node, tag, look)  # type: ignore[arg-type]
                stack.append((children, container, flags, look, link, words))
                if is_block:
                    container = self._open_container(node, named, container, inner_flags)  # type: ignore[arg-type]
                    inner_words = ""
                elif named:
                    inner_words = f"{words} {named}" if words and len(words) < NAME_CHARACTERS else named
                if tag == "a":
                    links += 1
                    link = links
                flags, look, words = inner_flags, inner_look, inner_words
                children = iter(inner_children)
                break
            else:
                if not stack:
                    break
                inner = container
                children, container, flags, look, link, words = stack.pop()
                if inner != container:
                    if self.shown is not None or self.concealed is not None:
                        close()
                    self.last[inner] = len(self.blocks)
        close()

    def _open_container(self, element: Element, named: str, parent: int, flags: int) -> int:
        index, tag = len(self.places), element.tag
        if index:
            above = self.places[parent]
            heading, lists, depth = above.heading, above.lists, above.depth + 1
        else:
            heading = lists = depth = 0
        heading = HEADING_LEVELS.get(tag, heading)
        self.places.append(_Place(tag, parent, named, flags, len(self.blocks), depth, heading, lists + (tag in LISTS)))
        self.last.append(len(self.blocks))
        self.images.append(0)
        self.inputs.append(0)
        self.reading.elements.append(element)
        return index

    def _close(self) -> None:
        """Ends the block that is being gathered, and what is hidden inside it."""
        shown, concealed = self.shown, self.concealed
        self.shown = self.concealed = None
        if shown is not None:
            self._emit(shown)
        if concealed is not None:
            self._emit(concealed)

    def _emit(self, strand: _Strand) -> None:
        place = self.places[strand.container]
        flags = max(strand.flags, 0) | place.flags
        text = _collapsed(strand.pieces, preformatted=bool(flags & _PREFORMATTED))
        if not text:
            return
        self.blocks.append(
            (
                text,
                _kind(place.tag, flags, place.heading),
                place.heading or place.lists,
                strand.linked,
                strand.links,
                strand.bold,
                text.count("\n"),
                strand.container,
                flags | _HIDDEN if strand.reason else flags,
                strand.reason,
                strand.words,
            )
        )
        self.reading.nodes.append(strand.nodes)

    def _note(self, element: Element, tag: str, container: int) -> None:
        """Keeps what an element that renders no text says of the page."""
        head = self.page.head
        if tag in IMAGES:
            self.images[container] += 1
        elif tag in INPUTS:
            self.inputs[container] += 1
        elif tag == "meta":
            name = element.attr("property") or element.attr("name") or element.attr("itemprop")
            if name:
                head.meta.setdefault(name.lower(), element.attr("content") or "")
        elif tag == "script":
            if (element.attr("type") or "").strip().lower() == "application/ld+json":
                head.json_ld.append(element.text)
        elif tag == "title":
            head.title = head.title or " ".join(element.text.split())
        elif tag == "link":
            if not head.canonical and "canonical" in (element.attr("rel") or "").lower().split():
                head.canonical = (element.attr("href") or "").strip()
        elif tag == "base":
            head.base = head.base or (element.attr("href") or "").strip()

    def _finish(self) -> None:
        """What can be said only when all blocks are there: the source, offsets into it, the page's language."""
        page, root = self.page, self.reading.document.root
        if self.places:
            self.last[0] = len(self.blocks)
        for name, column in zip(_BLOCK_COLUMNS, zip(*self.blocks, strict=True), strict=False):
            setattr(page, name, list(column))
        for name, column in zip(_Place._fields, zip(*self.places, strict=True), strict=False):
            if name in _CONTAINER_COLUMNS:
                setattr(page.containers, name, list(column))
        page.containers.last, page.containers.images, page.containers.inputs = self.last, self.images, self.inputs
        position = 0
        for text in page.text:
            page.start.append(position)
            position += len(text)
            page.end.append(position)
            position += 1
        page.source = "\n".join(page.text)
        page.blank_before = [0] * len(page.text)
        page.indent = [0] * len(page.text)
        page.revealed = [""] * len(page.text)
        if root is not None:
            page.head.language = (root.attr("lang") or root.attr("xml:lang") or "").strip()


def _names(element: Element) -> tuple[str, str, bool]:
    """The words that name what the element is for, lower-cased; its role; whether it has attributes besides."""
    attribute, left = element.attr, len(element.attrs)
    words = role = ""
    for name in NAMING_ATTRIBUTES:
        value = attribute(name)
        if value is not None:
            left -= 1
            if value:
                words = f"{words} {value}" if words else value
                if name == "role":
                    role = value.lower()
            if not left:
                break
    return words[:NAME_CHARACTERS].lower(), role, left > 0


def _collapsed(pieces: list[str], *, preformatted: bool) -> str:
    """The text of a block as it shows: white space collapsed, one line feed for a `<br>`."""
    text = "".join(pieces)
    if preformatted:
        return text.replace(_BREAK, "\n").strip("\n").rstrip()
    if _BREAK not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split(_BREAK))
    return "\n".join(line for line in lines if line)


def _kind(tag: str, flags: int, heading: int) -> int:
    if heading or flags & _HEADING:
        return _HEADING_KIND
    if flags & _PREFORMATTED:
        return _CODE_KIND
    return TAG_KINDS.get(tag, 0)
