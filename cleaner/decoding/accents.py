"""Latin text that was read in another Latin charset, which only all of its lines together show."""

from __future__ import annotations

import re
from collections import Counter

from cleaner.decoding.costs import Background, cost
from cleaner.decoding.misreadings import byte_table
from cleaner.decoding.recipes import Misreading, Sequences
from cleaner.decoding.trial import ordinary_cost

_ACCENTS = (
    *(Misreading("cp1252", right) for right in ("cp1250", "iso8859-2", "cp1254", "cp1257", "mac-roman")),
    *(Misreading("cp1250", right) for right in ("cp1252", "cp1254", "cp1257")),
    Misreading("mac-roman", "cp1252"),
    Misreading("cp437", "cp1252"),
)
# Bits that must be saved in all, and for each letter that changes; signs outside of words that may become letters.
_ACCENT_GAIN, _ACCENT_GAIN_EACH = 8.0, 3.0
_ACCENT_SIGNS, _ACCENT_LOST = 0.34, 0.2
# The share of the changes that must be inside of words.
_ACCENT_INSIDE = 0.5
_ACCENT_SAMPLE = 20_000
# What isn't ASCII, with the rest of its words and a sign on each side.
_AROUND = re.compile("(?<![^\\s<>])[^\\s<>\x80-\U0010ffff]*+[^\x00-\x7f][^\\s<>]*")


def best_accents(lines: list[str]) -> Misreading | None:
    """The Latin misreading that makes all lines together clearly shorter."""
    whole = "\n".join(line for line in lines if not line.isascii())[:_ACCENT_SAMPLE]
    text = " ".join(_AROUND.findall(whole))
    counts = Counter(text)
    high = sum(number for character, number in counts.items() if character > "\x7f")
    if high < 2 or not any("a" <= character <= "z" for character in counts):
        return None
    if Sequences("cp1252").undone(text) != text:
        return None  # UTF-8 is left in it, which another charset would only disguise
    languages_of = Background(whole)
    among = whole.encode("ascii", "ignore").decode()
    before = cost(text, languages_of)
    best: tuple[float, Misreading] | None = None
    for recipe in _ACCENTS:
        table = byte_table(recipe.wrong)
        if sum(number for character, number in counts.items() if character not in table) > 0.1 * high:
            continue
        again = recipe.undone(text)
        if again is None or again == text or len(again) != len(text) or _breaks_words(text, again):
            continue
        after = cost(again, languages_of)
        changed = sum(old != new for old, new in zip(text, again, strict=True))
        if before - after < max(_ACCENT_GAIN, _ACCENT_GAIN_EACH * changed) or after > ordinary_cost(again + among):
            continue
        if best is None or after < best[0]:
            best = after, recipe
    return None if best is None else best[1]


def _breaks_words(text: str, again: str) -> bool:
    """Whether signs outside of words become letters (`£20` is no `Ł20`), or letters of words become signs."""
    changed = signs = lost = inside = 0
    for index, (old, new) in enumerate(zip(text, again, strict=True)):
        if old == new:
            continue
        changed += 1
        inside += text[index - 1 : index].isalpha() or text[index + 1 : index + 2].isalpha()
        is_apostrophe = new == "’" and again[index + 1 : index + 2].isalpha()
        lost += old.isalpha() and not new.isalpha() and not is_apostrophe
        if old.isalpha() or not new.isalpha() or text[index - 1 : index].isalpha():
            continue
        following = text[index + 1 : index + 2]
        if following.isdigit():
            return True
        signs += not following.isalpha()
    return inside < _ACCENT_INSIDE * changed or signs > _ACCENT_SIGNS * changed or lost > _ACCENT_LOST * changed
