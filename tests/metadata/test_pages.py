"""Whole pages of many kinds and languages, cleaned: their metadata is what a reader sees, and nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

import cleaner
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
