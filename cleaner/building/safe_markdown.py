"""Markdown without links and raw HTML that run code: a link becomes its text, everything else stays to the letter.

On request addresses lose the parameters that only follow readers about, where they stand.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from cleaner.addresses import is_harmful, is_picture, without_tracking
from cleaner.building.active_markup import without_active
from cleaner.building.invisible_references import holds_invisible, without_invisible

if TYPE_CHECKING:
    from cleaner.building.markdown_tree import MarkdownTree

_ANGLED = re.compile(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^<>\s]{0,4000})>")
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_ADDRESS = re.compile(r"\(\s{0,9}(?:<([^<>\n]{0,4000})>|([^\s()]{0,4000}))")
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"'()\[\]]{1,4000}", re.IGNORECASE)
_LONGEST_TARGET = 5000  # characters of an address with its title


def neutralize(source: str, tree: MarkdownTree) -> str:
    """The source with the unsafe links of the ranges that `tree` names as text, and without unsafe definitions."""
    lines = source.split("\n")
    for first, last in tree.unsafe:
        rewritten = _without_unsafe("\n".join(lines[first:last]), comments=tree.comments).split("\n")
        if len(rewritten) == last - first:
            lines[first:last] = rewritten
    gone = {number for first, last in tree.definitions for number in range(first, last)}
    return "\n".join(line for number, line in enumerate(lines) if number not in gone)


def disarm(source: str, tree: MarkdownTree) -> str:
    """The source with the ranges that `tree` names free of links: for forms that `neutralize` can't take apart."""
    lines = source.split("\n")
    for first, last in tree.unsafe:
        for number in range(first, last):
            lines[number] = lines[number].replace("](", "]\\(").replace("][", "]\\[").replace("<", "&lt;")
    return "\n".join(lines)


def untracked(source: str, tree: MarkdownTree) -> str:
    """The source with the addresses in the ranges that `tree` names shortened."""
    lines = source.split("\n")
    for first, last in tree.tracked:
        for number in range(first, last):
            lines[number] = _WEB_ADDRESS.sub(_shortened, lines[number])
    return "\n".join(lines)


def _shortened(found: re.Match[str]) -> str:
    address = found[0]
    if "&amp;" in address:
        return without_tracking(address.replace("&amp;", "&")).replace("&", "&amp;")
    return without_tracking(address)


def _is_harmful(written: str) -> bool:
    """Whether an address as Markdown or HTML has it, with entities and backslashes, does harm once it is read."""
    return is_harmful(unescape(written[:_LONGEST_TARGET]).replace("\\", ""))


def _without_unsafe(text: str, *, comments: bool) -> str:
    text = without_active(without_invisible(text) if holds_invisible(text) else text, comments=comments)
    text = _ANGLED.sub(lambda found: found[1] if _is_harmful(found[1]) else found[0], text)
    gone: list[tuple[int, int]] = []
    opened: list[int] = []
    for found in _BRACKET.finditer(text):
        if found[0] == "[":
            opened.append(found.start())
        elif found[0] == "]" and opened:
            start = opened.pop()
            address = _ADDRESS.match(text, found.end())
            if address is None:
                continue
            image = start > 0 and text[start - 1] == "!"
            target = address[1] or address[2] or ""
            if _is_harmful(target) and not (image and is_picture(target)):
                gone += [(start - image, start + 1), (found.start(), _target_end(text, found.end()))]
    return _without(text, gone)


def _target_end(text: str, at: int) -> int:
    """The offset behind the parenthesis that closes the one at `at`."""
    depth, stop = 0, min(len(text), at + _LONGEST_TARGET)
    while at < stop:
        character = text[at]
        depth += (character == "(") - (character == ")")
        at += 2 if character == "\\" else 1
        if depth == 0:
            break
    return at


def _without(text: str, gone: list[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for start, end in sorted(gone):
        pieces.append(text[at:start])
        at = max(at, end)
    pieces.append(text[at:])
    return "".join(pieces)
