import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.building.from_markdown import build
from cleaner.document import (
    CodeBlock,
    Heading,
    Image,
    LineBreak,
    Link,
    ListBlock,
    ListItem,
    Mark,
    MarkKind,
    Paragraph,
    Quote,
    Table,
    Text,
    ThematicBreak,
    Verbatim,
)
from cleaner.options import Options
from cleaner.readers.markdown import read
from cleaner.verdict import Category, Cut, Judgement, Verdict

MARKDOWN = st.text(alphabet="ab字。 \t\n>-*+#1.[]()|`~=<!:\\_", max_size=120)

ARTICLE = """---
title: Beans
---

# Beans

They are **late** this year.<br>Very.

* one
* two

  more of it

> quoted
lazy

```py
x = 1
```

| a | b |
|:--|--:|
| 1 | 2 |

<details>
<summary>More</summary>
hidden words
</details>

1) first
2) second

***

See [the notes][notes].

[notes]: https://notes.example "Notes"
"""


def built(source: str, *, drop: tuple[str, ...] = (), cuts: tuple[Cut, ...] = (), options: Options | None = None):
    reading = read(source, None)
    verdicts = [Verdict(keep=not any(word in text for word in drop), score=1.0) for text in reading.page.text]
    return build(reading, Judgement(verdicts, list(cuts)), options or Options())


def left(source: str, *drop: str, cuts: tuple[Cut, ...] = ()) -> str:
    blocks = built(source, drop=drop, cuts=cuts)
    assert len(blocks) <= 1
    return blocks[0].source if blocks else ""


def tree(source: str):
    (verbatim,) = built(source)
    assert isinstance(verbatim, Verbatim)
    return verbatim.blocks


def words(text: str) -> tuple[Paragraph]:
    return (Paragraph((Text(text),)),)


def test_what_is_kept_whole_is_copied_to_the_letter():
    assert left(ARTICLE) + "\n" == ARTICLE


@given(MARKDOWN)
def test_any_markdown_kept_whole_is_copied_but_for_blank_lines_at_the_end(source: str):
    if "](" in source or "<" in source or "]:" in source:
        return  # addresses may be unsafe; those have tests of their own
    expected = source.split("\n")
    while expected and not expected[-1].strip():
        expected.pop()
    assert left(source) == ("\n".join(expected) if read(source, None).page.text else "")


def test_nothing_kept_is_no_block():
    assert built("Menu\n\nFooter\n", drop=("Menu", "Footer")) == ()
    assert built("") == ()


def test_one_blank_line_stays_where_a_part_was_removed():
    assert left("A\n\n\nMenu\n\n\nB\n", "Menu") == "A\n\nB"


def test_a_blank_line_is_put_in_where_two_parts_would_run_together():
    assert left("A\n# Menu\nB\n", "Menu") == "A\n\nB"


def test_a_paragraphs_lines_close_up():
    assert left("首页\n新闻\n联系\n", "新闻") == "首页\n联系"


def test_a_marker_that_was_text_stays_text():
    assert left("Menu\n+\n", "Menu") == "\\+"
    assert left("> Menu\n> 2)\n", "Menu") == "> 2\\)"


def test_a_list_keeps_its_other_items_tight():
    assert left("- A\n- Menu\n- B\n", "Menu") == "- A\n- B"
    assert left("1. A\n2. Menu\n3. B\n", "Menu") == "1. A\n3. B"


def test_items_below_a_removed_head_move_to_its_level():
    assert left("- A\n- Menu\n    - B\n    - C\n- D\n", "Menu") == "- A\n- B\n- C\n- D"


def test_an_items_second_paragraph_takes_the_marker_of_the_removed_first():
    assert left("- A\n- Menu\n\n  text\n", "Menu") == "- A\n\n- text"


def test_a_quote_stays_one_quote():
    assert left("> A\n>\n> Menu\n>\n> B\n", "Menu") == "> A\n>\n> B"
    assert left("> A\n> # Menu\n> B\n", "Menu") == "> A\n>\n> B"


def test_a_rule_that_would_lead_the_text_goes():
    assert left("Menu\n\n---\n\nText\n\n---\n\nMore\n", "Menu") == "Text\n\n---\n\nMore"


def test_indented_code_behind_a_list_stays_code():
    (verbatim,) = built("- A\n\nMenu\n\n    code\n", drop=("Menu",))
    assert isinstance(verbatim, Verbatim)
    assert verbatim.blocks[-1] == CodeBlock("code")


def test_a_cut_leaves_the_rest_of_the_line():
    cut = Cut(0, 4, 12, Category.SPAM, "spam", 1.0)
    assert left("Some betting words\n\nNext\n", cuts=(cut,)) == "Some words\n\nNext"


def test_a_cut_of_a_whole_item_takes_its_marker():
    cut = Cut(1, 0, 4, Category.SPAM, "spam", 1.0)
    assert left("- A\n- Menu\n- B\n", cuts=(cut,)) == "- A\n- B"


def test_a_definition_stays_while_something_refers_to_it():
    source = "See [the notes][Notes].\n\n[notes]: https://a.example\n[other]: https://b.example\n"
    assert left(source, "a.example", "b.example") == "See [the notes][Notes].\n\n[notes]: https://a.example"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[a](javascript:alert(1)) and [b](/x)", "a and [b](/x)"),
        ("[a](JaVaScRiPt:x 'title')", "a"),
        ("[a](&#106;avascript:x)", "a"),
        ("[a](<javascript:x y>)", "a"),
        ("![a](vbscript:x)", "a"),
        ("[![a](/a.png)](javascript:void(0))", "![a](/a.png)"),
        ("<javascript:x>", "javascript:x"),
        ("- one\n- [a](javascript:x)", "- one\n- a"),
        ("| [a](javascript:x) | b |\n|---|---|", "| a | b |\n|---|---|"),
        ('<a href="javascript:x">a</a> b', "<a>a</a> b"),
        ("<div>\n<a href='javascript:x'>a</a>\n</div>", "<div>\n<a>a</a>\n</div>"),
        ("[a]\n\n[a]: javascript:x", "[a]"),
        ("`[a](javascript:x)`", "`[a](javascript:x)`"),
        ("![a](data:image/png;base64,AAAA)", "![a](data:image/png;base64,AAAA)"),
    ],
)
def test_links_that_run_code_become_text_and_nothing_else_changes(source: str, expected: str):
    assert left(source) == expected
    assert left(expected) == expected


def test_the_tree_has_the_blocks_of_the_source():
    kinds = [type(block) for block in tree(ARTICLE)]
    assert kinds == [
        CodeBlock, Heading, Paragraph, ListBlock, Quote, CodeBlock, Table, Paragraph, Paragraph, ListBlock,
        ThematicBreak, Paragraph,
    ]  # fmt: skip


def test_inline_markup_becomes_runs_with_marks():
    (paragraph,) = tree('*a **b*** `c  d` [e](/f "g") ~~h~~ ![i](/j.png)  \nk&amp;\\*')
    strong, emphasis = Mark(MarkKind.STRONG), Mark(MarkKind.EMPHASIS)
    assert paragraph == Paragraph(
        (
            Text("a ", (emphasis,)),
            Text("b", (emphasis, strong)),
            Text(" "),
            Text("c  d", (Mark(MarkKind.CODE),)),
            Text(" "),
            Text("e", (Link("/f", "g"),)),
            Text(" "),
            Text("h", (Mark(MarkKind.DELETED),)),
            Text(" "),
            Image("/j.png", "i"),
            LineBreak(),
            Text("k&*"),
        )
    )


def test_lines_of_a_paragraph_are_joined_as_their_script_asks():
    assert tree("春天的风\n吹过山坡") == words("春天的风吹过山坡")
    assert tree("one\ntwo") == words("one two")
    assert tree("봄바람이\n분다") == words("봄바람이 분다")


def test_task_boxes_are_no_text():
    assert tree("- [x] done\n- [ ] open\n") == (
        ListBlock((ListItem(words("done"), checked=True), ListItem(words("open"), checked=False))),
    )


def test_ordered_lists_know_their_first_number():
    (block,) = tree("7. a\n8. b\n")
    assert isinstance(block, ListBlock)
    assert (block.ordered, block.start) == (True, 7)


def test_tables_are_grids_with_a_header_and_alignments():
    (block,) = tree("| a | b |\n|:--|--:|\n| 1 |\n")
    assert isinstance(block, Table)
    assert block.alignments == ("left", "right")
    assert [[cell.header for cell in row] for row in block.rows] == [[True, True], [False, False]]
    assert block.rows[1][1].blocks == ()


def test_markup_gives_its_words_but_no_scripts_and_comments():
    assert tree("<div>\n<p>One</p><script>two()</script>\n<!-- three -->\nfour\n</div>\n") == (
        Paragraph((Text("One"),)),
        Paragraph((Text("four"),)),
    )
    assert built("<!-- only a comment -->") == ()


def test_without_links_or_images_the_tree_is_handed_on_and_front_matter_still_copied():
    front, heading, paragraph = built("---\na: b\n---\n# H\n\n[x](/y)\n", options=Options(links=False))
    assert front == Verbatim("markdown", "---\na: b\n---", (CodeBlock("a: b", "yaml"),))
    assert isinstance(heading, Heading)
    assert isinstance(paragraph, Paragraph)


def test_nesting_beyond_the_parsers_depth_keeps_its_words():
    source = ">" * 5000 + " deep words"
    assert left(source) == source
    quote = tree(source)[0]
    while isinstance(quote, Quote) and quote.blocks:
        quote = quote.blocks[0]
    assert quote == Paragraph((Text("deep words"),))


def test_brackets_without_end_are_text():
    (paragraph,) = tree("[" * 50_000)
    assert isinstance(paragraph, Paragraph)
    assert paragraph.runs == (Text("[" * 50_000),)


@given(MARKDOWN, st.randoms(use_true_random=False))
def test_what_is_left_is_stable_and_holds_the_kept_words_in_order(source: str, chance: random.Random):
    reading = read(source, None)
    verdicts = [Verdict(keep=chance.random() < 0.6, score=1.0) for _ in reading.page.text]
    blocks = build(reading, Judgement(verdicts), Options())
    once = blocks[0].source if blocks and isinstance(blocks[0], Verbatim) else ""
    if "](" not in source and "<" not in source and "]:" not in source:
        kept = "".join(text for text, verdict in zip(reading.page.text, verdicts, strict=True) if verdict.keep)
        wanted = iter(character for character in once if character in "ab字。")
        assert all(character in wanted for character in kept if character in "ab字。")
    assert left(once) == once
