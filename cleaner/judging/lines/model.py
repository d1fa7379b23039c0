"""The learned part of the judge: a lexicon of hashed words, two passes of a small network, and a gate for the page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lines.alphabet import Class
from cleaner.judging.lines.features import first_features, second_features
from cleaner.judging.lines.grams import BUCKETS, gram_scores
from cleaner.judging.lines.network import Network
from cleaner.models import OtherFeatures, misfit, read_arrays

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from cleaner.judging.lines.marks import Marks
    from cleaner.judging.lines.shape import Shape
    from cleaner.page import Page

    Floats = NDArray[np.float32]

_CHROME, _CONTENT = 0.2, 0.6  # probabilities; below is surely chrome, above is surely content
_EDGES = (3, 8)  # lines at either end of the page that the gate looks at
FARTHEST = 4.0  # standard deviations
_ARTICLE_ODDS = 0.3  # a little above even: the plain cut loses more on other pages than it gains on articles
_LOWEST = 5  # lines with the lowest scores


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model says of a page.

    probability  of each line being content
    dirty        of the page having chrome
    article      whether a plain cut at even odds serves the page better than the best expected F1, as it does articles
    """

    probability: Floats
    dirty: float
    article: bool = False


@dataclass(frozen=True, slots=True)
class Inside:
    """What the networks of a model saw of a page, lines × features, and the opinion that came of it."""

    model: LineModel
    features: Floats
    second_features: Floats
    opinion: Opinion


@dataclass(frozen=True, slots=True)
class PageScorer:
    """A logistic regression on figures of the page; the last weight is the bias."""

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]

    def odds(self, figures: NDArray[np.float64]) -> float:
        """The log odds; figures farther than `FARTHEST` deviations count as if they were that far."""
        standard = np.clip((figures - self.mean) * self.scale, -FARTHEST, FARTHEST)
        return float(standard @ self.weights[:-1] + self.weights[-1])


@dataclass(frozen=True, slots=True)
class LineModel:
    """The stored weights."""

    lexicon: Floats
    lexicon_bias: float
    first: Network
    second: Network
    gate: PageScorer
    article: PageScorer

    def read(self, page: Page, shape: Shape, marks: Marks, spam: Floats) -> Opinion:
        """The opinion on a page."""
        return self.look_inside(page, shape, marks, spam).opinion

    def look_inside(self, page: Page, shape: Shape, marks: Marks, spam: Floats) -> Inside:
        """The opinion on a page, and what it was made of; raises OtherFeatures if the model reads other features."""
        score = gram_scores(shape, self.lexicon) + np.float32(self.lexicon_bias)
        features = first_features(page, shape, marks, spam, score)
        _refuse_other(features.shape[1], len(self.first.mean))
        first = self.first.probability(features)
        late = second_features(first, shape.words)
        _refuse_other(features.shape[1] + late.shape[1], len(self.second.mean))
        probability = self.second.probability(features, late)
        figures = gate_features(score, probability, shape, marks)
        _refuse_other(len(figures), len(self.gate.mean))
        dirty = 1 / (1 + math.exp(-min(max(self.gate.odds(figures), -30.0), 30.0)))
        article = self.article.odds(np.concatenate([figures, article_features(probability, shape)]))
        return Inside(self, features, late, Opinion(probability, dirty, article > _ARTICLE_ODDS))


def _refuse_other(found: int, wanted: int) -> None:
    if found != wanted:
        raise OtherFeatures(f"it reads {wanted} features of a page, here there are {found}")


def gate_features(score: Floats, probability: Floats, shape: Shape, marks: Marks) -> NDArray[np.float64]:
    """Figures of a page that tell whether it has chrome: scores at its ends, lines that are surely chrome, marks."""
    number = len(score)
    low = probability < _CHROME
    lows, sures = int(np.count_nonzero(low)), int(np.count_nonzero(marks.sure))
    content = np.flatnonzero(probability > _CONTENT)
    head = int(content[0]) if len(content) else number
    tail = number - 1 - int(content[-1]) if len(content) else number
    words = np.maximum(shape.words, 0.1)
    mass = float(words.sum())
    figures = [
        *(float(part.sum()) / len(part)
          for size in _EDGES for part in (score[:size], score[-size:], low[:size], low[-size:])),
        score.min(), np.sort(score)[:_LOWEST].mean(), float(score.sum()) / number, float((score * words).sum()) / mass,
        float((probability * words).sum()) / mass, float(probability.sum()) / number, lows / number,
        *np.log1p([lows, number, head, tail]), probability.max(), math.log1p(sures), sures / number,
        marks.foot.any(), marks.sure[:5].any(), marks.sure[-5:].any(),
    ]  # fmt: skip
    return np.array(figures, np.float64)


def article_features(probability: Floats, shape: Shape) -> NDArray[np.float64]:
    """Figures that part articles from other pages: how sure the content is, how long its lines are, how whole it is."""
    mass = probability * shape.words
    total = max(float(mass.sum()), 1e-9)
    content = probability > 0.5
    some = content.any()
    figures = [
        *(float(mass[probability >= bound].sum()) / total for bound in (0.3, 0.5, 0.8)),
        float((np.minimum(probability, 1 - probability) * shape.words).sum()) / total,
        float(shape.words[content].mean()) if some else 0.0, float(shape.running[content].mean()) if some else 0.0,
        float(np.log1p(content.sum())), float(np.abs(np.diff(content.astype(np.int8))).sum()) / len(content),
        float(shape.counts[:, Class.CJK].sum()) / max(float(shape.ink.sum()), 1.0),
    ]  # fmt: skip
    return np.array(figures, np.float64)


def expected_best(probability: Floats, words: Floats) -> NDArray[np.bool_]:
    """The lines to keep for the best expected F1: the likeliest first, as long as one more line pays."""
    order = np.argsort(-probability, kind="stable")
    size = words[order].astype(np.float64) + 0.01
    gain = probability[order] * size
    expected = 2 * np.cumsum(gain) / (np.cumsum(size) + gain.sum())
    keep = np.zeros(len(probability), bool)
    keep[order[: int(np.argmax(expected)) + 1]] = True
    return keep


@cache
def line_model(path: str | None = None) -> LineModel:
    """The shipped model, or that of a file, read once a process; raises CleanerError for one that can't be used."""
    stored = read_arrays("lines", path)
    try:
        return _line_model(stored)
    except (KeyError, ValueError, IndexError, TypeError) as error:
        raise misfit(path, f"its arrays are not as they should be: {error}") from None


def _line_model(stored: Mapping[str, NDArray[np.generic]]) -> LineModel:
    lexicon = stored["lexicon"].astype(np.float32)
    if lexicon.shape != (BUCKETS,):
        raise ValueError(f"the lexicon has {lexicon.size} words, not {BUCKETS}")
    return LineModel(
        lexicon=lexicon * float(stored["lexicon_scale"]),
        lexicon_bias=float(stored["lexicon_bias"]),
        first=Network.of(stored, "first"),
        second=Network.of(stored, "second"),
        gate=_scorer(stored, "gate"),
        article=_scorer(stored, "article"),
    )


def _scorer(stored: Mapping[str, NDArray[np.generic]], name: str) -> PageScorer:
    mean, scale, weights = (np.asarray(stored[f"{name}_{part}"], np.float64) for part in ("mean", "scale", "weights"))
    return PageScorer(mean, scale, weights)
