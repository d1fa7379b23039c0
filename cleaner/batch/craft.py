"""What worker processes are told: what is done with an item, whatever the items are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.errors import CleanerError, LostPage


class Outcome(Protocol):
    """What came of an item: `error` says why nothing did."""

    @property
    def error(self) -> CleanerError | None:
        """Why nothing came of it, or None."""


Item = TypeVar("Item")
Made = TypeVar("Made", bound=Outcome)
Item_contra = TypeVar("Item_contra", contravariant=True)
Made_co = TypeVar("Made_co", bound=Outcome, covariant=True)


class Craft(Protocol[Item_contra, Made_co]):
    """What is done with each item; it and the items go to other processes, and what is made comes back."""

    def do(self, item: Item_contra) -> Made_co:
        """Do it, in a worker process; whatever goes wrong is part of what is made."""

    def lost(self, item: Item_contra, error: LostPage) -> Made_co:
        """What there is instead if the item took its process with it."""

    def size(self, item: Item_contra) -> int:
        """Bytes of the item itself while it waits; 0 if it only says where to find them."""

    def writes_into(self, item: Item_contra) -> Path | None:
        """The folder where a process that is ended in the middle leaves a temporary file, or None."""
