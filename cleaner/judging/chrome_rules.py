"""Chrome rules as data: what one entry of `cleaner/data/chrome/*.toml` says, and how the files are read.

Parsing a third of a megabyte of TOML takes longer than cleaning a page, so what matching needs of it is kept beside the
files as `index.json`, folded. `python -m cleaner.judging.chrome_rules` writes it; a test compares the two.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.judging.folding import fold, fold_pattern
from cleaner.verdict import Category

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_LISTS = ("terms", "anchors", "opens", "labels")
_FIELDS = frozenset(
    (
        "id",
        "category",
        "strength",
        "languages",
        "footer",
        "heads",
        "line",
        "pattern",
        "needs",
        "cover",
        "reach",
        *_LISTS,
    )
)
_FOR_READERS = frozenset(("source", "drop", "keep"))
_INDEX = "index.json"


class Strength(StrEnum):
    """What a hit proves.

    WHOLE   the whole line (folded: case, width, edges of punctuation) is the entry: chrome, wherever chrome may stand
    STRONG  the stretch is chrome by its form (a registration number, a copyright line)
    WEAK    evidence only; neighbours and place decide
    """

    WHOLE = "whole"
    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the chrome data.

    languages  language tags it was written for; empty for all
    footer     a hit shows that a footer has begun
    heads      a hit condemns what follows it (a "related articles" heading)
    """

    id: str
    category: Category
    strength: Strength
    languages: tuple[str, ...] = ()
    footer: bool = False
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule with what it matches; all texts are folded.

    terms    literal texts, whole lines or stretches between word boundaries
    line     the terms and the pattern are whole lines, as for a WHOLE rule; in a row of entries they prove as much
    labels   literal texts in front of a colon at the beginning of a line; the rest of the line belongs to the match
    pattern  a regular expression; `^` and `$` are ends of a line
    anchors  literals one of which is in every match of the pattern; it is tried near them only
    opens    or: literals one of which begins the line, edges aside, where the pattern begins with `^`; "0" is any digit
    needs    a literal that is in every match behind its anchor; a quick test before the pattern
    reach    how many characters in front of an anchor a match may begin
    cover    the least share of its line, 0 to 1, that the hits in the line must cover together for this one to count
    """

    rule: Rule
    terms: tuple[str, ...] = ()
    line: bool = False
    labels: tuple[str, ...] = ()
    pattern: str = ""
    anchors: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    needs: str = ""
    reach: int = 24
    cover: float = 0.0


@dataclass(frozen=True, slots=True)
class Written:
    """A rule as it stands in its file, for tests and for people: its entry, source and examples.

    source  where the knowledge comes from
    drop    lines that the rule must hit
    keep    lines that it must not hit
    """

    entry: Entry
    file: str
    source: str
    drop: tuple[str, ...]
    keep: tuple[str, ...]


def read_entries() -> tuple[Entry, ...]:
    """All rules of the chrome data, from the index."""
    return tuple(_entry(table) for table in json.loads((_folder() / _INDEX).read_text("utf-8")))


def read_written() -> tuple[Written, ...]:
    """All rules as they stand in the files, by file name, then place in the file.

    Raises ValueError, with the file and the rule, where the data are not what they must be.
    """
    out: list[Written] = []
    for file, tables in _tables():
        for table in tables:
            try:
                out.append(_written(file, table))
            except (KeyError, ValueError) as error:
                raise ValueError(f"{file}: rule {table.get('id')!r}: {error}") from error
    return tuple(out)


def text_of(file: str) -> str:
    """A file of the chrome data as it stands, by the name that `Written` has."""
    return (_folder() / file).read_text("utf-8")


def index() -> str:
    """The text that `index.json` must have."""
    tables = [_folded(table) for _, tables in _tables() for table in tables]
    return "[\n" + ",\n".join(json.dumps(table, ensure_ascii=False) for table in tables) + "\n]\n"


def _folder() -> Traversable:
    return files("cleaner") / "data" / "chrome"


def _tables() -> list[tuple[str, list[dict[str, Any]]]]:
    found = sorted((file for file in _folder().iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return [(file.name, tomllib.loads(file.read_text("utf-8")).get("rule", [])) for file in found]


def _written(file: str, table: dict[str, Any]) -> Written:
    unknown = table.keys() - _FIELDS - _FOR_READERS
    if unknown:
        raise ValueError(f"unknown fields: {', '.join(sorted(unknown))}")
    entry = _entry(_folded(table))
    if bool(entry.pattern) != bool(entry.anchors or entry.opens):
        raise ValueError("needs both a pattern and what it is tried near, or neither")
    if entry.opens and not entry.pattern.startswith("^"):
        raise ValueError("a pattern that is tried at the beginning of a line must begin with ^")
    return Written(entry, file, table["source"], tuple(table["drop"]), tuple(table["keep"]))


def _folded(table: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in table.items() if key in _FIELDS}
    for key in _LISTS:
        if key in kept:
            kept[key] = list(dict.fromkeys(fold("\n".join(kept[key])).split("\n")))
    if "pattern" in kept:
        kept["pattern"] = fold_pattern(kept["pattern"])
    return kept


def _entry(table: dict[str, Any]) -> Entry:
    rule = Rule(
        id=table["id"],
        category=Category(table["category"]),
        strength=Strength(table["strength"]),
        languages=tuple(table.get("languages", ())),
        footer=table.get("footer", False),
        heads=table.get("heads", False),
    )
    return Entry(
        rule=rule,
        terms=tuple(table.get("terms", ())),
        line=table.get("line", rule.strength is Strength.WHOLE),
        labels=tuple(table.get("labels", ())),
        pattern=table.get("pattern", ""),
        anchors=tuple(table.get("anchors", ())),
        opens=tuple(table.get("opens", ())),
        needs=table.get("needs", ""),
        reach=table.get("reach", 24),
        cover=float(table.get("cover", 0.0)),
    )


if __name__ == "__main__":
    Path(str(_folder() / _INDEX)).write_text(index(), "utf-8")
