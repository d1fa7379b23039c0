"""Patterns that backtrack without end are told from those that don't, and telling never takes long itself."""

import pytest

from cleaner.judging.pattern_cost import pattern_fault


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(?:\w*,)*x", r"(?:第\d+页\s*)+", r"(?:(?:ab)+|c)*d"])
def test_an_unbounded_repeat_inside_another_is_refused_as_it_is_written(pattern):
    assert pattern_fault(pattern).startswith("an unbounded repeat inside another")


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:a|aa)+$",
        r"(?:a|a)*b",
        r"(?:\w{1,30}\s?){1,30}:",
        r"(?:a{1,200}){1,200}b",
        r"page \d(?:next|\d{1,4}|\s){0,12}!",
        r".*a.*b.*c.*d",
    ],
)
def test_a_pattern_that_backtracks_is_found_on_a_hard_line(pattern):
    assert pattern_fault(pattern).startswith("it backtracks")


@pytest.mark.parametrize("pattern", [r"x(?:.|\d)+y", r"\s+!", r"(?:a|b|ab)*c"])
def test_what_costs_more_than_the_line_grows_is_refused_one_way_or_the_other(pattern):
    assert pattern_fault(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"subscribe .{0,20}now",
        r"^foo.*bar",
        r"^[^|]+\|[^|]+\|.*x$",
        r"\d{4}-\d\d",
        r"^\d+ (?:views|reads)$",
        r"(?:首页|新闻)(?:\s?[>|]\s?\S{1,12}){1,4}",
        r"no repeat at all",
        r"(?=look)lo{1,3}k(?!ed)",
    ],
)
def test_an_ordinary_pattern_has_no_fault(pattern):
    assert pattern_fault(pattern) == ""


@pytest.mark.parametrize("pattern", ["(", "[z-a]", "*", "(?P<x", r"\1"])
def test_what_is_no_regular_expression_is_said_to_be_none(pattern):
    assert pattern_fault(pattern).startswith("no regular expression")


@pytest.mark.parametrize("pattern", ["x*", "", "^", "(?:a|)", ".*"])
def test_a_pattern_of_nothing_is_refused(pattern):
    assert pattern_fault(pattern).startswith("it matches nothing")
