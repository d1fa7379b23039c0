"""Spam by its shape and place, where no list knows the name: `cleaner/data/words/spam-shapes.toml`."""

from __future__ import annotations

import dataclasses
import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from cleaner.judging.spam_lists import read_spam_list
from cleaner.judging.spam_words import OFFER, Term

if TYPE_CHECKING:
    from collections.abc import Sequence

REPLACED = "replaced-name"
LURED, TITLE_TAIL = "papers-lure", "title-tail"
SEPARATORS = "|_:©>»/\\[]【】()《》~·-—\t\n"
COMMAS = ",，、。;；!！.?？"
_SHORTEST_BRAND, LONGEST_BRAND = 3, 14
_REPEATED = 0.9
# A match begins at most so far in front of its anchor, and ends at most so far behind.
_BEFORE, _BEHIND = 40, 140


class Shape:
    """A pattern with the literals one of which is in each of its matches."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.id: str = table["id"]
        self.anchors = tuple(table["anchors"])
        self._topic: str = table["topic"]
        self._score: float = table["score"]
        self._sold: bool = table.get("sold", False)
        self._table = table

    # Compiled when first needed: most pages hold no anchor of most shapes.
    @cached_property
    def _before(self) -> re.Pattern[str] | None:
        return re.compile(self._table["before"]) if "before" in self._table else None

    @cached_property
    def _unless(self) -> re.Pattern[str] | None:
        return re.compile(self._table["unless"]) if "unless" in self._table else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._table["pattern"], re.MULTILINE)

    def is_near(self, text: str, place: int) -> bool:
        """True if there may be a match around an anchor at `place` of a folded text of lines."""
        low = max(text.rfind("\n", 0, place) + 1, place - _BEFORE)
        if self._before is not None and self._before.search(text[low:place]) is None:
            return False
        return self._pattern.search(text, low, place + _BEHIND) is not None

    def terms(self, text: str) -> list[Term]:
        """The matches in a plain line."""
        if not any(anchor in text for anchor in self.anchors):
            return []
        out: list[Term] = []
        for match in self._pattern.finditer(text):
            start, end = match.span(1) if match.re.groups else match.span()
            if self._unless is not None and self._unless.search(match.group(1)):
                continue
            thing = end if self._sold else 0
            out.append(Term(start, match.end() if self._sold else end, self.id, self._topic, self._score, thing))
        return out


@lru_cache(maxsize=1)
def load_shapes() -> tuple[Shape, ...]:
    """All shapes, read and compiled once a process."""
    return tuple(Shape(table) for table in read_spam_list("spam-shapes")["shape"])


def by_shape(text: str) -> list[Term]:
    """What has the shape of spam in a plain line."""
    return [term for shape in load_shapes() for term in shape.terms(text)]


def unknown_brands(text: str, terms: Sequence[Term]) -> set[str]:
    """The brands in front of what is sold: from the separator before to the end of the thing."""
    out: set[str] = set()
    for term in terms:
        if term.thing:
            low = max((text.rfind(edge, 0, term.start) for edge in SEPARATORS + COMMAS + " "), default=-1) + 1
            brand = text[low : term.thing]
            if (low < term.start or term.family == TITLE_TAIL) and _SHORTEST_BRAND <= len(brand) <= LONGEST_BRAND:
                out.add(brand)
    return out


def occurrences(text: str, brands: Sequence[str], terms: list[Term]) -> list[Term]:
    """The terms, and where the brands stand in the text; a term behind a brand is joined to it."""
    found: list[Term] = []
    for brand in brands:
        at = text.find(brand)
        while at >= 0:
            found.append(Term(at, at + len(brand), "repeated-brand", "gambling", _REPEATED))
            at = text.find(brand, at + len(brand))
    if not found:
        return terms
    return joined([*found, *terms])


def joined(terms: list[Term]) -> list[Term]:
    """In order; those that meet are one."""
    out: list[Term] = []
    for term in sorted(terms, key=lambda term: (term.start, -term.end)):
        if out and term.start <= out[-1].end:
            last = out[-1]
            if OFFER in (last.family, term.family):
                # An offer has its own bounds; the words in it have none.
                out[-1] = last if last.family == OFFER else dataclasses.replace(term, start=min(last.start, term.start))
                continue
            out[-1] = dataclasses.replace(last, end=max(last.end, term.end), score=max(last.score, term.score))
        else:
            out.append(term)
    return out
