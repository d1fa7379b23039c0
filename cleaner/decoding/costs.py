"""What a text costs as a message, in bits: the one measure that decides between readings of the same bytes.

Every letter is charged by how rarely the languages of its script put it after the letter before it, Chinese, Japanese
and Korean characters by how rare they are, everything else by kind. ASCII alone costs nothing, since all readings
share it; it only helps to tell which language of the Latin script it is. The right reading is the shortest message.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from operator import mul
from typing import TYPE_CHECKING

from cleaner.decoding.character_costs import MARKS, WIDE_MARKS, generic
from cleaner.decoding.languages import (
    ASCII_PLACES,
    CHARACTER_UNITS,
    LETTER_UNITS,
    OTHER_LETTER,
    SCRIPTS,
    WIDE,
    characters,
    languages,
    latin_costs_among_ascii,
    script_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.decoding.languages import Language

# Bits, each from readings that came out wrong without it.
NEW_SCRIPT = 8.0  # a script that the text uses at all
NEW_LANGUAGE = 5.0  # a pair of letters of a Latin language other than the text's own
INSIDE_WORD = 9.0  # a change of script between two letters of one word
CAPITAL = 1.5  # a marked capital
CAPITAL_AFTER_SMALL = 5.0  # a capital after a small letter of the same word
SYMBOL_IN_WORD = 7.0  # a symbol where a letter would stand
UNKNOWN_LETTER = 3.0  # a letter that none of the script's languages has, above its pair's own cost

# Words of Latin letters with a marked one; each is begun once only, so that long runs of letters cost no more.
_MARKED = "\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_LATIN_WORD = re.compile(f"(?<![A-Za-z{_MARKED}])[A-Za-z]*+[{_MARKED}][A-Za-z{_MARKED}]*")
_RUNS = {name: re.compile(f"[{letters}]+") for name, letters in SCRIPTS}
# Two letters of different scripts side by side, but for the pairs that occur: Latin beside Han, kana or Hangul.
_OTHERS = {script: "".join(letters for name, letters in SCRIPTS if name != script) for script, _ in SCRIPTS}
_CHANGE = re.compile(
    "|".join(f"[{letters}](?=[{_OTHERS[script]}{'' if script == 'latin' else WIDE}])" for script, letters in SCRIPTS)
    + f"|[{WIDE}](?=[{_OTHERS['latin']}])"
)
_CAPITAL_AFTER_SMALL = re.compile(
    "[a-zß-öø-ÿšžœа-яёѐ-џα-ωάέήίόύώ](?=[À-ÖØ-ÞŠŽŒŸА-ЯЁЂ-ЏΑ-ΩΆ-Ώ])|[ß-öø-ÿšžœа-яёѐ-џα-ωάέήίόύώ](?=[A-Z])"
)
_CAPITALS = re.compile("(?<![A-Z])[À-ÖØ-ÞŠŽŒŸĄĆĘŁŃŚŹŻČĎĚŇŘŤŮŐŰĂȘȚŞŢĞİĖĮŲŪĀĒĢĪĶĻŅ](?![A-Z])")
_LETTERS = "".join(letters for _, letters in SCRIPTS)
_JOINING_MARKS = frozenset("’‘…–—‐‑−\xa0\xadʼ")
# A mark that no word has inside it, between two letters, or a symbol right before a word.
_SYMBOL_IN_WORD = re.compile(
    f"(?<=[{_LETTERS}])[^\x00-\x7f{_LETTERS}{WIDE}{''.join(_JOINING_MARKS)}\u0300-\u036f\u064b-\u0652\u3000-\u303f](?=[{_LETTERS}])"
    f"|(?<![{_LETTERS}])[¢¤-§¨¬®¯±-´¶¸-¾](?=[{_LETTERS}])"
)
# Marks that a text which uses them at all uses often: they cost less where there are many, but not less than this.
_REPEATED = frozenset("\xa0\xad’‘“”–—…«»•·")
_LEAST_REPEATED = 3.0
_COMBINING = re.compile("[\u0300-\u0323]")


class Background:
    """What the ASCII words of a document say of its Latin language; worked out when the first Latin letter asks."""

    __slots__ = ("_order", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._order: tuple[tuple[int, float], ...] | None = None

    @property
    def order(self) -> tuple[tuple[int, float], ...]:
        """The position of each language, counted from 1, and the bits that the words cost more in it than in the best.

        The best language comes first.
        """
        if self._order is None:
            self._order = _languages_of_words(self._text)
            self._text = ""
        return self._order


_WORDS = re.compile("[A-Za-z]{2,40}")
# Letters after letters aren't independent, and lists of names are no text: the evidence counts less, and has an end.
_BACKGROUND_WEIGHT = 0.8
_BACKGROUND_LIMIT = 60.0
# Characters of the words, and kinds of pairs of letters, that are enough to tell the language by.
_BACKGROUND_SAMPLE, _BACKGROUND_PAIRS = 20_000, 250


def _languages_of_words(text: str) -> tuple[tuple[int, float], ...]:
    words = " ".join(_WORDS.findall(text[:_BACKGROUND_SAMPLE])).lower()
    pairs = Counter(zip(f" {words}", f"{words} ", strict=True)).most_common(_BACKGROUND_PAIRS)
    places = [ASCII_PLACES[first] * len(ASCII_PLACES) + ASCII_PLACES[second] for (first, second), _ in pairs]
    counts = [count for _, count in pairs]
    weight = _BACKGROUND_WEIGHT / LETTER_UNITS
    bits = [
        weight * sum(map(mul, counts, map(among_ascii.__getitem__, places)))
        for among_ascii in latin_costs_among_ascii()
    ]
    least = min(bits)
    excess = ((position, min(_BACKGROUND_LIMIT, cost - least)) for position, cost in enumerate(bits, 1))
    return tuple(sorted(excess, key=lambda item: item[1]))


_ASCII_BYTES = bytes(range(128))


def high_characters(text: str) -> str:
    """The characters of the text that aren't ASCII, in their order."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII_BYTES).decode("utf-8", "surrogatepass")


def cost(text: str, languages_of: Background | None = None, *, limit: float = math.inf) -> float:
    """The bits of the non-ASCII characters of `text`; `languages_of` says what its Latin languages may be.

    A text that costs more than `limit` may be given a cost that is too low, but not lower than the limit.
    """
    if text.isascii():
        return 0.0
    if _COMBINING.search(text):
        text = unicodedata.normalize("NFC", text)
    by_script: dict[str, list[tuple[str, int]]] = {}
    high = high_characters(text)
    for character, count in Counter(high).items():
        by_script.setdefault(script_of(character), []).append((character, count))
    marks = by_script.pop("", [])
    length = len(high)
    languages_of = languages_of or Background(text)
    text = text.replace("\xad", "")  # soft hyphens stand inside of words
    # No pattern below looks beyond a space, nor at words that are only ASCII.
    text = " ".join([words for words in text.split(" ") if not words.isascii()])
    wide = by_script.pop("wide", None)
    total = _of_marks(marks, length, beside_wide=wide is not None)
    if wide is not None:
        total += NEW_SCRIPT + _of_ideographs(wide)
    if total > limit:
        return total
    for script, letters in by_script.items():
        if script == "latin":
            total += _latin(text, languages_of, limit - total)
        else:
            total += NEW_SCRIPT + _alphabetic(text, script)
        if any(character.isupper() for character, _ in letters):
            total += CAPITAL_AFTER_SMALL * len(_CAPITAL_AFTER_SMALL.findall(text))
    if len(by_script) + (wide is not None) + ("latin" not in by_script) > 1:
        total += INSIDE_WORD * len(_CHANGE.findall(text))
    return total + _symbols_in_words(text, marks)


def _of_marks(marks: list[tuple[str, int]], length: int, *, beside_wide: bool) -> float:
    """Marks among `length` characters that are not ASCII."""
    total = 0.0
    for mark, count in marks:
        bits = WIDE_MARKS.get(mark) if beside_wide else None
        if bits is None:
            bits = MARKS.get(mark)
        if bits is None:
            bits = generic(mark)
        again = bits
        if mark in _REPEATED:  # a text that uses such a mark at all uses it often
            again = min(bits, max(_LEAST_REPEATED, math.log2(length / count) + 2))
        total += bits + again * (count - 1)
    return total


def _of_ideographs(ideographs: list[tuple[str, int]]) -> float:
    """Han, kana and Hangul under the best of the languages that are written in them."""
    best = float("inf")
    for table in characters().values():
        total = 0.0
        for character, count in ideographs:
            units = table.get(character)
            total += count * (units / CHARACTER_UNITS if units is not None else generic(character) + 1)
        best = min(best, total)
    return best


def _symbols_in_words(text: str, marks: list[tuple[str, int]]) -> float:
    if any(mark not in _JOINING_MARKS for mark, _ in marks):
        return SYMBOL_IN_WORD * len(_SYMBOL_IN_WORD.findall(text))
    return 0.0


def _latin(text: str, languages_of: Background, limit: float) -> float:
    """Marked letters in the words around them, under the best Latin language."""
    joined = " ".join(_LATIN_WORD.findall(text))
    lowered = joined.replace("\u0130", "i").lower()
    pairs = [
        pair
        for pair in Counter(zip(f" {lowered}", f"{lowered} ", strict=True)).items()
        if pair[0][0] > "\x7f" or pair[0][1] > "\x7f"
    ]
    if not pairs:
        return 0.0
    counts = [count for _, count in pairs]
    columns = tuple(zip(*[_latin_pair_bits(*pair) for pair, _ in pairs], strict=True))
    # No language can do better than each pair in the language in which it is most at home.
    least: float = sum(map(mul, counts, columns[0]))
    if least > limit:
        return least
    best = math.inf
    for position, excess in languages_of.order:
        if excess + least >= best:
            break
        best = min(best, excess + sum(map(mul, counts, columns[position])))
    return best + CAPITAL * len(_CAPITALS.findall(joined))


@lru_cache(16384)
def _latin_pair_bits(first: str, second: str) -> tuple[float, ...]:
    """The same as `latin_pair_costs`, where a text may borrow a pair from another language."""
    least, *bits = latin_pair_costs(first, second)
    return (least, *(min(least + NEW_LANGUAGE, each) for each in bits))


@lru_cache(16384)
def latin_pair_costs(first: str, second: str) -> tuple[float, ...]:
    """The bits of the second letter after the first: the least of the Latin languages, then each of them in order."""
    bits = [_pair(language, first, second) for language in languages()["latin"]]
    return (min(bits), *bits)


def _pair(language: Language, first: str, second: str) -> float:
    index = language.positions
    a = index.get(first, 0 if first == " " else OTHER_LETTER)
    b = index.get(second, 0 if second == " " else OTHER_LETTER)
    bits = language.costs[a * language.size + b] / LETTER_UNITS
    return bits if b != OTHER_LETTER else max(bits, generic(second) + UNKNOWN_LETTER)


def _alphabetic(text: str, script: str) -> float:
    """All letters of a script that isn't Latin, under the best of its languages."""
    joined = " ".join(_RUNS[script].findall(text)).lower()
    pairs = Counter(zip(f" {joined}", f"{joined} ", strict=True)).items()
    return min(_total(pairs, language) for language in languages()[script])


def _total(pairs: Iterable[tuple[tuple[str, str], int]], language: Language) -> float:
    index, size, costs = language.positions, language.size, language.costs
    units = unknown = 0
    for (first, second), count in pairs:
        a = index.get(first, 0 if first == " " else OTHER_LETTER)
        b = index.get(second, 0 if second == " " else OTHER_LETTER)
        units += count * costs[a * size + b]
        if b == OTHER_LETTER:
            unknown += count
    return units / LETTER_UNITS + unknown * UNKNOWN_LETTER
