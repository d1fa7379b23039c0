"""The manifest of an output folder: an SQLite database that says, for each output, what it was made of and how.

It is what `--resume` asks, and what a person may ask: `sqlite3 OUT/.cleaner.sqlite 'SELECT * FROM page'`. The columns
`seconds` and `finished` differ from run to run; the others, and all outputs, follow from the inputs and options alone.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import finalize

import cleaner
from cleaner.batch.work import Known
from cleaner.errors import EmptyInput, NothingLeft, UnwritableOutput, UsageError
from cleaner.files import remove_leftovers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    from cleaner.batch.roster import Task
    from cleaner.batch.work import Result

NAME = ".cleaner.sqlite"
# Of the tables below; a manifest of another is not touched.
VERSION = 2
_TABLES = f"""
CREATE TABLE page (
  output PRIMARY KEY,     -- below the folder of the manifest; text, or bytes where the name is no text
  input NOT NULL,         -- its absolute path, text or bytes too
  outcome TEXT NOT NULL,  -- cleaned, unchanged, nothing (there is no document in it), failed
  error TEXT,             -- why there is no output
  size INTEGER,           -- bytes of the input
  digest TEXT,            -- SHA-256 of the input
  written INTEGER,        -- bytes of the output
  score REAL,             -- sureness, 0 to 1
  removed INTEGER,        -- blocks or lines that went
  options TEXT NOT NULL,  -- a hash of all settings that change the output
  version TEXT NOT NULL,  -- of cleaner
  seconds REAL,
  finished TEXT NOT NULL,
  categories TEXT,        -- how much of `removed` went as what, as a JSON object
  charset TEXT,           -- of the input
  host TEXT               -- of the page's address, as the page names it; empty where it doesn't
) WITHOUT ROWID;
CREATE TABLE run (number INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT);
PRAGMA user_version = {VERSION};
"""
_ROW = "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_KNOWN = (
    "SELECT digest, written, options FROM page WHERE output = ? AND version = ? AND written IS NOT NULL "
    "AND outcome IN ('cleaned', 'unchanged')"
)
_ABSENT = (
    "SELECT output, input, input IN (SELECT input FROM present) FROM page "
    "WHERE output NOT IN (SELECT output FROM present)"
)
# Results are committed together: after so many, or so many seconds. Those lost with a killed run are made again.
_MOST_ROWS = 200
_MOST_SECONDS = 1.0


class Manifest:
    """What is known of the outputs in a folder. One run at a time: a second one is refused."""

    def __init__(self, folder: Path) -> None:
        """Open the manifest of `folder`, or begin one.

        Raises UnwritableOutput if it can't be, UsageError if another run has it open.
        """
        self._folder = folder
        self._rows = 0
        self._committed = time.monotonic()
        with _told(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(folder / NAME, timeout=0, isolation_level=None)
            finalize(self, self._database.close)  # what is refused is never left by `__exit__`
            self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.execute("BEGIN IMMEDIATE")
            self._begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        """Keep what was done; after an end that was meant to be, the next run has nothing to tidy up."""
        with suppress(sqlite3.Error) if kind is not None else _told(self._folder):
            self._database.execute("UPDATE run SET ended = ? WHERE ended IS NULL", (_now(),))
            self._database.execute("COMMIT")
        self._database.close()

    def known(self, task: Task) -> Known | None:
        """What is known of a task that is done with this version of cleaner."""
        with _told(self._folder):
            key = (self._key(task), cleaner.__version__)
            row = self._database.execute(_KNOWN, key).fetchone()
        return None if row is None else Known(*row)

    def record(self, result: Result) -> None:
        """Remember a result. An output of ours whose input has no document any more goes."""
        key = self._key(result.task)
        with _told(self._folder):
            if result.left_out:
                return
            written = None if result.facts is None else result.facts.written
            if isinstance(result.error, EmptyInput | NothingLeft):
                self._remove(key)
            self._database.execute(_ROW, self._row(key, result, written))
            self._rows += 1
            if self._rows >= _MOST_ROWS or time.monotonic() - self._committed > _MOST_SECONDS:
                self._commit()

    def is_new(self, task: Task) -> bool:
        """Whether nothing is known of the task's output."""
        with _told(self._folder):
            return self._database.execute("SELECT 1 FROM page WHERE output = ?", (self._key(task),)).fetchone() is None

    def forget_vanished(self, tasks: Iterable[Task]) -> list[Path]:
        """Remove the outputs of ours whose inputs are gone, or have another output by now; their paths.

        `tasks` are all there are; outputs of other runs' inputs, which exist, stay.
        """
        with _told(self._folder):
            self._database.execute("CREATE TEMP TABLE present (output PRIMARY KEY, input) WITHOUT ROWID")
            names = ((self._key(task), _input(task)) for task in tasks)
            self._database.executemany("INSERT INTO present VALUES (?, ?)", names)
            self._database.execute("CREATE INDEX present_input ON present (input)")
            rows = self._database.execute(_ABSENT).fetchall()
            self._database.execute("DROP TABLE present")
            gone = [key for key, source, moved in rows if moved or not os.path.lexists(os.fsdecode(source))]
            for key in gone:
                self._remove(key)
                self._database.execute("DELETE FROM page WHERE output = ?", (key,))
            self._commit()
        return [self._path(key) for key in gone]

    def _begin(self) -> None:
        """Make the tables, or tidy up after a run that was killed."""
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        if version == 0:
            for statement in _TABLES.split(";\n"):
                self._database.execute(statement)
        elif version == 1:  # an earlier one, which lacks the last columns: what is not known is left out of reports
            for column in ("categories", "charset", "host"):
                self._database.execute(f"ALTER TABLE page ADD COLUMN {column} TEXT")
            self._database.execute(f"PRAGMA user_version = {VERSION}")
        elif version != VERSION:
            raise UsageError(f"made by another version of cleaner: {self._folder / NAME}", hint="name another folder")
        if self._database.execute("SELECT 1 FROM run WHERE ended IS NULL").fetchone():
            for folder, _, _ in os.walk(self._folder):
                remove_leftovers(Path(folder))
            self._database.execute("DELETE FROM run WHERE ended IS NULL")
        self._database.execute("INSERT INTO run (started) VALUES (?)", (_now(),))
        self._commit()

    def _commit(self) -> None:
        self._database.execute("COMMIT")
        self._database.execute("BEGIN IMMEDIATE")
        self._rows = 0
        self._committed = time.monotonic()

    def _row(self, key: str | bytes, result: Result, written: int | None) -> tuple[object, ...]:
        facts, document, error = result.facts, result.document, result.error
        return (
            key,
            _input(result.task),
            result.outcome,
            None if error is None else _text(str(error)),
            None if facts is None else facts.size,
            None if facts is None else facts.digest,
            written,
            None if document is None else round(document.sureness, 4),
            None if facts is None else facts.removals,
            "" if facts is None else facts.options,
            cleaner.__version__,
            None if facts is None else facts.seconds,
            _now(),
            None if facts is None else json.dumps(dict(facts.removed)),
            None if document is None else document.encoding.name,
            None if document is None else document.host,
        )

    def _remove(self, key: str | bytes) -> None:
        """Remove an output, if it is as we wrote it."""
        row = self._database.execute("SELECT written FROM page WHERE output = ?", (key,)).fetchone()
        path = self._path(key)
        if row is not None and path.is_file() and path.stat().st_size == row[0]:
            path.unlink()

    def _key(self, task: Task) -> str | bytes:
        return _named("" if task.output is None else str(task.output.relative_to(self._folder)))

    def _path(self, key: str | bytes) -> Path:
        return self._folder / os.fsdecode(key)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """What goes wrong with the database, as an error for people."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise UsageError(f"another run writes to this folder: {folder}", hint="wait until it has ended") from None
        raise UnwritableOutput(f"{error}: {folder / NAME}") from None
    except sqlite3.DatabaseError as error:
        raise UnwritableOutput(f"{error}: {folder / NAME}", hint="remove it; then all is made again") from None
    except OSError as error:
        raise UnwritableOutput((error.strerror or str(error)).lower() + f": {folder}") from None


def _input(task: Task) -> str | bytes:
    return _named(os.path.abspath(task.name if task.input is None else task.input))


def _named(name: str) -> str | bytes:
    """A name as SQLite can hold it: text, or bytes where it is none."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name)
    return name


def _text(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
