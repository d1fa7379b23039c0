"""The nearest word wins: defaults, settings files, their sections, the environment, the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import cleaner
from cleaner.errors import UsageError
from cleaner.options import Options
from cleaner.settings.file import Value
from cleaner.settings.resolve import Settings, environment, said_on_command_line

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def level(path: Path, **said: object) -> str:
    return Settings(**said).options(str(path)).level  # type: ignore[arg-type]


def test_without_any_word_the_defaults_hold(tmp_path: Path) -> None:
    assert Settings().options(str(tmp_path / "page.html")) == Options()


@pytest.mark.parametrize("name", ["cleaner.toml", ".cleaner.toml"])
def test_the_nearest_file_counts(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, 'level = "strict"\nlinks = false')
    write(tmp_path / "inner" / name, 'level = "gentle"')
    assert level(tmp_path / "page.html") == "strict"
    assert level(tmp_path / "inner" / "deep" / "page.html") == "gentle"
    assert Settings().options(str(tmp_path / "inner" / "page.html")).links


def test_a_shared_file_counts_if_it_has_our_table(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.cleaner]\nlevel = "strict"')
    write(tmp_path / "inner" / "pyproject.toml", "[project]")
    assert level(tmp_path / "inner" / "page.html") == "strict"


def test_the_users_own_file_counts_where_there_is_no_other(tmp_path: Path) -> None:
    user = write(tmp_path / "user" / "cleaner.toml", 'level = "strict"')
    assert level(tmp_path / "page.html", user=user) == "strict"
    write(tmp_path / "near" / "cleaner.toml", "links = false")
    assert level(tmp_path / "near" / "page.html", user=user) == "standard"
    assert level(tmp_path / "page.html", user=user, alone=True) == "standard"


def test_a_named_file_counts_alone(tmp_path: Path) -> None:
    write(tmp_path / "cleaner.toml", 'level = "strict"')
    named = write(tmp_path / "other.toml", 'level = "gentle"')
    assert level(tmp_path / "page.html", file=named) == "gentle"


def test_environment_wins_over_files_and_the_command_line_over_both(tmp_path: Path) -> None:
    write(tmp_path / "cleaner.toml", 'level = "strict"\nwrap = 60\nlinks = false')
    said = Settings(environment({"CLEANER_LEVEL": "gentle", "CLEANER_WRAP": "70"}), said_on_command_line({"wrap": 80}))
    options = said.options(str(tmp_path / "page.html"))
    assert (options.links, options.level, options.wrap) == (False, "gentle", 80)
    values = said.values(str(tmp_path / "page.html"))
    assert values["level"] == Value("gentle", "CLEANER_LEVEL")
    assert values["wrap"] == Value(80, "command line")
    assert values["links"].origin.endswith("cleaner.toml")


def test_sections_hold_for_their_paths_and_the_later_one_wins(tmp_path: Path) -> None:
    write(
        tmp_path / "cleaner.toml",
        '[path."docs/**"]\nlevel = "gentle"\n[path."*.txt"]\nlevel = "strict"\n',
    )
    assert level(tmp_path / "docs" / "one.md") == "gentle"
    assert level(tmp_path / "docs" / "one.txt") == "strict"
    assert level(tmp_path / "one.md") == "standard"


def test_a_file_extends_another_whose_sections_start_from_its_own_folder(tmp_path: Path) -> None:
    write(tmp_path / "base" / "cleaner.toml", 'level = "strict"\nwrap = 60\n[path."/a.md"]\nlevel = "none"\n')
    write(tmp_path / "base" / "inner" / "cleaner.toml", 'extend = "../cleaner.toml"\nwrap = 70')
    options = Settings().options(str(tmp_path / "base" / "inner" / "a.md"))
    assert (options.level, options.wrap) == ("strict", 70)


def test_files_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "one.toml", 'extend = "two.toml"')
    two = write(tmp_path / "two.toml", 'extend = "one.toml"')
    with pytest.raises(UsageError, match="extends itself"):
        Settings(file=two).options("page.html")


def test_what_is_dropped_higher_up_is_no_longer_kept(tmp_path: Path) -> None:
    write(tmp_path / "cleaner.toml", 'keep = ["byline", "share"]')
    options = Settings(environment({"CLEANER_DROP": "share,legal"})).options(str(tmp_path / "page.html"))
    assert {*options.keep} == {"byline"}
    assert {*options.drop} == {"share", "legal"}


SITES = '[site."example.org"]\nkeep = ["share"]\nlevel = "strict"\n'


def test_sites_hold_for_their_host_and_those_below(tmp_path: Path) -> None:
    write(tmp_path / "cleaner.toml", SITES)
    options = Settings().options(str(tmp_path / "page.html"))
    assert options.for_host("news.example.org").level == "strict"
    assert options.for_host("example.org").keep == {"share"}
    assert options.for_host("anexample.org") == options


def test_the_command_line_wins_over_sites(tmp_path: Path) -> None:
    write(tmp_path / "cleaner.toml", SITES)
    options = Settings((), said_on_command_line({"level": "gentle"})).options(str(tmp_path / "page.html"))
    assert options.for_host("example.org").level == "gentle"


def test_the_host_is_that_of_the_address_or_what_the_page_says(tmp_path: Path) -> None:
    write(tmp_path / "cleaner.toml", '[site."example.org"]\nlevel = "none"\n')
    options = Settings().options(str(tmp_path / "page.html"))
    page = "<p>The council met on Tuesday and agreed to rebuild the bridge.</p>"
    named = f'<link rel="canonical" href="https://www.example.org/1">{page}'
    assert cleaner.clean(page, url="https://example.org/1", options=options).options.level == "none"
    assert cleaner.clean(named, options=options).options.level == "none"
    assert cleaner.clean(page, options=options).options.level == "standard"
    assert cleaner.clean(page, url="https://[", options=options).options.level == "standard"


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ('levle = "strict"', "no setting 'levle'", "did you mean level"),
        ('level = "strcit"', "level = 'strcit'", "did you mean strict"),
        ("level = 3", "level = 3", "gentle"),
        ("links = 1", "links = 1", "true or false"),
        ("wrap = true", "wrap = true", "whole number"),
        ('keep = "share"', "keep = 'share'", "list"),
        ('drop = ["shrae"]', "drop", "did you mean share"),
        ('keep = ["share"]\ndrop = ["share"]', "both keep and drop: share", ""),
        ('max-size = "much"', "max-size", "50MB"),
        ('encoding = "utf-99"', "encoding", "charset"),
        ("timeout = 0", "timeout", "seconds"),
        ('[path."*.md"]\njobs = 2', "jobs can't be set there", "level"),
        ('[site."example.org"]\nencoding = "gbk"', "encoding can't be set there", "level"),
        ("path = 3", "no table of tables", ""),
        ("level =", "not TOML", ""),
        ("extend = 3", "extend = 3", ""),
        ('extend = "missing.toml"', "no such file", ""),
    ],
)
def test_what_can_not_be_is_refused_with_its_place(tmp_path: Path, text: str, said: str, hint: str) -> None:
    write(tmp_path / "cleaner.toml", text)
    with pytest.raises(UsageError) as caught:
        Settings().options(str(tmp_path / "page.html"))
    assert said in caught.value.message
    assert ".toml" in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("name", "text"), [("CLEANER_LEVLE", "strict"), ("CLEANER_LEVEL", "loud"), ("CLEANER_LINKS", "perhaps")]
)
def test_the_environment_is_checked_too(name: str, text: str) -> None:
    with pytest.raises(UsageError, match=name):
        environment({name: text})


def test_variables_that_are_no_settings_are_left_alone() -> None:
    assert environment({"CLEANER_DEBUG": "1", "CLEANER_ZZTOP": "1", "OTHER": "1", "CLEANER_LEVEL": ""}) == ()
