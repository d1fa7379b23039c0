"""Pages a second of whole folders: `cleaner DIR -o OUT` beside its peers' batches, in one run, as a Markdown table."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

# A pool over resiliparse, as its users write it: it has no batch of its own.
POOL = """
import multiprocessing, pathlib, sys

def extract(path):
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    page = path.read_bytes()
    text = extract_plain_text(HTMLTree.parse_from_bytes(page, detect_encoding(page)), main_content=True)
    (pathlib.Path(sys.argv[2]) / f"{path.stem}.txt").write_text(text, encoding="utf-8")

if __name__ == "__main__":
    with multiprocessing.Pool(int(sys.argv[3])) as pool:
        for _ in pool.imap_unordered(extract, sorted(pathlib.Path(sys.argv[1]).iterdir()), chunksize=16):
            pass
"""


class Batch(NamedTuple):
    """A tool by name, the package that it needs, and its command line for a folder, an output folder and workers."""

    name: str
    package: str
    command: Callable[[Path, Path, int], list[str]]


def _cleaner(pages: Path, output: Path, jobs: int) -> list[str]:
    return [sys.executable, "-m", "cleaner", str(pages), "-o", str(output), "-j", str(jobs), "-q"]


def _trafilatura(pages: Path, output: Path, jobs: int) -> list[str]:
    folders = ["--input-dir", str(pages.absolute()), "--output-dir", str(output.absolute())]
    return [sys.executable, "-m", "trafilatura.cli", *folders, "--no-comments", "--parallel", str(jobs)]


def _resiliparse(pages: Path, output: Path, jobs: int) -> list[str]:
    return [sys.executable, "-c", POOL, str(pages), str(output), str(jobs)]


BATCHES = (
    Batch("cleaner", "cleaner", _cleaner),
    Batch("trafilatura --input-dir", "trafilatura", _trafilatura),
    Batch("resiliparse in a pool", "resiliparse", _resiliparse),
)


def seconds(batch: Batch, pages: Path, jobs: int) -> tuple[float, int]:
    """Wall seconds of one run over a folder, and how many outputs there are afterwards."""
    with tempfile.TemporaryDirectory() as output:
        started = time.perf_counter()
        subprocess.run(batch.command(pages, Path(output), jobs), check=False, capture_output=True)
        wall = time.perf_counter() - started
        return wall, sum(path.is_file() and not path.name.startswith(".") for path in Path(output).rglob("*"))


def main() -> None:
    """Compare the installed tools on a folder of HTML pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, help="a folder of .html files")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--repeat", type=int, default=1)
    arguments = parser.parse_args()
    count = len(list(arguments.pages.iterdir()))
    print(f"\n{count} pages, median of {arguments.repeat}\n")
    print("| tool | workers | seconds | pages a second | times the slowest | outputs |")
    print("|---|--:|--:|--:|--:|--:|")
    rows: list[tuple[str, int, float, int]] = []
    for jobs in arguments.jobs:
        for batch in (batch for batch in BATCHES if find_spec(batch.package)):
            runs = [seconds(batch, arguments.pages, jobs) for _ in range(arguments.repeat)]
            rows.append((batch.name, jobs, statistics.median(wall for wall, _ in runs), runs[-1][1]))
    slowest = max(wall for _, _, wall, _ in rows)
    for name, jobs, wall, made in rows:
        print(f"| {name} | {jobs} | {wall:.1f} | {count / wall:.0f} | {slowest / wall:.1f} | {made} |")


if __name__ == "__main__":
    main()
