"""Safari's web archives: a property list with the page in it, its frames, and all that it shows."""

from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from cleaner.records.opening import one_line
from cleaner.records.record import Failure, Passed, Record
from cleaner.records.rows import whole_characters
from cleaner.records.streams import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.records.record import Fields, Item, Span

# The whole file is read: images stand beside the page, and as XML all is a third longer.
_GROWTH = 4
_DAMAGE = (ValueError, LookupError, ArithmeticError, TypeError, AttributeError, RecursionError, ExpatError, MemoryError)


def read_webarchive(source: str, _fields: Fields, max_bytes: int, _span: Span | None) -> Iterator[Item]:
    """The page of a web archive, and what belongs to it."""
    with unpacked(source) as (stream, plain):
        data = stream.read(_GROWTH * max_bytes + 1)
        if len(data) > _GROWTH * max_bytes:
            yield Failure(source, 0, "too-large", f"more bytes than {_GROWTH} times the limit of {max_bytes:,}")
            return
        if plain.broken is not None:
            yield Failure(source, 0, plain.broken.reason, plain.broken.message, offset=plain.broken.offset)
            return
    try:
        archive = plistlib.loads(data)
    except _DAMAGE as error:
        yield Failure(source, 0, "corrupt", one_line(error))
        return
    archive = archive if isinstance(archive, dict) else {}
    yield _page(archive.get("WebMainResource"), source, max_bytes)
    number = 1
    for key in ("WebSubresources", "WebSubframeArchives"):
        resources = archive.get(key)
        for resource in resources if isinstance(resources, list) else ():
            media = _text(resource, "WebResourceMIMEType") if key == "WebSubresources" else "frame"
            yield Passed(source, number, media or "unknown")
            number += 1


def _page(resource: object, source: str, max_bytes: int) -> Item:
    content = resource.get("WebResourceData") if isinstance(resource, dict) else None
    if not isinstance(content, bytes):
        return Failure(source, 0, "corrupt", "no page in it")
    if len(content) > max_bytes:
        return Failure(source, 0, "too-large", f"{len(content):,} bytes are more than the limit of {max_bytes:,}")
    html = "html" in (_text(resource, "WebResourceMIMEType") or "")
    return Record(
        source,
        0,
        content,
        url=_text(resource, "WebResourceURL"),
        kind="html" if html else None,
        charset=_text(resource, "WebResourceTextEncodingName"),
    )


def _text(resource: object, key: str) -> str | None:
    value = resource.get(key) if isinstance(resource, dict) else None
    return whole_characters(value) if isinstance(value, str) and value else None
