"""The engines of `cleaner run` beside plain cleaning of the same pages in one process, as a Markdown table.

The processor time of workers can't be measured from here, because they are no children of this process. It is that of
cleaning alone; what an engine adds is the time of the process that reads and writes, without what it takes to start.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleaner.options import Options
from cleaner.records import Record
from cleaner.shards.craft import RecordCraft

if TYPE_CHECKING:
    from collections.abc import Callable


class Measured(NamedTuple):
    """Seconds: on the wall, and of a processor in the process that reads and writes."""

    wall: float
    own: float


def make_inputs(corpus: Path, folder: Path, limit: int, shards: int) -> list[str]:
    """Files of JSON lines with the corpus's pages, one file a shard."""
    entries = [json.loads(line) for line in (corpus / "gold.jsonl").open(encoding="utf-8")][:limit]
    names = [str(folder / f"{number}.jsonl") for number in range(shards)]
    for number, name in enumerate(names):
        with Path(name).open("w", encoding="utf-8") as file:
            for entry in entries[number::shards]:
                page = (corpus / "pages" / f"{entry['id']}.html").read_bytes().decode("utf-8", "replace")
                file.write(json.dumps({"html": page, "url": entry["url"]}) + "\n")
    return names


def plain(names: list[str]) -> Measured:
    """Cleaning alone, in this process: what all engines must do."""
    craft = RecordCraft(Options(), "markdown")
    craft.do(Record("", 0, "<p>What is loaded once.</p>"))
    wall, own = time.perf_counter(), time.process_time()
    for name in names:
        with Path(name).open(encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                row = json.loads(line)
                craft.do(Record(name, number, row["html"], url=row["url"], kind="html"))
    return Measured(time.perf_counter() - wall, time.process_time() - own)


def command(names: list[str], output: Path, *more: str) -> Measured:
    """A run as people start it, which tells its own time itself."""
    code = (
        "import resource, sys; from cleaner.cli import run; run(sys.argv[1:]); "
        "used = resource.getrusage(resource.RUSAGE_SELF); print(used.ru_utime + used.ru_stime)"
    )
    arguments = [sys.executable, "-c", code, "run", *names, "-o", str(output), "--quiet", *more]
    started = time.perf_counter()
    said = subprocess.run(arguments, check=True, stdout=subprocess.PIPE, text=True)
    wall = time.perf_counter() - started
    return Measured(wall, float(said.stdout.split()[-1]))


def start_of_ray(jobs: int) -> float:
    """Seconds until a Ray of this machine's own is there."""
    code = f"import ray; ray.init('local', num_cpus={jobs}, include_dashboard=False, logging_level='ERROR')"
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"RAY_USAGE_STATS_ENABLED": "0"})
    return time.perf_counter() - started


def digest(folder: Path) -> str:
    """A hash of all that is in a folder."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return found.hexdigest()[:12]


def main() -> None:
    """Measure what there is, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        names = make_inputs(given.corpus, folder, given.limit, given.shards)
        jobs = str(given.jobs)
        engines: dict[str, Callable[[Path], Measured]] = {
            "cleaning alone, one process": lambda _: plain(names),
            "local, one worker": lambda output: command(names, output, "-j", "1"),
            f"local, {jobs} workers": lambda output: command(names, output, "-j", jobs),
        }
        if find_spec("ray"):
            engines[f"ray, {jobs} processors"] = lambda output: command(names, output, "--engine", "ray", "-j", jobs)
        print(f"| {given.limit} pages, {given.shards} shards | wall s | CPU ms a page, of the one process | bytes |")
        print("|---|--:|--:|---|")
        empty = folder / "empty.jsonl"
        empty.touch()
        start = command([str(empty)], folder / "none", "-j", "1").own
        for number, (name, measure) in enumerate(engines.items()):
            output = folder / f"out{number}"
            found = measure(output)
            each = (found.own - (start if output.exists() else 0)) * 1000 / given.limit
            print(f"| {name} | {found.wall:.1f} | {each:.2f} | {digest(output) if output.exists() else '-'} |")
        if find_spec("ray"):
            print(f"\nRay alone needs {start_of_ray(given.jobs):.1f} s to start.")


if __name__ == "__main__":
    main()
