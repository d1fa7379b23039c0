"""Signals and the processes that are started or ended meanwhile."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType


def start_tracker() -> None:
    """Start `multiprocessing`'s own process, which would let interrupts through if it were started by a worker's."""
    if hasattr(signal, "pthread_sigmask"):
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()


@contextmanager
def unheard() -> Iterator[None]:
    """Block interrupts, where the system can, for processes started meanwhile: they inherit that."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def put_off(*names: str) -> Iterator[None]:
    """Put signals off until the end.

    Blocking them would not do: the system then gives them to a thread of some library, and Python's handler still
    interrupts the main thread. Other threads than the main one are never interrupted, and can't set handlers.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived: list[int] = []
    before: dict[int, Callable[[int, FrameType | None], object] | int] = {}
    for number in (getattr(signal, name) for name in names if hasattr(signal, name)):
        handler = signal.getsignal(number)
        if handler is not None and handler != signal.SIG_IGN:  # None: set by something that isn't Python
            before[number] = handler
            signal.signal(number, lambda caught, _frame: arrived.append(caught))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in dict.fromkeys(arrived):
            signal.raise_signal(number)
