"""What the markup says of people and dates where they stand: `time`, `rel=author`, and microdata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.page import Mark

if TYPE_CHECKING:
    from turbohtml import Document, Element

    from cleaner.page import MarkKind, MarkWay

_SELECTOR = (
    "time[datetime],[datetime],a[rel~=author],[itemprop~=author],[itemprop~=datePublished],[itemprop~=dateCreated],"
    "[itemprop~=dateModified],[itemprop~=headline]"
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
_MOST_ANCESTORS = 40
_MOST_CHARACTERS = 200


def read_marks(document: Document, elements: list[Element], first: list[int]) -> list[Mark]:
    """The first marks of the page, each with the block that it stands at.

    `elements` and `first` give the element of each container and the first block inside it.
    """
    found = document.select(_SELECTOR)
    if not found:
        return []
    places = {element: index for index, element in enumerate(elements)}
    marks = []
    for element in found[:_MOST_MARKS]:
        kinds = _kinds_of(element)
        if not kinds:
            continue
        at, foreign = _surroundings(element, places)
        way, kind = kinds
        value = _value(element, kind)
        if value and not (foreign and way == "microdata"):
            marks.append(Mark(kind, way, value[:_MOST_CHARACTERS], first[at]))
    return marks


def _kinds_of(element: Element) -> tuple[MarkWay, MarkKind] | None:
    for name in (element.attr("itemprop") or "").lower().split():
        if name in _KINDS:
            return "microdata", _KINDS[name]
    if element.attr("datetime") is not None:
        return "time", "date"
    return ("rel", "author") if element.tag == "a" else None


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
