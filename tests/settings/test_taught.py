"""The file of taught rules holds the last word on each line, and what was written by hand to the letter."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.errors import UsageError
from cleaner.judging.folding import fold
from cleaner.judging.user_rules import core_of
from cleaner.settings.rule_file import parse_rules
from cleaner.settings.taught import Choice, Scope, with_choices

FILE = Path("cleaner-rules.toml").absolute()
SITE = Scope("taught", site="example.org")
FOLDER = Scope("taught", path="/news/*")


def terms(text):
    return {(rule.action, *rule.sites, *rule.paths): rule.terms for rule in parse_rules(text.encode(), FILE)}


def test_lines_are_kept_by_scope_and_action():
    text = with_choices("", FILE, SITE, [Choice("a", "drop"), Choice("b", "keep"), Choice("c", "drop")])
    text = with_choices(text, FILE, FOLDER, [Choice("a", "keep")])
    assert terms(text) == {
        ("drop", "example.org"): ("a", "c"),
        ("keep", "example.org"): ("b",),
        ("keep", "/news/*"): ("a",),
    }


def test_the_last_word_on_a_line_counts():
    text = with_choices("", FILE, SITE, [Choice("The End", "drop"), Choice("x", "drop")])
    text = with_choices(text, FILE, SITE, [Choice("the  end!", "keep")])
    assert terms(text) == {("drop", "example.org"): ("x",), ("keep", "example.org"): ("the end!",)}


def test_what_was_taught_can_be_forgotten():
    text = with_choices("", FILE, SITE, [Choice("a", "drop"), Choice("b", "keep")])
    assert terms(with_choices(text, FILE, SITE, [Choice("a", None), Choice("c", None)])) == {
        ("keep", "example.org"): ("b",)
    }


def test_saying_the_same_again_changes_nothing():
    text = with_choices("", FILE, SITE, [Choice("a", "drop")])
    assert with_choices(text, FILE, SITE, [Choice("A.", "drop")]) == text


@pytest.mark.parametrize("own", ["# mine\n", '[[rule]]\nid = "x"\nterms = ["y"]', "\n\n# odd   \n\n"])
def test_what_stands_above_stays_to_the_letter(own):
    once = with_choices(own, FILE, SITE, [Choice("a", "drop")])
    twice = with_choices(once, FILE, SITE, [Choice("b", "keep")])
    assert once.startswith(own)
    assert twice.startswith(own)
    assert tomllib.loads(twice)


def test_what_was_changed_by_hand_below_is_not_overwritten():
    text = with_choices("", FILE, SITE, [Choice("a", "drop")]).replace('"a"', '"a"  # mine')
    with pytest.raises(UsageError, match="changed by hand"):
        with_choices(text, FILE, SITE, [Choice("b", "drop")])


def test_a_line_of_signs_alone_is_refused():
    with pytest.raises(UsageError, match="nothing in this line to know it by"):
        with_choices("", FILE, SITE, [Choice("* * *", "drop")])


@example([("", "drop"), ("#", "drop")])
@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["drop", "keep"])), max_size=6
    )
)
def test_any_line_can_be_taught_and_read_back(said):
    choices = [Choice(f"x{text}", action) for text, action in said]
    text = with_choices("", FILE, SITE, choices)
    found = terms(text)
    assert with_choices(text, FILE, SITE, choices) == text or len({choice.action for choice in choices}) == 2
    for choice in choices[-1:]:  # in the words of the first of those that are one line to us, as `x` and `x#`
        cores = [core_of(fold(term)) for term in found[choice.action, "example.org"]]
        assert cores.count(core_of(fold(" ".join(choice.text.split())))) == 1
