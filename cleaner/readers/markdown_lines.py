"""Lines of Markdown: where they begin, what markers stand before their content, which ones run on as prose."""

from __future__ import annotations

import re
from itertools import accumulate
from unicodedata import east_asian_width

# Everything before the content of a line that is nested in quotes and lists.
PREFIX = re.compile(r"(?:[ \t]|>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))*")

_SPACES = re.compile(r"[ \t]*")
_QUOTE = re.compile(r"[ \t]*>")
_ITEM = re.compile(r"[ \t]*([-+*]|\d{1,9}[.)])(?=[ \t]|$)")
_LINK_ROW = re.compile(r"!?\[.{0,4000}\)$")

# Prose is wrapped at 60 to 120 columns; below 40 the lines are verse, addresses or menus.
_NARROWEST, _WIDEST = 40, 160
# A wrapped line is filled up to the next word; long words and CJK punctuation leave at most this share unused.
_FILLED = 0.7


def split_lines(text: str) -> tuple[list[str], list[int]]:
    """The lines of the text and the offset at which each of them begins."""
    lines = text.split("\n")
    return lines, [0, *accumulate(len(line) + 1 for line in lines[:-1])]


def content_column(line: str, containers: list[str], *, code: bool) -> tuple[int, list[tuple[int, int]]]:
    """Where a line's content begins, and for each container where its marker begins and ends, white space included.

    `containers` names the containers from the outside in: "blockquote", "li" where the item's marker stands on this
    line, "" for others. Indented code keeps its indentation but for one space behind the marker.
    """
    at, markers = 0, []
    for tag in containers:
        marker = (0, 0)
        if tag == "blockquote" and (found := _QUOTE.match(line, at)):
            at = found.end() + line.startswith((" ", "\t"), found.end())
        elif tag == "li" and (found := _ITEM.match(line, at)):
            at = found.end()
            spaces = _end(_SPACES, line, at) - at
            at += spaces if 0 < spaces <= 4 else min(spaces, 1)
            marker = (found.start(1), max(at, found.end() + 1))
        markers.append(marker)
    return at if code else _end(_SPACES, line, at), markers


def _end(pattern: re.Pattern[str], line: str, at: int) -> int:
    found = pattern.match(line, at)
    return found.end() if found else at


def display_width(text: str) -> int:
    """Columns that the text takes in a terminal: two for a wide character."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def paragraph_stretches(lines: list[str], first: int, last: int) -> list[tuple[int, int]]:
    """A paragraph's lines as half-open ranges: one range for running text, else a range a line.

    Links, images and code that reach over a line's end hold their lines together.
    """
    if last - first == 1 or _is_wrapped(lines[first:last]):
        return [(first, last)]
    stretches, start, labels, target = [], first, 0, False
    for number in range(first, last):
        line = lines[number]
        labels = max(0, labels + line.count("[") - line.count("]"))
        opened = line.rfind("](")
        target = ")" not in line[opened:] if opened >= 0 else target and ")" not in line
        if number == last - 1 or not (labels or target):
            stretches.append((start, number + 1))
            start = number + 1
    return stretches


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines are one stretch of prose, set to a width: all but the last reach nearly as far."""
    if any(line.rstrip("\r").endswith(("  ", "\\")) for line in lines[:-1]):
        return False
    lines = [line.strip() for line in lines]
    if any(len(line) < _WIDEST and (_LINK_ROW.match(line) or line.count("](") > 2) for line in lines):
        return False
    widths = [display_width(line) for line in lines]
    widest = max(widths)
    return _NARROWEST <= widest <= _WIDEST and all(width >= widest * _FILLED for width in widths[:-1])
