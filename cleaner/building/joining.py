"""How two lines of one paragraph become one: with a space, or without where the script has none."""

from __future__ import annotations

from cleaner import widths


def is_wide(character: str) -> bool:
    """Whether the character belongs to a script that sets no spaces between words; Korean sets them."""
    return widths.is_wide(character) or character in widths.AMBIGUOUS


def joint(before: str, after: str) -> str:
    """What stands between two lines that are joined: nothing or a space. A hyphen at the line's end stays as it is."""
    before, after = before.rstrip(), after.lstrip()
    if not before or not after:
        return " "
    if before[-1] == "-" and before[-2:-1].isalpha() and after[0].islower():
        return ""
    one, other = is_wide(before[-1]), is_wide(after[0])
    strong = before[-1] >= "\u2e80" or after[0] >= "\u2e80"  # quotation marks and dashes belong to both worlds
    return "" if one and other and strong else " "
