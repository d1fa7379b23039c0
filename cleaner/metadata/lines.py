"""What the page's own text says: its title, the lines beside it, and the editor's line after the body."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, cast

from cleaner.metadata.bylines import LONGEST, is_label, read_byline
from cleaner.metadata.candidates import IN_COMMENTS, RELATIVE, Candidate
from cleaner.metadata.dates import find_dates
from cleaner.metadata.dispatches import read_ends, read_reporters
from cleaner.metadata.marks import in_comments
from cleaner.metadata.names import looks_like_name, read_people
from cleaner.metadata.relative_dates import relative_date
from cleaner.metadata.titles import squeeze
from cleaner.page import BlockKind, Flag
from cleaner.verdict import Category

if TYPE_CHECKING:
    from cleaner.metadata.body import Body
    from cleaner.metadata.dates import Order
    from cleaner.page import Page
    from cleaner.verdict import Judgement

# How far from the title a byline stands, in blocks; measured on news pages the farthest is a menu of share links away.
_ABOVE, _BELOW = 6, 14
# Forums set the name of the writer below the post.
_BELOW_NAMED = 30
# As far from the title as most bylines stand.
_BESIDE = 4
_MOST_BYLINES = 24
_MOST_AWAY = 6
# So many dates of different days, or names, are those of a list of documents.
_MANY = 4
_DATES = ("date", "modified")
_SUBTITLE = re.compile(r"^(?:——|--|—|――|──)\s?\S")

# Plain integers: operations on members of the enumeration are twenty times slower.
_ELSEWHERE = (Flag.NAV | Flag.FOOTER | Flag.ASIDE | Flag.DIALOG | Flag.GUARDED).value
_TIME = Flag.TIME.value
_OF_ARTICLE = (Flag.ARTICLE | Flag.MAIN).value
_NEVER = (Flag.NAV | Flag.DIALOG | Flag.GUARDED).value
_LONGEST_UNNAMED = 160
_LONGEST_NAME = 60
# More are a menu; the many authors of a paper stand in its head.
_MOST_PEOPLE = 5
# Class and id words of publishing systems and forums (WordPress, Drupal, Discuz, XenForo, phpBB, MyBB, FluxBB, Flarum).
_AUTHOR_WORDS = re.compile(
    r"(?<![a-z])(?:authors?|byline|by-line|writer|reporter|contributor|(?:big)?user-?name|creator|poster|authi|nickname"
    r"|user-?details|post-?user|postuser-name|message-?name|postleft|postprofile|post-?meta|person|postauthor)"
    r"(?![a-z])"
)
# Lines at the foot of a page that name the owner of the site or the maker of its theme.
_OWNERS = re.compile(r"©|copyright|powered|theme|版权|版權", re.IGNORECASE)
_OTHERS = re.compile(r"comment|related|sidebar|recommend|widget|avatar-list|stickyside|(?:^|\s)bio")
# How a line says by itself that it is a byline, wherever it stands.
_LABELLED = re.compile(
    r"(?:(?:first |date )?(?:published|posted)\b|written by\b|(?:article |words |story )?by:?\s(?-i:[A-Z])"
    r"|authors?:|(?:last )?(?:updated|modified)\b.{0,20}\d{4}"
    r"|(?:发布|发表|發布|發佈|發表|来源|來源|作者|责任编辑|责编|编辑|編輯).{0,4}[:：])",
    re.IGNORECASE,
)
_LEADS = frozenset("FfDdPpWwBbSsAaLlUuMm发發来來作责编編")
_STATED = re.compile(r"\b(?:19|20)\d\d\b|^\W{0,2}by\s", re.IGNORECASE)
_NUMBER_OR_LABEL = re.compile(r"\d{3}\s|[:：]")
_SEPARATORS = " \t\n|·•,–—-"
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){1,3}")


def _heading(page: Page, body: Body) -> tuple[str, ...]:
    """What speaks for the heading that the judge takes for the title: its level in the markup, where it stands."""
    index = cast("int", body.title)
    at = bisect_left(body.kept, index)
    where = "kept heading" if body.kept[at : at + 1] == [index] else "heading not kept"
    place = "heading first" if at == 0 else "heading early" if at <= 2 else "heading late"
    level = page.level[index] if page.block_kind[index] == BlockKind.HEADING else 0
    return ("heading", f"heading of level {level}" if level <= 2 else "low heading", where, place)


def _other_headings(page: Page, title: int) -> list[Candidate]:
    """The first large headings of an HTML page beside the one that the judge takes for the title."""
    ones = [
        index
        for index, kind in enumerate(page.block_kind)
        if kind == BlockKind.HEADING and page.level[index] == 1 and index != title and not page.hidden[index]
    ]
    where = "only other heading" if len(ones) == 1 else "other heading"
    return [Candidate("title", page.text[index], "heading", (where,)) for index in ones[:2]]


class _Line(NamedTuple):
    """A line to read: its block, its text, and what speaks for it before a word is read."""

    block: int
    text: str
    called: bool
    where: str


def read_lines(page: Page, judgement: Judgement, body: Body, order: Order) -> list[Candidate]:
    """Candidates for title, subtitle, author, editor, source, dates and section from the text of the page."""
    found: list[Candidate] = []
    if body.title is not None:
        found.append(Candidate("title", squeeze(page.text[body.title]).lstrip("# "), "heading", _heading(page, body)))
        found += _other_headings(page, body.title)
        below = body.title + 1
        if below < len(page) and _SUBTITLE.match(page.text[below]):
            found.append(Candidate("subtitle", squeeze(page.text[below]).lstrip("—-―─ "), "heading"))
    read: list[Candidate] = []
    said_by = []
    anchor = body.anchor
    for line in _places(page, judgement, body):
        sure = (
            line.called
            or bool(page.flags[line.block] & _TIME)
            or (len(line.text) <= _LONGEST_UNNAMED and bool(_STATED.search(line.text)) and _classed(page, line.block))
        )
        said = read_byline(line.text, order, sure=sure)
        stated = any(one.field in _DATES for one in said)
        if not any(one.field == "author" for one in said):
            said = said + read_reporters(line.text)
        if not any(one.field == "author" for one in said):
            said = said + _unlabelled(page, line, order, sure=sure, dated=stated)
        if not stated and line.where != "far" and (words := relative_date(line.text)):
            found.append(Candidate("date", words, "byline", (RELATIVE,)))
        said_by.append((line, said))
    dated = {mark.block for mark in page.head.marks if mark.way == "time"}
    dated.update(line.block for line, said in said_by if any(one.field in _DATES for one in said))
    for line, said in said_by:
        company: tuple[str, ...] = (
            ("next to a date",) if any(line.block + step in dated for step in (-2, -1, 0, 1, 2)) else ()
        )
        if in_comments(judgement, body, line.block):
            company += (IN_COMMENTS,)
        read += [_signed(one, line, company if one.field == "author" else (), anchor) for one in said]
    found += _ranked(read)
    return found + read_ends(page, body)


def _signed(one: Candidate, line: _Line, company: tuple[str, ...], anchor: int) -> Candidate:
    """A candidate with where its line stands: `byline beside`, `bare date near`, `change far`."""
    way = one.signals[0] if one.signals else "change" if one.field == "modified" else "byline"
    signals = (f"{way} {line.where}", f"{way} so called") if line.called else (f"{way} {line.where}",)
    return Candidate(one.field, one.value, one.evidence, signals + company, line.block - anchor)


def _ranked(read: list[Candidate]) -> list[Candidate]:
    """The same, with the first of each field and the pages of many dates or names marked."""
    out = []
    for field in dict.fromkeys(one.field for one in read):
        mine = [one for one in read if one.field == field]
        many = len({one.value[:10] if field in _DATES else one.value for one in mine}) >= _MANY
        for one in mine:
            way = one.signals[0].rpartition(" ")[0]
            rival = next(other for other in mine if not other.signals[0].startswith("formal") or other is one)
            more = (f"first {way}",) * (one.value == rival.value) + ("of many",) * many
            out.append(replace(one, signals=one.signals + more))
    return out


def _places(page: Page, judgement: Judgement, body: Body) -> list[_Line]:
    """The lines to read as bylines, those near the title first; a label alone in its block is read with the next."""
    anchor = body.anchor
    other = _other_title(page, anchor)
    near: list[_Line] = []
    far: list[_Line] = []
    label = ""
    first, last = other - _ABOVE, anchor + _BELOW_NAMED
    verdicts = judgement.verdicts[: len(page)]
    byline = Category.BYLINE
    wanted = {index for index, verdict in enumerate(verdicts) if verdict.category is byline}
    wanted |= {index + 1 for index in wanted} | set(range(first, last + 2))  # a label is read with the next block
    for index in sorted(wanted & set(range(len(verdicts)))):
        verdict = verdicts[index]
        if not (first <= index <= last or verdict.category is Category.BYLINE or label):
            continue
        text = page.text[index]
        if not text or index == body.title or len(text) > LONGEST or page.hidden[index]:
            label = ""
            continue
        distance = index - (anchor if index >= anchor or index > other + _BELOW else other)
        beside = -_ABOVE <= distance <= _BELOW
        if not beside and 0 < distance <= _BELOW_NAMED and len(text) <= _LONGEST_NAME:
            beside = page.kind == "html" and _calls_author(_words_of(page, index))
        called = verdict.category is Category.BYLINE
        if label:
            text, label = f"{label} {text}", ""
        elif (called or beside) and is_label(text):
            label = text
            continue
        if beside and (called or _may_be_byline(page, index, distance)):
            near.append(_Line(index, text, called, _where(distance)))
        elif called and not _OWNERS.search(text):
            far.append(_Line(index, text, called, "far"))
    near.sort(key=lambda line: (not line.called, min(abs(line.block - anchor), abs(line.block - other))))
    return (near + far)[:_MOST_BYLINES] + (_aside(page, range(first, last + 1)) if page.kind == "html" else [])


def _aside(page: Page, near: range) -> list[_Line]:
    """Lines that only their own words or classes call bylines: hidden ones near the title, labelled ones far off."""
    found = []
    for index in range(max(near.start, 0), min(near.stop, len(page))):
        text = page.text[index]
        if page.hidden[index] and 0 < len(text) <= _LONGEST_NAME and _classed(page, index):
            found.append(_Line(index, text, called=False, where="hidden"))
    led = [index for index, text in enumerate(page.text) if text[:1] in _LEADS and len(text) <= _LONGEST_NAME]
    found += [
        _Line(index, page.text[index], called=False, where="away")
        for index in led
        if index not in near and not page.hidden[index] and _LABELLED.match(page.text[index])
    ]
    return found[:_MOST_AWAY]


def _other_title(page: Page, anchor: int) -> int:
    """The first large heading that is shown, where the judge takes a later one for the title; else the title."""
    for index in range(min(anchor, len(page))):
        if page.block_kind[index] == BlockKind.HEADING and page.level[index] == 1 and not page.hidden[index]:
            return index
    return anchor


def _where(distance: int) -> str:
    if distance < 0:
        return "above"
    return "beside" if distance <= _BESIDE else "near"


def _may_be_byline(page: Page, index: int, distance: int) -> bool:
    """Whether a block beside the title, which the judge didn't call a byline, may still be one.

    An article's own `aside` or `footer` may hold its byline, if that stands right beside the title.
    """
    flags = page.flags[index]
    if flags & _ELSEWHERE and not (flags & _OF_ARTICLE and not flags & _NEVER and abs(distance) <= _BESIDE):
        return False
    return len(page.text[index]) <= _LONGEST_UNNAMED


def _unlabelled(page: Page, line: _Line, order: Order, *, sure: bool, dated: bool) -> list[Candidate]:
    """The name that a block consists of, or holds beside its date (Jane Doe · March 3, 2024), without a label.

    Right beside the title, in a byline, or beside a date, full names are enough; one word is a name only where the
    classes of the block say so.
    """
    text = line.text
    words = _words_of(page, line.block) if page.kind == "html" else ""
    if len(text) > 2 * _LONGEST_NAME or _is_of_others(words):
        return []
    named = _calls_author(words)
    dates = find_dates(text, order) if dated or named else []
    if not (named or sure or dates or line.where == "beside"):
        return []
    name = _beside(text, dates[0].start, dates[0].end) if dates else text
    people = read_people(name) if len(name) <= _LONGEST_NAME and not _NUMBER_OR_LABEL.search(name) else None
    if not people or people.count(", ") >= _MOST_PEOPLE or not looks_like_name(people):
        return []
    if not named and not all(_FULL_NAME.fullmatch(person) for person in people.split(", ")):
        return []
    way = "classed name" if named else "dated name" if dates else "bare name" if sure else "lone name"
    return [Candidate("author", people, "text", (way,))]


def _classed(page: Page, index: int) -> bool:
    """Whether the classes around a block call it that of an author."""
    return page.kind == "html" and _calls_author(_words_of(page, index))


# Neighbours share their containers, and so these words.
@lru_cache(maxsize=256)
def _calls_author(words: str) -> bool:
    return bool(_AUTHOR_WORDS.search(words))


@lru_cache(maxsize=256)
def _is_of_others(words: str) -> bool:
    return bool(_OTHERS.search(words))


def _beside(text: str, start: int, end: int) -> str:
    """What stands before a date, or if nothing does, after it."""
    return text[:start].strip(_SEPARATORS) or text[end:].strip(_SEPARATORS)


def _words_of(page: Page, index: int) -> str:
    """Class and id words around the block's text: inline ones, the container's, and those of the next ones up."""
    containers, at = page.containers, page.container[index]
    if not 0 <= at < len(containers.words):
        return ""
    words = page.inline_words[index] if page.inline_words else ""
    for _ in range(3):
        words += " " + containers.words[at]
        at = containers.parent[at]
        if at <= 0:
            break
    return words
