"""What explanations cost beside a plain run: `python tests/bench/explaining.py FOLDER [--limit N]`.

Each page is cleaned and written as Markdown, then the same with the account of `--explain`, with `document.explain()`,
and with the page for browsers. The table gives CPU time and the ratio to the plain run: the median over the pages, and
that of the sums. Each way runs three times over the pages, and the fastest of each page counts.
"""

from __future__ import annotations

import statistics
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

import cleaner
from cleaner.cli import account
from cleaner.explanation.page import write_page

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 3


def _plain(data: bytes) -> None:
    cleaner.clean(data).to_markdown()


def _account(data: bytes) -> None:
    document = cleaner.clean(data)
    document.to_markdown()
    account.plain("page", document)


def _data(data: bytes) -> None:
    document = cleaner.clean(data)
    document.to_markdown()
    document.explain()


def _page(data: bytes) -> None:
    write_page(cleaner.clean(data))


WAYS: dict[str, Callable[[bytes], None]] = {
    "plain run": _plain,
    "`--explain`": _account,
    "`document.explain()`": _data,
    "`explain -o why.html`": _page,
}


def _seconds(way: Callable[[bytes], None], data: bytes) -> float:
    started = time.process_time()
    way(data)
    return time.process_time() - started


def main() -> None:
    """Print a Markdown table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=150)
    given = parser.parse_args()
    files = sorted(path for path in given.folder.iterdir() if path.is_file())
    pages = [path.read_bytes() for path in files[:: max(1, len(files) // given.limit)][: given.limit]]
    for way in WAYS.values():  # models and templates are read
        way(pages[0])
    took = {
        name: [min(column) for column in zip(*rows, strict=True)]
        for name, rows in {
            name: [[_seconds(way, data) for data in pages] for _ in range(TIMES)] for name, way in WAYS.items()
        }.items()
    }
    plain = took["plain run"]
    print(f"{len(pages)} pages of {given.folder}\n")
    print("| way | ms a page (median) | ratio (median) | ratio of the sums |")
    print("|---|---|---|---|")
    for name, seconds in took.items():
        ratio = statistics.median(one / base for one, base in zip(seconds, plain, strict=True))
        print(f"| {name} | {1000 * statistics.median(seconds):.1f} | {ratio:.2f} | {sum(seconds) / sum(plain):.2f} |")


if __name__ == "__main__":
    sys.exit(main())
