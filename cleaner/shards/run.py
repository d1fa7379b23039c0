"""A run over shards: which of them are still to be done, and by which engine."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.shards.ledger import Ledger
    from cleaner.shards.plan import Shard
    from cleaner.shards.report import ShardReport


class Again(Enum):
    """Which shards are done, of those that an earlier run did: all, those it did not, or also those with failures."""

    ALL = auto()
    UNFINISHED = auto()
    FAILED = auto()


def divided(shards: Iterable[Shard], ledger: Ledger, again: Again) -> tuple[list[Shard], list[ShardReport]]:
    """The shards to be done, and the reports of those that stay as they are."""
    left: list[Shard] = []
    kept: list[ShardReport] = []
    for shard in shards:
        report = None if again is Again.ALL else ledger.done(shard)
        if report is None or (again is Again.FAILED and report.failures):
            left.append(shard)
        else:
            kept.append(report)
    return left, kept
