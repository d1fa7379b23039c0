"""What `normalize_characters` takes out, and what it keeps."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.decoding import normalize_characters, normalize_references
from cleaner.document import Invisible
from cleaner.options import Options

TAGS = "".join(chr(0xE0000 + ord(letter)) for letter in "obey me")
SCOTLAND = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "gbsct") + "\U000e007f"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\r\ntwo\rthree\u2028four\u2029five\x85six\x0cseven", "one\ntwo\nthree\nfour\nfive\nsix\nseven"),
        ("sto\0ne\tbri\x08dge\x7f", "stone\tbridge"),
        ("\x1b[1;31mred\x1b[0m and \x9b32mgreen\x9b0m", "red and green"),
        ("\x1b]0;a title\x07text \x1b]8;;http://example.org\x1b\\link", "text link"),
        ("s\u200bt\u2060o\ufeffn\xade", "stone"),
        ("abc\u202edef\u2066ghi\u2069", "abcdefghi"),
        (f"plain{TAGS} text", "plain text"),
        (f"flag {SCOTLAND}", f"flag {SCOTLAND}"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("latin\u200cword", "latinword"),
        ("👩\u200d🚀 and ❤\ufe0f", "👩\u200d🚀 and ❤\ufe0f"),
        ("a\ufe01\ufe02\ufe03", "a"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("สวัสดี\u200bครับ", "สวัสดี\u200bครับ"),
        ("\ud83d\ude00 \udc00", "😀 \ufffd"),
    ],
)
def test_only_characters_without_text_are_removed(text: str, expected: str) -> None:
    assert normalize_characters(text).text == expected


def test_a_terminal_string_without_its_end_swallows_nothing() -> None:
    assert "important" in normalize_characters("\x1b]0;never closed important").text


def test_quotes_read_as_latin_1_are_no_terminal_sequences() -> None:
    assert "between" in normalize_characters("â\x80\x9cbetweenâ\x80\x9d and â\x80\x9cmoreâ\x80\x9d").text


@given(st.text())
def test_normalizing_twice_changes_nothing_more(text: str) -> None:
    once = normalize_characters(text).text
    assert normalize_characters(once).text == once


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_printable_ascii_is_returned_itself(text: str) -> None:
    assert normalize_characters(text).text is text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a&#x202e;b&#8238;c", "abc"),
        ("a&#0;b&#x0;c", "abc"),
        ("می&zwnj;خواهم", "می\u200cخواهم"),
        ("word&zwnj;s &shy;", "words "),
        ("&#27;[31mred", "red"),
        ("line&#10;break &#13;", "line&#10;break \n"),
        ("&#128; &lt;b&gt; &amp;#x202e; &eacute; &#xe9;", "&#128; &lt;b&gt; &amp;#x202e; &eacute; &#xe9;"),
        ("&#xE0041;&#99999999999;", "&#99999999999;"),
        ("&#128105;&#8205;&#128640;", "👩\u200d🚀"),
        ("&#1605;&#1740;&#8204;&#1582;", "می\u200cخ"),
        ("&#x20&#8203;2e;", "&#x20;2e;"),
        ("&&#8203;#x202e;", " "),
        ("&zw&#8203;nj;", " "),
    ],
)
def test_references_to_such_characters_are_neutralised(markup: str, expected: str) -> None:
    assert normalize_references(markup).text == expected


def test_what_is_removed_is_counted_by_kind_with_the_line_of_the_first() -> None:
    text = f"one\ntwo{TAGS}\nthree \u202e \u200b\x1b[31m \u2066{TAGS} so\xadft {SCOTLAND} می\u200cخ"
    assert normalize_characters(text).invisible == (
        Invisible("direction controls", 2, 3),
        Invisible("soft hyphens", 1, 3),
        Invisible("tag characters", 14, 2),
        Invisible("terminal escapes", 1, 3),
        Invisible("zero-width characters", 1, 3),
    )


def test_payloads_of_variation_selectors_are_counted() -> None:
    payload = "".join(chr(0xE0100 + byte) for byte in b"obey")
    assert normalize_characters(f"A smile 😀{payload}.").invisible == (Invisible("variation selectors", 4, 1),)


def test_a_text_without_them_has_none() -> None:
    assert normalize_characters("line\r\nline\x0cline 👩\u200d🚀").invisible == ()


def test_those_of_references_are_counted_with_the_others() -> None:
    page = f"<p>The bridge{TAGS} is&#x202e; open.</p>\n<p>It&#xE0041;&ZeroWidthSpace; is wide.</p>"
    assert cleaner.clean(page, options=Options(input_kind="html")).encoding.invisible == (
        Invisible("direction controls", 1, 1),
        Invisible("tag characters", 8, 1),
        Invisible("zero-width characters", 1, 2),
    )


@given(st.lists(st.sampled_from(["&", "#", "x20", "2e", ";", "8203", "zw", "nj", "&#8203;", "&shy;", "a", "\u200b"])))
def test_no_reference_can_be_put_together_from_others(parts: list[str]) -> None:
    shown = unescape(normalize_references(normalize_characters("".join(parts)).text).text)
    assert not {"\u200b", "\u200c", "\u202e", "\xad"} & set(shown)


def test_no_value_of_the_metadata_holds_them() -> None:
    data = '<script type="application/ld+json">{"@type":"Article","headline":"A \\u202ebridge\\u200b"}</script>'
    page = f"{data}<p>The bridge is open."
    assert cleaner.clean(page, options=Options(input_kind="html")).metadata.title == "A bridge"
