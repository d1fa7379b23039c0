"""What neighbours and the lexicon say of a block that its own score leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.blocks.parts import settle_parts
from cleaner.judging.blocks.reasons import proven
from cleaner.judging.groups import groups
from cleaner.page import BlockKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.judging.blocks.reasons import Evidence

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Kept = NDArray[np.bool_]

MOSTLY = 0.8  # share of what a heading heads, or of a list, that decides for all of it
POSSIBLE = 0.3  # a block less likely than this is not taken in for its neighbours' sake
SECTION_TOKENS = 20  # a section of fewer tokens doesn't speak for its heading
LIST_ITEMS = 3
CLOSE, HALF = 0.15, 0.5  # items whose scores are so close, and the share of them that decides for all
# Things that repeat, such as the products of a grid, from so many on; parts of them less likely than this stay gone. In
# five folds this gained .003 F1 on lists and threads, .001 on collections, and lost .001 on products.
THINGS, UNLIKELY = 4, 0.1
# In five folds, short blocks that the lexicon proves to be chrome raised F1 on all corpora when they went, up to this
# score; above it the page knows better (a heading "Comments" in an article about comments).
BELIEVED, SHORT_WORDS = 0.8, 12
# Likeness to the page's title, which a site's name may follow; words of a block that is text.
NAMED, TEXT_WORDS = 0.5, 12


def keep_together(evidence: Evidence, score: Floats, kept: Kept) -> Kept:
    """The kept blocks after a look at what each belongs to: headings to sections, items to lists; chrome goes."""
    kept = kept.copy()
    tokens = evidence.around.measures.tokens
    _headings(evidence, score, tokens, kept)
    _lists(evidence, score, tokens, kept)
    _columns(evidence, score, tokens, kept)
    settle_parts(evidence, score, kept)
    _chrome(evidence, score, kept)
    _title(evidence, score, kept)
    return kept


def _title(evidence: Evidence, score: Floats, kept: Kept) -> None:
    """The heading that says what the page calls itself stays above the text, whatever corpora count as content."""
    measures = evidence.around.measures
    title = measures.title
    if (
        title < 0
        or kept[title]
        or score[title] < POSSIBLE
        or not measures.heading[title]
        or measures.likeness[title] < NAMED
    ):
        return
    text = np.flatnonzero(kept & (measures.words >= TEXT_WORDS))
    if len(text) and text[0] > title and proven(evidence, title) is None:
        kept[title] = True


def _chrome(evidence: Evidence, score: Floats, kept: Kept) -> None:
    """Short blocks that are proven chrome go, unless the score is high."""
    for block in evidence.by_block:
        if kept[block] and score[block] < BELIEVED and evidence.around.measures.words[block] <= SHORT_WORDS:
            kept[block] = proven(evidence, block) is None


def _headings(evidence: Evidence, score: Floats, tokens: NDArray[np.float32], kept: Kept) -> None:
    """A heading comes and goes with what stands under it, up to the next heading."""
    heading = np.flatnonzero(evidence.around.measures.heading > 0)
    if not len(heading):
        return
    ends = np.append(heading[1:], len(kept))
    running = np.concatenate([[0.0], np.cumsum(tokens)])
    inside = np.concatenate([[0.0], np.cumsum(tokens * kept)])
    total = running[ends] - running[heading + 1]
    share = (inside[ends] - inside[heading + 1]) / np.maximum(total, 1)
    speaks = total >= SECTION_TOKENS
    title = evidence.around.measures.title
    bring = speaks & (share >= MOSTLY) & (score[heading] >= POSSIBLE)
    take = speaks & (share <= 0) & (heading != title)
    kept[heading[bring]] = True
    kept[heading[take]] = False


def _lists(evidence: Evidence, score: Floats, tokens: NDArray[np.float32], kept: Kept) -> None:
    """A list whose items are nearly all kept or gone, or are much alike and mostly kept, is kept or gone as a whole."""
    items = np.flatnonzero(np.array(evidence.page.block_kind) == BlockKind.ITEM)
    if len(items) < LIST_ITEMS:
        return
    group, count = groups(evidence.around.tree.parent[evidence.around.owner[items]])
    total = np.bincount(group, tokens[items])
    share = (np.bincount(group, tokens[items] * kept[items]) / np.maximum(total, 1))[group]
    enough = count[group] >= LIST_ITEMS
    lowest, highest = np.ones(len(total)), np.zeros(len(total))
    np.minimum.at(lowest, group, score[items])
    np.maximum.at(highest, group, score[items])
    close = (highest - lowest <= CLOSE)[group]
    bring = enough & (share >= np.where(close, HALF, MOSTLY)) & (score[items] >= POSSIBLE)
    kept[items[bring]] = True
    kept[items[enough & (share <= 1 - MOSTLY)]] = False


def _columns(evidence: Evidence, score: Floats, tokens: NDArray[np.float32], kept: Kept) -> None:
    """What stands at one place in things that repeat, such as the names in a grid, is kept in all if it is in most."""
    tree, owner = evidence.around.tree, evidence.around.owner
    up, shapes = tree.parent[owner], int(tree.shape.max()) + 1
    group, count = groups((tree.shape[owner] * shapes + tree.shape[up]) * shapes + tree.shape[tree.parent[up]])
    things = np.bincount(np.unique(group * tree.size + up) // tree.size, minlength=len(count))
    share = np.bincount(group, tokens * kept) / np.maximum(np.bincount(group, tokens), 1)
    # In a text, many paragraphs stand in one container: they speak for themselves.
    together = (things >= THINGS) & (2 * things >= count) & (share >= HALF)
    kept[together[group] & (score >= UNLIKELY)] = True
