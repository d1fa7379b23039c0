"""Lures in wording that no list of phrases knows: how much of a stretch between separators sells what only spam sells.

Each word of a stretch has points by its role: what is sold, a way of selling, a promise of money, an account to write
to, a name shaped like those of betting sites. Enough points on enough of the stretch make it a lure.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from cleaner.judging.spam_marks import LONGEST_ADVERTISING_LINE, POINTS, THINGS, Mark, Role, load_vocabulary
from cleaner.judging.spam_offers import STOPS, find_offers
from cleaner.judging.spam_stretches import HARD, SOFT, Weight, cuts, is_even, trimmed, weigh
from cleaner.judging.spam_words import Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.judging.disguise import Plain

LURE = "lure"
# Goods between two commas, which little sells: a law may list them, so that such a clause alone on a page is no spam.
CLAUSE = "lure-clause"
_STRONG, _WEAK = 0.85, 0.8
# A phrase is short; an advertisement may be a sentence or two.
_LONGEST_PHRASE, _LONGEST_ADVERTISEMENT = 60, 240
_LONGEST_NAME = 28
# Points that a phrase, a name in an owner's place, and an advertisement need, and the share of it that must be words of
# the lists. Set on clean texts: with one point less, headings of honest shops and clubs were hit.
_PHRASE, _NAME, _NAME_IN_LATIN, _ADVERTISEMENT, _ROLES = 4, 2, 3, 5, 3
_CLAUSE = 5  # points of a clause that is spam even if it is alone on a page
_SHARE, _SHARE_OF_SURE, _SHARE_OF_NAME, _SHARE_OF_ADVERTISEMENT = 0.6, 0.45, 0.3, 0.35
_SHARE_IN_LATIN = 0.8
_LABEL_EDGES = " :©|"
_BRACKETS = " 【[《("
_COMMAS = ",，、"
_BUYING = THINGS | {Role.ACCOUNT}
# So many characters that show nothing inside one word are no accident of typesetting.
_HIDING = 2
# A name in front of so much text, a wide letter counted twice, is in front of a sentence or a title.
_SENTENCE = 24


class _Place(StrEnum):
    """Where a stretch stands: in place of an owner's name, at the end of a title, before a sentence, or anywhere."""

    OWNER = "owner"
    TAIL = "tail"
    FRONT = "front"
    ANY = "any"


def find_lures(text: str, marks: list[Mark], *, first: bool) -> list[Term]:
    """The lures in a plain line; `first` for the first line of a page, whose tail may be a foreign name."""
    roles = {mark.role for mark in marks}
    if roles.isdisjoint(THINGS):
        return []
    whole = trimmed(text, 0, len(text))
    offers = list(find_offers(text, whole, marks))
    if Role.TALK in roles or len(text) > LONGEST_ADVERTISING_LINE:
        return offers
    lures = [_without_rest(text, lure, offers, marks) for lure in _in_line(text, whole, marks, first=first)]
    return _longest([*offers, *lures])


def _without_rest(text: str, lure: Term, offers: list[Term], marks: list[Mark]) -> Term:
    """The offer in a lure if the rest of the lure is honest: words glued to it, or a sentence of its own."""
    for offer in offers:
        if offer.start < lure.end and lure.start < offer.end:
            behind = {mark.role for mark in marks if offer.end <= mark.start < lure.end}
            parted = STOPS.search(text, offer.end, lure.end) is not None
            own = offer.end == lure.end or not behind or (parted and behind.isdisjoint(_BUYING))
            if own and offer.start <= lure.start:
                return offer
    return lure


def _longest(terms: list[Term]) -> list[Term]:
    """Those that no longer one meets."""
    out: list[Term] = []
    for term in sorted(terms, key=lambda term: term.start - term.end):
        if not any(term.start < one.end and one.start < term.end for one in out):
            out.append(term)
    return out


def _in_line(text: str, whole: tuple[int, int], marks: list[Mark], *, first: bool) -> list[Term]:
    """The lures among the stretches between separators of a line that does not report."""
    parts = list(cuts(HARD, text, whole, marks))
    if len(parts) > 1 and not any(mark.role is Role.OFFICE for mark in marks):
        weight = weigh(text, *whole, marks)
        if _advertises(weight) and is_even(text, whole, marks):
            return [Term(*whole, LURE, weight.topic, _STRONG)]
    owners = load_vocabulary().owners
    out: list[Term] = []
    for number, (start, end) in enumerate(parts):
        label = owners.search(text, 0, end)
        owner = label is not None and not text[label.end() : start].strip(_LABEL_EDGES)
        if owner:
            place = _Place.OWNER
        elif first and number > 0:
            place = _Place.TAIL
        else:
            ahead = not text[:start].strip(_BRACKETS) and _width(text[end:]) > _SENTENCE
            place = _Place.FRONT if ahead else _Place.ANY
        begin = max(start, label.end()) if owner and label is not None else start
        out.extend(_lures_of(text, trimmed(text, begin, end), marks, place))
    return out


def _width(text: str) -> int:
    return len(text) + sum(character >= "\u2e80" for character in text)


def in_disguise(marks: list[Mark], plain: Plain) -> list[Mark]:
    """The words, goods with characters inside that hide them from filters as sure ones: nobody else writes so."""
    if not plain.disguised or plain.places is None:
        return marks
    return [_surely(mark) if mark.role is Role.GOODS and _is_hidden(mark, plain) else mark for mark in marks]


def _is_hidden(mark: Mark, plain: Plain) -> bool:
    start, end = plain.original(mark.start, mark.end)
    return end - start - (mark.end - mark.start) >= _HIDING


def _surely(mark: Mark) -> Mark:
    return replace(mark, role=Role.SURE, points=POINTS[Role.SURE])


def sells(marks: list[Mark]) -> bool:
    """True if something among the words is sold, and none reports."""
    roles = {mark.role for mark in marks}
    return not roles.isdisjoint(THINGS) and Role.TALK not in roles and Role.OFFICE not in roles


def talked_about(text: str, marks: list[Mark]) -> set[str]:
    """The topics that a plain sentence reports on: what is sold stands beside what only reports say."""
    if not any(mark.role is Role.TALK for mark in marks):
        return set()
    out: set[str] = set()
    for start, end in cuts(STOPS, text, (0, len(text)), marks):
        inside = [mark for mark in marks if start <= mark.start < end]
        if any(mark.role is Role.TALK for mark in inside):
            out.update(mark.topic for mark in inside if mark.role in THINGS)
    return out


def honest_only(terms: list[Term], marks: list[Mark]) -> list[Term]:
    """The terms without those that are part of an honest name."""
    honest = [mark for mark in marks if mark.role is Role.HONEST]
    return [term for term in terms if not any(term.start < mark.end and mark.start < term.end for mark in honest)]


def _lures_of(text: str, stretch: tuple[int, int], marks: list[Mark], place: _Place) -> Iterator[Term]:
    """The lures in a stretch between separators: the whole of it, or parts between commas."""
    start, end = stretch
    weight = weigh(text, start, end, marks)
    if weight.things == 0 or any(mark.role is Role.OFFICE and start <= mark.start < end for mark in marks):
        return
    score = _score(weight, end - start, place)
    if score and is_even(text, stretch, marks):
        yield Term(start, end, LURE, weight.topic, score)
        return
    for part in cuts(SOFT, text, stretch, marks):
        if part != stretch:
            weight = weigh(text, *part, marks)
            score = _score(weight, part[1] - part[0], place)
            if score and is_even(text, part, marks):
                sold = weight.sells and weight.total >= _CLAUSE
                listed = place is _Place.ANY and not sold and _is_listed(text, part)
                yield Term(*part, CLAUSE if listed else LURE, weight.topic, score)


def _is_listed(text: str, part: tuple[int, int]) -> bool:
    """True for a part beside a comma that is the lesser part of its line."""
    beside = text[: part[0]].rstrip()[-1:] + text[part[1] : part[1] + 1]
    return any(comma in beside for comma in _COMMAS) and 2 * (part[1] - part[0]) < len(text)


def _score(weight: Weight, size: int, place: _Place) -> float:
    """How sure a stretch is a lure; 0 if it is none."""
    if size > _LONGEST_ADVERTISEMENT or weight.things == 0:
        return 0.0
    if size <= _LONGEST_PHRASE:
        if weight.sure and weight.share >= _SHARE_OF_SURE:
            return _STRONG
        several = weight.roles > 1 or weight.named > 0
        if weight.heavy and weight.total >= _PHRASE and several and weight.share >= _SHARE:
            return _STRONG
    if size <= _LONGEST_NAME and _is_name(weight, place):
        return _STRONG
    return _WEAK if _advertises(weight) else 0.0


def _is_name(weight: Weight, place: _Place) -> bool:
    """True for a name that has no business where it stands."""
    if place is _Place.ANY or weight.share < _SHARE_OF_NAME:
        return False
    if (weight.heavy if place is _Place.OWNER else weight.named) >= _NAME:
        return True
    latin = weight.heavy >= _NAME and weight.total >= _NAME_IN_LATIN and weight.share >= _SHARE_IN_LATIN
    return latin and place is _Place.TAIL


def _advertises(weight: Weight) -> bool:
    """True for a sentence or two that do nothing but sell."""
    if weight.things == 0 or weight.share < _SHARE_OF_ADVERTISEMENT:
        return False
    if weight.heavy >= _NAME:
        return weight.total >= _ADVERTISEMENT or (weight.total >= _PHRASE and weight.roles >= _ROLES)
    return weight.account and weight.total >= _ADVERTISEMENT and weight.roles > _ROLES
