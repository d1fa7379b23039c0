"""Parts of a document that have little text of their own come and go with what they are a part of."""

from __future__ import annotations

import numpy as np
import pytest

from cleaner.judging.blocks.context import keep_together
from cleaner.judging.blocks.features import features
from cleaner.judging.blocks.parts import settle_parts
from cleaner.judging.blocks.reasons import Evidence, dates_or_names, reason
from cleaner.judging.lexicon import load
from cleaner.readers.html import read
from cleaner.verdict import Category

TITLE = "Lowick harbour dredged"
TEXT = "The harbour at Lowick was dredged again this week, after two winters in which boats left only at high water."
HEADING, RUNNING = f"<h1>{TITLE}</h1>", f"<p>{TEXT}</p>"


def evidence_of(markup: str) -> Evidence:
    page = read(f"<html><head><title>{TITLE}</title></head><body>{markup}</body></html>", None).page
    return Evidence(page, features(page).surroundings, load().match(page.text))


def settled(markup: str, unsure: dict[str, float], *, stays: bool) -> list[str]:
    """What is kept of a page whose blocks are all kept but those of `unsure` (if not `stays`), with their scores."""
    evidence = evidence_of(markup)
    texts = evidence.page.text
    score = np.array([unsure.get(text, 0.9) for text in texts])
    kept = np.array([stays or text not in unsure for text in texts])
    settle_parts(evidence, score, kept)
    return [text for text, keep in zip(texts, kept, strict=True) if keep]


def test_a_table_between_kept_paragraphs_is_kept() -> None:
    table = "<table><tr><th>Berth<th>Depth<tr><td>East<td>4 m</table>"
    cells = dict.fromkeys(["Berth", "Depth", "East", "4 m"], 0.35)
    assert settled(f"<div>{HEADING}{RUNNING}{table}{RUNNING}</div>", cells, stays=False) == [
        TITLE, TEXT, "Berth", "Depth", "East", "4 m", TEXT,
    ]  # fmt: skip


def test_a_table_at_the_end_of_the_page_is_not_taken_in() -> None:
    table = "<table><tr><th>Berth<th>Depth</table>"
    assert settled(f"<div>{HEADING}{RUNNING}{table}</div>", {"Berth": 0.35, "Depth": 0.35}, stays=False)[-1] == TEXT


@pytest.mark.parametrize(("score", "stays"), [(0.35, True), (0.1, False)])
def test_a_caption_above_kept_text_is_kept_if_it_is_likely_enough(score: float, stays: bool) -> None:
    caption = "The barge off the east quay at low water."
    figure = f"<figure><img src=a.jpg><figcaption>{caption}</figcaption></figure>"
    assert (caption in settled(f"<div>{HEADING}{figure}{RUNNING}</div>", {caption: score}, stays=False)) is stays


@pytest.mark.parametrize(
    ("markup", "score", "stays"),
    [
        (f"{HEADING}{RUNNING}", 0.35, True),
        (f"{HEADING}{RUNNING}", 0.1, False),
        (f"{RUNNING}{HEADING}", 0.35, False),
        (f"<h1>Harbours of the county</h1>{RUNNING}", 0.35, False),
    ],
)
def test_the_heading_that_is_called_like_the_page_stays_above_its_text(markup: str, score: float, stays: bool) -> None:
    other = f"More of it: {TEXT}"  # goes, so that the section alone doesn't bring its heading
    evidence = evidence_of(f"<div>{markup}<p>{other}</p></div>")
    scores = np.array([{TEXT: 0.9, other: 0.0}.get(text, score) for text in evidence.page.text])
    kept = keep_together(evidence, scores, scores > 0.5)
    heading = next(index for index, text in enumerate(evidence.page.text) if text not in (TEXT, other))
    assert bool(kept[heading]) is stays


def test_the_price_beside_the_name_of_a_thing_is_kept() -> None:
    price = "<p class=price>£89.00</p>"
    assert "£89.00" in settled(f"<div>{HEADING}{price}{RUNNING}</div>", {"£89.00": 0.35}, stays=False)
    assert "£89.00" not in settled(f"<div>{HEADING}<p>£89.00</p>{RUNNING}</div>", {"£89.00": 0.35}, stays=False)


def test_a_short_last_post_is_kept_with_the_posts_above_it() -> None:
    posts = "".join(
        f"<div><div id=post_{i}>{text}</div></div>" for i, text in enumerate([TEXT, TEXT, "Thank you all!"])
    )
    assert settled(f"{HEADING}{posts}", {"Thank you all!": 0.15}, stays=False)[-1] == "Thank you all!"


def test_one_count_in_the_boxes_beside_the_posts_goes_with_the_others() -> None:
    boxes = "".join(f"<div class=poster><p>Posts {i}</p><p>Points {i}8</p></div>{RUNNING}" for i in range(1, 4))
    unsure = {f"Posts {i}": 0.3 for i in range(1, 4)} | {f"Points {i}8": 0.3 for i in range(1, 4)}
    evidence = evidence_of(HEADING + boxes)
    texts = evidence.page.text
    kept = np.array([text not in unsure or text == "Points 18" for text in texts])
    settle_parts(evidence, np.array([unsure.get(text, 0.9) for text in texts]), kept)
    assert [text for text, keep in zip(texts, kept, strict=True) if keep] == [TITLE, TEXT, TEXT, TEXT]


DATES = [
    "<p class=date>Publié le 12 mars 2024</p>",
    "<p>Por Begoña Ibáñez · 12 de marzo de 2024</p>",
    "<p>Oct. 5, 2021 at 6:30 a.m.</p>",
    "<div>2023年6月11日</div>",
]


@pytest.mark.parametrize("date", DATES)
def test_a_date_between_title_and_text_goes_as_a_byline(date: str) -> None:
    markup = f"<div>{HEADING}{date}{RUNNING}</div>"
    evidence = evidence_of(markup)
    assert settled(markup, {evidence.page.text[1]: 0.6}, stays=True) == [TITLE, TEXT]
    assert reason(evidence, 1)[0] is Category.BYLINE


@pytest.mark.parametrize("date", DATES[:2])
def test_a_date_below_the_first_paragraph_is_text(date: str) -> None:
    markup = f"<div>{HEADING}{RUNNING}{date}{RUNNING}</div>"
    assert len(settled(markup, {evidence_of(markup).page.text[2]: 0.6}, stays=True)) == 4


@pytest.mark.parametrize("text", ["The quay reopens to trawlers on 12 May 2024", "In May 2024 the barge sank twice."])
def test_a_line_that_tells_something_is_no_date(text: str) -> None:
    assert not dates_or_names(evidence_of(f"<div>{HEADING}<p>{text}</p>{RUNNING}</div>"), 1)


@pytest.mark.parametrize(
    ("markup", "category"),
    [
        ("<div>Lowick › News › Harbour</div>", Category.BREADCRUMB),
        ("<div class=search>Popular: mooring, tides</div>", Category.WIDGET),
        ("<div class='related' role=navigation><ul><li><a href=i>index</a></ul></div>", Category.NAVIGATION),
        ("<footer><p>Accessibilité : non conforme</p></footer>", Category.FOOTER),
        ("<div class=newsletter-box><h3>Get the Post in your inbox</h3></div>", Category.NEWSLETTER),
        ("<div class=partage>Partager cette page <a href=f>Facebook</a></div>", Category.SHARE),
    ],
)
def test_what_goes_is_named_by_its_place_and_its_form(markup: str, category: Category) -> None:
    assert reason(evidence_of(markup + HEADING + RUNNING), 0)[0] is category


def test_a_date_below_the_line_under_a_title_and_a_signature_goes() -> None:
    markup = f"<div>{HEADING}{RUNNING}<p>By Priya Halloran</p>{DATES[0]}{RUNNING}</div>"
    evidence = evidence_of(markup)
    kept = np.array([True, True, False, True, True])
    settle_parts(evidence, np.array([0.9, 0.9, 0.05, 0.6, 0.9]), kept)
    assert kept.tolist() == [True, True, False, False, True]


def test_a_short_list_below_a_paragraph_is_kept() -> None:
    markup = f"<div>{HEADING}{RUNNING}<ul><li>Two hours</li><li>Sit on the right</li></ul>{RUNNING}</div>"
    assert len(settled(markup, {"Two hours": 0.2, "Sit on the right": 0.2}, stays=False)) == 5


def test_a_table_that_is_mostly_kept_is_kept_as_a_whole() -> None:
    markup = f"<div>{HEADING}{RUNNING}<table><tr><td>Before</td><td>Now</td><td>3 days</td></tr></table>{RUNNING}</div>"
    evidence = evidence_of(markup)
    texts = evidence.page.text
    score = np.array([0.45 if text == "3 days" else 0.9 for text in texts])
    kept = score > 0.5
    settle_parts(evidence, score, kept)
    assert kept.all()


GRID = "<ul>{}</ul>"
THING = (
    '<li class="thing"><div class="name">{}</div><div class="more">{} is kept in the long shed by the slip.</div></li>'
)
NAMES = ["Anchor", "Buoy", "Cleat", "Davit", "Eyelet"]


def kept_together(markup: str, unsure: dict[str, float]) -> list[str]:
    evidence = evidence_of(markup)
    texts = evidence.page.text
    score = np.array([unsure.get(text, 0.9) for text in texts])
    kept = keep_together(evidence, score, score > 0.5)
    return [text for text, keep in zip(texts, kept, strict=True) if keep]


def test_the_names_in_a_grid_stay_all_if_most_do() -> None:
    grid = GRID.format("".join(THING.format(name, name) for name in NAMES))
    assert set(NAMES) <= set(kept_together(HEADING + RUNNING + grid, {"Davit": 0.3, "Eyelet": 0.2}))


def test_a_name_that_is_hardly_content_goes_though_the_others_stay() -> None:
    grid = GRID.format("".join(THING.format(name, name) for name in NAMES))
    assert "Davit" not in kept_together(HEADING + RUNNING + grid, {"Davit": 0.05})


def test_paragraphs_in_one_container_speak_for_themselves() -> None:
    other = "Have you read our guide to the tides of the coast and its many small harbours"
    text = f"<div>{RUNNING * 5}<p>{other}</p></div>"
    assert other not in kept_together(HEADING + text, {other: 0.3})
