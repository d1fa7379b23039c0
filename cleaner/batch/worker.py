"""A worker process: it does the jobs that come through its connection, and sends back a result for each."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from cleaner.batch.craft import Item, Made
from cleaner.batch.limits import limit_memory

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from types import FrameType

    from cleaner.batch.craft import Craft


@dataclass(frozen=True, slots=True)
class Job(Generic[Item]):
    """An item, its number in the run, and the bytes of all items before it."""

    number: int
    item: Item
    before: int = 0


def serve(connection: Connection, craft: Craft[Item, Made], max_memory: int | None) -> None:
    """Do jobs until the other end is closed. First sends None: from then on time is counted.

    A request to end is an interrupt, so that no temporary file stays; Ctrl-C is left to the process that waits for us.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    try:
        import cleaner.batch.warm  # noqa: F401 what would else be a part of the first page's time and memory

        if max_memory is not None:
            limit_memory(max_memory)
        connection.send(None)
        while True:
            for job in connection.recv():
                connection.send(craft.do(job.item))
    except (EOFError, OSError, KeyboardInterrupt):
        return  # there is nobody to tell


def _end(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
