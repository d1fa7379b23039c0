"""Runs as plain text, which the text and JSON writers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.document import FootnoteReference, InlineMath, LineBreak, Link, Text

if TYPE_CHECKING:
    from cleaner.document import Runs


def plain(runs: Runs, line_break: str = "\n") -> str:
    """What a reader reads: text, formulas as TeX, the numbers of footnotes; images are seen, not read."""
    if len(runs) == 1 and type(runs[0]) is Text:
        return runs[0].text
    parts: list[str] = []
    before: Link | None = None
    for run in runs:
        if type(run) is Text:
            link = next((mark for mark in run.marks if type(mark) is Link), None) if run.marks else None
            if before is not None and link is not None and link is not before and parts and _touch(parts[-1], run.text):
                parts.append(" ")  # neighbouring links are set apart by style
            parts.append(run.text)
            before = link
        elif type(run) is LineBreak:
            parts.append(line_break)
        elif type(run) is InlineMath:
            parts.append(run.tex)
        elif type(run) is FootnoteReference:
            parts.append(f"[{run.number}]")
    return "".join(parts)


def _touch(left: str, right: str) -> bool:
    return not left[-1:].isspace() and not right[:1].isspace()
