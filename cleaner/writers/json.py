"""Document → one JSON object, as `cleaner/data/document.schema.json` describes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cleaner.document import (
    CodeBlock,
    DefinitionList,
    Figure,
    Footnote,
    Heading,
    Image,
    Link,
    ListBlock,
    MathBlock,
    Paragraph,
    Quote,
    Table,
    Text,
    ThematicBreak,
    Verbatim,
)
from cleaner.verdict import Category
from cleaner.writers.front_matter import FIELDS
from cleaner.writers.markdown import markdown_of
from cleaner.writers.plain import plain
from cleaner.writers.text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.document import Block, Document, Encoding, Finding, Metadata, Removal, Run, Runs

# The version of the JSON's form; it changes when a field is renamed or taken away.
VERSION = 1

_SURROGATES = dict.fromkeys(range(55296, 57344), "�")


def write(document: Document) -> str:
    """The document as one JSON object on one line, ending in a line feed."""
    return json.dumps(sound(json_object(document)), ensure_ascii=False) + "\n"


def json_object(document: Document) -> dict[str, Any]:
    """The document as plain dicts, lists, strings and numbers."""
    return {
        "version": VERSION,
        "name": document.name,
        "kind": document.kind,
        "outcome": document.outcome,
        "sureness": round(document.sureness, 4),
        "metadata": metadata_object(document.metadata),
        "encoding": encoding_object(document.encoding),
        "text": text_of(document.blocks),
        "markdown": markdown_of(document.blocks, document.options),
        "blocks": list(_objects(document.blocks)),
        "removed": [
            {
                "category": str(removal.category),
                "rule": removal.rule,
                "score": round(removal.score, 4),
                "start": removal.start,
                "end": removal.end,
                "line": removal.line,
                "text": _shown(removal),
            }
            for removal in document.removed
        ],
        "findings": findings_object(document.findings),
    }


def metadata_object(metadata: Metadata) -> dict[str, Any]:
    """Metadata as plain values."""
    return {**{name: getattr(metadata, name) for name in FIELDS}, "evidence": dict(metadata.evidence)}


def encoding_object(encoding: Encoding) -> dict[str, Any]:
    """How bytes became text, as plain values."""
    return {
        "name": encoding.name,
        "evidence": encoding.evidence,
        "replaced": encoding.replaced,
        "repairs": list(encoding.repairs),
        "sureness": round(encoding.sureness, 4),
        "declared": encoding.declared,
        "lost": encoding.lost,
        "invisible": [{"kind": found.kind, "count": found.count, "line": found.line} for found in encoding.invisible],
    }


def findings_object(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """What is worth telling, as plain values."""
    return [
        {
            "category": str(finding.category),
            "rule": finding.rule,
            "score": round(finding.score, 4),
            "start": finding.start,
            "end": finding.end,
            "line": finding.line,
            "text": _shown(finding),
            "message": finding.message,
        }
        for finding in findings
    ]


def _shown(removal: Removal | Finding) -> str:
    """The text that was taken out; not that of hidden parts: whoever reads the JSON must not read it either."""
    return "" if removal.category is Category.HIDDEN else removal.text


def sound(value: Any) -> Any:
    """The value with lone surrogates replaced: they can't be written as UTF-8, and many readers of JSON refuse them."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.translate(_SURROGATES)
        return value
    if isinstance(value, dict):
        return {sound(key): sound(item) for key, item in value.items()}
    if isinstance(value, list):
        return [sound(item) for item in value]
    return value


def _objects(blocks: tuple[Block, ...]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        if type(block) is Verbatim:
            yield from _objects(block.blocks)
        else:
            yield _object(block)


def _object(block: Block) -> dict[str, Any]:
    if type(block) is Paragraph:
        return {"kind": "paragraph", "text": plain(block.runs), **_inside(block.runs)}
    if type(block) is Heading:
        return {"kind": "heading", "text": plain(block.runs), "level": block.level, **_inside(block.runs)}
    if type(block) is CodeBlock:
        return {"kind": "code", "text": block.text, "language": block.language}
    if type(block) is MathBlock:
        return {"kind": "math", "text": block.tex}
    if type(block) is ThematicBreak:
        return {"kind": "rule", "text": ""}
    text = text_of((block,)).removesuffix("\n")
    if type(block) is Quote:
        return {"kind": "quote", "text": text, "blocks": list(_objects(block.blocks))}
    if type(block) is ListBlock:
        return {"kind": "list", "text": text, "ordered": block.ordered, "start": block.start, "items": _items(block)}
    if type(block) is Table:
        return {"kind": "table", "text": text, "caption": plain(block.caption), "rows": _rows(block)}
    if type(block) is Figure:
        return {"kind": "figure", "text": text, "caption": plain(block.caption), "blocks": list(_objects(block.blocks))}
    if type(block) is DefinitionList:
        return {"kind": "definitions", "text": text, "definitions": _definitions(block)}
    if type(block) is Footnote:
        return {"kind": "footnote", "text": text, "number": block.number, "blocks": list(_objects(block.blocks))}
    raise TypeError(f"no block: {type(block).__name__}")


def _items(block: ListBlock) -> list[dict[str, Any]]:
    return [{"checked": item.checked, "blocks": list(_objects(item.blocks))} for item in block.items]


def _rows(table: Table) -> list[list[dict[str, Any]]]:
    return [
        [
            {
                "text": text_of(cell.blocks).removesuffix("\n"),
                "header": cell.header,
                "alignment": table.alignments[index] if index < len(table.alignments) else None,
            }
            for index, cell in enumerate(row)
        ]
        for row in table.rows
    ]


def _definitions(block: DefinitionList) -> list[dict[str, Any]]:
    return [
        {
            "terms": [plain(term) for term in definition.terms],
            "descriptions": [list(_objects(description)) for description in definition.descriptions],
        }
        for definition in block.definitions
    ]


def _inside(runs: Runs) -> dict[str, Any]:
    """The links and images among the runs, where there are any."""
    found: dict[str, Any] = {}
    links: dict[int, dict[str, str]] = {}
    images: list[dict[str, str]] = []
    for run in runs:
        if type(run) is Image:
            images.append({"src": run.src, "alt": run.alt})
        for mark in run.marks:
            if type(mark) is Link:
                entry = links.setdefault(id(mark), {"href": mark.href, "text": ""})
                entry["text"] += _read(run)
    if links:
        found["links"] = list(links.values())
    if images:
        found["images"] = images
    return found


def _read(run: Run) -> str:
    return run.text if type(run) is Text else ""
