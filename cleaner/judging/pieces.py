"""A removed line that holds several kinds of chrome, split so that each is accounted for under its own name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.verdict import Category, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.judging.lexicon import Hit

# In front of the first hit, up to this many characters (a bullet, a bracket, a year) belong to it; behind the last hit,
# twice as many (the rest of a name). More is a piece of its own.
_FRINGE = 12


def pieces(text: str, hits: Sequence[Hit], category: Category, rule: str) -> tuple[Piece, ...]:
    """The pieces of a removed block, which cover it from its first character to its last without a gap.

    text      the block's text
    hits      what the lexicon found in it, in order, without overlaps
    category  the category of what no hit names
    rule      the rule, or the model, that removed the block
    """
    if not text:
        return ()
    if not hits:
        return (Piece(0, len(text), category, rule),)
    starts = [hit.start for hit in hits]
    out: list[Piece] = []
    if len(text[: starts[0]].strip()) > _FRINGE:
        out.append(Piece(0, starts[0], category, rule))
    else:
        starts[0] = 0
    for hit, start, end in zip(hits, starts, [*starts[1:], len(text)], strict=True):
        out.append(Piece(start, end, hit.rule.category, hit.rule.id))
    last, end = out[-1], hits[-1].end
    if len(text[end:].strip()) > 2 * _FRINGE:
        out[-1] = Piece(last.start, end, last.category, last.rule)
        out.append(Piece(end, len(text), category, rule))
    return tuple(out)
