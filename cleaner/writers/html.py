"""Document → semantic HTML, sanitised by construction: nothing is copied, everything is escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
    from cleaner.document import Block, Cell, Document, Marks, Run, Runs

_TAGS = {
    MarkKind.STRONG: "strong",
    MarkKind.EMPHASIS: "em",
    MarkKind.DELETED: "del",
    MarkKind.CODE: "code",
    MarkKind.SUBSCRIPT: "sub",
    MarkKind.SUPERSCRIPT: "sup",
}
_SCHEME = re.compile(r"\s*([^/?#\s]*?)\s*:")
# The schemes that the builder of HTML lets through, too; documents built from other formats are checked here.
SAFE_SCHEMES = frozenset(
    (
        *("http", "https", "mailto", "tel", "ftp", "ftps", "geo", "irc", "ircs", "magnet", "matrix", "news", "nntp"),
        *("sip", "sms", "webcal", "xmpp"),
    )
)
_PICTURE = re.compile(r"data:image/(?:png|gif|jpeg|webp|avif);base64,", re.IGNORECASE)
_UNSEEN = re.compile("[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff]")
_TRANSLATION = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def write(document: Document) -> str:
    """The document as a fragment of HTML, ending in one line feed; "" if there is nothing in it."""
    return html_of(document.blocks)


def html_of(blocks: tuple[Block, ...]) -> str:
    """Blocks as HTML, one a line."""
    body = [block for block in blocks if type(block) is not Footnote]
    notes = [block for block in blocks if type(block) is Footnote]
    parts = [text for block in body if (text := _block(block))]
    if notes:
        items = "\n".join(_note(note) for note in notes)
        parts.append(f'<section class="footnotes">\n<ol>\n{items}\n</ol>\n</section>')
    return "\n".join(parts) + "\n" if parts else ""


def _blocks(blocks: tuple[Block, ...]) -> str:
    return "\n".join(text for block in blocks if (text := _block(block)))


def _block(block: Block) -> str:
    if type(block) is Paragraph:
        return f"<p>{_inline(block.runs)}</p>"
    if type(block) is Heading:
        level = min(max(block.level, 1), 6)
        return f"<h{level}>{_inline(block.runs)}</h{level}>"
    if type(block) is CodeBlock:
        language = f' class="language-{_escaped(block.language)}"' if block.language else ""
        # A parser drops the first line feed after the tag.
        return f"<pre><code{language}>{_escaped(block.text)}\n</code></pre>"
    if type(block) is ListBlock:
        return _list(block)
    if type(block) is Quote:
        return f"<blockquote>\n{_blocks(block.blocks)}\n</blockquote>"
    if type(block) is Table:
        return _table(block)
    if type(block) is Figure:
        return f"<figure>\n{_blocks(block.blocks)}\n<figcaption>{_inline(block.caption)}</figcaption>\n</figure>"
    if type(block) is MathBlock:
        return f'<div class="math block">\\[{_escaped(block.tex)}\\]</div>'
    if type(block) is DefinitionList:
        return _definitions(block)
    if type(block) is ThematicBreak:
        return "<hr>"
    if type(block) is Footnote:
        return _blocks(block.blocks)
    return _blocks(block.blocks) if type(block) is Verbatim else ""


def _list(block: ListBlock) -> str:
    tag = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    lines = [f"<{tag}{start}>"]
    for item in block.items:
        box = ""
        if item.checked is not None:
            box = f'<input type="checkbox" disabled{" checked" if item.checked else ""}> '
        single = len(item.blocks) == 1 and type(item.blocks[0]) is Paragraph
        inner = _inline(item.blocks[0].runs) if single else _blocks(item.blocks)  # type: ignore[union-attr]
        lines.append(f"<li>{box}{inner}</li>")
    lines.append(f"</{tag}>")
    return "\n".join(lines)


def _table(table: Table) -> str:
    lines = ["<table>"]
    if table.caption:
        lines.append(f"<caption>{_inline(table.caption)}</caption>")
    alignments = (*table.alignments, *(None,) * max((len(row) for row in table.rows), default=0))
    for row in table.rows:
        cells = (_cell(cell, alignment) for cell, alignment in zip(row, alignments, strict=False))
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines.append("</table>")
    return "\n".join(lines)


def _cell(cell: Cell, alignment: str | None) -> str:
    tag = "th" if cell.header else "td"
    style = f' style="text-align: {alignment}"' if alignment in ("left", "center", "right") else ""
    single = len(cell.blocks) == 1 and type(cell.blocks[0]) is Paragraph
    inner = _inline(cell.blocks[0].runs) if single else _blocks(cell.blocks)  # type: ignore[union-attr]
    return f"<{tag}{style}>{inner}</{tag}>"


def _definitions(block: DefinitionList) -> str:
    lines = ["<dl>"]
    for definition in block.definitions:
        lines.extend(f"<dt>{_inline(term)}</dt>" for term in definition.terms)
        lines.extend(f"<dd>{_blocks(description)}</dd>" for description in definition.descriptions)
    lines.append("</dl>")
    return "\n".join(lines)


def _note(note: Footnote) -> str:
    back = f'<a href="#fnref-{note.number}" class="footnote-backref">↩</a>'
    return f'<li id="fn-{note.number}">{_blocks(note.blocks)} {back}</li>'


def _inline(runs: Runs) -> str:
    """Runs as HTML, elements opened and closed as their marks come and go."""
    if len(runs) == 1 and type(runs[0]) is Text and not runs[0].marks:
        return _escaped(runs[0].text)
    parts: list[str] = []
    opened: Marks = ()
    for run in runs:
        marks = run.marks
        if marks is not opened:
            shared = _shared(opened, marks)
            parts.extend(_close(mark) for mark in reversed(opened[shared:]))
            parts.extend(_open(mark) for mark in marks[shared:])
            opened = marks
        parts.append(_run(run))
    parts.extend(_close(mark) for mark in reversed(opened))
    return "".join(parts)


def _shared(left: Marks, right: Marks) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one is not other and not (type(one) is Mark and one == other):
            break
        count += 1
    return count


def _run(run: Run) -> str:
    if type(run) is Text:
        return _escaped(run.text or _embedded(run.marks))
    if type(run) is LineBreak:
        return "<br>"
    if type(run) is Image:
        title = f' title="{_escaped(run.title)}"' if run.title else ""
        return (
            f'<img src="{_escaped(run.src)}" alt="{_escaped(run.alt)}"{title}>'
            if _is_safe(run.src) or _PICTURE.match(run.src)
            else _escaped(run.alt)
        )
    if type(run) is InlineMath:
        return f'<span class="math inline">\\({_escaped(run.tex)}\\)</span>'
    return (
        f'<sup class="footnote-ref"><a href="#fn-{run.number}" id="fnref-{run.number}">{run.number}</a></sup>'
        if type(run) is FootnoteReference
        else ""
    )


def _embedded(marks: Marks) -> str:
    """What shows for something embedded, which is a link without a text."""
    return next((mark.title or mark.href for mark in marks if type(mark) is Link), "")


def _open(mark: Mark | Link) -> str:
    if type(mark) is Link:
        if not _is_safe(mark.href):
            return "<span>"
        title = f' title="{_escaped(mark.title)}"' if mark.title else ""
        return f'<a href="{_escaped(mark.href)}"{title}>'
    return f"<{_TAGS[mark.kind]}>" if type(mark) is Mark else ""


def _close(mark: Mark | Link) -> str:
    if type(mark) is Link:
        return "</a>" if _is_safe(mark.href) else "</span>"
    return f"</{_TAGS[mark.kind]}>" if type(mark) is Mark else ""


def _is_safe(address: str) -> bool:
    match = _SCHEME.match(_UNSEEN.sub("", address))
    return match is None or match[1].lower() in SAFE_SCHEMES


def _escaped(text: str) -> str:
    return text.translate(_TRANSLATION)
