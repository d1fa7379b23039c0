"""Rows, weights and trees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cleaner.judging.blocks.page_features import ADDRESS_FEATURES
from cleaner.training.html.bins import find_bounds, to_bins
from cleaner.training.html.composed import NAME as COMPOSED
from cleaner.training.html.corpus import FOLDS
from cleaner.training.html.examples import UNRELIABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    import lightgbm
    from numpy.typing import NDArray

    from cleaner.training.html.examples import Example

    Floats = NDArray[np.float64]
    Rows = NDArray[np.bool_]

# By tokens a page's gold is 0.7, by blocks all of it is 0.6: long blocks matter for the score, short ones are many.
TOKEN_PART, BLOCK_PART = 0.7, 0.6
LONGEST_BLOCK, LEAST_GOLD, MOST_TOKENS = 400, 30, 3.0
COMPOSED_PART = 0.5  # of a real page's weight
TRAINING_ROWS = 250_000  # drawn by weight; more moved no fold's score

_BASE: dict[str, Any] = {
    "objective": "cross_entropy",
    "max_bin": 63,
    "num_leaves": 24,
    "lambda_l2": 20.0,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "verbose": -1,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "force_col_wise": True,
}


class Recipe(NamedTuple):
    """How a forest is fitted: LightGBM's parameters, and the number of trees."""

    parameters: dict[str, Any]
    trees: int


# Other rates, sizes and penalties moved folds 0 and 1 by less than two seeds differ; fewer, faster-learnt trees lost
# .004 on wcxb-dev.
FIRST = Recipe({**_BASE, "learning_rate": 0.04, "feature_fraction": 0.25, "min_data_in_leaf": 100}, 400)
SECOND = Recipe({**_BASE, "learning_rate": 0.05, "feature_fraction": 0.3, "min_data_in_leaf": 150}, 150)


class Sample(NamedTuple):
    """Rows to fit on, and the weights of all rows."""

    rows: Rows
    weights: Floats


@dataclass(slots=True)
class Table:
    """All blocks of all pages, a row each; `page` is the number of the example, `spans` its rows."""

    bins: NDArray[np.uint8]
    bounds: list[NDArray[np.float32]]
    labels: Floats
    weights: Floats
    fold: NDArray[np.int64]
    page: NDArray[np.int64]
    spans: NDArray[np.int64]


def make_table(pages: Sequence[Example], columns: Sequence[int], added: NDArray[np.float32] | None = None) -> Table:
    """The rows of the examples, with the features at `columns` alone and those that are `added` [rows, features].

    Addresses are blanked on half of the pages: they tell corpora apart, and whoever pipes a page in has none.
    """
    names = pages[0].found.names
    address = [at for at, column in enumerate(columns) if names[column] in ADDRESS_FEATURES]
    sizes = [len(example.sizes) for example in pages]
    spans = np.concatenate([[0], np.cumsum(sizes)])
    rows = np.empty((int(spans[-1]), len(columns)), np.float32)
    chooser = np.random.default_rng(7)
    for example, begin, end in zip(pages, spans, spans[1:], strict=False):
        rows[begin:end] = example.found.matrix[columns].T
        if address and chooser.random() < 0.5:
            rows[begin:end, address] = 0
    if added is not None:
        rows = np.concatenate([rows, added], 1)
    bounds = find_bounds(rows)
    weights = np.concatenate([page_weights(example) for example in pages])
    return Table(
        to_bins(rows, bounds),
        bounds,
        np.nan_to_num(np.concatenate([example.labels for example in pages])).astype(np.float64),
        weights,
        np.repeat([example.fold for example in pages], sizes),
        np.repeat(np.arange(len(pages)), sizes),
        spans,
    )


def page_weights(example: Example) -> Floats:
    """The weight of each block of a page; 0 where the gold isn't in the page."""
    known = ~np.isnan(example.labels)
    if not known.any() or example.best < UNRELIABLE:
        return np.zeros(len(known))
    if not example.scored:
        return np.where(known, BLOCK_PART / known.sum(), 0.0)
    by_tokens = np.minimum(example.sizes, LONGEST_BLOCK) / max(int(example.gold_counts.sum()), LEAST_GOLD)
    total = by_tokens[known].sum()
    if total > MOST_TOKENS:
        by_tokens = by_tokens * MOST_TOKENS / total
    part = COMPOSED_PART if example.source.corpus == COMPOSED else 1.0
    return np.where(known, part * (TOKEN_PART * by_tokens + BLOCK_PART / known.sum()), 0.0)


def draw_rows(weights: Floats, target: int = TRAINING_ROWS, seed: int = 0) -> Sample:
    """Rows drawn with a chance that grows with their weight, and weights that make up for it: the same loss, faster."""
    positive = weights > 0
    relative, scale = weights / weights[positive].mean(), 1.0
    chance = np.minimum(1, relative)
    for _ in range(6):
        chance = np.minimum(1, scale * relative)
        scale *= target / chance.sum()
    drawn = positive & (np.random.default_rng(seed).random(len(weights)) < chance)
    return Sample(drawn, np.where(drawn, weights / np.maximum(chance, 1e-12), 0))


def fit(bins: NDArray[np.uint8], labels: Floats, sample: Sample, recipe: Recipe) -> lightgbm.Booster:
    """Trees on the sample. Weights are brought to a mean of 1, which the penalty on leaves is made for."""
    import lightgbm

    weight = sample.weights[sample.rows]
    data = lightgbm.Dataset(bins[sample.rows], labels[sample.rows], weight=weight * len(weight) / weight.sum())
    return lightgbm.train(recipe.parameters, data, recipe.trees)


def out_of_fold(table: Table, bins: NDArray[np.uint8], sample: Sample, recipe: Recipe, *, never: int = -1) -> Floats:
    """What models that haven't seen its fold say of each row; rows of the fold `never` are seen by none of them."""
    said = np.full(len(table.labels), np.nan)
    for fold in range(FOLDS):
        held = table.fold == fold
        train = Sample(sample.rows & ~held & (table.fold != never), sample.weights)
        said[held] = fit(bins, table.labels, train, recipe).predict(bins[held])
    return said
