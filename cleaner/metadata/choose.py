"""From candidates to one value a field: what speaks for a value is added up by a table of weights, the most wins."""

from __future__ import annotations

import re
from math import fsum
from typing import TYPE_CHECKING

from cleaner.document import Metadata
from cleaner.metadata.candidates import RELATIVE
from cleaner.metadata.dates import day_of, precision_of, read_date
from cleaner.metadata.groups import Contest, Group
from cleaner.metadata.names import name_signals, read_outlet, read_people
from cleaner.metadata.tables import weights
from cleaner.metadata.titles import fold, squeeze, title_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cleaner.metadata.candidates import Candidate, Evidence, Field
    from cleaner.metadata.dates import Order
    from cleaner.metadata.tables import Weights
    from cleaner.page import SourceKind

_WORDS = re.compile(r"[^\W\d_]+")
_MOST_DESCRIPTION = 1000
_PLAIN: tuple[Field, ...] = (
    "subtitle", "editor", "source", "section", "description", "keywords", "url", "image", "licence",
)  # fmt: skip


def choose(
    candidates: list[Candidate],
    order: Order,
    source: SourceKind,
    contests: dict[Field, Contest] | None = None,
    model: str | None = None,
) -> Metadata:
    """The metadata that the candidates speak for; a field that nothing speaks for enough stays None.

    `order` is that of day and month in dates, `source` the kind of input: bare text has no head that could agree.
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
    page = {f"on a page of kind {metadata.kind or 'unknown'}" if source == "html" else "in text"}
    names = [site for site, _ in sites]
    titles = title_groups(by_field.get("title", []), by_field.get("url", []), names, metadata.kind or "page")
    _set(metadata, "title", _best(contests, "title", titles, page, tables))
    published, changed = by_field.get("date", []), by_field.get("modified", [])
    days = date_groups(published, changed, order)
    _set_date(metadata, exact(_best(contests, "date", days, page, tables)), published)
    page.add("dated" if metadata.date else "undated")
    editors = [read_people(one.value) for one in by_field.get("editor", [])]
    people = author_groups(by_field.get("author", []), names, {name for name in editors if name})
    _set(metadata, "author", _best(contests, "author", people, page, tables))
    _set(metadata, "modified", exact(_best(contests, "modified", date_groups([], changed, order), page, tables)))
    for name in _PLAIN:
        _set(metadata, name, [(_cleaned(name, one.value), one.evidence) for one in by_field.get(name, [])])
    return metadata


def _set(metadata: Metadata, name: Field, found: Iterable[tuple[str, Evidence]]) -> None:
    """The first value that isn't empty, and where it was found."""
    for value, evidence in found:
        if value:
            setattr(metadata, name, value)
            metadata.evidence[name] = evidence
            return


def _set_date(metadata: Metadata, found: list[tuple[str, Evidence]], candidates: list[Candidate]) -> None:
    """The date and its precision; a relative date only where there is no other."""
    if not found:
        found = [(one.value, one.evidence) for one in candidates if RELATIVE in one.signals]
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


def author_groups(found: list[Candidate], sites: list[str], editors: set[str]) -> list[Group]:
    """Names that hold one another (Doe; Jane Doe) speak for each other."""
    own = {fold(site) for site in sites}
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
        if fold(people) in own:
            group.signals.add("name of the site")
        if people in editors:
            group.signals.add("name of the editor")
    return list(groups.values())


def date_groups(published: list[Candidate], changed: list[Candidate], order: Order) -> list[Group]:
    """The days that anything on the page speaks for; a group's values are of its change only if it has no others."""
    groups: dict[str, Group] = {}
    for one in published:
        _add_date(groups, one, order)
    days = frozenset(groups)
    for one in changed:
        _add_date(groups, one, order, besides=days)
    return list(groups.values())


def _add_date(groups: dict[str, Group], one: Candidate, order: Order, besides: frozenset[str] = frozenset()) -> None:
    """Add a candidate to the group of its day; where that is one of `besides`, only its signals."""
    if RELATIVE in one.signals:
        return
    iso = one.value if one.evidence == "byline" else read_date(one.value, order)
    if iso:
        group = groups.setdefault(day_of(iso), Group())
        group.signals.update(one.signals)
        if day_of(iso) not in besides:
            group.values.append((iso, one.evidence))


def exact(found: list[tuple[str, Evidence]]) -> list[tuple[str, Evidence]]:
    """Values that state a time before those that don't."""
    return [one for one in found if "T" in one[0]] or found
