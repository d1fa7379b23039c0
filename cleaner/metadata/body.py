"""Where the document stands on its page: the blocks that are kept, and which of them is the title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.metadata.bylines import read_byline
from cleaner.metadata.titles import fold, named_by_window, weight
from cleaner.page import BlockKind, Flag

if TYPE_CHECKING:
    from cleaner.page import Page
    from cleaner.verdict import Judgement

_TITLE_WORDS = 60
_LONGEST_HEADING = 160
_ENDS_SENTENCE = re.compile(r"[。．.!！?？；;：:,，]$")
_NOT_TITLE = frozenset(
    {
        BlockKind.CODE,
        BlockKind.TABLE,
        BlockKind.CELL,
        BlockKind.RULE,
        BlockKind.BLANK,
        BlockKind.FRONT_MATTER,
        BlockKind.MARKUP,
        BlockKind.ITEM,
    }
)


@dataclass(frozen=True, slots=True)
class Body:
    """Where the document stands on the page: its blocks that are kept, in order, and its title among them, if any."""

    kept: list[int]
    title: int | None

    @property
    def anchor(self) -> int:
        """The block that distances are counted from: the title, else the first that is kept."""
        return self.title if self.title is not None else self.kept[0] if self.kept else 0


def find_body(page: Page, judgement: Judgement) -> Body:
    """The kept blocks, and the title: the judge's, else the first heading, else a short line above running text."""
    kept = [index for index, keep in enumerate(judgement.kept[: len(page)]) if keep and page.text[index]]
    title = judgement.title
    if title is not None and 0 <= title < len(page) and page.text[title].strip():
        return Body(kept, _below_book(page, title))
    return Body(kept, _heading(page, kept) if page.kind != "text" else _short_line(page, kept))


def _below_book(page: Page, title: int) -> int:
    """The title, unless it is the site's or book's name and another heading is what the window's title begins with."""
    own = named_by_window(page.text[title], page.head.title) if page.head.title else None
    if own:
        for index, kind in enumerate(page.block_kind):
            if kind == BlockKind.HEADING and index > title and fold(page.text[index][:_LONGEST_HEADING]) == own:
                return index
    return title


def _heading(page: Page, kept: list[int]) -> int | None:
    """The first heading of the first level that is kept; in HTML an `h1` that was not kept may be the title too."""
    headings = [index for index in kept if page.block_kind[index] == BlockKind.HEADING]
    first = next((index for index in headings if page.level[index] == 1), None)
    if first is not None:
        return first
    if page.kind == "markdown":
        return headings[0] if headings and headings[0] in kept[:3] else None
    ones = [
        index
        for index, kind in enumerate(page.block_kind)
        if kind == BlockKind.HEADING and page.level[index] == 1 and not page.hidden[index] and page.text[index]
    ]
    return ones[0] if len(ones) == 1 else None


def _short_line(page: Page, kept: list[int]) -> int | None:
    """In bare text: one of the first three lines, if it is short, no sentence, and running text follows."""
    for place, index in enumerate(kept[:3]):
        text = page.text[index]
        if page.block_kind[index] in _NOT_TITLE or page.flags[index] & Flag.GUARDED:
            return None
        if weight(text) > _TITLE_WORDS or _ENDS_SENTENCE.search(text.rstrip('”"』」')) or len(text) < 4:
            return None
        following = [page.text[later] for later in kept[place + 1 : place + 7]]
        if any(weight(later) >= 2 * weight(text) + 8 for later in following) and not read_byline(text, None, sure=True):
            return index
    return None
