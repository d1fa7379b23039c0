"""The title of a window without the name of the site, and the title of bare text."""

from __future__ import annotations

import re

_SEPARATOR = re.compile(
    r"\s*[|｜_»]\s*|\s+[-–—·:•<>‹›«]{1,3}\s+|\s*::\s*|(?<=[\u3400-\u9fff”》])\s*[-–—]{1,2}\s*(?=[\u3400-\u9fff])"
)
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|\w+")
_LONGEST_TITLE = 300
# Words (or characters of Han): a first part of as many is a title by itself; a site's name has at most so many.
_LEAST_TITLE, _MOST_SITE = 4, 10


def squeeze(text: str) -> str:
    """The text with its white space collapsed, without the sign of a permalink at its end."""
    return " ".join(text.replace("\xad", "").split()).rstrip("¶§\uf0c1 ")


def without_site(title: str, names: list[str], headings: list[str]) -> str:
    """`title` without the parts that name the site or its sections.

    `names` are what the page calls its site; `headings` its large headings: a part that one of them repeats is what
    the document is called.
    """
    title = squeeze(title)[:_LONGEST_TITLE]
    parts = [part for part in _SEPARATOR.split(title) if part]
    if len(parts) < 2:
        return title
    folded = [fold(part) for part in parts]
    for heading in map(fold, headings):
        if len(heading) >= 4 and (heading in folded or _covered(heading, folded)):
            return _span(title, parts, folded, heading)
    sites = {fold(name) for name in names if name}
    rest = [part for part, plain in zip(parts, folded, strict=True) if plain not in sites]
    if len(rest) == 1:
        return rest[0]
    if 1 < len(rest) < len(parts):
        # What stands before the site's name is the title; its separators are part of it.
        first, last = title.find(rest[0]), title.rfind(rest[-1]) + len(rest[-1])
        inner = title[first:last]
        if not any(site and site in fold(inner) for site in sites):
            parts, title = rest, inner
    # A site's name stands last and is short; what else may be cut can't be known from the title alone.
    if parts[0] == max(parts, key=weight) or weight(parts[0]) >= _LEAST_TITLE:
        return _without_last(title, parts) if weight(parts[-1]) <= _MOST_SITE else title
    return title


def named_by_window(heading: str, window: str) -> str | None:
    """The folded first part of the window's title, if `heading` is a later part: the site's or the book's name."""
    parts = [fold(part) for part in _SEPARATOR.split(squeeze(window)[:_LONGEST_TITLE]) if part]
    return parts[0] if len(parts) > 1 and fold(heading) in parts[1:] and fold(heading) != parts[0] else None


def _without_last(title: str, parts: list[str]) -> str:
    return title[: title.rfind(parts[-1])].rstrip(" |｜_-–—·:•»<>‹›«") or title


def _covered(heading: str, folded: list[str]) -> bool:
    return any(heading == "".join(folded[:count]) for count in range(2, len(folded) + 1))


def _span(title: str, parts: list[str], folded: list[str], heading: str) -> str:
    if heading in folded:
        return parts[folded.index(heading)]
    count = next(count for count in range(2, len(folded) + 1) if heading == "".join(folded[:count]))
    return title[: title.find(parts[count - 1]) + len(parts[count - 1])]


def fold(text: str) -> str:
    """The letters and figures of a text, lower-cased: what stays the same between two ways to set a title."""
    return "".join(_WORD.findall(text.lower()))


def weight(text: str) -> int:
    """The length of a title in words; a character of Han, kana or hangul counts as one."""
    return len(_WORD.findall(text))
