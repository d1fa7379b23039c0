"""What sites put into headings besides the heading: permalinks, anchors, links to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from turbohtml import Element

_PERMALINK_CLASSES = frozenset(
    {
        "headerlink",
        "hash-link",
        "anchorjs-link",
        "header-anchor",
        "permalink",
        "heading-link",
        "anchor-link",
        "heading-anchor",
    }
)
# Words that stand in a permalink for people who listen.
_PERMALINK_WORDS = frozenset({"permalink", "link", "anchor", "direct link", "链接", "固定链接"})


def is_permalink(element: Element, *, in_heading: bool) -> bool:
    """Whether a link only marks its own place: to a fragment, without a word of its own, in a heading or so named."""
    href = element.attr("href")
    if href is None or "#" not in href:
        return False
    named = not _PERMALINK_CLASSES.isdisjoint(element.attrs.get("class") or ())
    if not in_heading and not named:
        return False
    text = element.text.strip().lower()
    if not any(character.isalnum() for character in text):
        return element.find("img") is None or href.startswith("#")
    return text in _PERMALINK_WORDS and (named or href.startswith("#"))
