"""The manifest: what is done, by content, options and version; what changed is made anew."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import cleaner
from cleaner.batch.manifest import NAME, Manifest
from cleaner.errors import ExitCode, UnwritableOutput, UsageError

if TYPE_CHECKING:
    from conftest import RunCleaner

TEXT = "The council met on Tuesday and agreed to rebuild the old stone bridge before the winter comes.\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name in ("a", "b"):
        Path(f"in/{name}.txt").write_text(TEXT * 2)


def rows(columns: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(f"out/{NAME}")
    try:
        return database.execute(f"SELECT {columns} FROM page ORDER BY output").fetchall()
    finally:
        database.close()


def test_it_says_what_each_output_was_made_of(run_cleaner: RunCleaner) -> None:
    Path("in/empty.txt").write_text(" ")
    run_cleaner("in", "-o", "out")
    assert rows("output, outcome, size, version") == [
        ("a.md", "unchanged", len(TEXT) * 2, cleaner.__version__),
        ("b.md", "unchanged", len(TEXT) * 2, cleaner.__version__),
        ("empty.md", "nothing", 1, cleaner.__version__),
    ]
    assert rows("input, written, error")[2] == (
        str(Path("in/empty.txt").absolute()),
        None,
        "there is no text in it",
    )


@pytest.mark.parametrize("change", ["content", "options", "output", "size", "version"])
def test_resuming_makes_anew_what_changed(
    change: str, run_cleaner: RunCleaner, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_cleaner("in", "-o", "out")
    again = ["in", "-o", "out", "--resume"]
    assert "2 done before" in run_cleaner(*again).err
    match change:
        case "content":
            Path("in/a.txt").write_text(TEXT * 3)
        case "options":
            again += ["--no-links"]
        case "output":
            Path("out/a.md").unlink()
        case "size":
            Path("out/a.md").write_text("cut")
        case "version":
            monkeypatch.setattr(cleaner, "__version__", "9.9")
    told = run_cleaner(*again).err
    assert ("done before" in told) == (change not in {"options", "version"})
    assert Path("out/a.md").read_text().startswith("The council")
    assert run_cleaner(*again).err == "cleaner: 2 files: 2 done before\n"


def test_without_resume_all_is_made_anew(run_cleaner: RunCleaner) -> None:
    run_cleaner("in", "-o", "out")
    assert run_cleaner("in", "-o", "out").err == "cleaner: 2 files: 2 unchanged\n"


def test_other_formats_live_in_the_same_folder(run_cleaner: RunCleaner) -> None:
    run_cleaner("in", "-o", "out")
    run_cleaner("in", "-o", "out", "-t", "json")
    assert len(rows("output")) == 4
    for form in ("markdown", "json"):
        assert "2 done before" in run_cleaner("in", "-o", "out", "-t", form, "--resume").err


def test_the_output_of_a_page_that_has_no_document_any_more_goes(run_cleaner: RunCleaner) -> None:
    run_cleaner("in", "-o", "out")
    Path("in/a.txt").write_text("")
    Path("in/b.txt").write_text("")
    Path("out/b.md").write_text("edited by somebody")
    assert run_cleaner("in", "-o", "out", "--resume").code == ExitCode.PARTIAL
    assert [path.name for path in Path("out").glob("*.md")] == ["b.md"]


def test_a_second_run_into_the_same_folder_is_refused(run_cleaner: RunCleaner) -> None:
    with Manifest(Path("out")):
        ran = run_cleaner("in", "-o", "out")
    assert ran.code == ExitCode.USAGE
    assert ran.err == "cleaner: another run writes to this folder: out (wait until it has ended)\n"


def test_what_is_no_manifest_is_not_touched(run_cleaner: RunCleaner) -> None:
    Path("out").mkdir()
    Path(f"out/{NAME}").write_text("my own notes, which are no database\n" * 100)
    ran = run_cleaner("in", "-o", "out")
    assert ran.code == ExitCode.USAGE
    assert len(ran.err.splitlines()) == 1
    assert Path(f"out/{NAME}").read_text().startswith("my own notes")


def test_a_manifest_of_another_layout_is_refused() -> None:
    Path("out").mkdir()
    database = sqlite3.connect(f"out/{NAME}")
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(UsageError, match="another version"):
        Manifest(Path("out"))


def test_a_folder_that_can_not_be_made_is_told() -> None:
    Path("file").write_text("")
    with pytest.raises(UnwritableOutput):
        Manifest(Path("file/out"))


def test_after_a_run_that_was_killed_its_temporary_files_go(run_cleaner: RunCleaner) -> None:
    Path("out/d").mkdir(parents=True)
    killed = Manifest(Path("out"))
    killed._database.close()
    left, others = Path("out/d/.cleaner-123-0123456789ab.tmp"), Path("out/d/.cleaner-notes.tmp")
    left.touch()
    others.touch()
    run_cleaner("in", "-o", "out", "--resume")
    assert not left.exists()
    assert others.exists()
