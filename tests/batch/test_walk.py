"""What of a folder is read: patterns on the command line and in ignore files."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.batch.ignore import Selection
from cleaner.batch.walk import Found, walk
from cleaner.errors import UsageError

HTML = frozenset({".html"})


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def make(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def files(selection: Selection) -> list[str]:
    return [entry.path for entry in walk("in", selection, None) if entry.kind is Found.FILE]


def test_included_files_are_read_whatever_their_suffix() -> None:
    make(in__a_html="", in__b_php="", in__d__c_php="", in__d__e_txt="")
    assert files(Selection(HTML, include=("*.php",))) == ["in/b.php", "in/d/c.php"]
    assert files(Selection(HTML, include=("d/*",))) == ["in/d/c.php", "in/d/e.txt"]


def test_excluded_files_and_folders_are_left_out() -> None:
    make(in__a_html="", in__b_html="", in__d__c_html="", in__e__d__f_html="")
    assert files(Selection(HTML, exclude=("b.html", "/d/"))) == ["in/a.html", "in/e/d/f.html"]


def test_ignore_files_hold_from_their_folder_on_down() -> None:
    make(in__a_html="", in__d__a_html="", in__d__b_html="", in__e__a_html="")
    Path("in/d/.gitignore").write_text("a.html\n# a comment\n\n")
    assert files(Selection(HTML)) == ["in/a.html", "in/d/b.html", "in/e/a.html"]
    assert len(files(Selection(HTML, obey=False))) == 4


def test_an_ignore_file_below_takes_back_what_one_above_says() -> None:
    make(in__a_html="", in__d__a_html="")
    Path("in/.gitignore").write_text("*.html\n")
    Path("in/d/.gitignore").write_text("!a.html\n")
    assert files(Selection(HTML)) == ["in/d/a.html"]


def test_cleaners_own_ignore_file_has_the_last_word() -> None:
    make(in__a_html="", in__b_html="")
    Path("in/.gitignore").write_text("*.html\n")
    Path("in/.cleanerignore").write_text("!b.html\n")
    assert files(Selection(HTML)) == ["in/b.html"]


def test_an_ignored_folder_is_not_entered() -> None:
    make(in__d__a_html="")
    Path("in/.gitignore").write_text("d/\n")
    assert [(entry.path, entry.reason) for entry in walk("in", Selection(HTML), None)] == [
        ("in/.gitignore", "hidden"),
        ("in/d", "ignored"),
    ]


def test_ignore_files_above_the_folder_have_no_say() -> None:
    make(in__a_html="")
    Path(".gitignore").write_text("in/\n*.html\n")
    assert files(Selection(HTML)) == ["in/a.html"]


def test_an_ignore_file_that_can_not_be_read_is_told_and_the_rest_is_found() -> None:
    make(in__a_html="")
    Path("in/.gitignore").mkdir()
    entries = list(walk("in", Selection(HTML), None))
    assert [entry.path for entry in entries if entry.kind is Found.UNREADABLE] == ["in/.gitignore"]
    assert [entry.path for entry in entries if entry.kind is Found.FILE] == ["in/a.html"]


def test_what_is_no_pattern_is_refused() -> None:
    make(in__a_html="")
    with pytest.raises(UsageError):
        files(Selection(HTML, exclude=("!",)))
