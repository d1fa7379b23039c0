"""From zones to verdicts: chrome needs a proof, running text and the title stay, a header and a footer go whole."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lines.alphabet import Class
from cleaner.judging.lines.marks import BYLINE, FOOTER, NAVIGATION, OPERATOR
from cleaner.judging.lines.series import keep_series
from cleaner.judging.lines.shape import ROW_ITEMS
from cleaner.judging.lines.zones import Zone
from cleaner.verdict import Category

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cleaner.judging.lines.marks import Marks
    from cleaner.judging.lines.model import Opinion
    from cleaner.judging.lines.shape import Shape

# The probabilities below were chosen on labelled pages of folds that neither model nor chain had seen, and without the
# marks that only those pages show: against 0.5, 0.35, 0.02, 0.2 and chrome by the model alone below 0.1, content kept
# stayed 0.998, chrome out rose from 0.872 to 0.911, pages without a fault from 0.655 to 0.750.
# How the level moves the probability of body below which a run of chrome without a proof of its own goes.
DOUBT = {"gentle": 0.2, "standard": 0.5, "strict": 0.7}
# The same for unmarked lines inside the text, as a share: on pages that nobody had tuned to, 0.4 kept 0.007 more of the
# content, and no chrome.
_INSIDE = 0.4
_NEAR_SIGNATURE = 3  # lines; a signature or an attachment list stands so near its date or its head
# Probability of body of lines next to the text, of facts below it, of facts above it.
# With 0.6, 0.45, 0.6 and 0.5, and without the tail, pages that nobody had tuned to kept 0.971 of their content and lost
# 0.971 of their chrome; with these 0.983 and 0.964.
_EDGE_CONTENT, _EDGE_FACT = 0.3, 0.3  # the same of chain and model together
_EDGE_FLOOR, _FACT_FLOOR, _FACT_FLOOR_ABOVE = 0.35, 0.3, 0.2
# A tail of the text: no more lines, none with less probability, the footer behind it no more than this share of its.
_TAIL_LINES, _TAIL_FLOOR, _TAIL_GAP = 12, 0.2, 0.4
_SIGNED_FLOOR, _SIGNATURE_FLOOR = 0.2, 0.3  # lines above the text's date, and those near other dates and attachments
# Running text stays unless chain and model together give it less.
_RUNNING_FLOOR = 0.3
_CONTENT_LINE, _CONTRADICTED = 0.9, 0.6  # the model's probabilities that speak against a mark
_SURE_LINES = 3  # so many lines that the model is sure of prove that the page has chrome
_HEADLINE_WORDS, _LIST_LINES = 20.0, 12  # of the entries of a list below a head like "related articles"
_AGREED = 0.8  # probability of body; a mark in a line that is surely body proves nothing of its place
_CLEAN_PAGE, _FEW_MARKS, _FOOT_LINES = 0.5, 3, 5  # probability of chrome on the page; marks; lines at its end
# The same where the few marks stand inside the text: five of six documents of strangers stay whole, three without it.
_NOT_SURELY_DIRTY = 0.97
_HEAD_LINES, _TAIL_OF_PAGE = 2, 3  # lines at the ends of a page, where chrome would stand
# The model's probability of chrome on the page, and chain's and model's of content, that prove chrome without a mark.
_DIRTY_PAGE, _CHROME_CONTENT = 0.7, 0.25
_STRANGER = 0.1  # the model's probability of a line inside the text that is none of it
_EVEN = 0.5
_MARKED = 0.3  # strength of a mark
_PROVEN = 2  # proofs; a page with so many has chrome beyond doubt
# Of a page of verse: stanzas, lines to a stanza, share of lines that are entries by chance.
_STANZAS, _STANZA_LINES, _MARKED_VERSE = 3, 2, 0.4
_TOP_LINES = 2  # a site's name and operator may stand so high
_ROW_PROOF = 4  # items; a row of so many short items above the text is a menu


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the decision reads; one entry a line."""

    shape: Shape
    marks: Marks
    columns: dict[str, NDArray[np.float32]]
    body: NDArray[np.float64]
    spam: NDArray[np.float32]
    opinion: Opinion | None = None

    def column(self, name: str) -> NDArray[np.float32]:
        """The evidence of that name."""
        return self.columns[name]


def proofs(evidence: Evidence) -> NDArray[np.bool_]:
    """Lines that prove by themselves that the page has chrome."""
    shape, marks = evidence.shape, evidence.marks
    guarded = evidence.column("guarded") > 0
    running = evidence.column("running") > 0
    top = evidence.column("top") > 0
    first_text = int(np.argmax(running)) if running.any() else 0
    place = np.arange(len(shape))
    menu = shape.row & (shape.items >= _ROW_PROOF) & (evidence.column("digits") == 0) & (place < first_text) & top
    menu &= (evidence.column("label") == 0) & (evidence.column("separators") > 0) | (shape.items >= _ROW_PROOF + 1)
    alike = np.zeros(len(shape), bool)  # the next row has as many items: a table's head, no menu
    alike[:-1] = shape.items[1:] == shape.items[:-1]
    named = evidence.column("holds_later") > 0
    found = (marks.sure & ~shape.running) | (evidence.spam >= 0.5) | (menu & ~alike) | named
    # Who holds an event stands above its text, who runs the site below: above the text an operator proves nothing.
    only_operator = (marks.groups[:, OPERATOR] >= 1) & (np.delete(marks.groups, [OPERATOR, BYLINE], axis=1).max(1) < 1)
    found &= ~(only_operator & (place < first_text) & (place >= _TOP_LINES))
    attached = (evidence.column("attachment") > 0) & (marks.groups[:, FOOTER] < 1)
    return np.asarray(found & ~guarded & ~attached & (evidence.column("signature") == 0), bool)


def _runs(zones: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Stretches of one zone other than body, as half-open ranges."""
    edges = np.flatnonzero(np.diff(zones)) + 1
    bounds = [0, *edges.tolist(), len(zones)]
    for begin, end in pairwise(bounds):
        if zones[begin] != Zone.BODY:
            yield begin, end


def settle(zones: NDArray[np.int64], proof: NDArray[np.bool_], evidence: Evidence, level: str) -> NDArray[np.int64]:
    """The zones with unproved chrome given back to the body, and the header and the footer made whole."""
    if evidence.marks.manual or _clean(evidence, proof):
        return np.full(len(zones), Zone.BODY, np.int64)
    zones = zones.copy()
    body = evidence.body
    sure = _sure_of_chrome(evidence)
    proved = int(proof.sum())
    modelled = int(sure.sum()) >= _SURE_LINES
    has_foot = bool((evidence.marks.foot & (evidence.column("guarded") == 0)).any())
    told = (evidence.marks.chrome >= _MARKED) | (evidence.column("byline") >= _EVEN)
    near = _near(evidence.column("date") + evidence.column("attachment") > 0)
    for begin, end in _runs(zones.copy()):
        own = np.flatnonzero(proof[begin:end])
        at_edge = begin == 0 or end == len(zones)
        allowed = at_edge and (proved >= 2 or has_foot)
        share = 1.0 if at_edge or told[begin:end].any() else _INSIDE
        doubted = bool(body[begin:end].mean() < DOUBT[level] * share)
        allowed |= doubted and (proved > 0 or modelled)
        if not len(own) and not allowed:
            zones[begin:end] = Zone.BODY
        elif zones[begin] == Zone.FOOTER:
            _give_back(zones, range(begin, begin + int(own[0]) if len(own) else end), near, evidence)
            zones[begin : _tail(begin, end, evidence)] = Zone.BODY
        elif zones[begin] == Zone.HEADER:
            _give_back(zones, range(end - 1, begin + int(own[-1]) if len(own) else begin - 1, -1), near, evidence)
    running = (evidence.column("running") > 0) & (evidence.marks.chrome < 0.3) & (evidence.spam < 0.5)
    content = body
    if evidence.opinion is not None:
        probability = evidence.opinion.probability
        content = (body + probability) / 2
        running |= (evidence.column("running") > 0) & (probability >= _CONTENT_LINE) & ~evidence.marks.sure
    zones[running & (content >= _RUNNING_FLOOR)] = Zone.BODY
    zones[(evidence.column("guarded") > 0) & ~proof] = Zone.BODY
    zones[(evidence.column("attachment") > 0) & (evidence.marks.groups[:, FOOTER] < 1) & (body >= _RUNNING_FLOOR)] = (
        Zone.BODY
    )
    if proved >= _PROVEN:
        _close_edges(zones, running, proof, evidence)
        _cut_inside(zones, proof, evidence)
    keep_series(zones, proof, evidence)
    return zones


def _clean(evidence: Evidence, proof: NDArray[np.bool_]) -> bool:
    """Whether the model takes the page for clean and no more than a few marks, none a footer's, say otherwise.

    Where all that proves chrome stands inside, it is enough that the model isn't sure of it: contracts have codes.
    """
    if _verse(evidence):
        return True
    sure = evidence.marks.sure & (evidence.column("guarded") == 0)
    told = np.flatnonzero(sure | proof)
    inside = len(told) > 0 and told[0] >= _HEAD_LINES and told[-1] < len(sure) - _TAIL_OF_PAGE
    doubted = _NOT_SURELY_DIRTY if inside else _CLEAN_PAGE
    if evidence.opinion is None or evidence.opinion.dirty >= doubted:
        return False
    footed = bool(evidence.marks.foot[-_FOOT_LINES:].any()) and not _own_notice(np.flatnonzero(sure).tolist(), evidence)
    return int(sure.sum()) < _FEW_MARKS and not footed and float(evidence.spam.max()) < 0.5


def _own_notice(sure: list[int], evidence: Evidence) -> bool:
    """Whether the only mark is a sentence of rights or a list's item, no row and no registration: it may be its own."""
    if len(sure) != 1:
        return False
    registered = any(hit.rule.category == Category.REGISTRATION for hit in evidence.marks.hits[sure[0]])
    listed = evidence.column("bullet")[sure[0]] and evidence.shape.items[sure[0]] < ROW_ITEMS  # a path has a slash too
    return not registered and bool(listed or not evidence.column("separators")[sure[0]])


def _verse(evidence: Evidence) -> bool:
    """Short lines in stanzas, with no running text and no strong form: whole-line hits alone prove nothing there."""
    shape, marks = evidence.shape, evidence.marks
    free = evidence.column("guarded") == 0
    stanzas = int((evidence.column("blank")[1:] > 0).sum()) + 1
    if stanzas < _STANZAS or len(shape) < _STANZA_LINES * stanzas or float(marks.sure.mean()) > _MARKED_VERSE:
        return False
    plain = not (evidence.column("running") > 0)[free].any() and not shape.row.any() and not evidence.spam.any()
    return plain and not shape.counts[:, Class.DIGIT].any() and not (evidence.column("link") > 0).any()


def _sure_of_chrome(evidence: Evidence) -> NDArray[np.bool_]:
    """Lines that prove to be chrome without a mark: the model is sure of the page, and chain and model of the line."""
    opinion = evidence.opinion
    if opinion is None or opinion.dirty < _DIRTY_PAGE:
        return np.zeros(len(evidence.body), bool)
    doubted = ((opinion.probability + evidence.body) / 2 < _CHROME_CONTENT) & (evidence.body < _EVEN)
    return np.asarray(doubted & (evidence.column("running") == 0), bool)


def _near(signs: NDArray[np.bool_]) -> NDArray[np.bool_]:
    width = 2 * _NEAR_SIGNATURE + 1
    return np.convolve(signs, np.ones(width))[_NEAR_SIGNATURE : _NEAR_SIGNATURE + len(signs)] > 0


def _give_back(zones: NDArray[np.int64], lines: range, near: NDArray[np.bool_], evidence: Evidence) -> None:
    """Give unproved lines next to the text back to it: from the text outwards, as long as they may be its own.

    Labelled facts and numbered heads need less probability than other lines, signatures near a date little too, and
    these need not be next to the text.
    """
    body = evidence.body
    content = _content(evidence)
    above = lines.step < 0
    marked = evidence.marks.chrome >= _MARKED
    if above:  # who holds an event is told above its text
        marked &= evidence.marks.groups[:, OPERATOR] < evidence.marks.chrome
    fact_floor = _FACT_FLOOR_ABOVE if above else _FACT_FLOOR
    listed = (evidence.column("label") + evidence.column("head")) > 0
    bracketed = (evidence.shape.first == Class.OPEN) & (evidence.shape.last == Class.CLOSE)  # a note, a credit
    joined = True
    for line in lines:
        floor = fact_floor if listed[line] and not marked[line] else _EDGE_FLOOR
        weak = evidence.marks.chrome[line] < 1 and (listed[line] or bracketed[line])
        edge = _EDGE_FACT if weak else _EDGE_CONTENT
        worth = content[line] if above else body[line]
        joined &= bool(worth >= floor or (content[line] >= edge and (weak or not marked[line])))
        signed = evidence.column("signature")[line] > 0 and content[line] >= _SIGNED_FLOOR
        if joined or signed or (near[line] and content[line] >= _SIGNATURE_FLOOR):
            zones[line] = Zone.BODY


def _tail(begin: int, end: int, evidence: Evidence) -> int:
    """Where the text's own last lines end: prices, hours, contacts, unmarked and likelier than the footer behind them.

    They are `begin` itself if there are none: a short list below the text looks like a footer, until that begins.
    """
    content = _content(evidence)
    marked = np.flatnonzero(evidence.marks.chrome[begin:end] >= _MARKED)
    stop = begin + int(marked[0]) if len(marked) else end
    if not begin < stop < end or stop - begin > _TAIL_LINES:
        return begin
    tail = content[begin:stop]
    own = tail.min() >= _TAIL_FLOOR and content[stop:end].max() <= _TAIL_GAP * tail.mean()
    return stop if own else begin


def _content(evidence: Evidence) -> NDArray[np.float64]:
    """The probability of chain and model together."""
    return evidence.body if evidence.opinion is None else (evidence.body + evidence.opinion.probability) / 2


def _close_edges(
    zones: NDArray[np.int64], running: NDArray[np.bool_], proof: NDArray[np.bool_], evidence: Evidence
) -> None:
    """The header lasts until its last navigation line; from the first sure footer line below the text all is footer."""
    text = np.flatnonzero(running & (zones == Zone.BODY))
    if not len(text):
        return
    first, last = int(text[0]), int(text[-1])
    navigation = np.flatnonzero(proof[:first] & (evidence.marks.groups[:first, NAVIGATION] >= 1))
    if len(navigation):
        zones[: int(navigation[-1]) + 1] = Zone.HEADER
    loose = proof & (evidence.column("guarded") == 0) & (evidence.body < _AGREED)
    zones[:first][loose[:first]] = Zone.HEADER
    sure_foot = evidence.marks.foot & ((evidence.marks.groups[:, FOOTER] >= 1) | loose) & (evidence.column("head") == 0)
    foot = np.flatnonzero(sure_foot[last + 1 :] & proof[last + 1 :])
    if len(foot):
        zones[last + 1 + int(foot[0]) :] = Zone.FOOTER
    zones[last + 1 :][loose[last + 1 :] & (zones[last + 1 :] == Zone.BODY)] = Zone.FOOTER


def _strangers(evidence: Evidence) -> NDArray[np.bool_]:
    """Short lines inside the text that the model is sure are none of it, and the chain doesn't defend."""
    if evidence.opinion is None:
        return np.zeros(len(evidence.body), bool)
    plain = sum(evidence.column(name) for name in ("guarded", "running", "label", "head", "attachment", "date")) == 0
    doubted = (evidence.opinion.probability < _STRANGER) & (evidence.body < _EDGE_FLOOR)
    return np.asarray(plain & doubted & (evidence.column("byline") < 0.5), bool)


def _cut_inside(zones: NDArray[np.int64], proof: NDArray[np.bool_], evidence: Evidence) -> None:
    """Inside the body a proof that nothing contradicts goes, and with a head the headlines that follow it."""
    contradicted = np.zeros(len(zones), bool)
    if evidence.opinion is not None:
        contradicted = evidence.opinion.probability >= _CONTRADICTED
    alone = proof & (zones == Zone.BODY) & ~contradicted & (evidence.column("holds_later") == 0)
    alone |= _strangers(evidence) & (zones == Zone.BODY)
    zones[alone] = Zone.ASIDE
    shape = evidence.shape
    headline = ~shape.ends & (shape.words < _HEADLINE_WORDS) & (evidence.column("guarded") == 0)
    for head in np.flatnonzero(evidence.marks.heads & (zones != Zone.BODY)).tolist():
        line = head + 1
        while line < min(len(zones), head + 1 + _LIST_LINES) and headline[line] and zones[line] == Zone.BODY:
            line += 1
        zones[head + 1 : line][zones[head + 1 : line] == Zone.BODY] = Zone.ASIDE
