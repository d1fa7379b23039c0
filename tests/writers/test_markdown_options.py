"""Markdown in other dresses: wrapped, with its addresses at the end, without GitHub's extensions."""

from __future__ import annotations

import tomllib

import pytest
import turbohtml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from strategies import SOME_DOCUMENTS

from cleaner.building.from_html import build_tree
from cleaner.document import (
    Cell,
    CodeBlock,
    Footnote,
    FootnoteReference,
    Image,
    InlineMath,
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
)
from cleaner.options import Options
from cleaner.widths import columns
from cleaner.writers.front_matter import front_matter
from cleaner.writers.markdown import markdown_of
from cleaner.writers.markdown_commonmark import without_extensions

DELETED = Mark(MarkKind.DELETED)


def paragraph(*runs):
    return Paragraph(tuple(Text(run) if isinstance(run, str) else run for run in runs))


def written(*runs, **options):
    return markdown_of((paragraph(*runs),), Options(**options)).removesuffix("\n")


# ---- wrapped lines


def test_lines_are_broken_at_spaces():
    assert written("one two three four five", wrap=9) == "one two\nthree\nfour five"


def test_lines_are_never_broken_between_wide_characters():
    text = "这一段很长，没有空格，不能折行。"
    assert written(text, wrap=10) == text
    assert written("中文 中文 English 中文", wrap=6) == "中文 中文\nEnglish\n中文"
    assert written("한국어 문장은 띄어쓰기", wrap=7) == "한국어\n문장은\n띄어쓰기"


def test_a_line_never_begins_another_kind_of_block():
    text = "aaa - b + c * d # e > f 1. g 2) h === i --- j ```"
    for width in range(1, 50):
        lines = written(text, wrap=width).split("\n")
        assert "---" not in lines
        assert "===" not in lines
        assert not [line for line in lines if line.startswith(("- ", "+ ", "* ", "# ", ">", "1. ", "2) ", "```"))]


def test_a_link_or_code_is_never_broken():
    link, code = Link("/a b"), Mark(MarkKind.CODE)
    assert written("see ", Text("a long text", (link,)), " and ", Text("x = 1", (code,)), wrap=4) == (
        "see\n[a long text](</a b>)\nand\n`x = 1`"
    )


def test_lists_and_quotes_leave_less_room():
    blocks = (Quote((ListBlock((ListItem((paragraph("aaa bbb ccc"),)),)),)),)
    assert markdown_of(blocks, Options(wrap=11)) == "> - aaa bbb\n>   ccc\n"


def test_a_backslash_never_ends_a_line():
    assert written("aaa b\\ c", wrap=5) == "aaa\nb\\ c"


def test_wrapped_documents_read_back_as_they_are(documents, read_back, shape):
    @SOME_DOCUMENTS
    @given(documents, st.sampled_from([1, 5, 12, 30, 80]))
    def check(blocks, width):
        assert shape(read_back(markdown_of(tuple(blocks), Options(wrap=width)))) == shape(blocks)

    check()


def test_no_line_is_wider_than_it_must_be():
    words = ["word"] * 50
    lines = written(" ".join(words), wrap=20).split("\n")
    assert all(columns(line) <= 20 for line in lines)


# ---- addresses at the end


def test_addresses_stand_at_the_end_once_each():
    a, b = Link("/a", "t"), Link("/a", "t")
    assert written(Text("x", (a,)), " ", Text("y", (b,)), " ", Image("/i.png", "alt"), reference_links=True) == (
        '[x][1] [y][1] ![alt][2]\n\n[1]: /a "t"\n[2]: /i.png'
    )


def test_numbers_in_brackets_stay_text_beside_references():
    link = Link("/a")
    assert written("[1] [a] [2", Text("x", (link,)), "] ", Text("1", (link,)), reference_links=True) == (
        "\\[1] [a] \\[2[x][1]] [1][1]\n\n[1]: /a"
    )


def test_documents_with_references_read_back_as_they_are(documents, read_back, shape):
    @SOME_DOCUMENTS
    @given(documents)
    def check(blocks):
        assert shape(read_back(markdown_of(tuple(blocks), Options(reference_links=True)))) == shape(blocks)

    check()


# ---- CommonMark


def test_commonmark_has_other_forms_for_githubs():
    table = Table(((Cell((paragraph("a"),), header=True),), (Cell((CodeBlock("x\n\ny"),)),)), ("right",))
    blocks = (
        ListBlock((ListItem((paragraph("done"),), checked=True), ListItem((paragraph("open"),), checked=False))),
        paragraph(Text("gone", (DELETED,)), FootnoteReference(1), " ", InlineMath("a_1")),
        MathBlock("x^2"),
        table,
        Footnote(1, (paragraph("note"),)),
    )
    assert markdown_of(blocks, Options(flavor="commonmark")) == (
        "- ☑ done\n- ☐ open\n\n<del>gone</del><sup>1</sup> `a_1`\n\n```math\nx^2\n```\n\n"
        '<table>\n<thead>\n<tr><th style="text-align: right">a</th></tr>\n</thead>\n<tbody>\n'
        '<tr><td style="text-align: right"><pre><code>x&#10;\ny\n</code></pre></td></tr>\n</tbody>\n</table>\n\n'
        "---\n\n1. note\n"
    )


def test_commonmark_reads_back_in_a_renderer_that_knows_nothing_else(documents, shape):
    renderer = MarkdownIt("commonmark")

    def plainly(block):
        """The block with formulas as the code that they become."""
        if isinstance(block, Paragraph):
            return Paragraph(
                tuple(Text(r.tex, (Mark(MarkKind.CODE),)) if isinstance(r, InlineMath) else r for r in block.runs)
            )
        if isinstance(block, Quote):
            return Quote(tuple(map(plainly, block.blocks)))
        if isinstance(block, ListBlock):
            items = (ListItem(tuple(map(plainly, item.blocks)), item.checked) for item in block.items)
            return ListBlock(tuple(items), block.ordered, block.start)
        if isinstance(block, Table):
            rows = tuple(
                tuple(Cell(tuple(map(plainly, cell.blocks)), cell.header) for cell in row) for row in block.rows
            )
            return Table(rows, block.alignments, block.caption)
        if hasattr(block, "level"):
            return type(block)(block.level, plainly(Paragraph(block.runs)).runs)
        return block

    def has_formula_in_table(block):
        if isinstance(block, Table):
            return any(
                isinstance(r, InlineMath) for row in block.rows for cell in row for p in cell.blocks for r in p.runs
            )
        inner = block.blocks if isinstance(block, Quote) else ()
        if isinstance(block, ListBlock):
            inner = [inside for item in block.items for inside in item.blocks]
        return any(map(has_formula_in_table, inner))

    @SOME_DOCUMENTS
    @given(documents)
    def check(blocks):
        blocks = [block for block in blocks if not has_formula_in_table(block)]  # those stay formulas, in HTML
        html = renderer.render(markdown_of(tuple(blocks), Options(flavor="commonmark")))
        assert shape(build_tree(turbohtml.parse(html))) == shape(without_extensions(tuple(map(plainly, blocks))))

    check()


# ---- front matter


def test_front_matter_is_toml_on_request(document_of):
    metadata = Metadata(title='x\n+++\nevil = "yes"', date="2020-01-02")
    document = document_of([paragraph("body")], metadata=metadata, options=Options(front_matter="toml"))
    assert document.to_markdown() == '+++\ntitle = "x +++ evil = \\"yes\\""\ndate = "2020-01-02"\n+++\n\nbody\n'


@given(st.text(alphabet=st.characters(codec=None), min_size=1))
def test_any_value_is_one_string_of_toml(value):
    text = front_matter(Metadata(title=value, author="a"), "toml")
    body = text.removeprefix("+++\n").removesuffix("\n+++\n")
    assert "+++" not in body.split("\n")
    read = tomllib.loads(body)
    expected = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in " ".join(value.split()))
    assert read.get("title", "") == expected
    assert read["author"] == "a"


@pytest.mark.parametrize("form", ["yaml", "toml"])
def test_each_value_takes_one_line(form):
    metadata = Metadata(title="a\x85b\u2028c", author="---")
    assert front_matter(metadata, form).count("\n") == 4
