"""Many small decision trees over many blocks at once, with numpy alone.

Bits stand for blocks: each condition of the trees is a row of bits, and whether a block reaches a node is the
conjunction of the conditions above it, eight blocks a byte. All trees are walked together, level by level, and then
each tree's leaf is read as a number from its bits. 400 trees of 24 leaves over 250 blocks take about a millisecond.
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


class _Plane(NamedTuple):
    """One bit of a leaf's number: the trees with such leaves, the nodes of those leaves, where each tree's begin."""

    trees: NDArray[np.int64] | slice
    nodes: NDArray[np.int64]
    begins: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as arrays. Nodes of all trees, leaves included, are numbered by depth, roots first.

    names       feature of each matrix row that the conditions refer to
    feature     matrix row of each condition
    threshold   a condition holds where the feature is greater
    parent      parent of each node after the roots
    test        condition between a node and its parent; `test + number of conditions` is its opposite
    levels      first node of each level after the roots, and one past the last node
    leaves      nodes that are leaves, by tree, and by their number within the tree
    first_leaf  first entry of `leaves` of each tree, and one past the last
    value       what each of `leaves` adds to the sum
    bias        what all blocks start with
    """

    names: tuple[str, ...]
    feature: NDArray[np.int64]
    threshold: NDArray[np.float32]
    parent: NDArray[np.int64]
    test: NDArray[np.int64]
    levels: NDArray[np.int64]
    leaves: NDArray[np.int64]
    first_leaf: NDArray[np.int64]
    value: NDArray[np.float32]
    bias: float
    planes: tuple[_Plane, ...] = ()

    def sums(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """The sum of the trees for each column of `matrix` [features, blocks], whose rows are `names`."""
        parts = [self._sums(matrix[:, begin : begin + CHUNK]) for begin in range(0, matrix.shape[1], CHUNK)]
        return np.concatenate(parts)

    def _sums(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        count = matrix.shape[1]
        held = np.packbits(matrix[self.feature] > self.threshold[:, None], axis=1)
        words = np.zeros((2 * len(held), -(-count // WORD)), np.uint64)
        words[: len(held)].view(np.uint8)[:, : held.shape[1]] = held
        np.invert(words[: len(held)], out=words[len(held) :])
        roots = int(self.levels[0])
        reached = np.empty((int(self.levels[-1]), words.shape[1]), np.uint64)
        reached[:roots] = ~np.uint64(0)
        for begin, end in zip(self.levels, self.levels[1:], strict=False):
            inner = slice(begin - roots, end - roots)
            np.bitwise_and(reached[self.parent[inner]], words[self.test[inner]], out=reached[begin:end])
        number = np.zeros((len(self.first_leaf) - 1, count), np.uint8)
        for bit, plane in enumerate(self.planes):
            rows = np.bitwise_or.reduceat(reached[plane.nodes], plane.begins, axis=0)
            number[plane.trees] |= np.unpackbits(rows.view(np.uint8), axis=1, count=count) << bit
        leaf = number + self.first_leaf[:-1, None]
        return np.asarray(self.value.take(leaf).sum(0, dtype=np.float64) + self.bias)


def load_forest(arrays: Mapping[str, NDArray[np.generic]], prefix: str) -> Forest:
    """The forest whose arrays are named `prefix` + field."""

    def integers(name: str) -> NDArray[np.int64]:
        return arrays[prefix + name].astype(np.int64)

    first_leaf, leaves = integers("first_leaf"), integers("leaves")
    return Forest(
        tuple(str(name) for name in arrays[prefix + "names"]),
        integers("feature"),
        arrays[prefix + "threshold"].astype(np.float32),
        integers("parent"),
        integers("test"),
        integers("levels"),
        leaves,
        first_leaf,
        arrays[prefix + "value"].astype(np.float32),
        float(arrays[prefix + "bias"].astype(np.float64)),
        _planes(leaves, first_leaf),
    )


def _planes(leaves: NDArray[np.int64], first_leaf: NDArray[np.int64]) -> tuple[_Plane, ...]:
    sizes = np.diff(first_leaf)
    tree = np.repeat(np.arange(len(sizes)), sizes)
    number = np.arange(len(leaves)) - first_leaf[tree]
    planes = []
    for bit in range(max(int(sizes.max()) - 1, 0).bit_length()):
        chosen = np.flatnonzero((number >> bit) & 1)
        trees, begins = np.unique(tree[chosen], return_index=True)
        planes.append(_Plane(trees if len(trees) < len(sizes) else slice(None), leaves[chosen], begins))
    return tuple(planes)
