"""Code in bare text → code blocks, to the letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.building.line_tables import verbatim
from cleaner.document import CodeBlock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.building.kept_lines import KeptLine
    from cleaner.document import Block

_FENCE = re.compile(r"(`{3,40}|~{3,40})\s{0,8}([^\s`]{0,40})")


def opening_fence(text: str) -> tuple[str, str] | None:
    """The fence that the line opens, and the language it names; None for other lines."""
    found = _FENCE.match(text)
    return (found[1], found[2]) if found else None


def code_blocks(lines: Sequence[KeptLine]) -> list[Block]:
    """Code blocks to the letter: fenced ones without their fences, the rest as it stands."""
    out: list[Block] = []
    start = index = 0
    while index < len(lines):
        found = opening_fence(lines[index].text)
        if found is None:
            index += 1
            continue
        if start < index:
            out.append(CodeBlock(verbatim(lines[start:index])))
        close = index + 1
        while close < len(lines) and not closes(lines[close].text, found[0]):
            close += 1
        inner = lines[index + 1 : close]
        code = "\n" * inner[0].blank + verbatim(inner) if inner else ""
        if close < len(lines):
            code += "\n" * lines[close].blank
        out.append(CodeBlock(code, found[1]))
        start = index = close + 1
    if start < len(lines):
        out.append(CodeBlock(verbatim(lines[start:])))
    return out


def closes(text: str, fence: str) -> bool:
    """Whether the line ends the code that `fence` began."""
    return text.startswith(fence) and not text.strip(fence[0])
