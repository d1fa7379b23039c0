import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.building.from_lines import build
from cleaner.document import (
    CodeBlock,
    Heading,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    Text,
    ThematicBreak,
    Verbatim,
)
from cleaner.options import Options
from cleaner.readers.text import read
from cleaner.verdict import Category, Cut, Judgement, Verdict

LONG_ZH = "经过两年的建设，小镇的新图书馆终于在上周六正式开放，吸引了数百名居民前来参观借阅，大家都说值得等待。"
LONG_EN = "After two years of work the new library was opened on Saturday, and hundreds of people came to see it."


def built(source: str, *, drop: tuple[str, ...] = (), cuts: tuple[Cut, ...] = (), title: str = ""):
    reading = read(source, None)
    texts = reading.page.text
    verdicts = [Verdict(keep=text not in drop, score=1.0) for text in texts]
    return build(reading, Judgement(verdicts, list(cuts), title=texts.index(title) if title else None), Options())


def kept(source: str, *drop: str, cuts: tuple[Cut, ...] = ()) -> str:
    blocks = built(source, drop=drop, cuts=cuts)
    return blocks[0].source if blocks else ""


def tree(source: str, title: str = ""):
    (verbatim,) = built(source, title=title)
    assert isinstance(verbatim, Verbatim)
    return verbatim.blocks


def words(runs) -> str:
    return "".join("/" if isinstance(run, LineBreak) else run.text for run in runs)


def outline(source: str, title: str = "") -> list[str]:
    """Each block in short: `## heading`, `¶ paragraph`, `- item`, `1. item`, `> quote`, else its kind."""
    out = []
    for block in tree(source, title):
        if isinstance(block, Heading):
            out.append(f"{'#' * block.level} {words(block.runs)}")
        elif isinstance(block, Paragraph):
            out.append(f"¶ {words(block.runs)}")
        elif isinstance(block, ListBlock):
            for number, item in enumerate(block.items, block.start):
                out.append(f"{f'{number}.' if block.ordered else '-'} {words(item.blocks[0].runs)}")
        else:
            out.append(type(block).__name__)
    return out


# What is kept


def test_kept_lines_stand_as_they_stood_with_their_blank_lines():
    source = "Title\n\n\n  indented  \nnext\n\nlast\n"
    assert kept(source) == "Title\n\n\n  indented\nnext\n\nlast"


def test_one_blank_line_stays_where_lines_were_removed_between_blank_lines():
    assert kept("one\n\nmenu\n\n\nfooter\n\ntwo", "menu", "footer") == "one\n\ntwo"


def test_no_blank_line_is_put_in_where_there_was_none():
    assert kept("one\nmenu\ntwo", "menu") == "one\ntwo"


def test_blank_lines_above_the_first_kept_line_go():
    assert kept("menu\n\n\none", "menu") == "one"


def test_nothing_kept_is_no_block():
    assert built("menu\n\nfooter", drop=("menu", "footer")) == ()
    assert built("") == ()


def test_a_cut_leaves_no_double_space():
    cut = Cut(0, 4, 8, Category.SPAM, "spam", 1.0)
    assert kept("one spam two\n", cuts=(cut,)) == "one two"


def test_a_line_that_is_cut_whole_is_gone():
    cut = Cut(1, 0, 4, Category.SPAM, "spam", 1.0)
    assert kept("one\nspam\ntwo\n", cuts=(cut,)) == "one\ntwo"


# Title and headings


def test_the_judges_title_is_the_first_heading_and_a_dashed_line_below_it_a_paragraph():
    source = f"小镇有了图书馆\n——记一个心愿\n\n{LONG_ZH}\n"
    assert outline(source, "小镇有了图书馆") == ["# 小镇有了图书馆", "¶ ——记一个心愿", f"¶ {LONG_ZH}"]


def test_short_lines_set_off_above_running_text_are_headings():
    source = f"{LONG_ZH}\n\n安静的角落\n\n让孩子坐得住、读得进、想再来\n\n{LONG_ZH}\n"
    assert outline(source) == [f"¶ {LONG_ZH}", "## 安静的角落", "## 让孩子坐得住、读得进、想再来", f"¶ {LONG_ZH}"]


def test_without_a_title_from_the_judge_a_first_heading_is_the_title():
    assert outline(f"The New Library\n\n{LONG_EN}\n\nA QUIET CORNER\n\n{LONG_EN}\n") == [
        "# The New Library",
        f"¶ {LONG_EN}",
        "## A QUIET CORNER",
        f"¶ {LONG_EN}",
    ]


def test_headings_stand_between_paragraphs_of_a_line_each_without_blank_lines():
    text = f"{LONG_ZH}\n安静的角落\n{LONG_ZH}\n{LONG_ZH}"
    assert outline(text)[1] == "## 安静的角落"


@pytest.mark.parametrize(
    "line",
    [
        "来源：小镇日报",
        "2021年3月5日",
        "By Ann Example",
        "本报记者 王某某",
        "图为新图书馆的阅览室",
        "Photo: Ann Example",
        "Dear readers,",
        "Hi Anna",
        "各位读者：",
        "and many more came",
        "“我等了两年”",
        "$49.00",
        "www.example.org | Home",
        "他说等了两年。",
    ],
)
def test_bylines_dates_captions_greetings_and_sentences_are_no_headings(line: str):
    assert outline(f"{LONG_EN}\n\n{line}\n\n{LONG_EN}\n")[1].startswith("¶")


def test_many_short_lines_in_a_row_are_no_headings():
    rows = "苹果\n\n香蕉\n\n葡萄\n\n西瓜\n\n石榴"
    assert not [line for line in outline(f"{LONG_ZH}\n\n{rows}\n\n{LONG_ZH}\n") if line.startswith("#")]


def test_chinese_numbering_gives_levels():
    source = (
        f"一、检查范围\n\n{LONG_ZH}\n\n二、工作步骤\n\n（一）自查自纠\n\n{LONG_ZH}\n\n（二）集中检查\n\n{LONG_ZH}\n"
    )
    assert [line for line in outline(source) if line.startswith("#")] == [
        "## 一、检查范围",
        "## 二、工作步骤",
        "### （一）自查自纠",
        "### （二）集中检查",
    ]


def test_decimal_numbering_gives_levels():
    source = f"1 Introduction\n\n{LONG_EN}\n\n1.1 Background\n\n{LONG_EN}\n\n2 Results\n\n{LONG_EN}\n"
    assert [line for line in outline(source) if line.startswith("#")] == [
        "## 1 Introduction",
        "### 1.1 Background",
        "## 2 Results",
    ]


def test_chinese_numbers_are_headings_without_blank_lines_but_not_in_an_agenda():
    sections = "一、缴费时间\n集中缴费期为三个月。\n二、缴费标准\n每人每年若干元。\n"
    assert outline(sections)[::2] == ["## 一、缴费时间", "## 二、缴费标准"]
    agenda = f"{LONG_ZH}\n一、通报情况\n二、讨论方案\n三、其他事项\n{LONG_ZH}\n"
    assert not [line for line in outline(agenda)[:3] if line.startswith("#")]


def test_plain_numbers_are_headings_above_running_text():
    source = f"1. Water\n{LONG_EN}\n2. Hedges\n{LONG_EN}\n"
    assert outline(source) == ["## 1. Water", f"¶ {LONG_EN}", "## 2. Hedges", f"¶ {LONG_EN}"]


def test_a_short_line_right_above_a_list_is_its_heading():
    assert outline("茄子 两根\n肉末 半碗\n做法\n1. 茄子切块。\n2. 下锅炒熟。\n")[-3] == "## 做法"


def test_number_signs_of_several_depths_are_headings():
    assert outline("# Changelog\n## 2.4.0\n- one fix\n- two fixes\n")[:2] == ["# Changelog", "## 2.4.0"]


def test_chapters_are_headings_of_one_level():
    source = f"第一章 雪夜\n\n{LONG_ZH}\n\n第二章 来客\n\n{LONG_ZH}\n"
    assert [line for line in outline(source) if line.startswith("#")] == ["## 第一章 雪夜", "## 第二章 来客"]


def test_underlined_lines_are_headings_and_the_underline_is_gone():
    source = f"Weekly Notes\n============\n\n{LONG_EN}\n\nMonday\n------\n\n{LONG_EN}\n"
    assert outline(source) == ["# Weekly Notes", f"¶ {LONG_EN}", "## Monday", f"¶ {LONG_EN}"]


def test_a_line_of_signs_alone_is_a_rule():
    assert isinstance(tree(f"{LONG_EN}\n\n* * *\n\n{LONG_EN}\n")[1], ThematicBreak)


def test_comments_among_commands_are_no_headings():
    assert outline("# initialize git\ngit init\n\n# clone it\ngit clone example\n")[0].startswith("¶ # initialize git")


# Lists


def test_bullets_are_items():
    assert outline("Ingredients:\n- flour\n- eggs\n- two lemons\n  (unwaxed)\n")[1:] == [
        "- flour",
        "- eggs",
        "- two lemons (unwaxed)",
    ]
    assert outline("・駅前広場の整備\n・バス路線の再編\n") == ["- 駅前広場の整備", "- バス路線の再編"]


@pytest.mark.parametrize("form", ["{}. ", "{}) ", "({}) ", "（{}）", "{}、"])
def test_numbers_in_order_are_an_ordered_list(form: str):
    source = "\n".join(
        form.format(number) + word for number, word in enumerate(["听取汇报；", "查阅资料；", "现场查看。"], 2)
    )
    assert outline(source) == ["2. 听取汇报；", "3. 查阅资料；", "4. 现场查看。"]


def test_circled_numbers_are_an_ordered_list():
    assert outline("①乡：家乡。\n②望：往远处看。\n") == ["1. 乡：家乡。", "2. 望：往远处看。"]


def test_deeper_items_are_a_list_in_the_item_above():
    (block,) = tree("- a\n  - b\n  - c\n- d\n")
    assert isinstance(block, ListBlock)
    assert len(block.items) == 2
    inner = block.items[0].blocks[1]
    assert isinstance(inner, ListBlock)
    assert len(inner.items) == 2


def test_a_lone_dash_or_number_is_no_list():
    assert outline("- 完 -\n") == ["¶ - 完 -"]
    assert outline("3. 地址不详\n") == ["¶ 3. 地址不详"]
    assert outline("1.5 million people came.\n2.5 million left again.\n")[0].startswith("¶ 1.5")


# Lines that belong together


def test_hard_wrapped_prose_is_rejoined_with_spaces():
    source = (
        "The old lighthouse on the northern cape has been kept by the same family\n"
        "for more than a hundred years, and the youngest daughter now climbs the\n"
        "stairs each evening to light the lamp that guides the fishing boats home.\n"
        "\n"
        "She says the work is quiet, but never dull: there are birds to count and\n"
        "storms to write down.\n"
    )
    assert [line.count("/") for line in outline(source)] == [0, 0]
    assert "family for more" in outline(source)[0]
    assert outline(source)[1].endswith("count and storms to write down.")


def test_hard_wrapped_chinese_is_rejoined_without_spaces():
    source = (
        "清晨六点，山里的雾还没有散，李老师已经背着一筐柴火走\n"
        "进了学校的厨房。她要在孩子们到校之前把水烧开，再蒸上\n"
        "一大锅红薯。二十年来，她几乎每天都是这样开始的。\n"
    )
    (line,) = outline(source)
    assert "柴火走进了学校" in line
    assert "再蒸上一大锅" in line


def test_a_hyphen_at_a_lines_end_stays():
    source = (
        "Her great-grandfather came to the cape when the tower was still a heap of\n"
        "stones, and he carried the very first of its lenses up the cliff on a well-\n"
        "made sled with the help of two neighbours and of a mule, which was unwilling.\n"
    )
    assert "a well-made sled" in outline(source)[0]


def test_verse_keeps_its_lines():
    source = (
        "The boats come in at evening,\ntheir lanterns low and red,\nand all the gulls are leaving\n\nThe end of it.\n"
    )
    assert outline(source)[0] == (
        "¶ The boats come in at evening,/their lanterns low and red,/and all the gulls are leaving"
    )


def test_a_line_alone_above_verse_is_its_title_even_if_the_judge_takes_the_first_line_for_it():
    source = "夜航\n\n船过了最后一个灯塔\n水手把烟头按进罐头盒\n风从南边来，带着盐\n"
    verse = "¶ 船过了最后一个灯塔/水手把烟头按进罐头盒/风从南边来，带着盐"
    assert outline(source) == ["# 夜航", verse]
    assert outline(source, "船过了最后一个灯塔") == ["# 夜航", verse]
    assert outline(source, "风从南边来，带着盐") == ["# 夜航", verse]


def test_talk_keeps_its_lines():
    source = f"记者：您什么时候开始种茶的？\n陈师傅：十六岁那年，跟着我父亲上山，一直种到现在。\n\n{LONG_ZH}\n"
    assert outline(source)[0].count("/") == 1


def test_lines_that_a_scraper_broke_at_a_link_are_joined():
    assert outline("The poet was born in\nLisbon\n, where he lived until the war.\nHe died in 1931.\n") == [
        "¶ The poet was born in Lisbon, where he lived until the war.",
        "¶ He died in 1931.",
    ]


def test_chinese_lines_without_an_end_go_on():
    source = (
        "根据统一核算的结果，上半年全县实现地区生产总值若干亿元，按可比价格计算，\n"
        "同比增长若干，增速比一季度加快，其中第一产业增长\n"
        "3.4%。\n"
    )
    (first, second) = outline(source + LONG_ZH)
    assert first.endswith("计算，同比增长若干，增速比一季度加快，其中第一产业增长3.4%。")
    assert second == f"¶ {LONG_ZH}"


def test_lines_of_their_own_are_paragraphs_of_their_own():
    assert outline(f"{LONG_ZH}\n{LONG_EN}\n") == [f"¶ {LONG_ZH}", f"¶ {LONG_EN}"]


# Quotes, tables, code


def test_quoted_lines_are_quotations():
    blocks = tree("> Thank you.\n> Come again.\n>> Gladly.\n")
    assert blocks == (
        Quote((Paragraph((Text("Thank you."), LineBreak(), Text("Come again."))),)),
        Quote((Quote((Paragraph((Text("Gladly."),)),)),)),
    )


def test_rows_in_columns_are_a_table():
    table = tree("站名    进站    出站\n东门    1203    1180\n西市    877     901\n南桥    450     466\n")[0]
    assert isinstance(table, Table)
    assert [len(row) for row in table.rows] == [3, 3, 3, 3]
    assert [cell.header for cell in table.rows[0]] == [True, True, True]


def test_a_last_row_with_fewer_cells_has_them_in_their_columns():
    source = (
        "Station    Height   Rain   Snow\n"
        "Altenau       412     88      3\n"
        "Brunn         655    121      4\n"
        "Mean                 105\n"
    )
    (table,) = tree(source)
    assert isinstance(table, Table)
    assert [_letters(cell.blocks) for cell in table.rows[-1]] == ["Mean", "", "105", ""]


def test_box_drawing_is_a_table():
    table = tree("┌────┬────┐\n│ 甲 │ 乙 │\n├────┼────┤\n│ 1  │ 2  │\n└────┴────┘\n")[0]
    assert isinstance(table, Table)
    assert len(table.rows) == 2


def test_fenced_code_is_kept_to_the_letter_without_its_fences():
    source = "先安装，再运行：\n\n```bash\npip install example\n\n    indented\n```\n\n完成。\n"
    assert tree(source)[1] == CodeBlock("pip install example\n\n    indented", "bash")


def test_indented_code_keeps_its_indentation():
    source = "def double(number):\n    result = number * 2\n    return result\nprint(double(4))\n"
    assert tree(source) == (CodeBlock(source.rstrip("\n")),)


# Addresses


def test_an_address_ends_where_chinese_text_begins():
    (paragraph,) = tree("详情见http://example.org/a/b。后面还有文字")
    assert paragraph.runs[1] == Text("http://example.org/a/b", (Link("http://example.org/a/b"),))
    assert words(paragraph.runs) == "详情见http://example.org/a/b。后面还有文字"


def test_punctuation_behind_an_address_is_not_part_of_it():
    (paragraph,) = tree("(see https://example.com/x_(y).)")
    assert paragraph.runs[1].text == "https://example.com/x_(y)"


# Properties

LINES = st.text(alphabet="ab字句Z1. \t\n>-*#、。，:：（一）|`~=—•「", max_size=200)


@given(LINES)
def test_text_kept_whole_is_copied_but_for_blank_ends_and_trailing_space(source: str):
    lines = [line.rstrip() for line in source.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    assert kept(source) == "\n".join(lines)


@given(LINES, st.randoms(use_true_random=False))
def test_what_is_left_is_a_subsequence_of_the_lines_and_stable(source: str, chance):
    reading = read(source, None)
    verdicts = [Verdict(keep=chance.random() < 0.6, score=1.0) for _ in reading.page.text]
    blocks = build(reading, Judgement(verdicts), Options())
    once = blocks[0].source if blocks else ""
    lines = iter(line.rstrip() for line in source.split("\n"))
    assert all(line in lines for line in once.split("\n") if line)
    assert kept(once) == once


@given(LINES)
def test_every_kept_word_stands_in_the_blocks_in_order(source: str):
    blocks = built(source)
    found = iter(_letters(blocks[0].blocks) if blocks else "")
    # Numbers of items and languages of fences are no words of the blocks.
    fences = "`" in source or "~" in source
    assert fences or all(character in found for character in source if character in "ab字句Z")


def _letters(blocks) -> str:
    out = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            out.append(words(block.runs))
        elif isinstance(block, CodeBlock):
            out.append(block.text)
        elif isinstance(block, Quote):
            out.append(_letters(block.blocks))
        elif isinstance(block, ListBlock):
            out.extend(_letters(item.blocks) for item in block.items)
        elif isinstance(block, Table):
            out.extend(_letters(cell.blocks) for row in block.rows for cell in row)
    return "".join(out)
