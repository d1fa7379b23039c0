"""The second engine's candidate becomes a column; its failures become an empty one."""

from __future__ import annotations

import pytest
import readability

from cleaner.judging.second_opinion import ask_readability
from cleaner.readers.html import read

STORY = "The harbour was dredged again this week, after two winters in which boats left only at high water. " * 3
MARKUP = (
    f"<html><body><div class=nav><a href=/>Home</a></div><div class=story>{f'<p>{STORY}</p>' * 4}</div></body></html>"
)


def test_blocks_of_the_candidate_are_held_and_others_not() -> None:
    page = read(MARKUP, None).page
    ask_readability(MARKUP, page)
    assert page.candidate == [0.0, 1.0, 1.0, 1.0, 1.0]


@pytest.mark.parametrize("markup", ["", "<p>", "\x00", "<html><body></body></html>"])
def test_pages_it_can_t_read_leave_the_column_empty_or_full(markup: str) -> None:
    page = read(markup, None).page
    ask_readability(markup, page)
    assert page.candidate in ([], [0.0] * len(page))


def test_a_failing_engine_leaves_the_column_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> str:
        raise RecursionError

    monkeypatch.setattr(readability.Document, "summary", fail)
    page = read(MARKUP, None).page
    ask_readability(MARKUP, page)
    assert page.candidate == []
