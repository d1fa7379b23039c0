"""References in Markdown, such as `&#8203;`, that stand for characters which nobody sees; in code they are text."""

from __future__ import annotations

import re

from cleaner.decoding import normalize_references

_CODE_SPAN = re.compile(r"((`{1,3})(?!`)[^`]{1,1000}\2(?!`))")


def holds_invisible(text: str) -> bool:
    """Whether a reference outside of code spans stands for a character that nobody sees, and that nothing needs."""
    return "&" in text and any(
        normalize_references(piece).invisible for piece in _CODE_SPAN.split(text)[::3] if "&" in piece
    )


def without_invisible(text: str) -> str:
    """The text without such references; what a script needs is written as itself then."""
    pieces, at = [], 0
    for code in _CODE_SPAN.finditer(text):
        pieces += [normalize_references(text[at : code.start()]).text, code[0]]
        at = code.end()
    return "".join((*pieces, normalize_references(text[at:]).text))
