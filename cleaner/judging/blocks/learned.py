"""What training learnt of single words: of class names around a block, and of the block's own text.

A logistic regression on words alone knows far more of them than any list that a person writes, and far less of the page
than the trees: they get what it says as features. On unseen domains this gained .005 F1 on the mixed pages and .01 on
the news pages of the development corpora, both passes of trees counted.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.judging.blocks.vocabulary import parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from cleaner.judging.blocks.measures import Measures
    from cleaner.judging.blocks.surroundings import Surroundings

    Floats = NDArray[np.float64]

LONGEST_NAME = 40  # characters; what is longer was made by a machine
NEAR = 3  # blocks to either side
NAMES = ("said_names", "said_words", "said", "near_said", "near_said_words", "over_said_words")


class Learned(NamedTuple):
    """Weights as logarithms of odds.

    names   of a name on any element around the block, on the innermost, on its parent
    tags    of the tag of the innermost element, of its parent
    words   of a word of the block
    bias    what all blocks start with
    """

    names: dict[str, tuple[float, float, float]]
    tags: dict[str, tuple[float, float]]
    words: dict[str, float]
    bias: float


@lru_cache(maxsize=20_000)
def names_of(words: str) -> tuple[str, ...]:
    """The names of an element and their parts, each once, from its lower-cased class, id, role and item property."""
    return tuple({name: None for name in (*words.split(), *parts_of(words)) if len(name) <= LONGEST_NAME})


def learned_rows(around: Surroundings, learned: Learned) -> dict[str, NDArray[np.float32]]:
    """The features that are made of what the weights say."""
    names, words = names_say(around, learned), words_say(around.measures, learned)
    return combined(names, words, around.measures)


def combined(names: Floats, words: Floats, measures: Measures) -> dict[str, NDArray[np.float32]]:
    """The features, from what the names and the words of each block say."""
    both = names + words
    count = len(names)
    heading = np.maximum.accumulate(np.where(measures.heading > 0, np.arange(count), -1))
    over = np.where(heading >= 0, words[np.maximum(heading, 0)], 0)
    columns = (names, words, both, _near(both), _near(words), over)
    return {name: np.asarray(column, np.float32) for name, column in zip(NAMES, columns, strict=True)}


def _near(values: Floats) -> Floats:
    running = np.concatenate([[0.0], np.cumsum(values)])
    index = np.arange(len(values))
    low, high = np.maximum(index - NEAR, 0), np.minimum(index + NEAR + 1, len(values))
    return np.asarray((running[high] - running[low]) / (high - low))


def names_say(around: Surroundings, learned: Learned) -> Floats:
    """The mean of the weights of each block's names and tags, over the square root of their number."""
    tree, owner = around.tree, around.owner
    by_shape = np.array([_shape_says(tag, words, learned) for tag, words in tree.shapes])
    says = by_shape[tree.shape]
    up = tree.parent[owner]
    total = tree.carried_sum(says[:, 0])[owner] + says[owner, 1] + says[up, 2]
    return np.asarray(total / np.sqrt(name_counts(around)))


def name_counts(around: Surroundings) -> Floats:
    """How many names and tags each block has: those of all around it, and once more those of the innermost two."""
    tree, owner = around.tree, around.owner
    counts = np.array([float(len(names_of(words))) for _, words in tree.shapes])[tree.shape]
    return np.asarray(tree.carried_sum(counts)[owner] + counts[owner] + counts[tree.parent[owner]] + 2)


def _shape_says(tag: str, words: str, learned: Learned) -> tuple[float, float, float]:
    own, up = learned.tags.get(tag, (0.0, 0.0))
    anywhere = 0.0
    for name in names_of(words):
        weights = learned.names.get(name)
        if weights is not None:
            anywhere += weights[0]
            own += weights[1]
            up += weights[2]
    return anywhere, own, up


def words_say(measures: Measures, learned: Learned) -> Floats:
    """The weights of each block's words, over the square root of their number."""
    said = np.fromiter(map(learned.words.get, measures.spelled, repeat(0.0)), np.float64, len(measures.spelled))
    count = len(measures.words)
    total = np.bincount(measures.spelled_in, said, count)
    number = np.bincount(measures.spelled_in, minlength=count)
    return np.asarray(total / np.sqrt(np.maximum(number, 1)) + learned.bias)


def load_learned(arrays: Mapping[str, NDArray[np.generic]]) -> Learned:
    """The weights as `cleaner.training` writes them."""

    def table(name: str) -> tuple[list[str], NDArray[np.float64]]:
        return str(arrays[f"{name}_spelled"]).split("\n"), arrays[f"{name}_weights"].astype(np.float64)

    names, name_weights = table("names")
    tags, tag_weights = table("tags")
    words, word_weights = table("words")
    return Learned(
        dict(zip(names, map(tuple, name_weights.tolist()), strict=True)),
        dict(zip(tags, map(tuple, tag_weights.tolist()), strict=True)),
        dict(zip(words, word_weights.tolist(), strict=True)),
        float(arrays["bias_weights"].astype(np.float64)),
    )
