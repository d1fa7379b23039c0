"""Inline runs → one string of Markdown that a renderer reads back as the same runs.

Marks are written as they nest. If a renderer would not see them so, punctuation and spaces at the edges of emphasis are
moved outside (`**粗体**。后面`), and links put outermost; then `_` is tried for `*`; what still fails becomes tags.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.document import (
    FootnoteReference,
    Image,
    InlineMath,
    LineBreak,
    Link,
    Mark,
    MarkKind,
    Runs,
    Text,
)
from cleaner.writers.markdown_emphasis import Piece, checked
from cleaner.writers.markdown_escape import (
    Paragraph,
    brackets_balance,
    code_span,
    escaped_heading,
    escaped_line,
    without_markup,
)
from cleaner.writers.markdown_layout import QUIET_START, Item, Layout, Place, Plan, edges_moved
from cleaner.writers.markdown_wrap import wrapped

if TYPE_CHECKING:
    from cleaner.document import Run
    from cleaner.writers.markdown_style import Style

_CODE = Mark(MarkKind.CODE)
_NOTHING = "<span></span>"
_PLAIN = re.compile(r"[^\\`<&\[\]$!^*_~\n\r\t\v\f\u2028\u2029]*")
_AUTOLINK = re.compile(r"(?:https?|ftp)://[^\s<>\\\x00-\x20]+")
_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~\-]{1,64}@[\w.\-]{1,255}", re.ASCII)
# What stands beside a text, the brackets of links and images as some renderers and as others read them.
_BESIDE_NOTHING = ("  ",)
_BESIDE_LINK_TEXT = ("[]", "[ ")
_BESIDE_ALTERNATIVE = ("[]", "  ")
# Paragraphs of more runs than people write are not tried in every way.
_MOST_ITEMS = 2000
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# The last resort is this with some pairs as tags.
_TAGGED = Plan(moved=True)
_PLANS = (
    Plan(moved=False),
    _TAGGED,
    Plan(moved=False, emphasis="_"),
    Plan(moved=True, emphasis="_"),
)


def inline(runs: Runs, place: Place, style: Style) -> str:
    """The runs as Markdown."""
    if style.width and place in (Place.PARAGRAPH, Place.ITEM):
        return wrapped(_scope(_items(runs, style), place, style), style.width, item=place is Place.ITEM)
    if len(runs) == 1 and type(runs[0]) is Text and not runs[0].marks:
        text = runs[0].text
        if _PLAIN.fullmatch(text):
            return _placed(text, place)
    elif place is not Place.HEADING:
        simple = _simple(runs, style)
        if simple:
            return simple.replace("|", "\\|") if place is Place.CELL else simple
    text = _scope(_items(runs, style), place, style)
    if place is Place.HEADING:
        return escaped_heading(text.strip(" "))
    return text.replace("|", "\\|") if place is Place.CELL else text


def _placed(text: str, place: Place) -> str:
    """Plain text where it stands."""
    text = text.strip(" ")
    if place is Place.CELL:
        return text.replace("|", "\\|")
    if place is Place.HEADING:
        return escaped_heading(text)
    if QUIET_START.match(text):
        return text
    return escaped_line(text, first=True, item=place is Place.ITEM)


def _simple(runs: Runs, style: Style) -> str:
    """Plain text and links of plain text, which most paragraphs are made of; "" if there is anything else."""
    parts: list[str] = []
    before: Link | None = None
    for run in runs:
        if type(run) is not Text or not _PLAIN.fullmatch(run.text):
            return ""
        marks = run.marks
        if not marks:
            parts.append(run.text)
            before = None
            continue
        link = marks[0]
        if len(marks) > 1 or type(link) is not Link or link is before or not run.text.strip():
            return ""
        parts.append(_link_text(link, run.text, style))
        before = link
    text = "".join(parts)
    return text if text and (text[0] == "[" or QUIET_START.match(text)) else ""


def _link_text(link: Link, text: str, style: Style) -> str:
    """A link with its text, or the bare address if the text says the same."""
    if not link.title:
        address = _ESCAPE.sub(r"\1", text)
        if (address == link.href and _AUTOLINK.fullmatch(address)) or (
            "mailto:" + address == link.href and _MAIL.fullmatch(address)
        ):
            return f"<{address}>"
    return f"[{text}]{style.target(link.href, link.title)}"


def _embedded(link: Link, style: Style) -> str:
    """Something embedded: a link without a text."""
    if not link.title and _AUTOLINK.fullmatch(link.href):
        return f"<{link.href}>"
    text = link.title or link.href
    text = Paragraph([text], [], labels=style.references).escaped(text, "]", in_link=True)
    return f"[{checked([Piece(text, literal=True)], _BESIDE_ALTERNATIVE).text}]{style.target(link.href, '')}"


def _merged(runs: Runs) -> list[Text | Image | InlineMath | LineBreak | FootnoteReference]:
    """The runs, neighbouring texts with the same marks in one."""
    out: list[Text | Image | InlineMath | LineBreak | FootnoteReference] = []
    parts: list[str] = []
    for run in runs:
        if type(run) is Text:
            if parts and parts[0] and run.text and _same(out[-1].marks, run.marks):
                parts.append(run.text)
                continue
            if len(parts) > 1:
                out[-1] = Text("".join(parts), out[-1].marks)
            parts = [run.text]
        elif parts:
            if len(parts) > 1:
                out[-1] = Text("".join(parts), out[-1].marks)
            parts = []
        out.append(run)
    if len(parts) > 1:
        out[-1] = Text("".join(parts), out[-1].marks)
    return out


def _same(left: tuple[Mark | Link, ...], right: tuple[Mark | Link, ...]) -> bool:
    if left is right:
        return True
    if len(left) != len(right):
        return False
    if _CODE in left and _CODE in right:  # two code spans that touch would share a backquote
        return _split(left)[1] is _split(right)[1] and set(_split(left)[0]) == set(_split(right)[0])
    return all(one is other or (type(one) is Mark and one == other) for one, other in zip(left, right, strict=True))


def _items(runs: Runs, style: Style) -> list[Item]:
    """What is to be written, with literal text escaped."""
    merged = _merged(runs)
    texts = [run.text for run in merged if type(run) is Text and _CODE not in run.marks]
    texts += [run.alt for run in merged if type(run) is Image]
    opaque = [
        _verbatim(run, style) for run in merged if type(run) is InlineMath or (type(run) is Text and _CODE in run.marks)
    ]
    paragraph = Paragraph(texts, opaque, footnotes=style.footnotes, labels=style.references)
    items: list[Item] = []
    for index, run in enumerate(merged):
        marks, link, around = _split(run.marks)
        if link is not None and type(run) is Text and not run.text:
            items.append(Item(_embedded(link, style), marks))
            continue
        if type(run) is Text and _CODE not in run.marks:
            following = merged[index + 1] if index + 1 < len(merged) else None
            brackets = link is not None and not brackets_balance(run.text, labels=style.references)
            beginning = _beginning(following, link) or "*" * len(marks)
            after_code = index > 0 and _CODE in merged[index - 1].marks
            value = paragraph.escaped(run.text, beginning, in_link=brackets, after_code=after_code, marked=bool(marks))
            items.append(Item(value, marks, link, literal=True, around=around))
        elif type(run) is LineBreak:
            items.append(Item("", marks, link, is_break=True, around=around))
        else:
            value = _written(run, paragraph, style)
            if type(run) is InlineMath:
                after = merged[index + 1] if index + 1 < len(merged) else None
                value = _apart_from_digits(value, merged[index - 1] if index else None, after)
            items.append(Item(value, marks, link, is_image=type(run) is Image, around=around))
    return items


def _apart_from_digits(formula: str, before: Run | None, after: Run | None) -> str:
    """The formula with something that shows nothing between its dollars and a digit, beside which they are money."""
    left = type(before) is Text and before.text[-1:].isdigit()
    right = type(after) is Text and after.text[:1].isdigit()
    return f"{_NOTHING if left else ''}{formula}{_NOTHING if right else ''}" if formula.startswith("$") else formula


def _verbatim(run: Text | Image | InlineMath | LineBreak | FootnoteReference, style: Style) -> str:
    if type(run) is InlineMath:
        return _formula(run.tex, style)
    return code_span(run.text) if type(run) is Text else ""


def _written(run: Text | Image | InlineMath | LineBreak | FootnoteReference, paragraph: Paragraph, style: Style) -> str:
    """A run that is no literal text."""
    if type(run) is Image:
        alt = paragraph.escaped(run.alt, "]", in_link=not brackets_balance(run.alt, labels=style.references))
        alt = checked([Piece(alt, literal=True)], _BESIDE_ALTERNATIVE).text
        return f"![{alt}]{style.target(run.src, run.title)}"
    if type(run) is FootnoteReference:
        return f"<sup>{run.number}</sup>" if style.commonmark else f"[^{run.number}]"
    return _verbatim(run, style)


def _formula(tex: str, style: Style) -> str:
    """A formula between dollars, or as code if it holds dollars of its own, or they mean nothing."""
    tex = " ".join(tex.split())
    if not tex:
        return ""
    return code_span(tex) if style.commonmark or "$" in tex.replace("\\$", "") else f"${without_markup(tex)}$"


def _beginning(run: Text | Image | InlineMath | LineBreak | FootnoteReference | None, link: Link | None) -> str:
    """What the next run will begin with, as far as escaping is concerned."""
    if run is None:
        return "]" if link is not None else ""
    following = next((mark for mark in run.marks if type(mark) is Link), None)
    if (following is not None and following is not link) or type(run) is FootnoteReference:
        return "["
    if link is not None and following is None:
        return "]"
    if type(run) is Text and _CODE not in run.marks:
        return run.text
    return "\\" if type(run) is LineBreak else "`"


def _split(marks: tuple[Mark | Link, ...]) -> tuple[tuple[MarkKind, ...], Link | None, int]:
    """The kinds of the marks that are written around text, the link, and how many of the marks stand outside of it."""
    if not marks:
        return (), None, 0
    kinds: list[MarkKind] = []
    link: Link | None = None
    around = 0
    for mark in marks:
        if type(mark) is Link:
            link, around = mark, len(kinds)
        elif type(mark) is Mark and mark.kind is not MarkKind.CODE and mark.kind not in kinds:
            kinds.append(mark.kind)
    return tuple(kinds), link, around


# ---- layout


def _scope(items: list[Item], place: Place, style: Style, *, inside_link: bool = False) -> str:
    """Items as text; the text of a link is a scope of its own, in which marks pair among themselves."""
    beside = _BESIDE_LINK_TEXT if inside_link else _BESIDE_NOTHING
    broken: set[int] = set()
    for plan in _PLANS if len(items) < _MOST_ITEMS else _PLANS[:2]:
        result = checked(_pieces(items, place, plan, style, inside_link=inside_link), beside)
        if not result.broken:
            return result.text
        if plan == _TAGGED:
            broken = result.broken
    for tags in (frozenset(broken), None):
        plan = Plan(moved=True, tags=tags)
        result = checked(_pieces(items, place, plan, style, inside_link=inside_link), beside)
        if not result.broken:
            break
    return result.text


def _pieces(items: list[Item], place: Place, plan: Plan, style: Style, *, inside_link: bool) -> list[Piece]:
    if plan.moved:  # before links are put outermost, and parted from what emphasis they stand in, and after
        items = edges_moved(items)
    items = _links_written(items, place, style, outermost=plan.moved)
    if plan.moved:
        items = edges_moved(items)
    return Layout(place, plan, style, inside_link=inside_link).pieces(items)


def _links_written(items: list[Item], place: Place, style: Style, *, outermost: bool) -> list[Item]:
    """Each link as one item, its text written; marks that reach beyond it stay outside, unless links are outermost."""
    if all(item.link is None for item in items):
        return items
    out: list[Item] = []
    index = 0
    while index < len(items):
        link = items[index].link
        if link is None:
            out.append(items[index])
            index += 1
            continue
        end = index
        while end < len(items) and items[end].link is link:
            end += 1
        group = items[index:end]
        beside = (items[index - 1].marks if index else (), items[end].marks if end < len(items) else ())
        outer = () if outermost else _outer_marks(group, *beside)
        inner = [
            item._replace(marks=tuple(kind for kind in item.marks if kind not in outer), link=None, around=0)
            for item in group
        ]
        out.append(Item(_link(link, inner, place, style), outer))
        index = end
    return out


def _outer_marks(group: list[Item], before: tuple[MarkKind, ...], after: tuple[MarkKind, ...]) -> tuple[MarkKind, ...]:
    common = [kind for kind in group[0].marks[: group[0].around] if kind in before or kind in after]
    return tuple(kind for kind in common if all(kind in item.marks[: item.around] for item in group))


def _link(link: Link, inner: list[Item], place: Place, style: Style) -> str:
    if len(inner) == 1 and inner[0].literal and not inner[0].marks:
        whole = _link_text(link, inner[0].value, style)
        if whole[0] == "<":
            return whole
    text = _scope(inner, place, style, inside_link=True)
    if not text.strip():
        return text
    if text[0] == "^":  # `[^` begins a footnote
        text = "\\" + text
    return f"[{text}]{style.target(link.href, link.title)}"
