"""Only what was kept is built."""

from __future__ import annotations

import pytest

from cleaner.building.from_html import build
from cleaner.judging.override import keep_visible
from cleaner.options import Options
from cleaner.readers.html import read
from cleaner.verdict import Category, Cut, Judgement, Verdict
from cleaner.writers.markdown import markdown_of
from cleaner.writers.text import text_of


def built(html, *, drop=(), cut=(), options=None):
    """The document of a page without the blocks that hold one of the words, and without the stretches to cut."""
    reading = read(html, None)
    verdicts = [Verdict(keep=not any(word in text for word in drop), score=1.0) for text in reading.page.text]
    cuts = []
    for stretch in cut:
        block = next(index for index, text in enumerate(reading.page.text) if stretch in text)
        start = reading.page.text[block].index(stretch)
        cuts.append(Cut(block, start, start + len(stretch), Category.SPAM, "test", 0.0))
    return markdown_of(build(reading, Judgement(verdicts, cuts), options or Options())).removesuffix("\n")


def test_dropped_blocks_are_gone_with_their_containers():
    html = "<nav><ul><li>drop a<li>drop b</ul></nav><p>keep</p><div><p>drop c</p></div>"
    assert built(html, drop=["drop"]) == "keep"


def test_text_dropped_beside_kept_text_takes_nothing_along():
    assert built("<div>drop<p>keep <b>this</b></p>drop too</div>", drop=["drop"]) == "keep **this**"


def test_empty_items_of_a_list_go_with_their_text():
    assert built("<ul><li>keep<li>drop<li>keep too</ul>", drop=["drop"]) == "- keep\n- keep too"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>keep</p><img src=/a.png><p>keep</p>", "keep\n\n![](/a.png)\n\nkeep"),
        ("<p>keep</p><figure><img src=/a.png></figure><p>keep</p>", "keep\n\n![](/a.png)\n\nkeep"),
        ("<p>drop</p><img src=/a.png><p>drop</p><p>keep</p>", "keep"),
        ("<div><img src=/logo.png><a href=/>drop</a></div><h1>keep</h1>", "# keep"),
        ("<img src=/logo.png><p>drop</p><h1>keep</h1>", "# keep"),
        (
            "<article><h1>keep it</h1><p>drop</p><img src=/a.png><p>keep</p></article>",
            "# keep it\n\n![](/a.png)\n\nkeep",
        ),
        ("<p>keep</p><aside><p>drop</p><img src=/ad.png></aside>", "keep"),
        ("<p>keep</p><hr><p>drop</p>", "keep"),
        ("<p>keep <img src=/a.png> x</p>", "keep ![](/a.png) x"),
        ("<p>keep</p><div style='display:none'><img src=/a.png></div><p>keep</p>", "keep\n\nkeep"),
    ],
)
def test_images_stay_where_the_text_around_them_stays(html, expected):
    assert built(html, drop=["drop"]) == expected


@pytest.mark.parametrize(
    ("html", "cut", "expected"),
    [
        ("<p>before bad words after</p>", "bad words", "before after"),
        ("<p>before <b>bad</b>\n  <i>words</i> after</p>", "bad words", "before after"),
        ("<p>正文<a href=/spam>坏链接</a>继续</p>", "坏链接", "正文继续"),
        ("<p>a<br>bad<br>b</p>", "bad", "a\n\nb"),
        ("<p>so\u00adft bad end</p>", "bad", "soft end"),
    ],
)
def test_cuts_are_taken_out_of_kept_blocks(html, cut, expected):
    assert built(html, cut=[cut]) == expected


def test_text_for_readers_without_scripts_was_not_judged_and_is_not_built():
    text = "keep " * 60
    assert built(f"<p>{text}</p><noscript><p>Please enable JavaScript</p></noscript>") == text.strip()


def test_hidden_text_is_built_only_if_it_was_kept():
    html = "<p>keep</p><p style='display:none'>secret</p>"
    reading = read(html, None)
    assert text_of(build(reading, keep_visible(reading.page), Options())) == "keep\n"
    assert "secret" in built(html, options=Options(keep=frozenset({Category.HIDDEN})))


def test_a_page_of_nothing_is_nothing():
    assert built("") == ""
    assert built("<nav>drop</nav>", drop=["drop"]) == ""


def test_deep_pages_are_pruned_without_recursion():
    html = "<div>" * 30_000 + "<p>keep</p><p>drop</p>" + "</div>" * 30_000
    assert built(html, drop=["drop"]) == "keep"


def test_rules_and_frames_of_the_site_at_the_edges_of_the_text_go_where_anything_goes():
    html = "<iframe src=menu.htm></iframe><hr><p>keep</p><hr><p>keep too</p><iframe src=foot.htm></iframe><p>drop"
    assert built(html, drop=["drop"]) == "keep\n\n---\n\nkeep too"
    assert built(html).startswith("[menu.htm](menu.htm)\n\n---\n\nkeep")


def test_a_film_above_the_text_stays_as_a_picture_does():
    html = "<iframe src=https://film.example/1></iframe><p>keep</p><p>drop"
    assert built(html, drop=["drop"]) == "<https://film.example/1>\n\nkeep"
