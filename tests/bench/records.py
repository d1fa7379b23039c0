"""Records a second of each format that holds many pages, beside a plain read of the same file, as a Markdown table."""

from __future__ import annotations

import argparse
import bz2
import csv
import gzip
import io
import json
import random
import statistics
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from cleaner.records import Record, read_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS = (
    "the council met on tuesday and agreed to rebuild old stone bridge before winter town 石桥 今日 通车 居民".split()
)
LIMIT = 10_000_000
ROUNDS = 5


def made_up_pages(count: int, size: int) -> list[str]:
    """Pages of about `size` characters, no two alike, the same in every run."""
    chance = random.Random(1)
    pages = []
    for number in range(count):
        paragraphs = []
        length = 0
        while length < size:
            text = " ".join(chance.choices(WORDS, k=chance.randint(20, 90)))
            paragraphs.append(
                f'<div class="c{chance.randint(0, 99)}"><p id="p{chance.getrandbits(32)}">{text}.</p></div>'
            )
            length += len(paragraphs[-1])
        pages.append(f"<html><head><title>Page {number}</title></head><body>{''.join(paragraphs)}</body></html>")
    return pages


def warc_records(pages: list[str]) -> Iterator[bytes]:
    for number, page in enumerate(pages):
        body = page.encode()
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        yield (
            (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                f"WARC-Target-URI: https://example.org/{number}\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
            ).encode()
            + block
            + b"\r\n\r\n"
        )


def jsonl(pages: list[str]) -> bytes:
    rows = ({"id": number, "url": f"https://example.org/{number}", "html": page} for number, page in enumerate(pages))
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def table(pages: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([("id", "html"), *enumerate(pages)])
    return text.getvalue().encode()


def parquet(pages: list[str]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"id": range(len(pages)), "html": pages}), sink, compression="zstd", row_group_size=200)
    return sink.getvalue()


def zipped(pages: list[str]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, page in enumerate(pages):
            archive.writestr(f"{number}.html", page)
    return sink.getvalue()


def tarred(pages: list[str]) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w") as archive:
        for number, page in enumerate(pages):
            data = page.encode()
            member = tarfile.TarInfo(f"{number}.html")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return sink.getvalue()


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


FORMATS: dict[str, Callable[[list[str]], bytes]] = {
    "a.jsonl": jsonl,
    "a.jsonl.gz": lambda pages: gzip.compress(jsonl(pages), 6),
    "a.jsonl.zst": lambda pages: zstd(jsonl(pages)),
    "a.jsonl.bz2": lambda pages: bz2.compress(jsonl(pages)),
    "a.csv": table,
    "a.parquet": parquet,
    "a.warc": lambda pages: b"".join(warc_records(pages)),
    "a.warc.gz": lambda pages: b"".join(gzip.compress(record, 6) for record in warc_records(pages)),
    "a.warc.zst": lambda pages: b"".join(zstd(record) for record in warc_records(pages)),
    "a.zip": zipped,
    "a.tar": tarred,
    "a.tar.gz": lambda pages: gzip.compress(tarred(pages), 6),
}


def seconds(action: Callable[[], object]) -> float:
    """The median of the processor seconds that an action takes."""
    found = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        action()
        found.append(time.process_time() - begin)
    return statistics.median(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000, help="how many pages each file holds")
    parser.add_argument("--size", type=int, default=30_000, help="characters of a page")
    arguments = parser.parse_args()
    pages = made_up_pages(arguments.pages, arguments.size)
    total = sum(len(page.encode()) for page in pages)
    print(f"{len(pages)} made-up pages, {total / 1e6:.1f} MB; processor time, median of {ROUNDS}\n")
    print("| Format | MB stored | records a second | MB of pages a second | plain read, ms | ms a record |")
    print("|---|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in FORMATS.items():
            path = Path(folder) / name
            path.write_bytes(make(pages))
            items = list(read_records(str(path), max_bytes=LIMIT))
            assert len(items) == len(pages)
            assert all(isinstance(item, Record) for item in items)
            del items
            plain = seconds(path.read_bytes)
            taken = seconds(lambda path=path: sum(1 for _ in read_records(str(path), max_bytes=LIMIT)))
            rates = f"{len(pages) / taken:,.0f} | {total / taken / 1e6:,.0f}"
            stored = path.stat().st_size / 1e6
            print(f"| {name[2:]} | {stored:.1f} | {rates} | {plain * 1e3:.1f} | {taken / len(pages) * 1e3:.3f} |")


if __name__ == "__main__":
    main()
