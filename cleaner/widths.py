"""How wide characters are, and between which of them no space stands."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

# Characters of both worlds: narrow in Latin text, wide in Chinese.
AMBIGUOUS = "“”‘’…—"
_HANGUL = ("\u1100", "\u11ff"), ("\u3130", "\u318f"), ("\uac00", "\ud7af")


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1 for character in text)


def is_wide(character: str) -> bool:
    """Whether lines may break beside the character without a space: East Asian wide, but not Korean."""
    if character < "\u1100" or east_asian_width(character) not in "WF":
        return False
    return not any(first <= character <= last for first, last in _HANGUL)
