"""`cleaner explain`: the page in its own order, what went beside what stayed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleaner.errors import ExitCode

if TYPE_CHECKING:
    from conftest import RunCleaner

TEXT = (
    "首页 | 新闻 | 公告\n柳湾镇老桥加固\n柳湾镇的老桥今年春天开始加固，施工队把桥面分成两半，一半通车，一半换板。\n"
    "镇里说，工程预计两个月完工，期间大货车绕行东环路，行人照常通过。\n分享到： 微信 微博\n滇ICP备05000000号-1\n"
)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(TEXT, encoding="utf-8")


def test_what_stays_is_plain_and_what_goes_is_dim_and_struck(run_cleaner: RunCleaner) -> None:
    lines = run_cleaner("explain", "--color", "always", "page.txt").text.splitlines()
    share = next(line for line in lines if "分享到" in line)
    assert "\x1b[2;9m分享到" in share
    assert "share" in share
    body = next(line for line in lines if "镇里说" in line)
    assert body.endswith("镇里说，工程预计两个月完工，期间大货车绕行东环路，行人照常通过。")


def test_nothing_moves_the_cursor_so_that_a_pager_can_show_it(run_cleaner: RunCleaner) -> None:
    out = run_cleaner("explain", "--color", "always", "--reasons", "page.txt").text
    assert set(re.findall(r"\x1b\[[^A-Za-z]*([A-Za-z])", out)) == {"m"}
    assert "\r" not in out


def test_no_line_is_wider_than_the_terminal(run_cleaner: RunCleaner, monkeypatch: pytest.MonkeyPatch) -> None:
    from cleaner.widths import columns

    monkeypatch.setenv("COLUMNS", "60")
    out = run_cleaner("explain", "page.txt").text
    assert max(columns(line) for line in out.split("\n\n", 1)[1].splitlines()) <= 60


def test_control_characters_of_a_page_do_not_reach_the_terminal(run_cleaner: RunCleaner) -> None:
    out = run_cleaner("explain", "-", stdin=b"<p>A \x1b]0;owned\x07 sentence that stays on the page.</p>")
    assert b"\x1b" not in out.out


def test_only_what_was_removed_is_shown_when_asked(run_cleaner: RunCleaner) -> None:
    out = run_cleaner("explain", "--removed-only", "page.txt").text
    assert "镇里说" not in out
    assert "分享到" in out
    out = run_cleaner("explain", "--category", "share", "--category", "registration", "page.txt").text
    assert "分享到" in out
    assert "滇ICP备" in out
    assert "首页" not in out


def test_a_category_that_nothing_has_says_so(run_cleaner: RunCleaner) -> None:
    assert "nothing was removed as spam" in run_cleaner("explain", "--category", "spam", "page.txt").text


def test_a_misspelt_category_is_answered_with_the_right_one(run_cleaner: RunCleaner) -> None:
    ran = run_cleaner("explain", "--category", "spma", "page.txt")
    assert ran.code == ExitCode.USAGE
    assert "did you mean spam?" in ran.err
    assert ran.err.count("\n") == 1


def test_reasons_name_the_rule_or_what_moved_the_score(run_cleaner: RunCleaner) -> None:
    out = run_cleaner("explain", "--reasons", "page.txt").text
    assert "removed as share by share-to-zh" in out
    page = f"<nav><a href=/>Start</a></nav><main><h1>T</h1>{'<p>' + 'All of this text stays on the page. ' * 9}</main>"
    out = run_cleaner("explain", "--reasons", "-", stdin=page.encode()).text
    assert "removed as navigation by the block model" in out
    assert re.search(r"−\d\.\d\d  in a nav element", out)


def test_data_and_pages_come_by_name_or_by_option(run_cleaner: RunCleaner) -> None:
    assert run_cleaner("explain", "page.txt", "-o", "out.json").code == ExitCode.DONE
    assert json.loads(Path("out.json").read_bytes()) == json.loads(run_cleaner("explain", "-t", "json", "page.txt").out)
    run_cleaner("explain", "page.txt", "-o", "out.html")
    assert Path("out.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    run_cleaner("explain", "page.txt", "-o", "out.txt")
    assert "\x1b" not in Path("out.txt").read_text(encoding="utf-8")


def test_several_files_are_told_one_after_another(run_cleaner: RunCleaner) -> None:
    Path("other.txt").write_text(TEXT, encoding="utf-8")
    ran = run_cleaner("explain", "page.txt", "nope.txt", "other.txt")
    assert ran.code == ExitCode.PARTIAL
    assert ran.text.index("page.txt") < ran.text.index("other.txt")
    assert "no such file or directory: nope.txt" in ran.err
    assert len(run_cleaner("explain", "-t", "json", "page.txt", "other.txt").text.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("page.txt", "page.txt", "-o", "out.html"), "a page explains one document"),
        (("page.txt", "-o", "page.txt"), "-o is one of the inputs"),
        (("page.txt", "-t", "json", "--reasons"), "--reasons goes with text"),
        (("page.txt", "-o", "out.html", "--category", "spam"), "--category goes with text"),
        (("page.txt", "page.txt", "--url", "https://example.org/"), "--url goes with one document"),
    ],
)
def test_what_does_not_go_together_is_refused(arguments: tuple[str, ...], said: str, run_cleaner: RunCleaner) -> None:
    ran = run_cleaner("explain", *arguments)
    assert ran.code == ExitCode.USAGE
    assert said in ran.err
    assert ran.out == b""
    assert Path("page.txt").read_text(encoding="utf-8") == TEXT


def test_settings_are_obeyed(run_cleaner: RunCleaner) -> None:
    Path("cleaner.toml").write_text('keep = ["share"]\n', encoding="utf-8")
    assert "分享到" not in run_cleaner("explain", "--removed-only", "page.txt").text
    assert "分享到" in run_cleaner("explain", "--no-config", "--removed-only", "page.txt").text


def test_an_empty_file_is_an_error(run_cleaner: RunCleaner) -> None:
    Path("empty.txt").touch()
    ran = run_cleaner("explain", "empty.txt")
    assert "there is no text in it: empty.txt" in ran.err
    assert ran.code != ExitCode.DONE


def test_the_list_beside_a_document_and_the_page_itself_name_each_other(run_cleaner: RunCleaner) -> None:
    assert "cleaner --explain" in run_cleaner("explain", "--help").text
    assert "cleaner explain" in run_cleaner("clean", "--help").text
