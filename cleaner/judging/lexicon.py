"""What is known of chrome, as data: rules by category and language, matched over a whole page in one pass."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.judging.chrome_rules import Entry, Rule, Strength, read_entries
from cleaner.judging.folding import fold
from cleaner.judging.rows import EDGES, RowReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["QUOTED", "SEEN", "Hit", "Lexicon", "Rule", "Strength", "fold", "is_glued", "load"]

_EDGE = f"[{re.escape(EDGES)}]{{0,12}}"
# Longer lines are text: they are no entry or row of entries, and begin with no label.
_LONGEST_LINE = 240
_LONGEST_LABEL = 32
# A pattern sees this much of its line behind its anchor, and the reach of its entry before it, so that the cost of a
# long line is linear.
SEEN = 240
# A line that names an anchor more often than this is no line that people wrote.
_MOST_TRIES = 100
# Letters that need no space around a word: kana, ideographs, Hangul (particles), Thai, Lao, Khmer, Burmese.
_UNSPACED = tuple("\u0e00\u0eff \u1000\u109f \u1100\u11ff \u1780\u17ff \u2e80\u9fff \uac00\ud7af \uf900\ufaff".split())
# What stands in quotes, titles or backticks is talk about the thing, not the thing.
QUOTED = re.compile(
    r'"[^"\n]{1,80}"|“[^”\n]{1,80}”|„[^“”\n]{1,80}[“”]|「[^」\n]{1,80}」|『[^』\n]{1,80}』|《[^》\n]{1,80}》'
    r"|‘[^'’\n]{1,80}[’']|«[^»\n]{1,80}»|`[^`\n]{1,80}`"
)
# A strong hit on so much of a line is the line, whatever entries stand in it.
_ALL = 0.95
_RANK = {Strength.WHOLE: 0, Strength.STRONG: 1, Strength.WEAK: 2}


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's match: `start` and `end` are offsets in the text of the block."""

    block: int
    start: int
    end: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class _Found:
    """A stretch of the joined text, and the entry it was found for."""

    start: int
    end: int
    entry: Entry


class Lexicon:
    """All rules, compiled once; `rows` knows those that are whole lines."""

    rules: tuple[Rule, ...]
    rows: RowReader

    def __init__(self, entries: Iterable[Entry]) -> None:
        from ahocorasick_rs import AhoCorasick

        self.entries = tuple(entries)
        self.rules = tuple(entry.rule for entry in self.entries)
        self.rows = RowReader(self.entries)
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._labels = {label: entry for entry in reversed(self.entries) for label in entry.labels}
        self._opens: dict[str, list[tuple[str, Entry]]] = {}
        literals: dict[str, list[tuple[Entry, bool]]] = {}
        for entry in self.entries:
            for literal in entry.opens:
                self._opens.setdefault(literal[:3], []).append((literal, entry))
            for literal in entry.anchors:
                literals.setdefault(literal, []).append((entry, False))
            for literal in () if entry.line else entry.terms:
                literals.setdefault(literal, []).append((entry, True))
        self._uses = list(literals.values())
        self._automaton = AhoCorasick(list(literals))

    def match(self, texts: Sequence[str], folded: Sequence[str] | None = None) -> list[Hit]:
        """All hits in the texts of a page's blocks, ordered by block, then start; hits of one block don't overlap.

        folded  the texts folded, where the caller has them
        """
        joined = fold("\n".join(texts)) if folded is None else "\n".join(folded)
        lines = joined.split("\n")
        starts: list[int] = []
        found: dict[int, list[_Found]] = {}
        whole = self._read_lines(joined, lines, starts, found)
        self._search_stretches(joined, starts, found, whole)
        blocks, offsets = _blocks(texts, lines, starts)
        hits: list[Hit] = []
        for line in sorted(found):
            begin, end = starts[line], starts[line] + len(lines[line])
            hits.extend(
                Hit(blocks[line], one.start - offsets[line], one.end - offsets[line], one.entry.rule)
                for one in _settle(joined, begin, end, found[line])
            )
        return hits

    def _read_lines(self, joined: str, lines: list[str], starts: list[int], found: dict[int, list[_Found]]) -> set[int]:
        """What the beginning or the whole of a line tells; returns the lines that are an entry as a whole."""
        whole: set[int] = set()
        read, labels, opens = self.rows.read, self._labels, self._opens
        nothing: list[tuple[str, Entry]] = []
        at = 0
        for number, line in enumerate(lines):
            starts.append(at)
            length = len(line)
            if 0 < length <= _LONGEST_LINE:
                core = line.strip(EDGES)
                if core:
                    here: list[_Found] = []
                    row = read(line, core)
                    if row is not None:
                        here += [_Found(at + start, at + end, entry) for start, end, entry in row.parts]
                    if row is not None and row.whole:
                        whole.add(number)
                    else:
                        colon = core.find(":", 1, _LONGEST_LABEL)
                        if colon > 0:
                            entry_of_label = labels.get(core[:colon].rstrip())
                            if entry_of_label is not None:
                                here.append(_Found(at, at + length, entry_of_label))
                        for key in (core[:3], core[:2], "0" if core[0].isdecimal() else core[0]):
                            for opening, entry in opens.get(key, nothing):
                                if len(opening) <= 3 or core.startswith(opening):
                                    match = self._pattern(entry).match(joined, at, at + length)
                                    if match:
                                        here.append(_Found(*match.span(), entry))
                    if here:
                        found[number] = here
            at += length + 1
        return whole

    def _search_stretches(
        self, joined: str, starts: list[int], found: dict[int, list[_Found]], whole: set[int]
    ) -> None:
        """What stands anywhere in a line."""
        searched: dict[tuple[int, str], int] = {}
        tries: dict[tuple[int, str], int] = {}
        line, begin, stop = -1, -1, -1
        uses = self._uses
        for literal, start, end in self._automaton.find_matches_as_indexes(joined, overlapping=True):
            if joined[start].isalpha() and start and is_glued(joined[start - 1], joined[start]):
                continue
            if not begin <= start <= stop:
                line = bisect_right(starts, start) - 1
                begin = starts[line]
                stop = starts[line + 1] - 1 if line + 1 < len(starts) else len(joined)
            if line in whole:
                continue
            for entry, is_term in uses[literal]:
                if is_term:
                    if end == len(joined) or not is_glued(joined[end - 1], joined[end]):
                        found.setdefault(line, []).append(_Found(start, end, entry))
                    continue
                if entry.cover * (stop - begin) > SEEN or joined.find(entry.needs, start, stop) < 0:
                    continue
                key = (line, entry.rule.id)
                tries[key] = tries.get(key, 0) + 1
                if tries[key] > _MOST_TRIES:
                    continue
                low = max(begin, start - entry.reach, searched.get(key, 0))
                if low > start:
                    continue
                spans = self._search(entry, joined, low, min(stop, start + SEEN), stop)
                searched[key] = max([end, *(span.end for span in spans)])
                if spans:
                    found.setdefault(line, []).extend(spans)

    def _search(self, entry: Entry, joined: str, low: int, high: int, stop: int) -> list[_Found]:
        spans = (match.span() for match in self._pattern(entry).finditer(joined, low, high))
        cut = high < stop and entry.pattern.endswith("$")
        return [_Found(start, end, entry) for start, end in spans if start < end and not (cut and end == high)]

    def _pattern(self, entry: Entry) -> re.Pattern[str]:
        """The entry's pattern; compiled when it is first needed, since most are not on most pages."""
        pattern = self._patterns.get(entry.rule.id)
        if pattern is None:
            form = f"^{_EDGE}(?:{entry.pattern}){_EDGE}$" if entry.line else entry.pattern
            pattern = self._patterns[entry.rule.id] = re.compile(form, re.MULTILINE)
        return pattern


def is_glued(left: str, right: str) -> bool:
    """True if the two characters are inside one word of a script that puts spaces between words."""
    return left.isalnum() and right.isalnum() and not _is_unspaced(left) and not _is_unspaced(right)


def _is_unspaced(letter: str) -> bool:
    return letter >= "\u0e00" and any(ends[0] <= letter <= ends[1] for ends in _UNSPACED)


def _settle(joined: str, begin: int, end: int, found: list[_Found]) -> list[_Found]:
    """The hits of one line that count: not in quotes, enough of the line, and no two on the same characters."""
    if len(found) == 1 and found[0].start <= begin and found[0].end >= end:
        return found
    if any(one.entry.rule.strength is not Strength.WHOLE for one in found):
        quoted = [match.span() for match in QUOTED.finditer(joined, begin, end)]
        if quoted:
            found = [
                one
                for one in found
                if one.entry.rule.strength is Strength.WHOLE or not any(a <= one.start < b for a, b in quoted)
            ]
    for one in found:
        if one.entry.rule.strength is Strength.STRONG and one.end - one.start >= _ALL * (end - begin):
            return [one]
    found = _part(joined, found)
    if any(one.entry.cover for one in found):
        size = len(joined[begin:end].strip()) or 1
        share = sum(one.end - one.start for one in found) / size
        found = [one for one in found if one.entry.cover <= share]
    return found


def _is_whole(one: _Found) -> bool:
    return one.entry.rule.strength is Strength.WHOLE


def _part(joined: str, found: list[_Found]) -> list[_Found]:
    """Overlaps resolved: the stronger, then the earlier, then the longer hit wins, and a later label ends a value."""
    found.sort(key=lambda one: (one.start, _RANK[one.entry.rule.strength], one.start - one.end))
    out: list[_Found] = []
    for one in found:
        last = out[-1] if out else None
        if last is None or one.start >= last.end:
            out.append(one)
            continue
        one_rank, last_rank = _RANK[one.entry.rule.strength], _RANK[last.entry.rule.strength]
        if one.start == last.start:
            if one_rank == last_rank and one.end > last.end:
                out[-1] = one
            continue
        same = one.entry.rule.category is last.entry.rule.category
        if one_rank < last_rank or (one_rank == last_rank and (one.end > last.end or not same)):
            out[-1] = _Found(last.start, one.start, last.entry)
            out.append(one)
        elif joined[last.end : one.end].strip():
            out.append(_Found(last.end, one.end, one.entry))
    return [one for one in out if joined[one.start : one.end].strip()]


def _blocks(texts: Sequence[str], lines: list[str], starts: list[int]) -> tuple[Sequence[int], Sequence[int]]:
    """For each line the block it belongs to, and the offset of that block in the joined text."""
    if len(lines) == len(texts) or not texts:
        return range(len(lines)), starts
    blocks: list[int] = []
    offsets: list[int] = []
    at = 0
    for number, text in enumerate(texts):
        count = text.count("\n") + 1
        blocks.extend([number] * count)
        offsets.extend([at] * count)
        at += len(text) + 1
    return blocks, offsets


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The lexicon of `cleaner/data/chrome/*.toml`; read and compiled once a process.

    Raises ValueError where the data are not what they must be.
    """
    return Lexicon(read_entries())
