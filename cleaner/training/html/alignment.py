"""Which blocks of a page are in its gold text: a run alignment of the two token sequences.

The gold is a subsequence of the page with gaps on both sides. Matched tokens count one each; starting or ending a run
of matches costs something, less at the border of a block or of a line of gold. A second round looks for what is left
over, so that text that the gold has in another order is found too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

INSIDE_BLOCK, INSIDE_LINE, AT_BORDER = 0.6, 0.5, 0.05  # cost of a run's end inside a block, a gold line, at a border
SECOND_ROUND = 0.25  # what the second round adds to each cost
KNOWN_FIRST, KNOWN_SECOND = 0.45, 0.6  # share of a block's tokens that the gold must have at all
LEFT_OVER_BLOCK, LEFT_OVER_LINE = 0.3, 0.4  # what is matched less than this goes into the second round
SOLID = 0.6  # share of a block that a second-round match must cover
SHORTEST = 3  # tokens of a second-round block or line
LARGEST = 150_000_000  # cells of the alignment table; larger pages get no labels


class TooLargeError(Exception):
    """The page and its gold are too long to align."""


@dataclass(slots=True)
class _Row:
    """One page token's row of the table, where the token occurs in the gold at all."""

    at: Integers
    ends: Floats
    continues: NDArray[np.bool_]


def label(blocks: list[list[str]], lines: list[list[str]]) -> Floats:
    """The share of each block's tokens that are in the gold, in order; NaN for blocks without tokens.

    Raises TooLargeError for pages that can't be aligned in reasonable memory.
    """
    numbers: dict[str, int] = {}
    page = np.array([numbers.setdefault(token, len(numbers)) for block in blocks for token in block], np.int64)
    gold = np.array([numbers.setdefault(token, len(numbers)) for line in lines for token in line], np.int64)
    size = np.array([len(block) for block in blocks])
    count = len(blocks)
    if not len(page) or not len(gold):
        return np.where(size > 0, 0.0, np.nan).astype(np.float32)
    block_of = np.repeat(np.arange(count), size)
    line_size = np.array([len(line) for line in lines])
    line_of = np.repeat(np.arange(len(lines)), line_size)
    known = np.bincount(block_of, np.isin(page, gold), count) / np.maximum(size, 1)
    matched, used = np.zeros(count), np.zeros(len(gold), np.bool_)
    for second in (False, True):
        if second:
            chosen = (known >= KNOWN_SECOND) & (matched / np.maximum(size, 1) < LEFT_OVER_BLOCK) & (size >= SHORTEST)
            done = np.bincount(line_of, used, len(lines)) / np.maximum(line_size, 1)
            wanted = (done < LEFT_OVER_LINE) & (line_size >= SHORTEST)
        else:
            chosen, wanted = known >= KNOWN_FIRST, np.ones(len(lines), np.bool_)
        here, there = np.flatnonzero(chosen[block_of]), np.flatnonzero(wanted[line_of])
        if not len(here) or not len(there):
            break
        extra = SECOND_ROUND if second else 0.0
        match = _align(
            page[here],
            gold[there],
            _costs(block_of[here], INSIDE_BLOCK) + extra,
            _costs(line_of[there], INSIDE_LINE) + extra,
        )
        hit = match >= 0
        found = np.bincount(block_of[here[hit]], minlength=count).astype(float)
        if second:
            solid = found >= SOLID * size
            hit &= solid[block_of[here]]
            found *= solid
        matched += found
        used[there[match[hit]]] = True
    return np.where(size > 0, np.minimum(matched / np.maximum(size, 1), 1.0), np.nan).astype(np.float32)


def _costs(group: Integers, inside: float) -> Floats:
    """The cost of a run's end at each border between tokens, the outer ones included."""
    costs = np.full(len(group) + 1, inside, np.float32)
    costs[0] = costs[-1] = AT_BORDER
    costs[1:-1][group[1:] != group[:-1]] = AT_BORDER
    return costs


def _align(page: Integers, gold: Integers, page_cost: Floats, gold_cost: Floats) -> Integers:
    """For each page token, the index of the gold token that it is matched with, or -1."""
    order = np.argsort(gold, kind="stable")
    values, begins = np.unique(gold[order], return_index=True)
    places = dict(zip(values.tolist(), np.split(order + 1, begins[1:]), strict=True))
    nothing = -1e9
    outside = np.zeros(len(gold) + 1, np.float32)
    inside = np.full(len(gold) + 1, nothing, np.float32)
    previous: Integers | None = None
    rows: list[_Row | None] = [None]
    tables = [outside]
    cells = 0
    for index, token in enumerate(page.tolist(), 1):
        at = places.get(token)
        if at is None:
            rows.append(None)
            tables.append(outside)
            if previous is not None:
                inside[previous] = nothing
                previous = None
            continue
        begin = outside[at - 1] - page_cost[index - 1] - gold_cost[at - 1]
        go_on = inside[at - 1]
        continues = go_on >= begin
        value = 1 + np.where(continues, go_on, begin)
        ends = value - page_cost[index] - gold_cost[at]
        if previous is not None:
            inside[previous] = nothing
        inside[at] = value
        previous = at
        if (ends > outside[at]).any():
            outside = outside.copy()
            outside[at] = np.maximum(outside[at], ends)
            outside = np.maximum.accumulate(outside)
            cells += len(outside)
            if cells > LARGEST:
                raise TooLargeError
        rows.append(_Row(at, ends, continues))
        tables.append(outside)
    return _trace(rows, tables, len(page), len(gold))


def _trace(rows: list[_Row | None], tables: list[Floats], page_size: int, gold_size: int) -> Integers:
    """The matches of the best path, from the end back."""
    match = np.full(page_size, -1)
    index, at = page_size, gold_size
    in_run = False
    while index > 0:
        row = rows[index]
        if not in_run:
            best = tables[index][at]
            if row is None or best == tables[index - 1][at]:
                index -= 1
                continue
            fits = np.flatnonzero((row.at <= at) & (row.ends == best))
            at = int(row.at[fits[-1]])
        if row is None:
            break  # can't be: a run only goes through matching tokens
        match[index - 1] = at - 1
        in_run = bool(row.continues[np.searchsorted(row.at, at)])
        index -= 1
        at -= 1
    return match
