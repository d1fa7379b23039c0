"""From features to the probability that a block is main content: two passes of trees, trained by `cleaner.training`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.judging.blocks.learned import Learned, load_learned
from cleaner.judging.blocks.second import second_features
from cleaner.judging.blocks.trees import Forest, load_forest
from cleaner.models import OtherFeatures, misfit, read_arrays

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleaner.judging.blocks.features import Features
    from cleaner.judging.blocks.surroundings import Surroundings

    Floats = NDArray[np.float64]


class Model(NamedTuple):
    """What single words say, and the forests of both passes; their sums are logarithms of odds."""

    learned: Learned
    first: Forest
    second: Forest


def probabilities(found: Features, model: Model) -> Floats:
    """The probability of each block, 0 to 1: the mean of what both passes say, taken between their logits."""
    first = first_said(found, model)
    said = likely(model.second.sums(second_rows(first, found.surroundings, model)))
    return mean_odds(first, said)


def first_said(found: Features, model: Model) -> Floats:
    """The probability of each block after the first pass."""
    forest = model.first
    rows = found.matrix if found.names == forest.names else _rows(found.matrix, found.names, forest.names)
    return likely(forest.sums(rows))


def second_rows(said: Floats, around: Surroundings, model: Model) -> NDArray[np.float32]:
    """What the second pass sees, given what the first said: the rows that its forest refers to."""
    second = second_features(said, around)
    return _rows(second.matrix, second.names, model.second.names)


@cache
def load_model(path: str | None = None) -> Model:
    """The shipped model, or that of a file, read once a process; raises CleanerError for one that can't be used."""
    arrays = read_arrays("html", path)
    try:
        return Model(load_learned(arrays), load_forest(arrays, "first_"), load_forest(arrays, "second_"))
    except (KeyError, ValueError, IndexError, TypeError) as error:
        raise misfit(path, f"its arrays are not as they should be: {error}") from None


def mean_odds(*said: Floats) -> Floats:
    """The mean of several probabilities, taken between their logits."""
    logits = sum(np.log((p + 1e-4) / (1 - p + 1e-4)) for p in said) / len(said)
    return np.asarray(1 / (1 + np.exp(-logits)))


def likely(logits: Floats) -> Floats:
    """Log odds as probabilities."""
    return np.asarray(1 / (1 + np.exp(-logits)))


def _rows(matrix: NDArray[np.float32], names: Sequence[str], wanted: Sequence[str]) -> NDArray[np.float32]:
    place = {name: index for index, name in enumerate(names)}
    if missing := [name for name in wanted if name not in place]:
        raise OtherFeatures(f"no feature here is named {missing[0]}")
    return matrix[[place[name] for name in wanted]]
