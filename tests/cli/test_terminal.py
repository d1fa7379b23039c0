"""What is said on a terminal, and what is not said in a pipe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleaner.cli.console import shown
from cleaner.errors import ExitCode

if TYPE_CHECKING:
    from conftest import RunCleaner

CONTENT = "The council met on Tuesday and agreed to rebuild the old stone bridge before the winter comes.\n" * 3
CHROME = "版权所有 清水县人民政府 滇ICP备05000000号-1\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLEANER_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(CONTENT + CHROME, encoding="utf-8")


@pytest.mark.parametrize("arguments", [(), ("clean",), ("detect",), ("explain",), ("meta",)])
def test_on_a_terminal_without_a_file_there_is_help(arguments: tuple[str, ...], run_cleaner: RunCleaner) -> None:
    ran = run_cleaner(*arguments, terminal=True)
    assert (ran.code, ran.out) == (ExitCode.USAGE, b"")
    assert ran.err.startswith("Usage: cleaner")


def test_metadata_is_a_table_on_a_terminal(run_cleaner: RunCleaner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.cli.meta.is_terminal", lambda _stream: True)
    Path("page.html").write_text(f"<title>A [bold]new[/] bridge</title><h1>A [bold]new[/] bridge</h1><p>{CONTENT}</p>")
    ran = run_cleaner("meta", "page.html")
    assert b"A [bold]new[/] bridge" in ran.out
    assert b"found in" in ran.out


def test_the_account_is_a_coloured_table_on_a_terminal(run_cleaner: RunCleaner) -> None:
    ran = run_cleaner("--explain", "page.txt", terminal=True)
    assert "\x1b[" in ran.err
    assert "registration" in ran.err


@pytest.mark.parametrize("arguments", [("--color", "never"), ()])
def test_colour_can_be_switched_off(
    arguments: tuple[str, ...], run_cleaner: RunCleaner, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not arguments:
        monkeypatch.setenv("NO_COLOR", "1")
    ran = run_cleaner("--explain", *arguments, "page.txt", terminal=True)
    assert "\x1b[3" not in ran.err
    assert "registration" in ran.err


def test_a_pipe_gets_plain_lines_unless_colour_is_asked_for(run_cleaner: RunCleaner) -> None:
    assert "\x1b" not in run_cleaner("--explain", "page.txt").err
    assert "\x1b[" in run_cleaner("--explain", "--color", "always", "page.txt").err


def test_progress_is_shown_on_a_terminal_only_and_errors_stay_readable(run_cleaner: RunCleaner) -> None:
    Path("empty.txt").write_text("")
    ran = run_cleaner("page.txt", "empty.txt", "-o", "out", terminal=True)
    assert ran.code == ExitCode.PARTIAL
    assert "2/2" in ran.err
    assert "there is no text in it: empty.txt" in ran.err
    assert "2/2" not in run_cleaner("page.txt", "empty.txt", "-o", "out").err


def test_quiet_says_nothing_but_errors(run_cleaner: RunCleaner) -> None:
    assert run_cleaner("page.txt", "-q", "-o", "out/").err == ""
    assert run_cleaner(".", "-q", "-o", "out").err == ""
    assert run_cleaner("nope", "-q").err != ""


def test_verbose_says_how_each_file_was_read(run_cleaner: RunCleaner) -> None:
    err = run_cleaner("page.txt", "-v", "-o", "out/").err
    assert "page.txt → out/page.md: text in utf-8" in err


@pytest.mark.parametrize(
    ("name", "safe"),
    [("new\nline", r"new\nline"), ("\x1b[31mred", r"\x1b[31mred"), ("bad\udcff", r"bad\udcff"), ("中文 a", "中文 a")],
)
def test_names_are_safe_on_a_terminal(name: str, safe: str) -> None:
    assert shown(name) == safe


@pytest.mark.parametrize(("size", "code"), [("10", 2), ("1k", 0), ("1KiB", 0), ("0.1", 2), ("0", 2), ("9MB", 0)])
def test_sizes_have_units(size: str, code: int, run_cleaner: RunCleaner) -> None:
    assert run_cleaner("--max-size", size, "page.txt").code == code
