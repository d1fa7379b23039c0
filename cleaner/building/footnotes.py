"""Footnotes in every common form: short links to a note that links back, or that says it is one.

A reference is a link to a fragment with a text of a few characters (`1`, `[1]`, `*`, `†`); its note is a list item,
paragraph or box further down the page. The note must lead back to the reference; else the link is an ordinary one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from turbohtml import Element

if TYPE_CHECKING:
    from turbohtml import Node

_LONGEST_REFERENCE = 5
_NOTE_TAGS = frozenset({"li", "p", "div", "aside", "dd", "td", "table"})
# How far above the target of the link the note's own element may stand, and the reference's mark above the link.
_NOTE_HEIGHT = 4
_REFERENCE_HEIGHT = 2
# A box with more links back than this is the list of notes, not a note.
_MOST_LINKS_IN_BOX = 4
_BACK_TEXT = re.compile(
    r"[\s\[\]()（）［］〔〕【】^↩↑↵⏎⤴️︎a-z\d.,*†‡§※注①-⑳⑴-⒇❶-❿]{0,12}|(?:back|return|jump|返回|上へ).{0,30}",
    re.IGNORECASE,
)
_BRACKETS = " \t\n\r[]()（）［］〔〕【】^."


@dataclass(slots=True)
class Footnotes:
    """Which elements of a page are references, notes and links back.

    `references` and `notes` give the footnote's number, by first use; `back_links` are left out of the document.
    """

    references: dict[Node, int] = field(default_factory=dict)
    notes: dict[Node, int] = field(default_factory=dict)
    back_links: set[Node] = field(default_factory=set)

    def __bool__(self) -> bool:
        """Whether the page has any."""
        return bool(self.references)


def find_footnotes(root: Node) -> Footnotes:
    """The footnotes of a tree, in one pass over its fragment links and ids."""
    found = Footnotes()
    named = root.select('a[href*="#"],[id],[name]')
    links = [element for element in named if _is_short_link(element)]
    if not links:
        return found
    position: dict[Node, int] = {element: index for index, element in enumerate(named)}
    targets: dict[str, Element] = {}
    for element in named:
        for name in _names(element):
            targets.setdefault(name, element)
    back: dict[Node, list[Element]] = {}
    for link in links:
        if link in found.back_links:
            continue
        target = targets.get(_fragment(link)) or targets.get(unquote(_fragment(link)))
        if target is None or position[target] <= position[link]:
            continue
        note = _note_around(target)
        if note is None:
            continue
        if note not in back:
            back[note] = _links_back(note)
        if note not in found.notes:
            if not _leads_back(back[note], link):
                continue
            found.notes[note] = len(found.notes) + 1
            found.back_links.update(_with_brackets(link, note) for link in back[note])
        found.references[link] = found.notes[note]
    return found


def _is_short_link(element: Element) -> bool:
    if element.tag != "a" or not _fragment(element):
        return False
    return 0 < len(element.text.strip(_BRACKETS)) <= _LONGEST_REFERENCE


def _fragment(link: Element) -> str:
    """What the link leads to within a page; sites write their own address before it, and both ways are checked."""
    return (link.attr("href") or "").partition("#")[2]


def _names(element: Element) -> list[str]:
    return [name for name in (element.attr("id"), element.attr("name")) if name]


def _note_around(target: Element) -> Element | None:
    element: object = target
    for _ in range(_NOTE_HEIGHT):
        if type(element) is not Element:
            return None
        if element.tag in _NOTE_TAGS:
            return element
        element = element.parent
    return None


def _links_back(note: Element) -> list[Element]:
    links = note.select('a[href*="#"]')
    if note.tag == "div" and len(links) > _MOST_LINKS_IN_BOX:
        return []
    return [link for link in links if _BACK_TEXT.fullmatch(link.text.strip())]


def _with_brackets(link: Element, note: Element) -> Element:
    """The link, or the element around it that holds nothing else but brackets: the note's number."""
    outer, text = link, link.text.strip(_BRACKETS)
    parent = link.parent
    while text and type(parent) is Element and parent is not note and parent.text.strip(_BRACKETS) == text:
        outer, parent = parent, parent.parent
    return outer


def _leads_back(back: list[Element], link: Element) -> bool:
    mine: set[str] = set()
    element: object = link
    for _ in range(_REFERENCE_HEIGHT + 1):
        if type(element) is not Element:
            break
        mine.update(_names(element))
        before = element.previous_sibling
        if type(before) is Element and not before.children:  # an empty element that only marks the place
            mine.update(_names(before))
        element = element.parent
    return any(
        _fragment(candidate) in mine
        or unquote(_fragment(candidate)) in mine
        or "back" in " ".join(candidate.attrs.get("class") or ())
        for candidate in back
    )
