"""Why a block has its score: exact shares of the features of the shipped models, told in words."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.judging import blocks, lines
from cleaner.judging.blocks.features import features
from cleaner.judging.blocks.model import load_model
from cleaner.judging.blocks.second import second_features
from cleaner.judging.blocks.shares import load_paths
from cleaner.judging.blocks.trees import load_forest
from cleaner.judging.lines.model import line_model
from cleaner.judging.lines.names import FIRST_NAMES, SECOND_NAMES
from cleaner.judging.lines.shares import network_shares
from cleaner.judging.lines.zones import chain
from cleaner.judging.weighing import MOST, after_profile, feature_words, quoted, say
from cleaner.models import read_arrays
from cleaner.options import Options
from cleaner.readers.html import read as read_html
from cleaner.readers.text import read as read_text

if TYPE_CHECKING:
    from cleaner.options import Level
    from cleaner.page import Page
    from cleaner.verdict import Weighing

SENTENCES = (
    "柳湾镇的老桥今年春天开始加固，施工队把桥面分成两半，一半通车，一半换板。",
    "镇里说，工程预计两个月完工，期间大货车绕行东环路，行人照常通过。",
    "The council met on Tuesday and agreed to rebuild the old stone bridge before the winter comes.",
)
HTML = (
    "<title>柳湾镇老桥加固</title><header class='site-header'><nav><ul>"
    + "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(8))
    + "</ul></nav></header><main class='article-content'><h1>柳湾镇老桥加固</h1>"
    + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES * 3)
    + "</main><div class='related'><h3>相关新闻</h3><ul>"
    + "".join(f"<li><a href='/r{n}'>另一条新闻{n}</a></li>" for n in range(5))
    + "</ul></div><footer><p>版权所有 青河县人民政府</p></footer><p style='display:none'>hidden words</p>"
)
LINES = "首页 | 新闻 | 公告\n柳湾镇老桥加固\n" + "\n".join(SENTENCES) + "\n分享到： 微信 微博\n滇ICP备05000000号-1\n"
LONG_LINES = LINES * 8


def html_page() -> Page:
    return read_html(HTML, "https://example.org/news/bridge").page


def text_page(text: str) -> Page:
    return read_text(text, None).page


def check_sums(weighed: list[Weighing | None], scores: list[float], slack: float) -> None:
    """Base, reasons and rest make the total, and the total is the verdict's score as log odds."""
    for weighing, score in zip(weighed, scores, strict=True):
        if weighing is None:
            continue
        told = sum(reason.weight for reason in weighing.reasons)
        assert weighing.base + told + weighing.rest == pytest.approx(weighing.total, abs=1e-6)
        assert 1 / (1 + math.exp(-weighing.total)) == pytest.approx(score, abs=slack)
        sizes = [abs(reason.weight) for reason in weighing.reasons]
        assert sizes == sorted(sizes, reverse=True)
        assert 0 < len(sizes) <= MOST
        assert all(reason.words and "{" not in reason.words for reason in weighing.reasons)


@pytest.mark.parametrize("level", ["gentle", "standard", "strict"])
def test_the_reasons_of_html_blocks_sum_to_their_scores(level: Level) -> None:
    judgement = blocks.judge(html_page(), Options(level=level))
    check_sums(list(judgement.weigh()), [verdict.score for verdict in judgement.verdicts], 1e-9)


@pytest.mark.parametrize("text", [LINES, LONG_LINES], ids=["chain of zones", "line model alone"])
def test_the_reasons_of_lines_sum_to_their_scores(text: str) -> None:
    judgement = lines.judge(text_page(text), Options())
    check_sums(list(judgement.weigh()), [verdict.score for verdict in judgement.verdicts], 1e-3)


def test_hidden_blocks_are_weighed_by_no_model() -> None:
    page = html_page()
    weighed = blocks.judge(page, Options()).weigh()
    assert [bool(why) for why in page.hidden] == [weighing is None for weighing in weighed]
    assert any(page.hidden)


@pytest.mark.parametrize("name", ["first", "second"])
def test_shares_of_all_features_sum_to_what_the_shipped_forests_say(name: str) -> None:
    model = load_model()
    forest = getattr(model, name)
    paths = load_paths(forest, read_arrays("html"), f"{name}_")
    matrix = np.random.default_rng(3).normal(0, 3, (len(forest.names), 300)).astype(np.float32)
    shares = paths.shares(forest, matrix)
    np.testing.assert_allclose(paths.base + shares.sum(0), forest.sums(matrix), atol=1e-4)


def test_the_shipped_forests_know_how_many_blocks_each_leaf_has_seen() -> None:
    arrays = read_arrays("html")
    for name in ("first", "second"):
        seen = np.add.reduceat(arrays[f"{name}_cover"], arrays[f"{name}_first_leaf"][:-1])
        assert seen.max() < 1.02 * seen.min()  # every tree has seen another draw of as many blocks
        assert seen[0] > 100_000


# A tree that asks for a > 1, then for b > 0; three blocks of four fell into its first leaf.
ARRAYS = {
    "x_names": np.array(["a", "b"]),
    "x_feature": np.array([0, 1]),
    "x_threshold": np.array([1.0, 0.0], np.float32),
    "x_parent": np.array([0, 0, 2, 2]),
    "x_test": np.array([2, 0, 3, 1]),
    "x_levels": np.array([1, 3, 5]),
    "x_leaves": np.array([1, 3, 4]),
    "x_first_leaf": np.array([0, 3]),
    "x_value": np.array([-4.0, 0.0, 8.0], np.float32),
    "x_cover": np.array([6, 1, 1]),
    "x_bias": np.array(0.5),
}


def test_a_feature_is_due_the_change_in_worth_from_node_to_node() -> None:
    forest = load_forest(ARRAYS, "x_")
    paths = load_paths(forest, ARRAYS, "x_")
    assert paths.base == pytest.approx(0.5 + (-4 * 6 + 0 + 8) / 8)  # the mean over the blocks it has seen
    shares = paths.shares(forest, np.array([[0, 2, 2], [5, -1, 1]], np.float32))
    # Left of the root is worth -4, right of it the mean of 0 and 8.
    np.testing.assert_allclose(shares, [[-2, 6, 6], [0, -4, 4]])


def test_leaves_without_counts_weigh_the_same() -> None:
    arrays = {name: array for name, array in ARRAYS.items() if name != "x_cover"}
    assert load_paths(load_forest(arrays, "x_"), arrays, "x_").base == pytest.approx(0.5 + 4 / 3)


@given(st.integers(0, 1000), st.sampled_from(["first", "second"]))
def test_shares_of_all_features_sum_to_what_the_shipped_networks_say(seed: int, name: str) -> None:
    model = line_model()
    assert model is not None
    network = getattr(model, name)
    rows = np.random.default_rng(seed).normal(0, 2, (20, len(network.mean))).astype(np.float32)
    found = network_shares(network, rows)
    np.testing.assert_allclose(found.base + found.shares.sum(0), found.total, atol=1e-6)
    np.testing.assert_allclose(1 / (1 + np.exp(-found.total)), network.probability(rows), atol=1e-4)


def every_feature() -> dict[str, tuple[str, ...]]:
    found = features(html_page(), None, load_model().learned)
    second = second_features(np.full(len(html_page()), 0.5), found.surroundings)
    return {
        "html": (*found.names, "level", "profile"),
        "html_second": second.names,
        "lines": FIRST_NAMES,
        "lines_second": SECOND_NAMES,
        "zones": (*chain().weights, "around"),
    }


def test_every_feature_has_words_and_no_others_have() -> None:
    assert {table: set(words) for table, words in feature_words().items()} == {
        table: set(names) for table, names in every_feature().items()
    }


def test_the_names_of_line_features_are_as_many_as_the_model_has_columns() -> None:
    model = line_model()
    assert model is not None
    assert len(FIRST_NAMES) == len(model.first.mean)
    assert len(FIRST_NAMES) + len(SECOND_NAMES) == len(model.second.mean)


@pytest.mark.parametrize("table", ["html", "html_second", "lines", "lines_second", "zones"])
@pytest.mark.parametrize("value", [-2.0, 0.0, 2.0])
def test_all_words_can_be_said_of_any_value(table: str, value: float) -> None:
    around = defaultdict(lambda: "X")
    for name in feature_words()[table]:
        words = say(table, name, value, around)
        assert words
        assert not set("{}|") & set(words)


def test_words_follow_the_value() -> None:
    assert say("html", "linked", 0.93, {}) == "link density 0.93"
    assert say("html", "near_related", 1, {}) == "class says related"
    assert say("html", "near_related", 0, {}) == "class doesn't say related"
    assert say("html", "words", math.log1p(12), {}) == "12 words long"
    assert say("lines", "above1_marked", 1, {"before": "“版权所有”"}) == "stands after “版权所有”, known chrome"
    assert say("html", "from_title", -math.log1p(3), {}) == "3 parts above the title"


def test_texts_nearby_are_told_by_their_beginnings() -> None:
    assert quoted(["a\n b"], 0) == "“a b”"
    assert quoted(["word " * 20], 0) == "“word word word word wor…”"
    assert (quoted(["a"], -1), quoted(["a"], 1)) == ("the page's beginning", "the page's end")


def test_what_stands_around_a_block_is_told_of_it() -> None:
    judgement = blocks.judge(html_page(), Options())
    told = "\n".join(reason.words for weighing in judgement.weigh() if weighing for reason in weighing.reasons)
    assert "“相关新闻”" in told
    assert "“article-content”" in told or "“related”" in told


def test_what_a_site_s_pages_share_is_a_reason_of_its_own() -> None:
    weighed = list(blocks.judge(html_page(), Options()).weigh())
    shares = [0.0, *[1.0] * (len(weighed) - 1)]
    after = after_profile(weighed, [0.01] * len(weighed), shares)
    assert after[0] == weighed[0]
    check_sums(after[1:], [0.01] * (len(weighed) - 1), 1e-9)
    told = [reason.words for weighing in after[1:] if weighing for reason in weighing.reasons]
    assert "stands on 100 % of the site's pages" in told
