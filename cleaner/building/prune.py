"""From verdicts to a tree that holds only what is kept. Linear in the tree, without recursion."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from turbohtml import Element, Text

from cleaner.verdict import Category

if TYPE_CHECKING:
    from turbohtml import Node

    from cleaner.options import Options
    from cleaner.readers.html import Embedded, HtmlReading
    from cleaner.verdict import Cut, Judgement

# What is seen without being text; it goes where the text around it goes.
_SEEN = "img, picture, video, audio, iframe, embed, hr, input"
_HIDDEN_STYLE = re.compile(r"(?:display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden)", re.IGNORECASE)
# How far above something seen the element may stand whose text says what it belongs to.
_NEAR = 8
# An element whose text is kept by this share keeps its images.
_MOSTLY = 0.5
_UNSEEN = "\u00ad\u200b\u2060\ufeff"


def prune(reading: HtmlReading, judgement: Judgement, options: Options) -> None:
    """Take dropped blocks, cuts, what is seen among dropped blocks, and fallbacks for scripts out of the tree."""
    kept = judgement.kept
    out = _drop_containers(reading, kept)
    if not all(kept):
        _drop_text(reading, kept)
    left = [place for place in reading.embedded if not out[place.container]]
    _drop_embedded(reading, kept, left, show_hidden=Category.HIDDEN in options.keep)
    _cut(reading, judgement.cuts)


def _drop_containers(reading: HtmlReading, kept: list[bool]) -> list[bool]:
    """Take out each element whose blocks are all dropped; returns which are out."""
    keeps = list(accumulate(kept, initial=0))
    containers = reading.page.containers
    parents = containers.parent
    out = [False] * len(reading.elements)
    for index, (first, last, tag) in enumerate(zip(containers.first, containers.last, containers.tag, strict=True)):
        if index and out[parents[index]]:
            out[index] = True
        elif index and last > first and keeps[last] == keeps[first] and tag != "body":
            out[index] = True
            reading.elements[index].extract()
    return out


def _drop_text(reading: HtmlReading, kept: list[bool]) -> None:
    for nodes, keep in zip(reading.nodes, kept, strict=True):
        if not keep:
            for node in nodes:
                node.extract()


def _drop_embedded(reading: HtmlReading, kept: list[bool], left: list[Embedded], *, show_hidden: bool) -> None:
    """Take out images and their like where the text around them is dropped, and where they are hidden themselves."""
    places = _Places(reading, kept)
    for place in left:
        inside = [place.element]
        if place.element.tag == "noscript":
            # Nobody has judged what readers without scripts get, but for the image that a script would load.
            for node in list(place.element.descendants):
                if type(node) is Text:
                    node.extract()
            inside = place.element.select(_SEEN)
        elif place.element.tag == "picture":
            inside += place.element.select("img")
        for element in inside:
            if (not show_hidden and _is_hidden(element, place)) or not places.stays(element, place):
                element.extract()


def _is_hidden(element: Element, place: Embedded) -> bool:
    """Whether the element's own attributes hide it, or those of an element around it."""
    if _hides(element):
        return True
    above = element.parent
    while (place.hidden or element is not place.element) and type(above) is Element:
        if _hides(above):
            return True
        above = above.parent
    return False


def _hides(element: Element) -> bool:
    if not element.attrs:
        return False
    if element.attr("hidden") is not None:
        return True
    style = element.attr("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def _frames_text(element: Element) -> bool:
    """Whether it is a rule, or a page of the same site in a frame: at the edges of the text, they are none of it."""
    address = element.attr("src") or ""
    return element.tag == "hr" or (element.tag == "iframe" and "//" not in address)


class _Places:
    """How much of the text around something seen is kept."""

    def __init__(self, reading: HtmlReading, kept: list[bool]) -> None:
        lengths = [len(text) for text in reading.page.text]
        count = len(kept)
        self._dropped = list(accumulate((not keep for keep in kept), initial=0))
        self._all = list(accumulate(lengths, initial=0))
        self._kept = list(
            accumulate((length if keep else 0 for length, keep in zip(lengths, kept, strict=True)), initial=0)
        )
        # The last kept block up to each, and the next one from each on.
        self._last = list(accumulate((i if keep else -1 for i, keep in enumerate(kept)), max, initial=-1))
        backwards = accumulate((i if kept[i] else count for i in range(count - 1, -1, -1)), min, initial=count)
        self._next = list(backwards)[::-1]
        self._containers = reading.page.containers
        self._elements = reading.elements
        self._index: dict[Node, int] = {}

    def stays(self, element: Element, place: Embedded) -> bool:
        """Whether something seen between two kept blocks stays.

        If nothing was dropped in between, it does. Else it stays in an element whose text is mostly kept, but not at
        the top of the page: a logo stands before the first kept heading as often as a picture does.
        """
        before, after = self._last[place.before + 1], self._next[place.after]
        at_edge = before < 0 or after >= len(self._next) - 1
        if at_edge and self._dropped[-1] and _frames_text(element):
            return False
        if self._dropped[min(after, len(self._dropped) - 1)] == self._dropped[max(before, 0)]:
            return True
        if not self._index:
            self._index.update((element, index) for index, element in enumerate(self._elements))
        above: object = element
        for _ in range(_NEAR):
            if type(above) is not Element or above.tag in ("body", "html"):
                return False
            index = self._index.get(above)
            if index is not None:
                first, last = self._containers.first[index], self._containers.last[index]
                if last > first:
                    return self._kept[last] - self._kept[first] >= _MOSTLY * (self._all[last] - self._all[first])
            above = above.parent
        return False


def _cut(reading: HtmlReading, cuts: list[Cut]) -> None:
    by_block: dict[int, list[Cut]] = {}
    for cut in cuts:
        by_block.setdefault(cut.block, []).append(cut)
    for block, pieces in by_block.items():
        _cut_block(reading.nodes[block], reading.page.text[block], pieces)


def _cut_block(nodes: list[Text], text: str, cuts: list[Cut]) -> None:
    """Take the cuts out of the nodes: the visible characters of both stand in the same order, white space apart."""
    spans = sorted((_visible(text[: cut.start]), _visible(text[: cut.end])) for cut in cuts)
    position = current = 0
    for node in nodes:
        data = node.data
        kept: list[str] = []
        for character in data:
            if not character.isspace() and character not in _UNSEEN:
                while current < len(spans) and position >= spans[current][1]:
                    current += 1
                position += 1
                if current < len(spans) and spans[current][0] < position:
                    continue
            kept.append(character)
        if len(kept) < len(data):
            node.data = "".join(kept)


def _visible(text: str) -> int:
    """The number of characters that are seen: the reader of a page and a browser agree on these."""
    return sum(not character.isspace() and character not in _UNSEEN for character in text)
