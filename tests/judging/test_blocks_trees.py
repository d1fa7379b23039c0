"""A forest of flat arrays gives each block the sum of the leaves that it falls into."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaner.judging.blocks.trees import Forest, load_forest

# Two trees over features a and b: the first splits on a > 1 and, to the right, on b > 0; the second on b > 2.
ARRAYS = {
    "x_names": np.array(["a", "b"]),
    "x_feature": np.array([0, 1, 1]),
    "x_threshold": np.array([1.0, 0.0, 2.0], np.float32),
    "x_parent": np.array([0, 0, 1, 1, 3, 3]),
    "x_test": np.array([3, 0, 5, 2, 4, 1]),
    "x_levels": np.array([2, 6, 8]),
    "x_leaves": np.array([2, 6, 7, 4, 5]),
    "x_first_leaf": np.array([0, 3, 5]),
    "x_value": np.array([0.5, 1.0, 2.0, -10.0, 10.0], np.float32),
    "x_bias": np.array(0.25),
}


def forest() -> Forest:
    return load_forest(ARRAYS, "x_")


def by_hand(a: float, b: float) -> float:
    first = 0.5 if a <= 1 else 1.0 if b <= 0 else 2.0
    return 0.25 + first + (10.0 if b > 2 else -10.0)


def test_each_block_gets_the_sum_of_its_leaves() -> None:
    matrix = np.array([[0, 2, 2, 2, 1], [5, -1, 1, 3, 3]], np.float32)
    assert forest().sums(matrix).tolist() == [by_hand(a, b) for a, b in matrix.T.tolist()]


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 4)), min_size=1, max_size=200))
def test_any_number_of_blocks_gives_the_same(points: list[tuple[int, int]]) -> None:
    matrix = np.array(points, np.float32).T
    assert forest().sums(matrix).tolist() == [by_hand(a, b) for a, b in points]


def test_more_blocks_than_one_chunk_are_summed() -> None:
    matrix = np.tile(np.array([[2], [3]], np.float32), 5000)
    assert forest().sums(matrix).tolist() == [by_hand(2, 3)] * 5000
