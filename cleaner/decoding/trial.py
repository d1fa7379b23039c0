"""Undoing misreadings on trial: which one makes a line the shortest message."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from cleaner.decoding.choices import CYRILLIC, likely_recipes
from cleaner.decoding.costs import cost, high_characters
from cleaner.decoding.languages import script_of
from cleaner.decoding.misreadings import ONE_BYTE, SEVERAL_BYTES
from cleaner.decoding.recipes import Misreading, Sequences
from cleaner.decoding.suspicion import GONE, sequences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.decoding.costs import Background
    from cleaner.decoding.recipes import Recipe

# Bits that a repair must save, by what it turns into what; a repair that turns few characters must save more of each.
_GAIN = 10.0
_GAIN_CYRILLIC = 12.0
_GAIN_INVERTED = 5.0
_GAIN_AGREED = -2.0  # the script is there already, and needs no bits of its own
_GAIN_FROM_CJK = 16.0
# Every fourth ideograph of GB 2312 is by chance a Greek or Cyrillic letter in UTF-8.
_GAIN_WITHOUT_WIDE = 30.0
_NEVER = float("inf")
_GAIN_EACH_SEQUENCE = 6.0
_GAIN_LONE_SEQUENCE = 30.0
_USUAL = ("cp1252", "cp1251")
_SHORTER = 0.8
# Bits a character of ordinary text at most: Han, kana and Hangul; letters of Greek to Thai; Latin letters and marks.
_ORDINARY = {"wide": 12.0, "greek": 6.8, "cyrillic": 6.5, "hebrew": 6.8, "arabic": 7.0, "thai": 7.0}
_ORDINARY_OTHER = 10.5
_ORDINARY_MORE = 16.0
_MARKED_SHARE, _LESS_DENSE = 0.45, 8.0
_ALL_MARKED, _DENSE_MORE, _DENSE_LETTER = 0.8, 10.0, 6.5
_MOSTLY_LOST = 0.4
# Characters from which a whole reading as UTF-8 is proof by itself, and what its cost counts then: where some are lost,
# it is better than its sequences alone, which leave the rest of the lost ones.
_PROOF, _PROOF_WEIGHT, _LOSSY_PROOF_WEIGHT = 4, 0.25, 0.6
# Characters of a line by which its recipe is chosen.
_LONGEST = 4_000


# An ideograph inside a word of small Latin letters.
_WIDE_IN_WORD = re.compile("[a-zß-ɏ][\u3400-\u9fff\uac00-\ud7a3]{1,3}[a-z]")
_BESIDE = 20
_STRETCH = re.compile(f"[^\n]{{0,{_BESIDE}}}[^\x00-\x7f]+[^\n]{{0,{_BESIDE}}}")
_HIGH = re.compile("[^\x00-\x7f]")
_WIDE_IN_ANY_WORD = re.compile("[A-Za-zß-ɏ][\u3040-\u9fff\uac00-\ud7a3]{1,3}[A-Za-z]")
# Shares of the characters that come out which are of the script that a charset is for.
_SAME_AGAIN = re.compile(r"([^\x00-\x7f])\1{3}")  # a ruled line, not a word
_OF_SCRIPT, _OF_WIDE, _OF_CYRILLIC = 0.7, 0.4, 0.4
# A line that speaks of encodings may quote mojibake; single signs in it stay.
_ABOUT_ENCODINGS = re.compile(
    r"\b(?:mojibake|encod(?:ed|ing)|decod(?:ed|ing)|misread|utf-?8|latin-?1|charset|code ?page|glyph|letter|character)"
    r"|乱码|亂碼|文字化け|编码|編碼|кодировк|crakozyabr",
    re.IGNORECASE,
)
_FEW_QUOTED = 8
_IN_WORD = re.compile("(?:[A-Za-z][^\x00-\x7f]{2,}|[^\x00-\x7f]{2,})[a-z]")
_INVERTED = re.compile("(?<![А-ЯЁа-яё])[а-яё][А-ЯЁ]{2}")
# A word between charsets of East Asia has at least so many characters; a rare one that is doubled counts only once.
_FEWEST_WIDE, _SHORT_WORD = 3, 4
_DOUBLED = re.compile(r"([\u3400-\u9fff])\1")
_HAN_BESIDE_HANGUL = re.compile("[\u3400-\u9fff][\uac00-\ud7a3]|[\uac00-\ud7a3][\u3400-\u9fff]")


def ordinary_cost(text: str) -> float:
    """What the characters of ordinary text of these scripts cost at most."""
    letters = marked = 0
    total = _ORDINARY_MORE
    for character, count in Counter(text).items():
        if character <= "\x7f":
            letters += count if character.isalpha() else 0
            continue
        script = script_of(character)
        marked += count if script == "latin" else 0
        total += count * _ORDINARY.get(script, _ORDINARY_OTHER)
    if marked >= 3 and marked > _ALL_MARKED * (marked + letters):
        return _DENSE_MORE + total - _ORDINARY_MORE - (_ORDINARY_OTHER - _DENSE_LETTER) * marked
    # No language writes more than two fifths of its letters with marks.
    return total - _LESS_DENSE * max(0.0, marked - _MARKED_SHARE * (marked + letters) - 1)


class Found(NamedTuple):
    """A recipe that helps a line: the line after it, the bits that it saves, and whether that is ordinary text then."""

    recipe: Recipe
    text: str
    gain: float
    is_ordinary: bool


def agreed_reading(line: str, languages_of: Background, recipe: Recipe) -> Found | None:
    """The line after a recipe that helps other lines of its document; there it needs no large gain."""
    return _of_whole_line(line, _agreed_reading(_sampled(line), languages_of, recipe))


def best_reading(line: str, languages_of: Background) -> Found | None:
    """The line after the recipe that helps it most; None if it is best as it is."""
    return _of_whole_line(line, _best_reading(_sampled(line), languages_of))


def _sampled(line: str) -> str:
    """A long line's surroundings of what may be misread UTF-8, or of what isn't ASCII."""
    if len(line) <= _LONGEST:
        return line
    around = [line[max(0, match.start() - 40) : match.end() + 40] for match in islice(sequences().finditer(line), 50)]
    return " ".join(around or islice(_stretches(line), _LONGEST))[:_LONGEST]


def _stretches(line: str) -> Iterator[str]:
    """What isn't ASCII, with up to so many characters on each side."""
    done = 0
    while high := _HIGH.search(line, done):
        start = max(done, high.start() - _BESIDE, line.rfind("\n", done, high.start()) + 1)
        around = _STRETCH.match(line, start)
        if around is None:
            return
        yield around[0]
        done = around.end()


def _of_whole_line(line: str, found: Found | None) -> Found | None:
    if found is None or len(line) <= _LONGEST:
        return found
    recipes = [found.recipe]
    if isinstance(found.recipe, Misreading) and found.recipe.right == "utf-8" and found.recipe.wrong in ONE_BYTE:
        recipes.append(Sequences(found.recipe.wrong))  # the rest of so long a line may be right
    for recipe in recipes:
        again = recipe.undone(line)
        if again is not None and again != line and again.count("\ufffd") <= line.count("\ufffd"):
            return found._replace(recipe=recipe, text=again)
    return None


def _agreed_reading(line: str, languages_of: Background, recipe: Recipe) -> Found | None:
    if not _may_be_repaired(line):
        return None
    again = recipe.undone(line)
    if again is None or again == line or not _is_plausible(recipe, line, again):
        return None
    before, after = cost(line, languages_of), cost(again, languages_of)
    if before - after < _GAIN_AGREED:
        return None
    return Found(recipe, again, before - after, after <= ordinary_cost(again))


def _best_reading(line: str, languages_of: Background) -> Found | None:
    if not _may_be_repaired(line):
        return None
    high = len(high_characters(line))
    before = cost(line, languages_of)
    quoting = high <= _FEW_QUOTED and _ABOUT_ENCODINGS.search(line) is not None
    best: tuple[float, Found] | None = None
    for recipe in likely_recipes(line, high, ordinary=before <= ordinary_cost(line)):
        again = recipe.undone(line)
        if again is None or again == line or not _is_plausible(recipe, line, again):
            continue
        if quoting and _quotes_itself(line, again):
            continue
        after = cost(again, languages_of)
        if before - after <= _need(recipe, line, again, high) or after >= _SHORTER * before:
            continue
        is_ordinary = after <= ordinary_cost(again)
        proof = _is_proof(recipe, high)
        if not (proof or is_ordinary or _is_half_way(recipe, again, languages_of)):
            continue
        rank = after * (1.0 if not proof else _LOSSY_PROOF_WEIGHT if "\ufffd" in again else _PROOF_WEIGHT)
        if best is None or rank < best[0]:
            best = rank, Found(recipe, again, before - after, is_ordinary)
    return None if best is None else best[1]


def _is_proof(recipe: Recipe, high: int) -> bool:
    """Whether so many bytes are hardly ever UTF-8 by chance."""
    return isinstance(recipe, Misreading) and recipe.right == "utf-8" and recipe.wrong in ONE_BYTE and high >= _PROOF


def _may_be_repaired(line: str) -> bool:
    """Whether there is something to repair, enough of it is left, and it isn't quoted in a text about encodings."""
    if line.isascii() or GONE.search(line):
        return False
    high = len(high_characters(line))
    if line.count("\ufffd") > _MOSTLY_LOST * high:
        return False
    return high > _FEW_QUOTED or _ABOUT_ENCODINGS.search(line) is None or _IN_WORD.search(line) is not None


def _quotes_itself(line: str, again: str) -> bool:
    """Whether a word that would come out stands in the line already: it shows mojibake beside the right word."""
    words = set(line.split())
    return any(word in words for word in again.split() if not word.isascii())


def _is_half_way(recipe: Recipe, again: str, languages_of: Background) -> bool:
    """Whether what comes out of UTF-8 is once more UTF-8 that was misread, and ordinary text after that."""
    if isinstance(recipe, Misreading) and recipe.right != "utf-8":
        return False
    twice = Sequences("cp1252").undone(again)
    return twice is not None and twice != again and cost(twice, languages_of) <= ordinary_cost(twice)


_SCRIPT_OF_TARGET = {
    **dict.fromkeys(CYRILLIC, "cyrillic"),
    **dict.fromkeys((*SEVERAL_BYTES, "euc_jp"), "wide"),
    "cp1253": "greek",
    "cp1255": "hebrew",
    "cp1256": "arabic",
    "cp874": "thai",
}


def _has_cyrillic(line: str) -> bool:
    """Whether most of what isn't ASCII are Cyrillic letters, and not the lines of a box."""
    high = high_characters(line)
    return sum(script_of(character) == "cyrillic" for character in high) > _OF_CYRILLIC * len(high)


def _is_plausible(recipe: Recipe, line: str, again: str) -> bool:
    """Whether the text that comes out is mostly of the script that the charset is for, and not inside Latin words."""
    if not isinstance(recipe, Misreading) or recipe.right not in _SCRIPT_OF_TARGET:
        return True
    script = _SCRIPT_OF_TARGET[recipe.right]
    high = high_characters(again)
    of_script = sum(script_of(character) == script for character in high)
    if script != "wide":
        if _SAME_AGAIN.search(again) or (recipe.wrong in CYRILLIC and not _has_cyrillic(line)):
            return False
        return of_script > _OF_SCRIPT * len(high)
    # Full-width signs, brackets and symbols come with the charset, too.
    of_script += sum("\u2010" <= character <= "\u303f" or "\uff01" <= character <= "\uffe6" for character in high)
    if of_script <= _OF_WIDE * len(high):
        return False
    in_word = _WIDE_IN_ANY_WORD if len(high) <= 3 else _WIDE_IN_WORD
    return recipe.wrong not in ONE_BYTE or in_word.search(again) is None


def _need(recipe: Recipe, line: str, again: str, high: int) -> float:
    if isinstance(recipe, Sequences):
        turned = len(line) - len(again)
        if turned <= 2 and recipe.wrong not in _USUAL and high >= len(line) - turned:
            return _GAIN_LONE_SEQUENCE
        return max(_GAIN, _GAIN_EACH_SEQUENCE * max(1, turned // 2))
    if not isinstance(recipe, Misreading):
        return _GAIN
    if recipe.wrong in SEVERAL_BYTES and recipe.right != "utf-8":
        enough = high >= _FEWEST_WIDE and not (high <= _SHORT_WORD and _DOUBLED.search(line))
        return _GAIN_FROM_CJK if enough or _HAN_BESIDE_HANGUL.search(line) else _NEVER
    if recipe.wrong in SEVERAL_BYTES and high == len(line) and not any(script_of(sign) == "wide" for sign in again):
        return _GAIN_WITHOUT_WIDE
    if recipe.wrong in CYRILLIC and recipe.right in CYRILLIC:
        return _GAIN_INVERTED if _INVERTED.search(line) else _GAIN_CYRILLIC
    return _GAIN
