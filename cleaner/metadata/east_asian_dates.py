"""Dates that only pages of East Asia write: in Han figures, and by years of the Republic without its name."""

from __future__ import annotations

import re

_FIGURES = str.maketrans("〇○零ＯO一二三四五六七八九", "00000123456789")
_HAN_DATE = re.compile(
    r"(?P<year>[一二][〇○零ＯO一二三四五六七八九]{3})年(?P<month>[一二三四五六七八九十]{1,2})月"
    r"(?P<day>[一二三四五六七八九十]{1,3})[日号號]"
)
# Offices of Taiwan write 113-03-12, 113/3/12 or 113.03.12 for the twelfth of March 2024.
_REPUBLIC = re.compile(
    r"(?<![\d./-])(?P<year>1[0-3]\d|9\d)(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?![\d./-])"
)
_REPUBLIC_HAN = re.compile(r"(?<!\d)(?P<year>1[0-3]\d|9\d)\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日")
_BEFORE_FIRST = 1911


Stated = tuple[int, int, int, int, int]


def in_han_figures(text: str) -> list[Stated]:
    """Start, end, year, month and day of each date in Han figures: 二〇二三年三月一日."""
    return [
        (
            found.start(),
            found.end(),
            int(found["year"].translate(_FIGURES)),
            _number(found["month"]),
            _number(found["day"]),
        )
        for found in _HAN_DATE.finditer(text)
    ]


def _number(text: str) -> int:
    """A number of one or two figures: 三 is 3, 十二 is 12, 二十 is 20, 三十一 is 31."""
    tens, ten, ones = text.rpartition("十")
    one = int(ones.translate(_FIGURES)) if ones else 0
    return 10 * int(tens.translate(_FIGURES) or 1) + one if ten else one


def republican(text: str) -> list[Stated]:
    """Start, end, year, month and day of each date whose year is one of the Republic, without a name before it."""
    matches = [*_REPUBLIC.finditer(text), *_REPUBLIC_HAN.finditer(text)]
    return [
        (found.start(), found.end(), int(found["year"]) + _BEFORE_FIRST, int(found["month"]), int(found["day"]))
        for found in matches
    ]
