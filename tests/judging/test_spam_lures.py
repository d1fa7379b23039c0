"""Lures that no list of phrases knows; and documents about what they sell, from which nothing may go."""

import importlib.util
import re
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from cleaner.judging.spam import find_spam
from cleaner.judging.spam_shapes import Shape, load_shapes
from cleaner.judging.spam_suspects import load_suspects

HERE = Path(__file__).parent
CLEAN = tomllib.loads((HERE / "spam_clean.toml").read_text("utf-8"))
SHAPES = tomllib.loads((files("cleaner") / "data" / "words" / "spam-shapes.toml").read_text("utf-8"))["shape"]
# Recall of characters and share of pages from which all spam and nothing else goes, on the lures that the rules were
# tuned with: what was reached, less a little.
RECALL, PERFECT = 0.96, 0.90


@pytest.fixture
def injection(monkeypatch):
    """The benchmark's generator, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("injection", HERE.parent / "bench" / "injection.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "injection", module)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", CLEAN)
def test_nothing_is_cut_from_a_document_about_the_matter(name):
    lines = CLEAN[name].strip().split("\n")
    assert [lines[span.block][span.start : span.end] for span in find_spam(lines) if span.removable] == []


def test_lures_are_found_in_every_language_and_nothing_else_is_cut(injection):
    tally = injection.Tally()
    for page in injection.injections("first"):
        injection.by_spans(page, tally)
    assert tally.wrong == 0
    assert tally.found >= RECALL * tally.spam
    assert tally.perfect >= PERFECT * tally.pages


@pytest.mark.parametrize("table", SHAPES, ids=lambda table: table["drop"][0])
def test_a_shape_finds_its_example_and_spares_its_counter_example(table):
    shape = Shape(table)
    assert all(find_spam([line]) and shape.terms(line.replace("：", ":").replace("V", "v")) for line in table["drop"])
    assert not any(shape.terms(line) for line in table["keep"])


def test_every_shape_is_read():
    assert len(load_shapes()) == len(SHAPES)


@pytest.mark.parametrize(
    "line",
    [
        "We open at ten, and the better seats go first.",
        "本馆每周二至周日开放，节假日另行通知。",
        "1 2 3 4 5 next",
        "Betty and Elisabet live in Tibet",
    ],
)
def test_an_ordinary_line_is_never_looked_at_closely(line):
    assert load_suspects().lines(line) == []


@pytest.mark.parametrize(
    ("texts", "block", "left"),
    [
        (["Council minutes | luckybet77", "The council met."], 0, "Council minutes"),
        (["Notice", "Managed by: Spin King 88 | Office"], 1, "Managed by: Office"),
        (["通知", "版权所有 © 蓝湾国际娱乐"], 1, "版权所有"),
        (
            ["Новости", "Казино Заря: Библиотека открыта до девяти часов вечера."],
            1,
            "Библиотека открыта до девяти часов вечера.",
        ),
    ],
)
def test_a_foreign_name_goes_by_its_place(texts, block, left):
    line = texts[block]
    for span in reversed([span for span in find_spam(texts) if span.block == block and span.removable]):
        line = line[: span.cut_start] + line[span.cut_end :]
    assert re.sub(r"[\s©]+$", "", line) == left


def test_links_put_in_together_go_together():
    texts = [
        "图书馆通知",
        "本馆周末开放至晚上九点。",
        "友情链接：",
        "真人百家乐",
        "海蓝湖",
        "六合彩资料",
        "电话：0319-5550100",
    ]
    assert {span.block for span in find_spam(texts)} == {2, 3, 4, 5}


def test_a_sentence_that_reports_on_it_protects_the_page():
    texts = ["Online casino", "Police said the online casino had no licence."]
    assert not [span for span in find_spam(texts) if span.removable]


def cleaned(line):
    """The line without what is cut, on a page of other matters."""
    page = [
        "湿地公园本周开放",
        line,
        "The park opens at nine every day and closes when it gets dark, except in winter.",
    ]
    spans = [span for span in find_spam(page) if span.block == 1 and span.removable]
    for span in reversed(spans):
        line = line[: span.cut_start] + line[span.cut_end :]
    return line


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("園區設有步道。賴/Gleezy：abc88tea，24h在線，茶魚天天更新。入園免費。", "園區設有步道。入園免費。"),
        (
            "Rain is likely. Trade altcoins with 100x leverage, sign-up bonus 30 USDT. Bring a coat.",
            "Rain is likely. Bring a coat.",
        ),
        ("Bring boots, buy term papers online 100% plagiarism free. Bring a coat.", "Bring boots. Bring a coat."),
        ("參觀時間，真人百家樂官網首存送88元，上午九時起。", "參觀時間，上午九時起。"),
        (
            "Địa điểm: hội trường, nhà cái LUVIGA số 1 châu Á đăng ký tặng 99k từ 8 giờ đến 11 giờ hằng ngày.",
            "Địa điểm: hội trường, từ 8 giờ đến 11 giờ hằng ngày.",
        ),
        ("Registration (viagra generic online cheap) opens at nine.", "Registration opens at nine."),
        ("The choir meets on Friday. >>> airdrop USDT gratis, conecta tu wallet <<<", "The choir meets on Friday."),
        ("会后，蓝湾体育官网登录大家观摩了演练。", "会后，大家观摩了演练。"),
        ("山顶有雾。【 k a i y u n · 下 载 A P P · 提 款 秒 到 】下山小心。", "山顶有雾。下山小心。"),
        (
            "余额原路退回。办\u200b理\u200b毕\u200b业\u200b证\u200b学\u200b位\u200b证 Q Q：2 7 1 xx 8 0 5",
            "余额原路退回。",
        ),
    ],
)
def test_an_offer_put_into_running_text_goes_and_leaves_the_sentence_around_it(line, left):
    assert cleaned(line).rstrip() == left


@pytest.mark.parametrize(
    "line",
    [
        "四、於營業場所內擺設老虎機、百家樂或輪盤等機具。",
        "社区医疗正在改变，服务方式由坐等服务转为上门服务和主动服务，签约率今年要过八成。",
        "- Marsh Seeds (domain expired, now sells online slots)",
        "Police said the site offered free spins and a welcome bonus to new players.",
        "He wrote: “카지노 첫충 50% 텔레그램 문의” and asked whether I had sent it.",
        "The article lists live dealer games, sports betting and online poker among the trades taxed since May.",
    ],
)
def test_goods_that_a_sentence_only_names_stay(line):
    assert cleaned(line) == line
