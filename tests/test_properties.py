"""What holds for every page: nothing is lost, cleaning twice changes nothing, what is written can be read back."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

import cleaner
from cleaner.decoding import replay
from cleaner.options import Options

PAGES = Path(__file__).parent.parent / "fixtures" / "pages"
SCHEMA = Path(cleaner.__file__).parent / "data" / "document.schema.json"
FOLDERS = sorted(folder for folder in PAGES.iterdir() if folder.is_dir())
FILES = [next(folder.glob("page.*")) for folder in FOLDERS]
TEXT_FILES = [file for file in FILES if file.suffix == ".txt"]

# Forms that no document in fixtures/pages holds outside of its chrome (those that quote them are named).
CHROME = re.compile(
    r"ICP备\d{6}|公网安备\s?\d{8}|标识码[:：]\s?\d{8}|Powered by|All [Rr]ights [Rr]eserved|版权所有|责任编辑|【字体"
)
QUOTING_CHROME = {"about-icp-filing", "source-code"}

# Known to fail, with the reason.
LOSES_TEXT: dict[str, str] = {}
CHANGES_TEXT_TWICE: dict[str, str] = {}
CHANGES_MARKDOWN_TWICE: dict[str, str] = {}
KEEPS_CHROME: dict[str, str] = {}


@cache
def cleaned(file: Path) -> cleaner.Document:
    return cleaner.clean(file.read_bytes(), name=file.name)


def printing(text: str) -> str:
    return "".join(text.split())


def name(file: Path) -> str:
    return file.parent.name


def known(files: list[Path], failing: dict[str, str]) -> list[object]:
    def marks(file: Path) -> list[pytest.MarkDecorator]:
        return [pytest.mark.xfail(strict=True, reason=failing[name(file)])] if name(file) in failing else []

    return [pytest.param(file, id=name(file), marks=marks(file)) for file in files]


@pytest.mark.parametrize("file", known(TEXT_FILES, LOSES_TEXT))
def test_kept_and_removed_text_are_the_whole_input_in_order(file: Path) -> None:
    document = cleaned(file)
    # What lies between the removals is what was kept; the plain text of the document must be exactly that.
    kept, at = [], 0
    for removal in document.removed:
        assert removal.start >= at, "removals overlap"
        assert document.source[removal.start : removal.end] == removal.text
        assert document.source.count("\n", 0, removal.start) + 1 == removal.line
        kept.append(document.source[at : removal.start])
        at = removal.end
    kept.append(document.source[at:])
    assert printing(document.to_text()) == printing("".join(kept))


@pytest.mark.parametrize("file", known(FILES, CHANGES_TEXT_TWICE))
def test_cleaning_clean_text_changes_nothing(file: Path) -> None:
    once = cleaned(file).to_text()
    assert cleaner.clean(once, options=Options(input_kind="text")).to_text() == once


@pytest.mark.parametrize("file", known(FILES, CHANGES_MARKDOWN_TWICE))
def test_cleaning_clean_markdown_changes_nothing(file: Path) -> None:
    once = cleaned(file).to_markdown()
    assert cleaner.clean(once, options=Options(input_kind="markdown")).to_markdown() == once


@pytest.mark.parametrize("file", known(FILES, KEEPS_CHROME))
def test_no_marker_of_chrome_is_left_in_any_output(file: Path) -> None:
    document = cleaned(file)
    if name(file) in QUOTING_CHROME:
        assert CHROME.search(cleaner.convert(file.read_bytes(), name=file.name).to_text())
        return
    for output in (document.to_markdown(), document.to_text(), document.to_html()):
        assert not CHROME.search(output)


@pytest.mark.parametrize("file", FILES, ids=name)
def test_the_markdown_can_be_read_back(file: Path) -> None:
    rendered = MarkdownIt("commonmark").enable("table").render(cleaned(file).to_markdown())
    shown = re.sub(r"<[^>]+>", "", rendered)
    words = re.findall(r"\w{4,}", cleaned(file).to_text())
    assert [word for word in words if word not in shown] == []


@pytest.mark.parametrize("file", FILES, ids=name)
def test_the_json_is_as_its_schema_says(file: Path) -> None:
    document = json.loads(cleaned(file).to_json())
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(document)


@pytest.mark.parametrize("file", FILES, ids=name)
def test_the_steps_of_a_repair_lead_to_the_same_text(file: Path) -> None:
    text = cleaner.decode(file.read_bytes()).text
    repaired = cleaner.repair(text)
    assert replay(text, repaired.steps) == repaired.text
    assert bool(repaired.steps) == (name(file) == "mojibake-latin")


@pytest.mark.parametrize("file", FILES, ids=name)
def test_converting_keeps_everything_that_can_be_seen(file: Path) -> None:
    document = cleaner.convert(file.read_bytes(), name=file.name)
    assert {removal.category for removal in document.removed} <= {cleaner.Category.HIDDEN}


MARKUP = [
    "<p>",
    "</p>",
    "<div class='share'>",
    "</div>",
    "<table><tr><td>",
    "</table>",
    "<h1>",
    "<ul><li>",
    "<a href='#'>",
]
MARKS = ["\n", "\n\n", "    ", "|", "# ", "- ", "```", "---", "title: x", "\x00", "\ufeff", "\u202e", "&nbsp;", "Ã©"]
CHINESE = [
    "来源：青河日报 2021-03-16 09:05",
    "版权所有",
    "主办单位：",
    "青ICP备19000731号",
    "分享到：",
    "上一篇",
    "山里下了一夜的雨。",
]
ENGLISH = ["A sentence that says something.", "© 2021", "Share", "Log in", "By Jane Doe", "Home | About | Contact"]
PIECES = st.sampled_from(MARKUP + MARKS + CHINESE + ENGLISH)
PAGE_TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=40).map("".join)
)
KINDS = st.sampled_from(["auto", "html", "text", "markdown"])
LEVELS = st.sampled_from(["none", "gentle", "standard", "strict"])


@given(text=PAGE_TEXTS, kind=KINDS, level=LEVELS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_raises_anything_but_the_errors_of_the_project(text: str, kind: str, level: str) -> None:
    options = Options(input_kind=kind, level=level)  # type: ignore[arg-type]
    try:
        document = cleaner.clean(text, options=options)
    except cleaner.CleanerError:
        return
    outputs = (document.to_markdown(), document.to_text(), document.to_html())
    assert all(output == "" or output.endswith("\n") for output in outputs)
    assert json.loads(document.to_json())["outcome"] == document.outcome
    for removal in document.removed:
        assert document.source[removal.start : removal.end] == removal.text


@given(data=st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_no_bytes_raise_anything_but_the_errors_of_the_project(data: bytes) -> None:
    try:
        cleaner.clean(data).to_markdown()
    except cleaner.CleanerError:
        return
