"""The second engine's candidate becomes a column; its failures become an empty one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import readability

from cleaner.judging.second_opinion import ask_readability
from cleaner.readers.html import read

if TYPE_CHECKING:
    from conftest import RunCleaner

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


def test_an_engine_that_is_not_installed_is_named_once_before_any_page(
    run_cleaner: RunCleaner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "readability", None)
    monkeypatch.chdir(tmp_path)
    for name in "ab":
        Path(f"{name}.html").write_text(MARKUP)
    ran = run_cleaner("--engine", "readability", "a.html", "b.html", "-o", "out")
    assert ran.code == 2
    assert ran.err == "cleaner: this judge needs readability-lxml (pip install 'cleaner[readability]')\n"
    assert not Path("out").exists()
