"""What a manifest tells of a whole output folder: counts, the least sure and the slowest pages; nothing is changed."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from cleaner.batch.manifest import NAME, VERSION
from cleaner.errors import UnreadableInput

if TYPE_CHECKING:
    from pathlib import Path

# Parts of the histogram of sureness, from 0 to 1.
BINS = 20


@dataclass(frozen=True, slots=True)
class Count:
    """How many pages there are of something, and how many blocks or lines of theirs where that is what is counted."""

    name: str
    pages: int
    blocks: int = 0


@dataclass(frozen=True, slots=True)
class Host:
    """The pages of a host, or those of which none is known; `without` have no document; `sureness` is the mean."""

    name: str
    pages: int
    without: int
    sureness: float | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that is named: the absolute path of its input, its output below the folder, and what is known of it."""

    input: str
    output: str
    outcome: str
    sureness: float | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Inventory:
    """All that is told of an output folder; lists are in the order of their weight, equals in that of their names.

    histogram   how many pages are how sure, in `BINS` equal parts from 0 to 1
    """

    folder: str
    pages: int
    seconds: float
    outcomes: tuple[Count, ...]
    categories: tuple[Count, ...]
    hosts: tuple[Host, ...]
    charsets: tuple[Count, ...]
    histogram: tuple[int, ...]
    least_sure: tuple[Listed, ...]
    slowest: tuple[Listed, ...]


_OUTCOMES = "SELECT outcome, count(*) FROM page GROUP BY 1 ORDER BY 2 DESC, 1"
_CHARSETS = "SELECT charset, count(*) FROM page WHERE charset IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
_CATEGORIES = (
    "SELECT key, count(*), sum(value) FROM page, json_each(page.categories) WHERE page.categories IS NOT NULL "
    "GROUP BY 1 ORDER BY 3 DESC, 1"
)
_HOSTS = (
    "SELECT coalesce(host, ''), count(*), sum(outcome IN ('nothing', 'failed')), avg(score) FROM page GROUP BY 1 "
    "ORDER BY 2 DESC, 1 LIMIT ?"
)
_BINS = "SELECT min(CAST(score * ? AS INTEGER), ? - 1), count(*) FROM page WHERE score IS NOT NULL GROUP BY 1"
_LEAST_SURE = (
    "SELECT input, output, outcome, score, seconds FROM page WHERE score IS NOT NULL ORDER BY score, output LIMIT ?"
)
_SLOWEST = (
    "SELECT input, output, outcome, score, seconds FROM page WHERE seconds IS NOT NULL "
    "ORDER BY seconds DESC, output LIMIT ?"
)


def read_inventory(folder: Path, most: int) -> Inventory:
    """What the manifest in `folder` tells, with at most `most` hosts, least sure and slowest pages.

    Raises UnreadableInput if there is no manifest, if a run is writing it, or if another version made it.
    """
    path = folder / NAME
    if not path.is_file():
        raise UnreadableInput(f"there is no manifest in it: {folder}", hint="name the output folder of a batch")
    try:
        address = f"file:{quote(os.fsencode(os.path.abspath(path)))}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=0)) as database:
            return _read(database, folder, most)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise UnreadableInput(f"a run writes to this folder: {folder}", hint="wait until it has ended") from None
        raise UnreadableInput(f"{error}: {path}") from None
    except sqlite3.DatabaseError as error:
        raise UnreadableInput(f"{error}: {path}") from None


def _read(database: sqlite3.Connection, folder: Path, most: int) -> Inventory:
    ask = database.execute
    (version,) = ask("PRAGMA user_version").fetchone()
    if version != VERSION:
        raise UnreadableInput(
            f"made by another version of cleaner: {folder / NAME}", hint="clean once more with --resume"
        )
    pages, seconds = ask("SELECT count(*), coalesce(sum(seconds), 0) FROM page").fetchone()
    histogram = [0] * BINS
    for place, count in ask(_BINS, (BINS, BINS)):
        histogram[place] = count
    return Inventory(
        folder=os.fspath(folder),
        pages=pages,
        seconds=seconds,
        outcomes=tuple(Count(name, count) for name, count in ask(_OUTCOMES)),
        categories=tuple(Count(name, count, blocks) for name, count, blocks in ask(_CATEGORIES)),
        hosts=tuple(Host(*row) for row in ask(_HOSTS, (most,))),
        charsets=tuple(Count(name, count) for name, count in ask(_CHARSETS)),
        histogram=tuple(histogram),
        least_sure=tuple(_listed(*row) for row in ask(_LEAST_SURE, (most,))),
        slowest=tuple(_listed(*row) for row in ask(_SLOWEST, (most,))),
    )


def _listed(source: str | bytes, output: str | bytes, outcome: str, score: float, seconds: float) -> Listed:
    return Listed(os.fsdecode(source), os.fsdecode(output), outcome, score, seconds)
