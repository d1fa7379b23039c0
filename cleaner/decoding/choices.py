"""Which misreadings may have happened to a line, by the kinds of its characters."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.decoding.costs import high_characters
from cleaner.decoding.misreadings import ONE_BYTE, SEVERAL_BYTES, sequence_pattern
from cleaner.decoding.recipes import ByFtfy, Misreading, Sequences

if TYPE_CHECKING:
    from cleaner.decoding.recipes import Recipe

CYRILLIC = ("cp1251", "koi8-r", "cp866")
# Letters that ISO-8859-15 has in other places than Windows-1252.
_LATIN_9 = frozenset("ŠšŽžŒœŸ€")
_SINGLE_TARGETS = ("cp1251", "koi8-r", "cp1253", "cp1256", "cp1255", "cp874")

# Where so much of the letters is ASCII, misreadings are single sequences in text that is right otherwise.
# Two-byte text has at least so many characters above ASCII even where half of its bytes look like letters.
_DENSE, _THICK = 0.35, 0.25
# Ideographs alone among ASCII; `鈥` begins quotes and dashes that were read as GB18030, and no word.
_LONE_IDEOGRAPH = re.compile(
    "(?<![\u2e80-\ud7a3\uff00-\uffef])[\u3400-\u9fff\uac00-\ud7a3]{1,3}(?![\u2e80-\ud7a3\uff00-\uffef])|鈥"
)
_NO_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalpha())


@lru_cache(8192)
def _kind(character: str) -> str:
    code = ord(character)
    if 0x80 <= code < 0x100 or character in "ŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™":
        return "one-byte"
    if 0x3000 <= code < 0xA000 or 0xAC00 <= code < 0xD7B0 or 0xE000 <= code < 0xFB00 or 0xFF00 <= code < 0xFFF0:
        return "wide"
    if code > 0x1FFFF:
        return "wide"
    if 0x400 <= code < 0x500:
        return "cyrillic"
    return "other"


def likely_recipes(line: str, high: int, *, ordinary: bool) -> list[Recipe]:
    """What may have happened to the line, by the kinds of its characters."""
    letters = len(line.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    dense, thick = high >= _DENSE * (high + letters), high >= _THICK * (high + letters)
    recipes: list[Recipe] = []
    for charset in ONE_BYTE:
        if sequence_pattern(charset).search(line):
            recipes.append(Sequences(charset))
            if dense and high > 3:
                recipes.append(Misreading(charset, "utf-8"))
    if recipes and not dense:
        recipes.append(ByFtfy())
    if _LONE_IDEOGRAPH.search(line):
        recipes += [Misreading(wrong, "utf-8") for wrong in SEVERAL_BYTES]
    if not dense and high < 4:
        return recipes
    kinds = Counter(map(_kind, high_characters(line)))
    if ordinary and kinds["cyrillic"] < high / 2:
        return recipes
    if kinds["wide"] > 0.3 * high:
        recipes += [Misreading(wrong, "utf-8") for wrong in SEVERAL_BYTES]
        recipes += [
            Misreading(wrong, right)
            for wrong in SEVERAL_BYTES
            for right in (*SEVERAL_BYTES, "euc_jp")
            if wrong != right
        ]
    if kinds["one-byte"] >= 0.5 * high:
        recipes += [Misreading("cp1252", right) for right in ("utf-8", *_SINGLE_TARGETS)]
        latin = ("cp1252",) if _LATIN_9.isdisjoint(line) else ("cp1252", "iso8859-15")
        if thick:
            recipes += [Misreading(wrong, right) for wrong in latin for right in (*SEVERAL_BYTES, "euc_jp")]
    if kinds["cyrillic"] >= 0.3 * high:
        recipes += [Misreading(wrong, right) for wrong in CYRILLIC for right in CYRILLIC if wrong != right]
        recipes += [Misreading("cp1251", "gb18030")] if thick else []
    if kinds["other"]:
        recipes += [Misreading("cp866", "cp1251"), Misreading("koi8-r", "cp1251")]
        recipes += [Misreading("cp1250", "gb18030")] if thick else []
    return list(dict.fromkeys(recipes))
