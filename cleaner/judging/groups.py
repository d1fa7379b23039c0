"""Equal values of an array as groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import NDArray


class Groups(NamedTuple):
    """The number of each value's group, in the order of the values' size, and the size of each group."""

    group: NDArray[np.intp]
    sizes: NDArray[np.intp]


def groups(values: NDArray[Any]) -> Groups:
    """The groups of equal values of one dimension.

    As `numpy.unique` says them; that imports `numpy.ma`, which takes as long as cleaning a page, and is slower.
    """
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    first = np.ones(len(values), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    group = np.empty(len(values), np.intp)
    group[order] = np.cumsum(first) - 1
    return Groups(group, np.bincount(group))
