"""Dates as people and machines write them, in the languages of `calendar.toml`, to ISO 8601."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from cleaner.metadata.east_asian_dates import in_han_figures, republican
from cleaner.metadata.tables import calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Precision
    from cleaner.metadata.east_asian_dates import Stated

# "minguo": the day first, and a year of three figures is one of the Republic of China.
Order = Literal["day", "month", "minguo"] | None

# A page that states a date outside of these years states a history, or a broken clock (1970-01-01).
_FIRST_YEAR, _LAST_YEAR = 1971, 2099
# The Buddhist calendar of Thailand is 543 years ahead.
_BUDDHIST = 543
# More text than this is no byline.
_MOST = 600
# Figures and signs of full width, as some Chinese and Japanese pages set them.
_WIDE = str.maketrans("０１２３４５６７８９／－", "0123456789/-")
# Every form of a date has a year; to look for one first saves the long alternation on most lines.
_YEAR = re.compile(r"(?:19|20|25)\d\d|[國国和成]\s?(?:\d|元)")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: where it stands, and the same in ISO 8601, with a time and an offset where they are stated."""

    start: int
    end: int
    iso: str


def find_dates(text: str, order: Order = None) -> list[FoundDate]:
    """The dates in the first 600 characters of `text`, in order; impossible dates are left out.

    `order` says what comes first in 03/04/2024; with None such a date is left out, unless only one reading is possible.
    """
    text = text[:_MOST].translate(_WIDE)  # one character for one: places stay
    found = list(_found(text, order)) if _YEAR.search(text) else []
    if not found and "年" in text:
        found = _checked_all(in_han_figures(text))
    if not found and order == "minguo":
        found = _checked_all(republican(text))
    return found


def _checked_all(stated: list[Stated]) -> list[FoundDate]:
    days = ((start, end, _checked(year, month, day)) for start, end, year, month, day in stated)
    return [FoundDate(start, end, day) for start, end, day in days if day]


def find_month(text: str) -> str | None:
    """The month, as `2024-03`, that a short text states without a day: 2024年3月, March 2024, März 2024."""
    if len(text) > _LONGEST_MONTH or not _YEAR.search(text):
        return None
    match = _month_pattern().search(text)
    if match is None:
        return None
    number = int(match["number"] or match["second"] or 0) or _months().get((match["name"] or "").lower(), 0)
    day = _checked(int(match["year"] or match["year2"] or match["year3"]), number, 1)
    return day[:7] if day else None


_LONGEST_MONTH = 40


@cache
def _month_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<number>\d{1,2})\s?[月월](?!\s?\d)"
        r"|(?<![\d./-])(?P<year3>(?:19|20)\d\d)[-/.](?P<second>\d{1,2})(?![\d./-])"
        rf"|(?<![^\W_])(?P<name>{names})\.?,?\s(?:de\s)?(?P<year2>(?:19|20)\d\d)(?!\d)",
        re.IGNORECASE,
    )


# A line is read as a byline and again for the name beside its date.
@lru_cache(maxsize=64)
def _found(text: str, order: Order) -> tuple[FoundDate, ...]:
    out = []
    for match in _pattern().finditer(text):
        day = _day(match, order)
        if day is not None:
            out.append(FoundDate(match.start(), match.end(), day + _time(match)))
    return tuple(out)


def read_date(value: str, order: Order = None) -> str | None:
    """The one date that a machine-written field like `article:published_time` holds, in ISO 8601, or None."""
    value = value.strip()
    packed = _PACKED.fullmatch(value)
    if packed:
        year, month, day, hour, minute, second = packed.groups()
        date = _checked(int(year), int(month), int(day))
        if date is None or hour is None:
            return date
        return date + _clock(int(hour), int(minute), int(second) if second else None)
    found = find_dates(value, order)
    return found[0].iso if found else None


def day_of(iso: str) -> str:
    """The calendar day of an ISO 8601 date or time."""
    return iso[:10]


def precision_of(date: str) -> Precision:
    """How exact a date is: a time, a day, a month, or words like "3 hours ago"."""
    if not date[:4].isdigit() or date[4:5] != "-":
        return "relative"
    clock = date.partition("T")[2]
    return (
        ("second" if re.match(r"\d\d:\d\d:\d\d", clock) else "minute") if clock else "day" if len(date) > 7 else "month"
    )


def order_of(language: str | None, address: str = "") -> Order:
    """What comes first in 03/04/2024: the month in American English, the day elsewhere, None if that isn't known.

    English that doesn't say where it is from is that of the country of the page's address.
    """
    tag = (language or "").lower().replace("_", "-")
    if not tag:
        return None
    if tag in _OF_TAIWAN or (tag.startswith("zh") and _TAIWAN.match(address[:_MOST])):
        return "minguo"
    if tag == "en" and _DAY_FIRST.match(address[:_MOST]):
        return "day"
    if tag in _MONTH_FIRST:
        return "month"
    return "day"


# Countries that write English and set the day first, by the end of a host's name.
_DAY_FIRST = re.compile(r"https?://[^/]{0,253}\.(?:uk|au|nz|ie|in|za|sg|my|hk|ng|ke|gh|pk|lk|eu)(?::\d+)?(?:/|$)")
_TAIWAN = re.compile(r"https?://[^/]{0,253}\.tw(?::\d+)?(?:/|$)")
_OF_TAIWAN = frozenset({"zh-tw", "zh-hant-tw"})
_MONTH_FIRST = frozenset({"en", "en-us", "en-ph", "en-bz"})

_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?Z?")


@cache
def _pattern() -> re.Pattern[str]:
    """All forms of a date with the time before or after it, in one alternation."""
    months = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    eras = "|".join(calendar().eras)
    zones = "|".join(sorted(calendar().zones, key=len, reverse=True))
    halves = "|".join(re.escape(word) for word in sorted(_halves(), key=len, reverse=True))
    clock = (
        r"\d{1,2}(?:[:：]\d\d(?:[:：]\d\d(?:\.\d{1,9})?)?|[时時点點시](?:\s?\d{1,2}[分분])?(?:\s?\d{1,2}[秒초])?|h\d\d)"
    )
    zone = rf"(?:\s?(?:[zZ](?![A-Za-z])|(?:{zones})\b|[+-]\d\d:?\d\d(?!\d)))"
    before = (
        rf"(?:(?<![\d:])(?P<time0>\d{{1,2}}:\d\d)\s?(?P<half0>(?:{halves}))?\s?(?P<zone0>(?:{zones})\b)?"
        r"(?:,\s{0,2}|\s{1,2}(?:on\s)?))?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s)?"
    )
    after = (
        r"(?:(?:\s{0,3}[,，|·•–/-]?\s{0,3}(?:at|um|à|a las|alle|às|kl\.?|kell|в|o|om|klo)?\s{0,2}|T)"
        r"(?:(?<=[\s年月日号號일T,，|·•–/-]))"
        r"(?:[（(]?(?:(?:星期|週|周|礼拜)?[一二三四五六日天月火水木金土]曜?日?)[）)]?\s?)?"
        rf"(?P<half1>(?:{halves}))?\s?(?P<time1>{clock})(?:\s?(?P<half2>(?:{halves})(?![a-z])))?(?:\s?(?:Uhr|uur|hrs?)\b)?"
        rf"(?P<zone1>{zone})?)?"
    )
    ordinal = r"(?:st|nd|rd|th|er|º|ª|\.)?"
    link = r"(?:\s{0,3}(?:,|de|of|del|do|da|เดือน)?\s{0,3}|[ ./-])"
    forms = "|".join(
        (
            rf"(?P<era>{eras})\s?(?P<era_year>\d{{1,3}}|元)\s?[年./-]\s?(?P<era_month>\d{{1,2}})\s?[月./-]\s?(?P<era_day>\d{{1,2}})\s?日?",
            r"(?<!\d)(?P<y1>(?:19|20|25)\d\d)\s{0,2}[年년]\s{0,2}(?P<m1>\d{1,2})\s{0,2}[月월]\s{0,2}(?P<d1>\d{1,2})\s{0,2}[日号號일]",
            r"(?<!\d)(?P<y2>(?:19|20)\d\d)(?P<s2>[-/.．–])\s?(?P<m2>\d{1,2})(?:(?P=s2))\s?(?P<d2>\d{1,2})(?!\d)\.?",
            rf"(?<!\d)(?P<d3>\d{{1,2}}){ordinal}{link}(?P<m3>{months})(?![^\W\d_])\.?{link}(?:ค\.ศ\.|พ\.ศ\.)?\s?(?P<y3>(?:19|20|25)\d\d)(?!\d)",
            rf"(?:(?<![^\W\d_])|(?-i:(?<=[a-z])(?=[A-Z])))(?P<m4>{months})\.?\s{{1,3}}(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<y4>(?:19|20)\d\d)(?!\d)",
            r"(?<![\d.,/-])(?P<a5>\d{1,2})(?P<s5>[./-])\s?(?P<b5>\d{1,2})(?P=s5)\s?(?P<y5>(?:19|20)\d\d)(?![\d/-])",
            rf"(?<!\d)(?P<y7>(?:19|20)\d\d)\s(?P<m7>{months})\.?\s(?P<d7>\d{{1,2}})(?!\d)",
            r"(?:ngày)\s(?P<d6>\d{1,2})\s(?:tháng)\s(?P<m6>\d{1,2})(?:\snăm|,)\s(?P<y6>(?:19|20)\d\d)",
        )
    )
    return re.compile(rf"{before}(?:{forms}){after}", re.IGNORECASE)


@cache
def _months() -> dict[str, int]:
    """Month names to 1…12."""
    out: dict[str, int] = {}
    for row in calendar().months.values():
        for number, name in enumerate(row.split(), 1):
            if name != "-":
                out.setdefault(name, number)
    return out


@cache
def _halves() -> dict[str, int]:
    """Words of the twelve-hour clock to the hours they add."""
    halves = calendar().halves
    return dict.fromkeys(halves["afternoon"], 12) | dict.fromkeys(halves["morning"], 0)


def _day(match: re.Match[str], order: Order) -> str | None:
    part = match.groupdict()
    if part["era"]:
        year = 1 if part["era_year"] == "元" else int(part["era_year"])
        return _checked(calendar().eras[part["era"]] + year - 1, int(part["era_month"]), int(part["era_day"]))
    for form in ("1", "2", "6"):
        if part["y" + form]:
            return _checked(int(part["y" + form]), int(part["m" + form]), int(part["d" + form]))
    for form in ("3", "4", "7"):
        if part["y" + form]:
            month = _months()[part["m" + form].lower()]
            return _checked(int(part["y" + form]), month, int(part["d" + form]))
    first, second = int(part["a5"]), int(part["b5"])
    if part["s5"] == "." or order == "minguo":
        order = "day"
    readings = {_checked(int(part["y5"]), second, first): "day", _checked(int(part["y5"]), first, second): "month"}
    readings.pop(None, None)
    if len(readings) == 1:
        return next(iter(readings))
    return next((day for day, way in readings.items() if way == order), None)


def _checked(year: int, month: int, day: int) -> str | None:
    """The date in ISO 8601 if there is such a day, in a year that a page may have been written in."""
    if year > _FIRST_YEAR + _BUDDHIST:
        year -= _BUDDHIST
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _time(match: re.Match[str]) -> str:
    """`T08:34:13+08:00` as far as it is stated, or ""."""
    text = match["time1"] or match["time0"]
    if not text:
        return ""
    numbers = [int(number) for number in _numbers(text)]
    hour = numbers[0]
    half = match["half1"] or match["half2"] if match["time1"] else match["half0"]
    if half:
        shift = _halves()[half.lower()]
        if hour <= 12:
            hour = hour % 12 + shift
    minute = numbers[1] if len(numbers) > 1 else 0
    clock = _clock(hour, minute, numbers[2] if len(numbers) > 2 else None)
    return clock + _offset(match["zone1"] if match["time1"] else match["zone0"]) if clock else ""


def _numbers(text: str) -> Iterator[str]:
    for match in re.finditer(r"(?<![\d.])\d{1,2}", text):
        yield match.group()


def _clock(hour: int, minute: int, second: int | None) -> str:
    if hour > 23 or minute > 59 or (second or 0) > 59:
        return ""
    return f"T{hour:02}:{minute:02}" + (f":{second:02}" if second is not None else "")


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    zone = zone.strip().upper()
    if zone == "Z":
        return "Z"
    if zone in calendar().zones:
        return calendar().zones[zone]
    return f"{zone[:3]}:{zone[-2:]}"
