"""What every finder of metadata hands over: a field, what it may be, where that was read, and what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Field = Literal[
    "title", "subtitle", "author", "editor", "source", "site_name", "section", "date", "modified", "description",
    "keywords", "language", "url", "image", "licence", "kind",
]  # fmt: skip

Evidence = Literal[
    "meta", "json-ld", "microdata", "opengraph", "title", "heading", "byline", "markup", "url", "text"
]  # fmt: skip

# The signal of a date that is only words, like "3 hours ago".
RELATIVE = "relative"
# The signal of a name in a block below the body that the judge takes for a comment.
IN_COMMENTS = "in comments"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a field may be.

    `signals` name what speaks for or against it; `cleaner/data/metadata/weights.toml` says how much each counts.
    `place` is how many blocks after the title it stands (before it, if negative), where it stands anywhere.
    """

    field: Field
    value: str
    evidence: Evidence
    signals: tuple[str, ...] = ()
    place: int | None = None
