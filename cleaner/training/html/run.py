"""The whole of training: examples, folds that tell what it is worth, final fit, weights and card."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.errors import UnreadableInput
from cleaner.files import write_file
from cleaner.judging.blocks import learned
from cleaner.judging.blocks.cut import best_cut
from cleaner.judging.blocks.model import mean_odds
from cleaner.judging.blocks.second import second_features
from cleaner.models import packed
from cleaner.training.html.bins import find_bounds, to_bins
from cleaner.training.html.composed import NAME as COMPOSED
from cleaner.training.html.corpus import FOLDS
from cleaner.training.html.examples import Example, composed_examples, examples, page_score
from cleaner.training.html.export import forest_arrays
from cleaner.training.html.fit import (
    FIRST,
    SECOND,
    Recipe,
    Sample,
    Table,
    draw_rows,
    fit,
    make_table,
    out_of_fold,
    page_weights,
)
from cleaner.training.html.words import learn_words
from cleaner.training.train import Scores, card_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from cleaner.training.train import Tell

    Floats = NDArray[np.float64]

# The corpora come from public repositories; their pages stay their owners', and none of their text is in the weights.
SOURCES = {
    "wcxb-dev": "web content extraction benchmark, development split",
    "daniel-dev": "Daniel corpus of news in five languages, development split",
    "magic-article": "articles of the magic-html benchmark",
    "composed": "threads, articles, shops, lists and services in the markup of many engines, composed by the training",
    "snippets": "pages and snippets of the trafilatura evaluation",
}
FEATURES = 200  # of the first pass, by gain, beside what single words say
CHOICE_TREES = 200
SECOND_FEATURES = 45


@dataclass(slots=True)
class Trained:
    """The words and both passes as arrays, their scores on pages they hadn't seen, what folds said of each block."""

    arrays: dict[str, NDArray[np.generic]]
    scores: dict[str, tuple[int, float]]
    said: Floats


def run(corpora: Sequence[Path], out: Path, cache: Path | None, tell: Tell) -> Scores:
    """Trains on the corpora, writes the model to `out` and its card beside it; raises UnreadableInput."""
    pages: list[Example] = []
    for corpus in corpora:
        own = list(examples([corpus], cache))
        if not any(page_weights(example).any() for example in own):
            raise UnreadableInput(f"no page shows the content that gold.jsonl says it has: {corpus}")
        tell(f"{corpus.name}: {len(own)} pages, {sum(len(example.sizes) for example in own)} blocks")
        pages += own
    pages += composed_examples(corpora)
    trained = train_passes(pages, tell)
    write(trained, pages, out)
    told = {name: score for name, score in trained.scores.items() if not name.startswith(f"{COMPOSED}.")}
    rows = ((name, str(count), f"{score:.4f}") for name, (count, score) in told.items())
    return Scores(("pages of unseen domains", "pages", "F1"), tuple(rows))


def train_passes(pages: list[Example], tell: Tell) -> Trained:
    """Both passes, fitted on all pages; the second on what first passes said of pages they hadn't seen."""
    tell(f"{len(pages)} pages with the composed ones")
    everything = make_table(pages, range(len(pages[0].found.names)))
    sample = draw_rows(everything.weights)
    chosen = _strongest(everything.bins, everything, sample, FEATURES, FIRST)
    tell(f"{len(chosen)} features chosen")
    words = learn_words(pages, everything, sample)
    tell("words learned")
    del everything
    table = make_table(pages, chosen, words.rows)
    first_said = out_of_fold(table, table.bins, sample, FIRST)
    tell("first pass, all folds")
    matrix, names = second_rows(pages, table, first_said)
    picked = _strongest(to_bins(matrix, find_bounds(matrix)), table, sample, SECOND_FEATURES, SECOND)
    matrix, names = matrix[:, picked], tuple(names[index] for index in picked)
    bounds = find_bounds(matrix)
    bins = to_bins(matrix, bounds)
    second_said = out_of_fold(table, bins, sample, SECOND)
    tell("second pass, all folds")
    said = mean_odds(first_said, second_said)
    first = fit(table.bins, table.labels, sample, FIRST)
    second = fit(bins, table.labels, sample, SECOND)
    first_names = [*(pages[0].found.names[index] for index in chosen), *learned.NAMES]
    arrays = words.arrays | {
        f"first_{key}": value for key, value in forest_arrays(first, first_names, table.bounds).items()
    }
    arrays |= {f"second_{key}": value for key, value in forest_arrays(second, names, bounds).items()}
    return Trained(arrays, fold_scores(pages, table, said), said)


def write(trained: Trained, pages: list[Example], out: Path) -> None:
    """The model and its card."""
    write_file(out, packed("html", trained.arrays))
    write_file(card_of(out), _card(out.name, pages, trained.scores, pages[0].found.names).encode())


def _strongest(bins: NDArray[np.uint8], table: Table, sample: Sample, number: int, recipe: Recipe) -> list[int]:
    """The columns with the largest gain in a smaller forest on all of them, in their own order."""
    booster = fit(bins, table.labels, sample, Recipe(recipe.parameters, CHOICE_TREES))
    return sorted(np.argsort(-booster.feature_importance("gain"), kind="stable")[:number].tolist())


def second_rows(pages: list[Example], table: Table, said: Floats) -> tuple[NDArray[np.float32], tuple[str, ...]]:
    """The second pass's features of all rows, from what the first says of them."""
    parts = [
        second_features(said[begin:end], example.found.surroundings)
        for example, begin, end in zip(pages, table.spans, table.spans[1:], strict=False)
    ]
    return np.concatenate([part.matrix.T for part in parts]), parts[0].names


def fold_scores(pages: list[Example], table: Table, said: Floats) -> dict[str, tuple[int, float]]:
    """Number of pages and mean F1 by corpus, and by corpus and kind or language."""
    found: dict[str, list[float]] = defaultdict(list)
    for example, begin, end in zip(pages, table.spans, table.spans[1:], strict=False):
        if not example.scored:
            continue
        tokens = np.maximum(example.found.surroundings.measures.tokens.astype(np.float64), 0.5)
        score = page_score(example, best_cut(said[begin:end], tokens))
        for key in (example.source.corpus, f"{example.source.corpus}.{example.source.kind}.{example.source.language}"):
            found[key].append(score)
    return {key: (len(values), float(np.mean(values))) for key, values in sorted(found.items())}


def _card(name: str, pages: list[Example], scores: dict[str, tuple[int, float]], names: tuple[str, ...]) -> str:
    digest = hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]
    known: dict[str, list[Example]] = defaultdict(list)
    for example in pages:
        known[example.source.corpus].append(example)
    lines = [
        f"# What {name} was trained on, and what it scored on pages of domains that it had not seen (five folds).",
        f'features = "{digest}"',
        f"folds = {FOLDS}",
        "",
    ]
    for corpus, own in known.items():
        blocks = sum(len(example.sizes) for example in own)
        lines += [f"[corpora.{corpus}]", f'source = "{SOURCES.get(corpus, "")}"', f"pages = {len(own)}"]
        lines += [f"blocks = {blocks}", f"labelled = {sum(bool(page_weights(example).any()) for example in own)}", ""]
    for key, (count, score) in scores.items():
        lines += [f'[scores."{key}"]', f"pages = {count}", f"f1 = {score:.4f}", ""]
    return "\n".join(lines)
