"""A source as a stream of plain bytes that ends where its file breaks off."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cleaner.records.opening import open_source
from cleaner.records.unpacking import Unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUFFER = 1 << 18


@contextmanager
def unpacked(source: str) -> Iterator[tuple[io.BufferedReader, Unpacked]]:
    """The plain bytes of a source, and what tells where they break off."""
    with open_source(source) as file:
        plain = Unpacked(file)
        yield io.BufferedReader(plain, _BUFFER), plain
