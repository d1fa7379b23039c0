"""Markdown says what the document says: a real renderer reads the same blocks back."""

from __future__ import annotations

import pytest
from hypothesis import given
from strategies import SOME_DOCUMENTS

from cleaner.document import (
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Footnote,
    FootnoteReference,
    Heading,
    Image,
    InlineMath,
    LineBreak,
    Link,
    ListBlock,
    ListItem,
    Mark,
    MarkKind,
    MathBlock,
    Metadata,
    Paragraph,
    Quote,
    Table,
    Text,
    ThematicBreak,
    Verbatim,
)
from cleaner.options import Options
from cleaner.writers.markdown import markdown_of

STRONG, EMPHASIS, DELETED, CODE = (
    Mark(kind) for kind in (MarkKind.STRONG, MarkKind.EMPHASIS, MarkKind.DELETED, MarkKind.CODE)
)


def paragraph(*runs):
    return Paragraph(tuple(Text(run) if isinstance(run, str) else run for run in runs))


def written(*runs):
    return markdown_of((paragraph(*runs),)).removesuffix("\n")


def strong(text):
    return Text(text, (STRONG,))


def test_random_documents_read_back_as_they_are(documents, read_back, shape):
    @SOME_DOCUMENTS
    @given(documents)
    def check(blocks):
        assert shape(read_back(markdown_of(tuple(blocks)))) == shape(blocks)

    check()


LITERAL = [
    "# not a heading",
    "- not a list",
    "+ nor this",
    "* nor this",
    "1. nor this",
    "1) nor this",
    "> not a quote",
    "---",
    "***",
    "___",
    "===",
    "```",
    "````",
    "~~~",
    "$$",
    "| a | b |",
    "[a]: /b",
    "[^1]: note",
    "[x](y)",
    "![x](y)",
    "[^1]",
    "^[inline]",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "<!-- comment -->",
    "<https://a.b>",
    "&amp; &lt; &#42;",
    "*a*",
    "**a**",
    "_a_",
    "__a__",
    "~a~",
    "~~a~~",
    "`a`",
    "``a``",
    "$a$",
    "a\\",
    "\\*a\\*",
    "snake_case_name __init__",
    "5 * 6 * 7",
    "2*3*4",
    "a ~ b",
    "＃＊＿",
    "1986. A great year",
    "+++",
    "a | b",
    "C#",
    "#hashtag",
    "[ ] task",
    "](x",
    "[[[[",
    "]]]](((",
    "!",
    "user@ex.com",
]


@pytest.mark.parametrize("text", LITERAL)
def test_literal_markup_stays_text(text, read_back, shape):
    for block in (paragraph(text), paragraph("x", LineBreak(), text), Heading(2, (Text(text),))):
        blocks = (block,)
        assert shape(read_back(markdown_of(blocks))) == shape(blocks)


@pytest.mark.parametrize("text", LITERAL)
def test_literal_markup_stays_text_in_items_and_cells(text, read_back, shape):
    cell = Cell((paragraph(text),))
    blocks = (
        ListBlock((ListItem((paragraph(text),)), ListItem((paragraph("x"),)))),
        Table(((cell, cell), (cell, cell)), (None, None)),
    )
    assert shape(read_back(markdown_of(blocks))) == shape(blocks)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a * b, 2 + 3 = 5, [1], (x), #1, 100% & more!", "a * b, 2 + 3 = 5, [1], (x), #1, 100% & more!"),
        ("*a*", "\\*a*"),
        ("see [x](y)", "see [x\\](y)"),
        ("`a`", "\\`a`"),
        ("costs $5 and $6", "costs $5 and $6"),
        ("f(x) = a_1 + a_2", "f(x) = a_1 + a_2"),
        ("1. x", "1\\. x"),
        ("1.第一条", "1.第一条"),
    ],
)
def test_nothing_is_escaped_without_need(text, escaped):
    assert written(text) == escaped


@pytest.mark.parametrize(
    ("runs", "markdown"),
    [
        ((strong("注意："), "请先登录。"), "**注意**：请先登录。"),
        (("他说", strong("“好”"), "了"), "他说“**好**”了"),
        (("中文", strong("重点"), "中文"), "中文**重点**中文"),
        ((strong("Note:"), " yes"), "**Note:** yes"),
        ((strong("Note:"), "yes"), "**Note**:yes"),
        (("见", Text("文", (STRONG, Link("/x"))), "说"), "见[**文**](/x)说"),
        (("a ", strong("b "), Text("c", (STRONG, Link("/x"))), strong(" d"), " e"), "a **b [c](/x) d** e"),
        ((Text("a", (STRONG, EMPHASIS)),), "***a***"),
        ((strong("a"), Text("b", (EMPHASIS,))), "**a***b*"),
        ((Text("a", (DELETED,)), "b"), "~~a~~b"),
        (("x", Text("a`b", (CODE,)), "y"), "x``a`b``y"),
        (("中", Text("x", (STRONG, CODE)), "中"), "中<strong>`x`</strong>中"),
        (("H", Text("2", (Mark(MarkKind.SUBSCRIPT),)), "O"), "H<sub>2</sub>O"),
    ],
)
def test_marks_are_written_so_that_renderers_see_them(runs, markdown, read_back, shape):
    assert written(*runs) == markdown
    assert shape(read_back(markdown)) == shape((paragraph(*runs),))


@pytest.mark.parametrize(
    ("href", "markdown"),
    [
        ("/a(b)c", "[t](/a(b)c)"),
        ("/a)b", "[t](</a)b>)"),
        ("/a b", "[t](</a b>)"),
        ("", "[t](<>)"),
        ("/a<b>", "[t](</a\\<b\\>>)"),
        ("/a?b=1&copy=2", "[t](/a?b=1&copy=2)"),
        ("/a?b=1&copy;", "[t](/a?b=1\\&copy;)"),
    ],
)
def test_addresses_are_kept(href, markdown):
    assert written(Text("t", (Link(href),))) == markdown


def test_an_address_as_text_is_a_bare_link():
    link = Link("https://ex.com/a_b")
    assert written("见", Text("https://ex.com/a_b", (link,)), "。") == "见<https://ex.com/a_b>。"


def test_titles_and_alternative_texts_are_safe():
    assert written(Text("t", (Link("/a", 'say "hi" \\'),))) == '[t](/a "say \\"hi\\" \\\\")'
    assert written(Image("/a.png", "A [b] ]")) == "![A \\[b\\] \\]](/a.png)"


def test_something_embedded_is_a_link():
    assert written(Text("", (Link("https://ex.com/v.mp4"),))) == "<https://ex.com/v.mp4>"
    assert written(Text("", (Link("/v.mp4", "A [film]"),))) == "[A \\[film\\]](/v.mp4)"


def test_an_exclamation_mark_before_a_link_makes_no_image():
    assert written("Wow!", Text("a", (Link("/a"),))) == "Wow\\![a](/a)"


def test_emphasis_ends_before_a_break_that_it_does_not_reach_beyond():
    assert written(strong("a"), LineBreak((STRONG,)), "b") == "**a**\\\nb"
    runs = (Text("1", (EMPHASIS,)), Text("2", (STRONG, EMPHASIS)), LineBreak(), strong("3"))
    assert written(*runs) == "*1**2***\\\n**3**"


def test_lists_that_touch_stay_two():
    lists = (ListBlock((ListItem((paragraph("a"),)),)), ListBlock((ListItem((paragraph("b"),)),)))
    assert markdown_of(lists) == "- a\n\n* b\n"


def test_lists_nest_and_count():
    inner = ListBlock((ListItem((paragraph("b"),)), ListItem((paragraph("c"),))), ordered=True, start=1)
    outer = ListBlock((ListItem((paragraph("a"), inner)), ListItem((paragraph("d"),), checked=True)))
    assert markdown_of((outer,)) == "- a\n  1. b\n  2. c\n- [x] d\n"


def test_code_keeps_every_character_and_its_fence_is_longer_than_any_inside():
    assert markdown_of((CodeBlock("```\n\n  x\n", "md"),)) == "````md\n```\n\n  x\n\n````\n"


def test_blocks_without_a_form_of_their_own():
    blocks = (
        Figure((paragraph(Image("/a.png", "a")),), (Text("The caption"),)),
        DefinitionList((Definition(((Text("术语："),),), ((paragraph("定义。"),),)),)),
        MathBlock("x^2"),
        ThematicBreak(),
        Quote((paragraph("a"), paragraph("b"))),
    )
    assert markdown_of(blocks) == (
        "![a](/a.png)\n\nThe caption\n\n**术语：**\n\n定义。\n\n$$\nx^2\n$$\n\n---\n\n> a\n>\n> b\n"
    )


def test_a_table_holds_what_a_line_can_hold():
    cell = Cell((paragraph("a|b", LineBreak(), Text("c|d", (CODE,))), ListBlock((ListItem((paragraph("e"),)),))))
    table = Table(((Cell((paragraph("h"),)), Cell(())), (cell, Cell((CodeBlock("f\ng"),)))), ("right", None))
    assert markdown_of((table,)) == ("| h |  |\n| --: | --- |\n| a\\|b<br>`c\\|d`<br>- e | `f`<br>`g` |\n")


def test_footnotes_stand_at_the_end_and_literal_ones_are_escaped():
    blocks = (paragraph("a[^1]", FootnoteReference(1)), Footnote(1, (paragraph("n"), paragraph("m"))))
    assert markdown_of(blocks) == "a\\[^1][^1]\n\n[^1]: n\n\n    m\n"


def test_formulas_are_not_escaped_and_dollars_beside_them_are():
    assert written("for $5 ", InlineMath("a_1*b"), " x") == "for \\$5 $a_1*b$ x"


def test_nothing_at_the_start_looks_like_front_matter():
    assert markdown_of((ThematicBreak(), paragraph("---"), ThematicBreak())) == "***\n\n\\---\n\n---\n"


def test_kept_markdown_is_copied_to_the_letter():
    blocks = (
        Verbatim("markdown", "* a\n* __b__", (paragraph("never written"),)),
        Verbatim("markdown", "next  \nline", (), newlines_before=1),
        Verbatim("text", "never copied *x*", (paragraph("*x*"),)),
    )
    assert markdown_of(blocks) == "* a\n* __b__\nnext  \nline\n\n\\*x*\n"


def test_front_matter_is_quoted_whatever_the_values_hold(document_of):
    metadata = Metadata(title='x\n---\nevil: yes\n"#', author="yes", date="2020-01-02", site_name="\u2028\x85\x7f")
    document = document_of([paragraph("body")], metadata=metadata, options=Options(front_matter="yaml"))
    assert document.to_markdown() == (
        '---\ntitle: "x --- evil: yes \\"#"\nauthor: "yes"\nsite_name: "\\u007f"\ndate: "2020-01-02"\n---\n\nbody\n'
    )


def test_an_empty_document_is_empty(document_of):
    assert document_of([]).to_markdown() == ""
    assert document_of([], options=Options(front_matter="yaml")).to_markdown() == ""


RUNS = [
    "[",
    "*",
    "`",
    "|",
    "_",
    "<",
    "~",
    "$",
    "\\",
    "![",
    "](",
    "[x](",
    "*a",
    "_ ",
    "``a`",
    "a*b_",
    "&#42;",
    "> ",
    "# ",
]

# What is quadratic in it takes minutes.
LONG = 30_000


@pytest.mark.parametrize("token", RUNS)
def test_a_long_run_of_one_token_is_written(token, read_back, shape):
    blocks = (paragraph((token * 400).strip()),)
    assert shape(read_back(markdown_of(blocks))) == shape(blocks)
    assert len(written((token * LONG).strip())) < 3 * len(token) * LONG
