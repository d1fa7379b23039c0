"""What becomes of the elements that stand on lines of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.building import code, lists, math, runs, word_lists
from cleaner.building.furniture import is_furniture
from cleaner.building.html_walk import CODE, SKIP
from cleaner.building.inline_rules import STRONG, formula, is_out, is_task_box, plain
from cleaner.document import Figure, Heading, MathBlock, Paragraph, Quote, ThematicBreak

if TYPE_CHECKING:
    from turbohtml import Element

    from cleaner.building.html_walk import Answer, Rule, Walk

_BLOCKS = [
    "address",
    "article",
    "aside",
    "body",
    "center",
    "details",
    "dialog",
    "div",
    "fieldset",
    "footer",
    "form",
    "header",
    "hgroup",
    "html",
    "legend",
    "main",
    "nav",
    "search",
    "section",
    "tbody",
    "tfoot",
    "thead",
]
# Elements of a page's own making that stand within a line: emoji and relative dates on GitHub.
_SMALL_CUSTOM = frozenset({"g-emoji", "relative-time", "time-ago", "local-time", "tool-tip"})
_FORMULA_LANGUAGES = frozenset({"math", "latex-math"})


def _flush(walk: Walk) -> None:
    walk.flush()


def other(walk: Walk, element: Element) -> Answer:
    """An element without a rule: one of the page's own making stands on lines of its own, unless known to be small."""
    tag = element.tag
    if tag in ("mjx-container", "math-renderer"):
        return formula(walk, math.typeset_formula(element, element.attrs.get("class") or ()))
    return block(walk, element) if "-" in tag and tag not in _SMALL_CUSTOM else plain(walk, element)


def block(walk: Walk, element: Element) -> Answer:
    """An element that only parts what is in it from what stands around it."""
    if element.attrs:
        if is_out(walk, element):
            return SKIP
        classes = element.attrs.get("class")
        if classes:
            if math.formula_classes(classes) and element.find("p") is None:
                return formula(walk, math.typeset_formula(element, classes))
            if is_furniture(element, classes) or is_task_box(walk, classes):
                return SKIP
            if code.is_code_box(element, classes):
                return code_rule(walk, element)
        if element.attr("role") == "heading":
            return _heading(walk, element)
    walk.flush()
    return _flush


def _button(walk: Walk, element: Element) -> Answer:
    """A button's text is text, such as the question that an accordion opens, unless the button copies code."""
    return SKIP if code.is_copy_button(element) else block(walk, element)


def _paragraph(walk: Walk, element: Element) -> Answer:
    item = word_lists.word_item(element) if element.attrs and walk.can_open() else None
    if item is None:
        return block(walk, element)
    if is_out(walk, element):
        return SKIP
    walk.open("item").item = lists.ItemDraft()

    def leave(walk: Walk) -> None:
        item.blocks = tuple(walk.close().blocks)
        if item.blocks:
            walk.add_word_item(item)

    return leave


def _heading(walk: Walk, element: Element) -> Answer:
    if is_out(walk, element):
        return SKIP
    if walk.frame.kind == "line":
        walk.flush()
        return _flush
    level = _level(element)
    walk.open("line")

    def leave(walk: Walk) -> None:
        line = runs.one_line(walk.close().runs)
        if line:
            walk.add(Heading(level, line))

    return leave


def _level(element: Element) -> int:
    tag, level = element.tag, element.attr("aria-level") or ""
    if len(tag) == 2 and tag[0] == "h":
        return int(tag[1])
    return int(level) if level in ("1", "2", "3", "4", "5", "6") else 2


def _rule(walk: Walk, element: Element) -> Answer:
    if walk.frame.kind != "line" and not is_out(walk, element):
        classes = element.attrs.get("class")
        if not classes or not is_furniture(element, classes):
            walk.add(ThematicBreak())
    return SKIP


def code_rule(walk: Walk, element: Element) -> Answer:
    """An element whose text is preformatted."""
    if is_out(walk, element):
        return SKIP
    if walk.frame.kind == "line":
        return walk.marked(CODE)
    block = code.code_block(element)
    if block is not None:
        walk.add(MathBlock(block.text.strip()) if block.language in _FORMULA_LANGUAGES else block)
    return SKIP


def _quote(walk: Walk, element: Element) -> Answer:
    if not walk.can_open():
        return block(walk, element)
    if is_out(walk, element):
        return SKIP
    walk.open("quote")
    return _close_quote


def _close_quote(walk: Walk) -> None:
    blocks = walk.close().blocks
    if blocks:
        walk.add(Quote(tuple(blocks)))


def _figure(walk: Walk, element: Element) -> Answer:
    if not walk.can_open():
        return block(walk, element)
    if is_out(walk, element):
        return SKIP
    classes = element.attrs.get("class")
    if classes and code.is_code_box(element, classes):
        return code_rule(walk, element)
    walk.open("figure").captions = []
    return _close_figure


def _close_figure(walk: Walk) -> None:
    frame = walk.close()
    captions = frame.captions or []
    if captions and frame.blocks:
        walk.add(Figure(tuple(frame.blocks), captions[0]))
        captions = captions[1:]
    else:
        for block in frame.blocks:
            walk.add(block)
    for caption in captions:
        walk.add(Paragraph(caption))


def _figure_caption(walk: Walk, element: Element) -> Answer:
    around = walk.frame
    if around.captions is None or not walk.can_open():
        return block(walk, element)
    if is_out(walk, element):
        return SKIP
    captions = around.captions
    walk.open("caption")

    def leave(walk: Walk) -> None:
        blocks = walk.close().blocks
        lines = lists.lines(blocks)
        captions.extend(lines)
        walk.frame.blocks.extend(blocks[len(lines) :])

    return leave


def _summary(walk: Walk, element: Element) -> Answer:
    if is_out(walk, element):
        return SKIP
    walk.flush()
    before = walk.marks
    walk.marked(STRONG)

    def leave(walk: Walk) -> None:
        walk.flush()
        walk.marks = before

    return leave


RULES: dict[str, Rule] = {
    **dict.fromkeys(_BLOCKS, block),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), code_rule),
    "blockquote": _quote,
    "button": _button,
    "figcaption": _figure_caption,
    "figure": _figure,
    "hr": _rule,
    "p": _paragraph,
    "summary": _summary,
}
