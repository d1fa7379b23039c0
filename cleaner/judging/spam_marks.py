"""The words that make a lure, each with its role and its points: `cleaner/data/words/lures.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cleaner.judging.lexicon import is_glued
from cleaner.judging.spam_lists import read_spam_list
from cleaner.judging.spam_names import Names, Shape, account_behind, number_behind

if TYPE_CHECKING:
    from collections.abc import Sequence

# A line up to the first length may be an advertisement as a whole, in a paragraph up to the second there may be an
# offer; a longer one can only report on the matter.
LONGEST_ADVERTISING_LINE, LONGEST_LINE = 400, 2000


class Role(StrEnum):
    """What a word does: in a lure; or in an honest name, in a report, in what offices write."""

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
    CHANNEL = "channel"
    CALL = "call"


POINTS = {Role.SURE: 3, Role.GOODS: 1, Role.HINT: 1, Role.WAY: 1, Role.BRAND: 2, Role.PROMISE: 1, Role.ACCOUNT: 2}
_HEAVY_GOODS = 2
THINGS = frozenset((Role.SURE, Role.GOODS, Role.HINT, Role.BRAND))
_OF_SHAPE = {Shape.BRAND: Role.BRAND, Shape.PROMISE: Role.PROMISE, Shape.ACCOUNT: Role.ACCOUNT}


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of a plain text with a role; `points` is what one such word counts in a lure."""

    start: int
    end: int
    role: Role
    topic: str
    points: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the lists, folded; a `stem` goes on in the endings of its script."""

    text: str
    role: Role
    topic: str
    points: int
    stem: bool

    def is_at(self, text: str, start: int, end: int) -> bool:
        """True if the stretch of a folded text, which reads as the word does, is no part of another word."""
        if start and is_glued(text[start - 1], text[start]):
            return False
        return self.stem or end >= len(text) or not is_glued(text[end - 1], text[end])


class Vocabulary:
    """All words, compiled once.

    words   of one spelling, the first role counts
    names   names, promises and accounts by their shape
    owners  a label in front of the name of a page's owner
    """

    def __init__(self, data: dict[str, Any]) -> None:
        from ahocorasick_rs import AhoCorasick

        found: dict[str, Word] = {}
        for word in _words(data):
            found.setdefault(word.text, word)
        self.words = tuple(found.values())
        self.names = Names(data)
        labels = sorted(map(re.escape, data["contact"]["owners"]), key=len, reverse=True)
        self.owners = re.compile(rf"(?:{'|'.join(labels)})(?![^\W\d_\u0e00-\u9fff\uac00-\ud7af])")
        self._automaton = AhoCorasick([word.text for word in self.words])

    def marks(self, text: str) -> list[Mark]:
        """The words with a role in a plain text, in order; no two on one place: honest names first, then the longest.

        Of a paragraph the words only, as they are met.
        """
        found: list[Mark] = []
        for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            word = self.words[number]
            if word.is_at(text, start, end):
                found.append(_mark(word, text, start, end))
        if len(text) > LONGEST_LINE:
            return found
        for shape, start, end in self.names.find(text):
            role = _OF_SHAPE[shape]
            found.append(Mark(start, end, role, "gambling" if role is Role.BRAND else "", POINTS[role]))
        found.sort(key=lambda mark: (mark.role is not Role.HONEST, mark.start - mark.end, mark.start))
        taken = bytearray(len(text))
        out: list[Mark] = []
        for mark in found:
            if not any(taken[mark.start : mark.end]):
                taken[mark.start : mark.end] = b"\x01" * (mark.end - mark.start)
                out.append(mark)
        out.sort(key=lambda mark: mark.start)
        return out


def _words(data: dict[str, Any]) -> list[Word]:
    """All words of the file: honest names, what is sold, what reports and offices say, ways of selling, networks."""
    genres, contact, talk = data["genre"], data["contact"], data["talk"]
    heavy = {genre["topic"] for genre in genres if genre.get("heavy", False)}
    lists: list[tuple[Role, str, Sequence[str]]] = [(Role.HONEST, "", data["honest"]["names"])]
    for role, key in ((Role.SURE, "sure"), (Role.GOODS, "goods"), (Role.HINT, "hints")):
        lists += [(role, genre["topic"], genre[key]) for genre in genres]
    lists += [
        (Role.TALK, "", [f"{word}*" for word in talk["words"]]),
        (Role.OFFICE, "", talk["office"]),
        (Role.WAY, "", data["ways"]["words"]),
        (Role.CHANNEL, "", contact["channels"]),
        (Role.CALL, "", contact["calls"]),
    ]
    return [
        Word(
            text.rstrip("*"),
            role,
            topic,
            _HEAVY_GOODS if role is Role.GOODS and topic in heavy else POINTS.get(role, 0),
            text.endswith("*"),
        )
        for role, topic, texts in lists
        for text in texts
    ]


def _mark(word: Word, text: str, start: int, end: int) -> Mark:
    """The word with its role; a network with an account behind it is an account, alone it is a way of selling."""
    if word.role is not Role.CHANNEL and word.role is not Role.CALL:
        return Mark(start, end, word.role, word.topic, word.points)
    stop = account_behind(text, end) if word.role is Role.CHANNEL else number_behind(text, end)
    if stop:
        return Mark(start, stop, Role.ACCOUNT, "", POINTS[Role.ACCOUNT])
    return Mark(start, end, Role.WAY, "", POINTS[Role.WAY])


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """The vocabulary, read and compiled once a process."""
    return Vocabulary(read_spam_list("lures"))
