"""Rows of entries without separators: a long line dense with entries of the chrome data and without a sentence.

A menu that was joined into one line keeps no separators, and glued CJK menus not even spaces; the data's own rows ask
that every part is an entry. Here it is enough that entries cover most of a line that doesn't read as a sentence.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lexicon import Hit, Strength, load
from cleaner.judging.lines.alphabet import Class
from cleaner.judging.lines.marks import GUARDED
from cleaner.judging.rows import EDGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.judging.lexicon import Rule
    from cleaner.judging.lines.shape import Shape
    from cleaner.page import Page

_LEAST_ENTRIES = 3
_LED_ITEMS = 4
_LEAST_WHOLE = 2  # entries that would prove chrome alone; a sentence may hold many words that are some site's menu
# Share of the line's characters; glued lines also hold what no entry names, a few entries also make a sentence.
_DENSE, _DENSE_FEW, _DENSE_GLUED = 0.6, 0.75, 0.5
# A glued line of many entries may name as much again that is no entry.
_MANY, _MANY_WHOLE, _DENSE_MANY = 6, 4, 0.33
_FULL = 0.9  # of a line of nothing but entries; there one that proves is enough
_LONGEST_PHRASE = 4  # words
_LONGEST_GLUED, _SHORTEST_GLUED = 8, 2  # characters
_GLUED_WORD = 9  # characters; where spaces stand farther apart, they don't part the entries
_LONGEST_LINE = 600  # characters; longer lines are text
_MOST_LINES = 60  # a page has few such rows


@cache
def _heads() -> frozenset[str]:
    """The first characters of entries, as many as the shortest has."""
    return frozenset(term[:_SHORTEST_GLUED] for term in load().rows.terms)


def _rule(text: str) -> Rule | None:
    """The rule of the entry that the text is; single characters stand for too much."""
    entry = load().rows.terms.get(text) if len(text) >= _SHORTEST_GLUED else None
    return None if entry is None else entry.rule


def with_rows(page: Page, shape: Shape, hits: Sequence[Hit]) -> list[Hit]:
    """The hits, and in lines that are rows of entries the hits of their entries."""
    rows = row_hits(page, shape, hits)
    lines = {hit.block for hit in rows}
    return [hit for hit in hits if hit.block not in lines] + rows


def row_hits(page: Page, shape: Shape, hits: Sequence[Hit]) -> list[Hit]:
    """Hits of the entries in lines that are rows of entries; lines of which more is known are left out."""
    known = {hit.block for hit in hits if hit.rule.strength is not Strength.WEAK}
    quiet = (shape.sentences == 0) & (shape.counts[:, Class.COMMA] <= 1) & (shape.total <= _LONGEST_LINE)
    likely = np.flatnonzero(quiet & (shape.words >= _LEAST_ENTRIES) & (shape.total >= 2 * _LEAST_ENTRIES))
    found: list[Hit] = []
    for line in likely[:_MOST_LINES].tolist() + likely[_MOST_LINES:][-_MOST_LINES:].tolist():
        if line in known or page.flags[line] & GUARDED:
            continue
        text = shape.folded[line]
        found += _row(line, text) or (_led(line, text) if shape.row[line] else [])
    return found


def _led(line: int, text: str) -> list[Hit]:
    """A row of four short items or more, led by an entry that would prove chrome alone."""
    items = text.split(" ")
    rule = _rule(items[0].strip(EDGES))
    if text.isascii() or rule is None or rule.strength is not Strength.WHOLE or len(items) < _LED_ITEMS or "=" in text:
        return []
    return [Hit(line, 0, len(text), rule)]


def _row(line: int, text: str) -> list[Hit]:
    """The hits of the line's entries if they make it a row, else none."""
    glued = not text.isascii() and text.count(" ") * _GLUED_WORD < len(text)
    parts = list(_glued(text)) if glued else _spaced(text)
    if len(parts) < _LEAST_ENTRIES:
        return []
    whole = sum(rule.strength is Strength.WHOLE for _, _, rule in parts)
    ink = sum(not character.isspace() and character not in EDGES for character in text)
    covered = sum(len("".join(text[start:end].split())) for start, end, _ in parts)
    many = glued and len(parts) >= _MANY and whole >= _MANY_WHOLE
    few = not glued and len(parts) < _MANY
    dense = covered >= (_DENSE_MANY if many else _DENSE_GLUED if glued else _DENSE_FEW if few else _DENSE) * ink
    full = len(parts) > _LEAST_ENTRIES and whole and covered >= _FULL * ink
    if not full and (whole < _LEAST_WHOLE or not dense):
        return []
    return [Hit(line, start, end, rule) for start, end, rule in parts]


def _spaced(text: str) -> list[tuple[int, int, Rule]]:
    """Entries between spaces, the longest first, from left to right; none where they are too few for a row."""
    terms, longest = load().rows.terms, load().rows.words
    words = text.split(" ")
    cores = [core for word in words if (core := word.strip(EDGES))]
    if sum(map(longest.__contains__, cores)) < _LEAST_ENTRIES:
        return []
    found: list[tuple[int, int, Rule]] = []
    place = 0
    while place < len(cores):
        most = min(longest.get(cores[place], 0), _LONGEST_PHRASE, len(cores) - place)
        for size in range(most, 0, -1):
            phrase = cores[place] if size == 1 else " ".join(cores[place : place + size])
            entry = terms.get(phrase)
            if entry is not None and len(phrase) >= _SHORTEST_GLUED:
                found.append((place, place + size - 1, entry.rule))
                place += size
                break
        else:
            place += 1
    if len(found) < _LEAST_ENTRIES:
        return []
    spans = _core_spans(words)
    return [(spans[first][0], spans[last][1], rule) for first, last, rule in found]


def _core_spans(words: Sequence[str]) -> list[tuple[int, int]]:
    """Where in a line of single spaces each word that is more than edges stands, without its edges."""
    spans: list[tuple[int, int]] = []
    at = 0
    for word in words:
        core = word.strip(EDGES)
        if core:
            start = at + word.index(core)
            spans.append((start, start + len(core)))
        at += len(word) + 1
    return spans


def _glued(text: str) -> Iterator[tuple[int, int, Rule]]:
    """Entries one right after the other, the longest first, from left to right."""
    heads = _heads()
    passed = 0
    for place in range(len(text) - _SHORTEST_GLUED + 1):
        if place < passed or text[place : place + _SHORTEST_GLUED] not in heads:
            continue
        for size in range(min(_LONGEST_GLUED, len(text) - place), _SHORTEST_GLUED - 1, -1):
            rule = _rule(text[place : place + size])
            if rule is not None:
                yield place, place + size, rule
                passed = place + size
                break
