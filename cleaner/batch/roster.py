"""The inputs of a run and the outputs that they get, on disk and not in memory: a million of them take no more room.

The tables live in a temporary SQLite database, which is gone when the roster is.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import finalize

from cleaner.batch.names import folded, marked, output_name, safe_path

if TYPE_CHECKING:
    from collections.abc import Iterator

# Names are bytes, because SQLite's text can't hold every name that a file may have.
_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE input (number INTEGER PRIMARY KEY, name BLOB, absolute BLOB UNIQUE, identity TEXT);
CREATE TABLE output (number INTEGER PRIMARY KEY, name BLOB, folded BLOB);
CREATE TABLE folder (folded BLOB PRIMARY KEY) WITHOUT ROWID;
"""
_SHARED = "SELECT folded FROM output GROUP BY folded HAVING count(*) > 1"
_TAKEN = "SELECT number, name FROM output WHERE folded IN (SELECT folded FROM folder)"
# Names that a sentence about a clash gives in full.
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Task:
    """One input and where its output goes; None stands for standard input, and for standard output.

    `name` is what messages call the input, and what its suffix is read from.
    """

    input: Path | None
    output: Path | None
    name: str


class Roster:
    """Inputs in the order in which they were added, each once, and their outputs below a folder."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        finalize(self, self._database.close)  # Python 3.13 warns of what is collected open
        self._database.executescript(_TABLES)
        self._output: str | None = None

    def add(self, path: str) -> None:
        """Add an input, unless the same path is there already, however it is written."""
        names = (os.fsencode(path), os.fsencode(os.path.abspath(path)), _identity(path))
        self._database.execute("INSERT OR IGNORE INTO input (name, absolute, identity) VALUES (?, ?, ?)", names)

    def __len__(self) -> int:
        (count,) = self._database.execute("SELECT count(*) FROM input").fetchone()
        return int(count)

    def __iter__(self) -> Iterator[Task]:
        rows = self._database.execute(
            "SELECT input.name, output.name FROM input LEFT JOIN output USING (number) ORDER BY number"
        )
        for source, output in rows:
            name = os.fsdecode(source)
            yield Task(Path(name), None if output is None else Path(self._output or "", os.fsdecode(output)), name)

    def place(self, output: str, base: str, suffix: str) -> Iterator[str]:
        """Give every input its place below the folder `output`, where it stands below `base`; no two the same.

        Yields a sentence for each set of inputs that would have shared an output.
        """
        self._output = output
        known: str | None = None
        for number, absolute in self._database.execute("SELECT number, absolute FROM input ORDER BY number"):
            relative = os.path.relpath(os.fsdecode(absolute), base)
            place = safe_path(output_name(relative, suffix))
            self._database.execute("INSERT INTO output VALUES (?, ?, ?)", (number, *_keys(place)))
            if (folder := os.path.dirname(place)) != known:
                known = folder
                self._hold(folder)
        self._database.execute("CREATE INDEX output_folded ON output (folded)")
        for (shared,) in self._database.execute(_SHARED).fetchall():
            yield self._part(shared, base, suffix)
        for number, name in self._database.execute(_TAKEN).fetchall():
            other = marked(os.fsdecode(name), self._relative(number, base))
            self._move(number, other)
            yield f"{os.fsdecode(name)} is a folder of outputs: the output of {self._name(number)} is {other}"

    def shares_output(self) -> str | None:
        """An output that two inputs still share, or None."""
        row = self._database.execute(f"SELECT name FROM output WHERE folded IN ({_SHARED})").fetchone()  # noqa: S608
        return None if row is None else os.fsdecode(row[0])

    def overwritten(self) -> Path | None:
        """An output that is one of the inputs, or None."""
        if self._output is None or not os.path.isdir(self._output):
            return None
        self._database.execute("CREATE INDEX input_identity ON input (identity)")
        for task in self:
            identity = None if task.output is None else _identity(task.output)
            if identity and self._database.execute("SELECT 1 FROM input WHERE identity = ?", (identity,)).fetchone():
                return task.output
        return None

    def _part(self, shared: bytes, base: str, suffix: str) -> str:
        """Give the inputs that share an output one each; a sentence that tells it."""
        rows = self._database.execute("SELECT number, name FROM output WHERE folded = ? ORDER BY number", (shared,))
        claims = [(number, os.fsdecode(name)) for number, name in rows.fetchall()]
        names = " and ".join(self._name(number) for number, _ in claims[:_MOST_NAMES])
        names += f" and {len(claims) - _MOST_NAMES} more" if len(claims) > _MOST_NAMES else ""
        wished = [safe_path(self._relative(number, base) + suffix) for number, _ in claims]
        if len({folded(wish) for wish in wished}) == len(claims) and not any(map(self._is_taken, wished)):
            for (number, _), wish in zip(claims, wished, strict=True):
                self._move(number, wish)
            return f"{names} would both be {claims[0][1]}: each output keeps its input's suffix"
        for number, name in claims[1:]:
            self._move(number, marked(name, self._relative(number, base)))
        return f"{names} would share the output {claims[0][1]}: all but the first are marked with a ~"

    def _is_taken(self, place: str) -> bool:
        key = os.fsencode(folded(place))
        return self._database.execute("SELECT 1 FROM output WHERE folded = ?", (key,)).fetchone() is not None

    def _move(self, number: int, place: str) -> None:
        self._database.execute("UPDATE output SET name = ?, folded = ? WHERE number = ?", (*_keys(place), number))

    def _hold(self, folder: str) -> None:
        """Note a folder of outputs, and those that it stands in."""
        while folder:
            self._database.execute("INSERT OR IGNORE INTO folder VALUES (?)", (os.fsencode(folded(folder)),))
            folder = os.path.dirname(folder)

    def _name(self, number: int) -> str:
        return os.fsdecode(self._database.execute("SELECT name FROM input WHERE number = ?", (number,)).fetchone()[0])

    def _relative(self, number: int, base: str) -> str:
        row = self._database.execute("SELECT absolute FROM input WHERE number = ?", (number,)).fetchone()
        return os.path.relpath(os.fsdecode(row[0]), base)


def _keys(place: str) -> tuple[bytes, bytes]:
    return os.fsencode(place), os.fsencode(folded(place))


def _identity(path: str | Path) -> str | None:
    """Device and number of a file, or None for what does not exist."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return f"{status.st_dev}:{status.st_ino}"
