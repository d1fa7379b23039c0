"""From candidates to one value a field: what speaks for a value is added up by a table of weights, the most wins."""

from __future__ import annotations

import re
from math import fsum
from typing import TYPE_CHECKING

from cleaner.document import Metadata
from cleaner.metadata.candidates import IN_COMMENTS, RELATIVE, Candidate
from cleaner.metadata.dates import day_of, precision_of, read_date
from cleaner.metadata.groups import Contest, Group
from cleaner.metadata.names import ends_like_outlet, name_signals, read_outlet, read_people
from cleaner.metadata.owners import Own
from cleaner.metadata.shown_dates import around_year, is_shown
from cleaner.metadata.tables import weights
from cleaner.metadata.titles import fold, host_of, squeeze, title_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cleaner.metadata.candidates import Evidence, Field
    from cleaner.metadata.dates import Order
    from cleaner.metadata.tables import Weights
    from cleaner.page import Page

_WORDS = re.compile(r"[^\W\d_]+")
# The length of a month like 2024-03.
_OF_MONTH = 7
_MOST_DESCRIPTION = 1000
_PLAIN: tuple[Field, ...] = (
    "subtitle", "editor", "source", "section", "description", "keywords", "url", "image", "licence",
)  # fmt: skip


def choose(
    candidates: list[Candidate],
    order: Order,
    source: Page,
    contests: dict[Field, Contest] | None = None,
    model: str | None = None,
) -> Metadata:
    """The metadata that the candidates speak for; a field that nothing speaks for enough stays None.

    `order` is that of day and month in dates, `source` the page, whose text may show what its head says; bare text has
    no head that could agree.
    `contests` is filled with what competed for title, date, author and change, for those who fit or show the weights.
    `model` is a file of weights that count instead of the shipped ones.
    """
    by_field: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_field.setdefault(candidate.field, []).append(candidate)
    metadata = Metadata()
    contests = {} if contests is None else contests
    tables = weights(model)
    kinds = by_field.get("kind", [])
    _set(metadata, "kind", [(one.value, one.evidence) for one in kinds])
    sites = _sites(by_field)
    _set(metadata, "site_name", sites[:1])
    page = {f"on a page of kind {metadata.kind or 'unknown'}" if source.kind == "html" else "in text"}
    names = [site for site, _ in sites]
    titles = title_groups(by_field.get("title", []), by_field.get("url", []), names, metadata.kind or "page")
    _set(metadata, "title", _best(contests, "title", titles, page, tables))
    published, changed = by_field.get("date", []), by_field.get("modified", [])
    days = date_groups(published, changed, order)
    mark_days(days, source.source)
    people = author_groups(by_field.get("author", []), _own(by_field, names), source.source)
    if metadata.kind == "forum":
        _say_in_a_forum([*days.values(), *people])
    _set_date(metadata, exact(_best(contests, "date", list(days.values()), page, tables)), published)
    by_field.setdefault("source", []).sort(key=lambda one: one.evidence == "text")  # heads of dispatches come last
    by_field["source"] += [
        Candidate("source", one.value, one.evidence)
        for one in by_field.get("author", [])
        if one.evidence in ("byline", "text") and one.place is not None and ends_like_outlet(one.value)
    ]
    page.add("dated" if metadata.date else "undated")
    _set(metadata, "author", _best(contests, "author", people, page, tables))
    changes = list(date_groups([], changed, order).values())
    _set(metadata, "modified", exact(_best(contests, "modified", changes, page, tables)))
    for name in _PLAIN:
        _set(metadata, name, [(_cleaned(name, one.value), one.evidence) for one in by_field.get(name, [])])
    return metadata


def _own(by_field: dict[str, list[Candidate]], sites: list[str]) -> Own:
    """What the page's site, host and editors are called."""
    editors = frozenset(name for one in by_field.get("editor", []) if (name := read_people(one.value)))
    return Own(frozenset(map(fold, sites)), host_of(by_field.get("url", [])), editors)


def _say_in_a_forum(groups: list[Group]) -> None:
    """Let each signal count anew: in a thread the first below the title is who asked, whoever the software names."""
    for group in groups:
        group.signals.update([f"{signal}, in a forum" for signal in group.signals])


def _set(metadata: Metadata, name: Field, found: Iterable[tuple[str, Evidence]]) -> None:
    """The first value that isn't empty, and where it was found."""
    for value, evidence in found:
        if value:
            setattr(metadata, name, value)
            metadata.evidence[name] = evidence
            return


def _set_date(metadata: Metadata, found: list[tuple[str, Evidence]], candidates: list[Candidate]) -> None:
    """The date and its precision; a month, or words like "3 hours ago", only where there is no other."""
    if not found:
        months = [(one.value, one.evidence) for one in candidates if len(one.value) == _OF_MONTH]
        found = months or [(one.value, one.evidence) for one in candidates if RELATIVE in one.signals]
    _set(metadata, "date", found)
    if metadata.date:
        metadata.date_precision = precision_of(metadata.date)


def _cleaned(name: Field, value: str) -> str:
    if name == "editor":
        return read_people(value) or ""
    if name == "source":
        return read_outlet(value) or ""
    return squeeze(value)[:_MOST_DESCRIPTION]


def _sites(by_field: dict[str, list[Candidate]]) -> list[tuple[str, Evidence]]:
    return [(squeeze(one.value)[:120], one.evidence) for one in by_field.get("site_name", []) if one.value.strip()]


def score(signals: Iterable[str], page: Iterable[str], table: Mapping[str, float]) -> float:
    """What the signals of a value and of its page add up to by the table of a field."""
    # Exact, as the order of a set differs from run to run, and a tie must not.
    return fsum(table.get(signal, 0.0) for signal in (*signals, *page))


def _best(
    contests: dict[Field, Contest], name: Field, groups: list[Group], page: set[str], tables: Weights
) -> list[tuple[str, Evidence]]:
    """The values of the group with the largest sum, if that reaches the least; the earlier one of equals."""
    contests[name] = Contest(groups, frozenset(page))
    best: Group | None = None
    most = tables[name]["least"]
    for group in groups:
        total = score(group.signals, page, tables[name])
        if total >= most and (best is None or total > most):
            best, most = group, total
    return best.values if best else []


def author_groups(found: list[Candidate], own: Own, text: str) -> list[Group]:
    """Names that hold one another (Doe; Jane Doe) speak for each other; `text` is that of the page."""
    groups: dict[str, Group] = {}
    words: dict[str, frozenset[str]] = {}
    for one in found:
        people = read_people(one.value)
        if not people:
            continue
        these = frozenset(_WORDS.findall(people.lower()))
        key = next((key for key, those in words.items() if these and (these <= those or those <= these)), people)
        words[key] = these | words.get(key, frozenset())
        group = groups.setdefault(key, Group())
        group.values.append((people, one.evidence))
        group.signals.update(one.signals)
        group.signals.update(name_signals(people))
        group.signals.update(own.signals(people))
        if one.place is not None:
            group.places.append(one.place)
    _mark_nearest(list(groups.values()))
    for group in groups.values():
        if IN_COMMENTS in group.signals and "han name" in group.signals:
            group.signals.add("nickname in comments")
        if "on the page" not in group.signals:
            first = group.values[0][0].partition(", ")[0]
            seen = first in text or first.upper() in text
            group.signals.add("on the page" if seen else "not on the page")
        group.signals.add("placed" if group.places else "in the head alone")
    return list(groups.values())


def _mark_nearest(groups: list[Group]) -> None:
    """Say which name stands first below the title, and which first of all."""
    below = [
        min(place for place in group.places if place >= 0) for group in groups if max(group.places, default=-1) >= 0
    ]
    first = min(below, default=-1)
    for group in groups:
        if group.places:
            group.signals.add("first below the title" if first in group.places else "not first below the title")


def date_groups(published: list[Candidate], changed: list[Candidate], order: Order) -> dict[str, Group]:
    """The days that anything on the page speaks for; a group's values are of its change only if it has no others."""
    groups: dict[str, Group] = {}
    for one in published:
        _add_date(groups, one, order)
    days = frozenset(groups)
    for one in changed:
        _add_date(groups, one, order, besides=days)
    return groups


def mark_days(days: dict[str, Group], text: str) -> None:
    """Say of each day whether the page's text states it, alone or with others, and which is the first and the last."""
    # What a `time` element shows may be relative: 3 hours ago.
    around = {year: around_year(year, text) for year in dict.fromkeys(day[:4] for day in days)}
    shown = [day for day, group in days.items() if "first time" in group.signals or is_shown(day, around[day[:4]])]
    for day, group in days.items():
        if day in shown:
            group.signals.add("day shown")
            group.signals.add("only day shown" if len(shown) == 1 else "one of the days shown")
        else:
            group.signals.add("day not shown" if shown else "no day shown")
        if len(days) > 1:
            group.signals.add("last day" if day == max(days) else "first day" if day == min(days) else "day between")
    _mark_nearest(list(days.values()))


def _add_date(groups: dict[str, Group], one: Candidate, order: Order, besides: frozenset[str] = frozenset()) -> None:
    """Add a candidate to the group of its day; where that is one of `besides`, only its signals."""
    if RELATIVE in one.signals or len(one.value) == _OF_MONTH:
        return
    iso = one.value if one.evidence == "byline" else read_date(one.value, order)
    if iso:
        group = groups.setdefault(day_of(iso), Group())
        group.signals.update(one.signals)
        if one.place is not None:
            group.places.append(one.place)
        if day_of(iso) not in besides:
            group.values.append((iso, one.evidence))


def exact(found: list[tuple[str, Evidence]]) -> list[tuple[str, Evidence]]:
    """Values that state a time before those that don't."""
    return [one for one in found if "T" in one[0]] or found
