"""Rows, whatever format they are stored in: which field is the page, which its address, its name and its date."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from cleaner.records.record import Failure, Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cleaner.page import SourceKind
    from cleaner.records.record import Fields

# The usual names, the first that a row has. `metadata.…` is where datatrove, and what follows it, keeps them.
CONTENT_NAMES = ("html", "text", "content")
URL_NAMES = ("url", "uri", "source_url", "page_url", "metadata.url")
ID_NAMES = ("id", "_id", "doc_id", "uuid")
DATE_NAMES = ("date", "timestamp", "metadata.date")
# A field of this name says what it holds; `text` and `content` do not: scraped pages stand in them as well.
HTML_NAMES = ("html",)
# Numbers and short strings are names and dates; a page that stands in such a field is none.
_LONGEST_ADDRESS = 32_768


def record_from(
    row: Mapping[str, object], fields: Fields, *, source: str, number: int, max_bytes: int, offset: int | None = None
) -> Record | Failure:
    """The page in a row, or a Failure if the row has none, or one that is too large."""
    name = _short(row, fields.id, ID_NAMES)
    names = CONTENT_NAMES if fields.content is None else (fields.content,)
    found, content = _first(row, names)
    if content is None:
        wanted = " or ".join(names)
        return Failure(source, number, "missing-field", f"no field {wanted}", name, offset)
    if not isinstance(content, str | bytes):
        return Failure(source, number, "missing-field", f"the field {found} holds no text", name, offset)
    if len(content) > max_bytes:
        message = f"{len(content):,} bytes are more than the limit of {max_bytes:,}"
        return Failure(source, number, "too-large", message, name, offset)
    kind: SourceKind | None = "html" if found in HTML_NAMES else None
    return Record(
        source,
        number,
        whole_characters(content) if isinstance(content, str) else content,
        id=name,
        offset=offset,
        url=_short(row, fields.url, URL_NAMES),
        date=_short(row, fields.date, DATE_NAMES),
        kind=kind,
    )


def whole_characters(text: str) -> str:
    """The text with halves of surrogate pairs joined, and replaced where the other half is missing."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _first(row: Mapping[str, object], names: tuple[str, ...]) -> tuple[str, object]:
    """(name, value) of the first field with a value, None if there is none."""
    for name in names:
        value = _field(row, name)
        if value is not None:
            return name, value
    return names[0], None


def _field(row: Mapping[str, object], name: str) -> object:
    """The value of a field; a name with dots that no field bears leads into nested objects."""
    if name in row or "." not in name:
        return row.get(name)
    value: object = row
    for part in name.split("."):
        if not isinstance(value, dict):
            return None
        value = cast("dict[str, object]", value).get(part)
    return value


def _short(row: Mapping[str, object], asked: str | None, names: tuple[str, ...]) -> str | None:
    """An address, a name or a date as text."""
    _, value = _first(row, names if asked is None else (asked,))
    if value is None or isinstance(value, bool | dict | list):
        return None
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return whole_characters(text) if 0 < len(text) <= _LONGEST_ADDRESS else None
