"""How the trees came to the score of each block: exact shares of all features, the strongest told in words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.judging.blocks.cut import LEVEL_ODDS, levelled
from cleaner.judging.blocks.features import features
from cleaner.judging.blocks.learned import names_of
from cleaner.judging.blocks.model import first_said, likely, load_model, mean_odds, second_rows
from cleaner.judging.blocks.shares import Paths, load_paths
from cleaner.judging.blocks.vocabulary import naming, parts_of
from cleaner.judging.weighing import Part, folded, quoted, weighings
from cleaner.models import read_arrays

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.judging.blocks.features import Features
    from cleaner.judging.blocks.learned import Learned
    from cleaner.options import Level
    from cleaner.page import Page
    from cleaner.verdict import Weighing

# Features of the second pass that say nothing but what the first said of the block itself.
FIRST_SIGHT = frozenset(("logit", "over_cut", "chosen"))
_NAMES, _TERMS = 2, 3  # that are told
_UP = 12  # elements around whose names are told


def weigh(page: Page, level: Level, path: str | None = None) -> list[Weighing]:
    """The weighings of a page of visible blocks alone, in the blocks' order.

    `path` is the model's file, or None for the shipped one.

    The total is the mean of what both passes sum up to, moved by the level. Far from even, `model.mean_odds` draws it
    in by some hundredths, to keep odds finite: that is part of the rest.
    """
    model = load_model(path)
    paths = _paths(path)
    found = features(page, model.first.names, model.learned)
    said = first_said(found, model)
    second = second_rows(said, found.surroundings, model)
    score = levelled(mean_odds(said, likely(model.second.sums(second))), level)
    first = Part("html", model.first.names, found.matrix, paths.first.shares(model.first, found.matrix) / 2)
    own = Part("html_second", model.second.names, second, paths.second.shares(model.second, second) / 2)
    late, causes = folded(own, FIRST_SIGHT, [first])
    parts = [first._replace(shares=first.shares + causes.shares), late]
    moved = float(np.log(LEVEL_ODDS[level]))
    if moved:
        one = (1, len(page))
        parts.append(Part("html", ("level",), np.full(one, moved, np.float32), np.full(one, moved)))
    base = np.full(len(page), (paths.first.base + paths.second.base) / 2)
    return weighings(base, np.log(score / (1 - score)), parts, _Details(page, found, model.learned))


class _Both(NamedTuple):
    first: Paths
    second: Paths


@cache
def _paths(path: str | None) -> _Both:
    arrays, model = read_arrays("html", path), load_model(path)
    return _Both(load_paths(model.first, arrays, "first_"), load_paths(model.second, arrays, "second_"))


class _Details:
    """What stands around each block, and the words that speak loudest, looked up when they are asked for."""

    def __init__(self, page: Page, found: Features, learned: Learned) -> None:
        self._page, self._learned, self._spelled = page, learned, found.surroundings.measures.spelled
        self._word = np.searchsorted(found.surroundings.measures.spelled_in, np.arange(len(page) + 1)).tolist()
        self._known: dict[tuple[tuple[str, ...], bool], list[str]] = {}
        headed = found.surroundings.measures.heading > 0
        self._heading = np.maximum.accumulate(np.where(headed, np.arange(len(page)), -1)).tolist()
        self._ways: dict[str, Callable[[int, float], str]] = {
            "before": lambda block, _: quoted(page.text, block - 1),
            "before2": lambda block, _: quoted(page.text, block - 2),
            "after": lambda block, _: quoted(page.text, block + 1),
            "after2": lambda block, _: quoted(page.text, block + 2),
            "heading": lambda block, _: (
                quoted(page.text, self._heading[block]) if self._heading[block] >= 0 else "none"
            ),
            "names": lambda block, sign: _listed(self._names(block, sign)),
            "content_names": lambda block, _: self._toned(block, content=True),
            "chrome_names": lambda block, _: self._toned(block, content=False),
            "terms": lambda block, sign: _listed(self._terms(block, sign)),
            "said": lambda block, sign: _listed([*self._terms(block, sign), *self._names(block, sign)]),
            "tag": lambda block, _: page.containers.tag[page.container[block]],
            "tag_up": lambda block, _: page.containers.tag[page.containers.parent[page.container[block]]],
        }

    def of(self, block: int, sign: float) -> _Of:
        """What may be named of one block."""
        return _Of(self._ways, block, sign)

    def _around(self, block: int) -> tuple[str, ...]:
        """The names of the elements around, from the inside out."""
        containers, at = self._page.containers, self._page.container[block]
        around = [containers.words[at]]
        while at and len(around) < _UP:
            at = containers.parent[at]
            around.append(containers.words[at])
        return tuple(around)

    def _names(self, block: int, sign: float) -> list[str]:
        """The names that speak loudest; those of blocks with like names around are looked up once."""
        key = (self._around(block), sign > 0)
        if key not in self._known:
            self._known[key] = _loudest(self._weights(key[0]), sign, _NAMES)
        return self._known[key]

    def _weights(self, around: tuple[str, ...]) -> dict[str, float]:
        weights: dict[str, float] = {}
        for level, words in enumerate(around):
            for name in filter(_is_word, names_of(words)):
                anywhere, own, up = self._learned.names.get(name, (0.0, 0.0, 0.0))
                weights[name] = weights.get(name, 0.0) + anywhere + (own if level == 0 else up if level == 1 else 0.0)
        return weights

    def _toned(self, block: int, *, content: bool) -> str:
        names = (name for words in self._around(block) for name in parts_of(words))
        said = ((name, naming(name)) for name in names)
        toned = dict.fromkeys(name for name, says in said if (says.content if content else says.chrome))
        return _listed(list(toned)[:_NAMES])

    def _terms(self, block: int, sign: float) -> list[str]:
        words = self._spelled[self._word[block] : self._word[block + 1]]
        return _loudest({word: self._learned.words.get(word, 0.0) for word in words}, sign, _TERMS)


def _is_word(name: str) -> bool:
    return len(name) > 1 and not name.isdecimal()


class _Of(dict[str, str]):
    """One block's details."""

    def __init__(self, ways: dict[str, Callable[[int, float], str]], block: int, sign: float) -> None:
        super().__init__()
        self._ways, self._block, self._sign = ways, block, sign

    def __missing__(self, name: str) -> str:
        return self._ways[name](self._block, self._sign)


def _loudest(weights: dict[str, float], sign: float, most: int) -> list[str]:
    """The names or words that speak loudest for what was added."""
    order = sorted(
        (name for name, weight in weights.items() if weight * sign > 0), key=lambda name: -abs(weights[name])
    )
    return order[:most]


def _listed(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names) or "nothing"
