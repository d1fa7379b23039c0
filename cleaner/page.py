"""A page as columns: what every reader makes and every judge reads.

Blocks stand in document order; each column has one entry a block. Containers (the elements around the blocks) are
columns too. Columns make features a few array operations over the page, with no work per block beyond the single walk.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import Literal

SourceKind = Literal["html", "text", "markdown"]
MarkKind = Literal["title", "author", "date", "modified"]
MarkWay = Literal["time", "rel", "microdata", "link"]


class BlockKind(IntEnum):
    """What a block is by its markup, or by its look in bare text."""

    PARAGRAPH = 0
    HEADING = 1
    ITEM = 2
    QUOTE = 3
    CODE = 4
    CELL = 5
    CAPTION = 6
    TERM = 7
    RULE = 8
    BLANK = 9
    FRONT_MATTER = 10
    MARKUP = 11
    TABLE = 12


class Flag(IntFlag):
    """What surrounds a block, inherited from its ancestors (HTML), or what it is part of (text and Markdown)."""

    LINK = 1 << 0
    BOLD = 1 << 1
    CODE = 1 << 2
    BUTTON = 1 << 3
    NAV = 1 << 4
    HEADER = 1 << 5
    FOOTER = 1 << 6
    ASIDE = 1 << 7
    MAIN = 1 << 8
    ARTICLE = 1 << 9
    FORM = 1 << 10
    TABLE = 1 << 11
    LIST = 1 << 12
    HEADING = 1 << 13
    PREFORMATTED = 1 << 14
    QUOTE = 1 << 15
    FIGURE = 1 << 16
    DIALOG = 1 << 17
    SECTION = 1 << 18
    PARAGRAPH = 1 << 19
    TIME = 1 << 20
    SUMMARY = 1 << 21
    NOSCRIPT = 1 << 22
    HIDDEN = 1 << 23
    GUARDED = 1 << 24  # fenced or indented code, tables, logs, verse: kept or removed as one unit, never line by line
    WRITTEN = 1 << 25  # guarded text that is set as any text: of a file that is no page


@dataclass(frozen=True, slots=True)
class Mark:
    """What the markup says of a person or a date: `time`, `rel=author`, microdata; `block` is where it stands."""

    kind: MarkKind
    way: MarkWay
    value: str
    block: int


@dataclass(slots=True)
class Head:
    """What the page says of itself by its markup: title, `meta` by lower-cased name, raw JSON-LD, language, marks."""

    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    json_ld: list[str] = field(default_factory=list)
    language: str = ""
    canonical: str = ""
    base: str = ""
    licence: str = ""
    marks: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class Containers:
    """The block elements around the blocks. Entry 0 is the root; a parent always comes before its children.

    `first` and `last` give the half-open range of blocks inside, `end` is one past the last container inside. `words`
    is the lower-cased class, id, role and itemprop text of the element, which features look words up in. `images` and
    `inputs` count direct ones.
    """

    tag: list[str] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    inputs: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """One document as parallel columns.

    kind        the kind of input it was read from
    source      the text that `start` and `end` point into: the decoded input (text, Markdown), or the visible text of
                the page, its blocks joined by line feeds (HTML)
    text        the block's visible text; always `source[start:end]`
    block_kind  `BlockKind` values
    level       heading level 1 to 6, or the depth of a list item, else 0
    start, end  character offsets into `source`
    link_chars  characters inside links
    links       number of links
    bold_chars  characters in bold
    breaks      number of line breaks inside
    blank_before  (text) number of blank lines above the block
    indent      (text) columns of white space before the block
    container   index of the innermost container
    flags       `Flag` values
    hidden      why a reader of the page never sees the block ("display:none"); "" for visible ones
    revealed    (HTML) as `hidden`, where the main text sits in what the style hides, so that it is shown after all
    inline_words (HTML) as `Containers.words`, of the inline elements around the block's first text
    candidate   (HTML) share of the block's text inside the second engine's candidate, 0 to 1; empty if it wasn't asked
    shared      share of its site's pages that have the block's text, 0 to 1; empty if nothing is known of the site
    shared_place  where it stands on most of those pages: `head`, `inside`, `foot`; "" where it isn't shared
    """

    kind: SourceKind
    source: str
    text: list[str] = field(default_factory=list)
    block_kind: list[int] = field(default_factory=list)
    level: list[int] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    link_chars: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    bold_chars: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    blank_before: list[int] = field(default_factory=list)
    indent: list[int] = field(default_factory=list)
    container: list[int] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    revealed: list[str] = field(default_factory=list)
    inline_words: list[str] = field(default_factory=list)
    candidate: list[float] = field(default_factory=list)
    shared: list[float] = field(default_factory=list)
    shared_place: list[str] = field(default_factory=list)
    containers: Containers = field(default_factory=Containers)
    head: Head = field(default_factory=Head)
    url: str | None = None

    def __len__(self) -> int:
        """The number of blocks."""
        return len(self.text)
