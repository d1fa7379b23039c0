"""Whole pages of many kinds and languages, cleaned: their metadata is what a reader sees, and nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.metadata import read_metadata
from cleaner.metadata.bylines import read_byline
from cleaner.metadata.dates import day_of, order_of
from cleaner.pipeline import judge
from cleaner.verdict import Category
from cleaner.writers.front_matter import FIELDS

_TABLE = tomllib.loads((Path(__file__).parent / "pages.toml").read_text("utf-8"))
_FIELDS = ("title", "author", "date", "source", "editor", "modified")


@pytest.mark.parametrize("page", _TABLE["page"], ids=[page["name"].replace(" ", "-") for page in _TABLE["page"]])
def test_the_metadata_of_a_page_is_what_its_reader_sees(page: dict[str, Any]) -> None:
    paragraphs = _TABLE["bodies"][page["language"]]
    html = page["html"].replace("BODY", "".join(f"<p>{text}</p>" for text in paragraphs))
    document = cleaner.clean(html, url=page.get("url"))
    metadata = document.metadata
    assert {name: getattr(metadata, name) for name in _FIELDS} == {name: page.get(name) for name in _FIELDS}
    assert metadata.language == page["language"]
    for name in ("section", "keywords", "kind"):
        assert getattr(metadata, name) == page.get(name, getattr(metadata, name))
    assert metadata.date_precision == page.get("precision", metadata.date_precision)
    assert all(text in document.to_text() for text in paragraphs)
    valued = {name for name in FIELDS if name != "date_precision" and getattr(metadata, name)}
    assert set(metadata.evidence) == valued


# Where what a line says may be told: a change may be all that dates a page, an outlet may sign as an author.
_TOLD_BY = {
    "date": ("date", "modified"),
    "modified": ("modified", "date"),
    "author": ("author", "editor", "source"),
    "editor": ("editor",),
    "source": ("source", "site_name", "author"),
    "section": ("section",),
}
# The table of an official notice states the day of its signing besides that of its publication.
_TWO_DAYS = {"government notice without a head"}


@pytest.mark.parametrize("page", _TABLE["page"], ids=[page["name"].replace(" ", "-") for page in _TABLE["page"]])
def test_what_a_removed_byline_says_is_in_the_metadata(page: dict[str, Any]) -> None:
    html = page["html"].replace("BODY", "".join(f"<p>{text}</p>" for text in _TABLE["bodies"][page["language"]]))
    judged = judge(html, url=page.get("url"))
    metadata = read_metadata(judged.reading.page, judged.judgement)
    order = order_of(metadata.language, page.get("url", ""))
    for text, verdict in zip(judged.reading.page.text, judged.judgement.verdicts, strict=True):
        if verdict.keep or verdict.category is not Category.BYLINE or page["name"] in _TWO_DAYS:
            continue
        for said in read_byline(text, order, sure=True):
            value = day_of(said.value) if said.field in ("date", "modified") else said.value
            told = [getattr(metadata, name) or "" for name in _TOLD_BY[said.field]]
            assert any(value in one or (one and one in value) for one in told), (text, said.field, value)
