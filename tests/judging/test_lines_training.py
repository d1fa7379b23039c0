"""Pages made for the training of the line judge."""

from __future__ import annotations

import random

import numpy as np
import pytest

from cleaner.training.lines.corpus import LabelledText
from cleaner.training.lines.made_up import SITES, ending, made_up
from cleaner.training.lines.sites import sites

GOLD = LabelledText(
    "tests", "1", "tests/1", "gold", "en", "", "The lock is shut\nNobody crosses today.\nAsk the keeper.",
    np.ones(3, np.float32), "", fold=0,
)  # fmt: skip


@pytest.mark.parametrize("language", SITES)
def test_made_up_documents_leave_no_form_unfilled(language: str) -> None:
    chooser = random.Random(3)
    lines = [line for _ in range(40) for line in (*made_up(language, chooser), *ending(language, chooser))]
    assert lines
    assert not [line for line in lines if "{" in line or not line.strip()]


def test_pages_of_made_up_sites_have_a_label_a_line_and_no_form_unfilled() -> None:
    pages = sites([GOLD], 300, fold=0, seed=5)
    assert len(pages) == 300
    for page in pages:
        assert len(page.lines()) == len(page.labels)
        assert (page.labels == 1).any()
        assert "{" not in page.text


def test_pages_of_made_up_sites_are_the_same_in_every_run() -> None:
    first, second = (sites([GOLD], 50, fold=1, seed=9) for _ in range(2))
    assert [page.text for page in first] == [page.text for page in second]


def test_pages_of_made_up_sites_speak_every_language_with_chrome_and_without() -> None:
    pages = sites([GOLD], 600, fold=0, seed=1)
    assert {page.language for page in pages} == {language for language in SITES if language != "tw"}
    assert {bool((page.labels == 0).any()) for page in pages} == {True, False}


def test_every_language_has_every_part_of_a_site() -> None:
    parts = {frozenset(site) - {"words"} for site in SITES.values()}
    assert len(parts) == 1
