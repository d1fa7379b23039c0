"""Outputs have names that every system can hold, and that no system takes for one."""

from __future__ import annotations

import ntpath
import os
import re
import unicodedata

import pytest
from hypothesis import example, given
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
        ("..", ".%2E"),
        ("../../etc/passwd", ".%2E/.%2E/etc/passwd"),
        ("./a.md", "%2E/a.md"),
        ("/etc/passwd", "etc/passwd"),
        ("//server/share/a.md", "server/share/a.md"),
        ("\\\\server\\share\\a.md", "%5C%5Cserver%5Cshare%5Ca.md"),
        ("\\\\?\\C:\\a.md", "%5C%5C%3F%5CC%3A%5Ca.md"),
        ("C:/a.md", "C%3A/a.md"),
        ("a.md:stream", "a.md%3Astream"),
        ("CON/prn /COM¹.md", "CON_/prn%20/COM¹_.md"),
        ("conout$", "conout$_"),
        ("", "page"),
        ("//", "page"),
        ("cod\u202eexe.md", "cod%E2%80%AEexe.md"),
    ],
)
def test_only_what_some_system_can_not_hold_is_changed(name: str, safe: str) -> None:
    assert safe_path(name) == safe


def test_a_name_that_is_too_long_is_cut_and_stays_its_own() -> None:
    one, other = (safe_path("页" * 100 + letter + ".html.md") for letter in "ab")
    assert one != other
    assert len(one.encode()) <= 255
    assert one.endswith(".md")


ODD = st.sampled_from(
    ["..", ".", "/", "\\", "C:", "con", "AUX ", "nul.", "lpt¹", "\0", "\n", "?" * 90, "\udcff", "~", "a"]
)


@given(st.lists(st.one_of(ODD, st.text(max_size=9)), max_size=40).map("".join))
@example("a." + "?" * 250 + "/b")
def test_any_path_becomes_one_below_a_folder(path: str) -> None:
    safe = safe_path(path)
    assert os.path.normpath(f"/out/{safe}") == f"/out/{safe}"
    for part in safe.split("/"):
        assert not FORBIDDEN.search(part)
        assert 0 < len(part.encode()) <= 255
        assert not part.endswith((".", " "))
        assert not ntpath.isreserved(part) if hasattr(ntpath, "isreserved") else True
        assert safe_path(part) == part


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
