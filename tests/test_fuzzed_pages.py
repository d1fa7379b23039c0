"""Whatever the page: only errors of the project, nothing active or hidden in any output, front matter that is data."""

from __future__ import annotations

import json
import tomllib
import unicodedata

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rendering import harm
from strategies import SECRET, hiding_pages, html_pages, unicode_text

import cleaner
from cleaner.cli.console import shown
from cleaner.document import Metadata
from cleaner.options import Options
from cleaner.writers.front_matter import FIELDS, front_matter

SOME = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
KINDS = st.sampled_from(["auto", "html", "text", "markdown"])
LEVELS = st.sampled_from(["none", "standard", "strict"])
RENDERER = MarkdownIt("commonmark", {"html": True}).enable("table")
INVISIBLE = {"\x00", "\x07", "\x1b", "\x9b", "\u202e", "\u2066", "\ufeff", "\xad", "\U000e0041"}


def outputs(page: str, kind: str, level: str) -> dict[str, str]:
    """What each writer makes of the page; nothing if it is refused."""
    options = Options(input_kind=kind, level=level, front_matter="yaml")  # type: ignore[arg-type]
    try:
        document = cleaner.clean(page, url="https://example.org/a/b", options=options)
    except cleaner.CleanerError:
        return {}
    assert all(document.source[removal.start : removal.end] == removal.text for removal in document.removed)
    return {
        "markdown": document.to_markdown(),
        "text": document.to_text(),
        "html": document.to_html(),
        "json": document.to_json(),
    }


def check(written: dict[str, str], kind: str) -> None:
    for output in written.values():
        output.encode()
        assert not INVISIBLE & set(output)
    if written:
        json.loads(written["json"])
        assert harm(written["html"]) == []
        rendered = harm(RENDERER.render(written["markdown"]))
        # In Markdown raw HTML stays to the letter, styles that hide nothing too.
        assert [found for found in rendered if kind == "html" or not found.startswith("style=")] == []


@given(page=html_pages, level=LEVELS)
@SOME
def test_no_page_does_harm(page: str, level: str) -> None:
    check(outputs(page, "html", level), "html")


@given(page=html_pages, kind=KINDS)
@SOME
def test_html_read_as_anything_does_no_harm(page: str, kind: str) -> None:
    check(outputs(page, kind, "none"), kind)


@given(text=unicode_text, kind=KINDS, level=LEVELS)
@SOME
def test_no_text_does_harm(text: str, kind: str, level: str) -> None:
    check(outputs(text, kind, level), kind)


@given(page=hiding_pages, level=LEVELS)
@SOME
def test_no_hidden_sentence_comes_out(page: str, level: str) -> None:
    for output in outputs(page, "html", level).values():
        assert SECRET not in output


@given(value=unicode_text, form=st.sampled_from(["yaml", "toml"]))
@example(value="x\n---\nevil: yes", form="yaml")
@example(value="yes: *a &b !c {d} #e", form="yaml")
@example(value="2020-01-01", form="yaml")
@example(value="null", form="yaml")
@example(value='"""', form="toml")
@settings(max_examples=200)
def test_any_value_of_front_matter_is_a_string_again(value: str, form: str) -> None:
    written = front_matter(Metadata(**dict.fromkeys(FIELDS, value)), form)  # type: ignore[arg-type]
    if not written:
        return
    fence, *lines, last, rest = written.split("\n")
    assert fence == last
    assert rest == ""
    text = "\n".join(lines)
    read = yaml.safe_load(text) if form == "yaml" else tomllib.loads(text)
    words = " ".join(value.split()).translate(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
    assert read == dict.fromkeys(FIELDS, words)


@pytest.mark.parametrize(
    "title", ["yes", "1.5", "- a", "? b", "%YAML 1.2", "@x", "`x`", "a: b", "x # y", "'", '"', "\\u0000"]
)
def test_a_title_is_a_string_in_the_front_matter_of_a_page(title: str) -> None:
    page = f"<title>{title}</title><h1>{title}</h1><p>{'The bridge is open again, says the council. ' * 6}</p>"
    markdown = cleaner.clean(page, options=Options(input_kind="html", front_matter="yaml")).to_markdown()
    parts = markdown.split("---\n")
    read = yaml.safe_load(parts[1]) if markdown.startswith("---") else {}
    assert all(isinstance(value, str) for value in read.values())
    assert read.get("title") in (title, None)


@given(unicode_text)
def test_no_name_of_a_file_reaches_the_terminal_as_more_than_a_line(name: str) -> None:
    line = shown(name)
    assert all(letter.isprintable() or unicodedata.category(letter) == "Zs" for letter in line)
    line.encode()
