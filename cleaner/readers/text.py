"""Bare text as a page: every line that holds something is a block.

What a line looks like (an item, a head, a row of a table, code) is guessed only as far as its form is certain; lines
that belong to code, tables, logs, verse or talk are flagged as guarded, so that nobody judges them one by one.
"""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from cleaner.page import BlockKind, Flag, Page
from cleaner.readers import Reading
from cleaner.readers.text_structure import guard_structures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_TAB = 4  # columns to a tab stop; editors differ, and only "indented or not" and "as its neighbour" are asked of it

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'）】」]{3,2000}", re.IGNORECASE)
_NUMERAL = "一二三四五六七八九十百零〇"
# One alternation a line; the name of the group that matched says what the line is.
_FORM = re.compile(
    rf"""(?P<rule>[-*_=~─—━－＊]{{3,400}}$)
    |(?P<head>\#{{1,6}}[ \t]+\S)
    |(?P<chapter>第[{_NUMERAL}\d]{{1,6}}[章节節編编篇回部卷](?:[\s:：]|$))
    |(?P<quote>>[>\s])
    |(?P<item>[-*+•●◦▪■◆○·・–►▸※✓✔][ \t\u00a0\u3000]|[•●◦▪■◆○►▸✓✔]
        |\(?\d{{1,3}}[.)][ \t\u3000]|\d{{1,3}}[、．]|\d{{1,3}}\.(?=[^\s\d])
        |[（(]\d{{1,3}}[）)]|[①-⑳]|[a-z][.)][ \t])""",
    re.VERBOSE,
)
_FORM_KINDS = {"item": int(BlockKind.ITEM), "rule": int(BlockKind.RULE), "quote": int(BlockKind.QUOTE)}
_SHORT_HEAD = 40  # characters; a numbered paragraph is longer


def read(text: str, url: str | None) -> Reading:
    """The lines of `text` as a page; `url` is only handed on. Linear in the text, with little work per line."""
    raw = text.split("\n")
    stripped = list(map(str.strip, raw))
    length = _lengths(raw)
    left = length - _lengths(list(map(str.lstrip, raw)))
    inner = _lengths(stripped)
    live = np.flatnonzero(inner)
    line_start = np.cumsum(length + 1) - (length + 1)
    start = (line_start + left)[live]
    texts = list(compress(stripped, inner.tolist()))
    number = len(texts)
    blank_before = np.diff(live, prepend=-1) - 1
    page = Page(
        kind="text",
        source=text,
        text=texts,
        start=start.tolist(),
        end=(start + inner[live]).tolist(),
        bold_chars=[0] * number,
        breaks=[0] * number,
        blank_before=blank_before.tolist(),
        indent=_indents(raw, live, left[live]),
        container=[0] * number,
        hidden=[""] * number,
        url=url,
    )
    page.block_kind, page.level = _forms(texts)
    page.flags = [0] * number
    page.links, page.link_chars = _links(text, texts)
    guard_structures(page)
    for index, kind in enumerate(page.block_kind):
        if kind == BlockKind.ITEM:
            page.flags[index] |= int(Flag.LIST)
    containers = page.containers
    containers.tag, containers.parent, containers.words = ["root"], [-1], [""]
    containers.flags, containers.first, containers.last, containers.depth = [0], [0], [number], [0]
    containers.images, containers.inputs = [0], [0]
    return Reading(page)


def _lengths(lines: Sequence[str]) -> NDArray[np.int64]:
    return np.fromiter(map(len, lines), np.int64, len(lines))


def _indents(raw: list[str], live: NDArray[np.int64], left: NDArray[np.int64]) -> list[int]:
    """Columns of white space before each line; a full-width space is two columns wide."""
    columns: list[int] = left.tolist()
    widths: dict[str, int] = {}
    for block in np.flatnonzero(left).tolist():
        prefix = raw[live[block]][: left[block]]
        if prefix not in widths:
            widths[prefix] = len(prefix.replace("\u3000", "  ").expandtabs(_TAB))
        columns[block] = widths[prefix]
    return columns


def _forms(texts: list[str]) -> tuple[list[int], list[int]]:
    """The kind and the heading level of each line, where its first characters settle them."""
    kinds, levels = [int(BlockKind.PARAGRAPH)] * len(texts), [0] * len(texts)
    for index, found in enumerate(map(_FORM.match, texts)):
        if found is None:
            continue
        form, text = found.lastgroup, texts[index]
        if form in _FORM_KINDS:
            kinds[index] = _FORM_KINDS[form]
        elif len(text) <= _SHORT_HEAD or form == "head":
            kinds[index] = int(BlockKind.HEADING)
            levels[index] = text.index(" ") if form == "head" and " " in text[:8] else 2
    return kinds, levels


def _links(text: str, texts: list[str]) -> tuple[list[int], list[int]]:
    """Number of addresses in each line and the characters that they take."""
    number, chars = [0] * len(texts), [0] * len(texts)
    if "://" not in text and "www." not in text.lower():
        return number, chars
    for index, line in enumerate(texts):
        if "://" in line or "www." in line.lower():
            found = [match.end() - match.start() for match in _URL.finditer(line)]
            number[index], chars[index] = len(found), sum(found)
    return number, chars
