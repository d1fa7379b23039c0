"""Features of the second pass: what the first says of a block's neighbours, its containers, and blocks of its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.judging.groups import groups

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.judging.blocks.surroundings import Surroundings, Tree

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]
    Rows = dict[str, NDArray[np.generic]]

SURE, LIKELY = 0.8, 0.5
FAR = 300  # blocks; beyond this, distance tells nothing
_MIX = np.uint64(0x9E3779B97F4A7C15)  # an odd number whose multiples are spread evenly


class Second(NamedTuple):
    """`matrix` is float32 [features, blocks]; `names` are its rows."""

    matrix: NDArray[np.float32]
    names: tuple[str, ...]


def second_features(score: Floats, around: Surroundings) -> Second:
    """`score` is the probability of each block after the first pass."""
    count = len(score)
    tokens = np.maximum(around.measures.tokens.astype(np.float64), 0.5)
    mass = score * tokens
    running = np.zeros((3, count + 1))
    np.cumsum(np.stack([mass, tokens, score]), axis=1, out=running[:, 1:])
    order = np.argsort(-score, kind="stable")
    expected = np.cumsum(mass[order])
    worth = 2 * expected / (np.cumsum(tokens[order]) + expected[-1])
    cut = int(np.argmax(worth))
    threshold = float(score[order[cut]])
    rows: Rows = {"logit": np.log((score + 1e-3) / (1 - score + 1e-3)), "over_cut": score - threshold}
    rank = np.empty(count)
    rank[order] = np.arange(count)
    rows["chosen"] = rank <= cut
    rows |= _nearby(running, count)
    rows |= _distances(score)
    rows |= _containers(running, around)
    rows |= _shapes(score, mass, tokens, around)
    constants = {
        "page_worth": worth[cut],
        "page_threshold": threshold,
        "page_mean": score.mean(),
        "page_most": score.max(),
        "page_expected": np.log1p(expected[-1]),
        "page_share": expected[-1] / running[1, -1],
        "page_sure": tokens[score > SURE].sum() / running[1, -1],
        "page_unsure": tokens[(score > 1 - SURE) & (score < SURE)].sum() / running[1, -1],
    }
    matrix = np.empty((len(rows) + len(constants), count), np.float32)
    for index, row in enumerate(rows.values()):
        matrix[index] = row
    matrix[len(rows) :] = np.array(list(constants.values()), np.float32)[:, None]
    return Second(matrix, (*rows, *constants))


def _nearby(running: Floats, count: int) -> Rows:
    """Mean score within 2 and 5 blocks by tokens, and within 3 by blocks."""
    index = np.arange(count)
    rows: Rows = {}
    for reach in (2, 3, 5):
        low, high = np.maximum(index - reach, 0), np.minimum(index + reach + 1, count)
        inside = running[:, high] - running[:, low]
        rows[f"near{reach}"] = inside[2] / (high - low) if reach == 3 else inside[0] / inside[1]
    return rows


def _distances(score: Floats) -> Rows:
    """Blocks since the last and to the next one that is sure, or likely, to be content."""
    count = len(score)
    index = np.arange(count)
    rows: Rows = {}
    for name, bound in (("sure", SURE), ("likely", LIKELY)):
        such = score >= bound
        before = np.maximum.accumulate(np.where(such, index, -FAR))
        after = np.minimum.accumulate(np.where(such, index, count + FAR)[::-1])[::-1]
        rows[f"since_{name}"] = np.minimum(index - before, FAR)
        rows[f"to_{name}"] = np.minimum(after - index, FAR)
    return rows


def _containers(running: Floats, around: Surroundings) -> Rows:
    """Mean score of the block's container and its parent, and what keeping just one container would be worth."""
    tree, owner = around.tree, around.owner
    inside = running[:2, tree.last] - running[:2, tree.first]
    mean = inside[0] / np.maximum(inside[1], 1e-9)
    worth = 2 * inside[0] / (inside[1] + running[0, -1] + 1e-9)
    best = int(np.argmax(worth))
    index = np.arange(len(owner))
    first, last = int(tree.first[best]), int(tree.last[best])
    outside = np.where(index < first, index - first, np.where(index >= last, index - last + 1, 0))
    return {
        "mean_own": mean[owner],
        "mean_up": mean[tree.parent[owner]],
        "worth_above": tree.carried(worth, np.maximum)[owner],
        "worth_best": np.full(len(owner), worth[best]),
        "from_best": np.clip(outside, -FAR, FAR),
    }


def _shapes(score: Floats, mass: Floats, tokens: Floats, around: Surroundings) -> Rows:
    """Blocks of one shape on the page as a set: what is said of all of them tells about each."""
    tree, owner = around.tree, around.owner
    own = tree.shape.astype(np.uint64) * _MIX + np.uint64(1)
    with np.errstate(over="ignore"):
        two = own * _MIX + own[tree.parent]
        three = two * _MIX + own[tree.parent[tree.parent]]
        path = _paths(tree, own)
    rows: Rows = {}
    logs = np.log1p(tokens)
    position = np.arange(len(score)) / max(len(score), 1)
    for name, shape in (("shape1", own), ("shape2", two), ("shape3", three), ("path", path)):
        group, counts = groups(shape[owner])
        sums = [np.bincount(group, row) for row in (score, mass, tokens, score * score, logs, logs * logs, position)]
        mean = sums[0] / counts
        rows[f"{name}_count"] = np.log1p(counts)[group]
        rows[f"{name}_mean"] = mean[group]
        rows[f"{name}_mass"] = (sums[1] / sums[2])[group]
        rows[f"{name}_spread"] = np.sqrt(np.maximum(sums[3] / counts - mean**2, 0))[group]
        rows[f"{name}_others"] = np.where(
            counts[group] > 1, (sums[0][group] - score) / np.maximum(counts[group] - 1, 1), score
        )
        if name in ("shape2", "path"):
            length = sums[4] / counts
            rows[f"{name}_length"] = length[group]
            rows[f"{name}_lengths"] = np.sqrt(np.maximum(sums[5] / counts - length**2, 0))[group]
            rows[f"{name}_share"] = (sums[2] / tokens.sum())[group]
            where = sums[6] / counts
            apart = np.bincount(group, (position - where[group]) ** 2) / counts
            rows[f"{name}_places"] = np.sqrt(apart)[group]
    return rows


def _paths(tree: Tree, own: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A number for the shapes of a container and all it stands in, by a polynomial hash over the depth."""
    deepest = int(tree.depth.max()) + 1
    powers = np.multiply.accumulate(np.full(deepest, _MIX, np.uint64))
    out, step = own * powers[tree.depth], tree.parent
    out[0] = 0
    while step.any():
        out, step = out + out[step], step[step]
    return out
