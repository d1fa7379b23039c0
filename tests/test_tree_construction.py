"""Markup that parsers must mend is read as browsers do: what they show comes out, and nothing stops the cleaner."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rendering import harm

import cleaner
from cleaner.options import Options

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LINES = (Path(__file__).parent.parent / "fixtures" / "trees.txt").read_text("utf-8").splitlines()
TREES = [line for line in LINES if not line.startswith("# ")]
AROUND = "<p>The county council met on Tuesday and agreed to rebuild the old bridge before the winter comes.</p>"


@pytest.mark.parametrize("tree", TREES)
def test_what_a_browser_shows_comes_out(tree: str, renderer: MarkdownIt) -> None:
    document = cleaner.convert(tree, options=Options(input_kind="html"))
    written = (document.to_text(), document.to_markdown(), document.to_html())
    assert all(("STONE" in output) == ("STONE" in tree) for output in written)
    assert json.loads(document.to_json())["kind"] == "html"
    assert harm(renderer.render(document.to_markdown())) == []
    assert harm(document.to_html()) == []


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize("kind", ["html", "markdown", "text"])
def test_it_is_judged_in_the_middle_of_a_page_without_error(tree: str, kind: str) -> None:
    page = f"{AROUND}\n\n{tree}\n\n{AROUND}"
    document = cleaner.clean(page, options=Options(input_kind=kind))  # type: ignore[arg-type]
    assert "county council" in document.to_text()
    assert document.metadata.language in (None, "en")
    assert all(document.source[removal.start : removal.end] == removal.text for removal in document.removed)
