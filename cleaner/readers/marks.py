"""What the markup says of people and dates where they stand: `time`, `rel=author`, microdata, links to people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.page import Mark

if TYPE_CHECKING:
    from turbohtml import Document, Element

    from cleaner.page import MarkKind, MarkWay

# One select for all that has one of these attributes, and a filter, takes half the time of a select by their values.
_SELECTOR = "[datetime],[itemprop],a[rel~=author]"
# The address of a person's own page.
_OF_PERSON = re.compile(
    r"/(?:authors?|contributors?|writers?|columnists?|reporters?|journalists?|users?|profile|people|members|u)/[^/?#]+/?(?:[?#]|$)"
)
_KINDS: dict[str, MarkKind] = {
    "author": "author",
    "datepublished": "date",
    "datecreated": "date",
    "datemodified": "modified",
    "headline": "title",
}
# Inside these, microdata is of something else than the document.
_OTHERS = frozenset(("comment", "suggestedanswer", "acceptedanswer", "review", "itemlistelement", "hasvariant"))
# The marks of a document stand near its beginning; pages with hundreds are lists of documents or comments.
_MOST_MARKS = 40
# Links to people stand in menus too; these must not use up what is read.
_MOST_LINKS = 12
_MOST_ANCESTORS = 40
_MOST_CHARACTERS = 200


def read_marks(document: Document, elements: list[Element], first: list[int]) -> list[Mark]:
    """The first marks of the page, each with the block that it stands at.

    `elements` and `first` give the element of each container and the first block inside it.
    """
    marks: list[Mark] = []
    places = {element: index for index, element in enumerate(elements)}
    for element in document.select(_SELECTOR):
        kinds = _kinds_of(element)
        if kinds is None:
            continue
        at, foreign = _surroundings(element, places)
        way, kind = kinds
        value = _value(element, kind)
        if value and not (foreign and way == "microdata"):
            marks.append(Mark(kind, way, value[:_MOST_CHARACTERS], first[at]))
            if len(marks) >= _MOST_MARKS:
                break
    return marks + _links(document, places, first)


def _links(document: Document, places: dict[Element, int], first: list[int]) -> list[Mark]:
    """The first links with a text to the pages of people."""
    marks: list[Mark] = []
    for element in document.select("a[href]"):
        if _OF_PERSON.search(element.attr("href") or "") and (value := _value(element, "author")):
            marks.append(Mark("author", "link", value[:_MOST_CHARACTERS], first[_place(element, places)]))
            if len(marks) >= _MOST_LINKS:
                break
    return marks


def _kinds_of(element: Element) -> tuple[MarkWay, MarkKind] | None:
    for name in (element.attr("itemprop") or "").lower().split():
        if name in _KINDS:
            return "microdata", _KINDS[name]
    if element.attr("datetime") is not None:
        return "time", "date"
    return ("rel", "author") if element.tag == "a" and "author" in (element.attr("rel") or "").split() else None


def _place(element: Element, places: dict[Element, int]) -> int:
    """The innermost container around an element."""
    node: Element | None = element
    for _ in range(_MOST_ANCESTORS):
        if node is None or node in places:
            break
        above = node.parent
        node = above if hasattr(above, "attr") else None  # type: ignore[assignment]
    return places.get(node, 0) if node is not None else 0


def _surroundings(element: Element, places: dict[Element, int]) -> tuple[int, bool]:
    """The innermost container around an element, and whether it belongs to a comment, an answer or a list's entry."""
    at, foreign = None, False
    node: Element | None = element
    for _ in range(_MOST_ANCESTORS):
        if node is None:
            break
        if at is None:
            at = places.get(node)
        for name in (node.attr("itemprop") or "").lower().split():
            foreign = foreign or name in _OTHERS
        kind = (node.attr("itemtype") or "").lower()
        foreign = foreign or kind.endswith(("/comment", "/answer", "/review", "/product"))
        above = node.parent
        node = above if hasattr(above, "attr") else None  # type: ignore[assignment]
    return at or 0, foreign


def _value(element: Element, kind: MarkKind) -> str:
    if kind in ("date", "modified"):
        stated = element.attr("datetime") or element.attr("content")
        return " ".join((stated or element.text).split())
    named = element if element.attr("content") else element.select_one("[itemprop~=name]") or element
    return " ".join((named.attr("content") or named.text).split())
