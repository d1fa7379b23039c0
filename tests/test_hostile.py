"""Pages that want to harm whoever reads them: what comes out holds no script, no unsafe link, and no hidden sentence.

`fixtures/hostile.toml` holds the pages. In each, SECRET stands where no reader sees it.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from rendering import harm
from strategies import SECRET, SENTENCE

import cleaner
from cleaner.options import Options

PAGES = tomllib.loads((Path(__file__).parent.parent / "fixtures" / "hostile.toml").read_text("utf-8"))["page"]
AROUND = f"<p>{SENTENCE} {SENTENCE}</p>" * 3

INVISIBLE = {"\u200b", "\u202e", "\u2066", "\U000e0041"}


def page(case: dict[str, str]) -> str:
    head, body = case.get("head", ""), case["body"]
    if case.get("kind", "html") != "html":
        return f"{SENTENCE}\n\n{body}\n\n{SENTENCE}\n".replace("SECRET", SECRET)
    return f"<!doctype html><title>Bridge</title>{head}<h1>Bridge</h1>{AROUND}{body}{AROUND}".replace("SECRET", SECRET)


@pytest.mark.parametrize("convert", [cleaner.clean, cleaner.convert], ids=["clean", "convert"])
@pytest.mark.parametrize("case", PAGES, ids=[case["name"] for case in PAGES])
def test_nothing_harmful_or_hidden_is_rendered(case: dict[str, str], convert: type, renderer: MarkdownIt) -> None:
    kind = case.get("kind", "html")
    document = convert(page(case), options=Options(input_kind=kind, front_matter="yaml"))
    markdown = document.to_markdown()
    assert "stone bridge" in markdown
    for parser in (renderer, MarkdownIt("commonmark", {"html": True})):
        rendered = parser.render(markdown)
        assert harm(rendered) == []
        assert SECRET not in rendered
        assert not INVISIBLE & set(rendered)
    assert harm(document.to_html()) == []
    for output in (document.to_html(), document.to_text(), json.dumps(json.loads(document.to_json()))):
        assert SECRET not in output


def test_the_check_sees_harm() -> None:
    assert harm("<script>x</script>") == ["script"]
    assert harm("<p onclick=x()>a</p>") == ["onclick=x()"]
    assert harm("<a href=' java&Tab;script:x'>a</a>") != []
