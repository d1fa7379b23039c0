"""Lexicon hits as columns: how far each line is marked as chrome, and of which kind."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lexicon import Strength
from cleaner.page import BlockKind, Flag
from cleaner.verdict import Category

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleaner.judging.lexicon import Hit
    from cleaner.judging.lines.shape import Shape
    from cleaner.page import Page

# Categories that speak for the same part of a page share a column.
GROUPS: dict[str, tuple[Category, ...]] = {
    "footer": (Category.REGISTRATION, Category.LEGAL, Category.FOOTER),
    "operator": (Category.OPERATOR,),
    "navigation": (Category.NAVIGATION, Category.BREADCRUMB, Category.PAGINATION),
    "related": (Category.RELATED,),
    "widget": (Category.SHARE, Category.WIDGET, Category.TEMPLATE),
    "talk": (Category.LOGIN, Category.COMMENTS, Category.NEWSLETTER, Category.COOKIE, Category.ADVERTISEMENT),
    "byline": (Category.BYLINE,),
}
_GROUP_OF = {category: column for column, group in enumerate(GROUPS.values()) for category in group}
GUARDED = int(Flag.GUARDED)
BYLINE = list(GROUPS).index("byline")
FOOTER = list(GROUPS).index("footer")
OPERATOR = list(GROUPS).index("operator")
NAVIGATION = list(GROUPS).index("navigation")
RELATED = list(GROUPS).index("related")

_SENTENCE_END = re.compile(r"[。！？]|[.!?](?=\s)")
_COVERED = 0.3  # of a line's characters; hits that take less stand in a sentence of something else
_COVERED_SENTENCE = 0.6  # the same of a line that reads as a sentence
_SHORT = 6.0  # words; in so short a line a hit is what the line is about
_CONTENT, _DOUBTED = 0.9, 0.25  # probability of content that contradicts a mark; what is left of the mark
_MANUAL_HEADS, _MANUAL_LINKS = 2, 0.25  # heads; share of the blocks that are mostly link
_PARTIAL = 0.4  # the mark of a hit that covers little


@dataclass(frozen=True, slots=True)
class Marks:
    """One entry a line.

    groups   marks by `GROUPS`, n × groups, 0 to 1
    chrome   the strongest mark of a line other than byline marks, 0 to 1
    byline   the byline mark
    covered  share of the characters under hits other than byline hits
    sure     a whole line, or a strong form that covers the line: proves that the page has chrome
    heads    condemns what follows
    foot     shows that the footer has begun
    hits     the hits of each line
    manual   the page is a document with heads of its own and no links, which speaks of menus but has none
    """

    groups: NDArray[np.float32]
    chrome: NDArray[np.float32]
    byline: NDArray[np.float32]
    covered: NDArray[np.float32]
    sure: NDArray[np.bool_]
    heads: NDArray[np.bool_]
    foot: NDArray[np.bool_]
    hits: dict[int, list[Hit]]
    manual: bool = False


def mark(page: Page, shape: Shape, hits: Sequence[Hit]) -> Marks:
    """The marks of each line of the page; guarded lines bear none."""
    number = len(shape)
    groups = np.zeros((number, len(GROUPS)), np.float32)
    covered = np.zeros(number, np.float32)
    sure, heads, foot = np.zeros(number, bool), np.zeros(number, bool), np.zeros(number, bool)
    manual = _is_manual(page)
    by_line: dict[int, list[Hit]] = {}
    for hit in hits:
        by_line.setdefault(hit.block, []).append(hit)
    for line in list(by_line):
        if page.flags[line] & GUARDED:
            del by_line[line]
            continue
        found = by_line[line]
        text_length = max(float(shape.ink[line]), 1.0)
        chrome = [hit for hit in found if hit.rule.category != Category.BYLINE]
        share = min(sum(_ink(_said(page.text[line], hit)) for hit in chrome) / text_length, 1.0)
        covered[line] = share
        bylines = (_ink(page.text[line][hit.start : hit.end]) for hit in found if hit.rule.category == Category.BYLINE)
        byline_share = sum(bylines) / text_length
        words = float(shape.words[line])
        running = bool(shape.running[line])
        about = share >= (_COVERED_SENTENCE if running else _COVERED) or words <= _SHORT
        if manual and not page.links[line]:
            about = False
        for hit in found:
            column = _GROUP_OF.get(hit.rule.category)
            if column is None:
                continue
            value = _value(hit, byline_share, about=about, loose=not running and not manual)
            groups[line, column] = max(groups[line, column], value)
            if hit.rule.category == Category.BYLINE:
                continue
            if value >= 1:
                sure[line] = True
                heads[line] |= hit.rule.heads
                foot[line] |= hit.rule.footer
    chrome_groups = np.delete(groups, BYLINE, axis=1)
    return Marks(groups, chrome_groups.max(1), groups[:, BYLINE].copy(), covered, sure, heads, foot, by_line, manual)


def _said(text: str, hit: Hit) -> str:
    """What a hit covers; one that begins behind a sentence ends with its own, whatever its pattern takes beyond."""
    if _SENTENCE_END.search(text, 0, hit.start):
        end = _SENTENCE_END.search(text, hit.start, hit.end)
        return text[hit.start : end.end() if end else hit.end]
    return text[hit.start : hit.end]


def _is_manual(page: Page) -> bool:
    """Whether the page is a document with heads of its own (a read-me), which speaks of menus but has none.

    In Markdown it begins with its title, and links fill few of its blocks; badges are pictures. In bare text a head is
    a hash and a space, and there are no links at all.
    """
    heads = [line for line, kind in enumerate(page.block_kind) if kind == BlockKind.HEADING]
    if page.kind != "markdown":
        written = sum(page.text[line].startswith("#") for line in heads)
        return written >= _MANUAL_HEADS and not any(page.links) and not any("](" in text for text in page.text)
    if len(heads) < _MANUAL_HEADS or heads[0] != 0 or page.level[0] != 1:
        return False
    linked = [2 * size >= len(text) and "![" not in text for size, text in zip(page.link_chars, page.text, strict=True)]
    return sum(linked) <= _MANUAL_LINKS * len(linked)


def contradicted(marks: Marks, shape: Shape, probability: NDArray[np.float32]) -> Marks:
    """The marks without those of sentences that the line model, which has seen the marks, still takes for content."""
    doubted = shape.running & (probability >= _CONTENT)
    if not doubted.any():
        return marks
    weight = np.where(doubted, np.float32(_DOUBTED), np.float32(1))
    return dataclasses.replace(
        marks,
        groups=marks.groups * weight[:, None],
        chrome=marks.chrome * weight,
        sure=marks.sure & ~doubted,
        heads=marks.heads & ~doubted,
        foot=marks.foot & ~doubted,
    )


def _value(hit: Hit, share: float, *, about: bool, loose: bool) -> float:
    """What a hit is worth: full if it is strong and the line is about it; a footer's forms count in any short line."""
    if hit.rule.category == Category.BYLINE:
        if hit.rule.strength != Strength.WEAK:
            return 1.0
        return 0.5 if share >= _COVERED_SENTENCE else 0.3
    if hit.rule.strength == Strength.WHOLE:
        return 1.0 if about else _PARTIAL
    if hit.rule.strength == Strength.WEAK:
        return 0.5 if about else 0.2
    if about or (hit.rule.footer and loose):
        return 1.0
    return _PARTIAL


def _ink(text: str) -> int:
    return len(text) - text.count(" ") - text.count("\u3000")
