"""`detect` and `meta` obey settings as cleaning does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import RunCleaner

PAGE = "<title>L'\xe9t\xe9</title><h1>L'\xe9t\xe9</h1><p>Le vieux pont est ferm\xe9 jusqu'\xe0 l'hiver.</p>"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.html").write_bytes(PAGE.encode("cp1252"))
    Path("cleaner.toml").write_text('encoding = "cp850"\n', encoding="utf-8")


def test_detect_reads_the_settings_file_the_environment_and_the_command_line(
    run_cleaner: RunCleaner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def charset(*options: str) -> str:
        return str(json.loads(run_cleaner("detect", "page.html", "--format", "json", *options).text)["encoding"])

    assert charset() == "ibm850"
    assert charset("--no-config") == "windows-1252"
    monkeypatch.setenv("CLEANER_ENCODING", "cp437")
    assert charset() == "ibm437"
    assert charset("-e", "cp1252") == "windows-1252"


def test_meta_reads_the_settings_file(run_cleaner: RunCleaner) -> None:
    def title(*options: str) -> str:
        return str(json.loads(run_cleaner("meta", "page.html", "--format", "jsonl", *options).text)["title"])

    assert title("--no-config") == "L'\xe9t\xe9"
    assert title() == PAGE[7:12].encode("cp1252").decode("cp850")


@pytest.mark.parametrize("command", ["detect", "meta"])
def test_a_misspelt_setting_is_told_in_a_line(command: str, run_cleaner: RunCleaner) -> None:
    Path("other.toml").write_text("levle = 1\n", encoding="utf-8")
    ran = run_cleaner(command, "page.html", "--config", "other.toml")
    assert ran.code == 2
    assert "did you mean level?" in ran.err
    assert ran.err.count("\n") == 1
