"""The line beside a title: who wrote, where it was taken from, when it was published and changed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

from cleaner.metadata.candidates import Candidate
from cleaner.metadata.dates import find_dates, find_month
from cleaner.metadata.dispatches import read_dispatch
from cleaner.metadata.names import ends_like_outlet, read_outlet, read_people
from cleaner.metadata.tables import labels

if TYPE_CHECKING:
    from cleaner.metadata.candidates import Field
    from cleaner.metadata.dates import FoundDate, Order

# A byline is shorter than this, in characters; more is running text that begins like one.
LONGEST = 300
_LONGEST_BARE_DATE = 80
_LONGEST_UNSURE = 100
_LONGEST_LABEL = 30

# A date of less than this share of its line is part of a sentence.
_SHARE = 0.3
# Notices of events and tables of facts use these labels for something else.
_AMBIGUOUS = frozenset(
    {
        "时间",
        "日期",
        "時間",
        "date",
        "datum",
        "data",
        "fecha",
        "дата",
        "from",
        "to",
        "sent",
        "文",
        "글",
        "wann",
        "le",
        "on",
        "提供",
        "文字",
        "created",
        "released",
        "sumber",
        "editor",
        "vom",
        "公開",
        "配信",
        "登録日",
        "등록",
        "발행",
    }
)

# The day that a paper was signed, in the tables above official notices; the day it was published is another.
_FORMAL = frozenset({"成文日期", "生成日期", "发文日期", "印发日期"})
# Forums set these before user names, which begin with any letter.
_BEFORE_USERS = frozenset({"thread starter", "topic starter", "started by", "asked by"})
_EDGES = ("", *"|·•【[（(〔/／,，、:：;；")
# What stands between the parts of a line of parts, or at its ends.
_PARTING = ("", *"|｜·•⋅")
_DATES = ("date", "modified")
_MARKDOWN = re.compile(r"\[([^\[\]]{0,80})\]\([^()\s]{0,200}\)|\*\*|__|(?<!\w)\*|\*(?!\w)")
_VALUE_END = re.compile(
    r"[|｜【\[〔\n\t•⋅]|\s{2,}|\u3000|\s[·–—-]\s|[（(](?!.{0,20}[)）])|[；;]|(?<![（(].)[)）](?!.{0,20}[(（])"
)
# Labels that are set apart from the name before them by style alone: Korin MillerPublished: Jan 3, 2025.
_GLUED = re.compile(r"(?<=[a-z])(?=(?:Published|Updated|Posted|Last [Uu]pdated)\b)")
_GLUED_ENDS = ("ublished", "osted", "pdated")
_HAN_SPACE = re.compile(r"(?<=[\u3400-\u9fff])\s")
_LETTER = re.compile(r"\w")
_AUTHOR_LED = re.compile(r"\s*(?=[A-ZÀ-ÞА-ЯΑ-Ω\u3400-\u9fff\u0e00-\u0e7f\u0600-\u06ff])")


def read_byline(text: str, order: Order, *, sure: bool) -> list[Candidate]:
    """What a byline says; empty for running text. Linear in the text, of which only the first characters are read.

    `sure` says that the line is known to be a byline; in others, labels that notices of events use too, and dates that
    stand in a sentence, are left alone.
    """
    if not (sure or _hint().search(text[:LONGEST])):
        return []
    text = text[:LONGEST].replace("\xa0", " ")
    if "*" in text or "[" in text or "__" in text:
        text = _MARKDOWN.sub(r"\1", text)
    if any(end in text for end in _GLUED_ENDS):
        text = _GLUED.sub(" · ", text)
    dates = find_dates(text, order)
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow, like the dotted capital I of Turkish
        lowered = "".join(letter if len(letter.lower()) > 1 else letter.lower() for letter in text)
    matches = list(_label().finditer(lowered))
    found = _labelled(text, matches, dates, sure=sure)
    if not sure and any(candidate.field not in _DATES for candidate in found):
        # A line that names its author or source is a byline, so that its 时间 is no event's.
        sure = True
        found = _labelled(text, matches, dates, sure=True)
    if not (sure or found) and sum(date.end - date.start for date in dates) < _SHARE * len(text):
        dates = [date for date in dates if _stands_apart(text, date)]
    used = {candidate.value for candidate in found}
    free = [date for date in dates if date.iso not in used and not _stopped(text, matches, date, sure=sure)]
    leading = bool(free) and free[0].start <= 1
    room = _LONGEST_UNSURE + _LONGEST_BARE_DATE if leading and sure else _LONGEST_BARE_DATE
    if free and not any(candidate.field == "date" for candidate in found) and len(text) <= room:
        found.append(Candidate("date", free[0].iso, "byline", ("bare date",)))
        outlet = _beside(text, free[0])
        if outlet and not any(candidate.field == "source" for candidate in found) and outlet not in used:
            found.append(Candidate("source", outlet, "byline"))
    return _one_author(found, read_dispatch(text))


def is_label(text: str) -> bool:
    """Whether a block is nothing but a label (`By`, `Published:`, `作者`), whose value stands in the next one."""
    if len(text) > _LONGEST_LABEL:
        return False
    word = " ".join(text.split()).rstrip(":： ").lower()
    return word in labels().colon if text.rstrip()[-1:] in ":：" else word in labels().bare


def _one_author(found: list[Candidate], dispatch: list[Candidate]) -> list[Candidate]:
    """All authors of a line as one candidate: 作者：李明 通讯员：王芳."""
    people = [candidate.value for candidate in dispatch or found if candidate.field == "author"]
    rest = [candidate for candidate in found if candidate.field != "author"]
    return [*rest, Candidate("author", ", ".join(dict.fromkeys(people)), "byline")] if people else rest


@cache
def _hint() -> re.Pattern[str]:
    """What a byline that isn't known to be one has at least: a colon, a year, or a word for an author at its head."""
    words = "|".join(re.escape(word) for word, field in labels().bare.items() if field == "author")
    return re.compile(rf"[:：]|(?:19|20|25)\d\d|[國国和成]\s?[\d元]|[记記]者|기자|^\W{{0,2}}(?:{words})", re.IGNORECASE)


@cache
def _label() -> re.Pattern[str]:
    """All labels in one alternation, longest first, so that 信息来源 isn't read as 来源; for lower-cased text.

    Words of one first character are grouped, and case is not ignored: both let the engine skip most words at once,
    which makes it four times as fast.
    """
    table = labels()

    def alternation(words: list[str]) -> str:
        groups: dict[str, list[str]] = {}
        for word in sorted(words, key=len, reverse=True):
            groups.setdefault(word[0], []).append(re.escape(word[1:]).replace(r"\ ", r"\s?"))
        return "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in groups.items())

    edge = r"(?<![^\W\d_\u3040-\u9fff\uac00-\ud7a3\u0e00-\u0e7f])"
    colon = rf"{edge}(?P<colon>{alternation(list(table.colon))})\s{{0,2}}[:：]\s{{0,4}}(?!//)"
    stop = rf"{edge}(?P<stop>{alternation(list(table.stop))})(?![^\W\d_\u3040-\u9fff\uac00-\ud7a3])"
    before = r"(?:(?<=^)|(?<=[\s|·•【\[（(/,，]))"
    after = r"(?:\s{1,4}|[/／・]|(?<=by)(?=[a-z]))"  # by is often glued to the name, which is set apart by style
    bare = rf"{before}(?P<bare>{alternation(list(table.bare))}){after}"
    return re.compile(f"{colon}|{stop}|{bare}", re.MULTILINE)


def _labelled(text: str, matches: list[re.Match[str]], dates: list[FoundDate], *, sure: bool) -> list[Candidate]:
    """The values that labels announce."""
    hits = [match for match in matches if _means(match, text, dates, sure=sure)]
    out = []
    for index, match in enumerate(hits):
        field = _field(match)
        if field is None or (not sure and _word(match) in _AMBIGUOUS and match.group()[-1] not in "/／"):
            continue
        end = hits[index + 1].start() if index + 1 < len(hits) else len(text)
        candidate = _value(field, text, match.end(), end, dates)
        if candidate is not None:
            signals = ("formal date",) if _word(match) in _FORMAL else ()
            out.append(Candidate(candidate.field, candidate.value, candidate.evidence, signals))
    return out


def _field(match: re.Match[str]) -> Field | None:
    table = labels().colon if match["colon"] else labels().bare
    return cast("Field | None", table.get(_word(match)))


def _word(match: re.Match[str]) -> str:
    return re.sub(r"\s+", " ", match["colon"] or match["bare"] or "").lower()


def _means(match: re.Match[str], text: str, dates: list[FoundDate], *, sure: bool) -> bool:
    """Whether a label without a colon announces something: a date at once, or a name with a capital."""
    if not match["bare"]:
        return True
    if match.end() == match.end("bare") and not text[match.end()].isupper():
        return False
    if any(0 <= date.start - match.end() <= 3 for date in dates):
        return _field(match) in _DATES
    if _field(match) != "author":
        return False
    if _word(match) in _BEFORE_USERS:
        return True
    if _AUTHOR_LED.match(text, match.end()) is None:
        return False
    if not sure and ((_LETTER.search(text, 0, match.start()) and not dates) or len(text) > _LONGEST_UNSURE):
        return False
    # "by" is followed by a capital; in scripts without capitals only the place at the edge of a part tells.
    before = text[: match.start()].rstrip()[-1:]
    return match["bare"][0].isascii() or before in _EDGES or not (before.isalnum() or before in "）)」”》")


def _value(field: Field, text: str, start: int, end: int, dates: list[FoundDate]) -> Candidate | None:
    if field in _DATES:
        date = next((date for date in dates if start - 1 <= date.start < min(end, start + 30)), None)
        if date:
            return Candidate(field, date.iso, "byline")
        month = find_month(text[start:end]) if field == "date" else None
        return Candidate(field, month, "byline") if month else None
    for date in dates:
        if start <= date.start < end:
            end = date.start
    value = text[start:end]
    cut = _VALUE_END.search(value.lstrip())
    if cut:
        value = value.lstrip()[: cut.start()]
    if field in ("author", "editor"):
        people = read_people(value)
        if people is None and field == "author" and ends_like_outlet(value.strip()):
            return Candidate("source", value.strip(), "byline")  # 作者：新京报
        return Candidate(field, people, "byline") if people else None
    space = _HAN_SPACE.search(value.strip())
    outlet = read_outlet(value.strip()[: space.start()] if space else value)
    return Candidate(field, outlet, "byline") if outlet else None


def _stopped(text: str, matches: list[re.Match[str]], date: FoundDate, *, sure: bool) -> bool:
    """Whether the date is that of something else: 活动时间：2024年4月20日; Next meeting: 12 October."""
    if not sure and text[: date.start].rstrip().endswith((":", "：")):
        return True
    return any(
        (match["stop"] or (match["colon"] and not sure and _word(match) in _AMBIGUOUS))
        and 0 <= date.start - match.end() <= 3
        for match in matches
    )


def _stands_apart(text: str, date: FoundDate) -> bool:
    """Whether a date is a part by itself of a line of parts: Jane Doe | Senior Writer | July 2, 2025."""
    return text[: date.start].rstrip()[-1:] in _PARTING and text[date.end :].lstrip()[:1] in _PARTING


def _beside(text: str, date: FoundDate) -> str | None:
    """The outlet beside a bare date: 2024-03-12 09:10 新华网."""
    rest = text[: date.start] + " " + text[date.end :]
    for piece in re.split(r"\s|[|｜【】\[\]]", rest):
        name = piece.strip()
        if ends_like_outlet(name):
            return read_outlet(name)
    return None
