"""Which addresses are safe, which do harm, and what only follows readers about."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import cleaner
from cleaner.addresses import is_harmful, is_picture, is_safe, scheme_of, without_tracking
from cleaner.options import Options

SAFE = [
    "http://a.b",
    "HTTPS://a.b",
    "mailto:a@b.c",
    "tel:+123",
    "ftp://a.b",
    "/x",
    "x/y:z",
    "#javascript:x",
    "?a=b:c",
    "中文:x",
    "",
]
HARMFUL = [
    "javascript:alert(1)",
    "JaVaScRiPt:x",
    " \x01javascript:x",
    "java\tscript:x",
    "java\nscript\n:x",
    "java\u200bscript:x",
    "vbscript:x",
    "data:text/html,x",
    "\ufeffdata:x",
]
UNKNOWN = ["file:///etc/passwd", "vscode:extension/x", "intent://x", "blob:x", "about:blank", "made-up:x"]


@pytest.mark.parametrize("address", SAFE)
def test_what_readers_follow_is_safe(address: str) -> None:
    assert is_safe(address)
    assert not is_harmful(address)


@pytest.mark.parametrize("address", HARMFUL)
def test_what_runs_code_is_harmful_however_it_is_written(address: str) -> None:
    assert is_harmful(address)
    assert not is_safe(address)


@pytest.mark.parametrize("address", UNKNOWN)
def test_other_schemes_are_neither(address: str) -> None:
    assert not is_safe(address)
    assert not is_harmful(address)


def test_pictures_inside_addresses_are_known() -> None:
    assert is_picture("data:image/png;base64,AA")
    assert not is_picture("data:text/html;image/png,AA")
    assert scheme_of("data:image/png;base64,AA") == "data"


@pytest.mark.parametrize(
    ("address", "stripped"),
    [
        ("https://a.b/c?utm_source=x", "https://a.b/c"),
        ("https://a.b/c?id=1&UTM_Source=x&page=2#f", "https://a.b/c?id=1&page=2#f"),
        ("/c?fbclid=x&q=a+b%20c", "/c?q=a+b%20c"),
        ("https://detail.tmall.com/i?id=5&spm=a1.b2&scm=1.2", "https://detail.tmall.com/i?id=5"),
        ("https://a.b/?scm=git", "https://a.b/?scm=git"),
        ("https://mp.weixin.qq.com/s?__biz=x&mid=1&chksm=y&scene=27#wechat_redirect", "https://mp.weixin.qq.com/s?__biz=x&mid=1#wechat_redirect"),
        ("https://a.b/?scene=2", "https://a.b/?scene=2"),
        ("https://a.b/c?", "https://a.b/c?"),
        ("https://a.b/c?&&x", "https://a.b/c?&&x"),
        ("https://a.b/#?utm_source=x", "https://a.b/#?utm_source=x"),
        ("http://[a/?utm_source=x", "http://[a/"),
    ],
)  # fmt: skip
def test_only_tracking_parameters_go(address: str, stripped: str) -> None:
    assert without_tracking(address) == stripped
    assert without_tracking(stripped) == stripped


def test_every_tracking_list_has_its_source() -> None:
    table = tomllib.loads((Path(cleaner.__file__).parent / "data" / "addresses.toml").read_text(encoding="utf-8"))
    assert all(entry["source"] and entry["names"] for entry in table["tracking"])


PAGE = (
    '<p>Read <a href="/a?utm_source=x&amp;b=1">the report</a> and <a href="vscode:x">the tool</a>, '
    'not <a href="javascript:x">this</a>.</p>'
)


def converted(source: str, to: str = "markdown", **options: object) -> str:
    document = cleaner.convert(source, options=Options(**options))  # type: ignore[arg-type]
    return {"markdown": document.to_markdown, "html": document.to_html, "json": document.to_json}[to]()


def test_links_of_a_page_pass_an_allowlist_in_every_format() -> None:
    assert converted(PAGE) == "Read [the report](/a?utm_source=x&b=1) and the tool, not this.\n"
    for to in ("html", "json"):
        assert "vscode" not in converted(PAGE, to)
        assert "javascript" not in converted(PAGE, to)


def test_all_links_are_kept_on_request() -> None:
    assert converted(PAGE, unsafe_links=True).endswith("and [the tool](vscode:x), not [this](javascript:x).\n")
    assert 'href="javascript:x"' in converted(PAGE, "html", unsafe_links=True)


def test_tracking_is_stripped_on_request() -> None:
    assert "[the report](/a?b=1)" in converted(PAGE, strip_tracking=True)


MARKDOWN = (
    "See [a](https://a.b/?utm_source=x&c=1), [tool](vscode:x) and\n[b].\n\n"
    "[b]: https://a.b/?gclid=y 'title'\n\n    https://a.b/?gclid=y\n"
)


def test_links_of_markdown_stay_to_the_letter_unless_they_do_harm() -> None:
    assert converted(MARKDOWN, input_kind="markdown") == MARKDOWN
    source = MARKDOWN + "\n[x](javascript:x)\n"
    assert converted(source, input_kind="markdown") == MARKDOWN + "\nx\n"
    assert converted(source, input_kind="markdown", unsafe_links=True) == source


def test_html_of_markdown_has_safe_links_only() -> None:
    assert "vscode" not in converted(MARKDOWN, "html", input_kind="markdown")


def test_tracking_is_stripped_from_links_of_markdown_and_from_nothing_else() -> None:
    assert converted(MARKDOWN, input_kind="markdown", strip_tracking=True) == (
        "See [a](https://a.b/?c=1), [tool](vscode:x) and\n[b].\n\n[b]: https://a.b/ 'title'\n\n    https://a.b/?gclid=y\n"
    )


def test_links_and_images_of_markdown_can_be_left_out() -> None:
    source = "A [link](/x) and an ![image](/i.png) here.\n"
    assert converted(source, input_kind="markdown", links=False) == "A link and an ![image](/i.png) here.\n"
    assert converted(source, input_kind="markdown", images=False) == "A [link](/x) and an here.\n"
