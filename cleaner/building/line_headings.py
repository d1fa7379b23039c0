"""Headings in bare text: short lines, set off from running text, without a sentence's end; or numbered as headings are.

A heading that isn't recognised is a short paragraph, which does little harm; a paragraph made a heading does. So every
rule here asks for what a byline, a caption, a date, a greeting or a menu lacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.building.line_heading_forms import FAMILIES, number_family, number_length, reads_like_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.building.kept_lines import KeptLine
    from cleaner.building.line_shapes import Shape

_WIDEST = 60  # columns: thirty wide characters; longer lines are sentences
_NARROWEST = 4
_WIDEST_TIGHT = 40  # columns, where no blank lines set the heading off
_WIDEST_LABEL = 24  # columns of a line that may head a list though nothing sets it off
_LONG = 60  # columns of running text that may follow a heading on the next line
_SERIES = frozenset(("part", "chapter", "section", "han", "number", "roman"))
_NEEDS_TEXT = frozenset(("number", "roman"))  # they count things too: only above running text they head a section
_LONGEST_RUN = 3  # headings that follow each other; more short lines in a row are a list of something
_HIGHEST = 2  # level of the highest heading below the title
_LOWEST = 6


def find_headings(
    lines: Sequence[KeptLine], shapes: Sequence[Shape], free: Sequence[bool], follows: Sequence[bool], *, titled: bool
) -> dict[int, int]:
    """Level of each heading among the `free` lines, by index: 2 to 6, and 1 for a first line where no title is known.

    `follows` says of each line whether what begins there can stand under a heading though it is no running text: a
    list, a table, code.
    """
    finder = _Finder(lines, shapes, free, follows)
    levels = finder.levels()
    if not titled and 0 in levels and not number_length(lines[0].text):
        levels[0] = 1
    return levels


class _Finder:
    def __init__(
        self, lines: Sequence[KeptLine], shapes: Sequence[Shape], free: Sequence[bool], follows: Sequence[bool]
    ) -> None:
        self._lines, self._shapes, self._free, self._follows = lines, shapes, free, follows
        self._spaced = sum(line.blank > 0 for line in lines) * 12 > len(lines)
        self._families: dict[int, str] = {}

    def levels(self) -> dict[int, int]:
        lines = self._lines
        index = 0
        while index < len(lines):
            end = self._run(index)
            start = index
            if end - index > 1 and end < len(lines) and self._follows[end] and not self._set_off(index, end):
                start = end - 1  # of several short lines, the last one may still head a list
            if end > index and self._set_off(start, end):
                for number in range(start, end):
                    self._families[number] = number_family(lines[number].text)
            index = max(end, index + 1)
        self._add_series()
        self._drop_lone_numbers()
        used = set(self._families.values())
        present = [name for name in FAMILIES if name in used]
        levels = {}
        for number, family in self._families.items():
            depth = present.index(family) if family in present else 0
            levels[number] = min(_HIGHEST + depth, _LOWEST)
        return levels

    def _run(self, index: int) -> int:
        """The end of the run of candidates that begins here; `index` itself if the line is none."""
        end = index
        while end < len(self._lines) and self._candidate(end):
            if end > index and self._spaced and self._leads_on(end):
                break
            end += 1
        return end

    def _leads_on(self, index: int) -> bool:
        """Whether the next line follows without a blank line, as within a wrapped paragraph."""
        after = index + 1
        return after < len(self._lines) and self._lines[after].blank == 0 and not number_length(self._lines[index].text)

    def _candidate(self, index: int) -> bool:
        if not self._free[index]:
            return False
        text, width = self._lines[index].text, self._shapes[index].width
        if width > _WIDEST or len(text) < 2 or (width < _NARROWEST and not number_length(text)):
            return False
        return reads_like_heading(text)

    def _set_off(self, start: int, end: int) -> bool:
        """Whether the run of candidates stands above running text, and apart from what is before it."""
        lines, shapes = self._lines, self._shapes
        if end >= len(lines):
            return False
        numbered = all(number_length(lines[index].text) for index in range(start, end))
        if end - start > _LONGEST_RUN and not numbered:
            return False
        if not (self._follows[end] or self._runs_on(end) or (start == 0 and self._opens(end))):
            return False
        if self._tight(start, end, numbered=numbered):
            return True
        above = self._spaced and (start == 0 or lines[start].blank > 0)
        parted = all(lines[index].blank > 0 for index in range(start + 1, end))
        below = lines[end].blank > 0 or (end - start == 1 and (shapes[end].width >= _LONG or self._follows[end]))
        return above and below and (parted or numbered)

    def _tight(self, start: int, end: int, *, numbered: bool) -> bool:
        """Without blank lines, a heading stands alone between paragraphs, each a line of its own, or above a list."""
        shapes, before = self._shapes, start - 1
        if end - start > 1 + numbered or shapes[start].width > _WIDEST_TIGHT:
            return False
        if self._follows[end] and shapes[start].width <= _WIDEST_LABEL:
            return True
        if self._spaced and start and self._free[before]:
            return False
        above = start == 0 or (shapes[before].running and shapes[before].stopped) or not self._free[before]
        return above and (self._follows[end] or (shapes[end].running and shapes[end].width >= _LONG))

    def _add_series(self) -> None:
        """Numbered headings need no room around them, if there are several of one kind.

        A number right above the next one of its kind is an entry of an agenda, not a heading.
        """
        series: dict[str, list[int]] = {}
        for index in range(len(self._lines) - 1):
            if self._free[index] and (family := number_family(self._lines[index].text)) in _SERIES:
                following = number_family(self._lines[index + 1].text) if self._free[index + 1] else ""
                sure = family not in _NEEDS_TEXT or self._runs_on(index + 1)
                if family != following and sure and self._candidate(index):
                    series.setdefault(family, []).append(index)
        for family, indexes in series.items():
            if len(indexes) > 1:
                self._families.update(dict.fromkeys(indexes, family))

    def _runs_on(self, index: int) -> bool:
        """Whether running text begins here: one long line, or several full ones."""
        shape = self._shapes[index]
        if shape.running:
            return True
        after = index + 1
        wrapped = after < len(self._lines) and self._lines[after].blank == 0 and self._free[after]
        return wrapped and shape.width >= 40 and self._shapes[after].width >= 20

    def _opens(self, end: int) -> bool:
        """Whether text begins soon below the document's first lines: prose, behind a greeting or a byline, or verse."""
        if not self._spaced:
            return False
        if any(self._shapes[index].running for index in range(end, min(end + 3, len(self._lines)))):
            return True
        verse = range(end + 1, end + 3)
        return verse.stop <= len(self._lines) and all(self._lines[index].blank == 0 for index in verse)

    def _drop_lone_numbers(self) -> None:
        """A plain number heads a section only in company: "3 Men in a Boat" is a title, "2024 report" a caption."""
        numbers = [index for index, family in self._families.items() if family in ("number", "roman")]
        if len(numbers) == 1:
            self._families[numbers[0]] = ""
