from hypothesis import given
from hypothesis import strategies as st

from cleaner.page import BlockKind, Flag
from cleaner.readers.front_matter import front_matter_lines
from cleaner.readers.markdown import MarkdownReading, read

PAGE = """---
title: Beans
---
[Skip to content](#main)

[Home](/) | [News](/n)
[About](/a)

# Beans #

Beans are late this year, and the gardener has begun to write letters about them
to everybody in the village.

> A quote
> - an item in it

- One
- Two
    - Three

1. First

| a | b |
|---|---|
| 1 | 2 |

```py
x = [1](2)
```

<div>
markup
</div>

[ref]: /target

Setext
======
***
"""

PROSE = """Beans are late this year, and the gardener has begun to write letters about them
to everybody in the village."""

MARKDOWN = st.text(alphabet="ab字。 \t\n>-*+#1.[]()|`~=<!:\\_\r", max_size=120)


def kinds(reading: MarkdownReading) -> list[tuple[BlockKind, str]]:
    page = reading.page
    return [(BlockKind(kind), text) for kind, text in zip(page.block_kind, page.text, strict=True)]


def test_each_leaf_is_a_block_without_its_markers():
    assert kinds(read(PAGE, None)) == [
        (BlockKind.FRONT_MATTER, "---\ntitle: Beans\n---"),
        (BlockKind.PARAGRAPH, "[Skip to content](#main)"),
        (BlockKind.PARAGRAPH, "[Home](/) | [News](/n)"),
        (BlockKind.PARAGRAPH, "[About](/a)"),
        (BlockKind.HEADING, "Beans"),
        (
            BlockKind.PARAGRAPH,
            PROSE,
        ),
        (BlockKind.QUOTE, "A quote"),
        (BlockKind.ITEM, "an item in it"),
        (BlockKind.ITEM, "One"),
        (BlockKind.ITEM, "Two"),
        (BlockKind.ITEM, "Three"),
        (BlockKind.ITEM, "First"),
        (BlockKind.TABLE, "| a | b |\n|---|---|\n| 1 | 2 |"),
        (BlockKind.CODE, "```py\nx = [1](2)\n```"),
        (BlockKind.MARKUP, "<div>\nmarkup\n</div>"),
        (BlockKind.MARKUP, "[ref]: /target"),
        (BlockKind.HEADING, "Setext"),
        (BlockKind.RULE, "***"),
    ]


def test_levels_are_those_of_headings_and_of_nested_items():
    page = read(PAGE, None).page
    levels = dict(zip(page.text, page.level, strict=True))
    assert (levels["Beans"], levels["Setext"], levels["One"], levels["Three"]) == (1, 1, 1, 2)


def test_code_tables_and_front_matter_are_guarded():
    page = read(PAGE, None).page
    guarded = {BlockKind(page.block_kind[i]) for i in range(len(page)) if page.flags[i] & Flag.GUARDED}
    assert guarded == {BlockKind.FRONT_MATTER, BlockKind.TABLE, BlockKind.CODE, BlockKind.MARKUP}


def test_links_are_counted_with_the_characters_of_their_labels():
    page = read("[Home](/) | [News](/n) | <https://a.example/>\n\n`[no](/link)`\n\n    [none](/x)\n", None).page
    assert (page.links[0], page.link_chars[0]) == (3, len("HomeNews<https://a.example/>"))
    assert page.links[2] == 0


def test_a_linked_image_is_a_link_without_a_label():
    page = read("[![badge](https://b.example/x.svg)](https://b.example)\n", None).page
    assert (page.links, page.link_chars) == ([1], [0])


def test_wrapped_prose_is_one_block_and_a_menu_a_block_a_line():
    menu = "首页\n新闻中心\n联系我们\n"
    prose = "The quick brown fox jumps over the lazy dog near the old wooden bridge,\nand runs off.\n"
    assert len(read(menu, None).page) == 3
    assert len(read(prose, None).page) == 1


def test_a_link_that_spans_lines_holds_them_together():
    assert read("[a long\nlabel](/x)\nnext\n", None).page.text == ["[a long\nlabel](/x)", "next"]
    assert read("[label](/a\n'title')\nnext\n", None).page.text == ["[label](/a\n'title')", "next"]


def test_an_item_whose_marker_stands_alone_begins_at_the_marker():
    reading = read("-\n  text\n", None)
    assert reading.page.text == ["text"]
    assert (reading.first, reading.last) == ([0], [2])


def test_toml_front_matter_is_known_and_a_rule_is_not():
    assert front_matter_lines(["+++", "title = 'x'", "+++", "text"]) == 3
    assert front_matter_lines(["---", "Just a line between rules.", "---", "text"]) == 0
    assert front_matter_lines(["---", "title: x", "no end"]) == 0


def test_ten_thousand_quotes_deep_is_one_block():
    page = read(">" * 10_000 + " deep\n", None).page
    assert page.text == ["deep"]


def test_lines_below_the_deepest_nesting_are_blocks_too():
    reading = read("".join("  " * depth + f"- item {depth}\n" for depth in range(300)), None)
    words = " ".join(reading.page.text)
    assert all(f"item {depth}" in words for depth in range(300))


def test_nothing_is_no_block():
    assert len(read("", None).page) == 0
    assert len(read("\n \n\t\n", None).page) == 0


@given(MARKDOWN)
def test_text_is_the_source_between_its_offsets_and_columns_have_one_length(text: str):
    reading = read(text, None)
    page = reading.page
    assert page.text == [text[start:end] for start, end in zip(page.start, page.end, strict=True)]
    columns = (
        page.block_kind,
        page.level,
        page.link_chars,
        page.links,
        page.bold_chars,
        page.breaks,
        page.blank_before,
    )
    more = (
        page.indent,
        page.container,
        page.flags,
        page.hidden,
        reading.first,
        reading.last,
        reading.column,
        reading.leaf,
    )
    assert {len(column) for column in columns + more} == {len(page)}
    assert all(text.strip() for text in page.text)


@given(MARKDOWN)
def test_every_line_with_words_lies_in_exactly_one_block(text: str):
    reading = read(text, None)
    owners = [0] * len(reading.lines)
    for first, last in zip(reading.first, reading.last, strict=True):
        for line in range(first, last):
            owners[line] += 1
    assert reading.first == sorted(reading.first)
    for line, owned in zip(reading.lines, owners, strict=True):
        assert owned <= 1
        assert owned or not any(character in "ab字" for character in line)


@given(MARKDOWN)
def test_containers_hold_their_blocks(text: str):
    page = read(text, None).page
    tree = page.containers
    for index, innermost in enumerate(page.container):
        container = innermost
        while container >= 0:
            assert tree.first[container] <= index < tree.last[container]
            assert tree.parent[container] < container
            container = tree.parent[container]


def test_raw_tags_around_other_blocks_and_pictures_are_not_judged_by_themselves():
    source = "<details>\n<summary>More</summary>\n\nText.\n\n</details>\n\n<p><img src=a.png></p>\n\n<p>Home</p>\n"
    page = read(source, None).page
    guarded = [text for text, flags in zip(page.text, page.flags, strict=True) if flags & Flag.GUARDED]
    assert guarded == ["<details>\n<summary>More</summary>", "</details>", "<p><img src=a.png></p>"]
