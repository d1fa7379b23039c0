"""Hidden text that readers do see: behind a tab or a fold, faded in by a script, or because it is all the page has."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cleaner.page import Flag

if TYPE_CHECKING:
    from cleaner.page import Page

# What scripts and tabs turn back; text that is moved away or painted over was never meant to be read.
REVERSIBLE = frozenset(
    (
        "display:none",
        "visibility:hidden",
        "opacity:0",
        "hidden attribute",
        "content-visibility:hidden",
        "height:0",
        "max-height:0",
    )
)
# Names of what a reader opens with a click, and of what a script lets in as the reader scrolls.
_FOLDED = re.compile(
    r"accordion|collaps|faq|\btabs?\b|tab-?panel|tab[-_]{0,2}(?:content|pane)|expand|disclosure|toggle|read-?more|show-?more"
    r"|(?:^| )s:[0-9a-f]{1,4}(?: |$)"  # where React's server puts what comes late
)
_ENTERING = re.compile(
    r"animat|\bwow\b|\baos\b|elementor-invisible|reveal|fade-?in|framer|\bjs_content\b"  # the last: WeChat's articles
)
_FLEETING = frozenset(("visibility:hidden", "opacity:0"))
_MENUS = re.compile(r"nav|menu|dropdown|search|modal|popup|cookie")
_OUTSIDE = Flag.NAV.value | Flag.HEADER.value | Flag.FOOTER.value | Flag.DIALOG.value | Flag.FORM.value
LEVELS = 8  # how far up a fold's name may stand

PROSE_CHARACTERS = 60  # a block of running text has at least this many
MOST_LINKED = 0.3  # and at most this share of it in links
LEAST_HIDDEN = 400  # characters of prose that one kind of hiding must hold before it can be the main text
TIMES_VISIBLE = 4  # and this many times what is visible


def reveal(page: Page) -> None:
    """Clears `hidden` where readers see the text all the same; `Flag.HIDDEN` stays as evidence for the judge.

    Folds and entrances are known by the names of the elements around. If after that the page's prose is four fifths
    hidden in one reversible way, the page shows nothing without its script, and that text is what it is read for:
    then the reason moves to `revealed`.
    """
    if not any(page.hidden):
        return
    _reveal_folds(page)
    prose: dict[str, int] = defaultdict(int)
    for index, text in enumerate(page.text):
        if len(text) >= PROSE_CHARACTERS and page.link_chars[index] <= MOST_LINKED * len(text):
            prose[page.hidden[index]] += len(text)
    visible = prose.pop("", 0)
    for reason, characters in prose.items():
        if reason in REVERSIBLE and characters >= max(LEAST_HIDDEN, TIMES_VISIBLE * visible):
            for index, hidden in enumerate(page.hidden):
                if hidden == reason:
                    page.hidden[index], page.revealed[index] = "", reason


def _reveal_folds(page: Page) -> None:
    known: dict[int, tuple[bool, bool]] = {}
    for index, reason in enumerate(page.hidden):
        if reason not in REVERSIBLE or page.flags[index] & _OUTSIDE:
            continue
        container = page.container[index]
        if container not in known:
            known[container] = _named(page, container)
        folded, entering = known[container]
        if folded or (entering and reason in _FLEETING):
            page.hidden[index] = ""


def _named(page: Page, container: int) -> tuple[bool, bool]:
    """Whether the container stands in a fold, and in something that enters, by names; menus are neither."""
    folded = entering = False
    for _ in range(LEVELS):
        words = page.containers.words[container]
        if words:
            said = _said(words)
            if said.menu:
                break
            folded, entering = folded or said.folded, entering or said.entering
        if not container:
            break
        container = page.containers.parent[container]
    return folded, entering


class _Said(NamedTuple):
    """What the names of one element say: that it is a menu, a fold, something that a script lets in."""

    menu: bool
    folded: bool
    entering: bool


@lru_cache(maxsize=10_000)
def _said(words: str) -> _Said:
    return _Said(
        _MENUS.search(words) is not None, _FOLDED.search(words) is not None, _ENTERING.search(words) is not None
    )
