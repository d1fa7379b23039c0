"""HTML → a page of blocks, in one walk over the tree that turbohtml parses."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from cleaner.page import BlockKind, Flag, Page
from cleaner.readers import Reading
from cleaner.readers.elements import (
    BLOCK,
    BREAK,
    EMBEDDED,
    IMAGES,
    INPUTS,
    NAMING_ATTRIBUTES,
    RARE_NAMES,
    ROLE_FLAGS,
    SILENT,
    TAG_KINDS,
    Meanings,
    shows_fallback,
)
from cleaner.readers.marks import read_marks
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

    `elements` has the element of each container, `nodes` the text nodes of each block, `embedded` what is seen without
    being text, and what stands there for readers without scripts; all in the page's order.
    """

    document: Document
    elements: list[Element] = field(default_factory=list)
    nodes: list[list[Text]] = field(default_factory=list)
    embedded: list[Embedded] = field(default_factory=list)


class Embedded(NamedTuple):
    """An element among the text.

    container  index of the innermost container
    before     the last block that has text before it, -1 for none
    after      the first block that has text after it; the number of blocks for none
    hidden     why the text around it is hidden; "" where it shows
    """

    element: Element
    container: int
    before: int
    after: int
    hidden: str


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
    reading.page.head.marks = read_marks(document, reading.elements, reading.page.containers.first)
    return reading


class _Strand:
    """The text of one block while it is gathered."""

    __slots__ = (
        "block",
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
        self.block = -1  # its index, once it is known
        self.pieces: list[str] = []
        self.nodes: list[Text] = []
        self.flags = _ALL_FLAGS
        self.pending = 0  # line breaks since the last text
        self.linked = self.links = self.last_link = self.bold = 0


# Blocks and containers are gathered as rows, which costs one append each, and turned into columns at the end.
_Block = tuple[str, int, int, int, int, int, int, int, int, str, str]
_Container = tuple[str, int, str, int, int, int]
_BLOCK_COLUMNS = (
    "text", "block_kind", "level", "link_chars", "links", "bold_chars", "breaks", "container", "flags", "hidden",
    "inline_words",
)  # fmt: skip
_CONTAINER_COLUMNS = ("tag", "parent", "words", "flags", "first", "depth")
_MEANINGS = {False: Meanings(), True: Meanings(shown=frozenset(("noscript",)))}


class _Walk:
    """The walk over one tree. Text that can't be seen is gathered apart, so that it never splits a visible block."""

    def __init__(self, document: Document, url: str | None, *, noscript: bool) -> None:
        self.page = Page("html", "", url=url)
        self.reading = HtmlReading(self.page, document)
        self.visibility = Visibility(document)
        self.otherwise_named = frozenset(document.select(RARE_NAMES))
        self.meanings = _MEANINGS[noscript]
        self.blocks: list[_Block] = []
        self.places: list[_Container] = []
        self.levels: list[tuple[int, int]] = []  # the heading level and the list depth that hold inside a container
        self.last: list[int] = []
        self.end: list[int] = []
        self.images: dict[int, int] = {}
        self.inputs: dict[int, int] = {}
        # Elements with their container, why they are hidden, the blocks so far, and how far the open one has come.
        self.embedded: list[tuple[Element, int, str, int, _Strand | None, int]] = []
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

        meanings, visibility, close, add = self.meanings, self.visibility, self._close, self._add
        marked, suspected, otherwise_named = visibility.marked, visibility.suspected, self.otherwise_named
        stack: list[tuple[Iterator[Node], int, int, Look, int, str]] = []
        named, role = _names(root)
        flags, look, link, words, links = ROLE_FLAGS.get(role, 0), visibility.look(root, root.tag, _PLAIN), 0, "", 0
        places, levels, last, end = self.places, self.levels, self.last, self.end
        open_element = self.reading.elements.append
        places.append((root.tag, 0, named, flags, 0, 0))
        levels.append((0, 0))
        last.append(0)
        end.append(0)
        open_element(root)
        container = 0
        children: Iterator[Node] = iter(root.children)
        while True:
            for node in children:
                kind = type(node)
                if kind is Text:
                    data: str = node.data  # type: ignore[attr-defined]
                    if data.isspace() and not flags & _PREFORMATTED:
                        strand = self.concealed if look.reason else self.shown
                        if strand is not None:
                            strand.pieces.append(" ")
                            strand.nodes.append(node)  # type: ignore[arg-type]
                    elif data:
                        add(node, data, (container, flags, look.reason, link, words))  # type: ignore[arg-type]
                    continue
                if kind is not Element:
                    continue
                tag: str = node.tag  # type: ignore[attr-defined]
                sort, tag_flags, level, is_list = meanings[tag]
                if sort >= SILENT and not (tag == "object" and shows_fallback(node)):  # type: ignore[arg-type]
                    if sort != BREAK:
                        if tag in EMBEDDED:
                            self._embed(node, container, look.reason)  # type: ignore[arg-type]
                        self._note(node, tag, container)  # type: ignore[arg-type]
                    elif self.shown is not None:
                        self.shown.pending += 1
                    continue
                if sort == BLOCK and (self.shown is not None or self.concealed is not None):
                    close()
                inner_children = node.children
                if not inner_children:
                    if tag == "hr":
                        self._embed(node, container, look.reason)  # type: ignore[arg-type]
                    continue
                inner_flags, inner_look, named = flags | tag_flags, look, ""
                classes: str | None = node.attr("class")  # type: ignore[attr-defined]
                identifier: str | None = node.attr("id")  # type: ignore[attr-defined]
                if node in otherwise_named:
                    named, role = _names(node)  # type: ignore[arg-type]
                    inner_flags |= ROLE_FLAGS.get(role, 0)
                elif classes:
                    named = (f"{classes} {identifier}" if identifier else classes)[:NAME_CHARACTERS].lower()
                elif identifier:
                    named = identifier[:NAME_CHARACTERS].lower()
                if (node in marked or (classes and suspected[classes])) and not look.final:
                    inner_look = visibility.look(node, tag, look)  # type: ignore[arg-type]
                stack.append((children, container, flags, look, link, words))
                if sort == BLOCK:
                    around = levels[container]
                    levels.append((level or around[0], around[1] + is_list) if level or is_list else around)
                    depth = places[container][5] + 1
                    places.append((tag, container, named, inner_flags, len(self.blocks), depth))
                    container = len(last)
                    last.append(0)
                    end.append(0)
                    open_element(node)  # type: ignore[arg-type]
                    words = ""
                elif named:
                    words = f"{words} {named}" if words and len(words) < NAME_CHARACTERS else named
                if tag == "a":
                    links += 1
                    link = links
                flags, look = inner_flags, inner_look
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
                    last[inner], end[inner] = len(self.blocks), len(places)
        close()

    def _add(self, node: Text, data: str, around: tuple[int, int, str, int, str]) -> None:
        """Text that shows, or is hidden: goes on with the block that is being gathered, or begins another one."""
        container, flags, reason, link, words = around
        if reason:
            strand = self.concealed
            if strand is None or strand.reason != reason:
                if strand is not None:
                    self.concealed = None
                    self._emit(strand)
                strand = self.concealed = _Strand(container, words, reason)
        else:
            strand = self.shown
            if strand is None:
                strand = self.shown = _Strand(container, words, "")
            elif strand.pending > 1 and not flags & _PREFORMATTED:
                self.shown = None
                self._emit(strand)
                strand = self.shown = _Strand(container, words, "")
            elif strand.pending:
                strand.pieces.append(_BREAK * strand.pending)
            elif link and strand.last_link and link != strand.last_link:
                strand.pieces.append(" ")  # neighbouring links are set apart by style
        strand.pending = 0
        if link:
            strand.linked += len(data.strip())
            strand.links += link != strand.last_link
        strand.last_link = link
        if flags & _BOLD:
            strand.bold += len(data.strip())
        strand.flags &= flags
        strand.pieces.append(data)
        strand.nodes.append(node)

    def _close(self) -> None:
        """Ends the block that is being gathered, and what is hidden inside it."""
        shown, concealed = self.shown, self.concealed
        self.shown = self.concealed = None
        if shown is not None:
            self._emit(shown)
        if concealed is not None:
            self._emit(concealed)

    def _emit(self, strand: _Strand) -> None:
        tag, _, _, place_flags, _, _ = self.places[strand.container]
        heading, lists = self.levels[strand.container]
        flags = max(strand.flags, 0) | place_flags
        text = _collapsed(strand.pieces, preformatted=bool(flags & _PREFORMATTED))
        if not text:
            return
        strand.block = len(self.blocks)
        self.blocks.append(
            (
                text,
                _kind(tag, flags, heading),
                heading or lists,
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

    def _embed(self, element: Element, container: int, reason: str) -> None:
        strand = self.shown
        self.embedded.append(
            (element, container, reason, len(self.blocks), strand, 0 if strand is None else len(strand.nodes))
        )

    def _note(self, element: Element, tag: str, container: int) -> None:
        """Keeps what an element that renders no text says of the page."""
        head = self.page.head
        if tag in IMAGES:
            self.images[container] = self.images.get(container, 0) + 1
        elif tag in INPUTS:
            self.inputs[container] = self.inputs.get(container, 0) + 1
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
            relations = (element.attr("rel") or "").lower().split()
            if not head.canonical and "canonical" in relations:
                head.canonical = (element.attr("href") or "").strip()
            elif not head.licence and "license" in relations:
                head.licence = (element.attr("href") or "").strip()
        elif tag == "base":
            head.base = head.base or (element.attr("href") or "").strip()

    def _finish(self) -> None:
        """What can be said only when all blocks are there: the source, offsets into it, the page's language."""
        page, root, containers = self.page, self.reading.document.root, self.page.containers
        if self.places:
            self.last[0], self.end[0] = len(self.blocks), len(self.places)
        for name, column in zip(_BLOCK_COLUMNS, zip(*self.blocks, strict=True), strict=False):
            setattr(page, name, list(column))
        for name, column in zip(_CONTAINER_COLUMNS, zip(*self.places, strict=True), strict=False):
            setattr(containers, name, list(column))
        containers.last, containers.end = self.last, self.end
        containers.images, containers.inputs = [0] * len(self.places), [0] * len(self.places)
        for counts, counted in ((containers.images, self.images), (containers.inputs, self.inputs)):
            for index, count in counted.items():
                counts[index] = count
        page.start = list(accumulate((len(text) + 1 for text in page.text), initial=0))[:-1]
        page.end = [start + len(text) for start, text in zip(page.start, page.text, strict=True)]
        page.source = "\n".join(page.text)
        page.blank_before = [0] * len(page.text)
        page.indent = [0] * len(page.text)
        page.revealed = [""] * len(page.text)
        for element, container, reason, block, strand, size in self.embedded:
            before, after = block - 1, block
            if strand is not None and strand.block >= 0:
                before = strand.block
                after = before + (len(strand.nodes) <= size)
            self.reading.embedded.append(Embedded(element, container, before, after, reason))
        if root is not None:
            page.head.language = (root.attr("lang") or root.attr("xml:lang") or "").strip()


def _names(element: Element) -> tuple[str, str]:
    """The words that name what the element is for, lower-cased; and its role."""
    values = [value for name in NAMING_ATTRIBUTES if (value := element.attr(name))]
    return " ".join(values)[:NAME_CHARACTERS].lower(), (element.attr("role") or "").lower()


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
