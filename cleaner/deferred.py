"""Values that are worked out when they are first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deferred(Generic[T]):
    """A value as the function that makes it."""

    make: Callable[[], T]


class Resolved(Generic[T]):
    """A field of a dataclass without slots that may be given a `Deferred`; who reads it sees the value itself.

    The function is called once, at the first reading, and what it holds is let go.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn the field's name."""
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Resolved[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> Resolved[T] | T:
        """The value."""
        if instance is None:
            raise AttributeError(self._name)  # the field has no default
        value: T | Deferred[T] = instance.__dict__[self._name]
        if isinstance(value, Deferred):
            value = instance.__dict__[self._name] = value.make()
        return value

    def __set__(self, instance: object, value: T | Deferred[T]) -> None:
        """Take a value, or what makes it."""
        instance.__dict__[self._name] = value
