"""The document's title: the line above the text that most speaks for, by its words, its place and its neighbours.

A title shares words with the text below it, stands by the byline or right above the text, comes again in the window's
title or in the path, and is no byline, row, button or salutation. No single sign decides, in no language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lines.alphabet import Class
from cleaner.judging.lines.echo import echoes
from cleaner.judging.lines.marks import BYLINE
from cleaner.judging.lines.zones import Zone
from cleaner.page import BlockKind
from cleaner.verdict import Category

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.judging.lines.decide import Evidence
    from cleaner.page import Page

_SHORTEST_NAMED = 6  # characters
_WINDOW_TITLE = 16  # lines; a window's title or the path stands so near the title
_FROM_BYLINE = 3  # lines between title and byline
_LINES = 120  # above the text; titles don't stand farther down
_MARKED = 0.45  # a title may bear a button at its end
_ITEMS = 3  # a title of an unspaced script may fall into so many parts
_PROVEN = 2  # proofs; a page with so many has chrome beyond doubt
_STANDING_BYLINE = 0.8  # of the byline evidence: a date with any word of a byline
_SECTION_NAME, _NAME_WORDS, _TEXT_WORDS, _SUMMARY_WORDS = 8.0, 4.5, 12.0, 8.0  # words
_TITLE_QUESTION = 25.0  # words; a longer question is text
_ASKS, _OPEN_ENDS = "?？!！", ":：,，、;；"
_BYLINE_IN_ROW = 0.3  # of the byline evidence, in a line that is a row of facts
_DATE_LETTERS = 16  # a dated line of fewer letters says no more than when; an ideograph counts as two
_SOME_ECHO = 0.15  # share of a dated line's words that the text repeats
_NUMBER = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]|第[一二三四五六七八九十\d]{1,3}[条條]")
_KIND = re.compile(r"[\[【〔][^\]】〕]{1,12}[\]】〕]\s{0,4}")  # of a post or notice, said before its title
# What each sign is worth; set by hand on the line corpora and the fixtures.
_ECHO, _BY_BYLINE, _NEAR_TEXT, _NAMED, _LENGTH, _KEPT, _HEADING = 1.2, 0.6, 0.5, 0.8, 0.3, 0.8, 2.0
_CLOSED, _OPEN, _IN_LIST, _LABELLED, _NUMBERED, _FAR = -0.7, -1.5, -0.4, -0.3, -0.8, 0.01
_FACT, _BELOW, _SLIGHT = -0.8, -0.3, -0.5
_SLIGHT_WORDS, _DOUBTED = 3.0, 0.4  # words; probability of body: a rank or a section's name, more often than a title
# Beyond so many lines the model chooses, and what it drops needs more to be the title. On 430 unseen pages 1.0 and 1.6
# differ by less than 0.001 of F1 from 1.3; without such titles news lose 0.005 and Japanese pages 0.006.
_SHORT, _LEAST_KEPT, _LEAST, _LEAST_DROPPED = 45, 0.6, 0.8, 1.3
# The line above another stands for less: the title above its summary, more so if it says more of the text.
_SUMMARY, _SUMMARY_LESS = 0.4, 0.6
_ENOUGH_WORDS = 5.0


def find_title(zones: NDArray[np.int64], proof: NDArray[np.bool_], evidence: Evidence, page: Page) -> list[int]:
    """The lines of the document's title (and a subtitle below it), above the text; empty where there is none."""
    end, text = _text(zones, evidence, page.text)
    shape, marks = evidence.shape, evidence.marks
    fit = ~proof & (marks.chrome < _MARKED) & (shape.words >= 1) & (evidence.column("guarded") == 0)
    fit &= ~(shape.row & (evidence.spam == 0) & ((evidence.column("separators") > 0) | (shape.items > _ITEMS)))
    fit &= evidence.column("symbols") == 0
    first = max(0, end - _LINES)
    echo = np.zeros(len(zones))
    echo[first:end] = _echoes(first, end, text, zones, evidence)
    byline = _bylines(evidence, echo, fit, end)
    able = [line for line in range(first, end) if fit[line] and not byline[line]]
    if not able or (end == len(zones) and not any(zones[line] == Zone.BODY for line in able)):
        return []
    worth = _worth(able, _Signs(end, echo, byline), evidence, page)
    best = int(np.argmax(worth))
    kept = zones[able[best]] == Zone.BODY
    if worth[best] < (_LEAST_KEPT if kept else _LEAST if len(zones) <= _SHORT else _LEAST_DROPPED):
        return []
    while best and able[best - 1] == able[best] - 1 and shape.words[able[best - 1]] >= _ENOUGH_WORDS - 1:
        if byline[able[best] + 1 : able[best] + 2].any() and _is_path(able[best - 1] - 1, evidence):
            return [able[best - 1], able[best]]  # between the path and the byline nothing but the title stands
        margin = _SUMMARY if echo[able[best - 1]] < echo[able[best]] else _SUMMARY_LESS
        if worth[best - 1] < worth[best] - margin:
            break
        best -= 1  # what follows the title is its summary
    title = _with_subtitle(able[best], able, page.text)
    below = title[-1] + 1
    summary = below in able and shape.words[below] >= _SUMMARY_WORDS and echo[below] > 0 and below < end
    return [*title, below] if summary and page.text[below][-1] not in _OPEN_ENDS else title


def _echoes(
    first: int, end: int, text: NDArray[np.bool_], zones: NDArray[np.int64], evidence: Evidence
) -> NDArray[np.float64]:
    """What the text repeats of each line; of lines that are no facts themselves, what the facts repeat counts too."""
    folded = evidence.shape.folded
    fact = (evidence.column("label") > 0) & (zones == Zone.BODY) & (evidence.column("byline") < _BYLINE_IN_ROW)
    echo = echoes(folded, text, range(first, end))
    if not fact[first:end].any():
        return echo
    return np.where(fact[first:end], echo, echoes(folded, text | fact, range(first, end)))


def _text(zones: NDArray[np.int64], evidence: Evidence, texts: list[str]) -> tuple[int, NDArray[np.bool_]]:
    """Where the text begins, and its lines; a question, or a note above a named title, doesn't begin it yet.

    Scripts without sentence marks have no running text: there the longer lines are the text.
    """
    shape = evidence.shape
    text = (evidence.column("running") > 0) & (zones == Zone.BODY)
    if not text.any():
        text = (shape.words >= _TEXT_WORDS) & (zones == Zone.BODY)
    lines = np.flatnonzero(text).tolist()
    for line, following in zip(lines, [*lines, -1][1:], strict=True):
        short = shape.words[line] < _TITLE_QUESTION and following >= 0 and not evidence.column("guarded")[line]
        asks = shape.sentences[line] <= 2 and (texts[line][-1] in _ASKS or _asks_inside(texts[line]))
        above = not asks and short and any(_named(later, texts) for later in range(line + 1, following))
        if not (short and (asks or above)):
            return int(line), text
        text[line] = False
    stanza = np.flatnonzero(evidence.column("blank")[1:] > 0)
    return (int(stanza[0]) + 1 if len(stanza) else len(zones)), text


def _asks_inside(text: str) -> bool:
    return text[-1].isalnum() and any(mark in text for mark in _ASKS)


def _bylines(evidence: Evidence, echo: NDArray[np.float64], fit: NDArray[np.bool_], end: int) -> NDArray[np.bool_]:
    """Lines that say who or when: marked or dated ones, and names between a longer line and such a one.

    A title may hold a date, but among words of the text.
    """
    shape = evidence.shape
    spoken = evidence.marks.groups[:, BYLINE] >= 0.5
    below_other = np.zeros(len(echo), bool)
    below_other[1:] = fit[:-1] & (evidence.column("byline")[:-1] < 0.5) & (echo[:-1] >= echo[1:])
    letters = shape.ink - shape.counts[:, Class.DIGIT] + shape.counts[:, Class.CJK]
    surely = spoken | below_other | (letters < _DATE_LETTERS) | (echo < _SOME_ECHO) | (shape.first == Class.DIGIT)
    listed = (evidence.column("byline") >= _BYLINE_IN_ROW) & shape.row
    byline = (evidence.column("byline") >= 0.5) & surely | listed
    for line in range(end - 1, 0, -1):
        name = fit[line] and shape.words[line] <= _NAME_WORDS and not shape.ends[line] and echo[line] == 0
        beside = byline[line + 1] if line + 1 < end else echo[line - 1] > 0
        if name and beside and fit[line - 1] and shape.words[line - 1] >= shape.words[line]:
            byline[line] = True
    return np.asarray(byline, bool)


@dataclass(frozen=True, slots=True)
class _Signs:
    """Where the text begins, and for each line what share of it the text repeats and whether it is a byline."""

    end: int
    echo: NDArray[np.float64]
    byline: NDArray[np.bool_]


def _worth(able: list[int], signs: _Signs, evidence: Evidence, page: Page) -> NDArray[np.float64]:
    """What speaks for each line that may be the title."""
    shape, byline, end = evidence.shape, signs.byline, signs.end
    probability = evidence.body if evidence.opinion is None else evidence.opinion.probability.astype(np.float64)
    label = evidence.column("label")
    likely = np.zeros(len(shape) + 1, bool)
    likely[able] = True
    worth = np.zeros(len(able))
    long = [line for line in able if shape.words[line] >= _ENOUGH_WORDS - 1]
    headed = next((line for line in long if byline[line + 1 : line + 2].any()), end)
    for place, line in enumerate(able):
        after = line + 1
        while after < end and not likely[after]:
            after += 1
        text = page.text[line]
        value = _ECHO * signs.echo[line] + _LENGTH * min(float(shape.words[line]) / _ENOUGH_WORDS, 1)
        value += _KEPT * (probability[line] + evidence.body[line]) / 2
        value += _BY_BYLINE * bool(byline[line + 1 : after].any() or byline[line + 1 : line + 1 + _FROM_BYLINE].any())
        value += _NEAR_TEXT * (after >= end)
        value += _NAMED * _named(line, page.text)
        value += _HEADING * (page.block_kind[line] == BlockKind.HEADING and page.level[line] == 1)
        value += _CLOSED * bool(shape.ends[line] and text[-1] not in _ASKS) + _OPEN * (text[-1] in _OPEN_ENDS)
        facts = label[line] and (label[line - 1] if line else 0) + label[line + 1 : line + 2].sum()
        value += _LABELLED * bool(label[line]) + _FACT * bool(facts) + _BELOW * (line > headed)
        value += _SLIGHT * bool(shape.words[line] < _SLIGHT_WORDS and evidence.body[line] < _DOUBTED)
        value += _NUMBERED * bool(_NUMBER.match(text))
        value += _IN_LIST * bool(likely[line - 1] and likely[line + 1] and line > 0)
        worth[place] = value - _FAR * min(end - line, _WINDOW_TITLE)
    return worth


def _named(line: int, texts: list[str]) -> bool:
    """Whether an earlier, longer line holds this one: a window's title, or the path to the page."""
    title = texts[line]
    kind = _KIND.match(title)
    title = title[kind.end() :] if kind else title
    if len(title) < _SHORTEST_NAMED:
        return False
    return any(len(other) > len(title) and title in other for other in texts[max(0, line - _WINDOW_TITLE) : line])


def clear_above_title(zones: NDArray[np.int64], title: list[int], proof: NDArray[np.bool_], evidence: Evidence) -> None:
    """On a page with chrome, short lines above a title that stands by its byline are the header's: a section's name."""
    if not title or int(proof.sum()) < _PROVEN:
        return
    byline = evidence.column("byline")[title[-1] + 1 : title[-1] + 1 + _FROM_BYLINE]
    if not (byline >= _STANDING_BYLINE).any():
        return
    above = np.arange(len(zones)) < title[0]
    short = (evidence.shape.words < _SECTION_NAME) & ~evidence.shape.running & (evidence.column("guarded") == 0)
    zones[above & short & (evidence.column("byline") < 0.5)] = Zone.HEADER


def _is_path(line: int, evidence: Evidence) -> bool:
    hits = evidence.marks.hits.get(line, ())
    return any(hit.rule.category == Category.BREADCRUMB for hit in hits)


def _is_subtitle(text: str) -> bool:
    return text.startswith(("—", "–", "-", "（", "("))


def _with_subtitle(line: int, able: list[int], texts: list[str]) -> list[int]:
    if line + 1 in able and _is_subtitle(texts[line + 1]):
        return [line, line + 1]
    if line - 1 in able and _is_subtitle(texts[line]):
        return [line - 1, line]
    return [line]
