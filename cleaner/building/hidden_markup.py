"""Scripts, comments and hidden elements within the paragraphs of Markdown: they go, and the account has to tell it."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from cleaner.building.active_markup import edits
from cleaner.building.markdown_tree import parse
from cleaner.page import BlockKind, Flag
from cleaner.verdict import Category, Cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.options import Options
    from cleaner.readers.markdown import MarkdownReading
    from cleaner.verdict import Judgement


def with_hidden_markup(judgement: Judgement, reading: MarkdownReading, options: Options) -> Judgement:
    """The judgement with a cut for each stretch of a kept block that hides or runs, but those that go anyway."""
    if "<" not in reading.page.source:
        return judgement
    taken = _Taken(judgement.cuts)
    cuts = [
        cut
        for cut in _hidden(reading, comments=options.keeps_comments)
        if judgement.kept[cut.block] and not taken.holds(cut)
    ]
    if cuts:  # what looks like markup is rare enough; whether it is any, the parser knows
        above = _lines_with_markup(reading, options)
        cuts = [cut for cut in cuts if above[reading.first[cut.block]] < above[reading.last[cut.block]]]
    return dataclasses.replace(judgement, cuts=[*judgement.cuts, *cuts]) if cuts else judgement


def _lines_with_markup(reading: MarkdownReading, options: Options) -> list[int]:
    """How many lines above each line, and above the end, are of leaves that are written without active markup."""
    page, lines = reading.page, list(reading.lines)
    front = reading.last[0] if page.block_kind[0] == BlockKind.FRONT_MATTER else 0
    lines[:front] = [""] * front
    found = bytearray(len(lines))
    for first, last in parse("\n".join(lines), options).unsafe:
        found[first:last] = b"\1" * (last - first)
    return [*accumulate(found, initial=0)]


class _Taken:
    """What other cuts take out of each block, found by its place."""

    def __init__(self, cuts: list[Cut]) -> None:
        self._begins: list[tuple[int, int]] = []
        self._ends: list[tuple[int, int]] = []  # how far those up to each one reach
        for cut in sorted(cuts, key=lambda cut: (cut.block, cut.start)):
            end = (cut.block, cut.end)
            self._begins.append((cut.block, cut.start))
            self._ends.append(max(end, self._ends[-1]) if self._ends else end)

    def holds(self, cut: Cut) -> bool:
        """Whether something of the stretch goes already."""
        before = bisect_left(self._begins, (cut.block, cut.end)) - 1
        return before >= 0 and self._ends[before] > (cut.block, cut.start)


def _hidden(reading: MarkdownReading, *, comments: bool) -> Iterator[Cut]:
    """The stretches, in the parts that they have in the blocks: a paragraph may be several."""
    page, begin = reading.page, 0
    while begin < len(page):
        end = begin + 1
        while end < len(page) and reading.leaf[end] == reading.leaf[begin]:
            end += 1
        first, last = page.start[begin], page.end[end - 1]
        if _is_markup(page.block_kind[begin], page.flags[begin]) and page.source.find("<", first, last) >= 0:
            block = begin
            for edit in edits(page.source[first:last], comments=comments):
                if not edit.reason:
                    continue
                start, stop = first + edit.start, first + edit.end
                while block < end and page.end[block] <= start:
                    block += 1
                at = block
                while at < end and page.start[at] < stop:
                    own = (max(start - page.start[at], 0), min(stop, page.end[at]) - page.start[at])
                    yield Cut(at, *own, Category.HIDDEN, edit.reason, 0.0)
                    at += 1
        begin = end


def _is_markup(kind: int, flags: int) -> bool:
    return kind != BlockKind.FRONT_MATTER and not flags & Flag.CODE
