"""Raw HTML in Markdown that would run, load or hide something where it is rendered, and its removal."""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from cleaner.addresses import is_harmful, is_picture
from cleaner.readers.styles import declarations, hiding

if TYPE_CHECKING:
    from collections.abc import Iterator

# Elements that go with all that is in them, and those of which only the tags go.
_WHOLE = frozenset(
    """
    script style template iframe object applet noscript noembed noframes svg math textarea select title xmp frameset
    """.split()
)
_TAGS_ONLY = frozenset("embed link meta base frame form input button plaintext html head body".split())
_VOID = frozenset("br img hr wbr embed link meta base frame input source col area".split())
_ADDRESSES = frozenset("href src action formaction xlink:href srcset poster data background cite".split())
# Attributes that hide what they stand at, by the reasons that readers of pages give.
_HIDING = {"hidden": "hidden attribute", "popover": "closed popover"}
_LOADING = re.compile(r"url\(|expression|position|@import|\\", re.IGNORECASE)
# A quotation mark matters behind an equals sign only. Each part is taken whole or not at all: nothing is tried twice.
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)((?:[^>\"'=]++|=\s{0,99}+(?:\"[^\"]*+\"|'[^']*+')|[\"'=])*+)>")
_ATTRIBUTE = re.compile(r"[\s/]*+([^\s=>/][^\s=>/]*+)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+")
_LONGEST_TAG = 20_000
# Spans of code are text; what looks like a tag in them isn't one.
_PLACE = re.compile(r"(`{1,3})(?!`)[^`]{1,1000}\1(?!`)|<!--|<[!?]|<(?=/?[A-Za-z])")
_NAME = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)")


class _Tag(NamedTuple):
    """What stays of a tag ("" if nothing does), why its element goes as a whole, if it does, and where the tag ends."""

    kept: str
    whole: str
    end: int


class Edit(NamedTuple):
    """A stretch of text, what stands there afterwards, and why it goes with all that is in it; "" if it does not."""

    start: int
    end: int
    kept: str
    reason: str


def can_act(markup: str, *, comments: bool = False) -> bool:
    """Whether a tag or a stretch of raw HTML runs, loads or hides something; with `comments`, these may stay."""
    return "<" in markup and without_active(markup, comments=comments) != markup


def without_active(text: str, *, comments: bool = False) -> str:
    """The text without such markup, with as many line feeds as before. Linear in the text."""
    pieces: list[str] = []
    at = 0
    for edit in edits(text, comments=comments):
        pieces += (text[at : edit.start], edit.kept or "\n" * text.count("\n", edit.start, edit.end))
        at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)


def edits(text: str, *, comments: bool = False) -> Iterator[Edit]:
    """What is to be done for that, in the order of the text; with `comments`, these stay."""
    at = 0
    ends = _Ends(text)
    while place := _PLACE.search(text, at):
        start = place.start()
        at = place.end()
        if place[1]:
            continue
        if place[0] != "<":
            at = _comment_end(text, place[0], at)
            # An empty comment parts what would run together.
            if not (comments and place[0] == "<!--") and (
                place[0] != "<!--" or text[start + 4 : at].removesuffix("-->").strip()
            ):
                yield Edit(start, at, "", "comment")
        elif (tag := _read(text, start)) is None:
            yield Edit(start, at, "&lt;", "")
        else:
            at = ends.after(tag.end) if tag.whole else tag.end
            if tag.kept != text[start:at]:
                yield Edit(start, at, tag.kept, tag.whole)


def _read(text: str, start: int) -> _Tag | None:
    """The tag that begins at `start`; None if it doesn't end within reason."""
    found = _TAG.match(text, start, start + _LONGEST_TAG)
    if found is None:
        return None
    name, closing = found[2].lower(), bool(found[1])
    if name in _WHOLE or name in _TAGS_ONLY:
        return _Tag("", name if name in _WHOLE and not closing else "", found.end())
    kept, dropped = [f"<{found[1]}{found[2]}"], False
    for attribute in _ATTRIBUTE.finditer(found[3]):
        key, value = attribute[1].lower(), unescape((attribute[2] or "").strip("\"'"))
        style = declarations(value) if key == "style" else {}
        if reason := _HIDING.get(key) or (hiding(style, moving=False) if style else ""):
            return _Tag("", "" if closing or name in _VOID else reason, found.end())
        if _acts(key, value):
            dropped = True
        else:
            kept.append(attribute[0])
    if not dropped:
        return _Tag(found[0], "", found.end())
    tag = "".join(kept) + (" />" if found[3].rstrip().endswith("/") else ">")
    lost = found[0].count("\n") - tag.count("\n")
    return _Tag(tag[:-1] + "\n" * lost + ">", "", found.end())


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
