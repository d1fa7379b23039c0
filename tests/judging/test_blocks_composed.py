"""Pages that the training composes: known content, the same in every run, a domain for each engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cleaner.training.html.composed import MARK, PAGES, compose
from cleaner.training.html.examples import Example, composed_examples

if TYPE_CHECKING:
    from pathlib import Path

    from cleaner.training.html.corpus import GoldPage

SENTENCE = "Seven herons stood at the mill pond this morning."


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("corpus")
    (tmp_path / "pages").mkdir()
    lines = []
    for number in range(40):
        (tmp_path / "pages" / f"p{number}.html").write_text(f"<p>{SENTENCE}</p>", "utf-8")
        row = {
            "id": f"p{number}",
            "url": f"https://site{number}.example/",
            "lang": "en",
            "type": "article",
            "text": SENTENCE,
            "with": None,
            "without": None,
        }
        lines.append(json.dumps(row))
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), "utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def pages(corpus: Path) -> list[GoldPage]:
    return list(compose([corpus]))


@pytest.fixture(scope="module")
def composed(corpus: Path) -> list[Example]:
    return list(composed_examples([corpus]))


def test_pages_are_the_same_in_every_run(corpus: Path, pages: list[GoldPage]) -> None:
    assert list(compose([corpus])) == pages


def test_an_engine_has_a_domain_of_its_own(pages: list[GoldPage]) -> None:
    assert len({page.domain for page in pages}) * PAGES == len(pages)


def test_texts_are_borrowed_from_the_corpora(pages: list[GoldPage]) -> None:
    assert any(SENTENCE in (page.gold or "") for page in pages if page.language == "en")


def test_labels_say_what_the_gold_says(composed: list[Example]) -> None:
    assert composed
    assert all(example.best > 0.85 for example in composed)


def test_no_mark_reaches_the_features(composed: list[Example]) -> None:
    for example in composed:
        assert not any(MARK in word for word in example.found.surroundings.measures.spelled)


def test_replies_are_content_in_a_forum_and_none_under_an_article(pages: list[GoldPage]) -> None:
    for page in pages:
        shown = page.html.decode().count(MARK)
        assert shown == len((page.gold or "").split("\n"))
        assert page.kind in ("forum", "comments")


def test_nothing_is_left_unfilled(pages: list[GoldPage]) -> None:
    for page in pages:
        assert not any(sign in page.html.decode() for sign in ("$", "{?", "?}"))
