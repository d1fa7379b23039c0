"""A paragraph's lines broken at a width, where every renderer sees a space and no line begins another kind of block.

A line break between two Chinese or Japanese characters is a space to most renderers, and to others it vanishes; so
lines are broken at spaces alone, and at none that stands between wide characters.
"""

from __future__ import annotations

import re

from cleaner.widths import AMBIGUOUS, columns, is_wide
from cleaner.writers.markdown_escape import escaped_line

# Stands for a space at which a line may end, until the lines are known; Python takes it for white space, as it must be.
BREAK = "\x1f"
_SPACE = re.compile(r"(?<! ) (?! )")
_BACKSLASHES = re.compile(r"\\*$")


def with_breaks(text: str) -> str:
    """Escaped literal text, the spaces at which a line may end marked."""
    return _SPACE.sub(lambda space: BREAK if _may_break(text, space.start()) else " ", text.replace(BREAK, " "))


def _may_break(text: str, at: int) -> bool:
    """Whether the space is one for every renderer; what stands beside it outside of the text may be wide."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if before == "-":  # where lines are joined again, the hyphen would go
        return False
    return _is_narrow(before) or _is_narrow(after)


def _is_narrow(character: str) -> bool:
    return bool(character) and character not in AMBIGUOUS and not is_wide(character)


def wrapped(text: str, width: int, *, item: bool) -> str:
    """A paragraph's text with lines of at most `width` columns where that can be; `item` as for `escaped_line`."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += _broken(line.split(BREAK), width, first=not lines, item=item)
    return "\n".join(lines)


def _broken(words: list[str], width: int, *, first: bool, item: bool) -> list[str]:
    lines = _filled(words, width)
    # A line that would begin another kind of block stays behind the one before; so does what a first line needs.
    out = [lines[0]]
    for line in lines[1:]:
        alone = len(out) > 1 or not first
        if _is_paragraph(line, first=False, item=False) and _is_paragraph(out[-1], first=not alone, item=item):
            out.append(line)
        else:
            out[-1] += " " + line
    return out


def _filled(words: list[str], width: int) -> list[str]:
    lines: list[str] = []
    open_line, used = [words[0]], columns(words[0])
    for word in words[1:]:
        size = columns(word)
        # A backslash at the end of a line would be a break.
        if used + 1 + size > width and len(_BACKSLASHES.findall(open_line[-1])[0]) % 2 == 0:
            lines.append(" ".join(open_line))
            open_line, used = [word], size
        else:
            open_line.append(word)
            used += 1 + size
    return [*lines, " ".join(open_line)]


def _is_paragraph(line: str, *, first: bool, item: bool) -> bool:
    return bool(line) and escaped_line(line, first=first, item=item and first) == line
