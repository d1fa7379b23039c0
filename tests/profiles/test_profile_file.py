"""A profile can be read by people, shortened, and read again; what is none is refused in one line."""

from __future__ import annotations

import json

import pytest

import cleaner
from cleaner.errors import UsageError

FIRST = '{"cleaner-profile": 1, "cleaner": "0.1.0", "sites": 1}\n'
SITE = '{"site": "a.example", "pages": 4}\n'
TEXT = '{"text": "00000000000000ff", "pages": 4, "share": 1.0, "place": "head", "excerpt": "Under the stairs"}\n'


def test_what_is_written_is_read_again(tmp_path, site) -> None:
    profile = cleaner.learn(site.pages())
    cleaner.write_profile(profile, tmp_path / "site.profile")
    again = cleaner.read_profile(tmp_path / "site.profile")
    assert again == profile
    assert again.sites == profile.sites


def test_each_text_stands_in_a_line_that_a_person_can_read(tmp_path, html_site) -> None:
    cleaner.write_profile(cleaner.learn(html_site.pages()), tmp_path / "site.profile")
    first, host, *texts = map(json.loads, (tmp_path / "site.profile").read_text(encoding="utf-8").splitlines())
    assert (first["cleaner-profile"], first["sites"]) == (1, 1)
    assert host == {"site": "lantern.example", "pages": 30}
    (row,) = [row for row in texts if row["excerpt"] == html_site.template[0]]
    assert (row["pages"], row["share"], row["place"], len(row["text"])) == (30, 1.0, "head", 16)


def test_a_line_that_is_taken_out_is_forgotten(tmp_path, html_site) -> None:
    file, kept = tmp_path / "site.profile", html_site.template[4]
    cleaner.write_profile(cleaner.learn(html_site.pages()), file)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if kept[:40] not in line), encoding="utf-8")
    cleaned = cleaner.clean(html_site.page(2), options=cleaner.Options(profile=cleaner.read_profile(file)))
    assert [text for text in html_site.template if text in cleaned.to_text()] == [kept]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "not a profile"),
        ("<p>page</p>", "not a profile"),
        ("[1]\n", "not a profile"),
        (b"\xff\xfe\x00", "not a profile"),
        (FIRST.replace("1,", "2,", 1) + SITE + TEXT, "a profile of version 2, where 1 is read"),
        (FIRST, "there is nothing in the profile"),
        (FIRST + SITE, "there is nothing in the profile"),
        (FIRST + SITE + TEXT + "broken\n", "line 4 is no line of a profile"),
        (FIRST + TEXT, "line 2 is no line of a profile"),
        (FIRST + SITE + TEXT.replace("head", "nowhere"), "line 3 is no line of a profile"),
        (FIRST + SITE.replace("4", "0") + TEXT, "line 2 is no line of a profile"),
        (FIRST + SITE + TEXT.replace("ff", "1ff"), "line 3 is no line of a profile"),
        (FIRST + "[" * 100_000, "line 2 is no line of a profile"),
    ],
)
def test_what_is_no_profile_is_refused(tmp_path, content, message) -> None:
    file = tmp_path / "site.profile"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError, match=message):
        cleaner.read_profile(file)


def test_a_profile_that_is_not_there_is_refused(tmp_path) -> None:
    with pytest.raises(UsageError, match=r"no such file or directory: .*site\.profile"):
        cleaner.read_profile(tmp_path / "site.profile")
