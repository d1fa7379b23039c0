"""What a file of many pages holds: pages, records that can't be read, and records that are no pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from cleaner.page import SourceKind

Reason = Literal[
    "truncated",  # the file, or the record, ends before its end
    "corrupt",  # the file can't be read on from here, or the record's bytes are not what they claim to be
    "unreadable",  # the file system, or the network, failed
    "too-large",  # more bytes than allowed, as stored or once unpacked
    "bad-json",
    "bad-row",
    "bad-http",
    "missing-field",
    "encrypted",
]


@dataclass(frozen=True, slots=True)
class Record:
    """One page.

    source    the file, as the user named it
    number    from 0 on within the source, counting every record, failed and passed ones too
    content   the page: bytes as they were stored, or text where the format has only text
    id        the record's own name: WARC-Record-ID, the field for it, the name of an archive's member
    offset    where the record begins, in bytes: of a WARC record in the file as stored, of a line in the plain stream
    url       the page's address
    date      when, as the record states it
    kind      `html` or `text` where the format, the media type or the field's name says so
    charset   as the HTTP header names it
    """

    source: str
    number: int
    content: bytes | str
    id: str | None = None
    offset: int | None = None
    url: str | None = None
    date: str | None = None
    kind: SourceKind | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A record that could not be read, or the point at which the file breaks off; `message` is a part of a sentence."""

    source: str
    number: int
    reason: Reason
    message: str
    id: str | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """A record that is no page; `why` is a word to count by: `revisit`, `request`, `application/pdf`."""

    source: str
    number: int
    why: str


Item = Record | Failure | Passed


@dataclass(frozen=True, slots=True)
class Fields:
    """What the user says about rows: the field or column of the page, of its address, its name and its date.

    None stands for the usual names; a name with dots leads into nested objects.
    """

    content: str | None = None
    url: str | None = None
    id: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a source: the row groups `start` up to, but not with, `stop` of a Parquet file."""

    start: int
    stop: int
