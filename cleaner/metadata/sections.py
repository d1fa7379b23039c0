"""The section of a site that a page stands in, by its trail of links: 当前位置：首页 > 新闻 > 要闻."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cleaner.metadata.candidates import Candidate
from cleaner.metadata.tables import labels
from cleaner.metadata.titles import fold
from cleaner.verdict import Category

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.metadata.body import Body
    from cleaner.page import Page
    from cleaner.verdict import Judgement

_LONGEST_TRAIL = 200
_LONGEST_SECTION = 40
_MOST_STEPS = 12
# How many blocks above the title a trail stands at most.
_ABOVE = 12
# What stands after a step in Han characters is a button, or says that the text follows: 要闻 正文.
_AFTER_HAN = re.compile(r"(?<=[\u3400-\u9fff]{2})\s.*$")
_BETWEEN = re.compile(r"\s*(?:-?>{1,2}|[›»→＞〉❯]|::)\s*|\s+[/|\\]\s+")


def read_trail(page: Page, judgement: Judgement, body: Body) -> list[Candidate]:
    """The last section of the trail above the title, which the judge calls a breadcrumb."""
    title = fold(page.text[body.title]) if body.title is not None else ""
    anchor = min(body.anchor, len(page) - 1, len(judgement.verdicts) - 1)
    for index in range(anchor, max(-1, anchor - _ABOVE), -1):
        text = page.text[index]
        if judgement.verdicts[index].category is Category.BREADCRUMB and len(text) <= _LONGEST_TRAIL:
            section = section_of(steps_of(text), title)
            return [Candidate("section", section, "text")] if section else []
    return []


def read_listed_trail(nodes: Iterable[dict[str, Any]], title: str) -> list[Candidate]:
    """The last section of a page's `BreadcrumbList` in JSON-LD, whose objects `nodes` are."""
    for node in nodes:
        steps = node.get("itemListElement")
        if isinstance(steps, list):
            names = [_name(step) for step in steps[:_MOST_STEPS] if isinstance(step, dict)]
            section = section_of(names, fold(title))
            if section:
                return [Candidate("section", section, "json-ld")]
    return []


def steps_of(text: str) -> list[str]:
    """The steps of a trail, without the words before it."""
    before, colon, rest = text.partition("：" if "：" in text[:_LONGEST_SECTION] else ":")
    if colon and before.strip().lower() in labels().before_trail:
        text = rest
    return _BETWEEN.split(text)


def section_of(steps: list[str], title: str) -> str | None:
    """The last step that is neither the front page nor the page itself; one step alone is no trail."""
    steps = [_AFTER_HAN.sub("", " ".join(step.split())).strip(" -–—") for step in steps[:_MOST_STEPS]]
    steps = [step for step in steps if step]
    if len(steps) < 2:
        return None
    for step in reversed(steps[1:]):
        plain = fold(step)
        if plain and step.lower() not in labels().no_section and len(step) <= _LONGEST_SECTION:
            same = bool(title) and (plain in title or title in plain) and len(plain) * 2 >= len(title)
            if not same:
                return step
    return None


def _name(step: dict[str, Any]) -> str:
    item = step.get("item")
    name = step.get("name") or (item.get("name") if isinstance(item, dict) else "")
    return name if isinstance(name, str) else ""
