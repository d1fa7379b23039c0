"""A page taken apart: all of its text in order, what stayed, what went, and why; the same as JSON."""

from __future__ import annotations

import dataclasses
import json
import pickle
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import cleaner
from cleaner.judging import blocks
from cleaner.verdict import Category

SCHEMA = json.loads((Path(cleaner.__file__).parent / "data/explanation.schema.json").read_text(encoding="utf-8"))
CHECK = Draft202012Validator(SCHEMA)

SENTENCE = "The council met on Tuesday and agreed to rebuild the old stone bridge before the winter comes."
HTML = (
    "<title>Bridge news</title><nav><a href='/'>Home</a> <a href='/n'>News</a></nav><main><h1>Bridge news</h1>"
    + f"<p>{SENTENCE}</p>" * 6
    + "</main><footer>© 2024 Bridge News. All rights reserved.</footer><p style='display:none'>secret words</p>"
)
TEXT = (
    "首页 | 新闻 | 公告\n柳湾镇老桥加固\n柳湾镇的老桥今年春天开始加固，施工队把桥面分成两半，一半通车，一半换板。\n"
    "镇里说，工程预计两个月完工，期间大货车绕行东环路，行人照常通过。\n分享到： 微信 微博\n滇ICP备05000000号-1\n"
)
MARKDOWN = f"# Bridge news\n\n{SENTENCE}\n\n- one\n- two\n\n© 2024 Bridge News. All rights reserved.\n"


@pytest.mark.parametrize("page", [HTML, TEXT, MARKDOWN, "", "word"])
def test_kept_and_removed_passages_are_the_whole_page_in_order(page: str) -> None:
    document = cleaner.clean(page)
    passages = document.explain().passages
    at = 0
    for passage in passages:
        assert not document.source[at : passage.start].strip()
        assert document.source[passage.start : passage.end] == passage.text
        assert passage.end > passage.start
        assert passage.line == document.source.count("\n", 0, passage.start) + 1
        at = passage.end
    assert not document.source[at:].strip()


@pytest.mark.parametrize("page", [HTML, TEXT, MARKDOWN])
def test_what_went_is_what_the_account_says(page: str) -> None:
    document = cleaner.clean(page)
    explained = {at for passage in document.explain().removed() for at in range(passage.start, passage.end)}
    assert explained == {at for removal in document.removed for at in range(removal.start, removal.end)}
    assert explained


@pytest.mark.parametrize("page", [HTML, TEXT, MARKDOWN, "", "word"])
def test_the_json_follows_its_schema(page: str) -> None:
    CHECK.validate(json.loads(cleaner.clean(page, name="page").explain().to_json()))


def test_the_schema_knows_every_category() -> None:
    known = SCHEMA["properties"]["passages"]["items"]["properties"]["category"]["enum"]
    assert known == [*map(str, Category), None]


@pytest.mark.parametrize("page", [HTML, TEXT])
def test_every_passage_that_a_model_saw_has_its_weighing(page: str) -> None:
    for passage in cleaner.clean(page).explain().passages:
        hidden = passage.category is Category.HIDDEN
        assert (passage.weighing is None) == hidden
        assert hidden or passage.weighing.reasons


def test_hidden_text_is_named_in_the_data_but_not_told_in_the_json() -> None:
    explanation = cleaner.clean(HTML).explain()
    hidden = next(passage for passage in explanation.passages if passage.category is Category.HIDDEN)
    assert hidden.text == "secret words"
    assert "secret words" not in explanation.to_json()


def test_spam_inside_a_line_that_stays_is_a_passage_of_its_own() -> None:
    spam = "澳门新葡京官网娱乐平台注册送彩金www.example88.com"
    document = cleaner.clean(f"镇里说，工程预计两个月完工。{spam}期间大货车绕行东环路，行人照常通过。\n{TEXT}")
    spam = [passage for passage in document.explain().passages if passage.category is Category.SPAM]
    assert [passage.start for passage in spam if not passage.kept] == [
        removal.start for removal in document.removed if removal.category is Category.SPAM
    ]


def test_nothing_is_weighed_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("weighed in a plain run")

    monkeypatch.setattr(blocks.decide, "_weighed", refuse)
    document = cleaner.clean(HTML)
    assert document.to_markdown()
    assert document.removed
    with pytest.raises(AssertionError, match="weighed"):
        document.explain()


def test_a_converted_page_and_the_second_engine_are_explained_too() -> None:
    kept = cleaner.convert(HTML).explain()
    assert {passage.kept for passage in kept.passages if passage.category is not Category.HIDDEN} == {True}
    other = cleaner.clean(HTML, options=cleaner.Options(engine="readability")).explain()
    assert other.removed()


def test_what_the_user_keeps_or_drops_is_explained() -> None:
    options = cleaner.Options(keep=frozenset({Category.LEGAL, Category.FOOTER, Category.NAVIGATION}))
    explanation = cleaner.clean(HTML, options=options).explain()
    assert {passage.category for passage in explanation.removed()} <= {Category.HIDDEN, Category.WIDGET}
    CHECK.validate(json.loads(explanation.to_json()))


def test_a_copied_document_is_explained_the_same() -> None:
    document = cleaner.clean(TEXT)
    copied = pickle.loads(pickle.dumps(document))
    assert copied.explain() == document.explain()
    assert dataclasses.replace(document).explain() == document.explain()
