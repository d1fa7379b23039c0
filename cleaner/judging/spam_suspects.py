"""The lines of a page in which there may be spam, found in one pass, so that the others are never looked at again."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.judging.disguise import disguises
from cleaner.judging.folding import fold
from cleaner.judging.lexicon import is_glued
from cleaner.judging.spam_lures import load_lures
from cleaner.judging.spam_names import LUCKY, STEMS, is_name
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

        self._words, self._shapes, lures = load(), load_shapes(), load_lures()
        literals: dict[str, int] = {}

        def number(literal: str) -> int:
            return literals.setdefault(literal, len(literals))

        self._term = {number(literal): word for word, literal in enumerate(self._words.literals)}
        self._shape: dict[int, list[int]] = {}
        for place, shape in enumerate(self._shapes):
            for anchor in shape.anchors:
                self._shape.setdefault(number(anchor), []).append(place)
        self._points = {number(thing): point for thing, point in zip(lures.things, lures.points, strict=True) if point}
        self._stems = {number(stem) for stem in STEMS}
        self._lucky = {number(digits) for digits in LUCKY}
        self._automaton = AhoCorasick(list(literals))

    def lines(self, joined: str) -> list[int]:
        """The numbers, from 0, of the lines of a text that may hold spam, in order."""
        folded = fold(joined)
        starts = _line_starts(joined)
        found = {bisect_right(starts, place) - 1 for place in disguises(joined)}
        points: dict[int, int] = {}
        term, shape, worth, stems, lucky = self._term, self._shape, self._points, self._stems, self._lucky
        line, begin, stop = -1, 0, 0
        for literal, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if not begin <= start < stop:
                line = bisect_right(starts, start) - 1
                begin, stop = starts[line], starts[line + 1] if line + 1 < len(starts) else len(folded) + 1
            if line in found:
                continue
            if literal in lucky:
                hit = folded[start - 1 : start].isalpha() and is_name(folded, start)
            else:
                hit = literal in stems and is_name(folded, start)
            if not hit and literal in shape:
                hit = any(self._shapes[place].is_near(folded, start) for place in shape[literal])
            if not hit and not (start and is_glued(folded[start - 1], folded[start])):
                if literal in worth:
                    points[line] = points.get(line, 0) + worth[literal]
                    hit = points[line] >= _ENOUGH
                if not hit and literal in term:
                    hit = self._words.is_term(folded, start, end, term[literal])
            if hit:
                found.add(line)
        return sorted(found)


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
