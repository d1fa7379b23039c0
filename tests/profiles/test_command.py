"""`cleaner learn`, and the profile that it writes, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

OWN = "stay up late"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch, html_site):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    for number in range(12):
        Path("pages").mkdir(exist_ok=True)
        Path(f"pages/{number:02}.html").write_text(html_site.page(number), encoding="utf-8")


def test_a_folder_is_learnt_from_and_its_pages_are_cleaner_for_it(run_cleaner) -> None:
    learnt = run_cleaner("learn", "pages", "-o", "site.profile")
    assert (learnt.code, learnt.out) == (0, b"")
    assert learnt.err == "cleaner: 8 texts of 1 sites, from 12 pages\n"
    assert OWN in run_cleaner("pages/03.html").text
    cleaned = run_cleaner("pages/03.html", "--profile", "site.profile", "--explain")
    assert OWN not in cleaned.text
    assert "profile" in cleaned.err


def test_the_output_of_learning_is_the_same_again(run_cleaner) -> None:
    run_cleaner("learn", "pages", "-o", "one.profile", "-q")
    run_cleaner("learn", "pages/07.html", "pages", "-o", "two.profile", "-q")
    assert Path("one.profile").read_bytes() == Path("two.profile").read_bytes()


def test_records_are_learnt_from_by_their_addresses(run_cleaner, text_site) -> None:
    rows = [{"body": text_site.page(number), "at": f"https://lantern.example/{number}"} for number in range(9)]
    Path("pages.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "{}\n", encoding="utf-8")
    learnt = run_cleaner("learn", "pages.jsonl", "-o", "site.profile", "--field", "body", "--url-field", "at")
    assert learnt.code == 4
    assert "from 9 pages, 1 failed" in learnt.err
    assert '"site": "lantern.example"' in Path("site.profile").read_text(encoding="utf-8")


def test_a_page_that_cannot_be_read_is_told_and_the_others_are_learnt_from(run_cleaner) -> None:
    Path("pages/zz.html").write_bytes(b"%PDF-1.7\n\x00\x01\x02")
    learnt = run_cleaner("learn", "pages", "nowhere.html", "-o", "site.profile")
    assert learnt.code == 4
    assert "pages/zz.html" in learnt.err
    assert "no such file or directory: nowhere.html" in learnt.err
    assert Path("site.profile").is_file()


def test_too_few_pages_are_one_line_and_no_file(run_cleaner) -> None:
    learnt = run_cleaner("learn", "pages/01.html", "pages/02.html", "-o", "site.profile")
    assert learnt.code == 3
    assert learnt.err.count("\n") == 1
    assert "3 pages of a site are needed" in learnt.err
    assert not Path("site.profile").exists()


def test_a_setting_names_the_profile_from_where_it_stands(run_cleaner, monkeypatch) -> None:
    run_cleaner("learn", "pages", "-o", "site.profile", "-q")
    Path("cleaner.toml").write_text('profile = "site.profile"\n', encoding="utf-8")
    assert OWN not in run_cleaner("pages/03.html").text
    monkeypatch.chdir("pages")
    assert OWN not in run_cleaner("03.html").text
    assert 'profile = "' in run_cleaner("--show-config", "03.html").text
    monkeypatch.setenv("CLEANER_PROFILE", "../site.profile")
    assert OWN not in run_cleaner("--no-config", "03.html").text


@pytest.mark.parametrize("command", [("pages/03.html",), ("detect", "pages/03.html")])
def test_a_bad_profile_is_one_line(run_cleaner, command) -> None:
    Path("site.profile").write_text("no profile", encoding="utf-8")
    ran = run_cleaner(*command, "--profile", "site.profile")
    assert ran.code == 2
    assert ran.err == "cleaner: not a profile: site.profile (cleaner learn makes one)\n"


def test_several_pages_are_cleaned_with_the_profile_by_workers(run_cleaner) -> None:
    run_cleaner("learn", "pages", "-o", "site.profile", "-q")
    assert run_cleaner("pages", "-o", "out", "--profile", "site.profile", "-j", "2", "-q").code == 0
    assert [path.name for path in sorted(Path("out").glob("*.md")) if OWN in path.read_text(encoding="utf-8")] == []
    assert len(list(Path("out").glob("*.md"))) == 12


def test_a_run_of_two_passes_learns_then_cleans_and_gives_the_same_bytes_again(run_cleaner) -> None:
    rows = [{"html": path.read_text(encoding="utf-8")} for path in sorted(Path("pages").glob("*.html"))]
    Path("pages.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    once = ("run", "pages.jsonl", "-j", "1", "-q", "-o")
    assert run_cleaner(*once, "one").code == 0
    assert run_cleaner(*once, "two", "--two-pass").code == 0
    one, two = (Path(folder, "part-00000.jsonl").read_bytes() for folder in ("one", "two"))
    assert (one.count(OWN.encode()), two.count(OWN.encode())) == (12, 0)
    assert run_cleaner(*once, "two", "--two-pass", "--resume").code == 0
    assert run_cleaner(*once, "three", "--two-pass").code == 0
    assert Path("three/part-00000.jsonl").read_bytes() == two


def test_two_passes_do_not_go_with_a_profile(run_cleaner) -> None:
    run_cleaner("learn", "pages", "-o", "site.profile", "-q")
    ran = run_cleaner("run", "pages", "-o", "out", "--two-pass", "--profile", "site.profile")
    assert (ran.code, "--two-pass does not go with --profile" in ran.err) == (2, True)
