"""Counts of the texts of many pages, by site, on disk and not in memory.

This is lossy counting (Manku and Motwani, "Approximate Frequency Counts over Data Streams", 2002) over buckets of
`BUCKET` pages of a site: a count falls short of the truth by at most one page in `BUCKET`, whatever the number of
pages. In memory there is one bucket of one site; on disk, packed, at most a bucket a site, and of each site the texts
that may still come to that share: at most `BUCKET`·log(pages / `BUCKET`) pages' worth of them.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple
from weakref import finalize

from cleaner.profile import LEAST_SHARE, Repeat, SiteProfile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.profile import Place

BUCKET = 50  # pages
LEAST_PAGES = 3  # what two pages share may be an article that was saved under two addresses
_PLACES: tuple[Place, ...] = ("head", "inside", "foot")
# Keys are stored as signed numbers, because SQLite has no others.
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE site (number INTEGER PRIMARY KEY, host TEXT UNIQUE, pages INTEGER, waiting INTEGER, bucket INTEGER);
CREATE TABLE page (site INTEGER, digest BLOB, texts BLOB, PRIMARY KEY (site, digest)) WITHOUT ROWID;
CREATE TABLE text (site INTEGER, key INTEGER, pages INTEGER, since INTEGER, head INTEGER, inside INTEGER, foot INTEGER,
    excerpt TEXT, PRIMARY KEY (site, key)) WITHOUT ROWID;
"""
_COUNT = """
INSERT INTO text VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site, key) DO UPDATE SET pages = pages + excluded.pages,
    head = head + excluded.head, inside = inside + excluded.inside, foot = foot + excluded.foot
"""


class Seen(NamedTuple):
    """One text of a page; `running` says that it is long enough, and free enough of links, to be of the page itself."""

    key: int
    running: bool
    excerpt: str


@dataclass(slots=True)
class _Count:
    """How often a text stands in the pages of a bucket, where, and on how many pages up to now."""

    excerpt: str
    before: int
    pages: int = 0
    places: Counter[Place] = field(default_factory=Counter)


class Tally:
    """Counts of texts by site: `add` pages in any order, then ask for the `sites`."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        finalize(self, self._database.close)  # Python 3.13 warns of what is collected open
        self._database.executescript(_TABLES)

    def add(self, host: str, texts: Sequence[Seen]) -> None:
        """Count a page of a site, by its texts in order; a copy of one of the last pages does not count."""
        packed = zlib.compress(json.dumps(texts).encode(), 1)
        digest = blake2b(repr([seen.key for seen in texts]).encode(), digest_size=8).digest()
        self._database.execute("INSERT OR IGNORE INTO site VALUES (NULL, ?, 0, 0, 0)", (host,))
        site, waiting = self._database.execute("SELECT number, waiting FROM site WHERE host = ?", (host,)).fetchone()
        done = self._database.execute("INSERT OR IGNORE INTO page VALUES (?, ?, ?)", (site, digest, packed))
        waiting += done.rowcount
        self._database.execute("UPDATE site SET waiting = ? WHERE number = ?", (waiting, site))
        if waiting >= BUCKET:
            self._settle(site)

    def sites(self) -> Iterator[SiteProfile]:
        """What the pages of each site of `LEAST_PAGES` share, in the order of their hosts."""
        for site, host in self._database.execute("SELECT number, host FROM site ORDER BY host").fetchall():
            self._settle(site)
            (pages,) = self._database.execute("SELECT pages FROM site WHERE number = ?", (site,)).fetchone()
            if pages >= LEAST_PAGES:
                yield SiteProfile(host, pages, dict(self._repeats(site, pages)))

    def _repeats(self, site: int, pages: int) -> Iterator[tuple[int, Repeat]]:
        rows = self._database.execute(
            "SELECT key, pages, head, inside, foot, excerpt FROM text WHERE site = ? AND pages >= ?",
            (site, max(LEAST_PAGES, LEAST_SHARE * pages)),
        )
        for key, count, *votes, excerpt in rows:
            yield key % (1 << 64), Repeat(count, _PLACES[votes.index(max(votes))], excerpt)

    def _settle(self, site: int) -> None:
        """Count the pages that wait, now that it can be told what they share; forget texts that are too rare."""
        rows = self._database.execute("SELECT texts FROM page WHERE site = ? ORDER BY digest", (site,))
        waiting = [[Seen(*seen) for seen in json.loads(zlib.decompress(packed))] for (packed,) in rows]
        pages, bucket = self._database.execute("SELECT pages, bucket FROM site WHERE number = ?", (site,)).fetchone()
        pages += len(waiting)
        counts = self._counted(site, waiting)
        for texts in waiting:
            _note_places(texts, counts, pages)
        new = [
            (site, _signed(key), count.pages, bucket, *(count.places[place] for place in _PLACES), count.excerpt)
            for key, count in counts.items()
        ]
        self._database.executemany(_COUNT, new)
        self._database.execute("DELETE FROM page WHERE site = ?", (site,))
        if len(waiting) >= BUCKET:
            bucket += 1
            self._database.execute("DELETE FROM text WHERE site = ? AND pages + since <= ?", (site, bucket))
        done = (pages, bucket, site)
        self._database.execute("UPDATE site SET pages = ?, bucket = ?, waiting = 0 WHERE number = ?", done)

    def _counted(self, site: int, waiting: list[list[Seen]]) -> dict[int, _Count]:
        """The texts of the pages that wait, with the number of pages that they stand on."""
        known = dict(self._database.execute("SELECT key, pages FROM text WHERE site = ?", (site,)))
        counts: dict[int, _Count] = {}
        for texts in waiting:
            for key, seen in {seen.key: seen for seen in texts}.items():
                if key not in counts:
                    counts[key] = _Count(seen.excerpt, known.get(_signed(key), 0))
                counts[key].pages += 1
        return counts


def _note_places(texts: list[Seen], counts: dict[int, _Count], pages: int) -> None:
    """Note where each text of a page stands, first, to the text that the page has for itself."""
    shared = max(LEAST_PAGES, LEAST_SHARE * pages)
    repeated = [counts[seen.key].before + counts[seen.key].pages >= shared for seen in texts]
    own = [place for place, seen in enumerate(texts) if seen.running and not repeated[place]]
    first, last = (own[0], own[-1]) if own else (len(texts) // 2, len(texts) // 2)
    noted: set[int] = set()
    for place, seen in enumerate(texts):
        if seen.key not in noted:
            noted.add(seen.key)
            counts[seen.key].places["head" if place < first else "foot" if place > last else "inside"] += 1


def _signed(key: int) -> int:
    """A key as SQLite's numbers, which are signed, can hold it."""
    return key - (1 << 64) if key >> 63 else key
