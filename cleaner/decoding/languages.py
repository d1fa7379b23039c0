"""The tables of what letters and characters cost in each language, loaded when the first text needs them.

`cleaner/training/encoding_tables.py` builds them; `cleaner/data/encoding/README.md` names their sources.
"""

from __future__ import annotations

import json
import re
import zlib
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

# How many units of the tables are a bit: of letters after letters, of ideographs, kana and syllables.
LETTER_UNITS, CHARACTER_UNITS = 16, 10
# The index of a letter that is not in a language's alphabet; 0 is what is no letter.
OTHER_LETTER = 1

SCRIPTS = (
    ("latin", "A-Za-zªº\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"),
    ("greek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("cyrillic", "\u0400-\u052f"),
    ("hebrew", "\u0590-\u05ff"),
    ("arabic", "\u0600-\u06ff"),
    ("thai", "\u0e01-\u0e5b"),
)
WIDE = "\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f"

_OF_SCRIPT = {name: re.compile(f"[{letters}]") for name, letters in SCRIPTS}
_OF_WIDE = re.compile(f"[{WIDE}]")


class Language(NamedTuple):
    """Letters of one language, small ones: the position of each, its cost by itself, and after each other, in units."""

    code: str
    positions: dict[str, int]
    size: int
    singles: bytes
    costs: bytes


def _packed(name: str) -> tuple[list[dict[str, str]], bytes]:
    content = zlib.decompress((resources.files("cleaner") / "data" / "encoding" / name).read_bytes())
    header, _, costs = content.partition(b"\n")
    return json.loads(header), costs


@cache
def languages() -> dict[str, tuple[Language, ...]]:
    """The alphabetic languages by script."""
    header, costs = _packed("letters.bin")
    found: dict[str, list[Language]] = {}
    start = 0
    for entry in header:
        alphabet = entry["alphabet"]
        size = len(alphabet) + 2
        index = {letter: position for position, letter in enumerate(alphabet, 2)}
        found.setdefault(entry["script"], []).append(
            Language(
                entry["language"],
                index,
                size,
                costs[start : start + size],
                costs[start + size : start + size * (size + 1)],
            )
        )
        start += size * (size + 1)
    return {script: tuple(entries) for script, entries in found.items()}


# The places of small ASCII letters and of the space between words in a table of their own, the same for all languages.
ASCII_PLACES = {letter: place for place, letter in enumerate(" abcdefghijklmnopqrstuvwxyz")}


@cache
def latin_costs_among_ascii() -> tuple[bytes, ...]:
    """For each Latin language the costs of pairs of ASCII letters, at the first's place times 27 + the second's."""
    tables = []
    for language in languages()["latin"]:
        positions = [language.positions.get(letter, 0) for letter in ASCII_PLACES]
        costs, size = language.costs, language.size
        tables.append(bytes(costs[first * size + second] for first in positions for second in positions))
    return tuple(tables)


@cache
def characters() -> dict[str, dict[str, int]]:
    """The costs of ideographs, kana and Hangul by language, in units."""
    header, costs = _packed("characters.bin")
    tables: dict[str, dict[str, int]] = {}
    start = 0
    for entry in header:
        end = start + len(entry["characters"])
        tables[entry["language"]] = dict(zip(entry["characters"], costs[start:end], strict=True))
        start = end
    return tables


@lru_cache(16384)
def script_of(character: str) -> str:
    """The script whose letters the character belongs to; "" for marks, and for letters of no script with tables."""
    if _OF_WIDE.match(character):
        return "wide"
    for name, pattern in _OF_SCRIPT.items():
        if pattern.match(character):
            return name
    return ""
