"""The engine of many machines: each shard is a task of Ray's, done by the same function as here.

Ray's tasks alone, without its data sets, which regroup inputs and drop whole blocks for one bad row. A task reads and
writes its shard, and has a worker process of its own for the pages, so that one page costs one page there as well. A
task that is lost with its machine is done again by Ray; a shard that is done twice gives the same bytes twice.
"""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.batch.crew import Crew
from cleaner.errors import CleanerError, InternalFault, MissingLibrary, UnreadableInput
from cleaner.shards.craft import RecordCraft
from cleaner.shards.report import ShardReport
from cleaner.shards.shard import clean_shard

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from cleaner.batch.limits import Limits
    from cleaner.shards.plan import Shard
    from cleaner.shards.shard import Run

# How often a task is done again whose machine or process was lost.
_RETRIES = 3
# Tasks handed out for each processor, so that none waits for the next one.
_AHEAD = 2
# Seconds that a cluster has to answer.
_PATIENCE = 10.0
# Seconds that tasks have to tidy up after an interrupt.
_GRACE = 5.0


def run_on_ray(shards: Iterable[Shard], run: Run, limits: Limits, address: str | None) -> Generator[ShardReport]:
    """The report of each shard, in the order in which they are done.

    limits    `jobs` is the number of processors where Ray is started for this run
    address   of a cluster, `auto` for the one that is up here; None starts Ray on this machine, and ends it

    The output folder must be the same one for all machines, as must the inputs. Raises MissingLibrary without Ray,
    UnreadableInput if there is no cluster at the address, and what `clean_shard` raises.
    """
    ray = _imported()
    with ExitStack() as stack:
        going: dict[Any, Shard] = {}
        stack.callback(_tidy, run, going)
        stack.callback(_connect(ray, limits, address))
        stack.callback(_end_tasks, ray, going)  # callbacks run in reverse
        task = ray.remote(num_cpus=1, max_retries=_RETRIES)(_clean)
        shared = ray.put((run, replace(limits, jobs=1), str(Path.cwd())))
        ahead = _AHEAD * int(ray.cluster_resources().get("CPU", 1))
        waiting: Iterator[Shard] = iter(shards)
        while True:
            while len(going) < ahead and (shard := next(waiting, None)) is not None:
                going[task.remote(shard, shared)] = shard
            if not going:
                return
            for done in ray.wait(list(going), num_returns=1)[0]:
                report = _report_of(ray, done, going[done])
                del going[done]
                yield report


def _clean(shard: Shard, shared: tuple[Run, Limits, str]) -> ShardReport:
    """Do a shard, in a process of Ray's."""
    run, limits, folder = shared
    with suppress(OSError):  # names of inputs and outputs are as seen from there, if the folder is on this machine
        os.chdir(folder)
    return clean_shard(shard, run, _crew(RecordCraft(run.recipe.options, run.recipe.to), limits))


@lru_cache(maxsize=1)
def _crew(craft: RecordCraft, limits: Limits) -> Crew[Any, Any]:
    """The worker of this process, with everything loaded, kept from task to task; it ends when this process does."""
    return Crew(craft, limits)


def _imported() -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing of ours goes over the network
    try:
        import ray
    except ImportError:
        raise MissingLibrary.of_extra("ray", "--engine ray needs Ray") from None
    return ray


def _connect(ray: Any, limits: Limits, address: str | None) -> Any:
    """Start Ray, or find it; what ends that again."""
    if ray.is_initialized():
        return lambda: None
    if address is not None:
        _refuse_silent(address)
    quiet = {"log_to_driver": False, "logging_level": "ERROR", "configure_logging": True}
    try:
        if address is None:
            ray.init("local", num_cpus=limits.jobs, include_dashboard=False, **quiet)
        else:
            ray.init(address, **quiet)
    except (ConnectionError, ValueError, RuntimeError) as error:
        said = " ".join(str(error).split())[:200]
        raise UnreadableInput(f"no Ray at {address or 'this machine'}: {said}", hint="ray status tells more") from None
    return ray.shutdown


def _refuse_silent(address: str) -> None:
    """Raise UnreadableInput if nobody listens at a host and port: Ray itself would try for minutes."""
    host, colon, port = address.rpartition(":")
    if not (colon and host and port.isdecimal()) or "/" in host:
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise UnreadableInput(f"no Ray at {address}: {error}", hint="ray status tells more") from None


def _report_of(ray: Any, done: Any, shard: Shard) -> ShardReport:
    try:
        report: ShardReport = ray.get(done)
    except ray.exceptions.RayTaskError as error:
        if isinstance(error.cause, CleanerError):
            raise error.cause from None
        raise InternalFault(f"{type(error.cause).__name__}: {error.cause}", hint="please report this") from error
    except ray.exceptions.RayError as error:
        return ShardReport(shard.number, error=f"its worker was lost {_RETRIES + 1} times: {type(error).__name__}")
    return report


def _end_tasks(ray: Any, going: dict[Any, Shard]) -> None:
    """Interrupt what is still going on, and let it tidy up."""
    if not going:
        return
    for reference in going:
        ray.cancel(reference)
    ray.wait(list(going), num_returns=len(going), timeout=_GRACE)
    for reference in going:
        ray.cancel(reference, force=True)


def _tidy(run: Run, going: dict[Any, Shard]) -> None:
    """Remove what tasks left that were ended before they could."""
    for shard in going.values():
        run.ledger.tidy(shard)
