"""Features that are the same for all blocks of a page: what kind of page it may be, and what its address looks like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

from cleaner.judging.blocks.characters import Kind
from cleaner.judging.blocks.vocabulary import name_groups

if TYPE_CHECKING:
    from cleaner.judging.blocks.surroundings import Surroundings
    from cleaner.page import Page

_COUNTED_TAGS = ("article", "table", "section", "li", "button", "form", "pre")
SET_SIZE = 4  # siblings of one shape that look like a list of things
_TYPE = re.compile(r'"@type"\s{0,9}:\s{0,9}\[?\s{0,9}"([A-Za-z]{1,40})"')
_TYPES = ("newsarticle", "article", "blogposting", "product", "itemlist", "faqpage", "discussionforumposting")
ADDRESS_FEATURES = ("address_known", "address_length", "address_depth", "address_dashes")


def page_features(page: Page, around: Surroundings) -> dict[str, float]:
    """What the page is as a whole."""
    measures, tags = around.measures, page.containers.tag
    count, words = len(page), max(float(measures.words.sum()), 1.0)
    paragraphs = sum(measures.words[i] for i, container in enumerate(page.container) if tags[container] == "p")
    tree, best = around.tree, around.text.best
    inside = np.concatenate([[0.0], np.cumsum(measures.words)])
    in_sets = np.where(around.repetition.siblings >= SET_SIZE, (inside[tree.last] - inside[tree.first])[tree.parent], 0)
    letters = max(float(measures.kinds[:, [Kind.LOWER, Kind.UPPER, Kind.LETTER, Kind.IDEOGRAPH]].sum()), 1.0)
    said = {
        "page_blocks": np.log1p(count),
        "page_words": np.log1p(words),
        "page_linked": float((measures.words * measures.linked).sum()) / words,
        "page_paragraphs": float(paragraphs) / words,
        "page_mean": np.log1p(words / count),
        "page_long": float((measures.words >= 12).mean()),
        "page_stops": float(measures.kinds[:, Kind.STOP].sum()) / words,
        "page_price": float(measures.price.mean()),
        "page_date": float(measures.date.mean()),
        "page_ideographs": float(measures.kinds[:, Kind.IDEOGRAPH].sum()) / letters,
        "page_h1": float((measures.heading == 1).sum()),
        "page_main": float("main" in tags),
        "page_images": np.log1p(sum(page.containers.images)),
        "page_inputs": np.log1p(sum(page.containers.inputs)),
        "page_website": float("website" in page.head.meta.get("og:type", "").lower()),
        "page_og_article": float("article" in page.head.meta.get("og:type", "").lower()),
        "page_og_product": float("product" in page.head.meta.get("og:type", "").lower()),
        "page_best": float(measures.words[int(tree.first[best]) : int(tree.last[best])].sum()) / words,
        "page_largest_set": float(in_sets.max()) / words,
        "page_largest_count": np.log1p(float(around.repetition.siblings[int(in_sets.argmax())])),
        "page_structured": float((measures.structured * measures.words).sum()) / words,
    }
    said |= {f"page_{tag}": np.log1p(tags.count(tag)) for tag in _COUNTED_TAGS}
    for index, group in enumerate(name_groups()):
        if group.name in ("comments", "forum", "card", "shop", "article"):
            said[f"page_{group.name}_names"] = float(((around.inherited >> index) & 1).mean())
    types = {found.lower() for source in page.head.json_ld for found in _TYPE.findall(source)}
    return said | {f"type_{name}": float(name in types) for name in _TYPES}


def address_features(page: Page) -> dict[str, float]:
    """What the page's address looks like; zeros if it isn't known."""
    if not page.url:
        return dict.fromkeys(ADDRESS_FEATURES, 0.0)
    try:
        path = urlsplit(page.url).path
    except ValueError:
        path = ""
    dashes = path.rsplit("/", 1)[-1].count("-")
    return dict(
        zip(ADDRESS_FEATURES, (1.0, float(len(path)), float(path.rstrip("/").count("/")), float(dashes)), strict=True)
    )
