"""The section of a page by the trail of links to it."""

import json

import pytest

import cleaner
from cleaner.metadata.sections import section_of, steps_of

BODY = "<p>The ferry has been late every morning of this week, and those who wait bring their own chairs.</p>" * 3


@pytest.mark.parametrize(
    ("trail", "section"),
    [
        ("当前位置：首页 > 新闻 > 要闻", "要闻"),
        ("您现在的位置：首页>>新闻中心>>正文", "新闻中心"),
        ("您的位置: 江州网首页 -> 江州新闻 -> 江州要闻", "江州要闻"),
        ("Home › Health › Sleep", "Sleep"),
        ("Startseite » Politik » Brücke wird gesperrt", "Politik"),
        ("ホーム＞お知らせ＞橋の補修", "お知らせ"),
        ("首页 > 要闻 正文", "要闻"),
        ("首页 >> 新闻中心 转播到微博 字号：大 中 小", "新闻中心"),
        ("首页", None),
        ("Home > Home", None),
        ("", None),
    ],
)
def test_the_section_is_the_last_step_but_the_page_itself(trail: str, section: str | None) -> None:
    assert section_of(steps_of(trail), "brückewirdgesperrt" if "Brücke" in trail else "橋の補修") == section


def test_a_trail_above_the_title_names_the_section() -> None:
    page = (
        "<html><head><title>Ferry late again</title></head><body>"
        "<div class=breadcrumb>Home &gt; News &gt; Harbour</div><article><h1>Ferry late again</h1>"
        f"{BODY}</article></body></html>"
    )
    metadata = cleaner.clean(page).metadata
    assert metadata.section == "Harbour"
    assert metadata.evidence["section"] == "text"


def test_a_listed_trail_names_the_section() -> None:
    steps = [{"@type": "ListItem", "name": name} for name in ("Home", "Harbour", "Ferry late again")]
    listed = json.dumps({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps})
    script = f'<script type="application/ld+json">{listed}</script>'
    page = f"<html><head>{script}</head><body><h1>Ferry late again</h1>{BODY}</body></html>"
    metadata = cleaner.clean(page).metadata
    assert metadata.section == "Harbour"
    assert metadata.evidence["section"] == "json-ld"
