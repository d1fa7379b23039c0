"""Runs over many files: reports, early ends, lists of inputs, killed runs, watching."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleaner.batch import watch
from cleaner.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import RunCleaner

TEXT = "The council met on Tuesday and agreed to rebuild the old stone bridge before the winter comes.\n"
CHROME = "版权所有 清水县人民政府 滇ICP备05000000号-1\n"


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def make(*names: str, text: str = TEXT) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")


def tree(folder: str) -> dict[str, bytes]:
    """All outputs, without the manifest, which holds times."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in Path(folder).rglob("*")
        if path.is_file() and not path.name.startswith(".cleaner.sqlite")
    }


def test_the_report_says_what_became_of_each_input(run_cleaner: RunCleaner) -> None:
    make("in/a.txt", text=TEXT + CHROME)
    make("in/empty.txt", text="")
    run_cleaner("in", "-o", "out", "--report", "report.json")
    report = json.loads(Path("report.json").read_text(encoding="utf-8"))
    assert report["outcomes"] == {"cleaned": 1, "nothing": 1}
    cleaned, empty = report["files"]
    assert (cleaned["input"], cleaned["output"], cleaned["kind"]) == ("in/a.txt", "out/a.md", "text")
    assert cleaned["removed"] > 0
    assert (empty["output"], empty["error"]) == (None, "there is no text in it")


def test_the_report_can_be_a_table_or_a_page(run_cleaner: RunCleaner) -> None:
    make("in/=1+1.txt", "in/<b>.txt")
    run_cleaner("in", "-o", "out", "--report", "report.csv")
    run_cleaner("in", "-o", "out", "--report", "report.html")
    with Path("report.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["outcome"] for row in rows] == ["unchanged", "unchanged"]
    assert "in/&lt;b&gt;.txt" in Path("report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--report", "r.xml"], "ends in .json, .csv or .html"),
        (["--report", "in/a.txt"], "ends in .json"),
        (["-0"], "needs --files-from"),
        (["--files-from", "nope"], "no such file or directory: nope"),
        (["--exclude", "!"], "not a pattern"),
    ],
)
def test_what_makes_no_sense_is_told_in_a_line(arguments: list[str], message: str, run_cleaner: RunCleaner) -> None:
    make("in/a.txt")
    ran = run_cleaner("in", "-o", "out", *arguments)
    assert ran.code == ExitCode.USAGE
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not Path("out").exists()


@pytest.mark.parametrize("option", [["--fail-fast"], ["--max-failures", "1"]])
def test_a_run_can_end_at_the_first_failure(option: list[str], run_cleaner: RunCleaner) -> None:
    make("in/a.txt", text="")
    make(*[f"in/b{number}.txt" for number in range(5)])
    ran = run_cleaner("in", "-o", "out", "-j", "1", *option)
    assert ran.code == ExitCode.PARTIAL
    assert "ended after 1 failures; not tried, or not waited for: 5" in ran.err


def test_names_of_inputs_come_from_a_list(run_cleaner: RunCleaner) -> None:
    make("in/a.txt", "in/b c.txt", "in/d\ne.txt", "in/other.txt")
    Path("list").write_text("in/a.txt\n\nin/b c.txt\r\nin/nope.txt\n")
    ran = run_cleaner("--files-from", "list", "-o", "out")
    assert ran.code == ExitCode.PARTIAL
    assert set(tree("out")) == {"a.md", "b c.md"}
    run_cleaner("--files-from", "-", "-0", "-o", "out0", stdin=b"in/d\ne.txt\0in/a.txt\0")
    assert set(tree("out0")) == {"a.md", "d%0Ae.md"}


def test_patterns_choose_the_inputs(run_cleaner: RunCleaner) -> None:
    make("in/a.php", "in/b.php", "in/c.txt", "in/old/d.php")
    ran = run_cleaner("in", "-o", "out", "--include", "*.php", "--exclude", "b.*", "--exclude", "old/")
    assert set(tree("out")) == {"a.php.md"}
    assert "(skipped: 2 excluded, 1 not included)" in ran.err


def test_several_documents_go_to_standard_output_in_the_order_of_their_names(run_cleaner: RunCleaner) -> None:
    for number in range(30):
        make(f"in/{number:02}.txt", text=f"Page {number}. {TEXT}" * (1 + number % 3))
    lines = [json.dumps(json.loads(line)) for line in run_cleaner("in", "-t", "jsonl", "-j", "2").text.splitlines()]
    assert [f"Page {number}." in line for number, line in enumerate(lines)] == [True] * 30


def test_the_same_bytes_with_any_number_of_workers(run_cleaner: RunCleaner) -> None:
    for number in range(50):
        make(f"in/{number % 3}/{number}.txt", text=TEXT * (1 + number % 7) + CHROME)
    for jobs in ("1", "2", "3"):
        run_cleaner("in", "-o", f"out{jobs}", "-j", jobs, "--explain-file", f"account{jobs}")
    assert len(tree("out1")) == 50
    assert tree("out1") == tree("out2") == tree("out3")
    assert Path("account1").read_bytes() == Path("account2").read_bytes() == Path("account3").read_bytes()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
@pytest.mark.parametrize("moment", [1, 30, 55])
def test_a_killed_run_is_resumed_to_the_same_tree(moment: int, run_cleaner: RunCleaner) -> None:
    for number in range(60):
        make(f"in/{number % 7}/{number}.txt", text=TEXT * (1 + number % 5) + CHROME)
    run_cleaner("in", "-o", "whole")
    command = [sys.executable, "-m", "cleaner", "in", "-o", "out", "-v", "-j", "2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        assert process.stderr
        for _ in range(moment):
            process.stderr.readline()
        process.kill()
    ran = run_cleaner("in", "-o", "out", "--resume")
    assert ran.code == ExitCode.DONE
    assert tree("out") == tree("whole")


def test_watching_cleans_what_changes_and_removes_what_goes(
    run_cleaner: RunCleaner, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("in/a.txt", "in/b.txt", "in/c.txt")
    make("out/note.md")

    def changes() -> Iterator[frozenset[str]]:
        assert set(tree("out")) == {"a.md", "b.md", "c.md", "note.md"}
        make("in/a.txt", text="Another bridge. " + TEXT)
        make("in/d/new.txt")
        Path("in/b.txt").unlink()
        yield frozenset({str(Path("in/a.txt").absolute())})
        assert set(tree("out")) == {"a.md", "c.md", "d/new.md", "note.md"}
        assert Path("out/a.md").read_text().startswith("Another")

    monkeypatch.setattr("cleaner.batch.watch.changes", lambda paths, output: changes())
    ran = run_cleaner("in", "-o", "out", "--watch", "-v")
    assert ran.code == ExitCode.DONE
    assert "in/c.txt → " in ran.err
    assert ran.err.count("in/c.txt → ") == 1


def test_watching_without_its_library_says_what_to_install(
    run_cleaner: RunCleaner, monkeypatch: pytest.MonkeyPatch
) -> None:
    make("in/a.txt")
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    ran = run_cleaner("in", "-o", "out", "--watch")
    assert ran.code == ExitCode.USAGE
    assert ran.err == "cleaner: --watch needs watchfiles (pip install 'cleaner[watch]')\n"
    assert not Path("out").exists()


def test_changes_in_the_output_folder_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Library:
        @staticmethod
        def watch(*paths: str, **options: object) -> Iterator[set[tuple[int, str]]]:
            assert paths == ("in",)
            yield set()
            yield {(1, str(tmp_path / "in/out/a.md"))}
            yield {(1, str(tmp_path / "in/out/b.md")), (2, str(tmp_path / "in/a.txt"))}

    monkeypatch.setitem(sys.modules, "watchfiles", Library)
    assert list(watch.changes(["in"], Path("in/out"))) == [frozenset({str(tmp_path / "in/a.txt")})]


@pytest.mark.parametrize("names", [["docs/a.txt"], ["docs/a.txt", "docs/b.txt"]])
def test_named_files_obey_exclude_where_it_is_forced_on_them(names: list[str], run_cleaner: RunCleaner) -> None:
    make(*names, text=TEXT + CHROME)
    assert run_cleaner("--check", *names, "--exclude", "docs/").code == 1
    forced = run_cleaner("--check", *names, "--exclude", "docs/", "--force-exclude")
    assert forced.code == 0
    assert f"(skipped: {len(names)} excluded)" in forced.err
    assert run_cleaner("--check", names[0], "--exclude", "other/", "--force-exclude").code == 1


def test_named_files_obey_the_exclude_of_settings_where_it_is_forced_on_them(run_cleaner: RunCleaner) -> None:
    make("docs/a.txt", text=TEXT + CHROME)
    Path("cleaner.toml").write_text('exclude = ["docs/"]\n', encoding="utf-8")
    assert run_cleaner("-i", "docs/a.txt", "--force-exclude").code == 0
    assert Path("docs/a.txt").read_text(encoding="utf-8") == TEXT + CHROME
    assert run_cleaner("-i", "docs/a.txt").code == 0
    assert Path("docs/a.txt").read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("option", ["-i", "--check", "--diff"])
def test_a_file_that_would_be_emptied_ends_alike_in_place_and_checked(option: str, run_cleaner: RunCleaner) -> None:
    chrome = "分享到： 微信 微博 QQ空间\n\n京ICP备12345678号-1\n版权所有 青河网\n"
    make("a.txt", text=chrome)
    ran = run_cleaner(option, "a.txt")
    assert (ran.code, ran.out) == (3, b"")
    assert "nothing would be left, so the file stays as it is" in ran.err
    assert Path("a.txt").read_text(encoding="utf-8") == chrome
