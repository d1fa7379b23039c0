"""Raw HTML in Markdown that would run, load or hide something where it is rendered, and its removal."""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape
from typing import NamedTuple

from cleaner.addresses import is_harmful, is_picture
from cleaner.readers.styles import declarations, hiding

# Elements that go with all that is in them, and those of which only the tags go.
_WHOLE = frozenset(
    """
    script style template iframe object applet noscript noembed noframes svg math textarea select title xmp frameset
    """.split()
)
_TAGS_ONLY = frozenset("embed link meta base frame form input button plaintext html head body".split())
_VOID = frozenset("br img hr wbr embed link meta base frame input source col area".split())
_ADDRESSES = frozenset("href src action formaction xlink:href srcset poster data background cite".split())
_LOADING = re.compile(r"url\(|expression|position|@import|\\", re.IGNORECASE)
# A quotation mark matters behind an equals sign only. Each part is taken whole or not at all: nothing is tried twice.
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)((?:[^>\"'=]++|=\s{0,99}+(?:\"[^\"]*+\"|'[^']*+')|[\"'=])*+)>")
_ATTRIBUTE = re.compile(r"[\s/]*+([^\s=>/][^\s=>/]*+)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+")
_LONGEST_TAG = 20_000
# Spans of code are text; what looks like a tag in them isn't one.
_PLACE = re.compile(r"(`{1,3})(?!`)[^`]{1,1000}\1(?!`)|<!--|<[!?]|<(?=/?[A-Za-z])")
_NAME = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)")


class _Tag(NamedTuple):
    """What stays of a tag ("" if nothing does), whether its element goes as a whole, and where the tag ends."""

    kept: str
    whole: bool
    end: int


def can_act(markup: str) -> bool:
    """Whether a tag or a stretch of raw HTML runs, loads or hides something."""
    return "<" in markup and without_active(markup) != markup


def without_active(text: str) -> str:
    """The text without such markup, with as many line feeds as before. Linear in the text."""
    pieces: list[str] = []
    at = 0
    ends = _Ends(text)
    while place := _PLACE.search(text, at):
        start = place.start()
        pieces.append(text[at:start])
        at = place.end()
        if place[1]:
            pieces.append(place[0])
        elif place[0] != "<":
            at = _comment_end(text, place[0], at)
            # An empty comment parts what would run together.
            empty = place[0] == "<!--" and not text[start + 4 : at].removesuffix("-->").strip()
            pieces.append(text[start:at] if empty else _feeds(text, start, at))
        elif (tag := _read(text, start)) is None:
            pieces.append("&lt;")
        else:
            at = ends.after(tag.end) if tag.whole else tag.end
            pieces.append(tag.kept or _feeds(text, start, at))
    pieces.append(text[at:])
    return "".join(pieces)


def _read(text: str, start: int) -> _Tag | None:
    """The tag that begins at `start`; None if it doesn't end within reason."""
    found = _TAG.match(text, start, start + _LONGEST_TAG)
    if found is None:
        return None
    name, closing = found[2].lower(), bool(found[1])
    if name in _WHOLE or name in _TAGS_ONLY:
        return _Tag("", name in _WHOLE and not closing, found.end())
    kept, dropped = [f"<{found[1]}{found[2]}"], False
    for attribute in _ATTRIBUTE.finditer(found[3]):
        key, value = attribute[1].lower(), unescape((attribute[2] or "").strip("\"'"))
        style = declarations(value) if key == "style" else {}
        if key in ("hidden", "popover") or (style and hiding(style, moving=False)):
            return _Tag("", not closing and name not in _VOID, found.end())
        if _acts(key, value):
            dropped = True
        else:
            kept.append(attribute[0])
    if not dropped:
        return _Tag(found[0], whole=False, end=found.end())
    tag = "".join(kept) + (" />" if found[3].rstrip().endswith("/") else ">")
    lost = found[0].count("\n") - tag.count("\n")
    return _Tag(tag[:-1] + "\n" * lost + ">", whole=False, end=found.end())


def _acts(key: str, value: str) -> bool:
    if key in _ADDRESSES:
        return is_harmful(value) and not (key == "src" and is_picture(value))
    return key.startswith("on") or key == "srcdoc" or (key == "style" and _LOADING.search(value) is not None)


class _Ends:
    """Where elements end; all tags are looked for once, when the first is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _known(self) -> dict[int, int]:
        known: dict[int, int] = {}
        opened: dict[str, list[int]] = {}
        for found in _NAME.finditer(self._text):
            tag = _TAG.match(self._text, found.start(), found.start() + _LONGEST_TAG)
            if tag is not None:
                stack = opened.setdefault(found[2].lower(), [])
                if not found[1]:
                    stack.append(tag.end())
                elif stack:
                    known[stack.pop()] = tag.end()
        return known

    def after(self, opened: int) -> int:
        """The offset behind the closing tag of the element whose own tag ends at `opened`; the end if there is none."""
        return self._known.get(opened, len(self._text))


def _comment_end(text: str, opening: str, at: int) -> int:
    closing = "-->" if opening == "<!--" else ">"
    end = text.find(closing, at)
    return end + len(closing) if end >= 0 else len(text)


def _feeds(text: str, start: int, end: int) -> str:
    return "\n" * text.count("\n", start, end)
