"""What speaks for the part of the page that a line belongs to: one column of small numbers a kind of evidence."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lines.alphabet import Class
from cleaner.judging.lines.around import Around, stacked
from cleaner.judging.lines.features import GUARDED, HEADING, ITEM
from cleaner.judging.lines.marks import BYLINE, FOOTER, GROUPS, OPERATOR
from cleaner.verdict import Category

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from cleaner.judging.lines.marks import Marks
    from cleaner.judging.lines.shape import Shape
    from cleaner.page import Page

    Floats = NDArray[np.float32]

_ATTACHMENT = re.compile(
    r"\W{0,4}(?:附件|附表|附图|附：|附:|첨부|붙임|添付|別添"
    r"|attachments?\b|annex\b|appendix\b|anlagen?\b|pièces? jointes?)",
    re.IGNORECASE,
)
_RELEASE = re.compile(r"\W{0,6}(?:此件|本文)[^\n]{0,8}公开[^\n]{0,6}$|\W{0,6}此件[^\n]{0,12}$")
_DATE_LINE = re.compile(
    r"\W{0,4}(?:(?:19|20)\d\d|[二〇○零一两三四五六七八九]{4}|民國\d{2,3})\s?[年./-]\s?\S{1,3}\s?[月./-]\s?\S{1,3}\s?日?\W{0,4}$"
)
# A label ends with a colon, or in Japanese and Chinese with a full-width space before a fact with figures.
_LABEL = re.compile(r"[^\W\d](?:[^:：]{0,11}[:：](?!//)|[^:：\u3000]{1,11}\u3000(?=[^\u3000]{0,60}\d))")
# A full date in a line that is no running text: a byline in any language, even if it says no more than when.
_DATED = re.compile(
    r"(?:19|20)\d\d\s?(?:[-./]|年|년)\s?\d{1,2}\s?(?:[-./]|月|월)\s?\d{1,2}|\b\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d\b"
    r"|\b\d{1,2} [\u0e00-\u0e7f.]{3,16} 25\d\d"
    r"|\b\d{1,2}\.? (?:de )?[^\W\d]{3,10}(?: (?:الأول|الثاني|الاول|الآخر))?\.?,?(?: de)? (?:19|20)\d\d\b"
    r"|\b[^\W\d]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d\b"
)
_SYMBOLS = re.compile(r"[\W_]{3,100}[^\W_]{0,20}[\W_]{0,100}$")
_DATED_BYLINE = 0.6  # a date alone speaks less for a byline than its words do
_DATED_WORDS = 12.0  # a longer sentence with a date is text
_DATE_DIGITS, _DATED_DIGITS = 2, 5  # the fewest figures that the forms above have
_COUNTER = re.compile(r"[^\W\d][^\d\n]{0,14}[\d,.万]{1,9}\W{0,3}|[\d,.万]{1,9}\W{0,2}[^\W\d][^\d\n]{0,14}")
_COUNTER_WORDS = 5.0
_SHORTEST_NAME, _FEET, _NAMES = 3, 12, 60  # characters; lines of the footer; lines that are looked up in it
_SIGNATURE_LINES = 5  # above the date
_SHORT_TEXT = 80  # characters; the forms above stand in short lines only
LOGIT_BOUND = 3.5  # of the line model's log odds; what is surer than 97 % is no surer for the chain
SHORT = 8.0  # words; longer lines are no menu entries
# Rows of what is summed up around each line.
_PROOF, _RUNNING, _SHORT_LINES, _BYLINES, _LABELS, _ATTACHMENTS, _DATES = range(7)


def evidence(
    page: Page, shape: Shape, marks: Marks, spam: Floats, *, logit: Floats, dirty: float
) -> tuple[Floats, list[str]]:
    """The evidence matrix, n lines × columns, and the columns' names.

    spam   share of each line that is injected spam; logit  the line model's log odds of content, 0 without a model
    dirty  log odds of the page having chrome, 0 without a model
    """
    number = len(shape)
    flags = np.asarray(page.flags, np.int64)
    guarded = (flags & GUARDED) > 0
    running = (shape.running & (marks.chrome < 1) & (spam < 0.5)) | guarded
    mass = np.where(running, np.minimum(shape.words, 60.0), 0.0)
    before = np.cumsum(mass) - mass
    text_mass = max(float(mass.sum()), 1.0)
    top, bottom = before <= 0.02 * text_mass, before + mass >= 0.98 * text_mass
    proof = np.maximum(marks.chrome, spam) * np.where(running, 0.3, 1.0)
    sure = int((proof >= 1).sum())
    short = (shape.words < SHORT) & ~shape.ends
    attachment, date, label, symbols, dated = _forms(page, shape)
    kinds = np.asarray(page.block_kind, np.int64)
    byline = np.minimum(marks.groups[:, BYLINE] + _DATED_BYLINE * dated, 1)

    columns: dict[str, ArrayLike] = {"one": np.ones(number)}
    for index, name in enumerate(GROUPS):
        columns[f"mark_{name}"] = marks.groups[:, index]
    columns |= {
        "mark": marks.chrome, "covered": marks.covered, "sure": marks.sure, "spam": spam, "proof": proof,
        "tiny": shape.words < 2.5, "short": (shape.words >= 2.5) & (shape.words < 6),
        "medium": (shape.words >= 6) & (shape.words < 12), "long": (shape.words >= 12) & (shape.words < 25),
        "longest": shape.words >= 25, "running": running, "ends": shape.ends, "row": shape.row,
        "row_many": shape.row & (shape.items >= 5) & (shape.counts[:, Class.DIGIT] == 0),
        "separators": np.minimum(shape.counts[:, Class.SEPARATOR], 5) / 5, "bullet": kinds == ITEM,
        "head": kinds == HEADING, "symbols": symbols, "label": label * (proof < 1),
        "digits": shape.counts[:, Class.DIGIT] / np.maximum(shape.ink, 1),
        "link": np.minimum(np.asarray(page.links, np.float32), 3) / 3,
        "linked": np.asarray(page.link_chars, np.float32) / np.maximum(shape.total, 1),
        "blank": np.minimum(np.asarray(page.blank_before, np.float32), 2) / 2,
        "indented": np.asarray(page.indent, np.float32) > 0, "guarded": guarded,
        "attachment": attachment, "date": date,
        "logit": logit, "logit_low": np.minimum(logit + 1, 0), "logit_relative": logit - np.median(logit),
        "dirty": np.full(number, dirty / LOGIT_BOUND), "logit_if_dirty": logit * max(dirty, 0) / LOGIT_BOUND,
        "logit_if_clean": logit * min(dirty, 0) / LOGIT_BOUND,
        "unmarked_page": np.full(number, float(sure == 0)), "once_marked_page": np.full(number, float(sure == 1)),
        "often_marked_page": np.full(number, float(sure >= 4)), "marked_share": np.full(number, sure / number),
        "top": top, "bottom": bottom, "place": before / text_mass,
        "first": np.arange(number) == 0, "last": np.arange(number) == number - 1,
    }  # fmt: skip
    around = Around([proof, running, short, byline, label, attachment, date])
    for reach in (1, 3, 6):
        columns[f"proof_after_{reach}"] = around.after(reach)[_PROOF] / reach**0.5
        columns[f"proof_before_{reach}"] = around.before(reach)[_PROOF] / reach**0.5
    for reach in (1, 3):
        after, before_it = around.after(reach) / reach, around.before(reach) / reach
        columns[f"running_after_{reach}"], columns[f"running_before_{reach}"] = after[_RUNNING], before_it[_RUNNING]
        columns[f"short_after_{reach}"], columns[f"short_before_{reach}"] = after[_SHORT_LINES], before_it[_SHORT_LINES]
    columns |= _sequences(marks, running, proof, short)
    columns["byline"], columns["dated"] = byline, dated
    columns["byline_next"] = np.append(byline[1:], 0) * top * (proof < 1) * (1 - byline)
    columns["byline_near"] = np.minimum(around.after(3)[_BYLINES] + around.before(3)[_BYLINES], 1)
    columns["byline_bottom"] = byline * bottom * (1 - date)
    columns["above_date"] = np.append(date[1:], False) * (proof < 1) * (shape.words < 14)
    columns["near_attachment"] = np.maximum(around.before(3)[_ATTACHMENTS], around.after(2)[_DATES]) * (proof < 1)
    columns["label_near"] = (around.before(2)[_LABELS] + around.after(2)[_LABELS]) / 4
    columns["logit_top"], columns["logit_bottom"] = logit * top, logit * bottom
    columns["short_top"], columns["short_bottom"] = short * top, short * bottom
    columns["row_top"], columns["row_bottom"] = shape.row * top, shape.row * bottom
    columns["below_byline"] = (around.before(3)[_BYLINES] > 0) * top * ~running
    columns["counter_top"] = _counters(page, shape) * top
    named = _site_names(page, shape, marks)
    columns["site_name_top"], columns["site_name_bottom"] = named * top, named * ~top
    columns["signature"] = _signatures(date & ~running, running, marks) | _signed(page, running)
    columns |= _repeats(page, shape)
    return stacked(list(columns.values()), number), list(columns)


def _forms(page: Page, shape: Shape) -> tuple[NDArray[np.bool_], ...]:
    """Lines that name an attachment, hold a date alone, begin with a label, are made of symbols, or hold a date."""
    brief = shape.total <= _SHORT_TEXT
    digits, ideographs = shape.counts[:, Class.DIGIT], shape.counts[:, Class.CJK]
    lettered = (shape.first <= Class.CJK) | (shape.first == Class.UNSPACED)
    spaced = np.array(["\u3000" in text for text in page.text])
    untold = ~shape.running | (shape.words < _DATED_WORDS)
    forms = (
        (_ATTACHMENT.match, brief),
        (_DATE_LINE.match, brief & ((digits >= _DATE_DIGITS) | (ideographs >= _DATE_DIGITS))),
        (_LABEL.match, brief & lettered & ((shape.counts[:, Class.COLON] > 0) | spaced)),
        (_SYMBOLS.match, brief & ~lettered),
        (_DATED.search, brief & untold & (digits >= _DATED_DIGITS)),
    )
    out = tuple(np.zeros(len(shape), bool) for _ in forms)
    for column, (form, likely) in zip(out, forms, strict=True):
        for line in np.flatnonzero(likely).tolist():
            if form(page.text[line]):
                column[line] = True
    return out


def _counters(page: Page, shape: Shape) -> NDArray[np.bool_]:
    """Short lines of a word or two and a number, as buttons show how often they were pressed."""
    likely = (shape.words < _COUNTER_WORDS) & (shape.counts[:, Class.DIGIT] > 0) & ~shape.ends
    out = np.zeros(len(shape), bool)
    for line in np.flatnonzero(likely).tolist():
        out[line] = _COUNTER.fullmatch(page.text[line]) is not None
    return out


def _site_names(page: Page, shape: Shape, marks: Marks) -> NDArray[np.bool_]:
    """Short lines that stand inside one of the footer's lines, as the site's name does."""
    out = np.zeros(len(shape), bool)
    feet = [page.text[line] for line in np.flatnonzero(_stated(marks))[-_FEET:].tolist()]
    if feet:
        joined = "\n".join(feet)
        likely = (shape.words < SHORT) & (shape.total >= _SHORTEST_NAME) & (marks.chrome < 1) & ~shape.ends
        for line in np.flatnonzero(likely)[:_NAMES].tolist():
            out[line] = page.text[line] in joined
    return out


def _stated(marks: Marks) -> NDArray[np.bool_]:
    """Lines that say whose site it is."""
    return np.asarray(marks.foot | (marks.groups[:, OPERATOR] >= 1) | (marks.groups[:, FOOTER] >= 1), bool)


def _signatures(date: NDArray[np.bool_], running: NDArray[np.bool_], marks: Marks) -> NDArray[np.bool_]:
    """Lines between the text and the one date that stands alone below it: who signs, whom to call, closing words."""
    out = np.zeros(len(date), bool)
    text = np.flatnonzero(running)
    dates = np.flatnonzero(date[text[-1] :]) + text[-1] if len(text) else []
    if len(dates) == 1:
        foreign = np.delete(marks.groups, [BYLINE, FOOTER, OPERATOR], axis=1).max(1) >= 1
        line = int(dates[0])
        while line > max(text[-1], int(dates[0]) - _SIGNATURE_LINES - 1) and not foreign[line]:
            if any(hit.rule.category == Category.REGISTRATION for hit in marks.hits.get(line, ())):
                break
            out[line] = True
            line -= 1
    return out


@cache
def _office() -> re.Pattern[str]:
    """An office alone on a line, known by its last word, or in Korean by its head's."""
    words = tomllib.loads((files("cleaner") / "data" / "words" / "offices.toml").read_text("utf-8"))
    han, hangul = ("|".join(words[script]) for script in ("han", "hangul"))
    return re.compile(
        rf"\W{{0,8}}[\u4e00-\u9fff（）()]{{0,28}}(?:{han})\W{{0,4}}$"
        rf"|\W{{0,8}}[가-힣]{{2,20}}(?:{hangul})\W{{0,8}}(?:\(?직인\W{{0,3}})?$"
    )


def _signed(page: Page, running: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The name of one office right below the text, with or without a date, and the note on release below it."""
    out = np.zeros(len(page), bool)
    text = np.flatnonzero(running)
    line = int(text[-1]) + 1 if len(text) else len(page)
    while line < len(page) and len(page.text[line]) <= _SHORT_TEXT and _DATE_LINE.match(page.text[line]):
        line += 1
    offices = 0
    while line + offices < len(page) and _office().match(page.text[line + offices]):
        offices += 1
    if offices == 1:  # several are the links to other offices
        out[line] = True
        line += 1
    if line < len(page) and _RELEASE.match(page.text[line]):
        out[line] = True
    return out


def _since(values: ArrayLike, running: NDArray[np.bool_]) -> NDArray[np.float64]:
    """The largest value, 0 to 1, between the last running line before a line and that line, both left out.

    values  one row a column, or one column
    """
    base = 2.0 * np.cumsum(running)  # what came before running text is less than what comes behind it
    highest = np.maximum.accumulate(np.where(running, 0, values) + base, axis=-1)
    out = np.zeros_like(highest)
    out[..., 1:] = np.maximum(highest[..., :-1] - base[1:], 0)
    return out


def _sequences(
    marks: Marks, running: NDArray[np.bool_], proof: Floats, short: NDArray[np.bool_]
) -> dict[str, ArrayLike]:
    """Evidence from the order of lines: what has begun since the last running text, what is still to come."""
    begun, headed, foot_begun = _since([proof, marks.heads, marks.foot], running)
    seen = np.cumsum(running) > 0
    ahead = _since(proof[::-1], running[::-1])[::-1]
    first_text = int(np.argmax(running)) if running.any() else len(running)
    headed = headed * ~running
    run = _since(np.ones(len(short)), ~short)
    footer_ahead = np.append(np.maximum.accumulate(marks.foot[::-1])[::-1][1:], False)
    return {
        "header_ahead": ahead * (np.arange(len(running)) < first_text),
        "footer_begun": begun * seen,
        "footer_ahead": footer_ahead * 1.0,
        "foot_begun": foot_begun * seen,
        "headed": headed,
        "aside_short": headed * short,
        "in_menu": run * short,
    }


def _repeats(page: Page, shape: Shape) -> dict[str, ArrayLike]:
    """Lines that occur twice, and lines near the top that hold a later line whole, as a window's title does."""
    number = len(page)
    twice = np.zeros(number, np.float32)
    often = Counter(page.text)
    if len(often) < number:
        twice[:] = [often[text] > 1 for text in page.text]
    holds = np.zeros(number, np.float32)
    for line in range(min(number, 12)):
        text = page.text[line]
        below = page.text[line + 1 : line + 16]
        if (
            len(text) < 120
            and not shape.running[line]
            and any(6 <= len(other) < len(text) and other in text for other in below)
        ):
            holds[line] = 1
    return {"twice": twice, "holds_later": holds}
