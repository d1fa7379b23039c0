"""What became of a shard."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ShardReport:
    """What became of a shard; the same whenever and wherever it is done.

    number     the shard's
    part       the name of what was written, or None if the shard failed as a whole
    outcomes   how many rows there are, by outcome
    failed     how many records failed, by the reason
    passed     how many records are no pages, by what they are
    removed    how many blocks or lines went, by category
    size       bytes of the part
    digest     its SHA-256
    error      why the shard failed as a whole, or None
    """

    number: int
    part: str | None = None
    outcomes: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    passed: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    size: int = 0
    digest: str = ""
    error: str | None = None

    @property
    def rows(self) -> int:
        """How many rows were written."""
        return sum(self.outcomes.values())

    @property
    def failures(self) -> int:
        """How many records failed; a shard that failed as a whole counts as one."""
        return sum(self.failed.values()) + (self.error is not None)
