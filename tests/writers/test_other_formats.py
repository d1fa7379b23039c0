"""Text, HTML and JSON from the same document."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
import turbohtml
from hypothesis import given
from jsonschema import Draft202012Validator
from strategies import SOME_DOCUMENTS

import cleaner
from cleaner.building.from_html import build_tree
from cleaner.document import (
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Finding,
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
    Paragraph,
    Quote,
    Removal,
    Table,
    Text,
    ThematicBreak,
    Verbatim,
)
from cleaner.verdict import Category
from cleaner.widths import columns
from cleaner.writers.html import html_of
from cleaner.writers.markdown import markdown_of
from cleaner.writers.text import text_of

SCHEMA = json.loads((Path(cleaner.__file__).parent / "data" / "document.schema.json").read_text(encoding="utf-8"))
STRONG = Mark(MarkKind.STRONG)


def paragraph(*runs):
    return Paragraph(tuple(Text(run) if isinstance(run, str) else run for run in runs))


def row(*cells):
    return tuple(Cell((paragraph(cell),)) for cell in cells)


EVERY_KIND = (
    Heading(2, (Text("Title"),)),
    paragraph(
        "a ", Text("link", (Link("/x"),)), Image("/i.png", "alt"), LineBreak(), InlineMath("x"), FootnoteReference(1)
    ),
    CodeBlock("  x = 1\n\ny", "python"),
    Quote((paragraph("q"),)),
    ListBlock((ListItem((paragraph("one"),), checked=True), ListItem((paragraph("two"),))), ordered=True, start=3),
    Table((row("a", "b"), row("c", "d")), ("left", None), (Text("cap"),)),
    Figure((paragraph(Image("/f.png")),), (Text("shown"),)),
    MathBlock("y"),
    DefinitionList((Definition(((Text("term"),),), ((paragraph("meaning"),),)),)),
    ThematicBreak(),
    Verbatim("markdown", "*v*", (paragraph("v"),)),
    Footnote(1, (paragraph("note"),)),
)


def test_text_reads_without_markup():
    assert text_of(EVERY_KIND) == (
        "Title\n\na link\nx[1]\n\n  x = 1\n\ny\n\n  q\n\n3. [x] one\n4. two\n\ncap\na  b\nc  d\n\nshown\n\ny\n\n"
        "term\n  meaning\n\n* * *\n\nv\n\n[1] note\n"
    )


def test_columns_of_wide_characters_are_aligned():
    table = Table((row("项目", "价格"), row("a", "100元")), (None, None))
    lines = text_of((table,)).splitlines()
    assert lines == ["项目  价格", "a     100元"]
    assert columns(lines[0][:4]) == columns(lines[1][:6]) == 6


def test_links_side_by_side_are_words_apart_in_text():
    assert text_of((paragraph(Text("Home", (Link("/"),)), Text("News", (Link("/n"),))),)) == "Home News\n"


def test_text_is_copied_from_text():
    blocks = (Verbatim("text", "　　第一行\n第二行", (paragraph("x"),)), Verbatim("text", "三", (), newlines_before=1))
    assert text_of(blocks) == "　　第一行\n第二行\n三\n"


def test_html_is_semantic():
    assert html_of((paragraph("a ", Text("b", (STRONG, Link("/x", "t"))), " c"),)) == (
        '<p>a <strong><a href="/x" title="t">b</a></strong> c</p>\n'
    )
    assert html_of((Table((row("a"), row("b")), ("right",)),)) == (
        '<table>\n<tbody>\n<tr><td style="text-align: right">a</td></tr>\n'
        '<tr><td style="text-align: right">b</td></tr>\n</tbody>\n</table>\n'
    )


def test_html_escapes_everything():
    hostile = "<script>alert(1)</script> \" ' & <img src=x onerror=alert(1)>"
    text = html_of(
        (
            paragraph(hostile, Image("/i.png", hostile, hostile), Text(hostile, (Link("/x", hostile),))),
            CodeBlock(hostile, '"><script>'),
            MathBlock(hostile),
        )
    )
    tags = {element.tag for element in turbohtml.parse(text).select("*")}
    assert tags == {"html", "head", "body", "p", "img", "a", "pre", "code", "div"}
    assert all(
        set(element.attrs) <= {"src", "alt", "title", "href", "class"} for element in turbohtml.parse(text).select("*")
    )


@pytest.mark.parametrize(
    "address",
    [
        "javascript:x",
        "JaVaScRiPt:x",
        " javascript:x",
        "java\tscript:x",
        "\x01javascript:x",
        "vbscript:x",
        "data:text/html,x",
        "file:///x",
    ],
)
def test_html_links_only_where_it_is_safe(address):
    text = html_of((paragraph(Text("t", (Link(address),)), Image(address, "alt")),))
    assert text == "<p>talt</p>\n"


def test_html_reads_back_as_the_document(documents, shape):
    @SOME_DOCUMENTS
    @given(documents)
    def check(blocks):
        assert shape(build_tree(turbohtml.parse(html_of(tuple(blocks))))) == shape(blocks)

    check()


def test_json_follows_its_schema_for_every_kind_of_block(document_of):
    document = document_of(EVERY_KIND)
    document.removed = (Removal(Category.SHARE, "share-to", 0.25, 3, 6, 1, "分享到"),)
    document.findings = (Finding(Category.SPAM, "links", 0.5, 0, 2, 1, "ab", "two links"),)
    written = json.loads(document.to_json())
    Draft202012Validator(SCHEMA).validate(written)
    assert [block["kind"] for block in written["blocks"]] == [
        "heading",
        "paragraph",
        "code",
        "quote",
        "list",
        "table",
        "figure",
        "math",
        "definitions",
        "rule",
        "paragraph",
        "footnote",
    ]
    assert written["blocks"][1]["links"] == [{"href": "/x", "text": "link"}]
    assert written["removed"][0]["text"] == "分享到"


def test_json_does_not_tell_what_was_hidden(document_of):
    document = document_of([paragraph("a")])
    document.removed = (Removal(Category.HIDDEN, "display:none", 0.0, 0, 6, 1, "secret"),)
    assert "secret" not in document.to_json()


def test_json_is_valid_for_any_character(document_of):
    hostile = '\ud800 \x00\x1b\u2028"\\ </script> \U0001f600'
    text = document_of([paragraph(hostile), CodeBlock(hostile)]).to_json()
    text.encode()
    Draft202012Validator(SCHEMA).validate(json.loads(text))
    assert "\n" not in text.removesuffix("\n")


def test_random_documents_follow_the_schema(documents, document_of):
    validator = Draft202012Validator(SCHEMA)

    @SOME_DOCUMENTS
    @given(documents)
    def check(blocks):
        validator.validate(json.loads(document_of(blocks).to_json()))

    check()


_WORDS = re.compile(r"[a-z]{3,}\d*|[一-鿿]")


def words_in_order(text):
    return _WORDS.findall(re.sub(r"<[^>]*>|\]\([^)]*\)", " ", text))


def is_in_order(words, text):
    rest = iter(words_in_order(text))
    return all(word in rest for word in words)


def test_every_word_stands_in_every_format_in_order(document_of):
    words = [f"word{number}" for number in range(12)]
    w = iter(words)
    blocks = (
        Heading(1, (Text(next(w)),)),
        paragraph(next(w), " ", Text(next(w), (STRONG, Link("/x"))), LineBreak(), next(w)),
        ListBlock((ListItem((paragraph(next(w)), Quote((paragraph(next(w)),)))),)),
        Table((row(next(w), next(w)), row(next(w), next(w))), (None, None)),
        DefinitionList((Definition(((Text(next(w)),),), ((paragraph(next(w)),),)),)),
    )
    document = document_of(blocks)
    for text in (document.to_markdown(), document.to_text(), unescape(document.to_html())):
        assert is_in_order(words[:11], text)


def letters(text):
    return [character for character in text if character.isalpha()]


def test_every_letter_of_a_random_document_stands_in_every_format_in_order(documents, document_of, renderer):
    @SOME_DOCUMENTS
    @given(documents)
    def check(blocks):
        document = document_of(blocks)
        text = letters(document.to_text())
        assert letters(json.loads(document.to_json())["text"]) == text
        for html in (document.to_html(), renderer.render(document.to_markdown())):
            # The checkbox of a task is drawn, not written; so are the dollars of formulas.
            seen = iter(letters(turbohtml.parse(html).text))
            marks = {"x"}  # `[x]` in text
            assert all(letter in seen for letter in text if letter not in marks)

    check()


def test_html_of_a_random_document_is_what_a_sanitiser_leaves(documents):
    allowed = {"href", "title", "id", "class", "src", "alt", "type", "checked", "disabled", "start", "style"}

    @SOME_DOCUMENTS
    @given(documents)
    def check(blocks):
        elements = turbohtml.parse(html_of(tuple(blocks))).select("body *")
        assert all(set(element.attrs) <= allowed for element in elements)
        assert not [element for element in elements if element.tag in ("script", "style", "iframe", "object", "svg")]

    check()


def test_markdown_and_text_end_in_one_line_feed_or_are_empty():
    assert text_of(()) == markdown_of(()) == html_of(()) == ""
    assert text_of((paragraph("a"),)) == markdown_of((paragraph("a"),)) == "a\n"
