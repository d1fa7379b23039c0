"""Character references in markup that stand for characters which `normalize_characters` would not let through."""

from __future__ import annotations

import re

from cleaner.decoding.characters import normalize_characters

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


def normalize_references(markup: str) -> str:
    """HTML without references to characters that a reader never sees; other references stay as they are.

    What scripts and emoji need (`&zwnj;` inside a Persian word) stays, as the character itself.
    """
    if "&" not in markup:
        return markup
    replaced = _REFERENCE.sub(_expand, markup)
    return markup if replaced == markup else normalize_characters(replaced)


def _expand(match: re.Match[str]) -> str:
    hexadecimal, decimal, shy, name = match.groups()
    if shy or name:
        return _NAMED.get(shy or name, match[0])
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code > _LAST_CODE_POINT or 0xD800 <= code < 0xE000:
        return match[0]
    if 0x80 <= code < 0xA0 and code not in _CONTROLS_IN_WINDOWS_1252:
        return match[0]
    if code == 0:
        return ""
    character = chr(code)
    around = f"a{character}a"
    return match[0] if character == "\n" or normalize_characters(around) == around else character
