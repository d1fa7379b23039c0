"""Characters are written another way only where that is asked for, only in prose, and only once."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner import Options
from cleaner.decoding.folding import folded

CHINESE = "他说：“你好，世界！”（２０２４年）；共１２３人～ＡＢＣ ﾊﾝｶｸ ﬁ"


def fold(text: str, kind: str = "text", normalize: str = "none", *names: str) -> str:
    return folded(text, kind, Options(normalize=normalize, fold=frozenset(names)))  # type: ignore[arg-type]


def test_nothing_is_folded_by_default() -> None:
    for kind in ("text", "markdown", "html"):
        assert folded(CHINESE, kind, Options()) == CHINESE


def test_width_changes_letters_digits_and_kana_but_not_punctuation() -> None:
    assert fold(CHINESE, "text", "none", "width") == "他说：“你好，世界！”（2024年）；共123人～ABC ハンカク ﬁ"


def test_quotes_become_straight_and_ligatures_letters() -> None:
    assert fold("“so ‘they’ said”, ﬁnally", "text", "none", "quotes", "ligatures") == "\"so 'they' said\", finally"


def test_forms_are_those_of_unicode() -> None:
    decomposed = unicodedata.normalize("NFD", "été ½ ﬁ Ａ")
    assert fold(decomposed, "text", "nfc") == "été ½ ﬁ Ａ"
    assert fold(decomposed, "text", "nfkc") == "été 1⁄2 fi A"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("html", '<a href="/“Ａ”" title="“x”">'),
        ("html", "<pre>“Ａ”</pre>"),
        ("html", "<script>x = '“Ａ”'</script>"),
        ("html", "<!-- “Ａ” -->"),
        ("html", "&lt;&amp;&quot;"),
        ("markdown", "```\n“Ａ”\n```\n"),
        ("markdown", "`“Ａ”`"),
        ("markdown", "[1]: https://example.org/“Ａ”"),
        ("markdown", "](/“Ａ”)"),
        ("text", "https://example.org/“Ａ”"),
    ],
)
def test_what_is_no_prose_stays(kind: str, text: str) -> None:
    assert fold(text, kind, "nfkc", "width", "quotes", "ligatures").startswith(text[:-1])


def test_references_in_html_are_folded_like_characters() -> None:
    assert fold("<p>&ldquo;x&#8221; &lt;b&gt; &nbsp;</p>", "html", "none", "quotes") == '<p>"x" &lt;b&gt; &nbsp;</p>'


def test_text_never_becomes_markup() -> None:
    assert fold("<p>＜script＞ ＆lt; &#xff1c;b&#xff1e;</p>", "html", "nfkc") == (
        "<p>&lt;script&gt; &amp;lt; &lt;b&gt;</p>"
    )
    assert fold("<p>＜b＞</p>", "html", "nfc", "width") == "<p>＜b＞</p>"
    assert fold("＃ １ ＊Ａ＊", "markdown", "nfkc") == "＃ 1 ＊A＊"


def test_cleaning_folds_what_it_keeps() -> None:
    options = Options(fold=frozenset({"width", "quotes"}))
    page = "<h1>２０２４年报告</h1><p>委员会在２０２４年说：“大桥将于冬天之前修好，桥上的路也会重新开放。”</p>"
    assert cleaner.clean(page, options=options).to_text().startswith('2024年报告\n\n委员会在2024年说："大桥')


@given(
    st.text(max_size=80) | st.text("“”‘’ＡｂｃﾊﾞｶﾞﬁﬀĲe\u0301<>&;`]( \n＜＆﹥＊", max_size=60),
    st.sampled_from(["text", "markdown", "html"]),
    st.sampled_from(["none", "nfc", "nfkc"]),
    st.sets(st.sampled_from(["width", "quotes", "ligatures"])),
)
def test_folding_twice_changes_nothing(text: str, kind: str, form: str, names: set[str]) -> None:
    once = fold(text, kind, form, *names)
    assert fold(once, kind, form, *names) == once
