"""What a run may use: processes, time and memory."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from cleaner.errors import UsageError


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use.

    jobs         worker processes
    timeout      seconds for one page, or None
    max_memory   bytes of address space for one page, or None
    """

    jobs: int
    timeout: float | None = None
    max_memory: int | None = None


def available_processors() -> int:
    """The processors that this process may use."""
    if hasattr(os, "process_cpu_count"):  # from Python 3.13 on
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def refuse_unlimited_memory() -> None:
    """Raise UsageError where the system can't limit the memory of a process."""
    if sys.platform in {"win32", "darwin"}:  # macOS has the call, but does not obey it
        raise UsageError("--max-memory: this system has no such limit", hint="--max-size refuses large inputs")


def limit_memory(limit: int) -> None:
    """Let this process use at most `limit` bytes of address space more than it has now."""
    import resource

    _, highest = resource.getrlimit(resource.RLIMIT_AS)
    wanted = limit + _address_space()
    resource.setrlimit(resource.RLIMIT_AS, (wanted if highest < 0 else min(wanted, highest), highest))


def _address_space() -> int:
    """Bytes of address space in use, where Linux's or a like /proc tells them; else 0."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
