"""Pages that the training composes: known content, the same in every run, a domain for each engine."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from cleaner.training.html.composed import compose
from cleaner.training.html.composed_text import MARK, marked_texts
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
    assert {page.domain for page in pages} == {f"{page.id.rpartition('-')[0]}.example" for page in pages}


def test_texts_are_borrowed_from_the_corpora(pages: list[GoldPage]) -> None:
    assert any(SENTENCE in (page.gold or "") for page in pages if page.language == "en")


def test_labels_say_what_the_gold_says(composed: list[Example]) -> None:
    assert composed
    assert all(example.best > 0.85 for example in composed)


def test_no_mark_reaches_the_features(composed: list[Example]) -> None:
    for example in composed:
        assert not any(MARK in word for word in example.found.surroundings.measures.spelled)


def test_what_is_marked_is_the_gold(pages: list[GoldPage]) -> None:
    for page in pages:
        assert page.html.decode().count(MARK) == len((page.gold or "").split("\n"))


def test_marked_texts_end_with_their_element_but_not_with_their_links() -> None:
    markup = f'<p>{MARK}Salt &amp; rice <a href="#t">at the pond</a></p> Reply<li>{MARK}<b>Two</b> herons<br>Home</li>'
    assert marked_texts(markup) == ["Salt & rice at the pond", "Two herons"]


@pytest.mark.parametrize("kind", ["forum", "comments", "article", "product", "collection", "listing", "service"])
def test_there_are_pages_of_all_kinds(pages: list[GoldPage], kind: str) -> None:
    assert any(page.kind == kind for page in pages)


def test_bodies_have_lists_tables_and_captions(pages: list[GoldPage]) -> None:
    bodies = "".join(page.html.decode() for page in pages)
    assert all(f"{tag}{MARK}" in bodies for tag in ("<li>", "<td>", "<h2>", "<figcaption>", "<code>"))


def test_buttons_are_no_content_in_any_grid(composed: list[Example]) -> None:
    for example in composed:
        if example.source.kind != "collection":
            continue
        tree, owner = example.found.surroundings.tree, example.found.surroundings.owner
        tags = [tree.shapes[tree.shape[container]][0] for container in owner.tolist()]
        assert not any(label for tag, label in zip(tags, example.labels, strict=True) if tag == "button")


def test_nothing_is_left_unfilled(pages: list[GoldPage]) -> None:
    for page in pages:
        assert not any(sign in page.html.decode() for sign in ("{?", "?}", "{!", "!}"))
        assert not re.search(r"\$[a-z]{2}", page.html.decode())
