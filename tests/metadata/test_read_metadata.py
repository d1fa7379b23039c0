"""What a page says of its document, from the head, from the lines beside the title, and from neither."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.document import Metadata
from cleaner.judging.override import keep_visible
from cleaner.metadata import read_metadata
from cleaner.metadata.language import language_of
from cleaner.metadata.titles import without_site
from cleaner.page import Page
from cleaner.readers import html, markdown, text
from cleaner.verdict import Category, Judgement, Verdict


def of_html(source: str, url: str | None = None) -> Metadata:
    page = html.read(source, url).page
    return read_metadata(page, keep_visible(page))


def of_markdown(source: str) -> Metadata:
    page = markdown.read(source, None).page
    return read_metadata(page, keep_visible(page))


def of_text(source: str, bylines: frozenset[str] = frozenset()) -> Metadata:
    page = text.read(source, None).page
    verdicts = [
        Verdict(keep=False, score=0.1, category=Category.BYLINE) if line in bylines else Verdict(keep=True, score=0.9)
        for line in page.text
    ]
    return read_metadata(page, Judgement(verdicts))


BODY = "<p>The ferry will make six crossings a day until June, when the summer timetable adds two more of them.</p>"


def test_bare_text_gives_title_subtitle_source_date_and_language() -> None:
    byline = "来源:青河日报          2021-03-16 09:05:41 【字体:"
    body = "春分前后，青河县柳湾镇的果园里灯火点点，三十多位果农搬着小板凳围坐在一棵老梨树下，听技术员讲怎样疏花。" * 2
    metadata = of_text(f"夜校办到果园里\n——课堂搬到树底下\n\n{byline}\n\n{body}\n", frozenset({byline}))
    assert (metadata.title, metadata.subtitle) == ("夜校办到果园里", "课堂搬到树底下")
    assert (metadata.source, metadata.date, metadata.language) == ("青河日报", "2021-03-16T09:05:41", "zh")
    assert metadata.author is None
    assert metadata.evidence == {
        "title": "heading",
        "subtitle": "heading",
        "source": "byline",
        "date": "byline",
        "language": "text",
    }


def test_the_meta_names_of_chinese_government_sites_are_read() -> None:
    metadata = of_html(
        '<html lang="zh-CN"><head><title>大件运输并联许可 - 岭西省人民政府</title><meta name="ArticleTitle" '
        'content="大件运输并联许可"><meta name="PubDate" content="2022-04-27 08:12"><meta name="ContentSource" '
        'content="岭西日报"><meta name="SiteName" content="岭西省人民政府"><meta name="ColumnName" content="要闻动态">'
        "</head><body><p>运输企业在网上提交一次申请，沿途各市同步办理。</p></body></html>"
    )
    assert (metadata.title, metadata.date, metadata.source) == ("大件运输并联许可", "2022-04-27T08:12", "岭西日报")
    assert (metadata.site_name, metadata.section, metadata.language) == ("岭西省人民政府", "要闻动态", "zh")
    assert metadata.evidence["date"] == "meta"


def test_json_ld_gives_author_and_date_of_an_article() -> None:
    metadata = of_html(
        '<script type="application/ld+json">{"@graph":[{"@type":"Person","@id":"#p","name":"Priya Halloran"},'
        '{"@type":"NewsArticle","headline":"Town keeps its switchboard","datePublished":"2021-10-05T06:30:00Z",'
        f'"author":{{"@id":"#p"}}}}]}}</script><h1>Town keeps its switchboard</h1>{BODY}'
    )
    assert (metadata.author, metadata.date) == ("Priya Halloran", "2021-10-05T06:30:00Z")
    assert metadata.evidence["author"] == "json-ld"


def test_json_ld_that_is_escaped_as_text_is_read() -> None:
    metadata = of_html(
        '<script type="application/ld+json">{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:'
        "&quot;Ferry returns&quot;,&quot;datePublished&quot;:&quot;2021-10-05&quot;,"
        "&quot;author&quot;:{&quot;name&quot;:&quot;"
        f"Priya Halloran&quot;}}}}</script><h1>Ferry returns</h1>{BODY}"
    )
    assert (metadata.author, metadata.date) == ("Priya Halloran", "2021-10-05")


def test_a_link_to_a_writers_page_names_the_author() -> None:
    metadata = of_html(
        '<nav><a href="/authors">Authors</a><a href="/people/">People</a></nav><h1>Town keeps its switchboard</h1>'
        f'<p>By <a href="/authors/ada-quill">Ada Quill</a> View as one page · May 2, 2021</p>{BODY}',
        "https://ledger.example/news/switchboard",
    )
    assert (metadata.author, metadata.date) == ("Ada Quill", "2021-05-02")


def test_the_name_of_the_site_and_the_words_of_buttons_are_no_authors() -> None:
    head = '<meta name="author" content="harborledger">'
    page = f"{head}<h1>Our ferries</h1><p><b>Share Article</b></p>{BODY}"
    assert of_html(page, "https://www.harborledger.example/services/ferries").author is None


def test_the_date_that_software_stamps_on_a_page_is_not_the_date_of_a_document() -> None:
    metadata = of_html(
        '<script type="application/ld+json">{"@type":"WebPage","name":"Shop","datePublished":"2019-01-01"}</script>'
        f"<h1>Daypack</h1>{BODY}"
    )
    assert metadata.date is None


def test_broken_or_endless_json_ld_is_passed_over() -> None:
    deep = "[" * 100_000
    metadata = of_html(f'<script type="application/ld+json">{deep}</script><h1>Ferry returns</h1>{BODY}')
    assert metadata.title == "Ferry returns"


def test_the_name_of_the_site_is_cut_off_the_title_of_the_window() -> None:
    assert without_site("Ferry returns | The Harbor Ledger", ["The Harbor Ledger"], []) == "Ferry returns"
    assert without_site("修表匠的四十年_社会新闻_江州网", [], ["修表匠的四十年"]) == "修表匠的四十年"
    assert without_site("Ferry - a love story", [], []) == "Ferry - a love story"
    assert without_site("Ferry returns", ["The Harbor Ledger"], []) == "Ferry returns"


def test_an_underscore_inside_a_name_parts_no_title() -> None:
    assert without_site("Module ngx_rewrite_rules", [], []) == "Module ngx_rewrite_rules"
    assert without_site("老桥今年春天加固_青河网", ["青河网"], []) == "老桥今年春天加固"


def test_the_tag_of_a_thread_is_not_its_title() -> None:
    assert without_site("[Solved] The ferry is late - Pier Forum", [], ["The ferry is late"]) == "The ferry is late"
    assert without_site("[Solved] The ferry is late", [], []) == "[Solved] The ferry is late"


def test_an_article_on_a_host_without_a_path_is_no_front_page() -> None:
    head = '<meta property="og:type" content="article"><meta property="og:title" content="Town keeps its switchboard">'
    assert of_html(f"{head}<h1>Town keeps its switchboard</h1>{BODY}", "https://ledger.example/").kind == "article"


def test_front_matter_is_read() -> None:
    metadata = of_markdown(
        "---\ntitle: 'The last squash'\nauthors:\n  - Odile Marsh\n  - Ida Renn\ndate: 2022-10-03\nlang: en\n---\n\n"
        "It rained all week, so I cooked, and three things came out of the oven better than they went in.\n"
    )
    assert (metadata.title, metadata.author, metadata.date) == (
        "The last squash",
        "Odile Marsh, Ida Renn",
        "2022-10-03",
    )


def test_addresses_are_resolved() -> None:
    metadata = of_html(
        f'<link rel="canonical" href="/news/1"><meta property="og:image" content="../a.png"><h1>Ferry</h1>{BODY}',
        "https://ledger.example/x/y",
    )
    assert metadata.url == "https://ledger.example/news/1"
    assert metadata.image == "https://ledger.example/a.png"


def test_what_is_not_on_the_page_stays_none() -> None:
    metadata = of_html("<p>A pond in a field.</p>")
    assert metadata == Metadata(title=None, evidence={})


def test_the_language_is_that_of_the_text_whatever_the_tag_says() -> None:
    german = "Der Verein hatte zwei Jahre lang um die Erlaubnis gebeten; am Ende gab ein Gutachten den Ausschlag." * 2
    assert language_of(german, "en-US") == "de"
    assert language_of("水は体育館の屋根に降った雨をためて使う。", "") == "ja"
    assert language_of("대합실의 나무 의자를 고쳤다 그리고 문을 열었다", "en") == "ko"
    assert language_of("Hi", "fr-CA") == "fr"
    assert language_of("12 34", "") is None


@given(st.text(max_size=400), st.sampled_from(["text", "markdown", "html"]))
def test_no_page_raises(source: str, kind: str) -> None:
    readers = {"text": text.read, "markdown": markdown.read, "html": html.read}
    page = readers[kind](source, None).page
    read_metadata(page, keep_visible(page))


def test_an_empty_page_has_no_metadata() -> None:
    assert read_metadata(Page(kind="text", source=""), Judgement([])) == Metadata()
