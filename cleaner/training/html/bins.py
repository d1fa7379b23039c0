"""Feature values as small integers: trees are fitted on bins, and shipped with the bins' bounds as thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BINS = 63
SAMPLE = 60_000  # rows that bounds are found on


def find_bounds(rows: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """The bounds of each column: between neighbouring values if they are few, else quantiles."""
    chosen = rows
    if len(rows) > SAMPLE:
        chosen = rows[np.random.default_rng(0).choice(len(rows), SAMPLE, replace=False)]
    return [_bounds(column) for column in chosen.T]


def _bounds(column: NDArray[np.float32]) -> NDArray[np.float32]:
    values = np.unique(column)
    if len(values) <= BINS:
        return ((values[1:] + values[:-1]) / 2).astype(np.float32)
    return np.unique(np.quantile(column, np.arange(1, BINS) / BINS)).astype(np.float32)


def to_bins(rows: NDArray[np.float32], bounds: list[NDArray[np.float32]]) -> NDArray[np.uint8]:
    """The bin of each value: the number of bounds that are less than it."""
    out = np.empty(rows.shape, np.uint8)
    for index, bound in enumerate(bounds):
        out[:, index] = np.searchsorted(bound, rows[:, index], "left")
    return out
