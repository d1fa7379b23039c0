"""What a site's pages share goes where it is template, and stays where it is part of the articles."""

from __future__ import annotations

import random

import pytest

import cleaner
from cleaner.options import Options, fingerprint
from cleaner.profiles.tally import BUCKET, Seen, Tally


def test_a_template_that_no_rule_knows_goes_with_a_profile_and_stays_without(site) -> None:
    options = Options(profile=cleaner.learn(site.pages()))
    without = [text for text in site.template if text in cleaner.clean(site.page(4)).to_text()]
    assert len(without) > len(site.template) // 2
    for number in range(30):
        cleaned = cleaner.clean(site.page(number), options=options).to_text()
        assert [text for text in site.template if text in cleaned] == []


def test_what_articles_share_inside_their_text_stays(site) -> None:
    options = Options(profile=cleaner.learn(site.pages()))
    for number in range(30):
        page = site.page(number)
        cleaned = cleaner.clean(page, options=options).to_text()
        assert [text for text in site.shared if (text in page) != (text in cleaned)] == []


@pytest.mark.parametrize("inside", ["Our writer paid for the supper without being asked by anybody.", "Second part"])
def test_even_what_all_articles_share_inside_their_text_stays(text_site, inside) -> None:
    def page(number: int) -> str:
        blocks = text_site.page(number).split("\n\n")
        return "\n\n".join([*blocks[:-4], inside, *blocks[-4:]])

    profile = cleaner.learn((page(number), None) for number in range(30))
    assert inside in cleaner.clean(page(7), options=Options(profile=profile)).to_text()


def test_nothing_else_goes_than_what_repeats(site) -> None:
    profile = cleaner.learn(site.pages())
    for number in (0, 5, 9):
        before = cleaner.clean(site.page(number))
        after = cleaner.clean(site.page(number), options=Options(profile=profile))
        gone = {found.text for found in after.removed} - {found.text for found in before.removed}
        assert {found.rule for found in after.removed if found.text in gone} == {"profile"}


def test_a_profile_that_does_not_know_the_site_changes_nothing(html_site) -> None:
    profile = cleaner.learn((html_site.page(number), "https://elsewhere.example/") for number in range(30))
    page = html_site.page(3)
    known = cleaner.clean(page, url="https://www.elsewhere.example/3", options=Options(profile=profile))
    other = cleaner.clean(page, options=Options(profile=profile))
    assert html_site.template[1] not in known.to_text()
    assert other.to_json() == cleaner.clean(page).to_json()


def test_a_page_of_nothing_but_what_repeats_is_not_emptied(text_site) -> None:
    profile = cleaner.learn(text_site.pages())
    alone = "\n\n".join(text_site.template)
    assert cleaner.clean(alone, options=Options(profile=profile)).to_text() == cleaner.clean(alone).to_text()


def test_cleaning_twice_gives_the_same(site) -> None:
    options = Options(profile=cleaner.learn(site.pages()))
    once = cleaner.clean(site.page(6), options=options).to_text()
    assert cleaner.clean(once, options=options).to_text() == once


def test_level_none_keeps_all(html_site) -> None:
    options = Options(level="none", profile=cleaner.learn(html_site.pages()))
    assert html_site.template[0] in cleaner.clean(html_site.page(1), options=options).to_text()


def test_options_with_another_profile_have_another_fingerprint(html_site) -> None:
    small, large = cleaner.learn(html_site.pages(10)), cleaner.learn(html_site.pages(20))
    prints = {fingerprint(Options(profile=profile)) for profile in (None, small, large)}
    assert len(prints) == 3
    assert fingerprint(Options(profile=cleaner.learn(reversed(html_site.pages(10))))) in prints


def test_sites_are_learnt_apart_and_two_pages_are_too_few(html_site) -> None:
    pages = [(html_site.page(number), f"https://{host}.example/{number}") for number in range(4) for host in "ab"]
    profile = cleaner.learn([*pages, *((html_site.page(number), "https://c.example/") for number in range(2))])
    assert list(profile.sites) == ["a.example", "b.example"]
    assert {site.pages for site in profile.sites.values()} == {4}


def test_copies_of_a_page_count_once(text_site) -> None:
    copies = [(text_site.page(number % 2), None) for number in range(20)]
    assert cleaner.learn(copies).sites == {}


def test_numbers_and_dates_count_as_one_text() -> None:
    days = (("January", "一", "ferry"), ("March", "三", "mill"), ("October", "十二", "quarry"))
    pages = [
        f"Printed on {10 + number} {month} 20{number}5 for {number}7 readers\n\n第{day}期 {day}月{number}日印\n\n"
        f"The old {topic} had a story of its own, and nobody but the keeper of the {topic} could tell it.\n"
        for number, (month, day, topic) in enumerate(days)
    ]
    (site,) = cleaner.learn((page, None) for page in pages).sites.values()
    assert {repeat.excerpt[0] for repeat in site.repeats.values()} == {"P", "第"}


def test_counts_fall_short_by_no_more_than_a_page_in_a_bucket() -> None:
    draw, tally, count = random.Random(1), Tally(), 7 * BUCKET + 3
    on = dict.fromkeys(range(1, 5), 0)
    for number in range(count):
        shared = [key for key in on if draw.random() < key / 4]
        for key in shared:
            on[key] += 1
        own = [Seen(1000 * number + 2**63 + step, True, "own") for step in range(5)]
        tally.add("site", [*(Seen(key, False, f"text {key}") for key in shared), *own])
    (site,) = tally.sites()
    assert site.pages == count
    assert set(site.repeats) == {3, 4}
    for key, repeat in site.repeats.items():
        assert on[key] - count / BUCKET <= repeat.pages <= on[key]
