"""The clean document: one tree of blocks for every writer, and what is known about it.

Inline content is a flat sequence of runs, each with its marks ordered from the outside in, so that a writer never has
to balance tags, and the order of nesting in the page survives.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from cleaner.deferred import Resolved

if TYPE_CHECKING:
    from cleaner.explanation import Explanation
    from cleaner.options import Options
    from cleaner.verdict import Category, Weighing

Outcome = Literal["cleaned", "unchanged", "nothing"]
PageKind = Literal["article", "forum", "product", "listing", "documentation", "service", "home"]
Precision = Literal["second", "minute", "day", "month", "relative"]
Alignment = Literal["left", "center", "right"] | None


class MarkKind(StrEnum):
    """How a run is set."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    DELETED = "deleted"
    CODE = "code"
    SUBSCRIPT = "subscript"
    SUPERSCRIPT = "superscript"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark without a value of its own."""

    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Link:
    """A mark that leads somewhere. Two neighbouring runs belong to one link if they share the same `Link` object."""

    href: str
    title: str = ""


Marks = tuple[Mark | Link, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text; white space is already collapsed, except inside the code mark."""

    text: str
    marks: Marks = ()


@dataclass(frozen=True, slots=True)
class Image:
    """An image among text, or alone in a paragraph."""

    src: str
    alt: str = ""
    title: str = ""
    marks: Marks = ()


@dataclass(frozen=True, slots=True)
class InlineMath:
    """A formula among text, as TeX."""

    tex: str
    marks: Marks = ()


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced line break."""

    marks: Marks = ()


@dataclass(frozen=True, slots=True)
class FootnoteReference:
    """A reference to the footnote of the same number."""

    number: int
    marks: Marks = ()


Run = Text | Image | InlineMath | LineBreak | FootnoteReference
Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    runs: Runs


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Preformatted text, to the letter; `language` is "" where the page names none."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item; `checked` is None unless the item has a task box."""

    blocks: tuple[Block, ...]
    checked: bool | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `start` is the number of the first item of an ordered one."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table's grid; the grid is full, spans are already spread over it."""

    blocks: tuple[Block, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; all rows have the same number of cells, as has `alignments`."""

    rows: tuple[tuple[Cell, ...], ...]
    alignments: tuple[Alignment, ...] = ()
    caption: Runs = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """Something shown (images, a table, code) with its caption."""

    blocks: tuple[Block, ...]
    caption: Runs = ()


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A displayed formula, as TeX."""

    tex: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A term with what is said of it."""

    terms: tuple[Runs, ...]
    descriptions: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """A list of terms and their descriptions."""

    definitions: tuple[Definition, ...]


@dataclass(frozen=True, slots=True)
class Footnote:
    """The body of a footnote; footnotes stand at the end of the document."""

    number: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ThematicBreak:
    """A rule between two parts of the text."""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Kept input of a format that a writer may copy to the letter instead of writing `blocks`.

    `newlines_before` is how many line feeds part it from what stands before it: 1, or 2 for a blank line between.
    """

    format: Literal["text", "markdown"]
    source: str
    blocks: tuple[Block, ...]
    newlines_before: int = 2


Block = (
    Paragraph
    | Heading
    | CodeBlock
    | Quote
    | ListBlock
    | Table
    | Figure
    | MathBlock
    | DefinitionList
    | Footnote
    | ThematicBreak
    | Verbatim
)


@dataclass(slots=True)
class Metadata:
    """What is known about the document; what isn't on the page is None.

    Dates are ISO 8601, as exactly as the page states them. `date` is the date that the page gives the document: that of
    its publication, or where the page states none, that of its last change; `date_precision` says how exact it is. A
    page that says only "3 hours ago" has that text as its `date`, with the precision `relative`. Several people, and
    several keywords, are joined by a comma and a space. `evidence` says for each field that has a value where it was
    found: `meta`, `json-ld`, `microdata`, `opengraph`, `title`, `heading`, `byline`, `markup` (`time`, `rel=author`),
    `url`, `text`.
    """

    title: str | None = None
    subtitle: str | None = None
    author: str | None = None
    editor: str | None = None
    source: str | None = None
    site_name: str | None = None
    section: str | None = None
    date: str | None = None
    date_precision: Precision | None = None
    modified: str | None = None
    description: str | None = None
    keywords: str | None = None
    language: str | None = None
    url: str | None = None
    image: str | None = None
    licence: str | None = None
    kind: PageKind | None = None
    evidence: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Removal:
    """One thing that was taken out: `source[start:end]`, on the given 1-based line of the page's source text."""

    category: Category
    rule: str
    score: float
    start: int
    end: int
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something worth telling: injected spam, hidden text; `source[start:end]`, removed or not."""

    category: Category
    rule: str
    score: float
    start: int
    end: int
    line: int
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class Invisible:
    """Characters of one kind that no reader sees and that were removed: how many, and the input's line of the first.

    `kind` is `tag characters`, `variation selectors`, `direction controls`, `zero-width characters`, `soft hyphens`,
    `blank letters`, `terminal escapes` or `control characters`. Those that a script or an emoji needs don't count.
    """

    kind: str
    count: int
    line: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the page's text that stayed or went: `source[start:end]`, on the given 1-based line.

    kind      what it is by its markup or its look: `paragraph`, `heading`, `item` …; `level` is a heading's or item's
    category  why it went, or would have gone if it had not stayed; None where nothing speaks for going
    rule      the rule or the model that decided; "" where none did
    score     how likely it is content, 0 to 1
    weighing  how the model came to the score of the block that it stands in; None if no model saw it
    """

    kept: bool
    kind: str
    level: int
    category: Category | None
    rule: str
    score: float
    start: int
    end: int
    line: int
    text: str
    weighing: Weighing | None = None


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes became text.

    name        the charset
    evidence    what decided
    replaced    how many U+FFFD were put in for bytes that are no character
    repairs     the steps by which mojibake was turned back
    sureness    how likely the charset is the right one, 0 to 1
    declared    the charset that the caller or the document itself declared
    lost        how many characters had been replaced before (`\ufffd`, `锟斤拷`, `???`), and can't be brought back
    candidates  the charsets that were weighed, with the bits that a sample costs in each, the best first
    places      line and column, counted from 1, of the first U+FFFD of those put in
    invisible   the characters that nobody sees and that were removed
    """

    name: str
    evidence: str
    replaced: int = 0
    repairs: tuple[str, ...] = ()
    sureness: float = 1.0
    declared: str | None = None
    lost: int = 0
    candidates: tuple[tuple[str, float], ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    invisible: tuple[Invisible, ...] = ()


@dataclass(kw_only=True)
class Document:
    """A cleaned document, with everything that was taken out of it.

    Metadata, the account of removals and findings, and the passages, which say why as well, are worked out when they
    are first asked for.

    `source` is the text that the offsets of `removed` and `findings` point into: the decoded input for text and
    Markdown, the page's visible text for HTML. `sureness` is 0 to 1. `name` is what the caller calls the input,
    `host` that of the page's address, as it was given or as the page names it; "" if neither is known.
    """

    kind: Literal["html", "text", "markdown"]
    outcome: Outcome
    sureness: float
    blocks: tuple[Block, ...]
    metadata: Resolved[Metadata] = Resolved()
    removed: Resolved[tuple[Removal, ...]] = Resolved()
    findings: Resolved[tuple[Finding, ...]] = Resolved()
    passages: Resolved[tuple[Passage, ...]] = Resolved()
    encoding: Encoding
    source: str
    options: Options
    name: str | None = None
    host: str = ""

    def __getstate__(self) -> dict[str, object]:
        """All fields with their values, for pickles and copies."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def explain(self) -> Explanation:
        """What stayed of the page, what went, and why: all of its text in order; its JSON Schema is shipped as well."""
        from cleaner.explanation import explain

        return explain(self)

    def to_markdown(self) -> str:
        """The document as Markdown, GitHub's unless its options name another, ending in a line feed unless empty."""
        from cleaner.writers import write

        return write(self, "markdown")

    def to_text(self) -> str:
        """The document as plain text, ending in a line feed unless it is empty."""
        from cleaner.writers import write

        return write(self, "text")

    def to_json(self) -> str:
        """The document as one JSON object; its JSON Schema is `cleaner/data/document.schema.json`."""
        from cleaner.writers import write

        return write(self, "json")

    def to_html(self) -> str:
        """The document as semantic, sanitised HTML: a fragment without `html` or `body`."""
        from cleaner.writers import write

        return write(self, "html")
