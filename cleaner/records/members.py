"""The members of archives: which are pages, by their names. Names are only ever told, never written to."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from cleaner.records.record import Failure, Passed, Record
from cleaner.records.rows import whole_characters

if TYPE_CHECKING:
    from cleaner.page import SourceKind
    from cleaner.records.record import Item

_KINDS: dict[str, SourceKind | None] = {
    **dict.fromkeys(("html", "htm", "xhtml", "xht", "shtml"), "html"),
    **dict.fromkeys(("md", "markdown"), "markdown"),
    "txt": "text",
    # Pages saved under the last part of their address have no suffix, or that of a program.
    **dict.fromkeys(("", "php", "asp", "aspx", "jsp", "cgi"), None),
}
_LONGEST_SUFFIX = 10


def passed_over(name: str) -> str | None:
    """Why a member is no page: `hidden`, or its suffix, as `.png`; None if it is one."""
    base = posixpath.basename(name.replace("\\", "/"))
    if base.startswith(".") or name.startswith("__MACOSX/"):
        return "hidden"
    suffix = _suffix(base)
    return None if suffix in _KINDS else f".{suffix}"


def page_of(source: str, number: int, name: str, content: bytes, max_bytes: int) -> Item:
    """The page in a member, or a Failure if it is too large."""
    if len(content) > max_bytes:
        return too_large(source, number, name, max_bytes)
    name = whole_characters(name)
    return Record(source, number, content, id=name, kind=_KINDS.get(_suffix(name)))


def too_large(source: str, number: int, name: str, max_bytes: int) -> Failure:
    """What becomes of a member that has more bytes than allowed."""
    message = f"more bytes than the limit of {max_bytes:,}"
    return Failure(source, number, "too-large", message, whole_characters(name))


def passed(source: str, number: int, why: str) -> Passed:
    """A member that is no page."""
    return Passed(source, number, whole_characters(why))


def _suffix(name: str) -> str:
    """The suffix in lower case; what is too long, or has odd characters, is a part of the name."""
    _, dot, suffix = name.rpartition(".")
    return suffix.lower() if dot and len(suffix) <= _LONGEST_SUFFIX and suffix.isascii() and suffix.isalnum() else ""
