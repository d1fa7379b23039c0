"""Lines of bare text as blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.page import BlockKind, Flag, Page
from cleaner.readers.text import read


def page(text: str) -> Page:
    return read(text, None).page


def guarded(text: str) -> list[str]:
    read_page = page(text)
    return [line for line, flags in zip(read_page.text, read_page.flags, strict=True) if flags & Flag.GUARDED]


@given(st.text(alphabet=st.sampled_from("ab 一。\t\n\u3000|#`-1:,"), max_size=200))
def test_blocks_are_stretches_of_the_source(text: str) -> None:
    read_page = page(text)
    assert [text[a:b] for a, b in zip(read_page.start, read_page.end, strict=True)] == read_page.text
    assert all(line.strip() == line and line for line in read_page.text)


@given(st.text(max_size=300))
def test_nothing_that_shows_is_left_out_and_columns_are_equally_long(text: str) -> None:
    read_page = page(text)
    assert "".join("".join(read_page.text).split()) == "".join(text.split())
    columns = (
        read_page.block_kind, read_page.level, read_page.start, read_page.end, read_page.link_chars, read_page.links,
        read_page.bold_chars, read_page.breaks, read_page.blank_before, read_page.indent, read_page.container,
        read_page.flags, read_page.hidden,
    )  # fmt: skip
    assert {len(column) for column in columns} == {len(read_page)}


def test_an_empty_text_is_an_empty_page() -> None:
    assert len(page("")) == 0
    assert len(page(" \n\n\u3000\n")) == 0


def test_blank_lines_and_indent_are_counted() -> None:
    read_page = page("\n\none\n\n  two\n\u3000\u3000三\n\tfour")
    assert read_page.blank_before == [2, 1, 0, 0]
    assert read_page.indent == [0, 2, 4, 4]


def test_addresses_are_links() -> None:
    read_page = page("see https://example.org/a and www.example.org\nno address here")
    assert read_page.links == [2, 0]
    assert read_page.link_chars[0] == len("https://example.org/a") + len("www.example.org")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("- an item", BlockKind.ITEM),
        ("3. the third", BlockKind.ITEM),
        ("（2）第二项", BlockKind.ITEM),
        ("1、第一项", BlockKind.ITEM),
        ("# Title", BlockKind.HEADING),
        ("第三章 附则", BlockKind.HEADING),
        ("> said so", BlockKind.QUOTE),
        ("----------", BlockKind.RULE),
        ("A sentence of its own.", BlockKind.PARAGRAPH),
        ("2024 was a good year.", BlockKind.PARAGRAPH),
        ("-5 degrees", BlockKind.PARAGRAPH),
    ],
)
def test_a_line_is_what_its_first_characters_say(line: str, kind: BlockKind) -> None:
    assert page(line).block_kind == [kind]


def test_fenced_code_is_guarded_with_its_fence() -> None:
    assert guarded("Run this:\n```\n首页\nShare\n```\nDone.") == ["```", "首页", "Share", "```"]


def test_an_unclosed_fence_guards_nothing() -> None:
    assert guarded("```\nHome\nAbout us") == []


def test_code_without_a_fence_is_guarded() -> None:
    code = "import os\ndef run(path):\n    for name in os.listdir(path):\n        print(name)\n    return None"
    assert guarded(code) == [line.strip() for line in code.split("\n")]


def test_rows_of_a_table_are_guarded() -> None:
    assert len(guarded("| a | b |\n| --- | --- |\n| 1 | 2 |")) == 3
    assert len(guarded("姓名\t电话\n张三\t5551\n李四\t5552")) == 3
    assert len(guarded("Lamp   20\nChair  45\nTable  99")) == 3
    assert len(guarded("name,place,year\nann,oslo,1990\nbob,rome,1985")) == 3


def test_a_menu_in_columns_is_no_table() -> None:
    assert guarded("首页  新闻  服务\n公开  互动  数据\n地图  帮助  登录") == []


def test_log_lines_are_guarded() -> None:
    assert len(guarded("2024-01-02 03:04:05 INFO start\n2024-01-02 03:04:06 ERROR login refused")) == 2


def test_a_dated_list_of_news_is_no_log() -> None:
    assert guarded("2024-01-02 03:04 New bridge opens\n2024-01-03 09:10 Old bridge closes") == []


def test_verse_is_guarded() -> None:
    verse = "山静松声远，\n月明溪水寒。\n无人问归路，\n独自倚阑干。"
    assert guarded(verse) == verse.split("\n")


def test_talk_is_guarded_and_labelled_facts_are_not() -> None:
    talk = "小李：明天几点集合？\n小王：八点半，老地方。\n小李：带伞吗？\n小王：带上吧，说有雨。"
    assert len(guarded(talk)) == 4
    assert guarded("主办：甲局\n承办：乙馆\n地址：人民路1号\n电话：5550100") == []
