"""`cleaner report`: what a manifest tells, as text, data and a page that runs nothing."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import RunCleaner

TEXT = "The council met on Tuesday and agreed to rebuild the old stone bridge before the winter comes.\n"
CHROME = "\n京ICP备12345678号-1\n"
PAGE = (
    '<html><head><title>Bridge</title><link rel=canonical href="https://news.example/a"></head><body><h1>Bridge</h1>'
    f"<p>{TEXT * 2}</p></body></html>"
)
HOSTILE = "a$b <script>alert(1)$.txt"


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name, text in (("a.txt", TEXT + CHROME), ("b.html", PAGE), ("empty.txt", ""), (HOSTILE, TEXT)):
        Path("in", name).write_text(text, encoding="utf-8")


def test_everything_is_counted(run_cleaner: RunCleaner) -> None:
    run_cleaner("in", "-o", "out")
    told = json.loads(run_cleaner("report", "out", "--format", "json").text)
    assert told["pages"] == 4
    assert {one["name"]: one["pages"] for one in told["outcomes"]} == {"cleaned": 1, "unchanged": 2, "nothing": 1}
    assert told["categories"] == [{"name": "registration", "pages": 1, "blocks": 1}]
    hosts = {one["name"]: (one["pages"], one["without"]) for one in told["hosts"]}
    assert hosts == {"": (3, 1), "news.example": (1, 0)}
    assert sum(told["histogram"]) == sum(one["sureness"] is not None for one in told["least_sure"])
    scores = [one["sureness"] for one in told["least_sure"]]
    assert scores == sorted(scores)
    assert {one["name"] for one in told["charsets"]} == {"utf-8"}
    assert len(told["slowest"]) == 4


def test_as_text_each_part_has_its_table(run_cleaner: RunCleaner) -> None:
    run_cleaner("in", "-o", "out")
    ran = run_cleaner("report", "out", "--most", "1")
    assert ran.code == 0
    for words in ("4 pages, ", "Outcomes\n", "registration", "Least sure pages", "cleaner explain ", "(not known)"):
        assert words in ran.text


def test_the_page_is_whole_runs_nothing_and_shows_names_as_text(run_cleaner: RunCleaner) -> None:
    pytest.importorskip("matplotlib")
    run_cleaner("in", "-o", "out")
    assert run_cleaner("report", "out", "-o", "report.html", "--explanations", "why").code == 0
    page = Path("report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "default-src 'none'; style-src 'sha256-" in page
    assert not re.search(r"\sstyle=|javascript:|\son\w+=", page.replace(str(Path.cwd()), ""))
    assert not re.search(r'(?:src|href)="(?!why/\d{4}\.html")', page)
    assert page.count("<svg") == 4
    assert "a$b &lt;script&gt;alert(1)" in page
    for address in re.findall(r'href="([^"]+)"', page):
        assert "<!doctype html>" in Path(address).read_text(encoding="utf-8")


def test_the_same_manifest_gives_the_same_page(run_cleaner: RunCleaner) -> None:
    pytest.importorskip("matplotlib")
    run_cleaner("in", "-o", "out")
    assert run_cleaner("report", "out", "--format", "html").out == run_cleaner("report", "out", "--format", "html").out


def test_without_matplotlib_the_command_that_installs_it_is_told(
    run_cleaner: RunCleaner, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_cleaner("in", "-o", "out")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ran = run_cleaner("report", "out", "--format", "html")
    assert ran.code == 2
    assert ran.err == "cleaner: a report as HTML needs matplotlib (pip install 'cleaner[report]')\n"


def test_an_input_that_is_gone_is_told_and_its_command_shown(run_cleaner: RunCleaner) -> None:
    pytest.importorskip("matplotlib")
    run_cleaner("in", "-o", "out")
    Path("in/b.html").unlink()
    ran = run_cleaner("report", "out", "-o", "report.html", "--explanations", "why")
    assert ran.code == 0
    assert "no such file or directory" in ran.err
    assert f"<code>cleaner explain {Path('in/b.html').absolute()}</code>" in Path("report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["in"], "there is no manifest in it: in"),
        (["nowhere"], "there is no manifest in it: nowhere"),
        (["out", "--explanations", "why"], "--explanations goes with a page in a file"),
        (["broken"], "file is not a database"),
    ],
)
def test_what_makes_no_report_is_told_in_a_line(arguments: list[str], message: str, run_cleaner: RunCleaner) -> None:
    run_cleaner("in", "-o", "out")
    Path("broken").mkdir()
    Path("broken/.cleaner.sqlite").write_bytes(b"no database" * 99)
    ran = run_cleaner("report", *arguments)
    assert ran.code == 2
    assert message in ran.err
    assert ran.err.count("\n") == 1


def test_a_manifest_of_an_earlier_version_goes_on_and_tells_what_it_knows(run_cleaner: RunCleaner) -> None:
    run_cleaner("in", "-o", "out")
    database = sqlite3.connect("out/.cleaner.sqlite")
    for column in ("categories", "charset", "host"):
        database.execute(f"ALTER TABLE page DROP COLUMN {column}")
    database.execute("PRAGMA user_version = 1")
    database.close()
    assert "clean once more with --resume" in run_cleaner("report", "out").err
    assert "3 done before" in run_cleaner("in", "-o", "out", "--resume").err
    told = json.loads(run_cleaner("report", "out", "--format", "json").text)
    assert told["pages"] == 4
    assert told["categories"] == []


def test_harm_is_told_once_for_many_files_and_by_name_on_request(run_cleaner: RunCleaner) -> None:
    for name in ("one", "two"):
        Path(f"in/{name}.txt").write_text(TEXT + "Then 锟斤拷 came.\n", encoding="utf-8")
    ran = run_cleaner("in", "-o", "out", "--report", "files.json")
    assert ran.err.count("cleaner: 2 files hold characters that were lost before: -v names them, --report") == 1
    assert "one.txt" not in ran.err
    rows = json.loads(Path("files.json").read_text(encoding="utf-8"))["files"]
    assert [Path(row["input"]).name for row in rows if row["lost"]] == ["one.txt", "two.txt"]
    assert run_cleaner("in", "-o", "out", "-v").err.count("lost before, and can't be brought back") == 2
    assert "lost before, and can't be brought back" in run_cleaner("in/one.txt").err
