"""Why a block goes: the category and rule that stand in the account, from the strongest evidence to the weakest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from cleaner.judging.blocks.vocabulary import block_words, name_groups
from cleaner.judging.lexicon import Strength
from cleaner.page import Flag
from cleaner.verdict import Category

if TYPE_CHECKING:
    from cleaner.judging.blocks.surroundings import Surroundings
    from cleaner.judging.lexicon import Hit
    from cleaner.page import Page

MODEL = "block model"
MOSTLY = 0.5  # share of a block's characters that hits must cover to name it, or links, to be navigation
COPIED = 2  # other blocks with the same text
TRAIL = "trail of links"
# Names of search boxes, which otherwise count as forms to log in with.
SEARCH = frozenset(("search", "searchbox", "search-box", "search-form", "searchform", "sousuo"))
# By place, the categories that may be anywhere and say less than the place does.
VAGUE: dict[Category | None, frozenset[Category]] = {
    Category.NAVIGATION: frozenset((Category.WIDGET, Category.RELATED)),
    Category.FOOTER: frozenset((Category.WIDGET, Category.RELATED)),
    Category.NEWSLETTER: frozenset((Category.WIDGET, Category.RELATED, Category.NAVIGATION, Category.LOGIN)),
}
HINTING_WORDS = 12  # the words of a longer block hint at nothing
NEAR = 4  # containers up, as from a link in a list to what the list stands in
DATE_WORDS, DATE_LETTERS = 12, 8  # words of a date with its hour and zone; letters of what stands around it
UNITS = 2  # of a date in Chinese, Japanese or Korean: month and day at least
_DATE_UNIT = re.compile(r"\d{1,4}\s?[年月日时時分秒点년월일시]")
_TRAIL = re.compile(r"(?:[^>›»\n]{1,30}[>›»]){2,9}[^>›»\n]{0,60}")

# What a name says of a block, in order. The first hold for all that is inside, and more than a tag does.
ZONE_CATEGORIES: tuple[tuple[str, Category], ...] = (
    ("consent", Category.COOKIE),
    ("share", Category.SHARE),
    ("pagination", Category.PAGINATION),
    ("advertisement", Category.ADVERTISEMENT),
    ("comments", Category.COMMENTS),
    ("related", Category.RELATED),
)
PLACE_CATEGORIES: tuple[tuple[str, Category], ...] = (
    ("footer", Category.FOOTER),
    ("navigation", Category.NAVIGATION),
    ("account", Category.LOGIN),
    ("meta", Category.BYLINE),
    ("side", Category.WIDGET),
    ("header", Category.NAVIGATION),
)
FLAG_CATEGORIES: tuple[tuple[int, Category], ...] = (
    (Flag.DIALOG.value, Category.COOKIE),
    (Flag.NAV.value, Category.NAVIGATION),
    (Flag.FOOTER.value, Category.FOOTER),
    (Flag.ASIDE.value, Category.WIDGET),
    (Flag.FORM.value, Category.WIDGET),
    (Flag.BUTTON.value, Category.WIDGET),
    (Flag.HEADER.value, Category.NAVIGATION),
)


@dataclass(slots=True)
class Evidence:
    """What is known of a page's blocks besides their scores.

    `by_block` are the lexicon's hits; `own` and `inherited` the groups of names of each container, and of all that it
    stands in.
    """

    page: Page
    around: Surroundings
    hits: list[Hit]
    by_block: dict[int, list[Hit]] = field(default_factory=dict)
    own: list[int] = field(default_factory=list)
    inherited: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        for hit in self.hits:
            self.by_block.setdefault(hit.block, []).append(hit)
        self.own, self.inherited = self.around.names.groups.tolist(), self.around.inherited.tolist()


@cache
def _bits() -> dict[str, int]:
    return {group.name: 1 << index for index, group in enumerate(name_groups())}


def proven(evidence: Evidence, block: int) -> tuple[Category, str] | None:
    """The category and rule of the lexicon hits that make up most of a block; None if there are no such hits."""
    hits = evidence.by_block.get(block)
    if hits is None:
        return None
    strong = [hit for hit in hits if hit.rule.strength is not Strength.WEAK]
    if not strong or sum(hit.end - hit.start for hit in strong) < MOSTLY * len(evidence.page.text[block]):
        return None
    best = max(strong, key=lambda hit: hit.end - hit.start)
    return best.rule.category, best.rule.id


def dates_or_names(evidence: Evidence, block: int) -> bool:
    """Whether a short block between title and text says when the page was written and by whom, and nothing else."""
    page, measures = evidence.page, evidence.around.measures
    proof = proven(evidence, block)
    if proof and proof[0] is Category.BYLINE:
        return True
    if measures.heading[block] or measures.words[block] > DATE_WORDS or "\n" in page.text[block]:
        return False
    if not measures.date[block] and len(_DATE_UNIT.findall(page.text[block])) < UNITS:
        return False
    named = evidence.own[page.container[block]] & _bits()["meta"]
    if not measures.ends_sentence[block] and (named or int(measures.hints[block]) & block_words().bits["byline"]):
        return True
    return _letters_beside_date(page.text[block]) <= DATE_LETTERS


def _letters_beside_date(text: str) -> int:
    vocabulary = block_words()
    known = vocabulary.bits["date"] | vocabulary.bits["byline"] | vocabulary.bits["stop"]
    words = vocabulary.find_words(_DATE_UNIT.sub(" ", text.lower()))
    return sum(len(word) for word in words if not word.isdecimal() and not vocabulary.masks.get(word, 0) & known)


def reason(evidence: Evidence, block: int) -> tuple[Category, str]:
    """The category that a block would be removed for, and the rule or model that says so."""
    page, around = evidence.page, evidence.around
    proof = proven(evidence, block)
    container = page.container[block]
    names = _nearest_names(page, container)
    named = _place(names, evidence.own[container], evidence.inherited[container], page.containers.flags[container])
    hits = evidence.by_block.get(block, [])
    if proof and proof[0] is Category.WIDGET and _has_byline(evidence, block, hits):
        return Category.BYLINE, MODEL
    if proof and proof[0] not in VAGUE.get(named, ()):
        return proof
    if named:
        return named, MODEL
    if hits:
        return hits[0].rule.category, MODEL
    if _TRAIL.fullmatch(page.text[block]):
        return Category.BREADCRUMB, TRAIL
    hinted = _hinted(evidence, block)
    if hinted:
        return hinted, MODEL
    if page.link_chars[block] >= MOSTLY * len(page.text[block]):
        return Category.NAVIGATION, MODEL
    if around.measures.copies[block] >= COPIED:
        return Category.DUPLICATE, MODEL
    return Category.BOILERPLATE, MODEL


def _has_byline(evidence: Evidence, block: int, hits: list[Hit]) -> bool:
    """Whether a date and a name or source stand in a row with the page's tools."""
    return bool(evidence.around.measures.date[block]) and any(hit.rule.category is Category.BYLINE for hit in hits)


def _hinted(evidence: Evidence, block: int) -> Category | None:
    """What the words of a short block that nothing else names hint at."""
    measures = evidence.around.measures
    if dates_or_names(evidence, block):
        return Category.BYLINE
    if measures.words[block] > HINTING_WORDS or measures.ends_sentence[block]:
        return None
    lists, bits = int(measures.hints[block]), block_words().bits
    if lists & bits["share"] and evidence.page.links[block]:
        return Category.SHARE
    return Category.ADVERTISEMENT if lists & bits["shop"] and measures.price[block] else None


@lru_cache(maxsize=10_000)
def _place(names: str, own: int, inherited: int, flags: int) -> Category | None:
    """What the names and tags around a container say of all that is in it.

    `own` and `inherited` are the groups of its names and of those around it; `names` are the nearest names.
    """
    words = set(names.split())
    if "navigation" in words and not words & {"share", "pagination"}:  # a role, or a name as plain as one
        return Category.NAVIGATION
    if words & SEARCH:
        return Category.WIDGET
    if "newsletter" in names:
        return Category.NEWSLETTER
    return (
        _named(own, ZONE_CATEGORIES)
        or _named(inherited, ZONE_CATEGORIES)
        or _named(own, PLACE_CATEGORIES)
        or _flagged(flags)
        or _named(inherited, PLACE_CATEGORIES)
    )


def _nearest_names(page: Page, container: int) -> str:
    """The names of the nearest container that has any."""
    columns = page.containers
    for _ in range(NEAR):
        if columns.words[container] or not container:
            break
        container = columns.parent[container]
    return columns.words[container]


def _named(groups: int, categories: tuple[tuple[str, Category], ...]) -> Category | None:
    if groups:
        bits = _bits()
        for name, category in categories:
            if groups & bits[name]:
                return category
    return None


def _flagged(flags: int) -> Category | None:
    for flag, category in FLAG_CATEGORIES:
        if flags & flag:
            return category
    return None
