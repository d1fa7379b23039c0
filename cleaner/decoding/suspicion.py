"""The gate before repair: which lines of a text may be mojibake at all. Clean text costs a few scans at C speed."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from cleaner.decoding.character_costs import generic, is_mark, single_cost
from cleaner.decoding.costs import NEW_LANGUAGE, latin_pair_costs
from cleaner.decoding.languages import script_of
from cleaner.decoding.misreadings import ONE_BYTE, SEVERAL_BYTES, byte_table, sequence_pattern

# Bits that an ideograph, kana or syllable costs in ordinary lines on average at most, and by how many a line may
# exceed that; what a sign costs that no text has.
_ORDINARY_WIDE, _EXCESS = 11.6, 9.0
_STRANGE_SIGN, _STRANGE = 5.0, 14.5
# What U+FFFD becomes when it is read as GB18030 once more, and uninitialised memory: nothing is left to restore.
GONE = re.compile("锟|烫烫烫|屯屯屯|嚙踝蕭|占쏙옙")
_SHAPES = re.compile(
    # Any of these first, so that other characters cost one look.
    "(?=[\x80-\x84\x86-\xffа-яёА-ЯЁЂЃЉЊЋЌЏђѓљњћќџ‚ƒ†‡„ˆ‰‹Œ€™˜\u2500-\u25a0\uff61-\uff9f])(?:"
    # Four letters and signs of Latin-1 in a row, or three that no word joins so.
    "[À-Þ][¡-¿×÷]|[ÂÃÄÅÎÏÐÑØÙ][\u0152-\u02dc\u2013-\u2122]|â[\u0152-\u02dc\u2013-\u2122][^\x00-\x7f]|[¡-¿×÷][À-ÿ]{2}|[À-ÿ][¡-ÿ]{3}|[¡-ÿ]{3}[À-ÿ]|[¢¤-¦¨¬¯±-´¶¸¹¼-¾][A-Za-z][¡-ÿ]"
    # Shift_JIS begins with low quotes and florins; Big5 takes ASCII letters for second halves.
    "|[‚ƒ][¡-ÿŒœŠšŽžŸ€•–—˜™›]|[¡-¿][\\x80-\\x9f]"
    # Signs inside of words, or before one.
    "|(?<=[A-Za-zÀ-ɏ])[¡-©¬®-¶¸¹¼-¿×÷†‡ˆ‰‹Œ€™˜][a-zÀ-ɏ]|(?<![^\\s(\"'„“«])[¤-¦¨¬®¯±-´¶¸¹¼-¾][a-zà-ɏ]"
    # Marked capitals after small letters.
    "|(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŽŠŒ]"
    # Cyrillic words that begin small and go on in capitals, or are all in capitals; its rarer letters beside signs.
    "|[а-яё][А-ЯЁ]{2}|[А-ЯЁ]{5}|[ЂЃЉЊЋЌЏђѓљњћќџ‡†„‰][ЂЃЉЊЋЌЏђѓљњћќџ®¦§©¬±µ¶¤¢\\xa0]"
    # Controls, boxes, half-width katakana.
    "|[\\x80-\\x84\\x86-\\x9f]|[\\u2500-\\u25a0](?:[\\u2500-\\u25a0]|[а-яёЁЄєЇїЎў])|[\\uff61-\\uff9f]{2})"
)
_MOSTLY_CAPITALS = re.compile("[А-ЯЁ]{5}")


# What is only ASCII tells nothing, but for one character before and two after what isn't.
_BETWEEN = re.compile("(?<=[\x00-\x7f]{2})[\x00-\x7f]+(?=[\x00-\x7f])")


def condensed(lines: list[str]) -> str:
    """The lines without what is only ASCII, one stretch a line."""
    return _BETWEEN.sub("\n", "\n".join([line for line in lines if not line.isascii()]))


class Signs(NamedTuple):
    """What of a condensed text may be mojibake: the patterns found, the excess of its characters, odd accents."""

    patterns: tuple[re.Pattern[str], ...]
    has_sequences: bool
    excess: dict[str, float]
    has_strange_accents: bool

    @classmethod
    def of(cls, stretches: str) -> Signs:
        """The signs in a condensed text."""
        characters = set(stretches)
        patterns = [_SHAPES] if _SHAPES.search(stretches) else []
        if not characters.isdisjoint(_signs_as_ideographs()) and _ideographs_for_accents().search(stretches):
            patterns.append(_ideographs_for_accents())
        excess = _NO_EXCESS | {character: _excess(character) for character in characters}
        has_accents = any("\xbf" < character < "\u0250" and character not in "×÷" for character in characters)
        return cls(
            tuple(patterns),
            has_sequences=_has_sequence(stretches),
            excess=excess if max(excess.values()) > 0 else {},
            has_strange_accents=has_accents and has_strange_accents(stretches),
        )

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.patterns or self.has_sequences or self.excess or self.has_strange_accents)

    def suspicious(self, lines: list[str]) -> list[int]:
        """The indexes of the lines that have them; odd accents only show in all lines together."""
        if not (self.patterns or self.has_sequences or self.excess):
            return []
        rare = "".join(character for character, bits in self.excess.items() if bits > 0)
        any_rare = re.compile(f"[{re.escape(rare)}]") if rare else None
        return [
            index
            for index, line in enumerate(lines)
            if not line.isascii() and self._shows(_BETWEEN.sub("\n", line), any_rare) and GONE.search(line) is None
        ]

    def _shows(self, stretches: str, any_rare: re.Pattern[str] | None) -> bool:
        if any(_is_real(pattern, stretches) for pattern in self.patterns):
            return True
        if self.has_sequences and _has_sequence(stretches):
            return True
        if any_rare is None or any_rare.search(stretches) is None:
            return False
        return sum(map(self.excess.__getitem__, stretches)) > _EXCESS


_NO_EXCESS = dict.fromkeys(map(chr, range(128)), 0.0)


@lru_cache(32768)
def _excess(character: str) -> float:
    """How many bits the character costs above what is ordinary; less than nothing for common ones."""
    if character <= "\x7f" or is_mark(character) or "\uff01" <= character <= "\uff65" or character > "\uffdf":
        return _EXCESS + 1 if character >= "\U000f0000" else 0.0
    script = script_of(character)
    if script == "wide":
        return single_cost(character) - _ORDINARY_WIDE
    if "\ue000" <= character <= "\uf8ff":
        return _EXCESS + 1
    is_strange = not script and generic(character) >= _STRANGE and _is_in_old_charsets(character)
    return _STRANGE_SIGN if is_strange else 0.0


def _is_in_old_charsets(character: str) -> bool:
    """Whether a misreading can have put the character there; none puts emoji or invisible joiners."""
    for charset in (*ONE_BYTE, "gbk", *SEVERAL_BYTES[1:]):
        try:
            character.encode(charset)
        except UnicodeEncodeError:
            continue
        return True
    return "\x80" <= character <= "\x9f"


@cache
def _signs_as_ideographs() -> frozenset[str]:
    """Ideographs that stand for a marked Latin letter or a sign of UTF-8 read in a charset of East Asia."""
    signs: set[str] = {"鈥"}
    for codec in ("gb18030", "big5hkscs", "cp949"):
        for lead, trails in ((0xC3, range(0x80, 0xC0)), (0xC2, (0xA3, 0xA9, 0xAE, 0xB0))):
            for trail in trails:
                sign = bytes((lead, trail)).decode(codec, "replace")
                signs |= {sign} if len(sign) == 1 and sign != "\ufffd" else set()
    return frozenset(signs)


@cache
def _ideographs_for_accents() -> re.Pattern[str]:
    """The same where they stand beside Latin letters or digits."""
    of_signs = f"[{''.join(sorted(_signs_as_ideographs() - {'鈥'}))}]"
    wide = "[\u2e80-\ud7a3\uff00-\uffef]"
    return re.compile(f"(?<=[A-Za-zß-ɏ]){of_signs}(?!{wide})|(?<!{wide}){of_signs}[A-Za-z0-9ß-ɏ]|鈥")


def _is_real(pattern: re.Pattern[str], line: str) -> bool:
    """Whether the pattern is found in the line; capitals count only in a line that is mostly in capitals."""
    found = pattern.search(line)
    if found is None:
        return False
    if _MOSTLY_CAPITALS.fullmatch(found[0]) and len(found[0]) == 5:
        capitals = sum("А" <= character <= "Я" for character in line)
        return 2 * capitals > sum("А" <= character <= "я" for character in line)
    return True


def _has_sequence(text: str) -> bool:
    """Whether what sequences of UTF-8 look like in a one-byte charset is in the text."""
    # No sequence is longer than four bytes, and most of a text are the same few.
    found = {text[match.start() : match.start() + 4] for match in sequences().finditer(text)}
    return any(sequence_pattern(charset).match(sequence) for sequence in found for charset in ONE_BYTE)


@cache
def sequences() -> re.Pattern[str]:
    """The same for all one-byte charsets at once: a lead byte of any, then following bytes of any."""
    leads: dict[int, set[str]] = {1: set(), 2: set(), 3: set()}
    following: set[str] = set()
    for charset in ONE_BYTE:
        for character, byte in byte_table(charset).items():
            if 0xC2 <= byte <= 0xF4:
                leads[1 if byte < 0xE0 else 2 if byte < 0xF0 else 3].add(character)
            if 0x80 <= byte <= 0xBF:
                following.add(character)
    after = f"[{re.escape(''.join(sorted(following - _ORDINARY)))}]"
    any_after = f"[{re.escape(''.join(sorted(following)))}]"
    return re.compile(
        "|".join(
            f"[{re.escape(''.join(sorted(characters)))}]{any_after * (count - 1)}{after}"
            for count, characters in leads.items()
        )
    )


# Letters, and marks that stand beside letters in ordinary text, don't show a sequence by themselves.
_ORDINARY = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯёЁіїєґІЇЄҐўЎј«»“”‘’„‚–—…·•№\xa0")

# Bits of a pair of letters that the text's language hardly has, and the share of them among the pairs with marks: in
# clean paragraphs of twelve languages 0 to 7 %, in misread ones from 9 % on.
_ODD = 10.0
_ODD_SHARE = 0.08
_SAMPLE, _PAIRS = 20_000, 60
# Marked Latin letters with what stands beside them.
_ACCENTED = re.compile("[^\xc0-\u024f]?(?:[\xc0-\u024f][^\xc0-\u024f]?)+")


def has_strange_accents(stretches: str) -> bool:
    """Whether many marked Latin letters of a condensed text stand where the text's language hardly has them."""
    words = "\n".join(_ACCENTED.findall(stretches[:_SAMPLE])).replace("\u0130", "i").lower()
    pairs = Counter(
        (_letter(first), _letter(second))
        for first, second in pairwise(words)
        if "\xbf" < first < "\u0250" or "\xbf" < second < "\u0250"
    )
    rows = [latin_pair_costs(*pair) for pair, _ in pairs.most_common(_PAIRS)]
    if not rows:
        return False
    totals = [sum(column) for column in zip(*rows, strict=True)][1:]
    language = 1 + totals.index(min(totals))
    odd = sum(min(row[language], row[0] + NEW_LANGUAGE) > _ODD for row in rows)
    return odd >= max(1, _ODD_SHARE * len(rows))


@lru_cache(8192)
def _letter(character: str) -> str:
    """The character if it may be part of a Latin word (signs where letters were misread, too), else a space."""
    return character if character.isalpha() or character in _SIGNS_FOR_LETTERS else " "


_SIGNS_FOR_LETTERS = frozenset("¢£¤¥¦§¨©¬®¯±²³´µ¶¸¹¼½¾×÷")
