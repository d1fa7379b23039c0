"""The tables of `cleaner/data/metadata`, each read once a process."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Calendar:
    """Month names by language, eras' first years, words of the twelve-hour clock, offsets of time zones."""

    months: dict[str, str]
    eras: dict[str, int]
    halves: dict[str, list[str]]
    zones: dict[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """What is no person's name, what ends an outlet's name, and what stands around names without being part of them."""

    not_people: frozenset[str]
    roles: tuple[str, ...]
    joiners: tuple[str, ...]
    outlet_endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """Words that announce a field: `colon` ones need a colon, `bare` ones don't, `stop` ones only end a value."""

    colon: dict[str, str]
    bare: dict[str, str]
    stop: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """Which name in a page's head means which field, and what each kind of evidence is worth."""

    meta: dict[str, str]
    front_matter: dict[str, str]
    article_types: frozenset[str]
    weights: dict[str, float]
    least: dict[str, float]


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
        frozenset(table["not_people"]), tuple(table["roles"]), tuple(table["joiners"]), tuple(table["outlet_endings"])
    )


@cache
def labels() -> Labels:
    """Words that announce fields."""
    table = _read("labels")
    by_word = {way: {word: field for field, words in table[way].items() for word in words} for way in ("colon", "bare")}
    return Labels(by_word["colon"], by_word["bare"], tuple(table["stop"]["words"]))


@cache
def sources() -> Sources:
    """Fields by the names of the head."""
    table = _read("sources")
    meta = {name: field for field, listed in table["meta"].items() for name in listed}
    front = {name: field for field, listed in table["front_matter"].items() for name in listed}
    return Sources(meta, front, frozenset(table["article_types"]), table["weights"], table["least"])
