"""What the page's own text says: its title, the lines beside it, and the editor's line after the body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.metadata.bylines import LONGEST, read_byline, read_dispatch
from cleaner.metadata.candidates import Candidate
from cleaner.metadata.dates import find_dates
from cleaner.metadata.names import read_people
from cleaner.metadata.titles import fold, named_by_window, squeeze, weight
from cleaner.page import BlockKind, Flag
from cleaner.verdict import Category

if TYPE_CHECKING:
    from cleaner.metadata.dates import Order
    from cleaner.page import Page
    from cleaner.verdict import Judgement

# How far from the title a byline stands, in blocks; measured on news pages the farthest is a menu of share links away.
_ABOVE, _BELOW = 6, 14
# Forums set the name of the writer below the post.
_BELOW_NAMED = 30
# Blocks at either end of the body that may name a reporter or an editor.
_ENDS = 3
_MOST_BYLINES = 24
_TITLE_WORDS = 60
_SUBTITLE = re.compile(r"^(?:——|--|—|――|──)\s?\S")
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

_ELSEWHERE = Flag.NAV | Flag.FOOTER | Flag.ASIDE | Flag.DIALOG | Flag.GUARDED
_LONGEST_UNNAMED = 160
_LONGEST_NAME = 60
# Class and id words of publishing systems and forums (WordPress, Drupal, Discuz, XenForo, phpBB, MyBB, FluxBB, Flarum).
_AUTHOR_WORDS = re.compile(
    r"(?<![a-z])(?:author|authors|byline|by-line|writer|reporter|contributor|username|user-?name|creator|poster|authi|nickname"
    r"|user-?details|post-?user|postuser-name|message-?name|postleft|postprofile|post-?meta)(?![a-z])"
)
# Lines at the foot of a page that name the owner of the site or the maker of its theme.
_OWNERS = re.compile(r"©|copyright|powered|theme|版权|版權", re.IGNORECASE)
_OTHERS = re.compile(r"comment|related|sidebar|recommend|widget|avatar-list|stickyside|(?:^|\s)bio")
_SEPARATORS = " \t\n|·•,–—-"
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){1,3}")
_PARTICLES = frozenset(
    {"de", "da", "di", "van", "von", "der", "den", "del", "la", "le", "el", "al", "bin", "ibn", "dos", "du", "y", "e"}
)


@dataclass(frozen=True, slots=True)
class Body:
    """Where the document stands on the page: its blocks that are kept, in order, and its title among them, if any."""

    kept: list[int]
    title: int | None


def find_body(page: Page, judgement: Judgement) -> Body:
    """The kept blocks, and the title: the judge's, else the first heading, else a short line above running text."""
    kept = [index for index, verdict in enumerate(judgement.verdicts[: len(page)]) if verdict.keep and page.text[index]]
    title = judgement.title
    if title is not None and 0 <= title < len(page) and page.text[title].strip():
        return Body(kept, _below_book(page, title))
    return Body(kept, _heading(page, kept) if page.kind != "text" else _short_line(page, kept))


def _below_book(page: Page, title: int) -> int:
    """The title, unless it is the site's or book's name and another heading is what the window's title begins with."""
    own = named_by_window(page.text[title], page.head.title) if page.head.title else None
    if own:
        for index, kind in enumerate(page.block_kind):
            if kind == BlockKind.HEADING and index > title and fold(page.text[index][:_LONGEST_UNNAMED]) == own:
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


def read_lines(page: Page, judgement: Judgement, body: Body, order: Order) -> list[Candidate]:
    """Candidates for title, subtitle, author, editor, source, dates and section from the text of the page."""
    found: list[Candidate] = []
    if body.title is not None:
        found.append(Candidate("title", squeeze(page.text[body.title]).lstrip("# "), "heading"))
        below = body.title + 1
        if below < len(page) and _SUBTITLE.match(page.text[below]):
            found.append(Candidate("subtitle", squeeze(page.text[below]).lstrip("—-―─ "), "heading"))
    for index in _places(page, judgement, body):
        text = page.text[index]
        sure = judgement.verdicts[index].category is Category.BYLINE or bool(page.flags[index] & Flag.TIME)
        said = read_byline(text, order, sure=sure)
        if not any(one.field == "author" for one in said):
            said = said + _unlabelled(page, index, text, order, sure=sure)
        found += said
    for index in {*body.kept[:_ENDS], *body.kept[-_ENDS:]}:
        found += read_dispatch(page.text[index][:LONGEST]) + read_dispatch(page.text[index][-60:])
    return found


def _places(page: Page, judgement: Judgement, body: Body) -> list[int]:
    """The blocks to read as bylines, those near the title first."""
    anchor = body.title if body.title is not None else body.kept[0] if body.kept else 0
    near, far = [], []
    for index, verdict in enumerate(judgement.verdicts[: len(page)]):
        text = page.text[index]
        if not text or index == body.title or len(text) > LONGEST or page.hidden[index]:
            continue
        beside = anchor - _ABOVE <= index <= anchor + _BELOW
        if not beside and anchor < index <= anchor + _BELOW_NAMED and len(text) <= _LONGEST_NAME:
            beside = page.kind == "html" and bool(_AUTHOR_WORDS.search(_words_of(page, index)))
        byline = verdict.category is Category.BYLINE
        if beside and (byline or _may_be_byline(page, index)):
            near.append(index)
        elif byline and not _OWNERS.search(text):
            far.append(index)
    near.sort(key=lambda index: (judgement.verdicts[index].category is not Category.BYLINE, abs(index - anchor)))
    return (near + far)[:_MOST_BYLINES]


def _may_be_byline(page: Page, index: int) -> bool:
    """Whether a block beside the title, which the judge didn't call a byline, may still be one."""
    if page.flags[index] & _ELSEWHERE:
        return False
    return len(page.text[index]) <= _LONGEST_UNNAMED


def _unlabelled(page: Page, index: int, text: str, order: Order, *, sure: bool) -> list[Candidate]:
    """The name that a block consists of, or holds beside its date (Jane Doe · March 3, 2024), without a label.

    Where the block is a byline, a full name is enough; one word is a name only where the classes of the block say so.
    """
    words = _words_of(page, index) if page.kind == "html" else ""
    if _OTHERS.search(words):
        return []
    named = bool(_AUTHOR_WORDS.search(words))
    if not (named or sure) or len(text) > 2 * _LONGEST_NAME:
        return []
    dates = find_dates(text, order)
    if not named and not dates:
        return []
    name = _beside(text, dates[0].start, dates[0].end) if dates else text
    people = read_people(name) if len(name) <= _LONGEST_NAME and not re.search(r"\d{3}|[:：]", name) else None
    if not people or not _looks_like_name(people) or not (named or _FULL_NAME.fullmatch(people)):
        return []
    return [Candidate("author", people, "text")]


def _beside(text: str, start: int, end: int) -> str:
    """What stands before a date, or if nothing does, after it."""
    return text[:start].strip(_SEPARATORS) or text[end:].strip(_SEPARATORS)


def _words_of(page: Page, index: int) -> str:
    """Class and id words of the block's container and of the next one up."""
    containers, at = page.containers, page.container[index]
    if not 0 <= at < len(containers.words):
        return ""
    parent = containers.parent[at]
    return containers.words[at] + " " + (containers.words[parent] if parent >= 0 else "")


def _looks_like_name(people: str) -> bool:
    first = people.partition(", ")[0]
    if " " not in first:
        return True  # user names are written as people like
    return all(word[:1].isupper() or not word[:1].isascii() or word in _PARTICLES for word in first.split())
