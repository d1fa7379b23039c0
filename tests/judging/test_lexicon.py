"""Matching a page: offsets, blocks, width, quotes, rows, overlaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.judging.chrome_rules import Entry, Rule, Strength
from cleaner.judging.folding import fold, fold_pattern
from cleaner.judging.lexicon import Lexicon, load
from cleaner.verdict import Category


def found(*texts):
    return [(hit.block, texts[hit.block][hit.start : hit.end], hit.rule.id) for hit in load().match(texts)]


def categories(text):
    return [hit.rule.category for hit in load().match([text])]


def strengths(text):
    return {hit.rule.strength for hit in load().match([text])}


def test_offsets_are_those_of_the_block():
    assert found("正文。", "某某网 京ICP备12345678号-1") == [(1, "京ICP备12345678号-1", "icp-filing-number")]


def test_lines_inside_a_block_are_lines():
    texts = ("一句话。\n首页\n又一句。", "Homepage")
    assert [(block, part) for block, part, _ in found(*texts)] == [(0, "首页"), (1, "Homepage")]


@pytest.mark.parametrize("line", ["分享到:", "分享到：", " 分享到 :", "【分享到】", "| 分享到："])
def test_width_of_signs_does_not_matter(line):
    assert categories(line) == [Category.SHARE]


@pytest.mark.parametrize("line", ["網站地圖", "网站地图", "網站地图", "网站 地图"])
def test_traditional_and_simplified_are_one(line):
    assert categories(line) == [Category.NAVIGATION]


@pytest.mark.parametrize(
    "line", ["ΑΡΧΙΚΗ", "αρχική", "STRONA GŁÓWNA", "Strona glowna", "HAKKIMIZDA", "Política de Cookies"]
)
def test_case_and_accents_do_not_matter(line):
    assert Strength.WHOLE in strengths(line)


@pytest.mark.parametrize(
    "line",
    [
        "什么是“京ICP备12345678号”？",
        "「版权所有：某某网」这几个字",
        'Why do sites say "All rights reserved"?',
        "The string `Powered by WordPress` is in the theme.",
        "「当サイトではクッキーを使用しています」という表示",
    ],
)
def test_what_stands_in_quotes_is_not_hit(line):
    assert not strengths(line) & {Strength.WHOLE, Strength.STRONG}


def test_a_row_of_entries_is_hit_part_by_part():
    assert [part.strip() for _, part, _ in found("网站地图 | 网站声明 | 关于我们")] == [
        "网站地图",
        "网站声明",
        "关于我们",
    ]


def test_an_unknown_part_of_a_row_belongs_to_it():
    assert [part.strip() for _, part, _ in found("Home | Oak lamps | Contact us")] == [
        "Home",
        "Oak lamps",
        "Contact us",
    ]


def test_a_row_with_single_spaces_needs_three_parts_but_in_cjk():
    assert len(found("微信 微博")) == 2
    assert not found("Share time")
    assert len(found("Home Sitemap Contact Us")) == 3


@pytest.mark.parametrize(
    "line", ["World Science Forum", "Travel health online", "and/or", "https://example.org/about/contact"]
)
def test_titles_and_addresses_are_no_rows(line):
    assert Strength.WHOLE not in strengths(line)


@pytest.mark.parametrize(("line", "rule"), [("网友评论(12)", "comments-zh"), ("分享(3)", "share-button-zh")])
def test_a_count_behind_an_entry_is_part_of_it(line, rule):
    assert found(line) == [(0, line, rule)]


def test_a_breadcrumb_is_one_hit():
    assert categories("Home » Blog » Gardening") == [Category.BREADCRUMB]


def test_the_operator_line_of_a_public_site_is_told_apart():
    line = (
        "主办单位:某某市政府 运行维护:某某网 政务服务便民热线:12345 "
        "京ICP备05000002号 政府网站标识码:1100000033 京公网安备 11010202000476号"
    )
    assert categories(line) == [Category.OPERATOR] * 3 + [Category.REGISTRATION] * 3


@pytest.mark.parametrize(
    "line",
    [
        "主办单位：市文化馆　时间：6月1日上午9点　地点：文化广场",
        "我们愿把发展机遇分享到世界各地",
        "Related work",
        "Share your thoughts with the class",
        "Chocolate chip cookies are the best",
        "All rights and duties pass to the buyer.",
        "他在首页看到了通知。",
        "A specialist in cardiology reviewed the charts.",
        "Copyright law protects authors for seventy years.",
    ],
)
def test_look_alikes_are_not_chrome_by_form(line):
    assert not strengths(line) & {Strength.WHOLE, Strength.STRONG}


def test_a_label_alone_does_not_prove_a_sponsor():
    assert strengths("主办单位：市文化馆") <= {Strength.WEAK}


def test_nothing_in_nothing_out():
    assert load().match([]) == []
    assert load().match(["", "\n", "   "]) == []


def test_the_lexicon_is_loaded_once():
    assert load() is load()


def test_a_later_label_ends_the_value_before_it():
    value = Entry(Rule("value", Category.OPERATOR, Strength.WEAK), pattern=r"host:\S{1,30}", anchors=("host:",))
    number = Entry(Rule("number", Category.REGISTRATION, Strength.STRONG), pattern=r"no\d{4}", anchors=("no1",))
    hits = Lexicon([value, number]).match(["host:oak/no1234"])
    assert [(hit.start, hit.end, hit.rule.id) for hit in hits] == [(0, 9, "value"), (9, 15, "number")]


def test_a_rule_that_must_cover_its_line_is_silent_in_a_long_one():
    entry = Entry(Rule("r", Category.LEGAL, Strength.STRONG), terms=("all done",), cover=0.5)
    assert Lexicon([entry]).match(["all done, ok"])
    assert not Lexicon([entry]).match(["when all was said and all done they went home together"])


def test_words_are_whole_words():
    entry = Entry(Rule("r", Category.LEGAL, Strength.STRONG), terms=("cial",))
    assert not Lexicon([entry]).match(["special specialist cialis"])
    assert Lexicon([entry]).match(["the cial word"])


@given(st.text(max_size=200))
def test_folding_keeps_the_length(text):
    assert len(fold(text)) == len(text)


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_escapes_survive_folding_a_pattern():
    assert fold_pattern(r"\S\W網ＡÉ") == r"\S\W网ae"


@given(st.lists(st.text(alphabet="首页 |京ICP备12345678号-1\n分享到:Home\u200b“”", max_size=40), max_size=8))
def test_hits_are_ordered_inside_their_blocks_and_apart(texts):
    last = (-1, 0)
    for hit in load().match(texts):
        assert 0 <= hit.start < hit.end <= len(texts[hit.block])
        assert hit.block > last[0] or hit.start >= last[1]
        last = (hit.block, hit.end)
