"""Metadata as YAML front matter; every value is a quoted string, so nothing in it can be taken for YAML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.document import Metadata

FIELDS = (
    "title",
    "subtitle",
    "author",
    "editor",
    "source",
    "site_name",
    "section",
    "date",
    "modified",
    "description",
    "language",
    "url",
    "image",
    "licence",
)


def front_matter(metadata: Metadata) -> str:
    """The fields that have a value, between two lines of dashes; "" if none has."""
    lines = [f"{name}: {quoted(value)}" for name in FIELDS if (value := getattr(metadata, name))]
    return "\n".join(["---", *lines, "---", ""]) if lines else ""


def quoted(value: str) -> str:
    """A YAML double-quoted scalar on one line. JSON's strings are such scalars, but for some controls of Unicode."""
    text = json.dumps(" ".join(value.split()), ensure_ascii=False)
    return "".join(f"\\u{ord(character):04x}" if _needs_escape(character) else character for character in text)


def _needs_escape(character: str) -> bool:
    return "\x7f" <= character <= "\x9f" or character in "\u2028\u2029\ufeff" or "\ud800" <= character <= "\udfff"
