"""Lures in wording that no list of phrases knows: how much of a stretch between separators sells what only spam sells.

Each word of a stretch has points by its role: what is sold, a way of selling, a promise of money, an account to write to, a
name shaped like those of betting sites. Enough points on enough of the stretch make it a lure. The words are in
`cleaner/data/words/lures.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from cleaner.judging.folding import fold
from cleaner.judging.lexicon import is_glued
from cleaner.judging.spam_names import Shape, account_patterns, names
from cleaner.judging.spam_words import Term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LURE = "lure"
_STRONG, _WEAK = 0.85, 0.8
# A phrase is short; an advertisement may be a sentence or two.
_LONGEST_PHRASE, _LONGEST_ADVERTISEMENT = 60, 240
_LONGEST_NAME = 28
# Points that a phrase, a name in an owner's place, and an advertisement need; and the share of it that must be words of
# these lists. Set on clean texts: with one point less, headings of honest shops and clubs were hit.
_PHRASE, _NAME, _ADVERTISEMENT, _ROLES = 3, 2, 5, 3
_SHARE, _SHARE_OF_SURE, _SHARE_OF_NAME, _SHARE_OF_ADVERTISEMENT = 0.6, 0.45, 0.3, 0.35
# An advertisement has a point in so many characters at least.
_CHARACTERS_A_POINT = 14
_WIDE_CHARACTERS_A_POINT = 7
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_HARD = re.compile(
    r"[|_>»©\\\[\]【】《》~·—\t]|:(?!//)|/| [-–] |(?<=[\u2e80-\u9fff\uac00-\ud7af])-|-(?=[\u2e80-\u9fff])| {2,}|→"
)
_SOFT = re.compile(
    r"[,、，;；!！?？。()（）]|\.(?=\s|$)|(?<=[\u2e80-\u9fff\uac00-\ud7af\u0e00-\u0e7f]) (?=[\u2e80-\u9fff\uac00-\ud7af\u0e00-\u0e7f])"
)
_ANY = re.compile(f"{_HARD.pattern}|{_SOFT.pattern}")
_LABEL_EDGES = " :©|"
_SENTENCE = 24
# A part of no more characters than this may be anything; of others this share must be words of a lure.
_WORD, _WIDE_WORD = 6, 3
_SHARE_OF_PART = 0.25
# So many characters of other words may stand in front of the first word of a lure; twice as many behind the last.
_GAP, _WIDE_GAP = 14, 5


class Role(StrEnum):
    """What a word does in a lure."""

    SURE = "sure"
    GOODS = "goods"
    HINT = "hint"
    WAY = "way"
    BRAND = "brand"
    PROMISE = "promise"
    ACCOUNT = "account"
    HONEST = "honest"
    TALK = "talk"
    OFFICE = "office"


_POINTS = {Role.SURE: 3, Role.GOODS: 1, Role.HINT: 1, Role.WAY: 1, Role.BRAND: 2, Role.PROMISE: 1, Role.ACCOUNT: 2}
# The same role again says little more.
_MOST = {Role.SURE: 6, Role.GOODS: 4, Role.HINT: 2, Role.WAY: 2, Role.BRAND: 4, Role.PROMISE: 2, Role.ACCOUNT: 2}
_THINGS = frozenset((Role.SURE, Role.GOODS, Role.HINT, Role.BRAND))
_NAMED = frozenset((Role.SURE, Role.BRAND))
_OF_SHAPE = {Shape.BRAND: Role.BRAND, Shape.PROMISE: Role.PROMISE, Shape.ACCOUNT: Role.ACCOUNT}


class Place(StrEnum):
    """Where a stretch stands: in place of an owner's name, where a foreign name is put in, or anywhere."""

    OWNER = "owner"
    FOREIGN = "foreign"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of a plain text with a role in lures; `points` is what one such word counts."""

    start: int
    end: int
    role: Role
    topic: str
    points: int


@dataclass(frozen=True, slots=True)
class _Weight:
    """What a stretch holds: points of things that are sold, all points, the number of roles, the share covered."""

    topic: str
    sure: bool
    heavy: int
    named: int
    things: int
    total: int
    roles: int
    account: bool
    share: float


class Lures:
    """The vocabulary of lures, compiled once."""

    def __init__(self, data: dict[str, Any]) -> None:
        from ahocorasick_rs import AhoCorasick

        words: dict[str, tuple[Role, str, int, bool]] = {}

        def put(role: Role, topic: str, points: int, terms: Sequence[str]) -> None:
            for term in terms:
                words.setdefault(fold(term.rstrip("*")), (role, topic, points, term.endswith("*")))

        put(Role.HONEST, "", 0, data["honest"]["names"])
        for genre in data["genre"]:
            put(Role.SURE, genre["topic"], _POINTS[Role.SURE], genre["sure"])
        for genre in data["genre"]:
            put(Role.GOODS, genre["topic"], 2 if genre.get("heavy", False) else 1, genre["goods"])
        for genre in data["genre"]:
            put(Role.HINT, genre["topic"], _POINTS[Role.HINT], genre["hints"])
        # Only things that are sold make a line worth a closer look.
        self.things = tuple(words)
        self.points = tuple(points for _, _, points, _ in words.values())
        put(Role.TALK, "", 0, [f"{word}*" for word in data["talk"]["words"]])
        put(Role.OFFICE, "", 0, data["talk"]["office"])
        put(Role.WAY, "", _POINTS[Role.WAY], data["ways"]["words"])
        self._uses = list(words.values())
        self._automaton = AhoCorasick(list(words))
        self._owners = re.compile(
            f"(?:{'|'.join(sorted((re.escape(fold(word)) for word in data['contact']['owners']), key=len, reverse=True))})"
            r"(?![^\W\d_\u0e00-\u9fff\uac00-\ud7af])"
        )
        self._accounts = account_patterns(data["contact"]["channels"], data["contact"]["calls"])

    def marks(self, text: str) -> list[Mark]:
        """The words with a role in a plain text, in order, without overlaps: the longest at each place, honest first."""
        found: list[Mark] = []
        for literal, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            role, topic, points, stem = self._uses[literal]
            if is_whole(text, start, end, stem=stem):
                found.append(Mark(start, end, role, topic, points))
        for shape, start, end in names(text, self._accounts):
            role = _OF_SHAPE[shape]
            found.append(Mark(start, end, role, "gambling" if role is Role.BRAND else "", _POINTS[role]))
        found.sort(key=lambda mark: (mark.role is not Role.HONEST, mark.start - mark.end, mark.start))
        taken = bytearray(len(text))
        out: list[Mark] = []
        for mark in found:
            if not any(taken[mark.start : mark.end]):
                taken[mark.start : mark.end] = b"\x01" * (mark.end - mark.start)
                out.append(mark)
        out.sort(key=lambda mark: mark.start)
        return out

    def terms(self, text: str, marks: list[Mark], *, first: bool) -> list[Term]:
        """The lures in a plain line; `first` for the first line of a page, whose tail may be a foreign name."""
        roles = {mark.role for mark in marks}
        if Role.TALK in roles or roles.isdisjoint(_THINGS):
            return []
        out: list[Term] = []
        hard = list(_cuts(_HARD, text, 0, len(text), marks))
        whole = _trimmed(text, 0, len(text))
        if len(hard) > 1 and Role.OFFICE not in roles and _advertises(weight := _weight(text, *whole, marks)) and _is_even(text, whole, marks):
            return [Term(*whole, LURE, weight.topic, _STRONG)]
        for number, (start, end) in enumerate(hard):
            label = self._owners.search(text, 0, end)
            owner = label is not None and label.end() <= end and not text[label.end() : start].strip(_LABEL_EDGES)
            if owner and label is not None and label.end() > start:
                start = label.end()
            foreign = (first and number > 0) or (number == 0 and len(hard) > 1 and end < len(text) - _SENTENCE)
            place = Place.OWNER if owner else Place.FOREIGN if foreign else Place.ANY
            out.extend(_judged(text, start, end, marks, place))
        return out


def talked_about(marks: list[Mark]) -> set[str]:
    """The topics that a sentence with these marks reports on."""
    if not any(mark.role is Role.TALK for mark in marks):
        return set()
    return {mark.topic for mark in marks if mark.role in _THINGS and mark.points > 0 and mark.topic}


def honest_only(terms: list[Term], marks: list[Mark]) -> list[Term]:
    """The terms without those that are part of an honest name."""
    honest = [mark for mark in marks if mark.role is Role.HONEST]
    return [term for term in terms if not any(term.start < mark.end and mark.start < term.end for mark in honest)]


def is_whole(text: str, start: int, end: int, *, stem: bool) -> bool:
    """True if the stretch is a word, or for a stem the beginning of one."""
    if start and is_glued(text[start - 1], text[start]):
        return False
    return stem or end >= len(text) or not is_glued(text[end - 1], text[end])


def _judged(text: str, start: int, end: int, marks: list[Mark], place: Place) -> Iterator[Term]:
    """The lures in a stretch between separators: the whole of it, or parts between commas."""
    start, end = _trimmed(text, start, end)
    weight = _weight(text, start, end, marks)
    if weight.things == 0 or any(mark.role is Role.OFFICE and start <= mark.start < end for mark in marks):
        return
    score = _score(weight, end - start, place)
    if score and _is_even(text, (start, end), marks):
        yield Term(start, end, LURE, weight.topic, score)
        return
    for low, high in _cuts(_SOFT, text, start, end, marks):
        low, high = _trimmed(text, low, high)
        if (low, high) != (start, end):
            part = _weight(text, low, high, marks)
            score = _score(part, high - low, place)
            if score:
                yield Term(low, high, LURE, part.topic, score)


def _score(weight: _Weight, size: int, place: Place) -> float:
    """How sure a stretch is a lure; 0 if it is none."""
    if size > _LONGEST_ADVERTISEMENT or weight.things == 0:
        return 0.0
    if size <= _LONGEST_PHRASE:
        if weight.sure and weight.share >= _SHARE_OF_SURE:
            return _STRONG
        if weight.heavy and weight.total > _PHRASE and (weight.roles > 1 or weight.named) and weight.share >= _SHARE:
            return _STRONG
    heavy = weight.heavy if place is Place.OWNER else weight.named if place is Place.FOREIGN else 0
    if size <= _LONGEST_NAME and heavy >= _NAME and weight.share >= _SHARE_OF_NAME:
        return _STRONG
    return _WEAK if _advertises(weight) else 0.0


def _advertises(weight: _Weight) -> bool:
    """True for a sentence or two that do nothing but sell."""
    if weight.things == 0 or weight.share < _SHARE_OF_ADVERTISEMENT:
        return False
    if weight.sure or weight.heavy >= _NAME:
        return weight.total >= _ADVERTISEMENT or (weight.total > _PHRASE and weight.roles >= _ROLES)
    return weight.account and weight.total >= _ADVERTISEMENT and weight.roles > _ROLES


def _is_own_script(text: str, mark: Mark) -> bool:
    """True for goods in a word of their own script: "Casino" may be the name of a house, "казино" is what is sold."""
    return mark.role is Role.GOODS and not text[mark.start : mark.end].isascii()


def _is_even(text: str, stretch: tuple[int, int], marks: list[Mark]) -> bool:
    """True if a lure's words are all over a stretch: at its ends, and in every part between separators."""
    inside = [mark for mark in marks if stretch[0] <= mark.start < stretch[1] and mark.role in _POINTS]
    wide = _WIDE.search(text, *stretch) is not None
    gap = _WIDE_GAP if wide else _GAP
    if inside[0].start - stretch[0] > gap or stretch[1] - inside[-1].end > 2 * gap:
        return False
    for low, high in _cuts(_ANY, text, *stretch, marks):
        low, high = _trimmed(text, low, high)
        covered = sum(min(mark.end, high) - max(mark.start, low) for mark in inside if low < mark.end and mark.start < high)
        if high - low > (_WIDE_WORD if wide else _WORD) and covered < _SHARE_OF_PART * (high - low):
            return False
    return True


def _weight(text: str, start: int, end: int, marks: list[Mark]) -> _Weight:
    inside = [mark for mark in marks if start <= mark.start and mark.end <= end and mark.role in _POINTS]
    sums: dict[Role, int] = {}
    topics: dict[str, int] = {}
    for mark in inside:
        sums[mark.role] = min(_MOST[mark.role], sums.get(mark.role, 0) + mark.points)
        if mark.role in _THINGS:
            topics[mark.topic] = topics.get(mark.topic, 0) + mark.points
    total = sum(sums.values())
    size = end - start
    wide = _WIDE.search(text, start, end) is not None
    thin = size > total * (_WIDE_CHARACTERS_A_POINT if wide else _CHARACTERS_A_POINT)
    ink = sum(not character.isspace() for character in text[start:end]) or 1
    covered = sum(not text[at].isspace() for mark in inside for at in range(mark.start, mark.end))
    heavy = max((mark.points for mark in inside if mark.role in _NAMED or mark.role is Role.GOODS), default=0)
    named = max((mark.points for mark in inside if mark.role in _NAMED or _is_own_script(text, mark)), default=0)
    several = sum(mark.points for mark in inside if mark.role in (Role.GOODS, Role.BRAND) and mark.points > 1)
    return _Weight(
        topic=max(topics, key=topics.__getitem__) if topics else "",
        sure=Role.SURE in sums,
        heavy=max(heavy if heavy > 1 else 0, several),
        named=named,
        things=sum(sums.get(role, 0) for role in _THINGS),
        total=total,
        roles=len(sums),
        account=Role.ACCOUNT in sums,
        share=-1.0 if thin else covered / ink,
    )


def _cuts(pattern: re.Pattern[str], text: str, start: int, end: int, marks: list[Mark]) -> Iterator[tuple[int, int]]:
    """The stretches between separators; one inside a word of the lists separates nothing."""
    inside = {at for mark in marks for at in range(mark.start + 1, mark.end - 1)}
    at = start
    for match in pattern.finditer(text, start, end):
        if match.start() not in inside:
            yield at, match.start()
            at = match.end()
    yield at, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@lru_cache(maxsize=1)
def load_lures() -> Lures:
    """The vocabulary, read and compiled once a process."""
    return Lures(tomllib.loads((files("cleaner") / "data" / "words" / "lures.toml").read_text("utf-8")))
