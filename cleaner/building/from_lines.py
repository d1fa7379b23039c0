"""Kept lines of bare text → blocks: the lines as they stood for text out, the structure found in them for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.building.kept_lines import kept_lines, source_of
from cleaner.building.line_structure import structure
from cleaner.document import Verbatim

if TYPE_CHECKING:
    from cleaner.document import Block
    from cleaner.options import Options
    from cleaner.readers import Reading
    from cleaner.verdict import Judgement


def build(reading: Reading, judgement: Judgement, options: Options) -> tuple[Block, ...]:  # noqa: ARG001 (the builders' signature)
    """What is kept as one `Verbatim` with the lines to the letter and their structure; () if nothing is kept."""
    lines = kept_lines(reading.page, judgement)
    if not lines:
        return ()
    return (Verbatim("text", source_of(lines), tuple(structure(lines))),)
