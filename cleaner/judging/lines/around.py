"""Figures of the lines around each line, from one running sum; and columns put together as one matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float32]


class Around:
    """Sums over the lines before and after each line; `columns` are rows of numbers, one number a line."""

    def __init__(self, columns: Sequence[ArrayLike] | NDArray[np.float32]) -> None:
        rows = np.asarray(columns, np.float64)
        self._number = rows.shape[1]
        self._sums = np.zeros((len(rows), self._number + 1))
        np.cumsum(rows, axis=1, out=self._sums[:, 1:])

    def before(self, reach: int) -> NDArray[np.float64]:
        """Sums over the `reach` lines before each line, columns × lines."""
        sums, reach = self._sums, min(reach, self._number)
        out = sums[:, :-1].copy()
        out[:, reach:] -= sums[:, : self._number - reach]
        return out

    def after(self, reach: int) -> NDArray[np.float64]:
        """Sums over the `reach` lines after each line, columns × lines."""
        sums, reach = self._sums, min(reach, self._number)
        out = -sums[:, 1:]
        out[:, : self._number - reach] += sums[:, 1 + reach :]
        out[:, self._number - reach :] += sums[:, -1:]
        return out


def stacked(columns: Sequence[ArrayLike], lines: int) -> Floats:
    """The matrix lines × columns; rows of several columns may come together, a single number holds for all lines."""
    sizes = [len(column) if isinstance(column, np.ndarray) and column.ndim > 1 else 1 for column in columns]
    matrix = np.empty((sum(sizes), lines), np.float32)
    at = 0
    for column, size in zip(columns, sizes, strict=True):
        matrix[at : at + size] = column
        at += size
    return matrix.T
