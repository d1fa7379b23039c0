"""Boosters as the flat arrays that `cleaner.judging.blocks.trees` evaluates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import lightgbm
    from numpy.typing import NDArray


def forest_arrays(
    booster: lightgbm.Booster, names: Sequence[str], bounds: Sequence[NDArray[np.float32]]
) -> dict[str, NDArray[np.generic]]:
    """The arrays of a forest; `names` and `bounds` are those of the booster's columns. Unused columns are left out."""
    trees = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    conditions: dict[tuple[int, float], int] = {}
    level: list[tuple[dict[str, Any], int, int, bool]] = [(root, tree, -1, False) for tree, root in enumerate(trees)]
    parents: list[int] = []
    tests: list[tuple[tuple[int, float], bool]] = []
    levels = [len(trees)]
    values: list[list[tuple[int, float, int]]] = [[] for _ in trees]
    number = 0
    last: dict[int, tuple[int, float]] = {}
    while level:
        following: list[tuple[dict[str, Any], int, int, bool]] = []
        for node, tree, parent, right in level:
            if parent >= 0:
                parents.append(parent)
                tests.append((last[parent], right))
            if "leaf_value" in node and "split_feature" not in node:
                values[tree].append((number, float(node["leaf_value"]), int(node.get("leaf_count", 1))))
            else:
                column = int(node["split_feature"])
                condition = (column, float(bounds[column][int(np.floor(node["threshold"]))]))
                conditions.setdefault(condition, 0)
                last[number] = condition
                following.append((node["left_child"], tree, number, False))
                following.append((node["right_child"], tree, number, True))
            number += 1
        level = following
        levels.append(number)
    ordered = {condition: index for index, condition in enumerate(sorted(conditions))}
    used = sorted({column for column, _ in ordered})
    place = {column: index for index, column in enumerate(used)}
    total = len(ordered)
    return {
        "names": np.array([names[column] for column in used]),
        "feature": np.array([place[column] for column, _ in ordered], np.int16),
        "threshold": np.array([threshold for _, threshold in ordered], np.float32),
        "parent": np.array(parents, np.int32),
        "test": np.array([ordered[condition] + (0 if right else total) for condition, right in tests], np.int32),
        "levels": np.array(levels[:1] + [end for end in levels[1:] if end > levels[0]], np.int32),
        "leaves": np.array([node for tree in values for node, _, _ in tree], np.int32),
        "first_leaf": np.cumsum([0, *map(len, values)]).astype(np.int32),
        "value": np.array([value for tree in values for _, value, _ in tree], np.float32),
        "cover": np.array([count for tree in values for _, _, count in tree], np.int32),
        "bias": np.array(0.0),
    }
