"""The markup of many kinds of sites and editors, and the Markdown that it becomes; `pytest --accept` rewrites that.

A file in fixtures/markup holds cases: a heading, a block of HTML, a block of Markdown.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
import turbohtml

from cleaner.building.from_html import build_tree
from cleaner.writers.markdown import markdown_of

FOLDER = Path(__file__).parent.parent.parent / "fixtures" / "markup"
_CASE = re.compile(
    r"^## (?P<name>[^\n]+)\n+`{5}html\n(?P<html>.*?)^`{5}\n+`{5}markdown\n(?P<markdown>.*?)^`{5}\n",
    re.MULTILINE | re.DOTALL,
)


class Case(NamedTuple):
    file: Path
    name: str
    html: str
    markdown: str


@cache
def cases() -> list[Case]:
    return [
        Case(file, match["name"], match["html"], match["markdown"])
        for file in sorted(FOLDER.glob("*.md"))
        for match in _CASE.finditer(file.read_text(encoding="utf-8"))
    ]


def converted(html: str) -> str:
    return markdown_of(build_tree(turbohtml.parse(html)))


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.file.stem}: {case.name}")
def test_markup_becomes_markdown(case: Case, accept: bool) -> None:
    markdown = converted(case.html)
    if accept and markdown != case.markdown:
        text = case.file.read_text(encoding="utf-8")
        old, new = (f"\n{case.html}`````\n\n`````markdown\n{found}`````\n" for found in (case.markdown, markdown))
        case.file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert markdown == case.markdown or accept


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.file.stem}: {case.name}")
def test_what_a_renderer_makes_of_it_becomes_the_same_markdown(case: Case, renderer) -> None:
    # The renderer writes some characters of addresses in percent signs.
    assert unquote(converted(renderer.render(case.markdown))) == unquote(case.markdown)


def test_every_case_is_read() -> None:
    for file in FOLDER.glob("*.md"):
        assert sum(case.file == file for case in cases()) == file.read_text(encoding="utf-8").count("\n`````html\n")
