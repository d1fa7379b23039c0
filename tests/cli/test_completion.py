"""Completion scripts, and what they get when they ask; the man page."""

from __future__ import annotations

from pathlib import Path
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


@pytest.mark.parametrize(
    ("typed", "offered"), [("r", ["file,r", "plain,run", "plain,rules", "plain,report"]), ("page.h", ["file,page.h"])]
)
def test_commands_and_files_are_completed(
    run_cleaner: RunCleaner, monkeypatch: pytest.MonkeyPatch, typed: str, offered: list[str]
) -> None:
    monkeypatch.setenv("_CLEANER_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", f"cleaner {typed}")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert run_cleaner().text.split() == offered


@pytest.mark.parametrize(("typed", "meant"), [("lern", "learn"), ("rnu", "run"), ("expalin", "explain")])
def test_a_misspelt_command_is_told_even_with_arguments(run_cleaner: RunCleaner, typed: str, meant: str) -> None:
    done = run_cleaner(typed, "page.html")
    assert done.code == 2
    assert done.err == f"cleaner: no such file or command: {typed} (did you mean cleaner {meant}?)\n"


def test_a_file_that_is_named_nearly_like_a_command_is_a_file(
    run_cleaner: RunCleaner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("reports").write_text("The council met on Tuesday.\n", "utf-8")
    assert run_cleaner("reports").code == 0
    assert "command" not in run_cleaner("notes").err


def test_the_man_page_has_every_option_and_no_line_that_is_a_request_by_chance() -> None:
    page = man_page()
    assert "\\-\\-in\\-place" in page
    requests = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert not [line for line in page.splitlines() if line.startswith(" ")]  # which would begin a paragraph
    assert requests == {".TH", ".SH", ".SS", ".TP", ".B", ".PP"}
