"""Random documents, and the way back from Markdown to a document: a real renderer, then this project's own builder."""

from __future__ import annotations

from unicodedata import category
from urllib.parse import unquote

import pytest
import turbohtml
from hypothesis import strategies as st

from cleaner.building.from_html import build_tree
from cleaner.building.runs import one_line, paragraphs
from cleaner.document import (
    Cell,
    CodeBlock,
    Document,
    Encoding,
    FootnoteReference,
    Heading,
    Image,
    InlineMath,
    LineBreak,
    Link,
    ListBlock,
    ListItem,
    Mark,
    MarkKind,
    MathBlock,
    Metadata,
    Paragraph,
    Quote,
    Table,
    Text,
    ThematicBreak,
)
from cleaner.options import Options

_EMPHASIS = ("strong", "emphasis", "deleted")

# Letters, Chinese, full-width and ASCII punctuation, everything that means something in Markdown, and look-alikes.
_CHARACTERS = "ab1 中文。，“”（）：！のカ한·—…€👍é" + "*_~`[]()<>!#+-=|:\\&;$.^\"'/{}@%" + "１＊ \u3000"
_PHRASES = [
    "# x",
    "- x",
    "+ x",
    "* x",
    "1. x",
    "1) x",
    "> x",
    "---",
    "***",
    "___",
    "===",
    "```",
    "~~~",
    "|a|b|",
    "|---|",
    "$$",
    "[x]: /u",
    "[^1]",
    "[^1]: n",
    "[ ] x",
    "![a](b)",
    "[a](b)",
    "<b>",
    "</p>",
    "<!-- c -->",
    "<https://a.b>",
    "&amp;",
    "&#42;",
    "**a**",
    "_a_",
    "~a~",
    "`a`",
    "``a`",
    "$a$",
    "\\*",
    "a\\",
    "注意：",
    "“引”",
    "（一）",
    "。后",
    "x*y*z",
    "a_b_c",
    "^[n]",
    "2. ",
    "+++",
    "\t",
    "# #",
    "a  b",
]


def _texts():
    characters = st.text(alphabet=_CHARACTERS, min_size=1, max_size=8)
    return st.lists(st.one_of(characters, st.sampled_from(_PHRASES)), min_size=1, max_size=3).map("".join)


def _marks():
    kinds = st.lists(st.sampled_from(list(MarkKind)), max_size=3, unique=True)
    return kinds.map(lambda kinds: tuple(Mark(kind) for kind in sorted(kinds, key=lambda kind: kind is MarkKind.CODE)))


@st.composite
def _runs(draw):
    """Runs as the builders make them: settled, links of several runs sharing one object."""
    links = [
        Link(href)
        for href in draw(
            st.lists(st.sampled_from(["/a", "https://ex.com/a_b(c)*", "/x y", "/中", "n", "/a<b>"]), max_size=2)
        )
    ]
    runs = []
    for _ in range(draw(st.integers(1, 5))):
        marks = draw(_marks())
        if links and draw(st.booleans()):
            link = draw(st.sampled_from(links))
            place = draw(st.integers(0, sum(mark.kind is not MarkKind.CODE for mark in marks)))
            marks = (*marks[:place], link, *marks[place:])
        kind = draw(st.sampled_from(["text", "text", "text", "text", "image", "break", "math"]))
        if kind == "image":
            runs.append(
                Image(
                    "/i.png", " ".join(draw(_texts()).split()), "", tuple(mark for mark in marks if type(mark) is Link)
                )
            )
        elif kind == "break":
            runs.append(LineBreak())
        elif kind == "math" and not any(type(run) is InlineMath for run in runs):
            # A digit beside the dollar is not math for a renderer, so the formula stands between spaces.
            runs.extend([Text("x "), InlineMath("a_1 < b"), Text(" y")])
        else:
            runs.append(Text(draw(_texts()), marks))
    return runs


def _paragraphs():
    return _runs().map(paragraphs).filter(bool).map(lambda settled: Paragraph(settled[0]))


def _headings():
    lines = _runs().map(one_line).filter(bool)
    return st.builds(Heading, st.integers(1, 6), lines)


def _code():
    lines = st.lists(
        st.sampled_from(["a", "", "    b", "```", "~~~", "`````", "# x", "- y", "中 文", "<b>", "\\"]),
        min_size=1,
        max_size=4,
    )
    return st.builds(CodeBlock, lines.map("\n".join).filter(str.strip), st.sampled_from(["", "python", "c++"]))


def _tables():
    cells = st.builds(Cell, st.one_of(st.just(()), _paragraphs().map(lambda paragraph: (paragraph,))))

    def full(rows):
        width = min(len(row) for row in rows)
        return [row[:width] for row in rows]

    def table(rows):
        return Table(tuple(tuple(row) for row in rows), (None,) * len(rows[0]))

    def has_content(table):
        # A blank row or a blank last column is no part of a table for the builder.
        return all(any(cell.blocks for cell in row) for row in table.rows) and any(row[-1].blocks for row in table.rows)

    rows = st.lists(st.lists(cells, min_size=2, max_size=3), min_size=2, max_size=3)
    return rows.map(full).map(table).filter(has_content)


def _lists(blocks):
    items = st.builds(ListItem, st.lists(blocks, min_size=1, max_size=3).map(tuple))
    tasks = st.builds(ListItem, _paragraphs().map(lambda paragraph: (paragraph,)), st.sampled_from([True, False]))
    several = st.lists(st.one_of(items, items, tasks), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(ListBlock, several), st.builds(ListBlock, several, st.just(True), st.sampled_from([0, 1, 3, 12]))
    )


def _blocks():
    leaves = st.one_of(
        _paragraphs(),
        _paragraphs(),
        _headings(),
        _code(),
        _tables(),
        st.just(ThematicBreak()),
        st.just(MathBlock("x^2 \\\\ y")),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(_lists(inner), st.builds(Quote, st.lists(inner, min_size=1, max_size=3).map(tuple))),
        max_leaves=6,
    )


@pytest.fixture(scope="session")
def read_back(renderer):
    """Markdown → the blocks that a reader of its rendering sees."""

    def read(markdown):
        return build_tree(turbohtml.parse(renderer.render(markdown)))

    return read


def make_document(blocks, *, metadata=None, options=None):
    return Document(
        kind="html",
        outcome="cleaned",
        sureness=1.0,
        blocks=tuple(blocks),
        metadata=metadata or Metadata(),
        removed=(),
        findings=(),
        passages=(),
        encoding=Encoding("utf-8", "default"),
        source="",
        options=options or Options(),
    )


@pytest.fixture(scope="session")
def document_of():
    return make_document


@pytest.fixture(scope="session")
def shape():
    """Blocks as nested tuples without what Markdown cannot say: tightness, edges of emphasis, the order of marks."""
    return _shape


def _shape(blocks):
    return tuple(_block_shape(block) for block in blocks)


def _block_shape(block):
    if isinstance(block, Paragraph):
        return ("p", _line(block.runs))
    if isinstance(block, Heading):
        return ("h", block.level, _line(_joined(block.runs)))
    if isinstance(block, CodeBlock):
        return ("code", block.language, block.text)
    if isinstance(block, Quote):
        return ("quote", _shape(block.blocks))
    if isinstance(block, ListBlock):
        items = tuple((item.checked, _shape(item.blocks)) for item in block.items)
        return ("list", block.ordered, block.start if block.ordered else None, items)
    if isinstance(block, Table):
        return ("table", tuple(tuple(_shape(cell.blocks) for cell in row) for row in block.rows))
    if isinstance(block, MathBlock):
        return ("math", block.tex)
    return (type(block).__name__,)


def _joined(runs):
    return [Text(" ", run.marks) if isinstance(run, LineBreak) else run for run in runs]


def _line(runs):
    """One entry a character or atom, with the set of its marks; links are numbered, not compared by address alone."""
    entries = []
    for run in runs:
        marks = frozenset(
            mark.kind.value if isinstance(mark, Mark) else ("link", unquote(mark.href)) for mark in run.marks
        )
        if isinstance(run, Text):
            entries.extend((character, marks) for character in run.text)
        elif isinstance(run, Image):
            entries.append(
                (("image", unquote(run.src), run.alt), frozenset(mark for mark in marks if isinstance(mark, tuple)))
            )
        elif isinstance(run, InlineMath):
            entries.append((("math", run.tex), frozenset()))
        elif isinstance(run, FootnoteReference):
            entries.append((("note", run.number), frozenset()))
        else:
            entries.append((("break",), frozenset()))
    for kind in _EMPHASIS:
        entries = _without_edges(entries, kind)
    return tuple(_spaces(entries))


def _spaces(entries):
    """Spaces carry the marks that both neighbours have."""
    for index, (value, marks) in enumerate(entries):
        if isinstance(value, str) and value.isspace():
            before = entries[index - 1][1] if index else frozenset()
            after = entries[index + 1][1] if index + 1 < len(entries) else frozenset()
            yield value, (marks | (before & after)) & before & after
        else:
            yield value, marks


def _is_edge(value):
    return value == ("break",) or (isinstance(value, str) and category(value)[0] in "PSZ")


def _without_edges(entries, kind):
    out = list(entries)
    index = 0
    while index < len(out):
        if kind not in out[index][1]:
            index += 1
            continue
        end = index
        while end < len(out) and (kind in out[end][1] or _is_edge(out[end][0])):
            end += 1
        first, last = index, end
        while first < last and _is_edge(out[first][0]):
            first += 1
        while last > first and _is_edge(out[last - 1][0]):
            last -= 1
        for place in range(index, end):
            value, marks = out[place]
            inside = first <= place < last
            out[place] = (
                value,
                marks | {kind}
                if inside and value != ("break",) and not isinstance(value, tuple)
                else marks - {kind}
                if not inside
                else marks,
            )
        index = end
    return out


@pytest.fixture(scope="session")
def documents():
    """A strategy for the blocks of a document."""
    return BLOCKS


BLOCKS = st.lists(_blocks(), min_size=1, max_size=4)
