"""Where the time of cleaning HTML goes, stage by stage, beside peers in one run; first call, memory and linearity."""

from __future__ import annotations

import argparse
import importlib
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from compare import measure, pages
from peers import installed

if TYPE_CHECKING:
    from collections.abc import Callable

# Each stage: the functions whose own time it is, as module:name; time in an inner stage counts there alone.
STAGES = {
    "decode": ("cleaner.pipeline:decode", "cleaner.pipeline:refuse_binary"),
    "repair": ("cleaner.pipeline:repair",),
    "normalize": ("cleaner.pipeline:normalize_characters",),
    "sniff": ("cleaner.pipeline:sniff",),
    "parse": ("turbohtml:parse",),
    "read": ("cleaner.readers.html:read",),
    "styles": ("cleaner.readers.html:Visibility",),
    "features": ("cleaner.judging.blocks.decide:features",),
    "model": ("cleaner.judging.blocks.decide:probabilities",),
    "lexicon": ("cleaner.judging.lexicon:Lexicon.match",),
    "context": ("cleaner.judging.blocks.decide:keep_together",),
    "spam": ("cleaner.judging.blocks.decide:find_spam",),
    "verdicts": ("cleaner.judging.blocks:judge",),
    "account": ("cleaner.pipeline:takes_out",),
    "prune": ("cleaner.building.from_html:prune",),
    "build": ("cleaner.building.from_html:build",),
}
WARM_UP = 5  # pages before the clock runs, so that what is loaded once is loaded


class Clock:
    """Milliseconds of CPU by stage, of one page at a time."""

    def __init__(self) -> None:
        self.page: dict[str, float] = defaultdict(float)
        self._inner: list[float] = []

    def watch(self, stage: str, path: str) -> None:
        """Count what the function at `path` takes for the stage."""
        module, _, names = path.partition(":")
        owner = importlib.import_module(module)
        *around, name = names.split(".")
        for part in around:
            owner = getattr(owner, part)
        setattr(owner, name, self._watched(stage, getattr(owner, name)))

    def _watched(self, stage: str, function: Callable[..., object]) -> Callable[..., object]:
        def watched(*arguments: object, **named: object) -> object:
            started = time.process_time()
            self._inner.append(0.0)
            try:
                return function(*arguments, **named)
            finally:
                spent = 1000 * (time.process_time() - started)
                self.page[stage] += spent - self._inner.pop()
                if self._inner:
                    self._inner[-1] += spent

        return watched


def stage_table(corpus: Path, limit: int) -> str:
    """Mean and median of each stage over the pages of a corpus."""
    import cleaner

    clock = Clock()
    for stage, paths in STAGES.items():
        for path in paths:
            clock.watch(stage, path)
    rows: dict[str, list[float]] = defaultdict(list)
    for number, page in enumerate(pages(corpus, limit + WARM_UP, "html")):
        clock.page.clear()
        started = time.process_time()
        cleaner.clean(page.data, url=page.url).to_text()
        whole = 1000 * (time.process_time() - started)
        if number >= WARM_UP:
            for stage in STAGES:
                rows[stage].append(clock.page[stage])
            rows["rest"].append(whole - sum(clock.page.values()))
            rows["all"].append(whole)
    lines = ["| stage | ms mean | ms median |", "|---|--:|--:|"]
    lines += [f"| {name} | {statistics.fmean(row):.2f} | {statistics.median(row):.2f} |" for name, row in rows.items()]
    return "\n".join(lines)


def peer_table(corpus: Path, limit: int) -> str:
    """CPU of the whole of each tool, and its ratio to each peer's, in one run."""
    spent: dict[str, list[float]] = defaultdict(list)
    for page in pages(corpus, limit, "html"):
        for peer in installed():
            spent[peer.name].append(measure(peer.extract, page).milliseconds)
    mine = statistics.fmean(spent["cleaner"])
    lines = ["| tool | ms mean | ms median | cleaner is |", "|---|--:|--:|--:|"]
    for name, row in spent.items():
        mean = statistics.fmean(row)
        lines.append(f"| {name} | {mean:.2f} | {statistics.median(row):.2f} | {mine / mean:.2f} × |")
    return "\n".join(lines)


def first_call(page: bytes) -> str:
    """Import, first call and second call, and the most memory that they take, in a process of its own (on Linux)."""
    code = (
        "import sys, time, pathlib, re\n"
        "status = pathlib.Path('/proc/self/status')\n"
        "used = lambda: int(re.search(r'VmHWM:\\s*(\\d+)', status.read_text())[1]) / 1024\n"
        "data, bare, begun = sys.stdin.buffer.read(), used(), time.process_time()\n"
        "import cleaner\n"
        "imported = time.process_time(); cleaner.clean(data).to_text()\n"
        "first = time.process_time(); cleaner.clean(data).to_text(); second = time.process_time()\n"
        "print(f'import {1000 * (imported - begun):.0f} ms, first page {1000 * (first - imported):.0f} ms, again '\n"
        "      f'{1000 * (second - first):.1f} ms, {used() - bare:.0f} MB over Python')"
    )
    done = subprocess.run([sys.executable, "-c", code], input=page, capture_output=True, check=True)
    return done.stdout.decode().strip()


def growth(page: bytes) -> str:
    """How the time grows with the page: its body once, twice, four times."""
    import cleaner

    head, body, rest = page.partition(b"<body")
    spent = []
    for times in (1, 2, 4):
        started = time.process_time()
        cleaner.clean(head + (body + rest) * times).to_text()
        spent.append(time.process_time() - started)
    return ", ".join(
        f"{times} × page: {taken / spent[0]:.2f} × time" for times, taken in zip((1, 2, 4), spent, strict=True)
    )


def main() -> None:
    """Measure the corpus named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, metavar="CORPUS")
    parser.add_argument("--limit", type=int, default=500)
    arguments = parser.parse_args()
    print(peer_table(arguments.corpus, arguments.limit), end="\n\n")
    sample = [page.data for page in islice(pages(arguments.corpus, 101, "html"), 101)]
    typical = sorted(sample, key=len)[len(sample) // 2]
    print(f"a page of {len(typical):,} bytes: {first_call(typical)}; {growth(typical)}", end="\n\n")
    print(stage_table(arguments.corpus, arguments.limit))


if __name__ == "__main__":
    main()
