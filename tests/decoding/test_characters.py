"""What `normalize_characters` takes out, and what it keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.decoding import normalize_characters, normalize_references

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
    assert normalize_characters(text) == expected


def test_a_terminal_string_without_its_end_swallows_nothing() -> None:
    assert "important" in normalize_characters("\x1b]0;never closed important")


def test_quotes_read_as_latin_1_are_no_terminal_sequences() -> None:
    assert "between" in normalize_characters("â\x80\x9cbetweenâ\x80\x9d and â\x80\x9cmoreâ\x80\x9d")


@given(st.text())
def test_normalizing_twice_changes_nothing_more(text: str) -> None:
    once = normalize_characters(text)
    assert normalize_characters(once) == once


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_printable_ascii_is_returned_itself(text: str) -> None:
    assert normalize_characters(text) is text


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
    ],
)
def test_references_to_such_characters_are_neutralised(markup: str, expected: str) -> None:
    assert normalize_references(markup) == expected
