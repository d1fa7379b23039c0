"""The word lists that features count: words of blocks, and words of class names; compiled once a process."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

# Bits that no list of words has: of years, and of words that the page's title has.
YEAR_BIT = 1 << 20
TITLE_BIT = 1 << 21
COPYRIGHT = "©"  # the one word that is no run of letters and digits
_WORD = re.compile(r"[^\W_]+|©")
_NAME_PART = re.compile(r"[a-z0-9]+|[^\W\d_]+")
# The same for ASCII, which most names are, in a quarter of the time: what stands between parts becomes a space.
_ASCII_PARTS = bytes(code if chr(code).isalnum() and code < 128 else ord(" ") for code in range(256))
_YEARS = range(1985, 2040)


@dataclass(frozen=True, slots=True)
class BlockWords:
    """Words that hint at what a block is.

    bits     bit of each list, by its name
    masks    bits of each word
    terms    finds terms in writing without spaces; None if there are none
    term_masks bits of each term
    particles characters that prose can't do without
    """

    bits: dict[str, int]
    masks: dict[str, int]
    terms: re.Pattern[str]
    term_masks: dict[str, int]
    particles: str

    def find_words(self, text: str) -> list[str]:
        """All words of a lower-cased text."""
        return _WORD.findall(text)


@dataclass(frozen=True, slots=True)
class NameGroup:
    """One group of words in class names."""

    name: str
    tone: str
    stems: tuple[str, ...]
    names: frozenset[str]


class Naming(NamedTuple):
    """What the names of an element say: `groups` as bits, and how many of its parts speak of content or chrome."""

    groups: int = 0
    content: int = 0
    chrome: int = 0


@cache
def block_words() -> BlockWords:
    """The lists of `block-words.toml`."""
    lists = _read("block-words.toml")
    bits = {name: 1 << index for index, name in enumerate(lists)}
    masks: dict[str, int] = {str(year): YEAR_BIT for year in _YEARS}
    term_masks: dict[str, int] = {}
    for name, entry in lists.items():
        for word in entry["words"].split():
            masks[word] = masks.get(word, 0) | bits[name]
        for term in entry.get("terms", ()):
            if len(term) > 1:
                term_masks[term] = term_masks.get(term, 0) | bits[name]
    longest_first = sorted(term_masks, key=len, reverse=True)
    particles = "".join(term for term in lists["stop"]["terms"] if len(term) == 1)
    return BlockWords(bits, masks, re.compile("|".join(map(re.escape, longest_first))), term_masks, particles)


@cache
def name_groups() -> tuple[NameGroup, ...]:
    """The groups of `class-words.toml`; their order gives their bits."""
    return tuple(
        NameGroup(name, entry.get("tone", ""), tuple(entry["stems"]), frozenset(entry["names"]))
        for name, entry in _read("class-words.toml").items()
    )


@lru_cache(maxsize=50_000)
def naming(words: str) -> Naming:
    """What the names of one element say, from its lower-cased class, id, role and item property text."""
    groups = content = chrome = 0
    for part in set(parts_of(words)):
        said = _parts[part]
        if said is not None:
            groups |= said.groups
            content += said.content
            chrome += said.chrome
    return Naming(groups, content, chrome) if groups else _SAYS_NOTHING


def parts_of(words: str) -> list[str]:
    """The runs of letters and digits in an element's lower-cased names."""
    if words.isascii():
        return words.encode().translate(_ASCII_PARTS).decode().split()
    return _NAME_PART.findall(words)


class _Parts(dict[str, Naming | None]):
    """What each part of a name says, read when it is first met; None if it says nothing."""

    def __missing__(self, part: str) -> Naming | None:
        if len(self) >= _MOST_PARTS:
            self.clear()
        said = self[part] = _read_part(part)
        return said


_MOST_PARTS = 50_000  # pages number their elements; what they say must not fill the memory
_parts = _Parts()


def _read_part(part: str) -> Naming | None:
    index = _name_index()
    groups = index.exact.get(part, 0)
    for stem, _, _ in index.stems.find_matches_as_indexes(part, overlapping=True):
        groups |= index.stem_bits[stem]
    if not groups:
        return None
    tones = {group.tone for number, group in enumerate(name_groups()) if groups >> number & 1}
    return Naming(groups, int("content" in tones), int("chrome" in tones))


_SAYS_NOTHING = Naming()


class _NameIndex(NamedTuple):
    """Whole parts and their bits; what finds the stems in a part, and the bit of each stem."""

    exact: dict[str, int]
    stems: AhoCorasick
    stem_bits: tuple[int, ...]


@cache
def _name_index() -> _NameIndex:
    from ahocorasick_rs import AhoCorasick

    exact: dict[str, int] = {}
    stems: list[tuple[str, int]] = []
    for number, group in enumerate(name_groups()):
        for name in group.names:
            exact[name] = exact.get(name, 0) | 1 << number
        stems += [(stem, 1 << number) for stem in group.stems]
    return _NameIndex(exact, AhoCorasick([stem for stem, _ in stems]), tuple(bit for _, bit in stems))


def _read(name: str) -> dict[str, dict[str, Any]]:
    text = files("cleaner.data.words").joinpath(name).read_text("utf-8")
    return tomllib.loads(text)
