"""White space among inline runs: collapsed across the borders of elements, dropped at the edges.

The rules are those of a browser's line layout, plus one of CSS Text 4: a line break in the source between two wide
characters (Chinese, Japanese, full-width forms; Hangul is written with spaces) is no space.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.document import LineBreak, Mark, MarkKind, Text
from cleaner.widths import is_wide

if TYPE_CHECKING:
    from cleaner.document import Marks, Run, Runs

CODE = Mark(MarkKind.CODE)

# What a browser collapses, and the no-break space, which scraped pages use for layout.
_SPACES = " \t\n\r\f\v\xa0"
_GAP = re.compile(r"[ \t\n\r\f\v\xa0]+")
_UNEVEN = re.compile(r"[\t\n\r\f\v\xa0]|  ")
# Soft hyphen, zero-width space, word joiner, byte order mark: they break lines, or nothing, and split words.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Chinese paragraphs begin with two ideographic spaces, or em spaces; inside a line they are part of the text.
_INDENT = " \u3000\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"


def collapsed(text: str) -> str:
    """The text on one line: runs of white space are one space, or none if they break a line between wide characters."""
    if text.isascii():
        return " ".join(text.split())
    return _squeezed(text.strip(_SPACES))


def paragraphs(runs: list[Run]) -> list[Runs]:
    """Raw runs as paragraphs: two line breaks in a row part paragraphs, one stays inside.

    A text that is empty from the start is something embedded, known by its link alone, and stays.
    """
    if len(runs) == 1 and type(runs[0]) is Text and runs[0].text:
        text = collapsed(runs[0].text).strip(_INDENT)
        return [(Text(text, runs[0].marks),)] if text else []
    settler = _Settler()
    for run in runs:
        settler.add(run)
    return settler.finished()


def one_line(runs: list[Run]) -> Runs:
    """Raw runs as one line: line breaks are spaces."""
    settled = paragraphs([Text(" ") if type(run) is LineBreak else run for run in runs])
    return settled[0] if settled else ()


def same_marks(left: Marks, right: Marks) -> bool:
    """Whether the marks are the same: links by identity, so that two neighbouring links stay two."""
    return left is right or (len(left) == len(right) and len(shared_marks(left, right)) == len(left))


def shared_marks(left: Marks, right: Marks) -> Marks:
    """The longest common beginning of two mark sequences."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one is not other and not (type(one) is Mark and one == other):
            break
        count += 1
    return left if count == len(left) else left[:count]


def _squeezed(text: str) -> str:
    """Text without white space at its edges, that inside collapsed."""
    if text.isascii():
        return " ".join(text.split()) if _UNEVEN.search(text) else text
    text = _INVISIBLE.sub("", text)
    if "\n" in text or "\r" in text:
        return _GAP.sub(_gap, text)
    return _GAP.sub(" ", text) if _UNEVEN.search(text) else text


def _gap(match: re.Match[str]) -> str:
    gap = match[0]
    if "\n" not in gap and "\r" not in gap:
        return " "
    before, after = match.string[: match.start()][-1:], match.string[match.end() : match.end() + 1]
    return "" if before and after and is_wide(before) and is_wide(after) else " "


class _Settler:
    """The state between two runs: the open text and its marks, the white space and breaks since."""

    __slots__ = ("_breaks", "_done", "_gap", "_last", "_line", "_marks", "_newline", "_parts")

    def __init__(self) -> None:
        self._done: list[Runs] = []
        self._line: list[Run] = []
        self._parts: list[str] = []
        self._marks: Marks = ()
        self._last = ""  # the last visible character; "" at the start of a line
        self._gap: Marks | None = None  # the marks of white space not yet written
        self._newline = False
        self._breaks = 0

    def add(self, run: Run) -> None:
        if type(run) is Text and (run.text or not run.marks):
            self._add_text(run)
        elif type(run) is LineBreak:
            self._breaks += 1
            self._gap = None
        else:
            self._space_before("x", run.marks)
            self._close_text()
            self._line.append(run)
            self._last = "x"

    def _add_text(self, run: Text) -> None:
        raw, marks = run.text, run.marks
        text = raw.strip(_SPACES)
        if text and not text.isascii():
            text = _INVISIBLE.sub("", text)
        if (self._breaks or not self._last) and text:
            text = text.lstrip(_INDENT)
        if not text:
            if raw:
                self._note_gap(raw, marks)
            return
        if raw[0] in _SPACES:
            self._note_gap(raw[: len(raw) - len(raw.lstrip(_SPACES))], marks)
        lead = self._space_before(text[0], marks)
        if not same_marks(marks, self._marks):
            self._close_text()
            self._marks = marks
        self._parts.append(lead + _squeezed(text))
        self._last = text[-1]
        if raw[-1] in _SPACES:
            self._note_gap(raw[len(raw.rstrip(_SPACES)) :], marks)

    def _note_gap(self, gap: str, marks: Marks) -> None:
        self._gap = marks if self._gap is None else shared_marks(self._gap, marks)
        self._newline = self._newline or "\n" in gap or "\r" in gap

    def _space_before(self, first: str, marks: Marks) -> str:
        """Write what parts the last run from one that begins with `first`; a space may be left to the caller."""
        gap, newline, breaks = self._gap, self._newline, self._breaks
        self._gap, self._newline, self._breaks = None, False, 0
        if breaks:
            self._end_line(breaks)
            return ""
        if gap is None or not self._last or (newline and is_wide(self._last) and is_wide(first)):
            return ""
        shared = shared_marks(self._open_marks(), marks)
        if CODE in shared and CODE not in gap:
            shared = shared[: shared.index(CODE)]
        if self._parts and same_marks(shared, self._marks):
            self._parts.append(" ")
            return ""
        if same_marks(shared, marks):
            return " "
        self._close_text()
        self._line.append(Text(" ", shared))
        return ""

    def _open_marks(self) -> Marks:
        return self._marks if self._parts or not self._line else self._line[-1].marks

    def _close_text(self) -> None:
        if self._parts:
            self._line.append(Text("".join(self._parts), self._marks))
            self._parts = []

    def _end_line(self, breaks: int) -> None:
        self._close_text()
        self._last = ""
        if not self._line:
            return
        if breaks > 1:
            self._done.append(tuple(self._line))
            self._line = []
        else:
            self._line.append(LineBreak())

    def finished(self) -> list[Runs]:
        self._close_text()
        if self._line:
            self._done.append(tuple(self._line))
        return [runs for line in self._done if (runs := _trimmed(line))]


def _trimmed(line: Runs) -> Runs:
    """The line without ideographic spaces and breaks at its end."""
    runs = list(line)
    while runs:
        last = runs[-1]
        if type(last) is Text and last.text:
            text = last.text.rstrip(_INDENT)
            if text:
                if text != last.text:
                    runs[-1] = Text(text, last.marks)
                break
        elif type(last) is not LineBreak:
            break
        runs.pop()
    return tuple(runs)
