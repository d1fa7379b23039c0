"""What sites set beside text and listings that says nothing of them: links to edit, line numbers, sizes of pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from turbohtml import Element

if TYPE_CHECKING:
    from collections.abc import Iterable

# Each with the software that writes it.
_CLASSES = frozenset(
    {
        "mw-editsection",  # MediaWiki: edit this section
        "mw-cite-backlink",  # MediaWiki: back from a note
        "mw-empty-elt",
        "footnotes-sep",  # markdown-it: the rule above the notes
        "ReferenceList-backLink",  # Zhihu
        "line-numbers-wrapper",  # VitePress, VuePress
        "cnblogs_code_toolbar",
        "code-snippet__line-index",  # WeChat
        "highlight__panel",  # DEV
        "zeroclipboard-container",  # GitHub
        "crayon-toolbar",
    }
)
# (class of the element around it, class of the element itself), where the latter alone says too little.
_WITHIN = (
    ("code-toolbar", "toolbar"),  # Prism
    ("vp-adaptive-theme", "lang"),  # VitePress
    ("line-numbers-mode", "lang"),
    ("lightbox", "meta"),  # Discourse: name and size of a picture
)
_ANY = _CLASSES.union(name for _, name in _WITHIN)


def is_furniture(element: Element, classes: Iterable[str]) -> bool:
    """Whether the element, of the given classes, is no part of the text."""
    if _ANY.isdisjoint(classes):
        return False
    if not _CLASSES.isdisjoint(classes):
        return True
    parent = element.parent
    around = (parent.attrs.get("class") or ()) if type(parent) is Element else ()
    return any(wrapper in around and name in classes for wrapper, name in _WITHIN)
