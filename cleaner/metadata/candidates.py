"""What every finder of metadata hands over: a field, what it may be, and where that was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Field = Literal[
    "title", "subtitle", "author", "editor", "source", "site_name", "section", "date", "modified",
    "description", "language", "url", "image", "licence",
]  # fmt: skip

# `stamp` is evidence of software rather than of a person: the dates that publishing systems put on every page.
Evidence = Literal["meta", "json-ld", "opengraph", "title", "heading", "byline", "url", "text", "stamp"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a field may be."""

    field: Field
    value: str
    evidence: Evidence
