"""Completion scripts, and what they get when they ask; the man page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner.cli.manual import man_page

if TYPE_CHECKING:
    from conftest import RunCleaner


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_asks_cleaner(run_cleaner: RunCleaner, shell: str) -> None:
    done = run_cleaner("completion", shell)
    assert done.code == 0
    assert "_CLEANER_COMPLETE" in done.text


def test_options_and_their_words_are_completed(run_cleaner: RunCleaner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_CLEANER_COMPLETE", "zsh_complete")
    monkeypatch.setenv("COMP_WORDS", "cleaner --lev")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert "--level" in run_cleaner().text
    monkeypatch.setenv("COMP_WORDS", "cleaner --level g")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert "gentle" in run_cleaner().text


def test_the_man_page_has_every_option_and_no_line_that_is_a_request_by_chance() -> None:
    page = man_page()
    assert "\\-\\-in\\-place" in page
    requests = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert not [line for line in page.splitlines() if line.startswith(" ")]  # which would begin a paragraph
    assert requests == {".TH", ".SH", ".SS", ".TP", ".B", ".PP"}
