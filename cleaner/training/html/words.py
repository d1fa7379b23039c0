"""What single words tell of a block: a logistic regression on class names, tags and words, by fold and on all pages."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.judging.blocks.learned import combined, load_learned, name_counts, names_of, names_say, words_say
from cleaner.training.html.corpus import FOLDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from cleaner.judging.blocks.surroundings import Tree
    from cleaner.training.html.examples import Example
    from cleaner.training.html.fit import Sample, Table

    Floats = NDArray[np.float64]
    Arrays = dict[str, NDArray[np.generic]]

DOMAINS = 3  # that must have a word, so that it says something of more than one site
PENALTY = 1.5e-5  # 5e-6 and 3e-5 lost on unseen domains
ROUNDS = 6  # over the rows; the weights are averages over all of them
# Weights that say less than this are dropped: 10,000 of 71,000 stay, and the trees after them score the same.
LEAST_WEIGHT = 0.3


class Words(NamedTuple):
    """`rows` are the features [blocks, features] as models that hadn't seen the block's domain say; `arrays` ship."""

    rows: NDArray[np.float32]
    arrays: Arrays


class _Vocabulary(NamedTuple):
    """Column of each name (three of them: anywhere, own, up), tag (two: own, up) and word."""

    names: dict[str, int]
    tags: dict[str, int]
    words: dict[str, int]


def learn_words(pages: Sequence[Example], table: Table, sample: Sample) -> Words:
    """Fits the regression on all pages but each fold, and on all."""
    vocabulary = _vocabulary(pages)
    matrix = _matrix(pages, vocabulary)
    rows = np.empty((len(table.labels), 0), np.float32)
    for fold in range(FOLDS):
        learned = load_learned(_fit(matrix, table, sample.rows & (table.fold != fold), sample.weights, vocabulary))
        for example, begin, end in zip(pages, table.spans, table.spans[1:], strict=False):
            if example.fold != fold:
                continue
            around = example.found.surroundings
            said = combined(names_say(around, learned), words_say(around.measures, learned), around.measures)
            if not rows.shape[1]:
                rows = np.empty((len(rows), len(said)), np.float32)
            rows[begin:end] = np.stack(list(said.values()), 1)
    return Words(rows, _fit(matrix, table, sample.rows, sample.weights, vocabulary))


def _vocabulary(pages: Sequence[Example]) -> _Vocabulary:
    def names(example: Example) -> Iterator[str]:
        return (name for _, words in example.found.surroundings.tree.shapes for name in names_of(words))

    def tags(example: Example) -> Iterator[str]:
        return (tag for tag, _ in example.found.surroundings.tree.shapes)

    def words(example: Example) -> list[str]:
        return example.found.surroundings.measures.spelled

    found = (_shared(pages, names), _shared(pages, tags), _shared(pages, words))
    return _Vocabulary(*({word: index for index, word in enumerate(shared)} for shared in found))


def _shared(pages: Sequence[Example], words: Callable[[Example], Iterable[str]]) -> list[str]:
    """The words of at least so many domains, in order of their first page."""
    domains: dict[str, set[str]] = defaultdict(set)
    for example in pages:
        for word in set(words(example)):
            known = domains[word]
            if len(known) < DOMAINS:
                known.add(example.source.domain)
    return sorted(word for word, known in domains.items() if len(known) == DOMAINS and "\n" not in word)


def _matrix(pages: Sequence[Example], vocabulary: _Vocabulary) -> csr_matrix:
    """All blocks: counts of names, tags and words, each kind over the square root of its number in the block."""
    from scipy import sparse

    return sparse.vstack([_page_matrix(example, vocabulary) for example in pages], "csr")


def _page_matrix(example: Example, vocabulary: _Vocabulary) -> csr_matrix:
    from scipy import sparse

    around, names, tags = example.found.surroundings, len(vocabulary.names), len(vocabulary.tags)
    tree, owner, measures = around.tree, around.owner, around.measures
    shapes = [
        _Shape(
            [vocabulary.names[name] for name in names_of(words) if name in vocabulary.names],
            [vocabulary.tags[tag]] if tag in vocabulary.tags else [],
        )
        for tag, words in tree.shapes
    ]
    columns: list[int] = []
    begins = [0]
    chains: dict[int, list[int]] = {}
    for container in owner.tolist():
        chain = chains.get(container)
        if chain is None:
            chain = chains[container] = _columns_around(container, tree, shapes, vocabulary)
        columns += chain
        begins.append(len(columns))
    count = len(owner)
    around_rows = sparse.csr_matrix(
        (np.ones(len(columns), np.float32), np.array(columns, np.int64), np.array(begins)),
        shape=(count, 3 * names + 2 * tags),
    )
    get = vocabulary.words.get
    found = np.fromiter((get(word, -1) for word in measures.spelled), np.int64, len(measures.spelled))
    known = found >= 0
    word_rows = sparse.csr_matrix(
        (np.ones(int(known.sum()), np.float32), (measures.spelled_in[known], found[known])),
        shape=(count, len(vocabulary.words)),
    )
    number = np.bincount(measures.spelled_in, minlength=count)
    return sparse.hstack(
        [
            sparse.diags(1 / np.sqrt(name_counts(around))) @ around_rows,
            sparse.diags(1 / np.sqrt(np.maximum(number, 1))) @ word_rows,
        ],
        "csr",
        np.float32,
    )


class _Shape(NamedTuple):
    """The columns of the names and of the tag (none, or one) of one shape of element."""

    names: list[int]
    tags: list[int]


def _columns_around(container: int, tree: Tree, shapes: list[_Shape], vocabulary: _Vocabulary) -> list[int]:
    """The columns of a block that stands in a container: own names, names above, own tag, tag above, names anywhere."""
    own, up = shapes[tree.shape[container]], shapes[tree.shape[tree.parent[container]]]
    names, tags = len(vocabulary.names), len(vocabulary.tags)
    columns = [names + column for column in own.names] + [2 * names + column for column in up.names]
    columns += [3 * names + tag for tag in own.tags] + [3 * names + tags + tag for tag in up.tags]
    at = container
    while True:
        columns += shapes[tree.shape[at]].names
        if not at:
            return columns
        at = int(tree.parent[at])


def _fit(matrix: csr_matrix, table: Table, rows: NDArray[np.bool_], weights: Floats, vocabulary: _Vocabulary) -> Arrays:
    """The weights as arrays, those that say little left out."""
    from sklearn.linear_model import SGDClassifier

    labels = table.labels[rows]
    model = SGDClassifier(
        loss="log_loss", alpha=PENALTY, max_iter=ROUNDS, tol=None, average=True, random_state=0, shuffle=True
    )
    # A block that is half content is no example of either.
    certain = np.abs(2 * labels - 1)
    model.fit(matrix[rows], labels > 0.5, sample_weight=weights[rows] / weights[rows].mean() * certain)
    found = np.where(np.abs(model.coef_[0]) < LEAST_WEIGHT, 0, model.coef_[0])
    names, tags = len(vocabulary.names), len(vocabulary.tags)
    tables = {
        "names": (list(vocabulary.names), found[: 3 * names].reshape(3, names).T),
        "tags": (list(vocabulary.tags), found[3 * names : 3 * names + 2 * tags].reshape(2, tags).T),
        "words": (list(vocabulary.words), found[3 * names + 2 * tags :]),
    }
    arrays: Arrays = {"bias_weights": np.float64(model.intercept_[0]) * np.ones(())}
    for name, (spelled, own) in tables.items():
        used = np.abs(own.reshape(len(own), -1)).max(1) > 0
        arrays[f"{name}_spelled"] = np.array("\n".join(word for word, use in zip(spelled, used, strict=True) if use))
        arrays[f"{name}_weights"] = own[used].astype(np.float16)
    return arrays
