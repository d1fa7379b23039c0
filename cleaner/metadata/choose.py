"""From candidates to one value a field: those that say the same are added up by the table of weights, the most wins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.document import Metadata
from cleaner.metadata.dates import day_of, read_date
from cleaner.metadata.names import read_outlet, read_people
from cleaner.metadata.tables import sources
from cleaner.metadata.titles import fold, squeeze, without_site

if TYPE_CHECKING:
    from cleaner.metadata.candidates import Candidate, Evidence, Field
    from cleaner.metadata.dates import Order

_WORDS = re.compile(r"[^\W\d_]+")
_MOST_DESCRIPTION = 1000
_PLAIN: tuple[Field, ...] = ("subtitle", "editor", "source", "section", "description", "url", "image", "licence")


def choose(candidates: list[Candidate], order: Order) -> Metadata:
    """The metadata that the candidates speak for; a field that nothing speaks for enough stays None."""
    by_field: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_field.setdefault(candidate.field, []).append(candidate)
    metadata = Metadata()
    sites = _sites(by_field)
    _set(metadata, "site_name", sites[:1])
    _set(metadata, "title", _title(by_field.get("title", []), [site for site, _ in sites]))
    _set(metadata, "date", _date(by_field.get("date", []), order))
    people = _author(by_field.get("author", []), [site for site, _ in sites], dated=metadata.date is not None)
    _set(metadata, "author", people)
    _set(
        metadata,
        "modified",
        [(iso, how) for iso, how in _read_dates(by_field.get("modified", []), order) if how != "stamp"],
    )
    for field in _PLAIN:
        _set(metadata, field, [(_cleaned(field, one.value), one.evidence) for one in by_field.get(field, [])])
    return metadata


def _set(metadata: Metadata, field: Field, found: list[tuple[str, Evidence]]) -> None:
    """The first value that isn't empty, and where it was found."""
    for value, evidence in found:
        if value:
            setattr(metadata, field, value)
            metadata.evidence[field] = "json-ld" if evidence == "stamp" else evidence
            return


def _cleaned(field: Field, value: str) -> str:
    if field == "editor":
        return read_people(value) or ""
    if field == "source":
        return read_outlet(value) or ""
    return squeeze(value)[:_MOST_DESCRIPTION]


def _weight(evidence: Evidence, field: Field) -> float:
    return sources().weights.get(f"{evidence} {field}", 1.0)


def _sites(by_field: dict[str, list[Candidate]]) -> list[tuple[str, Evidence]]:
    return [(squeeze(one.value)[:120], one.evidence) for one in by_field.get("site_name", []) if one.value.strip()]


def _best(groups: dict[str, dict[Evidence, str]], field: Field, *, least: str = "") -> dict[Evidence, str] | None:
    """The group with the largest sum of weights, each kind of evidence counted once; the earlier one of equals."""
    best, most = None, sources().least.get(least or field, 0.0)
    for group in groups.values():
        total = sum(_weight(evidence, field) for evidence in group)
        if total >= most and (best is None or total > most):
            best, most = group, total
    return best


def _heaviest(group: dict[Evidence, str], field: Field) -> list[tuple[str, Evidence]]:
    return sorted(((value, evidence) for evidence, value in group.items()), key=lambda one: -_weight(one[1], field))


def _title(found: list[Candidate], sites: list[str]) -> list[tuple[str, Evidence]]:
    headings = [one.value for one in found if one.evidence == "heading"]
    groups: dict[str, dict[Evidence, str]] = {}
    for one in found:
        value = squeeze(one.value)
        if one.evidence != "heading":
            value = without_site(value, sites, headings)
        plain = fold(value)
        if plain and (plain not in {fold(site) for site in sites} or one.evidence == "heading"):
            groups.setdefault(plain, {}).setdefault(one.evidence, value)
    best = _best(groups, "title")
    return _heaviest(best, "title") if best else []


def _author(found: list[Candidate], sites: list[str], *, dated: bool) -> list[tuple[str, Evidence]]:
    """Names that hold one another (Doe; Jane Doe) speak for each other.

    A site isn't the author of its own pages unless a byline says so, as on a person's own site. A name without a label
    is taken for the author's only on a page with a date: lists and shops have names too.
    """
    own = {fold(site) for site in sites}
    groups: dict[str, dict[Evidence, str]] = {}
    words: dict[str, frozenset[str]] = {}
    for one in found:
        people = read_people(one.value)
        if not people or (fold(people) in own and one.evidence != "byline"):
            continue
        these = frozenset(_WORDS.findall(people.lower()))
        key = next((key for key, those in words.items() if these <= those or those <= these), people)
        words[key] = these | words.get(key, frozenset())
        groups.setdefault(key, {}).setdefault(one.evidence, people)
    best = _best(groups, "author", least="author of a dated page" if dated else "author")
    return _heaviest(best, "author") if best else []


def _read_dates(found: list[Candidate], order: Order) -> list[tuple[str, Evidence]]:
    out = []
    for one in found:
        iso = one.value if one.evidence == "byline" else read_date(one.value, order)
        if iso:
            out.append((iso, one.evidence))
    return out


def _date(found: list[Candidate], order: Order) -> list[tuple[str, Evidence]]:
    """The day that most evidence agrees on, as exactly as the heaviest of it that states a time."""
    groups: dict[str, dict[Evidence, str]] = {}
    for iso, evidence in _read_dates(found, order):
        groups.setdefault(day_of(iso), {}).setdefault(evidence, iso)
    best = _best(groups, "date")
    if not best:
        return []
    heaviest = _heaviest(best, "date")
    return [one for one in heaviest if "T" in one[0]] or heaviest
