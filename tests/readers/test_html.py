"""HTML becomes a page of blocks: what splits them, what they carry, what is left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.page import BlockKind, Flag
from cleaner.readers.html import read


def texts(markup: str) -> list[str]:
    return read(markup, None).page.text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>one<p>two", ["one", "two"]),
        ("<div>before<p>inside</p>after</div>", ["before", "inside", "after"]),
        ("<p>first<br>second<br><br>third", ["first\nsecond", "third"]),
        ("<p>a <b>bold</b> and <i>it</i>alic word", ["a bold and italic word"]),
        ("<p>  much \n\t white&nbsp; space ", ["much white space"]),
        ("<nav><a href=a>Home</a><a href=b>News</a></nav>", ["Home News"]),
        ("<p>super<sup>2</sup>", ["super2"]),
        ("<pre>\n  kept\n    as is\n</pre>", ["  kept\n    as is"]),
        ("<ul><li>one<li>two<ul><li>three</ul></ul>", ["one", "two", "three"]),
        ("<table><tr><td>a<td>b</table>", ["a", "b"]),
        ("<x-card>own</x-card><x-card>element</x-card>", ["own", "element"]),
        ("text alone", ["text alone"]),
        ("", []),
    ],
)
def test_blocks_are_what_a_reader_sees_apart(markup: str, expected: list[str]) -> None:
    assert texts(markup) == expected


@pytest.mark.parametrize(
    "markup",
    [
        "<script>secret</script>",
        "<style>secret{}</style>",
        "<template><p>secret</p></template>",
        "<noembed>secret</noembed>",
        "<iframe>secret</iframe>",
        "<svg><title>secret</title><text>secret</text></svg>",
        "<select><option>secret</select>",
        "<textarea>secret</textarea>",
        "<object data=a.swf>secret</object>",
        "<!-- secret -->",
        "<input value=secret><img alt=secret><p title=secret></p>",
        "<noscript><p>secret</p></noscript>",
    ],
)
def test_what_renders_no_text_is_no_block(markup: str) -> None:
    shown = "<p>" + "The ferry leaves at nine and comes back at five. " * 6 + "</p>"
    assert "secret" not in read(shown + markup, None).page.source


@pytest.mark.parametrize("attributes", ["", " type=image/svg+xml", " data=''", " hidden data=''"])
def test_an_object_with_nothing_to_load_shows_what_is_in_it(attributes: str) -> None:
    page = read(f"<p>A <object{attributes}>short <b>text</b></object> and more</p>", None).page
    seen = [text for text, hidden in zip(page.text, page.hidden, strict=True) if not hidden]
    assert seen == ["A and more" if "hidden" in attributes else "A short text and more"]


def test_noscript_is_read_where_it_is_the_only_text() -> None:
    page = read("<div id=app></div><noscript><p>The ferry leaves at nine.</p></noscript>", None).page
    assert page.text == ["The ferry leaves at nine."]
    assert page.flags[0] & Flag.NOSCRIPT


def test_columns_say_where_a_block_stands() -> None:
    page = read(
        "<html lang=en><body><nav class='Top Menu' id=main-nav><a href=/>Home</a></nav>"
        "<main><h2>Ferries</h2><p>They <b>leave</b> at <a href=t>nine</a>.</p><ul><li>daily</ul></main>",
        "https://example.org/ferries",
    ).page
    assert page.text == ["Home", "Ferries", "They leave at nine.", "daily"]
    assert page.block_kind == [BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM]
    assert page.level == [0, 2, 0, 1]
    assert page.link_chars == [4, 0, 4, 0]
    assert page.links == [1, 0, 1, 0]
    assert page.bold_chars == [0, 0, 5, 0]
    assert [bool(flags & Flag.NAV) for flags in page.flags] == [True, False, False, False]
    assert [bool(flags & Flag.MAIN) for flags in page.flags] == [False, True, True, True]
    assert page.containers.words[page.container[0]] == "top menu main-nav"
    assert page.head.language == "en"
    assert page.url == "https://example.org/ferries"


def test_the_head_is_kept_as_it_stands() -> None:
    head = read(
        "<title> The\n ferry </title><meta property=og:type content=article><meta name=Author content='A. B.'>"
        "<link rel=canonical href=https://example.org/f><base href=/x/>"
        '<script type=application/ld+json>{"@type": "Article"}</script><p>text',
        None,
    ).page.head
    assert head.title == "The ferry"
    assert head.meta == {"og:type": "article", "author": "A. B."}
    assert head.canonical == "https://example.org/f"
    assert head.base == "/x/"
    assert head.json_ld == ['{"@type": "Article"}']


def test_an_inline_link_around_blocks_marks_them() -> None:
    page = read("<a href=x><div>one</div><div>two</div></a><p>three", None).page
    assert page.link_chars == [3, 3, 0]


def test_every_block_is_its_stretch_of_the_source_and_its_nodes() -> None:
    reading = read("<div>a <b>b</b><p>c<br>d</p>e<pre>f\n g</pre></div>", None)
    page = reading.page
    assert [page.source[a:b] for a, b in zip(page.start, page.end, strict=True)] == page.text
    assert [[node.data for node in nodes] for nodes in reading.nodes] == [["a ", "b"], ["c", "d"], ["e"], ["f\n g"]]
    assert len(reading.elements) == len(page.containers.tag)
    assert [element.tag for element in reading.elements] == page.containers.tag


MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<b>",
            "</b>",
            "<br>",
            "<ul>",
            "<li>",
            "</ul>",
            "<pre>",
            "</pre>",
            "<a href=x>",
            "</a>",
            "<table>",
            "<td>",
            "text",
            " ",
            "\n",
            "ein Wort",
            "字",
            "<div hidden>",
            "<h1>",
            "</h1>",
            "&nbsp;",
        ]
    )
).map("".join)


@given(MARKUP)
@settings(max_examples=200)
def test_columns_fit_together_whatever_the_markup(markup: str) -> None:
    reading = read(markup, None)
    page, containers = reading.page, reading.page.containers
    for name in (
        "block_kind",
        "level",
        "start",
        "end",
        "link_chars",
        "links",
        "bold_chars",
        "breaks",
        "container",
        "flags",
    ):
        assert len(getattr(page, name)) == len(page)
    assert len(page.hidden) == len(page.revealed) == len(reading.nodes) == len(page)
    assert all(page.text)
    for index, owner in enumerate(page.container):
        around = owner
        while around:
            assert containers.first[around] <= index < containers.last[around]
            assert containers.parent[around] < around
            around = containers.parent[around]


def test_deep_nesting_is_read_without_recursion() -> None:
    page = read("<div>" * 50_000 + "deep" + "</div>" * 50_000, None).page
    assert page.text == ["deep"]
    assert max(page.containers.depth) > 500  # the parser itself goes no deeper than 512
