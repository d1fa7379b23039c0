"""Character references in markup that stand for characters which `normalize_characters` would not let through."""

from __future__ import annotations

import re
from functools import lru_cache

from cleaner.decoding.characters import Normalized, normalize_characters

# Named references of the HTML standard whose characters are invisible (the `entities.json` of the standard).
_NAMED = {
    "shy": "\xad",
    "zwnj": "\u200c",
    "zwj": "\u200d",
    "lrm": "\u200e",
    "rlm": "\u200f",
    "ZeroWidthSpace": "\u200b",
    "NegativeVeryThinSpace": "\u200b",
    "NegativeThinSpace": "\u200b",
    "NegativeMediumSpace": "\u200b",
    "NegativeThickSpace": "\u200b",
    "NoBreak": "\u2060",
    "ApplyFunction": "\u2061",
    "af": "\u2061",
    "InvisibleTimes": "\u2062",
    "it": "\u2062",
    "InvisibleComma": "\u2063",
    "ic": "\u2063",
}
_REFERENCE = re.compile(
    r"&(?:#[xX]([0-9a-fA-F]{1,32}+);?|#([0-9]{1,32}+);?|(shy)(?:;|(?![a-zA-Z0-9=]))|([a-zA-Z]{2,21}+);)"
)
# Browsers read 128 to 159 as Windows-1252, which leaves only these five without a character.
_CONTROLS_IN_WINDOWS_1252 = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_LAST_CODE_POINT = 0x10FFFF
_FIRST_OF_OTHER_SCRIPTS = "\u0100"


def normalize_references(markup: str) -> Normalized:
    """HTML without references to characters that a reader never sees; other references keep their meaning.

    What scripts and emoji need (`&zwnj;` inside a Persian word) stays, as the character itself. What is left after that
    are references that were put together from the parts around others; a space takes their place, which can't put
    any more together.
    """
    if "&" not in markup or not _hides(markup):
        return Normalized(markup)
    normalized = normalize_characters(_REFERENCE.sub(_expand, markup))
    if not _hides(normalized.text):
        return normalized
    return Normalized(_REFERENCE.sub(_blank, normalized.text), normalized.invisible)


def _hides(markup: str) -> bool:
    """Whether a reference in the markup stands for a character that nobody sees."""
    return any(_is_invisible(*reference) for reference in set(_REFERENCE.findall(markup)))


@lru_cache(maxsize=4096)
def _is_invisible(hexadecimal: str, decimal: str, shy: str, name: str) -> bool:
    if shy or name:
        return (shy or name) in _NAMED
    character = _character(hexadecimal, decimal)
    if not character:
        return False
    around = f"a{character}a"
    return character != "\n" and normalize_characters(around).text != around


def _character(hexadecimal: str, decimal: str) -> str:
    """The character that a numeric reference stands for; "" where the standard has another one for the number."""
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code > _LAST_CODE_POINT or 0xD800 <= code < 0xE000:
        return ""
    if 0x80 <= code < 0xA0 and code not in _CONTROLS_IN_WINDOWS_1252:
        return ""
    return chr(code)


def _expand(match: re.Match[str]) -> str:
    hexadecimal, decimal, shy, name = match.groups(default="")
    if shy or name:
        return _NAMED.get(shy or name, match[0])
    character = _character(hexadecimal, decimal)
    # The letters around joiners and selectors decide whether they are needed.
    if character and (character >= _FIRST_OF_OTHER_SCRIPTS or _is_invisible(hexadecimal, decimal, "", "")):
        return character
    # Without its semicolon it might take in what follows a character that goes.
    return match[0] if match[0].endswith(";") else f"{match[0]};"


def _blank(match: re.Match[str]) -> str:
    return " " if _is_invisible(*match.groups(default="")) else match[0]
