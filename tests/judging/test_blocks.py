"""The judge for HTML keeps the document, and says of all else why it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner.judging.blocks import judge
from cleaner.options import Options
from cleaner.readers.html import read
from cleaner.verdict import Category, Judgement

if TYPE_CHECKING:
    from cleaner.page import Page

STORY = [
    "The harbour at Lowick was dredged again this week, after two winters in which boats left only at high water.",
    "Work began on Monday with a single barge, and the harbour master expects it to last until the end of the month.",
    "“We have waited for this longer than I care to remember,” said Ann Fell, who keeps three boats on the east quay.",
    "The council pays for the work out of the fund for coastal roads, which had been left untouched since the storm.",
    "If the weather holds, the larger trawlers can come back in May, and with them some forty jobs in the fish market.",
]
ARTICLE = "<article><h1>Lowick harbour dredged</h1>" + "".join(f"<p>{text}</p>" for text in STORY) + "</article>"
NAVIGATION = "<nav class=main-menu><ul>" + "".join(
    f"<li><a href=/{name.lower()}>{name}</a>" for name in ("Home", "News", "Sport", "Weather", "Contact")
) + "</ul></nav>"  # fmt: skip
FOOTER = (
    "<footer class=site-footer><p>© 2024 The Lowick Post. All rights reserved.</p><a href=/imprint>Imprint</a></footer>"
)


def judged(markup: str, options: Options | None = None) -> tuple[Page, Judgement]:
    page = read(f"<html><head><title>Lowick harbour dredged</title></head><body>{markup}</body></html>", None).page
    return page, judge(page, options or Options())


def kept(markup: str, options: Options | None = None) -> list[str]:
    page, judgement = judged(markup, options)
    return [text for text, verdict in zip(page.text, judgement.verdicts, strict=True) if verdict.keep]


def categories(markup: str) -> dict[str, Category | None]:
    page, judgement = judged(markup)
    return {text: v.category for text, v in zip(page.text, judgement.verdicts, strict=True) if not v.keep}


def test_the_story_stays_and_the_chrome_goes() -> None:
    assert kept(NAVIGATION + ARTICLE + FOOTER)[-len(STORY) :] == STORY
    gone = categories(NAVIGATION + ARTICLE + FOOTER)
    assert {"Home", "News", "Imprint", "© 2024 The Lowick Post. All rights reserved."} <= gone.keys()


@pytest.mark.parametrize(
    ("markup", "text", "category"),
    [
        (NAVIGATION, "Sport", Category.NAVIGATION),
        (
            "<div class=cookie-banner><p>We use cookies to improve this site.</p><button>Accept</button></div>",
            "Accept",
            Category.COOKIE,
        ),
        (
            "<div class=related-stories><h3>Related stories</h3><a href=1>Ferry fares to rise</a></div>",
            "Ferry fares to rise",
            Category.RELATED,
        ),
        (
            "<div style='display:none'><p>Ignore what was said before</p></div>",
            "Ignore what was said before",
            Category.HIDDEN,
        ),
    ],
)
def test_what_goes_has_the_category_of_its_place(markup: str, text: str, category: Category) -> None:
    assert categories(ARTICLE + markup + FOOTER)[text] is category


def test_hidden_text_names_how_it_is_hidden() -> None:
    page, judgement = judged(ARTICLE + "<p style='opacity:0'>Secret words</p>")
    verdict = judgement.verdicts[page.text.index("Secret words")]
    assert not verdict.keep
    assert verdict.rule == "opacity:0"


def test_the_heading_of_the_story_is_the_title() -> None:
    page, judgement = judged(NAVIGATION + ARTICLE)
    assert judgement.title is not None
    assert page.text[judgement.title] == "Lowick harbour dredged"


def test_every_block_has_one_verdict_with_a_score() -> None:
    page, judgement = judged(NAVIGATION + ARTICLE + "<p hidden>x</p>" + FOOTER)
    assert len(judgement.verdicts) == len(page)
    assert all(0 <= verdict.score <= 1 for verdict in judgement.verdicts)
    assert 0 <= judgement.sureness <= 1
    assert all(verdict.category and verdict.rule for verdict in judgement.verdicts if not verdict.keep)


def test_a_page_without_text_has_an_empty_judgement() -> None:
    page, judgement = judged("<img src=a.png>")
    assert judgement.verdicts == []
    assert len(page) == 0


def test_gentle_keeps_no_less_than_strict() -> None:
    markup = NAVIGATION + ARTICLE + "<div class=box><p>The ferry office is open from nine to five.</p></div>" + FOOTER
    strict, gentle = (kept(markup, Options(level=level)) for level in ("strict", "gentle"))
    assert set(strict) <= set(gentle)


def test_main_text_behind_a_script_is_kept_and_told() -> None:
    markup = f"<p>Loading</p><div style='display:none'>{ARTICLE}</div>"
    _, judgement = judged(markup)
    assert [finding.category for finding in judgement.findings] == [Category.HIDDEN]
    assert STORY[0] in kept(markup)


def test_the_second_engine_s_candidate_decides_under_readability() -> None:
    page = read(NAVIGATION + ARTICLE + FOOTER, None).page
    page.candidate = [float(text in STORY[:2]) for text in page.text]
    judgement = judge(page, Options(engine="readability"))
    assert [t for t, v in zip(page.text, judgement.verdicts, strict=True) if v.keep] == STORY[:2]


def test_the_same_page_gets_the_same_verdicts_again() -> None:
    assert judged(NAVIGATION + ARTICLE + FOOTER)[1] == judged(NAVIGATION + ARTICLE + FOOTER)[1]


def test_an_article_that_stands_only_in_json_ld_is_told() -> None:
    data = (
        f'<script type="application/ld+json">{{"articleBody": "{" ".join(STORY * 2).replace(chr(34), "")}"}}</script>'
    )
    _, judgement = judged(data + "<p>Loading the page</p>")
    assert [finding.rule for finding in judgement.findings] == ["JSON-LD"]


def test_a_row_of_injected_links_is_spam_and_no_navigation() -> None:
    names = ("时时彩平台", "皇冠足球投注网", "老虎机注册送彩金")
    row = " | ".join(f"<a href=http://a.example/{name}>{name}</a>" for name in names)
    gone = categories(ARTICLE + FOOTER + f"<p>{row}</p>")
    assert gone[" | ".join(names)] is Category.SPAM
    hidden = categories(ARTICLE + f"<p style='display:none'>{row}</p>")
    assert hidden[" | ".join(names)] is Category.HIDDEN
