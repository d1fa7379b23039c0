"""The lines of bare text that stay: as they stood, with the blank lines that still part them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.page import Page
    from cleaner.verdict import Cut, Judgement

_TAB = 4  # columns to a tab stop, as in the reader


@dataclass(slots=True)
class KeptLine:
    """A line that stays.

    text     without the white space around it
    raw      with the white space before it
    indent   columns of that white space
    blank    number of blank lines above it that stay
    kind, level, flags  of its block
    title    whether it is the document's title
    """

    text: str
    raw: str
    indent: int
    blank: int
    kind: int
    level: int
    flags: int
    title: bool


def kept_lines(page: Page, judgement: Judgement) -> list[KeptLine]:
    """The kept lines in order.

    Blank lines stay as they were between neighbours; where a removed stretch stood, one stays if there was any.
    """
    cuts: dict[int, list[Cut]] = {}
    for cut in judgement.cuts:
        cuts.setdefault(cut.block, []).append(cut)
    out: list[KeptLine] = []
    source, end, previous, parted = page.source, 0, -1, False
    for index, verdict in enumerate(judgement.verdicts):
        start = page.start[index]
        feeds = source.count("\n", end, start)
        end = page.end[index]
        parted = parted or feeds > 1
        text = page.text[index] if verdict.keep else ""
        if index in cuts and text:
            text = without_cuts(text, cuts[index])
        if not text:
            continue
        beside = previous == index - 1
        blank = 0 if not out else max(feeds - 1, 0) if beside else int(parted)
        margin = source[source.rfind("\n", 0, start) + 1 : start]
        if margin.strip():
            if beside and out and feeds == 0:  # two blocks on one line: a table set in columns
                gap = margin[len(margin.rstrip()) :]
                out[-1].raw += gap + text
                out[-1].text += gap + text
                previous = index
                continue
            margin = ""
        _add(out, page, index, margin + text, blank, title=index == judgement.title)
        previous, parted = index, False
    return out


def _add(out: list[KeptLine], page: Page, index: int, raw: str, blank: int, *, title: bool) -> None:
    """Add the lines of one block, which is mostly one line."""
    kind, level, flags = page.block_kind[index], page.level[index], page.flags[index]
    if "\n" not in raw:
        text = raw.strip()
        out.append(KeptLine(text, raw.rstrip(), _columns(raw, text), blank, kind, level, flags, title))
        return
    for line in raw.split("\n"):
        text = line.strip()
        if not text:
            blank += 1
            continue
        out.append(KeptLine(text, line.rstrip(), _columns(line, text), blank, kind, level, flags, title))
        blank = 0


def _columns(raw: str, text: str) -> int:
    """Columns of white space before the text; a full-width space is two wide."""
    if raw.startswith(text):
        return 0
    return len(raw[: len(raw) - len(raw.lstrip())].replace("\u3000", "  ").expandtabs(_TAB))


def without_cuts(text: str, cuts: list[Cut]) -> str:
    """The text without the stretches cut from it, and without the double space that a cut leaves behind."""
    pieces, at = [], 0
    for cut in sorted(cuts, key=lambda cut: cut.start):
        if cut.start > at:
            pieces.append(text[at : cut.start])
        at = max(at, cut.end)
    pieces.append(text[at:])
    out = [pieces[0]]
    for piece in pieces[1:]:
        out.append(piece.lstrip(" \t") if not out[-1] or out[-1][-1:].isspace() else piece)
    return "".join(out).strip()


def source_of(lines: list[KeptLine]) -> str:
    """The lines as text, each with its indentation, with the blank lines between them, without a final line feed."""
    pieces = []
    for number, line in enumerate(lines):
        pieces.append("\n" * (line.blank + 1) if number else "")
        pieces.append(line.raw)
    return "".join(pieces)
