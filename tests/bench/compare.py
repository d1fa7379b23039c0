"""Accuracy and CPU of `cleaner` and its peers on labelled pages, in one run, as a Markdown table."""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from peers import installed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from peers import Extract

WIDE = "[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]"
WORD = re.compile(rf"{WIDE}|(?:(?!{WIDE})\w)+")


class Page(NamedTuple):
    """A page with the text that a person took for its content."""

    data: bytes
    url: str | None
    gold: str
    kind: str


class Result(NamedTuple):
    """One tool on one page."""

    precision: float
    recall: float
    f1: float
    milliseconds: float
    failed: bool


def pages(corpus: Path, limit: int | None, mode: str) -> Iterator[Page]:
    """The pages of a corpus folder that have a gold text."""
    with (corpus / "gold.jsonl").open(encoding="utf-8") as rows:
        for number, line in enumerate(rows):
            if limit is not None and number >= limit:
                return
            row = json.loads(line)
            if row["text"] is None:
                continue
            data = (corpus / "pages" / f"{row['id']}.html").read_bytes()
            yield Page(_dump(data) if mode == "dump" else data, row["url"] or None, row["text"], row["type"])


def _dump(data: bytes) -> bytes:
    from inscriptis import get_text

    import cleaner

    return get_text(cleaner.decode(data).text).encode("utf-8", "replace")


def overlap(predicted: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the multisets of words."""
    mine, theirs = Counter(WORD.findall(predicted.lower())), Counter(WORD.findall(gold.lower()))
    if not theirs:
        return (1.0, 1.0, 1.0) if not mine else (0.0, 0.0, 0.0)
    both = (mine & theirs).total()
    if not both:
        return 0.0, 0.0, 0.0
    precision, recall = both / mine.total(), both / theirs.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def measure(extract: Extract, page: Page) -> Result:
    """One tool on one page: overlap with the gold text and CPU time."""
    started = time.process_time()
    try:
        text, failed = extract(page.data, page.url) or "", False
    except Exception:  # noqa: BLE001  a peer's failure is a figure here, not an end
        text, failed = "", True
    spent = 1000 * (time.process_time() - started)
    return Result(*overlap(text, page.gold), spent, failed)


def table(results: dict[str, list[Result]]) -> str:
    """The Markdown table of all tools."""
    first = statistics.fmean(result.milliseconds for result in next(iter(results.values())))
    lines = ["| tool | P | R | F1 | ms mean | ms median | CPU ratio | failed |", "|---|--:|--:|--:|--:|--:|--:|--:|"]
    for name, rows in results.items():
        mean = [statistics.fmean(row[column] for row in rows) for column in range(4)]
        median = statistics.median(row.milliseconds for row in rows)
        lines.append(
            f"| {name} | {mean[0]:.3f} | {mean[1]:.3f} | {mean[2]:.3f} | {mean[3]:.2f} | {median:.2f} "
            f"| {mean[3] / first:.2f} | {sum(row.failed for row in rows)} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Compare the installed tools on the corpora named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--mode", choices=["html", "dump"], default="html")
    arguments = parser.parse_args()
    for corpus in arguments.corpora:
        results: dict[str, list[Result]] = defaultdict(list)
        for page in pages(corpus, arguments.limit, arguments.mode):
            for peer in installed():
                results[peer.name].append(measure(peer.extract, page))
        print(f"\n{corpus.name}, {arguments.mode}, {len(next(iter(results.values())))} pages\n\n{table(results)}")


if __name__ == "__main__":
    main()
