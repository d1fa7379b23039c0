"""A document's page taken apart: what stayed, what went, and why, as data and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from cleaner.verdict import Category
from cleaner.writers.json import encoding_object, findings_object, metadata_object, sound

if TYPE_CHECKING:
    from cleaner.document import Document, Encoding, Finding, Metadata, Outcome, Passage
    from cleaner.page import SourceKind

# The version of the JSON's form; it changes when a field is renamed or taken away.
VERSION = 1
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of a page, and why.

    `passages` are all of its text in order, kept and removed; `sureness` is 0 to 1. Everything else is as in the
    `Document` that it explains.
    """

    name: str | None
    kind: SourceKind
    outcome: Outcome
    sureness: float
    metadata: Metadata
    encoding: Encoding
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]

    def removed(self) -> tuple[Passage, ...]:
        """The passages that went."""
        return tuple(passage for passage in self.passages if not passage.kept)

    def to_json(self) -> str:
        """One JSON object on a line, ending in a line feed; its Schema is `cleaner/data/explanation.schema.json`."""
        return json.dumps(sound(self._object()), ensure_ascii=False) + "\n"

    def _object(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "name": self.name,
            "kind": self.kind,
            "outcome": self.outcome,
            "sureness": round(self.sureness, _DIGITS),
            "metadata": metadata_object(self.metadata),
            "encoding": encoding_object(self.encoding),
            "passages": [_passage_object(passage) for passage in self.passages],
            "findings": findings_object(self.findings),
        }


def explain(document: Document) -> Explanation:
    """The explanation of a document."""
    return Explanation(
        name=document.name,
        kind=document.kind,
        outcome=document.outcome,
        sureness=document.sureness,
        metadata=document.metadata,
        encoding=document.encoding,
        passages=document.passages,
        findings=document.findings,
    )


def _passage_object(passage: Passage) -> dict[str, Any]:
    weighing = None
    if passage.weighing is not None:
        weighing = asdict(passage.weighing)
        for reason in weighing["reasons"]:
            reason["weight"] = round(reason["weight"], _DIGITS)
        weighing |= {name: round(weighing[name], _DIGITS) for name in ("base", "rest", "total")}
    return {
        "kept": passage.kept,
        "kind": passage.kind,
        "level": passage.level,
        "category": None if passage.category is None else str(passage.category),
        "rule": passage.rule,
        "score": round(passage.score, _DIGITS),
        "start": passage.start,
        "end": passage.end,
        "line": passage.line,
        # Whoever reads the JSON must not read what the page hides either.
        "text": "" if passage.category is Category.HIDDEN and not passage.kept else passage.text,
        "weighing": weighing,
    }
