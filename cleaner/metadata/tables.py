"""The tables of `cleaner/data/metadata`, each read once a process."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from cleaner.models import ABOUT_KEYS, read_weights

if TYPE_CHECKING:
    from cleaner.document import PageKind

Weights = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Month names by language, eras' first years, words of the twelve-hour clock, offsets of time zones."""

    months: dict[str, str]
    eras: dict[str, int]
    halves: dict[str, list[str]]
    zones: dict[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """What is no person's name, what ends an outlet's name, what stands around names, and surnames in Han."""

    not_people: frozenset[str]
    outlets: frozenset[str]
    not_in_names: frozenset[str]
    roles: tuple[str, ...]
    joiners: tuple[str, ...]
    outlet_endings: tuple[str, ...]
    han_offices: tuple[str, ...]
    surnames: frozenset[str]
    compound_surnames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Labels:
    """Words that announce a field: `colon` ones need a colon, `bare` ones don't, `stop` ones only end a value.

    `before_trail` announces the trail of links to a page, of whose steps `no_section` are none.
    """

    colon: dict[str, str]
    bare: dict[str, str]
    stop: tuple[str, ...]
    before_trail: tuple[str, ...]
    no_section: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sources:
    """Which name in a page's head means which field."""

    meta: dict[str, str]
    front_matter: dict[str, str]
    article_types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kinds:
    """Words of each kind of page, by where they stand, and which of them decide first."""

    words: dict[str, dict[PageKind, frozenset[str]]]
    order: tuple[tuple[PageKind, str], ...]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("cleaner") / "data" / "metadata" / f"{name}.toml").read_text("utf-8"))


@cache
def calendar() -> Calendar:
    """Words of dates."""
    return Calendar(**_read("calendar"))


@cache
def names() -> Names:
    """Words around names."""
    table = _read("names")
    return Names(
        frozenset(table["not_people"]),
        frozenset(table["outlets"]),
        frozenset(table["not_in_names"]),
        tuple(table["roles"]),
        tuple(table["joiners"]),
        tuple(table["outlet_endings"]),
        tuple(table["han_offices"]),
        frozenset(table["surnames"].strip()),
        frozenset(table["compound_surnames"]),
    )


@cache
def labels() -> Labels:
    """Words that announce fields."""
    table = _read("labels")
    by_word = {way: {word: field for field, words in table[way].items() for word in words} for way in ("colon", "bare")}
    trail = table["trail"]
    stop = tuple(table["stop"]["words"])
    return Labels(by_word["colon"], by_word["bare"], stop, tuple(trail["lead"]), frozenset(trail["none"]))


@cache
def sources() -> Sources:
    """Fields by the names of the head."""
    table = _read("sources")
    meta = {name: field for field, listed in table["meta"].items() for name in listed}
    front = {name: field for field, listed in table["front_matter"].items() for name in listed}
    return Sources(meta, front, frozenset(table["article_types"]))


@cache
def weights(path: str | None = None) -> Weights:
    """What each signal counts for a candidate of a field; `least` is what the sum must reach.

    Those that can be fitted are the shipped ones, or those of a file; raises UsageError for one that can't be used.
    """
    fitted: dict[str, Any] = _read("weights") if path is None else dict(read_weights(path))
    by_hand = _read("weights_by_hand")
    return {
        field: {**fitted.get(field, {}), **by_hand.get(field, {})}
        for field in fitted | by_hand
        if field not in ABOUT_KEYS
    }


@cache
def kinds() -> Kinds:
    """Words of the kinds of pages."""
    table = _read("kinds")
    words = {
        way: {cast("PageKind", kind): frozenset(listed) for kind, listed in table[way].items()}
        for way in ("types", "open_graph", "path", "host")
    }
    pairs = [line.split(" by ") for line in table["order"]["first"]]
    return Kinds(words, tuple((cast("PageKind", kind), way) for kind, way in pairs))
