"""The lines of a page in which there may be spam, found in one pass, so that the others are never looked at again."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.judging.disguise import disguises
from cleaner.judging.folding import fold
from cleaner.judging.lexicon import is_glued
from cleaner.judging.spam_marks import THINGS, Word, load_vocabulary
from cleaner.judging.spam_shapes import load_shapes
from cleaner.judging.spam_words import load

if TYPE_CHECKING:
    from collections.abc import Sequence

# The points of lure words that make a line worth a look: one thing that is sold, or two words that hint.
_ENOUGH = 2


class Suspects:
    """All literals that spam is known by, in one automaton."""

    def __init__(self) -> None:
        from ahocorasick_rs import AhoCorasick

        self._words, self._shapes, vocabulary = load(), load_shapes(), load_vocabulary()
        self._names = vocabulary.names
        literals: dict[str, int] = {}

        def number(literal: str) -> int:
            return literals.setdefault(literal, len(literals))

        self._term = {number(literal): word for word, literal in enumerate(self._words.literals)}
        self._shape: dict[int, list[int]] = {}
        for place, shape in enumerate(self._shapes):
            for anchor in shape.anchors:
                self._shape.setdefault(number(anchor), []).append(place)
        self._sold: dict[int, Word] = {number(word.text): word for word in vocabulary.words if word.role in THINGS}
        self._stems = {number(stem) for stem in self._names.stems}
        self._lucky = {number(digits) for digits in self._names.lucky}
        self._automaton = AhoCorasick(list(literals))

    def lines(self, joined: str) -> list[int]:
        """The numbers, from 0, of the lines of a text that may hold spam, in order."""
        folded = fold(joined)
        starts = _line_starts(joined)
        found = {bisect_right(starts, place) - 1 for place in disguises(joined)}
        points: dict[int, int] = {}
        line, begin, stop = -1, 0, 0
        for literal, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if not begin <= start < stop:
                line = bisect_right(starts, start) - 1
                begin, stop = starts[line], starts[line + 1] if line + 1 < len(starts) else len(folded) + 1
            if line in found:
                continue
            hit = self._is_proof(folded, literal, start, end)
            if not hit and literal in self._sold and self._sold[literal].is_at(folded, start, end):
                points[line] = points.get(line, 0) + self._sold[literal].points
                hit = points[line] >= _ENOUGH
            if hit:
                found.add(line)
        return sorted(found)

    def _is_proof(self, text: str, literal: int, start: int, end: int) -> bool:
        """True if a literal at a place of a folded text is part of a brand, of a shape, or of a term."""
        if literal in self._lucky and text[start - 1 : start].isalpha() and self._names.is_brand(text, start):
            return True
        if literal in self._stems and self._names.is_brand(text, start):
            return True
        if literal in self._shape and any(self._shapes[place].is_near(text, start) for place in self._shape[literal]):
            return True
        if literal not in self._term or (start and is_glued(text[start - 1], text[start])):
            return False
        return self._words.is_term(text, start, end, self._term[literal])


def _line_starts(text: str) -> Sequence[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


@lru_cache(maxsize=1)
def load_suspects() -> Suspects:
    """The automaton, built once a process."""
    return Suspects()
