"""Training of the line judge: labelled texts in, learned lexicon, two passes, gate and chain of zones out.

Every stage is fitted on what the stage before it says of pages that it has not seen (five folds by site), so that no
stage trusts another more than it will deserve.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lines.evidence import LOGIT_BOUND, evidence
from cleaner.judging.lines.features import log_odds, second_features
from cleaner.judging.lines.grams import BUCKETS
from cleaner.judging.lines.long_pages import SHORT_PAGE
from cleaner.judging.lines.marks import contradicted
from cleaner.judging.lines.model import FARTHEST, LineModel, PageScorer, article_features, expected_best, gate_features
from cleaner.training.lines.chain import ZonePage, fit_chain, zones_allowed
from cleaner.training.lines.compose import collect, compose
from cleaner.training.lines.corpus import FOLDS
from cleaner.training.lines.examples import Example, example
from cleaner.training.lines.fit import fit_lexicon, fit_logistic, fit_network
from cleaner.training.lines.page_f1 import page_f1
from cleaner.training.lines.sites import sites

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from cleaner.judging.lines.network import Network
    from cleaner.judging.lines.zones import Chain
    from cleaner.training.lines.corpus import LabelledText

    Floats = NDArray[np.float32]

COMPOSED = 3000  # pages of each kind; so many lines of short pages stand beside the million of long ones
_TRAINING_ROWS = 700_000  # of the network; more moved the folds' scores by less than 0.001
_CHAIN_LINES, _CHAIN_DUMPS = 150, 400
_CHAIN_WEIGHT = {"lines-pages": 3.0, "composed": 1.0, "sites": 1.0}
_CHAIN_DUMP_WEIGHT = 0.4
_CLEAN_SHARE = 0.97  # of a page's words; with more content a page counts as clean


@dataclass(slots=True)
class Fitted:
    """What training makes, and each example's probability by a model that has not seen it."""

    model: LineModel
    chain: Chain
    probability: list[Floats]
    gate: Floats


def composed_pages(texts: Sequence[LabelledText], number: int = COMPOSED) -> list[LabelledText]:
    """Pages composed of parts of real ones, and pages of made-up sites; each of parts of one fold only."""
    out: list[LabelledText] = []
    for fold in range(FOLDS):
        own = [text for text in texts if text.fold == fold]
        out += compose(collect(own, random.Random(fold)), number // FOLDS, fold, seed=fold)  # noqa: S311
        out += sites(own, number // FOLDS, fold, seed=fold)
    return out


def fit_lines(texts: Sequence[LabelledText], tell: Callable[[str], None]) -> tuple[Fitted, list[Example]]:
    """Fit all stages on the texts; `tell` is called with a line of progress now and then."""
    examples = [example(text, forget=text.corpus != "lines-pages") for text in texts]
    examples += [example(text, forget=True) for text in texts if text.corpus == "lines-pages"]
    tell(f"{len(examples)} examples, {sum(len(e.labels) for e in examples)} lines")
    folds = np.array([e.source.fold for e in examples])
    lexicon, bias = _lexicon_by_fold(examples, folds, tell)
    bounds = np.cumsum([0, *(len(e.labels) for e in examples)])
    page_of = np.repeat(np.arange(len(examples)), np.diff(bounds))
    labels = np.nan_to_num(np.concatenate([e.labels for e in examples])).astype(np.float32)
    weights = np.concatenate([e.weights for e in examples])
    row_fold = folds[page_of]
    features = np.concatenate([e.features() for e in examples])
    tell(f"features {features.shape}")
    first, seen = _pass(features, labels, weights, row_fold, tell)
    seconds = [second_features(seen[a:b], e.shape.words) for e, a, b in zip(examples, bounds, bounds[1:], strict=False)]
    features = np.concatenate([features, np.concatenate(seconds)], axis=1)
    second, seen = _pass(features, labels, weights, row_fold, tell)
    probability = [seen[a:b] for a, b in pairwise(bounds.tolist())]
    for e, p in zip(examples, probability, strict=True):
        e.logit = log_odds(p)
    figures = np.array(
        [gate_features(e.score, p, e.shape, e.marks) for e, p in zip(examples, probability, strict=True)]
    )
    gate, gate_odds = _gate(examples, figures, folds)
    for e, odds in zip(examples, gate_odds.tolist(), strict=True):
        e.dirty = min(max(odds, -LOGIT_BOUND), LOGIT_BOUND)
    article = _article(examples, probability, figures, folds)
    tell("gate fitted")
    chain = fit_chain(*chain_pages(examples))
    model = LineModel(lexicon, bias, first, second, gate, article)
    return Fitted(model, chain, probability, (1 / (1 + np.exp(-gate_odds))).astype(np.float32)), examples


def _lexicon_by_fold(
    examples: list[Example], folds: NDArray[np.int64], tell: Callable[[str], None]
) -> tuple[Floats, float]:
    """Fit the lexicon on all, and give each example the score of one that has not seen its fold."""
    bounds = np.cumsum([0, *(len(e.labels) for e in examples)])
    rows = np.concatenate([e.gram_line + start for e, start in zip(examples, bounds, strict=False)]).astype(np.int64)
    buckets = np.concatenate([e.gram_bucket for e in examples]).astype(np.int64)
    labels = (np.nan_to_num(np.concatenate([e.labels for e in examples])) >= 0.5).astype(np.float32)
    weights = np.concatenate([e.weights for e in examples])
    row_fold = np.repeat(folds, np.diff(bounds))
    gram_fold, gram_weight = row_fold[rows], weights[rows]
    out: tuple[Floats, float] = (np.zeros(0, np.float32), 0.0)
    for fold in range(FOLDS + 1):
        chosen = (row_fold != fold) & (weights > 0)
        number = np.cumsum(chosen) - 1
        grams = (gram_fold != fold) & (gram_weight > 0)
        fitted, bias = fit_lexicon(number[rows[grams]], buckets[grams], labels[chosen], weights[chosen], size=BUCKETS)
        tell(f"lexicon {fold}")
        if fold == FOLDS:
            out = (_quantised(fitted), bias)
            continue
        for i in np.flatnonzero(folds == fold).tolist():
            e = examples[i]
            size = len(e.labels)
            total = np.bincount(e.gram_line, weights=fitted[e.gram_bucket], minlength=size)
            count = np.bincount(e.gram_line, minlength=size)
            e.score = (total / np.sqrt(np.maximum(count, 1)) + bias).astype(np.float32)
    return out


LEXICON_SCALE = 0.02


def _quantised(weights: Floats) -> Floats:
    """The weights as they are stored: steps of `LEXICON_SCALE` in one signed byte."""
    return (np.clip(np.round(weights / LEXICON_SCALE), -127, 127) * LEXICON_SCALE).astype(np.float32)


def _pass(
    features: Floats, labels: Floats, weights: Floats, row_fold: NDArray[np.int64], tell: Callable[[str], None]
) -> tuple[Network, Floats]:
    """A network fitted on all rows, and each row's probability by one that has not seen its fold."""
    chance = np.random.default_rng(0)
    used = weights[weights > 0]
    pick = np.minimum(1, weights / np.median(used) * min(1.0, _TRAINING_ROWS / len(used)))
    drawn = np.where(chance.random(len(weights)) < pick, weights / np.maximum(pick, 1e-9), 0).astype(np.float32)
    seen = np.zeros(len(labels), np.float32)
    for fold in range(FOLDS):
        network = fit_network(features, labels, np.where(row_fold != fold, drawn, 0).astype(np.float32), seed=fold)
        held = np.flatnonzero(row_fold == fold)
        seen[held] = network.probability(features[held])
        tell(f"pass, fold {fold}")
    return fit_network(features, labels, drawn, seed=FOLDS), seen


def _scorer(
    figures: NDArray[np.float64], labels: Floats, weights: Floats, folds: NDArray[np.int64]
) -> tuple[PageScorer, NDArray[np.float64]]:
    """A page scorer, and the odds that one which has not seen its fold gives each page."""
    mean, scale = figures.mean(0), 1 / (figures.std(0) + 1e-3)
    scaled = np.clip((figures - mean) * scale, -FARTHEST, FARTHEST)
    seen = np.zeros(len(labels))
    for fold in range(FOLDS):
        fitted = fit_logistic(scaled[folds != fold], labels[folds != fold], weights[folds != fold])
        seen[folds == fold] = scaled[folds == fold] @ fitted[:-1] + fitted[-1]
    return PageScorer(mean, scale, fit_logistic(scaled, labels, weights)), seen


def _gate(
    examples: list[Example], figures: NDArray[np.float64], folds: NDArray[np.int64]
) -> tuple[PageScorer, NDArray[np.float64]]:
    """Whether a page has chrome, learned from pages and gold texts in equal parts."""
    dirty = np.array([_is_dirty(e) for e in examples], np.float32)
    weights = np.array([float(e.weights.sum() > 0) for e in examples], np.float32)
    share = float(dirty.mean())
    weights *= np.where(dirty > 0, 0.5 / max(share, 1e-9), 0.5 / max(1 - share, 1e-9)).astype(np.float32)
    return _scorer(figures, dirty, weights, folds)


def _article(
    examples: list[Example], probability: list[Floats], figures: NDArray[np.float64], folds: NDArray[np.int64]
) -> PageScorer:
    """Whether a plain cut at even odds would do better on a page, weighted by how much better or worse."""
    chosen = [
        i
        for i, e in enumerate(examples)
        if e.source.layout in ("dump", "lines") and len(e.labels) > SHORT_PAGE and e.weights.sum()
    ]
    if not chosen:  # a small corpus may have no such page: nothing speaks for the plain cut
        width = figures.shape[1] + len(article_features(probability[0], examples[0].shape))
        return PageScorer(np.zeros(width), np.ones(width), np.zeros(width + 1))
    gains = np.array(
        [
            page_f1(examples[i], probability[i] >= 0.5)
            - page_f1(examples[i], expected_best(probability[i], examples[i].shape.words))
            for i in chosen
        ]
    )
    more = np.array([article_features(probability[i], examples[i].shape) for i in chosen])
    weights = (np.abs(gains) / max(float(np.abs(gains).mean()), 1e-9)).astype(np.float32)
    joined = np.concatenate([figures[chosen], more], axis=1)
    return _scorer(joined, (gains > 0).astype(np.float32), weights, folds[chosen])[0]


def _is_dirty(e: Example) -> bool:
    content = np.nan_to_num(e.labels, nan=1.0)
    return float((content * e.tokens).sum()) < _CLEAN_SHARE * max(float(e.tokens.sum()), 1.0)


def chain_pages(examples: Sequence[Example], fold: int = -1) -> tuple[list[ZonePage], list[str]]:
    """The pages that the chain is fitted on (those of `fold` left out), and the names of their evidence."""
    pages: list[ZonePage] = []
    names: list[str] = []
    dumps = 0
    for e in examples:
        if e.source.fold == fold or len(e.labels) > _CHAIN_LINES or e.source.layout == "gold":
            continue
        weight = _CHAIN_WEIGHT.get(e.source.corpus, _CHAIN_DUMP_WEIGHT)
        if e.source.corpus not in _CHAIN_WEIGHT:
            dumps += 1
            if dumps > _CHAIN_DUMPS or e.weights.sum() == 0:
                continue
        marks = contradicted(e.marks, e.shape, (1 / (1 + np.exp(-e.logit))).astype(np.float32))
        matrix, names = evidence(
            e.page, e.shape, marks, e.spam, logit=np.clip(e.logit, -LOGIT_BOUND, LOGIT_BOUND), dirty=e.dirty
        )
        pages.append(ZonePage(matrix, zones_allowed(e.labels), weight))
    return pages, names
