"""Labelled texts as the numbers that the line judge is trained on."""

from __future__ import annotations

import dataclasses
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lexicon import load
from cleaner.judging.lines.dense import with_rows
from cleaner.judging.lines.features import first_features
from cleaner.judging.lines.grams import grams
from cleaner.judging.lines.marks import Marks, mark
from cleaner.judging.lines.shape import Shape, measure
from cleaner.judging.lines.spans import outside_cuts, spam_share
from cleaner.judging.spam import find_spam
from cleaner.readers.text import read
from cleaner.training.lines.labels import tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.judging.lexicon import Hit
    from cleaner.page import Page
    from cleaner.training.lines.corpus import LabelledText

# What a page of each corpus and layout counts: few pages of a kind that matters count more than many of another.
_CORPUS_WEIGHT = {"magic-article": 2.5, "lines-en": 1.5, "lines-zh": 2.5, "lines-pages": 4.0}
_LAYOUT_WEIGHT = {"dump": 1.0, "nodes": 0.6, "gold": 0.35, "lines": 1.0, "composed": 0.5}
_CHINESE_WEIGHT = 1.5
_UNRELIABLE = 0.7  # F1 of the labels themselves; below it gold text and page don't fit together
_TOKEN_PART, _LINE_PART = 0.7, 0.6  # a line's weight: its share of the gold tokens, and each line alike
# Sites say things that no lexicon has: in so many pages a part of the rules is taken away.
FORGETFUL_PAGES, FORGOTTEN_RULES = 0.5, (0.3, 1.0)


@dataclass(slots=True)
class Example:
    """A labelled text with what the features are made of; the shape has lost its characters."""

    source: LabelledText
    page: Page
    shape: Shape
    marks: Marks
    spam: NDArray[np.float32]
    gram_line: NDArray[np.int32]
    gram_bucket: NDArray[np.int32]
    labels: NDArray[np.float32]
    weights: NDArray[np.float32]
    tokens: NDArray[np.int32]
    score: NDArray[np.float32]
    logit: NDArray[np.float32]
    dirty: float = 0.0

    def features(self) -> NDArray[np.float32]:
        """What the first pass reads of it."""
        return first_features(self.page, self.shape, self.marks, self.spam, self.score)


def example(source: LabelledText, *, forget: bool) -> Example:
    """The example of a text; with `forget` on, half of the pages lose the hits of some of the rules."""
    page = read(source.text, None).page
    shape = measure(page.text)
    spans = find_spam(page.text)
    hits = outside_cuts(load().match(page.text, shape.folded), page, spans)
    if forget:
        hits = _forgotten(hits, source)
    marks = mark(page, shape, with_rows(page, shape, hits))
    spam = spam_share(page, spans, shape.ink)
    line, bucket = grams(shape)
    sizes = np.array([len(tokens(text)) for text in page.text], np.int32)
    light = dataclasses.replace(
        shape,
        folded=[],
        characters=shape.characters[:0],
        classes=shape.classes[:0],
        line_of=shape.line_of[:0],
        starts=shape.starts[:0],
    )
    zero = np.zeros(len(shape), np.float32)
    labels = source.labels
    weights = _weights(source, sizes)
    return Example(
        source,
        page,
        light,
        marks,
        spam,
        line.astype(np.int32),
        bucket.astype(np.int32),
        labels,
        weights,
        sizes,
        zero,
        zero,
    )


def _forgotten(hits: list[Hit], source: LabelledText) -> list[Hit]:
    chooser = random.Random(f"{source.corpus}/{source.id}/{source.layout}")  # noqa: S311
    if chooser.random() > FORGETFUL_PAGES:
        return hits
    share = chooser.uniform(*FORGOTTEN_RULES)
    gone = {rule for rule in sorted({hit.rule.id for hit in hits}) if chooser.random() < share}
    return [hit for hit in hits if hit.rule.id not in gone]


def _weights(source: LabelledText, sizes: NDArray[np.int32]) -> NDArray[np.float32]:
    """Each page counts once, shared between the lines' part of its text and the lines alike."""
    labels = source.labels
    known = ~np.isnan(labels)
    gold = max(len(tokens(source.gold)), 30)
    mass = np.minimum(sizes, 400) / gold
    total = float(mass[known].sum())
    if total > 3:
        mass = mass * 3 / total
    weights = np.where(known, _TOKEN_PART * mass + _LINE_PART * known / max(int(known.sum()), 1), 0.0)
    if source.layout in ("dump", "nodes") and labels_f1(source, sizes) < _UNRELIABLE:
        weights = weights * 0
    weights = weights * _CORPUS_WEIGHT.get(source.corpus, 1.0) * _LAYOUT_WEIGHT[source.layout]
    return (weights * (_CHINESE_WEIGHT if source.language == "zh" else 1.0)).astype(np.float32)


def labels_f1(source: LabelledText, sizes: NDArray[np.int32]) -> float:
    """F1 of the tokens of the lines labelled as content against the gold text, taken as exact matches."""
    labels = np.nan_to_num(source.labels)
    chosen = labels >= 0.5
    both = float((labels * sizes)[chosen].sum())
    taken, gold = float(sizes[chosen].sum()), len(tokens(source.gold))
    return 2 * both / max(taken + gold, 1)
