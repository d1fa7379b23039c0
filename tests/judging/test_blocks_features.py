"""Features are finite, named, the same for the same page, and the model finds all that it asks for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.judging.blocks import measures
from cleaner.judging.blocks.characters import Kind, code_points, kinds
from cleaner.judging.blocks.cut import best_cut, sureness
from cleaner.judging.blocks.features import features
from cleaner.judging.blocks.learned import NAMES, Learned, name_counts, names_say, words_say
from cleaner.judging.blocks.measures import measure, structured_text
from cleaner.judging.blocks.model import load_model
from cleaner.judging.blocks.second import second_features
from cleaner.judging.blocks.surroundings import read_names, read_tree
from cleaner.judging.blocks.vocabulary import block_words, name_groups, naming
from cleaner.readers.html import read

PAGE = (
    "<html><head><title>Die Fähre nach Lowick</title></head><body><nav class='top menu'><a href=/>Start</a></nav>"
    "<main class=content><h1>Die Fähre nach Lowick</h1><p>Sie fährt um neun. Und kostet 5 € am Tag.</p>"
    "<ul><li class=card>eins</li><li class=card>zwei</li><li class=card>zwei</li></ul></main>"
    "<footer>© 2021 Lowick</footer></body></html>"
)


def test_the_model_s_features_are_all_there() -> None:
    found = features(read(PAGE, None).page, learned=load_model().learned)
    assert set(load_model().first.names) <= set(found.names)
    second = second_features(np.full(found.matrix.shape[1], 0.5), found.surroundings)
    assert set(load_model().second.names) <= set(second.names)


def test_rows_have_different_names() -> None:
    names = features(read(PAGE, None).page).names
    assert len(names) == len(set(names))


LEARNED = Learned(
    names={"top": (-2.0, 0.0, 0.0), "content": (0.0, 0.0, 3.0), "card": (0.0, 0.5, 0.0)},
    tags={"h1": (1.0, 0.0), "ul": (0.0, 0.25)},
    words={"start": -1.0, "fährt": 2.0},
    bias=0.5,
)


def test_learned_names_count_by_how_near_they_stand() -> None:
    around = features(read(PAGE, None).page).surroundings
    said = names_say(around, LEARNED) * np.sqrt(name_counts(around))
    by_text = dict(zip(("Start", "title", "prose", "eins", "zwei", "zwei again", "end"), said.tolist(), strict=True))
    assert by_text["Start"] == pytest.approx(-2.0)  # inside the element with the name
    assert by_text["title"] == pytest.approx(4.0)  # its tag, and the name of its parent
    assert by_text["eins"] == pytest.approx(0.75)  # its own name, and its parent's tag
    assert by_text["end"] == 0


def test_learned_words_are_weighed_by_their_number() -> None:
    measures = measure(read(PAGE, None).page)
    said = words_say(measures, LEARNED)
    assert said[0] == pytest.approx(0.5 - 1)
    assert said[2] == pytest.approx(0.5 + 2 / np.sqrt(9))  # Sie fährt um neun Und kostet 5 am Tag
    assert said[3] == pytest.approx(0.5)


def test_what_words_say_of_a_heading_is_told_to_the_blocks_under_it() -> None:
    page = read("<h2>Start</h2><p>eins</p><h2>zwei</h2><p>drei</p>", None).page
    found = features(page, NAMES, LEARNED)
    over = dict(zip(found.names, found.matrix, strict=True))["over_said_words"]
    assert over.tolist() == pytest.approx([-0.5, -0.5, 0.5, 0.5])


MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "<div class=a>",
            "</div>",
            "<li>",
            "word. ",
            "字。",
            "<nav>",
            "</nav>",
            "$5 ",
            "<h2>",
            "</h2>",
            "2020-01-02",
            "<br>",
            "<a href=x>",
            "</a>",
            "©",
            "😀",
            "İ",
        ]
    )
).map("".join)


@given(MARKUP)
@settings(max_examples=100, deadline=None)
def test_features_of_any_page_are_finite(markup: str) -> None:
    page = read(markup, "http://[bad").page
    if len(page):
        found = features(page)
        assert found.matrix.shape == (len(found.names), len(page))
        assert np.isfinite(found.matrix).all()
        second = second_features(np.linspace(0, 1, len(page)), found.surroundings)
        assert np.isfinite(second.matrix).all()


def test_measures_of_a_page() -> None:
    page = read(PAGE, None).page
    measured = measure(page)
    where = {text: index for index, text in enumerate(page.text)}
    fare = where["Sie fährt um neun. Und kostet 5 € am Tag."]
    assert measured.words[fare] == 9
    assert measured.price[fare]
    assert measured.ends_sentence[fare]
    assert measured.title == where["Die Fähre nach Lowick"]
    assert measured.copies.tolist()[-3:-1] == [1, 1]
    assert measured.date.tolist()[-1]
    assert measured.hints[-1] & block_words().bits["copyright"]


def test_features_are_the_same_when_blocks_are_counted_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    page = read(PAGE, None).page
    whole = features(page)
    monkeypatch.setattr(measures, "STRETCH_CHARACTERS", 30)
    assert np.array_equal(features(page).matrix, whole.matrix)


@pytest.mark.parametrize(
    ("character", "kind"),
    [
        ("a", Kind.LOWER),
        ("É", Kind.UPPER),
        ("7", Kind.DIGIT),
        ("字", Kind.IDEOGRAPH),
        ("の", Kind.IDEOGRAPH),
        ("한", Kind.IDEOGRAPH),
        ("。", Kind.STOP),
        ("？", Kind.STOP),
        ("，", Kind.COMMA),
        ("«", Kind.BRACKET),
        ("€", Kind.CURRENCY),
        ("ب", Kind.LETTER),
        ("ท", Kind.LETTER),
        ("|", Kind.SYMBOL),
        ("\u3000", Kind.SPACE),
        ("😀", Kind.OTHER),
    ],
)
def test_characters_have_kinds(character: str, kind: Kind) -> None:
    assert kinds(code_points(character)).tolist() == [kind]


def test_ideographs_count_less_than_words() -> None:
    measures = measure(read("<p>渡船每天九点开</p>", None).page)
    assert measures.words[0] == pytest.approx(7 / 1.6)
    assert measures.tokens[0] == 7


def test_names_of_elements_are_read_by_parts() -> None:
    bits = {group.name: 1 << index for index, group in enumerate(name_groups())}
    assert naming("post-content").groups & bits["content"]
    assert naming("top-ads").groups & bits["advertisement"]
    assert not naming("leads shadow").groups & bits["advertisement"]
    assert naming("").groups == 0


def test_a_container_carries_what_its_ancestors_have() -> None:
    page = read("<div class=sidebar><div><div class=share><p>x</p></div></div></div><p>y</p>", None).page
    tree, names = read_tree(page), read_names(page.containers.words)
    inherited = tree.carried(names.groups, np.bitwise_or)
    bits = {group.name: 1 << index for index, group in enumerate(name_groups())}
    inner = page.container[0]
    assert inherited[inner] & bits["side"]
    assert inherited[inner] & bits["share"]
    assert not inherited[page.container[1]] & bits["share"]
    assert tree.carried_sum(names.chrome)[inner] == names.chrome.sum()
    assert tree.inside(np.ones(tree.size, np.float32))[0] == tree.size


def test_structured_text_is_read_from_json_ld() -> None:
    markup = '<script type="application/ld+json">{"articleBody": "One \\u00e9t\\u00e9.\\nTwo."}</script><p>x'
    assert structured_text(read(markup, None).page) == "One été. Two."


@pytest.mark.parametrize(
    "source", ['{"articleBody": ', '{"articleBody"}', '{"articleBody": 5}', "articleBody", '"text""text']
)
def test_broken_json_ld_gives_nothing(source: str) -> None:
    page = read("<p>x", None).page
    page.head.json_ld = [source]
    assert structured_text(page) == ""


def test_the_cut_keeps_what_promises_most() -> None:
    score, tokens = np.array([0.9, 0.1, 0.8, 0.02]), np.array([50.0, 50.0, 60.0, 5.0])
    assert best_cut(score, tokens).tolist() == [True, False, True, False]


def test_nothing_is_kept_where_nothing_is_likely() -> None:
    assert not best_cut(np.array([0.03, 0.05]), np.array([9.0, 9.0])).any()


def test_clear_scores_and_enough_text_make_sure() -> None:
    tokens = np.array([200.0, 50.0])
    clear = sureness(np.array([0.98, 0.01]), tokens, np.array([True, False]))
    vague = sureness(np.array([0.6, 0.4]), tokens, np.array([True, False]))
    little = sureness(np.array([0.98, 0.01]), np.array([5.0, 50.0]), np.array([True, False]))
    assert clear > vague
    assert clear > little


def test_wanted_features_come_in_the_order_that_is_asked_for() -> None:
    page = read(PAGE, None).page
    every = features(page)
    some = features(page, ["words", "page_words", "any_navigation"])
    assert some.names == ("words", "page_words", "any_navigation")
    for name, row in zip(some.names, some.matrix, strict=True):
        assert np.array_equal(row, every.matrix[every.names.index(name)])
