"""What each feature added to the sum of a forest: along the path of each block, from the root of each tree to its leaf.

A node's worth is the mean of its leaves' values over the blocks of the training corpora that fell into them. Where a
path goes on to a child, the difference in worth is due to the feature that the node asks for (Saabas' decomposition):
the worths of the roots and all differences add up to the leaves' values, exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.blocks.trees import leaf_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from cleaner.judging.blocks.trees import Forest

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

CHUNK = 256  # blocks at a time: their paths are some 700,000 steps


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths of a forest, those of a leaf one after another.

    first, count   of each place in the forest's values: where its path begins, and how many steps it has
    feature, step  of each step: the matrix row that it asked for, and what that changed
    base           the sum of the roots' worths
    """

    first: Integers
    count: Integers
    feature: Integers
    step: Floats
    base: float

    def shares(self, forest: Forest, matrix: NDArray[np.float32]) -> Floats:
        """What each row of `matrix` [features, blocks] added for each block, in the same shape."""
        parts = [self._shares(forest, matrix[:, begin : begin + CHUNK]) for begin in range(0, matrix.shape[1], CHUNK)]
        return np.concatenate(parts, axis=1)

    def _shares(self, forest: Forest, matrix: NDArray[np.float32]) -> Floats:
        rows, blocks = matrix.shape
        place = forest.leaves(matrix).T.reshape(-1)
        counts = self.count[place]
        ends = np.cumsum(counts)
        steps = np.arange(int(ends[-1])) + np.repeat(self.first[place] - ends + counts, counts)
        of_block = np.repeat(np.arange(blocks) * rows, np.diff(ends[forest.roots - 1 :: forest.roots], prepend=0))
        added = np.bincount(of_block + self.feature[steps], self.step[steps], rows * blocks)
        return np.asarray(added.reshape(blocks, rows).T, np.float64)


def load_paths(forest: Forest, arrays: Mapping[str, NDArray[np.generic]], prefix: str) -> Paths:
    """The paths of the forest that was loaded from the same arrays; without counts, all leaves weigh the same."""
    leaves = arrays[prefix + "leaves"].astype(np.int64)
    cover = np.ones(len(leaves)) if prefix + "cover" not in arrays else arrays[prefix + "cover"].astype(np.float64)
    first, _, tree = leaf_numbers(forest.levels, leaves, forest.nodes)
    width = len(forest.value) // forest.roots
    place = tree[leaves] * width + first[leaves]
    worth, seen = np.zeros(forest.nodes), np.zeros(forest.nodes)
    worth[leaves], seen[leaves] = forest.value[place], np.maximum(cover, 0.5)
    above, feature = np.full(forest.nodes, -1), np.zeros(forest.nodes, np.int64)
    for begin, end, parents, right in reversed(forest.levels):
        left, beyond = np.s_[begin:end:2], np.s_[begin + 1 : end : 2]
        seen[parents] = seen[left] + seen[beyond]
        worth[parents] = (worth[left] * seen[left] + worth[beyond] * seen[beyond]) / seen[parents]
        above[left] = above[beyond] = parents
        feature[left] = feature[beyond] = forest.feature[right]
    owner, asked, step = _climb(leaves, place, above, feature, worth)
    order = np.argsort(owner, kind="stable")
    count = np.bincount(owner, minlength=len(forest.value))
    base = float(worth[: forest.roots].sum()) + forest.bias
    return Paths(np.cumsum(count) - count, count, asked[order], step[order], base)


def _climb(
    leaves: Integers, place: Integers, above: Integers, feature: Integers, worth: Floats
) -> tuple[Integers, Integers, Floats]:
    """All steps of all paths: the place of the leaf, the feature asked for, and what that changed."""
    owners, features, steps = [place[:0]], [place[:0]], [worth[:0]]
    node = leaves
    while len(node):
        inner = above[node] >= 0
        node, place = node[inner], place[inner]
        owners.append(place)
        features.append(feature[node])
        steps.append(worth[node] - worth[above[node]])
        node = above[node]
    return np.concatenate(owners), np.concatenate(features), np.concatenate(steps)
