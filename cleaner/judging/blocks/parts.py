"""Short parts of a document that have little text of their own to be judged by: posts, tables, captions, bylines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.blocks.reasons import dates_or_names
from cleaner.page import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cleaner.judging.blocks.reasons import Evidence

    Floats = NDArray[np.float64]
    Kept = NDArray[np.bool_]

POSSIBLE = 0.3  # a part less likely than this is not taken in
# A caption over kept text, or a price beside its name, is told by its place. Between 0.3 and this F1 moved by less than
# .001 on all corpora, as gold has such lines on one page and not on the next.
PLACED = 0.2
# Of the same shape as text that is kept, a part may be shorter and lower on the page, and so less likely by itself.
REPEATED = 0.1
MOSTLY, HARDLY = 0.5, 0.2  # share of the words in containers of one shape that decides for all of them
SHAPES = 3  # containers of one shape that speak for each other
RUNNING_WORDS = 12  # a block of so many words is text, and what dates and signs a page stands above it
LISTED = 0.1  # an item less likely than this is chrome, whatever stands above it
CERTAIN = 0.8  # the score of a paragraph that speaks for the list beside it
DETAIL_SCORE = 0.8  # a date that is likelier than this belongs to the text
MOST_CELLS = 1_000  # a larger table speaks for itself
NEAR = 4  # containers up, from a caption to its figure
FACT_WORDS = 6  # a price, or a count of posts
_NUMBER = re.compile(r"\d{1,12}")


def settle_parts(evidence: Evidence, score: Floats, kept: Kept) -> None:
    """Changes `kept` in place: parts come or go with what they are a part of."""
    _posts(evidence, score, kept)
    _tables(evidence, score, kept)
    _lists(evidence, score, kept)
    _captions(evidence, score, kept)
    _price(evidence, score, kept)
    _details(evidence, score, kept)


def _posts(evidence: Evidence, score: Floats, kept: Kept) -> None:
    """What stands in numbered containers of one name ("post-12") is kept, or gone, in all of them."""
    words, linked = evidence.around.measures.words, evidence.around.measures.linked
    for blocks, numbered in _repeated(evidence):
        share = words[blocks] @ kept[blocks] / max(float(words[blocks].sum()), 1.0)
        if numbered and share >= MOSTLY:
            free = [block for block in blocks.tolist() if block not in evidence.by_block and linked[block] < MOSTLY]
            kept[free] |= score[free] >= REPEATED
        elif share <= HARDLY:
            kept[blocks] &= words[blocks] > FACT_WORDS


def _repeated(evidence: Evidence) -> Iterator[tuple[NDArray[np.int64], bool]]:
    """The blocks of containers of one name that come several times, and whether the names are numbered."""
    columns = evidence.page.containers
    named = [0] * len(columns.tag)
    for container in range(1, len(columns.tag)):
        named[container] = container if columns.words[container] else named[columns.parent[container]]
    groups: dict[tuple[str, str], list[int]] = {}
    numberless: dict[str, str] = {}
    for block, container in enumerate(evidence.page.container):
        if name := named[container]:
            words = columns.words[name]
            if words not in numberless:
                numberless[words] = _NUMBER.sub("0", words)
            key = (columns.tag[name], numberless[words])
            groups.setdefault(key, []).append(block)
    for (_, words), blocks in groups.items():
        holders = {named[evidence.page.container[block]] for block in blocks}
        if len(holders) >= SHAPES:
            yield np.array(blocks), "0" in words and len({columns.words[holder] for holder in holders}) > 1


def _tables(evidence: Evidence, score: Floats, kept: Kept) -> None:
    """A table in the midst of kept text is kept, and as a whole if most of its cells are."""
    columns = evidence.page.containers
    for container, tag in enumerate(columns.tag):
        first, last = columns.first[container], columns.last[container]
        if tag != "table" or not 0 < first < last < len(kept) or last - first > MOST_CELLS:
            continue
        around, share = columns.parent[container], kept[first:last].mean()
        if 0 < share < MOSTLY or not (kept[first - 1] and kept[last]):
            continue
        if share or (columns.first[around] < first and last < columns.last[around]):
            cells = np.arange(first, last)
            kept[first:last] |= score[cells] >= POSSIBLE if share else score[first:last].mean() >= POSSIBLE


def _lists(evidence: Evidence, score: Floats, kept: Kept) -> None:
    """A list without links right below a paragraph that is surely content, in the same container, is kept."""
    columns, measures = evidence.page.containers, evidence.around.measures
    running = kept & (score >= CERTAIN) & (measures.ends_sentence | (measures.words > RUNNING_WORDS))
    for container, tag in enumerate(columns.tag):
        first, last = columns.first[container], columns.last[container]
        if tag not in ("ul", "ol") or not 0 < first < last or not running[first - 1]:
            continue
        if columns.first[columns.parent[container]] < first and not measures.linked[first:last].any():
            kept[first:last] |= score[first:last] >= LISTED


def _captions(evidence: Evidence, score: Floats, kept: Kept) -> None:
    """A caption right above kept text, in the same container as its picture, is kept."""
    page, columns = evidence.page, evidence.page.containers
    for block in np.flatnonzero(np.array(page.block_kind) == BlockKind.CAPTION).tolist():
        figure = page.container[block]
        for _ in range(NEAR):
            if columns.tag[figure] != "figure":
                figure = columns.parent[figure]
        following = columns.last[figure]
        if evidence.around.measures.words[block] <= FACT_WORDS and dates_or_names(evidence, block):
            continue
        if columns.tag[figure] == "figure" and following < columns.last[columns.parent[figure]] and kept[following]:
            kept[block] |= score[block] >= PLACED


def _price(evidence: Evidence, score: Floats, kept: Kept) -> None:
    """The price of a thing stands beside its name, in an element that is named for it."""
    page, measures = evidence.page, evidence.around.measures
    title = measures.title
    if title < 0 or not kept[title]:
        return
    for block in (np.flatnonzero(measures.price[title + 1 : title + 4]) + title + 1).tolist():
        columns, container = page.containers, page.container[block]
        beside = columns.parent[page.container[title]] in (container, columns.parent[container])
        if beside and measures.words[block] <= FACT_WORDS and "price" in columns.words[container]:
            kept[block] |= score[block] >= PLACED


def _details(evidence: Evidence, score: Floats, kept: Kept) -> None:
    """What dates or signs the page, between its title and its text, is no part of the text."""
    measures = evidence.around.measures
    if measures.title < 0 or not kept[measures.title]:
        return
    for block in range(measures.title + 1, len(kept)):
        if not kept[block]:
            continue
        if score[block] < DETAIL_SCORE and dates_or_names(evidence, block):
            kept[block] = False
        elif measures.words[block] > RUNNING_WORDS or measures.ends_sentence[block]:
            under_title = block == measures.title + 1 and block + 1 < len(kept)
            if not (under_title and not kept[block + 1] and measures.words[block + 1] <= FACT_WORDS):
                break  # else it is the line under a title, with who signs below it
