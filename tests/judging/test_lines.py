"""The judge of lines, on small pages of our own."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from cleaner.judging.lines import judge
from cleaner.options import Level, Options
from cleaner.readers.text import read
from cleaner.verdict import Category, Judgement

NEWS = """首页
新闻中心
政务公开
您当前的位置：首页 > 新闻中心 > 正文
白鹭湾镇新修三座便民桥
——村民出行少绕五里路
来源：白鹭湾镇 发布时间：2022-03-04 09:10 【字体：大 中 小】
3月2日，白鹭湾镇三座便民桥同时通车，沿河四个村的村民出行不再绕路，孩子上学也省下了半个小时。
建得好更要管得好
镇里为每座桥配了护桥员，每周巡查一次，雨季每天上报水位，发现问题两小时内到场处置。
“过去涨水就断路，现在抬脚就过河。”村民老周说。
分享到：
微信
微博
相关文档：
南溪村荷花开了
网站地图 | 关于我们 | 联系我们
主办单位：白鹭湾镇人民政府
滇ICP备05112233号 滇公网安备 53010202000123号 政府网站标识码：5301020033
"""

CLEAN: dict[str, str] = tomllib.loads((Path(__file__).parent / "clean_documents.toml").read_text("utf-8"))


def judged(text: str, level: Level = "standard") -> tuple[list[str], Judgement]:
    page = read(text, None).page
    judgement = judge(page, Options(level=level))
    assert len(judgement.verdicts) == len(page)
    kept = [line for line, verdict in zip(page.text, judgement.verdicts, strict=True) if verdict.keep]
    return kept, judgement


def test_only_title_subtitle_text_and_heads_of_a_news_page_stay() -> None:
    kept, judgement = judged(NEWS)
    lines = NEWS.split("\n")
    assert kept == [*lines[4:6], *lines[7:11]]
    assert judgement.title == 4


def test_each_removed_line_says_why() -> None:
    _, judgement = judged(NEWS)
    removed = [verdict for verdict in judgement.verdicts if not verdict.keep]
    assert all(verdict.category is not None and verdict.rule for verdict in removed)
    assert all(0 <= verdict.score <= 1 for verdict in judgement.verdicts)
    assert judgement.verdicts[6].category == Category.BYLINE
    assert judgement.verdicts[11].category == Category.SHARE
    assert judgement.verdicts[14].category == Category.RELATED
    assert judgement.verdicts[18].category == Category.REGISTRATION


def test_the_widget_behind_a_byline_is_a_piece_of_its_own() -> None:
    _, judgement = judged(NEWS)
    categories = [piece.category for piece in judgement.verdicts[6].pieces]
    assert categories[0] == Category.BYLINE
    assert categories[-1] == Category.WIDGET


@pytest.mark.parametrize("name", CLEAN)
@pytest.mark.parametrize("level", ["gentle", "standard"])
def test_a_document_without_chrome_stays_whole(name: str, level: Level) -> None:
    kept, _ = judged(CLEAN[name], level)
    assert kept == [line.strip() for line in CLEAN[name].split("\n") if line.strip()]


def test_what_was_cleaned_stays_as_it_is() -> None:
    kept, _ = judged(NEWS)
    again, _ = judged("\n".join(kept))
    assert again == kept


def test_an_empty_page_has_no_verdicts() -> None:
    kept, judgement = judged("\n \n")
    assert kept == []
    assert judgement.verdicts == []


def test_stricter_levels_keep_no_more() -> None:
    kept = [set(judged(NEWS, level)[0]) for level in ("gentle", "standard", "strict")]
    assert kept[0] >= kept[1] >= kept[2]


def test_sureness_is_between_nothing_and_certain() -> None:
    assert 0 < judged(NEWS)[1].sureness <= 1


@pytest.mark.parametrize("text", ["a", "首页", "。", "\u200b", "=====", "1", "a\nb"])
def test_pages_of_next_to_nothing_are_judged(text: str) -> None:
    assert len(judged(text)[1].verdicts) >= 1


TITLED = """Startseite
Lokales
Sport
Anmelden
Startseite › Lokales
Imkerverein stellt Bienenkästen an den Bahndamm
Von Greta Holm
Stand: 04.05.2023, 08:15 Uhr
Teilen
Zwölf Bienenkästen stehen seit Mai am alten Bahndamm von Auhausen. Der Imkerverein hat sie mit Schülern gebaut.
„Die Linden blühen hier zwei Wochen länger“, sagt die Vorsitzende, die jeden Morgen vor der Arbeit nachsieht.
Impressum | Datenschutz | AGB
© 2023 Auhauser Bote. Alle Rechte vorbehalten.
"""


def test_the_line_whose_words_the_text_repeats_is_the_title_and_not_the_author_below_it() -> None:
    kept, judgement = judged(TITLED)
    assert judgement.title == 5
    assert kept[0] == TITLED.split("\n")[5]


def test_the_title_of_a_hacked_page_stays_without_the_spam_behind_it() -> None:
    page = (
        "ホーム\nサイトマップ\nお問い合わせ\nホーム>お知らせ>行事\n"
        "川べりの灯籠流しのお知らせ オンラインカジノ おすすめ ランキング\n"
        "投稿日: 2021年8月2日 投稿者: 事務局\n今年も川べりで灯籠流しを行います。雨のときは翌日に延ばします。\n"
        "灯籠は当日の午後三時から、橋のたもとの受付でお渡しします。\nコメントを残す\nプライバシーポリシー\n"
        "© 2021 川べり保存会 All Rights Reserved.\n"
    )
    _, judgement = judged(page)
    assert judgement.title == 4
    assert [cut.block for cut in judgement.cuts] == [4]


def test_a_list_of_changes_that_names_a_site_s_terms_stays_whole() -> None:
    changes = (
        "Changes\n2.3.0 (2024-05-02)\n- Added: a button that folds the bar\n- Fixed: the pager skipped a page\n"
        "2.2.1 (2024-03-11)\n- Fixed: the clock of the calendar ran late\n"
        "- Docs: Privacy Policy and Terms of Use now live in docs/legal\nMany thanks to all testers.\n"
    )
    assert judged(changes)[0] == changes.strip().split("\n")


def test_a_menu_joined_into_one_line_without_separators_goes() -> None:
    menu = "Skip to main content Subscribe Sign in My account Newsletters Home Jobs Contact us"
    assert judged(f"{menu}\n{TITLED}")[0] == judged(TITLED)[0]


def test_a_poem_of_menu_words_in_stanzas_stays_whole() -> None:
    poem = "首页\n门开着\n灯也开着\n\n上一篇\n写的是雨\n雨停了\n\n关于我们\n没有人问起\n也没有人走\n"
    assert judged(poem)[0] == [line for line in poem.split("\n") if line]


def test_nothing_stays_of_a_page_that_is_all_chrome() -> None:
    assert judged("首页 | 新闻 | 关于我们\n版权所有 滇ICP备05000002号\n分享到:\n网站地图\n")[0] == []


def test_hash_tags_make_no_manual_of_a_page() -> None:
    assert "网站地图 | 关于我们 | 联系我们" not in judged(f"#便民\n#桥梁\n{NEWS}")[0]


def test_what_stands_between_a_notice_and_its_date_is_the_notice_s_own() -> None:
    notice = (
        "白沙镇政府\n首页 新闻 公告 办事 下载\n首页 > 公告\n关于清理河道网箱的通告\n"
        "为保护河道水质，白沙镇政府决定自即日起清理河道内的网箱，请各养殖户于月底前自行拆除。\n"
        "逾期不拆除的，由镇政府组织拆除，所需费用由养殖户承担。\n"
        "举报电话：0719-5550101（周工）\n特此通告。\n白沙镇政府\n2021年4月6日\n"
        "上一篇：没有了\n白沙镇政府 版权所有 鄂ICP备05002233号\n"
    )
    assert judged(notice)[0] == notice.split("\n")[3:10]


def test_the_words_of_spam_that_is_cut_out_do_not_condemn_the_line_that_is_left() -> None:
    page = (
        "Home | News | Contact\nThe ferry sails again\n"
        "The ferry to the island sails again from Monday, after the pier was mended. "
        "Best online casino no deposit bonus, subscribe to our newsletter! Tickets cost what they did.\n"
        "The first boat leaves at seven, and the last one comes back at nine in the evening.\n"
        "Privacy Policy | Terms of Use\n© 2021 Island Ferries. All rights reserved.\n"
    )
    kept, judgement = judged(page)
    assert kept == page.split("\n")[1:4]
    assert [cut.block for cut in judgement.cuts] == [2]


def test_the_line_that_the_facts_below_repeat_is_the_title() -> None:
    page = (
        "欢迎访问白沙县招标网！\n首页 > 采购公告\n白沙县图书馆书架采购项目更正公告\n"
        "【发布时间：2022-03-01】【阅读次数：12】\n"
        "一、项目情况\n项目编号：BS-2022-011\n项目名称：白沙县图书馆书架采购项目\n二、更正内容\n"
        "序号 更正项 更正前 更正后\n1 开标时间 3月8日 3月15日\n2 交货期 30天 45天\n3 质保期 1年 2年\n"
        "打印本页 关闭窗口\n白沙县招标网 版权所有 鄂ICP备05002244号\n"
    )
    kept, judgement = judged(page)
    assert judgement.title == 2
    assert kept == page.split("\n")[2:3] + page.split("\n")[4:12]


def test_a_call_in_the_middle_of_a_line_does_not_claim_the_sentences_behind_it() -> None:
    page = (
        "Início | Notícias | Contato\nO barco volta a navegar\n"
        "O barco para a ilha volta a navegar na segunda-feira, depois do conserto do cais.\n"
        "O bilhete custa o mesmo. Cadastre-se no balcão! "
        "Quem tem bilhete antigo pode trocá-lo até o fim do mês, disse a capitã Marta Nunes aos jornalistas.\n"
        "Política de privacidade | Termos de uso\n© 2021 Barcos da Ilha. Todos os direitos reservados.\n"
    )
    assert judged(page)[0] == page.split("\n")[1:4]


@pytest.mark.parametrize("name", ["白鹭湾镇人民政府", "白鹭湾镇人民政府\n（此件公开发布）"])
def test_the_office_that_signs_below_the_text_stays_without_a_date(name: str) -> None:
    below = "相关文档：\n南溪村荷花开了\n网站地图 | 关于我们 | 联系我们\n"
    text = NEWS.replace("分享到：\n微信\n微博\n", name + "\n").replace("相关文档：\n南溪村荷花开了\n", below)
    kept, _ = judged(text)
    assert kept[-len(name.split("\n")) :] == name.split("\n")


def test_the_title_between_the_path_and_a_second_title_stays() -> None:
    path = "您当前的位置：首页 > 新闻中心 > 正文\n"
    kept, _ = judged(NEWS.replace(path, path + "走出家门就是路\n").replace("——村民出行少绕五里路\n", ""))
    assert kept[:2] == ["走出家门就是路", "白鹭湾镇新修三座便民桥"]


def test_the_numbers_of_chapters_stay() -> None:
    head, body = NEWS.split("3月2日", 1)
    paragraphs = "3月2日" + body.split("分享到", 1)[0]
    chapters = "".join(f"0{number}\n{line}\n" for number, line in enumerate(paragraphs.strip().split("\n")[::2], 1))
    text = (
        head + chapters + "03\n桥修好了，路也就近了，护桥员老李说他还要再守十年。\n分享到" + NEWS.split("分享到", 1)[1]
    )
    kept, _ = judged(text)
    assert [line for line in kept if line.isdigit()] == ["01", "02", "03"]
