"""Outputs have names that every system can hold, and that no system takes for one."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch.names import folded, marked, output_name, safe_path

FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f-\x9f\ud800-\udfff]')


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("news/中文 页面.md", "news/中文 页面.md"),
        ("index.php?id=3.md", "index.php%3Fid=3.md"),
        ("new\nline.md", "new%0Aline.md"),
        ("bad\udcff.md", "bad%FF.md"),
        ("con.md", "con_.md"),
        ("LPT1.tar.md", "LPT1_.tar.md"),
        ("console.md", "console.md"),
        ("folder./a.md", "folder%2E/a.md"),
        ("folder /a.md", "folder%20/a.md"),
        ("-dash.md", "-dash.md"),
        ("%2e%2e.md", "%2e%2e.md"),
    ],
)
def test_only_what_some_system_can_not_hold_is_changed(name: str, safe: str) -> None:
    assert safe_path(name) == safe


def test_a_name_that_is_too_long_is_cut_and_stays_its_own() -> None:
    one, other = (safe_path("页" * 100 + letter + ".html.md") for letter in "ab")
    assert one != other
    assert len(one.encode()) <= 255
    assert one.endswith(".md")


@given(st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=300))
def test_any_name_becomes_safe(name: str) -> None:
    safe = safe_path(output_name(name, ".md"))
    assert not FORBIDDEN.search(safe)
    assert 0 < len(safe.encode()) <= 255
    assert not safe.endswith((".", " "))


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_a_marked_name_is_safe_and_another(name: str) -> None:
    safe = safe_path(output_name(name, ".md"))
    other = marked(safe, name)
    assert folded(other) != folded(safe)
    assert len(other.encode()) <= 255
    assert other.endswith(".md")


def test_case_and_composition_do_not_tell_names_apart() -> None:
    assert folded("ÜNÏ.md") == folded(unicodedata.normalize("NFD", "üni\N{COMBINING DIAERESIS}.md"))
    assert folded("a.md") != folded("b.md")
