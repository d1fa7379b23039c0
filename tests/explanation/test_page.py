"""The page that explains another, in a real browser: it reads well, runs nothing of others, and serves everybody."""

from __future__ import annotations

import html
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

import cleaner
from cleaner.explanation.page import write_page
from cleaner.verdict import Category

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SENTENCE = "The council met on Tuesday and agreed to rebuild the old stone bridge before the winter comes."
HTML = (
    "<title>Bridge news</title><nav class='menu'><ul><li><a href='/'>Home</a></li>"
    "<li><a href='/n'>News</a></li></ul></nav>"
    f"<main><article><h2>Bridge news</h2>{f'<p>{SENTENCE}</p>' * 5}<h4>Costs</h4><table><tr><th>Part<th>Cost</tr>"
    "<tr><td>Deck<td align=right>12</tr></table><ul><li>one stone arch of five</li><li>two new piers</li></ul>"
    f"<p>{SENTENCE} <img src='https://example.org/a.png' alt='the bridge'></p></article></main>"
    "<footer><p>© 2024 Bridge News. All rights reserved.</p></footer><p style='display:none'>secret words</p>"
)
FORUM = (
    "<title>Which pump?</title><div class='breadcrumbs'><a href=/>Board</a> › <a href=/g>Garden</a></div>"
    "<h1>Which pump?</h1>"
    + "".join(
        f"<div class='post'><div class='user'>gardener{n}<br>Posts: {n}</div>"
        f"<div class='content'>{SENTENCE} {SENTENCE}</div>"
        "<a class='reply' href=/r>Reply</a> <a href=/q>Quote</a></div>"
        for n in range(4)
    )
)
CHINESE = (
    "首页 | 新闻 | 公告\n柳湾镇老桥加固\n柳湾镇的老桥今年春天开始加固，施工队把桥面分成两半，一半通车，一半换板。\n"
    "镇里说，工程预计两个月完工，期间大货车绕行东环路，行人照常通过。\n分享到： 微信 微博\n滇ICP备05000000号-1\n"
)
ATTACKS = (
    "</script><script>document.title='owned'</script>",
    "</style><style>body{display:none}</style>",
    '"><img src=x onerror="document.title=`owned`">',
    "<svg onload=\"document.title='owned'\">",
    "{{ 7*7 }}{% for a in b %}",
    "<iframe srcdoc=\"<script>parent.document.title='owned'</script>\">",
    "<a href=\"javascript:document.title='owned'\">come here, this is a long link text for the page</a>",
    "<form action='https://evil.example/'><button>Send it all</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
)
# Once as text of the page, once as its markup; in the title, in a class and in what is removed too.
HOSTILE = (
    f"<title>{''.join(ATTACKS).replace('<', '&lt;')}</title><nav class='{ATTACKS[2].replace(chr(39), '')}'>"
    + "".join(f"<a href=/>{attack.replace('<', '&lt;')}</a>" for attack in ATTACKS)
    + "</nav><main>"
    + "".join(f"<p>{SENTENCE} {attack.replace('<', '&lt;')}</p><p>{SENTENCE} {attack}</p>" for attack in ATTACKS)
    + "</main>"
)
PAGES = {
    "article": HTML,
    "forum": FORUM,
    "chinese text": CHINESE,
    "hostile": HOSTILE,
    "nothing": "",
    "one word": "word",
}
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip


def page_of(source: str) -> str:
    return write_page(cleaner.clean(source))


def test_the_page_is_text_that_names_its_own_style_and_script_alone() -> None:
    page = html.unescape(page_of(HTML))
    assert "default-src 'none'; style-src 'sha256-" in page
    assert "unsafe-inline" not in page
    assert page.count("<script>") == page.count("<style>") == 1
    assert " style=" not in page
    assert "<img" not in page


@pytest.mark.parametrize("name", PAGES)
def test_all_of_the_source_is_on_the_page(name: str) -> None:
    import turbohtml

    document = cleaner.clean(PAGES[name])
    shown = "".join(turbohtml.parse(write_page(document)).text.split())
    for passage in document.explain().passages:
        assert "".join(passage.text.split()) in shown


def test_every_category_has_a_colour_and_a_switch() -> None:
    from importlib.resources import files

    style = (files("cleaner") / "data/explain/style.css").read_text("utf-8")
    for category in Category:
        assert f'[data-category="{category}"] {{ --hue:' in style
        assert f'body:has(#show-{category}:not(:checked)) .run[data-category="{category}"]' in style


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The system's Chromium, driven by playwright."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="needs the extra browser: pip install cleaner[browser]"
    )
    if CHROMIUM is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def opened(chromium: Any, folder: Path, source: str, **context: Any) -> Iterator[Any]:
    """A tab with the page that explains `source`; nothing may be fetched, and nothing may go wrong aloud."""
    file = folder / "why.html"
    file.write_bytes(page_of(source).encode("utf-8", "replace"))
    said: list[str] = []
    with chromium.new_context(**{"viewport": {"width": 1300, "height": 900}, **context}) as made:
        tab = made.new_page()
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("request", lambda request: said.append(request.url) if request.url != file.as_uri() else None)
        tab.on("dialog", lambda dialog: said.append(dialog.message))
        tab.goto(file.as_uri())
        yield tab
    assert said == []


def removed(tab: Any, text: str) -> Any:
    return tab.locator(".part.removed", has_text=text).first


def test_page_and_document_stand_side_by_side_and_on_a_phone_one_below_the_other(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, tmp_path, HTML) as tab:
        assert tab.locator(".source").bounding_box()["y"] == tab.locator(".result").bounding_box()["y"]
        assert tab.locator("h1").inner_text() == "Bridge news"
        assert removed(tab, "All rights reserved").is_visible()
        assert "All rights reserved" not in tab.locator(".document").inner_text()
        assert tab.locator(".document").inner_text().count(SENTENCE) == 6
        assert "[image] the bridge" in tab.locator(".document").inner_text()
    with opened(chromium, tmp_path, HTML, viewport={"width": 360, "height": 800}) as tab:
        assert tab.locator(".result").bounding_box()["y"] > tab.locator(".source").bounding_box()["y"] + 100
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360


def test_reasons_show_under_the_pointer_the_focus_and_a_tap(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, tmp_path, HTML) as tab:
        why = removed(tab, "Home").locator(".why")
        assert not why.is_visible()
        removed(tab, "Home").hover()
        assert why.is_visible()
        assert "removed as navigation" in why.inner_text()
        assert "in a nav element" in tab.locator(".source").text_content()
        tab.mouse.move(5, 5)
        assert not why.is_visible()
        removed(tab, "Home").focus()
        assert why.is_visible()
        tab.keyboard.press("Escape")
        assert not why.is_visible()
        tab.keyboard.press("ArrowDown")
        assert removed(tab, "News").locator(".why").is_visible()
    with opened(chromium, tmp_path, HTML, has_touch=True, viewport={"width": 390, "height": 800}) as tab:
        removed(tab, "Home").tap()
        assert removed(tab, "Home").locator(".why").is_visible()


def test_the_legend_hides_and_shows_categories(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, tmp_path, HTML) as tab:
        tab.locator("#show-navigation").uncheck()
        assert not removed(tab, "Home").is_visible()
        assert removed(tab, "All rights reserved").is_visible()
        tab.locator("#none").click()
        assert tab.locator(".removed:visible").count() == 0
        assert tab.locator(".kept:visible").count() > 5
        tab.locator("#all").click()
        assert removed(tab, "Home").is_visible()


def test_the_page_is_whole_without_scripts(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, tmp_path, HTML, java_script_enabled=False) as tab:
        assert not tab.locator("#all").is_visible()
        removed(tab, "Home").focus()
        assert removed(tab, "Home").locator(".why").is_visible()
        tab.locator("#show-navigation").uncheck()
        assert not removed(tab, "Home").is_visible()


def test_all_is_reached_by_the_keyboard_and_the_document_first_if_wanted(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, tmp_path, HTML) as tab:
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.textContent") == "Skip to the document"
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.id || location.hash.slice(1)") == "document"
    with opened(chromium, tmp_path, HTML) as tab:
        reached = set()
        for _ in range(40):
            tab.keyboard.press("Tab")
            reached.add(tab.evaluate("document.activeElement.className + '#' + document.activeElement.id"))
        assert {"#show-navigation", "#all", "pane source#", "pane result#document"} <= reached
        assert any(name.startswith("part removed") for name in reached)


def test_paper_gets_everything_in_dark_letters_on_white(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, tmp_path, HTML, color_scheme="dark") as tab:
        assert tab.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
        tab.emulate_media(media="print")
        assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert tab.evaluate("getComputedStyle(document.querySelector('.source')).overflow") == "visible"
        assert removed(tab, "All rights reserved").is_visible()
        assert not tab.locator("#all").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_the_rules_of_accessibility_are_kept(chromium: Any, tmp_path: Path, name: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with opened(chromium, tmp_path, PAGES[name], color_scheme=scheme) as tab:
        parts = tab.locator(".removed[tabindex]")
        if parts.count():
            parts.first.focus()
        found = axe.run(tab).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


def test_a_hostile_page_does_nothing(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, tmp_path, HOSTILE) as tab:
        title = tab.title()
        assert title.endswith("what cleaner kept and removed")
        for number in range(tab.locator(".document a").count()):
            assert tab.locator(".document a").nth(number).get_attribute("href").startswith(("http", "/", "#"))
        for part in ("script", "style", "iframe", "svg", "form:not(.legend)", "img", "meta[http-equiv=refresh]"):
            assert tab.locator(part).count() == (1 if part in ("script", "style") else 0)
        assert tab.locator("body").is_visible()
        assert tab.title() == title
        assert "{{ 7*7 }}" in tab.locator(".source").inner_text()


def test_the_policy_stops_what_would_get_past_the_escapes(chromium: Any, tmp_path: Path) -> None:
    """Were a page's markup written as it is, the browser would still not run it, nor load or send anything."""
    (tmp_path / "x").write_bytes(b"")  # what the smuggled image would get
    smuggled = "".join(attack for attack in ATTACKS if not attack.startswith(("</s", "<meta", "<iframe")))
    page = page_of(HTML).replace("Skip to the document", smuggled + "<script>document.title='owned'</script>")
    file = tmp_path / "why.html"
    file.write_text(page, encoding="utf-8")
    got: list[str] = []
    with chromium.new_context(offline=True) as made:
        tab = made.new_page()
        tab.on("requestfinished", lambda request: got.append(request.url))
        tab.goto(file.as_uri(), wait_until="load")
        assert tab.title() != "owned"
    assert got == [file.as_uri()]
