"""What hides or runs within Markdown's paragraphs is in the account, as what stands between them is."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner import Options
from cleaner.building.from_markdown import build
from cleaner.building.hidden_markup import with_hidden_markup
from cleaner.judging.override import keep_visible
from cleaner.readers.markdown import read
from cleaner.verdict import Category, Cut, Judgement, Verdict

TEXT = "The county council met on Tuesday and agreed to rebuild the old stone bridge before winter comes."
MARKDOWN = Options(input_kind="markdown")


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ("<script>go()</script>", "script"),
        ("<script src=a.js></script>", "script"),
        ("<!-- to do -->", "comment"),
        ("<span hidden>secret</span>", "hidden attribute"),
        ('<span style="display:none">secret *word*</span>', "display:none"),
        ("<span popover>secret</span>", "closed popover"),
        ("<span hidden>secret\nand more</span>", "hidden attribute"),
    ],
)
@pytest.mark.parametrize("level", ["none", "standard"])
def test_each_stretch_is_told_with_its_reason_and_its_place(markup: str, rule: str, level: str) -> None:
    source = f"{TEXT} And {markup} then. {TEXT}\n\n{TEXT}\n"
    document = cleaner.clean(source, options=Options(input_kind="markdown", level=level))
    assert {(removal.category, removal.rule) for removal in document.removed} == {(Category.HIDDEN, rule)}
    assert "".join(removal.text for removal in document.removed).split() == markup.split()
    assert all(source[removal.start : removal.end] == removal.text for removal in document.removed)
    assert document.outcome == "cleaned"
    assert document.to_markdown().split() == source.replace(markup, "").split()


@pytest.mark.parametrize(
    "source",
    [
        f"{TEXT} `<script>x</script>` {TEXT}",
        f"{TEXT}\n\n```\n<script>x</script>\n```",
        f"{TEXT} <b>bold</b> <!-- --> {TEXT}",
        f"{TEXT} \\<b hidden>{TEXT}",
        f"{TEXT} <!-- {TEXT}",
    ],
)
def test_what_shows_is_not_told(source: str) -> None:
    assert not cleaner.clean(source, options=MARKDOWN).removed


def test_what_is_wanted_to_stay_is_not_told() -> None:
    document = cleaner.clean(f"{TEXT} <b hidden>x</b>", options=Options(input_kind="markdown", unsafe_links=True))
    assert not document.removed
    assert "<b hidden>x</b>" in document.to_markdown()


def test_what_goes_for_another_reason_is_told_once() -> None:
    reading = read("one <b hidden>two</b> three <i hidden>four</i> five", None)
    spam = Cut(0, 4, 15, Category.SPAM, "spam", 0.1)
    judgement = Judgement([Verdict(keep=True, score=1.0)], cuts=[spam])
    assert [(cut.start, cut.rule) for cut in with_hidden_markup(judgement, reading, MARKDOWN).cuts] == [
        (4, "spam"),
        (28, "hidden attribute"),
    ]
    gone = Judgement([Verdict(keep=False, score=0.0)])
    assert with_hidden_markup(gone, reading, MARKDOWN) is gone


@pytest.mark.parametrize("beginning", ["[a " * 500, "word " * 50_000])
def test_what_is_too_much_for_the_parser_hides_and_runs_nothing_either(beginning: str) -> None:
    source = f"{TEXT} {beginning}<b hidden>x</b> <script>go()</script> [y](javascript:go()) {TEXT}"
    written = cleaner.clean(source, options=MARKDOWN).to_markdown()
    assert written.endswith(f"y {TEXT}\n")
    assert not any(bad in written for bad in ("hidden", "script"))


PIECES = st.sampled_from(
    [
        "word ",
        "<b hidden>",
        "</b>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "`",
        "| a |",
        "*",
        "<b>",
    ]
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_cuts_are_apart_and_take_out_no_more_than_goes_without_them(source: str) -> None:
    options = Options(input_kind="markdown", level="none")
    document = cleaner.clean(source, options=options)
    places = [(removal.start, removal.end) for removal in document.removed]
    assert all(end <= begin for (_, end), (begin, _) in pairwise(places))
    reading = read(source, None)
    plain = "".join(block.source for block in build(reading, keep_visible(reading.page), options))  # type: ignore[union-attr]
    assert re.findall(r"\w+", document.to_markdown()) == re.findall(r"\w+", plain)  # markers of nothing go
