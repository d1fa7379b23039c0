"""From the inputs of a run to its shards: what is read and written as one, and can be done by anybody.

The same inputs give the same shards in the same order on every machine, so that a number says which one is meant.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.batch.ignore import Selection
from cleaner.batch.names import HTML_SUFFIXES, TEXT_SUFFIXES
from cleaner.batch.walk import Found, walk
from cleaner.errors import MissingLibrary, UnreadableInput, UsageError
from cleaner.records import format_of, spans
from cleaner.records.formats import format_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.records.record import Span

# A minute's work for a processor: what a kill costs, and small beside a WARC file of a crawl (30,000 pages).
ROWS_PER_SHARD = 2_000
# Pages in files of their own that make one part.
PAGES_PER_SHARD = 1_000
_MARK = "://"
_PAGE_SUFFIXES = HTML_SUFFIXES | TEXT_SUFFIXES


@dataclass(frozen=True, slots=True)
class Shard:
    """What one part is made of.

    number    from 0 on; parts are named by it
    sources   one file of records, or several files that are a page each
    pages     whether each source is a page
    span      the stretch of the one source, or None for all of it
    """

    number: int
    sources: tuple[str, ...]
    pages: bool = False
    span: Span | None = None

    @property
    def name(self) -> str:
        """What its part and all about it is called."""
        return name_of(self.number)

    @property
    def label(self) -> str:
        """Where it comes from, for people."""
        if self.span is not None:
            return f"{self.sources[0]} (row groups {self.span.start} to {self.span.stop - 1})"
        return self.sources[0] if len(self.sources) == 1 else f"{self.sources[0]} … ({len(self.sources)} pages)"


def name_of(number: int) -> str:
    """What the part of the shard of that number is called."""
    return f"part-{number:05}"


def plan(paths: Iterable[str], output: str | None) -> list[Shard]:
    """The shards of the inputs, in the order of the inputs; of folders in the order of the names in them.

    paths    files, URLs that fsspec knows, or folders, of which the files with known suffixes count; each once
    output   a folder that is passed over where it lies in one of the inputs

    Raises UnreadableInput for an input that isn't there: a list with a gap would number its shards otherwise than the
    whole one.
    """
    shards: list[Shard] = []
    pages: list[str] = []

    def end_pages() -> None:
        if pages:
            shards.append(Shard(len(shards), tuple(pages), pages=True))
            pages.clear()

    for source in dict.fromkeys(_sources(paths, output)):
        name = _format(source)
        if name is None:
            pages.append(source)
            if len(pages) == PAGES_PER_SHARD:
                end_pages()
            continue
        end_pages()
        for span in _spans(source, name):
            shards.append(Shard(len(shards), (source,), span=span))
    end_pages()
    return shards


def one_in(shards: list[Shard], share: str) -> list[Shard]:
    """Every n-th shard from the i-th on, for a `share` such as `3/64`; raises UsageError if it is none."""
    first, slash, count = share.partition("/")
    if slash and first.isdecimal() and count.isdecimal() and 1 <= int(first) <= int(count):
        return shards[int(first) - 1 :: int(count)]
    raise UsageError(f"--shard {share}: not a share such as 3/64", hint="the first one is 1/64, the last one 64/64")


def _format(source: str) -> str | None:
    """By its name alone where that tells: of 90,000 files each machine does a few, and need not open the others."""
    if (name := format_named(source)) is not None:
        return name
    try:
        return format_of(source)
    except MissingLibrary as error:
        raise error.about(source) from None


def _spans(source: str, name: str) -> list[Span | None]:
    """Stretches of a file in a format that can be read from the middle; the whole of others."""
    if name != "parquet":
        return [None]
    try:
        return spans(source, rows=ROWS_PER_SHARD)
    except UnreadableInput:
        return [None]  # that shard will fail, and the others won't
    except MissingLibrary as error:
        raise error.about(source) from None


def _sources(paths: Iterable[str], output: str | None) -> Iterator[str]:
    selection = Selection(frozenset(), include=("*",), obey=False)
    for path in paths:
        if _MARK in path or os.path.isfile(path):
            yield path
        elif not os.path.isdir(path):
            raise UnreadableInput(f"no such file or directory: {path}")
        else:
            for entry in walk(path, selection, output):
                if entry.kind is Found.UNREADABLE:
                    raise UnreadableInput(f"{entry.reason}: {entry.path}")
                if entry.kind is Found.FILE and _is_known(entry.path):
                    yield entry.path


def _is_known(path: str) -> bool:
    return os.path.splitext(path)[1].lower() in _PAGE_SUFFIXES or format_named(path) is not None
