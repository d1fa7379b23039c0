"""The engine of one machine: shards one after another, the records of each spread over all workers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.batch.crew import Crew
from cleaner.shards.craft import RecordCraft
from cleaner.shards.shard import clean_shard

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from cleaner.batch.limits import Limits
    from cleaner.shards.plan import Shard
    from cleaner.shards.report import ShardReport
    from cleaner.shards.shard import Run, See


def run_here(shards: Iterable[Shard], run: Run, limits: Limits, see: See) -> Generator[ShardReport]:
    """The report of each shard, in their order, when it is done; arguments as for `clean_shard`."""
    with Crew(RecordCraft(run.recipe.options, run.recipe.to), limits) as crew:
        for shard in shards:
            yield clean_shard(shard, run, crew, see)
