"""Many small decision trees over many blocks at once, with numpy alone.

Bits stand for blocks: each condition of the trees is a row of bits, and whether a block reaches a node is the
conjunction of the conditions above it, 64 blocks a machine word. All trees are walked together, level by level, and
then the number of each tree's leaf is read, bit by bit, from the largest subtrees whose leaves all have the bit.
400 trees of 24 leaves over 250 blocks take about half a millisecond.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

CHUNK = 2048  # blocks at a time, so that memory doesn't grow with the page
WORD = 64  # blocks a machine word


class _Level(NamedTuple):
    """The nodes of one depth, which come in pairs: `right` are the conditions under which the second is reached."""

    begin: int
    end: int
    parents: NDArray[np.int64]
    right: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as arrays. Nodes of all trees, leaves included, are numbered by depth, roots first.

    names       feature of each matrix row that the conditions refer to
    feature     matrix row of each condition
    threshold   a condition holds where the feature is greater
    roots       the number of trees; nodes are numbered by depth, the roots first
    levels      the nodes below the roots
    nodes       the number of nodes
    planes      for each bit of a leaf's number, the nodes [slots, trees] whose leaves all have it; `nodes` for none
    value       what each leaf adds to the sum, [trees, leaves of a tree], flat
    bias        what all blocks start with
    """

    names: tuple[str, ...]
    feature: NDArray[np.int64]
    threshold: NDArray[np.float32]
    roots: int
    levels: tuple[_Level, ...]
    nodes: int
    planes: tuple[NDArray[np.int64], ...]
    value: NDArray[np.float32]
    bias: float

    def sums(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """The sum of the trees for each column of `matrix` [features, blocks], whose rows are `names`."""
        parts = [self._sums(matrix[:, begin : begin + CHUNK]) for begin in range(0, matrix.shape[1], CHUNK)]
        return np.concatenate(parts)

    def leaves(self, matrix: NDArray[np.float32]) -> NDArray[np.int64]:
        """The place in `value` of the leaf that each block, of `CHUNK` at most, falls into, [trees, blocks]."""
        count = matrix.shape[1]
        padded = np.zeros((len(matrix), -(-count // WORD) * WORD), np.float32)
        padded[:, :count] = matrix
        reached = self._reached(np.packbits(padded.take(self.feature, 0) > self.threshold[:, None], axis=1))
        leaf = np.zeros((self.roots, padded.shape[1]), np.uint8)
        for plane in reversed(self.planes):
            rows = np.bitwise_or.reduce(reached.take(plane, 0), axis=0)
            leaf += leaf
            leaf |= np.unpackbits(rows.view(np.uint8), axis=1)  # whole words: with a count it is four times as slow
        width = len(self.value) // self.roots
        return np.asarray(leaf[:, :count] + np.arange(0, len(self.value), width)[:, None])

    def _sums(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        return np.asarray(self.value.take(self.leaves(matrix)).sum(0, dtype=np.float64) + self.bias)

    def _reached(self, held: NDArray[np.uint8]) -> NDArray[np.uint64]:
        """Which blocks reach each node, given the blocks for which each condition holds; one more row is empty."""
        words = held.view(np.uint64)
        reached = np.empty((self.nodes + 1, words.shape[1]), np.uint64)
        reached[: self.roots] = ~np.uint64(0)
        reached[self.nodes] = 0
        for begin, end, parents, right in self.levels:
            above = reached.take(parents, 0)
            beyond = words.take(right, 0)
            beyond &= above
            reached[begin + 1 : end : 2] = beyond
            np.bitwise_xor(above, beyond, out=reached[begin:end:2])
        return reached


def load_forest(arrays: Mapping[str, NDArray[np.generic]], prefix: str) -> Forest:
    """The forest whose arrays are named `prefix` + field, as `cleaner.training.html.export` writes them."""

    def integers(name: str) -> NDArray[np.int64]:
        return arrays[prefix + name].astype(np.int64)

    feature, leaves, ends = map(integers, ("feature", "leaves", "levels"))
    parent, test = integers("parent"), integers("test")
    roots, nodes = int(ends[0]), int(ends[-1])
    levels = tuple(
        _Level(begin, end, parent[begin - roots : end - roots : 2], test[begin - roots + 1 : end - roots : 2])
        for begin, end in zip(ends.tolist(), ends[1:].tolist(), strict=False)
    )
    first, size, tree = leaf_numbers(levels, leaves, nodes)
    most = int(size[:roots].max())
    value = np.zeros((roots, most), np.float32)
    value[tree[leaves], first[leaves]] = arrays[prefix + "value"]
    above = np.concatenate([np.arange(roots), parent])
    return Forest(
        tuple(str(name) for name in arrays[prefix + "names"]),
        feature,
        arrays[prefix + "threshold"].astype(np.float32),
        roots,
        levels,
        nodes,
        tuple(_plane(bit, first, size, tree, above) for bit in range((most - 1).bit_length())),
        value.reshape(-1),
        float(arrays[prefix + "bias"].astype(np.float64)),
    )


def leaf_numbers(
    levels: tuple[_Level, ...], leaves: NDArray[np.int64], nodes: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Each node's tree, and its leaves: their first number, if a tree's are numbered from left to right, and how many.

    Returned in the order first, how many, tree.
    """
    size = np.zeros(nodes, np.int64)
    size[leaves] = 1
    for begin, end, parents, _ in reversed(levels):
        size[parents] = size[begin:end:2] + size[begin + 1 : end : 2]
    first, tree = np.zeros(nodes, np.int64), np.arange(nodes)
    for begin, end, parents, _ in levels:
        first[begin:end:2] = first[parents]
        first[begin + 1 : end : 2] = first[parents] + size[begin:end:2]
        tree[begin:end:2] = tree[begin + 1 : end : 2] = tree[parents]
    return first, size, tree


def _plane(
    bit: int,
    first: NDArray[np.int64],
    size: NDArray[np.int64],
    tree: NDArray[np.int64],
    above: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The largest subtrees whose leaves all have the bit, as a table of nodes, [slots, trees]."""
    has_all = ((first >> bit) & 1).astype(np.bool_) & (first >> bit == (first + size - 1) >> bit)
    chosen = np.flatnonzero(has_all & ~has_all[above])
    chosen = chosen[np.argsort(tree[chosen], kind="stable")]
    counts = np.bincount(tree[chosen], minlength=int(tree.max()) + 1)
    slot = np.arange(len(chosen)) - (np.cumsum(counts) - counts)[tree[chosen]]
    table = np.full((int(counts.max(initial=1)), len(counts)), len(first))
    table[slot, tree[chosen]] = chosen
    return table
