"""What of raw HTML in Markdown stays to the letter, and what goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.building.active_markup import can_act, without_active


@pytest.mark.parametrize(
    "markup",
    [
        '<p align="center"><img src="a.png" alt="A > b"></p>',
        "<details>\n<summary>More</summary>\nhidden words\n</details>",
        '<p style="text-align:center">seen</p>',
        '<a href="https://example.org/?a=1&amp;b=2">words</a><br/>',
        "`<script>` and ``<b onclick=x>`` are code, 1 < 2 > 1",
        "parted <!-- --> here",
        '<img src="data:image/png;base64,iVBO" alt=x>',
    ],
)
def test_what_only_sets_text_stays_to_the_letter(markup: str) -> None:
    assert without_active(markup) == markup
    assert not can_act(markup)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a<script>b</script>c", "ac"),
        ("a<SCRIPT\n>b\n</SCRIPT\n>c", "a\n\n\nc"),
        ("a<script>b", "a"),
        ("a<!-- b -->c<!b>d<?b?>e", "acde"),
        ("<b onclick=go()>x</b>", "<b>x</b>"),
        ("<b/onclick=go()>x</b>", "<b>x</b>"),
        ('<img alt=">" onerror="go()" src=x>', '<img alt=">" src=x>'),
        ("<img alt='\"' onerror=go()\nsrc=x>", "<img alt='\"'\nsrc=x>"),
        (f'<b onclick="{"x" * 9000}">x</b>', "<b>x</b>"),
        (f'<b title="{"x" * 30000}" onclick=go()>', f'&lt;b title="{"x" * 30000}" onclick=go()>'),
        (f'<a href="javascript:{"x" * 9000}">x</a>', "<a>x</a>"),
        ("<a href=&#106;avascript:x>x</a>", "<a>x</a>"),
        ("<i style='display:none'>a<i>b</i>c</i>d", "d"),
        ("<i style='display&colon;none'>a</i>d", "d"),
        ("<i hidden>a</i>d", "d"),
        ("<img hidden src=x>d", "d"),
        ("<i style='background:url(x)'>d</i>", "<i>d</i>"),
        ("<form action=x><input value=y>d</form>", "d"),
    ],
)
def test_what_runs_loads_or_hides_goes(markup: str, expected: str) -> None:
    assert without_active(markup) == expected
    assert can_act(markup)


TAGS = ["<script", "</script>", "<b ", "onclick=", "<i hidden>", "</i>", "<!--", "-->"]
PARTS = st.sampled_from([*TAGS, "<", ">", "x", '"', "'", " ", "\n", "/", "=", "`"])


@given(st.lists(PARTS, max_size=30).map("".join))
def test_lines_stay_lines(markup: str) -> None:
    assert without_active(markup).count("\n") == markup.count("\n")


def test_comments_of_a_repository_s_own_files_stay_at_the_gentle_level() -> None:
    page = (
        "<!-- begin: badges -->\n\nThe bridge <!-- old -->is open.\n\n<!--\nfor a tool\n-->\n\n<script>run()</script>\n"
    )
    gentle = cleaner.clean(page, options=cleaner.Options(input_kind="markdown", level="gentle")).to_markdown()
    assert gentle == page.replace("\n<script>run()</script>\n", "")
    standard = cleaner.clean(page, options=cleaner.Options(input_kind="markdown")).to_markdown()
    assert standard == "The bridge is open.\n"
