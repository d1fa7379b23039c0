"""Kept Markdown → blocks: copied to the letter for Markdown out, as a tree for every other format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.building.markdown_source import kept_source
from cleaner.building.markdown_tree import MarkdownTree, parse
from cleaner.building.safe_markdown import disarm, neutralize, untracked
from cleaner.document import CodeBlock, Verbatim
from cleaner.page import BlockKind

if TYPE_CHECKING:
    from cleaner.document import Block
    from cleaner.options import Options
    from cleaner.readers.markdown import MarkdownReading
    from cleaner.verdict import Judgement


def build(reading: MarkdownReading, judgement: Judgement, options: Options) -> tuple[Block, ...]:
    """What is kept as one `Verbatim`; () if nothing is.

    Where links or images aren't wanted, only the front matter is copied: the rest comes as a tree for the writers.
    """
    source = kept_source(reading, judgement)
    lines = source.split("\n")
    front = _front_lines(reading, judgement)
    body, tree = _safe("\n".join(lines[front:]), options)
    head = "\n".join(lines[:front])
    head_blocks = (
        (CodeBlock("\n".join(lines[1 : front - 1]), "toml" if head.startswith("+") else "yaml"),) if front else ()
    )
    if not options.links or not options.images:
        return (*(Verbatim("markdown", head, (block,)) for block in head_blocks), *tree.blocks)
    source = (f"{head}\n{body}" if front else body).rstrip("\n")
    return (Verbatim("markdown", source, head_blocks + tree.blocks),) if source.strip() else ()


def _front_lines(reading: MarkdownReading, judgement: Judgement) -> int:
    """Number of lines of front matter that are kept; they come first."""
    kinds = reading.page.block_kind
    kept = bool(kinds) and kinds[0] == BlockKind.FRONT_MATTER and judgement.verdicts[0].keep
    return reading.last[0] if kept else 0


def _safe(source: str, options: Options) -> tuple[str, MarkdownTree]:
    """The source and its tree, once every link that would run code has become text, and tracking is gone on request."""
    tree = parse(source, options)
    for rewrite in (neutralize, disarm):
        if not tree.unsafe and not tree.definitions:
            break
        source = rewrite(source, tree)
        tree = parse(source, options)
    return untracked(source, tree) if tree.tracked else source, tree
