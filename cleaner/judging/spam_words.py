"""The vocabulary of injected spam, from `cleaner/data/words/spam.toml`, and where it stands in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from cleaner.judging.lexicon import is_glued
from cleaner.judging.spam_lists import read_spam_list

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST_PRAISE = 16
# Scores of a term by how it was found: how likely it is spam where it is bounded by separators. From the precision on
# clean texts, rounded down.
ALONE, BRAND, LOOSE, UNKNOWN = 0.95, 0.92, 0.85, 0.8
# The family of a term that has found its own bounds.
OFFER = "lure-offer"


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of a plain text that belongs to a family of spam.

    `thing` is, where the brand is unknown, the end of what is sold: the brand stands in front of it.
    """

    start: int
    end: int
    family: str
    topic: str
    score: float
    thing: int = 0


class _Choice:
    """A pattern for any of some words, compiled when it is first asked: most pages never ask most families."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._counted = ("", 0)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._body)

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """The words at `start`."""
        return self._pattern.match(text, start)

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first of the words in a stretch."""
        return self._pattern.search(text, start, end)

    def count(self, text: str) -> int:
        """How often the words occur; asked for each hit in a line, and counted once."""
        if self._counted[0] is not text:
            self._counted = (text, sum(1 for _ in self._pattern.finditer(text)))
        return self._counted[1]


def _choice(words: Iterable[str], *, tail: bool = False, start: bool = False, spaced: bool = False) -> _Choice | None:
    """A choice of the words, longest first; `tail` at the end, `start` at the start of a word."""
    ordered = sorted(map(re.escape, words), key=len, reverse=True)
    if not ordered:
        return None
    # Letters of unspaced scripts have a boundary everywhere; `\b` knows only that of the others.
    begin = r"(?<![^\W\d_\u0e00-\u9fff\uac00-\ud7af])" if start else ""
    return _Choice(f"{begin}(?:{'|'.join(ordered)}){' ?' if spaced else ''}{'$' if tail else ''}")


@dataclass(frozen=True, slots=True)
class _Family:
    """`ways` are the words that may stand behind a thing of a brand that nobody knows."""

    id: str
    topic: str
    words: bool
    suffixes: _Choice | None
    firm: _Choice | None
    before: _Choice | None
    ways: _Choice | None
    praise: _Choice | None


class SpamWords:
    """All families, compiled once.

    strict   the families whose script puts spaces between words: a space bounds nothing there
    selling  words of praise around a term
    """

    def __init__(self, data: dict[str, Any]) -> None:
        from ahocorasick_rs import AhoCorasick

        literals: dict[str, list[tuple[str, _Family]]] = {}
        for table in data["family"]:
            family = _Family(
                table["id"],
                table["topic"],
                table.get("words", False),
                _choice(table.get("suffixes", ())),
                _choice(table.get("firm", ())),
                _choice(table.get("before", ()), tail=True),
                _choice(table.get("ways", ())),
                _choice((*table.get("ways", ()), *table.get("praise", ())), tail=True, spaced=True),
            )
            for kind in ("alone", "brands", "loose", "things", "goods"):
                for word in table.get(kind, ()):
                    literals.setdefault(word, []).append((kind, family))
        self.strict = frozenset(table["id"] for table in data["family"] if table.get("words", False))
        self._uses = list(literals.values())
        self._literals = tuple(literals)
        self._automaton = AhoCorasick(list(literals))
        between = "|".join(map(re.escape, data["between"]["words"]))
        self._between = re.compile(rf"(?:[a-z0-9().·&]{{1,8}}|{between}){{1,2}}")
        self.selling = frozenset(data["selling"]["words"])
        self._topics = {topic: _choice(words, start=True) for topic, words in data["topics"].items()}
        reports = set(read_spam_list("lures")["talk"]["words"])
        self._sober = {topic: _choice(reports.intersection(words)) for topic, words in data["topics"].items()}

    @property
    def literals(self) -> tuple[str, ...]:
        """The words one of which is in every term."""
        return self._literals

    def is_term(self, text: str, start: int, end: int, word: int) -> bool:
        """True if the word of `literals` with this number, found in a folded text, is part of a term."""
        return any(self._term(text, start, end, kind, family) is not None for kind, family in self._uses[word])

    def find(self, text: str) -> list[Term]:
        """The terms in a plain text, in order, without overlaps: the longest at each place."""
        found: list[Term] = []
        for literal, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for kind, family in self._uses[literal]:
                term = self._term(text, start, end, kind, family)
                if term is not None:
                    found.append(term)
        if len(found) < 2:
            return found
        found.sort(key=lambda term: (term.start, -term.end, -term.score))
        out: list[Term] = []
        for term in found:
            if not out or term.start >= out[-1].end:
                out.append(term)
            elif term.end > out[-1].end:
                last = out[-1]
                out[-1] = Term(last.start, term.end, last.family, last.topic, max(last.score, term.score), last.thing)
        return out

    def speaks_of(self, topic: str, text: str) -> int:
        """How many words of the topic there are in a plain text."""
        pattern = self._topics.get(topic)
        return 0 if pattern is None else pattern.count(text)

    def reports_on(self, topic: str, text: str) -> int:
        """How many words of the topic there are in a plain text that only reports and laws use."""
        pattern = self._sober.get(topic)
        return 0 if pattern is None else pattern.count(text)

    def _term(self, text: str, start: int, end: int, kind: str, family: _Family) -> Term | None:
        if start and is_glued(text[start - 1], text[start]):
            return None
        score, thing = ALONE, 0
        if kind == "goods":
            wide = _praised(text, start, end, family)
            if wide is None:
                return None
            (start, end), score = wide, LOOSE
        elif kind != "alone":
            pattern, score = {
                "brands": (family.suffixes, BRAND),
                "loose": (family.firm, LOOSE),
                "things": (family.ways, UNKNOWN),
            }[kind]
            stop = self._behind(text, end, pattern)
            if stop is None:
                return None
            thing, end = end if kind == "things" else 0, stop
            while kind == "things" and pattern is not None and (more := pattern.match(text, end)) is not None:
                end = more.end()
        elif end < len(text) and is_glued(text[end - 1], text[end]):
            return None
        if family.suffixes is not None:
            while (more := family.suffixes.match(text, end)) is not None:
                end = more.end()
            start, end = _with_code(text, start, end)
        if family.before is not None:
            while start and (prefix := family.before.search(text, max(0, start - 6), start)) is not None:
                start = prefix.start()
        return Term(start, end, family.id, family.topic, score, thing)

    def _behind(self, text: str, end: int, pattern: _Choice | None) -> int | None:
        """Where a selling word close behind `end` ends."""
        if pattern is None:
            return None
        match = pattern.match(text, end)
        if match is None:
            between = self._between.match(text, end)
            match = None if between is None else pattern.match(text, between.end())
        return None if match is None else match.end()


def _praised(text: str, start: int, end: int, family: _Family) -> tuple[int, int] | None:
    """The goods with the ways of selling them around; None if there are none, or the goods are part of a word."""
    if family.ways is None or (family.words and end < len(text) and is_glued(text[end - 1], text[end])):
        return None
    low, high = start, end
    while (more := family.ways.match(text, high + (text[high : high + 1] == " "))) is not None:
        if family.words and more.end() < len(text) and is_glued(text[more.end() - 1], text[more.end()]):
            break
        high = more.end()
    while family.praise is not None and low:
        before = family.praise.search(text, max(0, low - _LONGEST_PRAISE), low)
        if before is None or (
            before.start() and family.words and is_glued(text[before.start() - 1], text[before.start()])
        ):
            break
        low = before.start()
    return None if (low, high) == (start, end) else (low, high)


def _with_code(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with the letters and digits that touch it: "88必赢", "凯发k8"."""
    while start and text[start - 1].isascii() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isascii() and text[end].isalnum():
        end += 1
    return start, end


@lru_cache(maxsize=1)
def load() -> SpamWords:
    """The vocabulary, read and compiled once a process."""
    return SpamWords(read_spam_list("spam"))
