"""Rows in plain lines."""

from __future__ import annotations

from cleaner.cli.tables import aligned


def test_columns_stand_under_each_other():
    assert aligned([("file", "kind"), ("a.html", "html")]) == ["file    kind", "a.html  html"]


def test_figures_stand_to_the_right():
    assert aligned([("f", "9"), ("f", "10")], right=[1]) == ["f   9", "f  10"]


def test_wide_letters_take_two_columns():
    assert aligned([("新闻", "x"), ("news", "x")]) == ["新闻  x", "news  x"]


def test_no_line_ends_in_spaces_and_a_long_last_cell_widens_no_other():
    assert aligned([("a", "long text"), ("b", "")]) == ["a  long text", "b"]


def test_of_no_rows_there_are_no_lines():
    assert aligned([]) == []
