"""What stands around each block: the containers as a tree, as text, as repeated shapes, and what their names say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from cleaner.judging.blocks.vocabulary import naming
from cleaner.judging.groups import groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from cleaner.judging.blocks.measures import Measures
    from cleaner.page import Page

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]

_Scalar = TypeVar("_Scalar", bound="np.generic")
PARAGRAPH_WORDS = 6  # shorter blocks don't speak for the container they stand in
MOST_WORDS = 100  # and longer ones not more than this
# Pages number what they repeat: post_10231 and post_10232 are of one shape, col-3 and col-9 are not.
_NUMBER = re.compile(r"\d{3,}")
BULK = 0.4  # share of the page's words that makes a container a large one


@dataclass(slots=True)
class Tree:
    """The containers as arrays.

    `end` is one past the last container inside; `shape` is the number of the container's tag and names in `shapes`.
    `steps` are the ancestors at distances 1, 2, 4, …, as long as there are any.
    """

    parent: Integers
    depth: Integers
    end: Integers
    first: Integers
    last: Integers
    shape: Integers
    size: int
    shapes: list[tuple[str, str]]
    steps: list[Integers]

    def carried(
        self, values: NDArray[_Scalar], combine: Callable[[NDArray[_Scalar], NDArray[_Scalar]], NDArray[_Scalar]]
    ) -> NDArray[_Scalar]:
        """`values` combined over each container and everything it stands in; for `combine` like maximum or bitwise or.

        The reach doubles in each round, so a tree of depth d takes log2 d rounds.
        """
        out = values
        for step in self.steps:
            out = combine(out, out.take(step))
        return combine(out, out[:1])

    def carried_sum(self, values: Floats) -> Floats:
        """Sums of `values` over each container and everything it stands in."""
        out = values.copy()
        out[0] = 0  # reached more than once
        for step in self.steps:
            out = out + out.take(step)
        out += values[0]
        return out

    def inside(self, values: Floats) -> Floats:
        """Sums of `values` over each container and everything inside it."""
        running = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
        return np.asarray(running[self.end] - running[:-1], np.float32)


def read_tree(page: Page) -> Tree:
    """The page's containers as arrays."""
    columns = page.containers
    size = len(columns.tag)
    numbers: dict[tuple[str, str], int] = {}
    for_all = map(_without_numbers, columns.words)
    shape = [numbers.setdefault(key, len(numbers)) for key in zip(columns.tag, for_all, strict=True)]
    parent = np.array(columns.parent, np.int64)
    steps, step = [], parent
    while step.any():
        steps.append(step)
        step = step.take(step)
    return Tree(
        parent=parent,
        depth=np.array(columns.depth, np.int64),
        end=np.array(columns.end, np.int64),
        first=np.array(columns.first, np.int64),
        last=np.array(columns.last, np.int64),
        shape=np.array(shape, np.int64),
        size=size,
        shapes=list(numbers),
        steps=steps,
    )


@lru_cache(maxsize=20_000)
def _without_numbers(words: str) -> str:
    return _NUMBER.sub("0", words)


@dataclass(slots=True)
class TextTree:
    """Where the running text stands, after the manner of readability.

    score     of each container, relative to the best: text right inside it and one or two levels down, less links
    best      the container with the best score
    inside    whether each container stands in the best one
    shared    depth of the common ancestor with the best one
    below_bulk depth below the innermost container that holds a large part of the page's words
    """

    score: Floats
    best: int
    inside: NDArray[np.bool_]
    shared: Integers
    below_bulk: Integers


def text_tree(tree: Tree, owner: Integers, measures: Measures, words: Floats, linked: Floats) -> TextTree:
    """`words` and `linked`: words inside each container, and the share of them in links."""
    long_enough = measures.words >= PARAGRAPH_WORDS
    own = np.bincount(owner, np.minimum(measures.unlinked, MOST_WORDS) * long_enough, tree.size)
    children = _to_parents(tree, own.astype(np.float64))
    score = (own + children + 0.5 * _to_parents(tree, children)) * (1 - linked)
    best = int(np.argmax(score))
    index = np.arange(tree.size)
    chain = [best]
    while chain[-1]:
        chain.append(int(tree.parent[chain[-1]]))
    ancestors = np.array(chain[::-1])
    contained = np.minimum(
        np.searchsorted(ancestors, index, "right"), np.searchsorted(-tree.end[ancestors], -index, "left")
    )
    bulky = np.where(words >= BULK * max(float(words[0]), 1.0), tree.depth, 0)
    return TextTree(
        score=(score / max(float(score[best]), 1.0)).astype(np.float32),
        best=best,
        inside=(index >= best) & (index < tree.end[best]),
        shared=tree.depth[ancestors[np.maximum(contained - 1, 0)]],
        below_bulk=tree.depth - tree.carried(bulky, np.maximum).astype(np.int64),
    )


def _to_parents(tree: Tree, values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.bincount(tree.parent[1:], values[1:], tree.size), np.float64)


@dataclass(slots=True)
class Names:
    """What the names of each container say: groups as bits, parts that speak of content and of chrome."""

    groups: Integers
    content: Floats
    chrome: Floats


def read_names(words: list[str]) -> Names:
    """The names of elements, from their words; each different name is read once."""
    numbers: dict[str, int] = {}
    each = np.array([numbers.setdefault(text, len(numbers)) for text in words], np.int64)
    groups, content, chrome = np.array([naming(text) for text in numbers], np.int64).reshape(-1, 3).T
    return Names(groups.take(each), content.take(each).astype(np.float32), chrome.take(each).astype(np.float32))


@dataclass(slots=True)
class Repetition:
    """Containers of one shape: among siblings, on the whole page, and how many children each has."""

    siblings: Floats
    page: Floats
    children: Floats


def repetition(tree: Tree) -> Repetition:
    """How often each container's shape comes."""
    shapes = int(tree.shape.max()) + 1
    group, count = groups(tree.parent * shapes + tree.shape)
    return Repetition(
        count[group].astype(np.float32),
        np.bincount(tree.shape)[tree.shape].astype(np.float32),
        np.bincount(tree.parent[1:], minlength=tree.size).astype(np.float32),
    )


@dataclass(slots=True)
class Surroundings:
    """All of it, and the measures of blocks: what features, the second pass and the decision are made of."""

    owner: Integers
    measures: Measures
    tree: Tree
    names: Names
    inherited: Integers
    text: TextTree
    repetition: Repetition
