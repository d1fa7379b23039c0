"""Candidates that say the same, as one group with everything that speaks for or against it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.metadata.candidates import Evidence


@dataclass(slots=True)
class Group:
    """Candidates that say the same: the value by evidence, the first found first, and all signals for or against it.

    `places` say how many blocks after the title it stands, once for each place.
    """

    values: list[tuple[str, Evidence]] = field(default_factory=list)
    signals: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Contest:
    """What may be one field of a page: the groups that compete, and the signals that the page gives all of them."""

    groups: list[Group]
    page: frozenset[str]
