"""Lines that are an entry of the chrome data as a whole, or a row of them: "Home | News | Contact"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.judging.chrome_rules import Entry, Rule, Strength
from cleaner.verdict import Category

if TYPE_CHECKING:
    from collections.abc import Iterable

# What may stand around an entry; quotes may not, since what stands in quotes is talked about.
EDGES = (
    " \t\r\v\f\u200b\u200e\u200f\ufeff.,;:!?。，、；：！？…|·*+-_=~^#<>[](){}【】/\\&»«☰×✕✖▼▲△▽▾▴◀←↑↓⇧⇩↵↗✓✔★☆♥♡❤※○□◎►"
)
# An entry with its decoration is never longer; nor is a row of them with single spaces between.
_LONGEST_ENTRY = 72
_LONGEST_SPACED = 96
_LONGEST_SPREAD = 20  # "关 于 我 们"
# "and/or" is no row; "News/Sports/Contact" is.
_LONGEST_SLASHED = 40
_SPLIT = re.compile(r"[|·>/\[\]【】»]| {2,}| - ")
_COUNT = re.compile(r"[\s:]{0,3}[(\[]\s?\d[\d,.]{0,9}\s?[k万]?\+?\s?[)\]]$|:\s?\d[\d,]{0,5}$")
_LONGEST_PHRASE = 4
_LONGEST_ROW = 24
_ROW_PART = Entry(Rule("row-part", Category.NAVIGATION, Strength.WHOLE))


@dataclass(frozen=True, slots=True)
class Row:
    """Parts of a line: start and end in the line, and the entry. `whole` if one entry is the line."""

    parts: tuple[tuple[int, int, Entry], ...]
    whole: bool


class RowReader:
    """Looks lines up among the terms that are whole lines.

    terms  the terms without their edges
    words  of the first word of each term, how many words a term so begun has at most
    """

    terms: dict[str, Entry]
    words: dict[str, int]

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.terms = {}
        for entry in entries:
            if entry.line:
                for term in entry.terms:
                    core = term.strip(EDGES)
                    if core:
                        self.terms.setdefault(core, entry)
        # The first and last words of entries, to pass over text quickly; and how many words an entry so begun has.
        self.words = {}
        for core in self.terms:
            first, words = core.partition(" ")[0], core.count(" ") + 1
            self.words[first] = max(words, self.words.get(first, 0))
        self._last = {core.rpartition(" ")[2] for core in self.terms}

    def read(self, line: str, core: str) -> Row | None:
        """The line as an entry or a row of entries; None if it is neither.

        line  folded, at most a few hundred characters
        core  the line without its edges
        """
        found = None
        if len(core) <= _LONGEST_ENTRY:
            found = self.terms.get(core)
            if found is None and (
                core[-1].isdecimal() or (len(core) <= _LONGEST_SPREAD and " " in core and not core.isascii())
            ):
                found = self._decorated(line, core)
        if found is not None:
            start = len(line) - len(line.lstrip())
            return Row(((start, len(line.rstrip()), found),), whole=True)
        if (
            "|" in core
            or "·" in core
            or ">" in core
            or " / " in core
            or ("/" in core and len(core) <= _LONGEST_SLASHED and "://" not in core)
            or "  " in core
            or "[" in core
            or "【" in core
            or " - " in core
        ):  # five times as fast as a regular expression
            row = self._separated(line)
            if row is not None:
                return row
        if len(core) <= _LONGEST_SPACED:
            first, space, rest = core.partition(" ")
            if space and first in self.words and rest.rpartition(" ")[2] in self._last:
                return self._spaced(line, core)
        return None

    def _entry(self, text: str) -> Entry | None:
        core = text.strip(EDGES)
        if not core:
            return None
        found = self.terms.get(core)
        return found if found is not None else self._decorated(text, core)

    def _decorated(self, text: str, core: str) -> Entry | None:
        """The entry behind which a count stands, or that has spaces between its characters."""
        last = text.rstrip()[-1:]
        if last in ")]" or last.isdigit():
            bare = _COUNT.sub("", text.rstrip()).strip(EDGES)
            if bare != core:
                return self.terms.get(bare)
        if " " in core and _is_wide(core[0]):
            return self.terms.get(core.replace(" ", ""))
        return None

    def _separated(self, line: str) -> Row | None:
        """A row whose parts stand between separators, at least half of them entries."""
        spans: list[tuple[int, int]] = []
        at = 0
        for match in _SPLIT.finditer(line):
            if match.start() > at:
                spans.append((at, match.start()))
            at = match.end()
        spans.append((at, len(line)))
        parts = [(start, end, self._entry(line[start:end])) for start, end in spans if line[start:end].strip(EDGES)]
        known = sum(entry is not None for _, _, entry in parts)
        if len(parts) < 2 or known * 2 < len(parts) or (len(parts) == 2 and known < 2):
            return None
        return _row([(start, end, entry or _ROW_PART) for start, end, entry in parts])

    def _spaced(self, line: str, core: str) -> Row | None:
        """A row whose parts stand between single spaces: every part an entry, three at least, two in CJK."""
        words = core.split(" ")
        if len(words) > _LONGEST_ROW:
            return None
        parts: list[tuple[int, int, Entry]] = []
        at, place = 0, line.index(core)
        while at < len(words):
            longest = self.words.get(words[at], 1)
            for size in range(min(longest, _LONGEST_PHRASE, len(words) - at), 0, -1):
                phrase = " ".join(words[at : at + size])
                entry = self.terms.get(phrase.strip(EDGES))
                if entry is not None:
                    parts.append((place, place + len(phrase), entry))
                    at += size
                    place += len(phrase) + 1
                    break
            else:
                return None
        if _is_wide(core[0]):
            return _row(parts) if len(parts) > 1 else None
        # In a sentence every word may be a name of some menu ("world science forum"), but not every other one.
        proven = sum(_proves(entry) for _, _, entry in parts)
        return _row(parts) if len(parts) > 2 and 2 * proven >= len(parts) else None


def _row(parts: list[tuple[int, int, Entry]]) -> Row:
    """Three entries in a row prove each other, whatever each would prove alone."""
    if len(parts) > 2:
        parts = [(start, end, entry if _proves(entry) else _ROW_PART) for start, end, entry in parts]
    return Row(tuple(parts), whole=False)


def _is_wide(character: str) -> bool:
    """True for ideographs, kana and Hangul; a pattern of these ranges takes longer to compile than it saves."""
    return "\u2e80" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af"


def _proves(entry: Entry) -> bool:
    return entry.rule.strength is Strength.WHOLE
