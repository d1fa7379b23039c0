"""The title of a window without the name of the site, and the title of bare text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.metadata.groups import Group

if TYPE_CHECKING:
    from cleaner.metadata.candidates import Candidate

_SEPARATOR = re.compile(
    r"\s*[|｜»]\s*|\s+_\s*|_(?=\s|[\u3400-\u9fff])\s*|(?<=[\u3400-\u9fff])_|\s+[-–—·:•<>‹›«/]{1,3}\s+|\s*::\s*|(?<=[\u3400-\u9fff”》])\s*[-–—]{1,2}\s*(?=[\u3400-\u9fff])"
)
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|\w+")
# What a forum sets before the title of a thread: [原创], [Solved].
_TAG = re.compile(r"^[\[【][^\[\]【】]{1,12}[\]】]\s?")
_NO_WORD = re.compile(r"\W+")
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
    untagged = _TAG.sub("", title)
    if untagged != title and any(heading and fold(untagged).startswith(heading) for heading in map(fold, headings)):
        title = untagged
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


def title_groups(found: list[Candidate], addresses: list[Candidate], sites: list[str], kind: str) -> list[Group]:
    """What the document may be called, with what speaks for each: who says so, and what else repeats it."""
    headings = [one.value for one in found if one.evidence in ("heading", "microdata")]
    groups: dict[str, Group] = {}
    for one in found:
        value = squeeze(one.value)
        for form, text in _forms(value, sites, headings) if one.evidence in _WINDOWS else [("", value)]:
            plain = fold(text)
            if plain:
                group = groups.setdefault(plain, Group())
                group.values.append((text, one.evidence))
                group.signals.update(f"{form}{signal}" for signal in one.signals)
                if not form and one.evidence == "title":
                    way = "undivided window" if text == value and not _SEPARATOR.search(value) else "divided window"
                    group.signals.update((way, f"{way} of a {kind}"))
                if not form:
                    group.signals.update(f"{signal} of a {kind}" for signal in one.signals)
    own = {fold(site) for site in sites}
    slug, host = _slug(addresses), host_of(addresses)
    words = {plain: frozenset(_WORD.findall(group.values[0][0].lower())) for plain, group in groups.items()}
    said = {plain: {signal for signal in group.signals if signal in _SAYERS} for plain, group in groups.items()}
    for plain, group in groups.items():
        group.signals.update(_look(len(words[plain])))
        ways = len({evidence for _, evidence in group.values})
        group.signals.update((f"said in {ways} ways", f"said in {ways} ways, of a {kind}"))
        if plain in own:
            group.signals.add("name of the site")
        if host and (plain in host or host in plain):
            group.signals.add("name of the host" if plain in host else "holds the name of the host")
        if slug:
            group.signals.add(_likeness(words[plain], slug))
        for other, sayers in said.items():
            if plain != other:
                if plain in other:
                    group.signals.update(f"held by {sayer}" for sayer in sayers)
                elif other in plain:
                    group.signals.update(f"holds {sayer}" for sayer in sayers)
                if sayers and _alike(words[plain], words[other]):
                    group.signals.update(f"like {sayer}" for sayer in sayers)
    return list(groups.values())


# Sources whose agreement with a value counts.
_SAYERS = frozenset(("heading", "window", "opengraph", "json-ld of a written thing"))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two titles share four of five words."""
    return 2 * len(one & other) >= 0.8 * (len(one) + len(other)) > 0


def host_of(addresses: list[Candidate]) -> str:
    """The longest label of the host: what the site is called, without its spaces."""
    for one in addresses:
        labels = one.value.partition("://")[2].partition("/")[0].lower().split(".")[:-1]
        if labels:
            return fold(max(labels, key=len))
    return ""


_WINDOWS = ("title", "opengraph", "meta", "json-ld")


def _forms(value: str, sites: list[str], headings: list[str]) -> list[tuple[str, str]]:
    """The whole of a window's title, the same without the site's name, and its first and last parts."""
    value = value[:_LONGEST_TITLE]
    forms = [("", without_site(value, sites, headings))]
    parts = [part for part in _SEPARATOR.split(value) if part]
    if len(parts) > 1:
        forms += [("whole ", value), ("first of ", parts[0]), ("last of ", parts[-1])]
        if len(parts) > 2:
            forms.append(("all but last of ", _without_last(value, parts)))
    return forms


def _look(words: int) -> list[str]:
    return ["one word" if words <= 1 else "two words" if words == 2 else "many words" if words > 16 else "some words"]


def _slug(addresses: list[Candidate]) -> frozenset[str]:
    """The words of the last part of the address that has any."""
    for one in addresses:
        path = one.value.partition("://")[2].partition("?")[0].rstrip("/").split("/")[1:]
        words = _WORD.findall(path[-1].rsplit(".", 1)[0].lower().replace("_", "-")) if path else []
        if len(words) >= 2:
            return frozenset(words)
    return frozenset()


def _likeness(words: frozenset[str], slug: frozenset[str]) -> str:
    share = len(words & slug) / max(1, len(slug))
    return "as the address" if share >= 0.75 else "half as the address" if share >= 0.4 else "not as the address"


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
    return _NO_WORD.sub("", text.lower())


def weight(text: str) -> int:
    """The length of a title in words; a character of Han, kana or hangul counts as one."""
    return len(_WORD.findall(text))
