"""What becomes of the elements within a line of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.building import lists, math, runs, word_lists
from cleaner.building.furniture import is_furniture
from cleaner.building.headings import is_permalink
from cleaner.building.html_walk import CODE, SKIP, restoring
from cleaner.document import InlineMath, LineBreak, Link, Mark, MarkKind, MathBlock, Text
from cleaner.readers.elements import shows_fallback

if TYPE_CHECKING:
    from collections.abc import Iterable

    from turbohtml import Element

    from cleaner.building.html_walk import Answer, Leave, Rule, Walk

STRONG, EMPHASIS, DELETED = Mark(MarkKind.STRONG), Mark(MarkKind.EMPHASIS), Mark(MarkKind.DELETED)
_MARKS = {
    **dict.fromkeys(("b", "strong"), STRONG),
    **dict.fromkeys(("i", "em"), EMPHASIS),
    **dict.fromkeys(("del", "s", "strike"), DELETED),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), CODE),
    "sub": Mark(MarkKind.SUBSCRIPT),
    "sup": Mark(MarkKind.SUPERSCRIPT),
}
_PLAIN = [
    "abbr",
    "acronym",
    "bdi",
    "bdo",
    "big",
    "cite",
    "data",
    "dfn",
    "font",
    "ins",
    "label",
    "mark",
    "nobr",
    "output",
    "rb",
    "ruby",
    "small",
    "span",
    "time",
    "u",
    "var",
    "wbr",
]
# What a browser never paints, or paints only in place of something else.
_UNPAINTED = [
    "script",
    "style",
    "template",
    "noembed",
    "noframes",
    "head",
    "title",
    "meta",
    "link",
    "base",
    "select",
    "option",
    "optgroup",
    "datalist",
    "textarea",
    "svg",
    "canvas",
    "applet",
    "param",
    "source",
    "track",
    "map",
    "area",
    "frameset",
    "colgroup",
    "col",
    "rp",
    "progress",
    "meter",
]
_HIDDEN_STYLE = re.compile(r"(?:display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden)", re.IGNORECASE)
_STYLE_WORDS = re.compile(
    r"(?<![\w-])font-weight\s{0,4}:\s{0,4}(?P<weight>\w{1,10})|(?<![\w-])font-style\s{0,4}:\s{0,4}(?P<style>\w{1,10})"
    r"|(?P<through>line-through)",
    re.IGNORECASE,
)
_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})


def is_out(walk: Walk, element: Element) -> bool:
    """Whether the element is hidden by its own attributes, and the walk leaves such elements out."""
    if walk.show_hidden or not element.attrs:
        return False
    hidden = element.attr("hidden")
    if hidden is not None and hidden != "until-found":
        return True
    style = element.attr("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def skip(_walk: Walk, _element: Element) -> Answer:
    """An element that shows nothing."""
    return SKIP


def is_task_box(walk: Walk, classes: Iterable[str]) -> bool:
    """Whether an element of these classes is the drawn task box of the item that it begins; the item remembers it."""
    checked = lists.task_box(classes)
    item = walk.frame.item
    if checked is None or item is None or not walk.frame.is_blank():
        return False
    lists.set_task(item, checked=checked)
    return True


def plain(walk: Walk, element: Element) -> Answer:
    """What is in the element, set as its style says."""
    if not element.attrs:
        return None
    if is_out(walk, element):
        return SKIP
    classes = element.attrs.get("class")
    if classes:
        if math.formula_classes(classes):
            return formula(walk, math.typeset_formula(element, classes))
        if is_furniture(element, classes) or is_task_box(walk, classes):
            return SKIP
    style = element.attr("style")
    return _styled(walk, style) if style else None


def _mark(walk: Walk, element: Element) -> Answer:
    mark = _MARKS[element.tag]
    if not element.attrs:
        return walk.marked(mark)
    if is_out(walk, element):
        return SKIP
    classes = element.attrs.get("class")
    if classes and mark is CODE and math.formula_classes(classes):
        return formula(walk, math.typeset_formula(element, classes))
    style = element.attr("style")
    return _styled(walk, style, mark) if style else walk.marked(mark)


def _styled(walk: Walk, style: str, mark: Mark | None = None) -> Answer:
    """A mark and those that the style adds or takes away: Google Docs sets everything in a `b` that is not bold."""
    if word_lists.is_marker(style):
        return SKIP
    wanted = {} if mark is None else {mark: True}
    for match in _STYLE_WORDS.finditer(style):
        if match["weight"]:
            wanted[STRONG] = match["weight"].lower() in _BOLD
        elif match["style"]:
            wanted[EMPHASIS] = match["style"].lower() in ("italic", "oblique")
        else:
            wanted[DELETED] = True
    before = walk.marks
    for kind, on in wanted.items():
        if on:
            walk.marked(kind)
    return restoring(before) if walk.marks is not before else None


def _link(walk: Walk, element: Element) -> Answer:
    if is_out(walk, element) or is_permalink(element, in_heading=walk.frame.kind == "line"):
        return SKIP
    classes = element.attrs.get("class")
    if classes and is_furniture(element, classes):
        return SKIP
    href = element.attr("href")
    if href is None or not walk.links:
        return None
    address = walk.addresses.resolved(href)
    if address is None:
        return None
    return walk.marked(Link(address, runs.collapsed(element.attr("title") or "")))


def _break(walk: Walk, _element: Element) -> Answer:
    walk.frame.runs.append(LineBreak(walk.marks))
    return SKIP


def _script(walk: Walk, element: Element) -> Answer:
    found = math.script_formula(element) if element.attrs else None
    return formula(walk, found) if found is not None else SKIP


def _math(walk: Walk, element: Element) -> Answer:
    return formula(walk, math.math_formula(element))


def formula(walk: Walk, found: math.Formula) -> Answer:
    """A formula, on lines of its own if it is displayed; the element is done with."""
    if found.tex:
        if found.display and walk.frame.kind != "line":
            walk.add(MathBlock(found.tex))
        else:
            walk.frame.runs.append(InlineMath(found.tex.replace("\n", " "), walk.marks))
    return SKIP


def _object(walk: Walk, element: Element) -> Answer:
    return plain(walk, element) if shows_fallback(element) else SKIP


def _quoted(walk: Walk, _element: Element) -> Answer:
    walk.frame.runs.append(Text("“", walk.marks))
    return _adding(Text("”", walk.marks))


def _ruby_text(walk: Walk, _element: Element) -> Answer:
    walk.frame.runs.append(Text("(", walk.marks))
    return _adding(Text(")", walk.marks))


def _adding(run: Text) -> Leave:
    def leave(walk: Walk) -> None:
        walk.frame.runs.append(run)

    return leave


def _input(walk: Walk, element: Element) -> Answer:
    """A task box, where it stands before all else in an item."""
    item = walk.frame.item
    if item is not None and (element.attr("type") or "").lower() == "checkbox" and walk.frame.is_blank():
        lists.set_task(item, checked=element.attr("checked") is not None)
    return SKIP


RULES: dict[str, Rule] = {
    **dict.fromkeys(_UNPAINTED, skip),
    **dict.fromkeys(_PLAIN, plain),
    **dict.fromkeys(_MARKS, _mark),
    "a": _link,
    "br": _break,
    "input": _input,
    "math": _math,
    "object": _object,
    "q": _quoted,
    "rt": _ruby_text,
    "script": _script,
}
