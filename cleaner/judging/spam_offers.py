"""Offers put into running text: a sentence, a clause or a few of them, or words glued to the front of a clause.

A lure between separators is weighed as a whole; these stand among honest words, so their own bounds are looked for:
words of a lure in an unbroken chain, which begins where a sentence or a clause begins. The chain must sell: goods alone
are what a law or a report may name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.judging.spam_marks import POINTS, THINGS, Mark, Role
from cleaner.judging.spam_stretches import ANY, WIDE, Weight, cuts, trimmed, weigh
from cleaner.judging.spam_words import OFFER, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCORE = 0.9
STOPS = re.compile(r"[。！？!?;；★☆♥…【】\[\]()<>]|\.(?=\s|$)| [|] ")
# Honest words between two words of a chain, in characters; one such gap is a short word or a brand.
_GAP, _WIDE_GAP = 18, 5
# In front of a chain a brand may stand, but not where a line begins; behind it a word or two. What is longer is the
# honest rest of a clause.
_LEAD, _WIDE_LEAD = 14, 5
_TAIL, _WIDE_TAIL = 18, 4
_LONGEST = 300
# Points and share of a chain between bounds, and of one with an honest rest glued to its end. Set on clean texts.
_POINTS, _SHARE, _SHARE_GLUED = 6, 0.4, 0.6
_SURE = 3


def find_offers(text: str, stretch: tuple[int, int], marks: list[Mark]) -> Iterator[Term]:
    """The offers in a stretch of a plain line, sentence by sentence; none in one that reports."""
    for sentence in cuts(STOPS, text, stretch, marks):
        inside = [mark for mark in marks if sentence[0] <= mark.start and mark.end <= sentence[1]]
        roles = {mark.role for mark in inside}
        if roles.isdisjoint(THINGS) or Role.TALK in roles:
            continue
        for chain in _chains(text, inside):
            term = _offer(text, sentence, chain, marks)
            if term is not None:
                yield term


def _chains(text: str, marks: list[Mark]) -> Iterator[list[Mark]]:
    """The words of lures in unbroken chains; a word of offices or an honest name breaks one."""
    chain: list[Mark] = []
    for mark in marks:
        limit = _WIDE_GAP if chain and WIDE.search(text, chain[-1].end, mark.start) else _GAP
        if chain and (mark.role not in POINTS or mark.start - chain[-1].end > limit):
            yield chain
            chain = []
        if mark.role in POINTS:
            chain.append(mark)
    if chain:
        yield chain


def _offer(text: str, sentence: tuple[int, int], chain: list[Mark], marks: list[Mark]) -> Term | None:
    """The offer that a chain makes between the bounds of its clauses; None if it makes none."""
    first, last = chain[0].start, _word_end(text, chain[-1].end)
    clauses = list(cuts(ANY, text, sentence, marks))
    start = max(low for low, _ in clauses if low <= first)
    end = min((high for _, high in clauses if high >= last), default=sentence[1])
    wide = WIDE.search(text, first, last) is not None
    lead = first - start
    if lead > (_WIDE_LEAD if wide else _LEAD) or (lead and not text[:start].strip()):
        return None
    glued = end - last > (_WIDE_TAIL if wide else _TAIL)
    start, end = trimmed(text, start, last if glued else end)
    if end - start > _LONGEST:
        return None
    weight = weigh(text, start, end, marks)
    return Term(start, end, OFFER, weight.topic, _SCORE) if _sells(weight, glued=glued) else None


def _sells(weight: Weight, *, glued: bool) -> bool:
    """True if a chain has the points and the share that it needs, something sure among them, and a way to get it."""
    share = _SHARE_GLUED if glued else _SHARE
    return weight.sells and weight.total >= _POINTS and weight.share >= share and weight.heavy >= _SURE


def _word_end(text: str, place: int) -> int:
    """The end of a word of a spaced script of which `place` may be inside."""
    while place < len(text) and text[place].isalpha() and not WIDE.match(text, place) and text[place - 1].isalpha():
        place += 1
    return place
