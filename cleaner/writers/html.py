"""Document → semantic HTML: everything is escaped, and what is written is sanitised by an allowlist all the same."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cleaner.addresses import is_picture, is_safe, safe_schemes
from cleaner.document import (
    CodeBlock,
    DefinitionList,
    Figure,
    Footnote,
    FootnoteReference,
    Heading,
    Image,
    InlineMath,
    LineBreak,
    Link,
    ListBlock,
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

if TYPE_CHECKING:
    from turbohtml.clean import Policy

    from cleaner.document import Block, Cell, Document, Marks, Run, Runs

_TAGS = {
    MarkKind.STRONG: "strong",
    MarkKind.EMPHASIS: "em",
    MarkKind.DELETED: "del",
    MarkKind.CODE: "code",
    MarkKind.SUBSCRIPT: "sub",
    MarkKind.SUPERSCRIPT: "sup",
}
_EMBEDDED_LEVELS = 2
# What the sanitiser lets through: the elements and attributes that are written here.
_ELEMENTS = frozenset(
    "a blockquote br caption code dd del div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr img input li ol p pre"
    " section span strong sub sup table tbody td th thead tr ul".split()
)
_ATTRIBUTES = {
    "a": frozenset({"href", "title", "id", "class"}),
    "code": frozenset({"class"}),
    "div": frozenset({"class"}),
    "img": frozenset({"src", "alt", "title"}),
    "input": frozenset({"type", "checked", "disabled"}),
    "li": frozenset({"id"}),
    "ol": frozenset({"start"}),
    "section": frozenset({"class"}),
    "span": frozenset({"class"}),
    "sup": frozenset({"class"}),
    "td": frozenset({"class", "style"}),
    "th": frozenset({"class", "style"}),
}
_TRANSLATION = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def write(document: Document) -> str:
    """The document as a fragment of HTML, ending in one line feed; "" if there is nothing in it."""
    return html_of(document.blocks, keep_unsafe=document.options.unsafe_links)


def embedded_html(blocks: tuple[Block, ...]) -> str:
    """Blocks as HTML for a page that has headings of its own and loads nothing.

    Headings begin at the third level and leave none out, images are named, boxes are characters, and alignment is a
    class, not a style.
    """
    from turbohtml.clean import sanitize

    text = _Writer(keep_unsafe=False, embedded=True).document(blocks)
    return sanitize(text, _policy()) if text else ""


def html_of(blocks: tuple[Block, ...], *, keep_unsafe: bool = False) -> str:
    """Blocks as HTML, one a line; links and images lead where `cleaner.addresses` lets them, or anywhere."""
    text = _Writer(keep_unsafe=keep_unsafe).document(blocks)
    if not text or keep_unsafe:
        return text
    from turbohtml.clean import sanitize

    return sanitize(text, _policy())


@cache
def _policy() -> Policy:
    from turbohtml.clean import Policy

    def fit(_tag: str, name: str, value: str) -> str | None:
        good = is_safe(value) if name == "href" else is_safe(value) or is_picture(value) if name == "src" else True
        return value if good else None

    return Policy(
        tags=_ELEMENTS,
        attributes=_ATTRIBUTES,
        url_schemes=safe_schemes() | {"data"},  # pictures, as `fit` says
        allow_fragment_urls=True,
        css_properties=frozenset({"text-align"}),
        attribute_filter=fit,
    )


class _Writer:
    """Blocks to HTML; `keep_unsafe` lets links and images lead anywhere, `embedded` is as for `embedded_html`."""

    def __init__(self, *, keep_unsafe: bool, embedded: bool = False) -> None:
        self._keep_unsafe = keep_unsafe
        self._embedded = embedded
        self._open_levels: list[int] = []

    def document(self, blocks: tuple[Block, ...]) -> str:
        """Blocks one a line, the footnotes at the end."""
        body = [block for block in blocks if type(block) is not Footnote]
        notes = [block for block in blocks if type(block) is Footnote]
        parts = [text for block in body if (text := self._block(block))]
        if notes:
            items = "\n".join(self._note(note) for note in notes)
            parts.append(f'<section class="footnotes">\n<ol>\n{items}\n</ol>\n</section>')
        return "\n".join(parts) + "\n" if parts else ""

    def _blocks(self, blocks: tuple[Block, ...]) -> str:
        return "\n".join(text for block in blocks if (text := self._block(block)))

    def _block(self, block: Block) -> str:
        if type(block) is Paragraph:
            return f"<p>{self._inline(block.runs)}</p>"
        if type(block) is Heading:
            level = min(max(block.level, 1), 6)
            if self._embedded:
                level = self._outlined(level)
            return f"<h{level}>{self._inline(block.runs)}</h{level}>"
        if type(block) is CodeBlock:
            language = f' class="language-{_escaped(block.language)}"' if block.language else ""
            # A parser drops the first line feed after the tag.
            return f"<pre><code{language}>{_escaped(block.text)}\n</code></pre>"
        if type(block) is ListBlock:
            return self._list(block)
        if type(block) is Quote:
            return f"<blockquote>\n{self._blocks(block.blocks)}\n</blockquote>"
        if type(block) is Table:
            return self._table(block)
        if type(block) is Figure:
            caption = f"<figcaption>{self._inline(block.caption)}</figcaption>\n" if block.caption else ""
            return f"<figure>\n{self._blocks(block.blocks)}\n{caption}</figure>"
        if type(block) is MathBlock:
            return f'<div class="math block">\\[{_escaped(block.tex)}\\]</div>'
        if type(block) is DefinitionList:
            return self._definitions(block)
        if type(block) is ThematicBreak:
            return "<hr>"
        if type(block) is Footnote:
            return self._blocks(block.blocks)
        return self._blocks(block.blocks) if type(block) is Verbatim else ""

    def _outlined(self, level: int) -> int:
        """The level of a heading below the headings of the page that it is written into, none left out in between."""
        while self._open_levels and self._open_levels[-1] >= level:
            self._open_levels.pop()
        self._open_levels.append(level)
        return min(_EMBEDDED_LEVELS + len(self._open_levels), 6)

    def _list(self, block: ListBlock) -> str:
        tag = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        lines = [f"<{tag}{start}>"]
        for item in block.items:
            box = ""
            if item.checked is not None:
                box = f'<input type="checkbox" disabled{" checked" if item.checked else ""}> '
                box = ("☑ " if item.checked else "☐ ") if self._embedded else box
            single = len(item.blocks) == 1 and type(item.blocks[0]) is Paragraph
            inner = self._inline(item.blocks[0].runs) if single else self._blocks(item.blocks)  # type: ignore[union-attr]
            lines.append(f"<li>{box}{inner}</li>")
        lines.append(f"</{tag}>")
        return "\n".join(lines)

    def _table(self, table: Table) -> str:
        lines = ["<table>"]
        if table.caption:
            lines.append(f"<caption>{self._inline(table.caption)}</caption>")
        alignments = (*table.alignments, *(None,) * max((len(row) for row in table.rows), default=0))
        heads = next((index for index, row in enumerate(table.rows) if not all(cell.header for cell in row)), 0)
        for tag, rows in (("thead", table.rows[:heads]), ("tbody", table.rows[heads:])):
            if not rows:
                continue
            lines.append(f"<{tag}>")
            for row in rows:
                cells = (self._cell(cell, alignment) for cell, alignment in zip(row, alignments, strict=False))
                lines.append(f"<tr>{''.join(cells)}</tr>")
            lines.append(f"</{tag}>")
        lines.append("</table>")
        return "\n".join(lines)

    def _cell(self, cell: Cell, alignment: str | None) -> str:
        tag = "th" if cell.header else "td"
        style = f' style="text-align: {alignment}"' if alignment in ("left", "center", "right") else ""
        style = f' class="{alignment}"' if style and self._embedded else style
        single = len(cell.blocks) == 1 and type(cell.blocks[0]) is Paragraph
        inner = self._inline(cell.blocks[0].runs) if single else self._blocks(cell.blocks)  # type: ignore[union-attr]
        return f"<{tag}{style}>{inner}</{tag}>"

    def _definitions(self, block: DefinitionList) -> str:
        lines = ["<dl>"]
        for definition in block.definitions:
            lines.extend(f"<dt>{self._inline(term)}</dt>" for term in definition.terms)
            lines.extend(f"<dd>{self._blocks(description)}</dd>" for description in definition.descriptions)
        lines.append("</dl>")
        return "\n".join(lines)

    def _note(self, note: Footnote) -> str:
        back = f'<a href="#fnref-{note.number}" class="footnote-backref">↩</a>'
        return f'<li id="fn-{note.number}">{self._blocks(note.blocks)} {back}</li>'

    def _inline(self, runs: Runs) -> str:
        """Runs as HTML, elements opened and closed as their marks come and go."""
        if len(runs) == 1 and type(runs[0]) is Text and not runs[0].marks:
            return _escaped(runs[0].text)
        parts: list[str] = []
        opened: Marks = ()
        for run in runs:
            marks = run.marks
            if marks is not opened:
                shared = _shared(opened, marks)
                parts.extend(self._close(mark) for mark in reversed(opened[shared:]))
                parts.extend(self._open(mark) for mark in marks[shared:])
                opened = marks
            parts.append(self._run(run))
        parts.extend(self._close(mark) for mark in reversed(opened))
        return "".join(parts)

    def _run(self, run: Run) -> str:
        if type(run) is Text:
            return _escaped(run.text or _embedded(run.marks))
        if type(run) is LineBreak:
            return "<br>"
        if type(run) is Image and self._embedded:
            return f'<span class="image">[image] {_escaped(run.alt)}</span>'
        if type(run) is Image:
            title = f' title="{_escaped(run.title)}"' if run.title else ""
            return (
                f'<img src="{_escaped(run.src)}" alt="{_escaped(run.alt)}"{title}>'
                if self._keep_unsafe or is_safe(run.src) or is_picture(run.src)
                else _escaped(run.alt)
            )
        if type(run) is InlineMath:
            return f'<span class="math inline">\\({_escaped(run.tex)}\\)</span>'
        return (
            f'<sup class="footnote-ref"><a href="#fn-{run.number}" id="fnref-{run.number}">{run.number}</a></sup>'
            if type(run) is FootnoteReference
            else ""
        )

    def _open(self, mark: Mark | Link) -> str:
        if type(mark) is Link:
            if not self._keep_unsafe and not is_safe(mark.href):
                return ""
            title = f' title="{_escaped(mark.title)}"' if mark.title else ""
            return f'<a href="{_escaped(mark.href)}"{title}>'
        return f"<{_TAGS[mark.kind]}>" if type(mark) is Mark else ""

    def _close(self, mark: Mark | Link) -> str:
        if type(mark) is Link:
            return "</a>" if self._keep_unsafe or is_safe(mark.href) else ""
        return f"</{_TAGS[mark.kind]}>" if type(mark) is Mark else ""


def _shared(left: Marks, right: Marks) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one is not other and not (type(one) is Mark and one == other):
            break
        count += 1
    return count


def _embedded(marks: Marks) -> str:
    """What shows for something embedded, which is a link without a text."""
    return next((mark.title or mark.href for mark in marks if type(mark) is Link), "")


def _escaped(text: str) -> str:
    return text.translate(_TRANSLATION)
