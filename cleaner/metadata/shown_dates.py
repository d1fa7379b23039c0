"""Whether the text of a page states a day that its head or a line names."""

from __future__ import annotations

_MONTHS = "January February March April May June July August September October November December".split()


# More years than these are looked for in the whole text, which C does faster than a loop.
_MOST_YEARS = 400
# The longest ways to write a day have so many characters before and after the year: 12 September 2024, 2024年12月30日.
_BEFORE_YEAR, _AFTER_YEAR = 14, 12


def around_year(year: str, text: str) -> str:
    """What stands around each mention of a year in a text, or all of a text that mentions it very often."""
    places: list[str] = []
    at = text.find(year)
    while at >= 0:
        places.append(text[max(0, at - _BEFORE_YEAR) : at + _AFTER_YEAR])
        if len(places) > _MOST_YEARS:
            return text
        at = text.find(year, at + len(year))
    return "\n".join(places)


def is_shown(day: str, text: str) -> bool:
    """Whether a text states a day of ISO 8601 in one of the commonest forms, in English or in figures."""
    year, month, number = day[:4], int(day[5:7]), int(day[8:10])
    if year not in text:
        return False
    name = _MONTHS[month - 1]
    forms = [day, f"{year}/{month:02}/{number:02}", f"{number:02}.{month:02}.{year}", f"{year}年{month}月{number}日"]
    forms += [f"{year}.{month:02}.{number:02}", f"{year}年{month:02}月{number:02}日", f"{month:02}/{number:02}/{year}"]
    for word in (name, name[:3]):
        forms += [f"{word} {number}, {year}", f"{word} {number:02}, {year}", f"{number} {word} {year}"]
    return any(form in text for form in forms)
