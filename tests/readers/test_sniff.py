"""HTML, Markdown and bare text are told apart by their content, then by the file's name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.readers.sniff import sniff

PARAGRAPHS = "The council met on Tuesday.\n\nIt agreed to rebuild the old stone bridge before winter comes.\n"
README = (
    "# bridge\n\nA tool for bridges, see [the docs](https://example.org/docs).\n\n## Install\n\n"
    "```sh\npip install bridge\n```\n\n- small\n- fast\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html><html><head><title>t</title></head><body><p>Text.</p></body></html>",
        "<p>One paragraph.</p><p>Another one.</p>",
        "<div><h1>Title</h1>\n<p>Text that goes on\n<p>without end tags</div>",
        "end of a sentence.</p></div><div class=x><p>Text</p></div></body></html>",
        'lass="x">cut in a tag</a></li><li><a href="/b">next</a></li></ul><p>Text of the page</p>',
        "Warning in <b>/srv/x.php</b> on line <b>3</b><br />\n<!DOCTYPE html>\n<html><body><p>Text</p></body></html>",
        '<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"><body><p>x</p></body></html>',
        "first line<br>second line<br>third line<br>fourth line<br>fifth line",
        "<!-- saved --><html><body><table><tr><td>cell</td></tr></table></body></html>",
        "\ufeff\n\n<HTML><BODY><P>Text</P></BODY></HTML>",
    ],
)
def test_pages_and_fragments_are_html(text: str) -> None:
    assert sniff(text, None) == "html"
    assert sniff(text, "x.txt") == "html"


@pytest.mark.parametrize(
    "text",
    [
        "",
        PARAGRAPHS,
        "A stray <b> in a sentence, and 1 < 2 > 0.\n" + PARAGRAPHS,
        "Use the <table> element with <tr> and <td> for tables, and <p> for text; never <font>.\n" + PARAGRAPHS,
        "<ann> hello\n<bob> hi, did you see the bridge?\n<ann> not yet\n" * 4,
        'def page():\n    """Make it."""\n    return "<html><body><p>" + text() + "</p></body></html>"\n',
        "const row = `<div><p>${name}</p></div>`;\nlet all = '<ul>' + rows + '</ul>';\nrender(all);\n",
        '<?xml version="1.0"?>\n<rss><channel><title>News</title><item><title>a</title></item></channel></rss>',
        "<note><to>Ann</to><from>Bob</from><body>Hello</body></note>",
        '{"title": "x", "html": "<p>One</p><p>Two</p>"}',
        "name,age\nann,12\nbob,13\n",
        "#!/bin/sh\n# build the thing\nset -e\nmake all\n# install it\nmake install\n",
        "# settings of the server\nport: 80\nhosts:\n  - a\n  - b\n",
        "Roses are red\n  violets are blue\n\nsugar is sweet\n  and so are you\n",
        "10:01 Ann: hello\n10:02 Bob: - first\n10:03 Bob: - second\n",
    ],
)
def test_other_text_is_text(text: str) -> None:
    assert sniff(text, None) == "text"
    assert sniff(text, "x.txt") == "text"


@pytest.mark.parametrize(
    "text",
    [
        README,
        '<p align="center"><img src="logo.png"></p>\n\n' + README,
        "---\ntitle: Bridge\ntags: [a, b]\n---\n\n# Bridge\n\nSee [this](https://example.org) and **that**.\n",
        "# 桥\n\n见[文档](https://example.org)。\n\n- 小\n- 快\n\n```python\nprint('<html>')\n```\n",
        "# Forms\n\nWrite [HTML](https://example.org):\n\n```html\n<!doctype html>\n<html><body>x</body></html>\n```\n",
    ],
)
def test_several_kinds_of_markdown_syntax_are_markdown(text: str) -> None:
    assert sniff(text, None) == "markdown"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.md", "markdown"), ("a.MARKDOWN", "markdown"), ("a.txt", "text"), ("a", "text"), (None, "text")],
)
def test_the_name_decides_where_the_content_does_not(name: str | None, kind: str) -> None:
    assert sniff(PARAGRAPHS, name) == kind


def test_a_name_of_html_needs_some_tag() -> None:
    assert sniff("Just <em>words</em> here.", "a.html") == "html"
    assert sniff(PARAGRAPHS, "a.html") == "text"


@given(st.text(alphabet="<>/!-pdivhtml \n#`[]()=\"'a", max_size=300))
def test_any_text_has_a_kind(text: str) -> None:
    assert sniff(text, None) in {"html", "text", "markdown"}
