"""What is done and what isn't: a description of the run, and a record for each shard that is done.

`_cleaner/run.json` says what the run is; a run of something else is refused. `_cleaner/done/00007.json` is written
after the part, so where it stands the part is whole. Nothing in them differs between two runs of the same.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from cleaner.errors import UsageError
from cleaner.shards.report import ShardReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.shards.plan import Shard
    from cleaner.shards.recipe import Recipe
    from cleaner.shards.store import Store

_RUN = "_cleaner/run.json"
_DONE = "_cleaner/done"
FAILED = "_failed"


class Ledger:
    """The records of a run in its output folder."""

    def __init__(self, store: Store, shards: Sequence[Shard], recipe: Recipe) -> None:
        self._store = store
        self._identity: dict[str, Any] = recipe.identity() | {"shards": len(shards), "inputs": _inputs(shards)}
        self.run = hashlib.sha256(json.dumps(self._identity).encode()).hexdigest()[:16]

    def begin(self, *, overwrite: bool) -> None:
        """Describe the run, if that isn't done yet.

        overwrite   throw away what the folder holds of another run

        Raises UsageError if the folder holds another run.
        """
        before = described(self._store)
        if before is not None and before != self._identity:
            if not overwrite:
                changed = ", ".join(key for key in self._identity if before.get(key) != self._identity[key])
                raise UsageError(
                    f"the output folder holds another run (what differs: {changed or 'its form'})",
                    hint="name another folder, or --overwrite throws that run away",
                )
            self._throw_away()
            before = None
        if before is None:
            _write(self._store, _RUN, self._identity, "run")

    def done(self, shard: Shard) -> ShardReport | None:
        """The report of a shard that is done, or None."""
        return _report(self._store.read(_done(shard.number)), self.run)

    def forget(self, shard: Shard) -> None:
        """A shard is begun anew: it is not done, and what a killed process left of it goes."""
        self._store.remove(_done(shard.number))
        self.tidy(shard)

    def tidy(self, shard: Shard) -> None:
        """Remove what a process that has ended left unfinished of a shard."""
        for folder in ("", FAILED, _DONE):
            self._store.remove_leftovers(folder, owner_of(shard))

    def record(self, shard: Shard, report: ShardReport) -> None:
        """A shard is done, and its part is in its place."""
        _write(self._store, _done(shard.number), {"run": self.run} | asdict(report), owner_of(shard))

    def _throw_away(self) -> None:
        self._store.remove(_DONE)
        for name in self._store.names(""):
            if name.startswith("part-"):
                self._store.remove(name)
        self._store.remove(FAILED)
        self._store.remove(_RUN)


def owner_of(shard: Shard) -> str:
    """Whose a temporary file is that is written for a shard."""
    return f"shard{shard.number:05}"


def described(store: Store) -> dict[str, Any] | None:
    """What the run in a folder is, or None if there is none; raises UsageError if nobody can tell."""
    data = store.read(_RUN)
    if data is None:
        return None
    found = _read(data)
    if found is None:
        raise UsageError(f"not a description of a run: {_RUN}", hint="name another folder, or remove it")
    return found


def recorded(store: Store) -> list[ShardReport]:
    """The reports of all shards that are done of the run in a folder."""
    described_run = described(store)
    run = hashlib.sha256(json.dumps(described_run).encode()).hexdigest()[:16]
    found = (_report(store.read(f"{_DONE}/{name}"), run) for name in store.names(_DONE) if name.endswith(".json"))
    return [report for report in found if report is not None]


def _done(number: int) -> str:
    return f"{_DONE}/{number:05}.json"


def _report(data: bytes | None, run: str) -> ShardReport | None:
    """The report in a done-record; None if it is of another run, or broken."""
    found = None if data is None else _read(data)
    if found is None or found.pop("run", None) != run:
        return None
    try:
        return ShardReport(**found)
    except TypeError:
        return None


def _read(data: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(data)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _write(store: Store, name: str, values: dict[str, Any], owner: str) -> None:
    with store.written(name, owner) as file:
        file.write(json.dumps(values, indent=1).encode() + b"\n")


def _inputs(shards: Sequence[Shard]) -> str:
    """A hash of the plan, and of the sizes of the inputs where they are at hand: one that grew is another one."""
    digest = hashlib.sha256()
    for shard in shards:
        span = None if shard.span is None else (shard.span.start, shard.span.stop)
        sizes = [os.stat(source).st_size if os.path.isfile(source) else None for source in shard.sources]
        digest.update(json.dumps([shard.sources, span, sizes]).encode())
    return digest.hexdigest()[:16]
