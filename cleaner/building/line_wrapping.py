"""Lines without blank lines between them → paragraphs: hard-wrapped prose is rejoined, verse and talk keep their lines.

A stretch is wrapped if a greedy wrapper would have ended its lines where they end: the next line's first word would
not have fitted any more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.building.joining import is_wide, joint
from cleaner.building.line_runs import runs_of, runs_of_lines
from cleaner.building.line_shapes import display_width
from cleaner.document import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.building.kept_lines import KeptLine
    from cleaner.building.line_shapes import Shape

# Columns. E-mail and books are wrapped at 60 to 80, some editors at 100 or 120; narrower stretches are verse.
_NARROWEST, _WIDEST = 50, 130
_NARROWEST_WIDE = 36  # in scripts of wide characters: eighteen of them
_SLACK_WIDE = 4  # two characters: punctuation may not begin a line
_WRAPPED = 0.75  # share of line ends that a greedy wrapper would have set
_STOPPED = 0.5  # share of lines that end a sentence; in wrapped prose a line's end is no sentence's end, but by chance
_CAPITALS = 0.8  # share of lines that begin with a capital; verse does
_LONGEST_VERSE = 44  # columns of a line that was ended on purpose
_WRAPPED_WIDE = 44  # columns of a line of wide characters that has clauses, and no end: it goes on
_BRACKETS = ("）", ")", "】", "」", "』", "”", "》")
_CLAUSES = re.compile("[，。；]")
_FRAGMENT = 20  # columns of a fragment of a sentence; shorter lines are labels
_LONGEST_LINK = 30  # columns of a link's text that stands on a line of its own inside a sentence
_CLOSING = tuple(",，.。;；、)）]】」』”’!！?？%")
_LABEL = re.compile(r"[^\s:：,，。.]{1,12}(?:\s[A-Z][\w.]{0,14})?\s?[:：]\s?\S")
_DASHED = re.compile(r"[-–—―]\s?\S")


def paragraphs(lines: Sequence[KeptLine], shapes: Sequence[Shape], *, spaced: bool) -> list[Paragraph]:
    """The paragraphs of a stretch of lines; `spaced` if blank lines part the paragraphs of this document."""
    if len(lines) == 1:
        return [Paragraph(runs_of(lines[0].text))]
    joined = _wrapped_ends(lines, shapes)
    if joined is not None:
        return [Paragraph(runs_of(text)) for text in _join(lines, joined)]
    if spaced and _keeps_lines(lines, shapes):
        return [Paragraph(runs_of_lines(line.text for line in lines))]
    return [Paragraph(runs_of(text)) for text in _join(lines, _fragments(lines, shapes))]


def _wrapped_ends(lines: Sequence[KeptLine], shapes: Sequence[Shape]) -> list[bool] | None:
    """Which lines go on in the next one, if the stretch is hard-wrapped; None if it isn't."""
    widest = max(shape.width for shape in shapes)
    wide = sum(is_wide(line.text[-1]) or is_wide(line.text[0]) for line in lines) * 2 > len(lines)
    if not (_NARROWEST_WIDE if wide else _NARROWEST) <= widest <= _WIDEST:
        return None
    stopped = sum(shape.stopped for shape in shapes[:-1])
    capitals = sum(line.text[:1].isupper() and not line.text.isupper() for line in lines[1:])  # disclaimers shout
    number = len(lines) - 1
    if stopped > number * _STOPPED or (not wide and number > 2 and capitals >= number * _CAPITALS):
        return None
    full = [_full(shapes[index].width, lines[index + 1].text, widest) for index in range(number)]
    if number == 1:
        full = [full[0] and (wide or lines[1].text[:1].islower() or shapes[0].width > 60) and not shapes[0].stopped]
    if sum(full) < number * _WRAPPED:
        return None
    indents = [line.indent for line in lines]
    margin = min(indents)
    return [full[index] and not indents[index + 1] > margin + 1 for index in range(number)]


def _full(width: int, following: str, widest: int) -> bool:
    """Whether the next line's first word would not have fitted on a line of this width."""
    if is_wide(following[0]):
        return width + 2 > widest - _SLACK_WIDE
    return width + 1 + display_width(following[:60].split(" ", 1)[0]) > widest - 1


def _keeps_lines(lines: Sequence[KeptLine], shapes: Sequence[Shape]) -> bool:
    """Whether the lines were ended on purpose: all of them short, or most of them the words of a speaker."""
    if len(lines) == 2 and _goes_on(lines[0].text, shapes[0], lines[1].text):
        return False
    if all(shape.width <= _LONGEST_VERSE for shape in shapes):
        return True
    said = sum(bool(_LABEL.match(line.text) or _DASHED.match(line.text)) for line in lines)
    return said * 3 >= len(lines) * 2


def _fragments(lines: Sequence[KeptLine], shapes: Sequence[Shape]) -> list[bool]:
    """Which lines go on in the next one because a scraper broke a sentence at its links."""
    joined = [_goes_on(lines[index].text, shapes[index], lines[index + 1].text) for index in range(len(lines) - 1)]
    for index in range(len(joined) - 2, -1, -1):
        linked = joined[index + 1] and not lines[index].text[-1:].isupper() and lines[index].text[-1:].isalpha()
        if linked and shapes[index].width >= _FRAGMENT and shapes[index + 1].width <= _LONGEST_LINK:
            joined[index] = True
    return joined


def _goes_on(text: str, shape: Shape, following: str) -> bool:
    """Whether a sentence is broken here: it has no end, and what follows can begin none."""
    if shape.stopped:
        return False
    if following.startswith(_CLOSING):
        return True
    if shape.width >= _WRAPPED_WIDE and (is_wide(following[0]) or following[0].isdecimal()) and _CLAUSES.search(text):
        return text.endswith(("，", "、")) or not (shape.ended or text.endswith(_BRACKETS))
    return following[:1].islower() and not shape.ended and shape.width >= _FRAGMENT


def _join(lines: Sequence[KeptLine], joined: Sequence[bool]) -> list[str]:
    texts: list[str] = []
    pieces: list[str] = []
    for index, line in enumerate(lines):
        if pieces and not line.text.startswith(_CLOSING) and not _figure_meets_wide(pieces[-1], line.text):
            pieces.append(joint(pieces[-1], line.text))
        pieces.append(line.text)
        if index == len(lines) - 1 or not joined[index]:
            texts.append("".join(pieces))
            pieces = []
    return texts


def _figure_meets_wide(before: str, after: str) -> bool:
    """Whether a line end stands between a figure and a wide character, where Chinese and Japanese set no space."""
    one, other = before[-1], after[0]
    return (one.isdecimal() and is_wide(other)) or (is_wide(one) and other.isdecimal())
