"""What single characters cost in bits, whatever stands around them."""

from __future__ import annotations

from functools import lru_cache

from cleaner.decoding.languages import CHARACTER_UNITS, LETTER_UNITS, characters, languages, script_of

# What marks cost, in bits: roughly their share in news text; those of East Asia only where its letters stand beside.
MARKS = {
    mark: bits
    for bits, marks in (
        (7.0, "’"),
        (8.0, "\xa0“”–"),
        (9.0, "‘„—…«»"),
        (9.5, "€£•¿¡"),
        (10.0, "©®™°·"),
        (11.0, "§´"),
        (12.0, "½²×±‹›‚№"),
        (13.0, "³µ¼†‰¢¥"),
        (14.0, "¨¬¦¹¾¯÷"),
        (15.0, "¸¤¶ˆ˜‡ƒˇ˘˙˝˛\xad"),
    )
    for mark in marks
}
WIDE_MARKS = {
    mark: bits
    for bits, marks in (
        (4.5, "，。"),
        (5.0, "、"),
        (6.5, "“”「」"),
        (7.0, "：（）\u3000"),
        (7.5, "《》"),
        (8.0, "…—？！；·・"),
        (9.0, "『』【】～％０１２３４５６７８９"),
        (10.0, "〜／－※■●▲△○◆★→〈〉［］．＋"),
    )
    for mark in marks
}
# (first, last, bits): what a character costs that no table has.
_GENERIC = (
    (0x80, 0x9F, 22.0),
    (0xA0, 0xBF, 14.0),
    (0xC0, 0xFF, 12.0),
    (0x100, 0x17F, 14.0),
    (0x180, 0x2FF, 17.0),
    (0x300, 0x36F, 15.0),
    (0x370, 0x3FF, 14.0),
    (0x400, 0x45F, 14.0),
    (0x460, 0x52F, 17.0),
    (0x590, 0x6FF, 14.0),
    (0x900, 0xDFF, 13.0),
    (0xE00, 0xE5F, 14.0),
    (0x2010, 0x206F, 14.0),
    (0x20A0, 0x218F, 15.0),
    (0x2190, 0x23FF, 13.0),
    (0x2460, 0x24FF, 13.0),
    (0x2500, 0x25FF, 15.0),
    (0x2600, 0x27BF, 14.0),
    (0x3000, 0x303F, 12.0),
    (0x3040, 0x30FF, 14.0),
    (0x3100, 0x312F, 17.0),
    (0x3400, 0x4DBF, 24.0),
    (0x4E00, 0x9FFF, 22.0),
    (0xAC00, 0xD7AF, 21.0),
    (0xE000, 0xF8FF, 24.0),
    (0xFF01, 0xFF65, 12.0),
    (0xFF66, 0xFF9F, 14.0),
    (0xFFFD, 0xFFFD, 18.0),
    (0x1F300, 0x1FAFF, 14.0),
)
_RARE = 19.0


@lru_cache(4096)
def generic(character: str) -> float:
    """Bits for a character by its kind alone."""
    code = ord(character)
    for first, last, bits in _GENERIC:
        if first <= code <= last:
            return bits
    return _RARE


# A letter that no language of its script has costs so much above its kind.
_UNKNOWN_LETTER = 3.0


def is_mark(character: str) -> bool:
    """Whether the character is an ordinary mark of some script."""
    return character in WIDE_MARKS or character in MARKS


def wide_cost(character: str, language: str) -> float:
    """The bits of a character of a text in the given language, a key of `characters()`."""
    units = characters()[language].get(character)
    if units is not None:
        return units / CHARACTER_UNITS
    bits = WIDE_MARKS.get(character) or MARKS.get(character)
    return bits if bits is not None else generic(character) + 1


def single_cost(character: str) -> float:
    """The least that the character costs in any language, whatever stands around it."""
    script = script_of(character)
    if script == "wide":
        return min(table.get(character, 400) / CHARACTER_UNITS for table in characters().values())
    if not script:
        return MARKS.get(character) or generic(character)
    lowered = character.lower()
    known = [
        language.singles[language.positions[lowered]]
        for language in languages()[script]
        if lowered in language.positions
    ]
    return min(known) / LETTER_UNITS if known else generic(character) + _UNKNOWN_LETTER
