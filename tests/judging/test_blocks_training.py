"""Training for HTML: labels by alignment, bins, weights, and trees that come out as they went in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cleaner.judging.blocks.trees import load_forest
from cleaner.training.html.alignment import label
from cleaner.training.html.bins import find_bounds, to_bins
from cleaner.training.html.corpus import overlap, read_corpus, registered_domain, tokens
from cleaner.training.html.examples import Example, examples, page_score
from cleaner.training.html.fit import Recipe, Sample, draw_rows, fit, page_weights

if TYPE_CHECKING:
    from pathlib import Path

BLOCKS = ["Home News Sport", "The ferry leaves at nine.", "Read also: the ferry", "It comes back at five.", "News"]
GOLD = "The ferry leaves at nine.\nIt comes back at five."


def labels(blocks: list[str], gold: str) -> list[float]:
    return label([tokens(block) for block in blocks], [tokens(line) for line in gold.split("\n")]).tolist()


def test_blocks_in_the_gold_are_labelled_and_stray_words_are_not() -> None:
    found = labels(BLOCKS, GOLD)
    assert found[1] == found[3] == 1.0
    assert found[0] == found[4] == 0.0
    assert found[2] < 0.5


def test_gold_in_another_order_is_found_in_the_second_round() -> None:
    blocks = ["The caption of the picture", "The ferry leaves at nine every day of the week.", "Menu"]
    assert labels(blocks, f"{blocks[1]}\n{blocks[0]}") == [1.0, 1.0, 0.0]


def test_blocks_without_tokens_have_no_label() -> None:
    found = labels(["***", "The ferry leaves."], "The ferry leaves.")
    assert np.isnan(found[0])
    assert found[1] == 1.0


def test_nothing_is_content_where_the_gold_is_empty() -> None:
    assert label([["a"], ["b", "c"]], []).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://news.example.org/a/b", "example.org"),
        ("http://www.example.co.uk:8080/", "example.co.uk"),
        ("", ""),
    ],
)
def test_folds_are_by_registered_domain(url: str, domain: str) -> None:
    assert registered_domain(url) == domain


def test_overlap_counts_words_once_each() -> None:
    assert overlap(["a", "a", "b"], ["a", "b", "c"]) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert overlap([], []) == (1.0, 1.0, 1.0)
    assert overlap(["a"], []) == (0.0, 0.0, 0.0)


def test_a_value_is_in_the_bin_under_its_first_bound() -> None:
    rows = np.array([[0, 1.0], [1, 2.0], [0, 3.0], [1, 3.0]], np.float32)
    bounds = find_bounds(rows)
    assert [bound.tolist() for bound in bounds] == [[0.5], [1.5, 2.5]]
    assert to_bins(rows, bounds).tolist() == [[0, 0], [1, 1], [0, 2], [1, 2]]


def made_corpus(folder: Path) -> Path:
    (folder / "pages").mkdir(parents=True)
    markup = "".join(f"<p>{text}</p>" for text in BLOCKS)
    rows = [
        {
            "id": "one",
            "url": "https://example.org/1",
            "lang": "en",
            "type": "article",
            "text": GOLD,
            "with": [],
            "without": [],
        },
        {
            "id": "two",
            "url": None,
            "lang": None,
            "type": None,
            "text": None,
            "with": [BLOCKS[1]],
            "without": [BLOCKS[0]],
        },
    ]
    (folder / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    for row in rows:
        (folder / "pages" / f"{row['id']}.html").write_text(markup, "utf-8")
    return folder


def both_examples(folder: Path) -> list[Example]:
    return list(examples([made_corpus(folder)], None))


def test_a_corpus_is_read_with_gold_or_snippets(tmp_path: Path) -> None:
    one, two = read_corpus(made_corpus(tmp_path / "corpus"))
    assert (one.gold, one.domain) == (GOLD, "example.org")
    assert (two.gold, two.domain, two.present) == (None, "two", (BLOCKS[1],))


def test_examples_are_labelled_weighted_and_scored(tmp_path: Path) -> None:
    one, two = both_examples(tmp_path / "corpus")
    assert (one.labels >= 0.5).tolist() == [False, True, False, True, False]
    assert one.best == 1.0
    assert page_score(one, one.labels >= 0.5) == 1.0
    assert page_score(one, np.zeros(5, np.bool_)) == 0.0
    assert (page_weights(one) > 0).all()
    assert np.nan_to_num(two.labels, nan=-1).tolist() == [0, 1, -1, -1, -1]
    assert (page_weights(two) > 0).tolist() == [True, True, False, False, False]
    assert not two.scored


def test_labels_are_kept_in_the_cache(tmp_path: Path) -> None:
    corpus = made_corpus(tmp_path / "corpus")
    first = list(examples([corpus], tmp_path / "cache"))
    again = list(examples([corpus], tmp_path / "cache"))
    assert np.array_equal(first[0].labels, again[0].labels)
    assert (tmp_path / "cache" / "labels-corpus.pickle").exists()


def test_drawn_rows_stand_for_all() -> None:
    weights = np.concatenate([np.full(1000, 0.1), np.full(1000, 2.0), np.zeros(50)])
    sample = draw_rows(weights, target=900)
    assert not sample.rows[2000:].any()
    assert 700 < sample.rows.sum() < 1100
    assert sample.weights[sample.rows].sum() == pytest.approx(weights.sum(), rel=0.1)


def test_exported_trees_say_what_the_booster_says() -> None:
    pytest.importorskip("lightgbm")
    from cleaner.training.html.export import forest_arrays
    from cleaner.training.html.fit import FIRST

    chance = np.random.default_rng(0)
    rows = chance.normal(size=(2000, 6)).astype(np.float32)
    wanted = 1 / (1 + np.exp(-(rows[:, 0] * rows[:, 1] + rows[:, 2])))
    bounds = find_bounds(rows)
    sample = Sample(np.ones(2000, np.bool_), np.ones(2000))
    booster = fit(to_bins(rows, bounds), wanted, sample, Recipe({**FIRST.parameters, "min_data_in_leaf": 20}, 30))
    names = [f"column{index}" for index in range(6)]
    forest = load_forest({f"x_{key}": value for key, value in forest_arrays(booster, names, bounds).items()}, "x_")
    matrix = rows.T[[names.index(name) for name in forest.names]]
    assert np.allclose(forest.sums(matrix), booster.predict(to_bins(rows, bounds), raw_score=True), atol=1e-5)
