"""Features of the first pass: one row a feature, one column a block, all found by array operations over the page."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.judging.blocks.characters import Kind
from cleaner.judging.blocks.learned import Learned, learned_rows
from cleaner.judging.blocks.measures import Measures, measure
from cleaner.judging.blocks.page_features import address_features, page_features
from cleaner.judging.blocks.surroundings import (
    Surroundings,
    Tree,
    read_names,
    read_tree,
    repetition,
    text_tree,
)
from cleaner.judging.blocks.vocabulary import block_words, name_groups
from cleaner.models import OtherFeatures
from cleaner.page import BlockKind, Flag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from cleaner.page import Page

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int64]
    Rows = dict[str, NDArray[np.generic]]

WINDOWS = (2, 5, 12, 30)  # blocks to either side
_FLAGS = (
    Flag.BUTTON, Flag.NAV, Flag.HEADER, Flag.FOOTER, Flag.ASIDE, Flag.MAIN, Flag.ARTICLE, Flag.FORM, Flag.TABLE,
    Flag.LIST, Flag.HEADING, Flag.PREFORMATTED, Flag.QUOTE, Flag.FIGURE, Flag.DIALOG, Flag.SECTION, Flag.PARAGRAPH,
    Flag.TIME, Flag.SUMMARY, Flag.HIDDEN,
)  # fmt: skip
_TAGS = ("p", "li", "td", "div", "dd", "article", "section", "body", "tr", "ul")  # numbered for the trees; others are 0
SET_SIZE = 3  # siblings of one tag and class that make a set
_FAR = 300  # blocks; beyond this, distance tells nothing


class Features(NamedTuple):
    """`matrix` is float32 [features, blocks]; `names` are its rows."""

    matrix: Floats
    names: tuple[str, ...]
    surroundings: Surroundings


def features(page: Page, wanted: Sequence[str] | None = None, learned: Learned | None = None) -> Features:
    """The features of a page that has at least one block: those that are `wanted`, in that order, or all there are.

    What single words say is among them if it is `learned`. Raises OtherFeatures for one that isn't there.
    """
    around, sums, words, linked = _surroundings(page)
    count = len(page)
    place = {name: index for index, name in enumerate(wanted or ())}
    matrix = np.empty((len(place), count), np.float32)
    missing = set(place)
    names: list[str] = []
    stacks: list[Floats] = []
    # Group by group, so that on a page of many blocks only one group is held in full.
    groups: Iterable[Mapping[str, NDArray[np.generic]]] = _groups(page, around, sums, words, linked)
    if learned is not None:
        groups = chain(groups, [learned_rows(around, learned)])
    for rows in groups:
        if wanted is None:
            names += rows
            stacks.append(np.array([np.broadcast_to(row, count) for row in rows.values()], np.float32))
            continue
        for name, row in rows.items():
            index = place.get(name)
            if index is not None:
                matrix[index] = row
                missing.discard(name)
    if wanted is None:
        return Features(np.concatenate(stacks), tuple(names), around)
    if missing:
        raise OtherFeatures(f"no feature here is named {min(missing)}")
    return Features(matrix, tuple(wanted), around)


def _groups(page: Page, around: Surroundings, sums: dict[str, Floats], words: Floats, linked: Floats) -> Iterator[Rows]:
    yield _block_rows(page, around.measures)
    yield _position_rows(around.measures)
    yield _window_rows(around.measures)
    yield _container_rows(page, around, sums, words, linked)
    yield _repetition_rows(around)
    yield _set_rows(page, around, sums, words, linked)
    yield _text_tree_rows(around)
    yield _name_rows(page, around)
    constants = page_features(page, around) | address_features(page)
    yield {name: np.array([value], np.float32) for name, value in constants.items()}


def _surroundings(page: Page) -> tuple[Surroundings, dict[str, Floats], Floats, Floats]:
    owner = np.array(page.container, np.int64)
    measures, tree = measure(page), read_tree(page)
    sums = _container_sums(owner, measures, tree)
    words = np.maximum(sums["words"], np.float32(0))
    linked = (sums["linked"] / np.maximum(words, 1)).astype(np.float32)
    names = read_names(page.containers.words)
    inherited = tree.carried(names.groups, np.bitwise_or)
    text = text_tree(tree, owner, measures, words, linked)
    return Surroundings(owner, measures, tree, names, inherited, text, repetition(tree)), sums, words, linked


def _container_sums(owner: Integers, measures: Measures, tree: Tree) -> dict[str, Floats]:
    """Sums over the blocks inside each container."""
    count = len(owner)
    columns = {
        "words": measures.words,
        "linked": measures.words * measures.linked,
        "blocks": np.ones(count),
        "stops": measures.kinds[:, Kind.STOP],
        "stop_words": measures.stops,
        "headings": measures.heading > 0,
        "hinted": measures.hint_counts > 0,
        "copied": measures.copies > 0,
        "priced": measures.price,
        "dated": measures.date,
        "long": measures.words >= 12,
    }
    running = np.zeros((len(columns), count + 1))
    np.cumsum(np.stack([np.asarray(column, np.float64) for column in columns.values()]), axis=1, out=running[:, 1:])
    inside = (running[:, tree.last] - running[:, tree.first]).astype(np.float32)
    return dict(zip(columns, inside, strict=True))


def _block_rows(page: Page, measures: Measures) -> Rows:
    lengths = np.maximum(measures.lengths, 1)
    kinds, words = measures.kinds, measures.words
    bits = block_words().bits
    rows: Rows = {
        "characters": np.log1p(measures.lengths),
        "tokens": np.log1p(measures.tokens),
        "words": np.log1p(words),
        "linked": measures.linked,
        "links_a_word": np.array(page.links, np.float32) / np.maximum(words, 1),
        "bold": np.minimum(np.array(page.bold_chars, np.float32) / lengths, 1),
        "stop_words": np.log1p(measures.stops),
        "stop_share": measures.stops / np.maximum(words, 1),
        "ends_closed": measures.ends_closed,
        "ends_sentence": measures.ends_sentence,
        "stops": np.minimum(kinds[:, Kind.STOP], 20),
        "commas": np.minimum(kinds[:, Kind.COMMA], 20),
        "lower": kinds[:, Kind.LOWER] / lengths,
        "upper": kinds[:, Kind.UPPER] / lengths,
        "digits": kinds[:, Kind.DIGIT] / lengths,
        "symbols": kinds[:, Kind.SYMBOL] / lengths,
        "punctuation": kinds[:, Kind.PUNCTUATION] / lengths,
        "breaks": np.log1p(np.array(page.breaks, np.float32)),
        "heading_level": measures.heading,
        "copies": np.log1p(measures.copies),
        "alike": np.log1p(measures.alike),
        "likeness": measures.likeness,
        "price": measures.price,
        "date": measures.date,
        "structured": measures.structured,
    }
    shortness = np.sqrt(np.maximum(words / 6, 1))
    for name, bit in bits.items():
        if name not in ("stop", "date"):
            rows[f"hint_{name}"] = ((measures.hints & bit) > 0) / shortness
    kind = np.array(page.block_kind)
    rows["item"] = kind == BlockKind.ITEM
    return rows


def _position_rows(measures: Measures) -> Rows:
    count = len(measures.words)
    index = np.arange(count)
    before = np.cumsum(measures.words) - measures.words
    unlinked = np.cumsum(measures.unlinked) - measures.unlinked
    heading = measures.heading > 0
    last = np.maximum.accumulate(np.where(heading, index, -1))
    following = np.minimum.accumulate(np.where(heading, index, count)[::-1])[::-1]
    bits = block_words().bits
    rows: Rows = {
        "at_block": index / max(count - 1, 1),
        "at_word": before / max(float(measures.words.sum()), 1),
        "at_text": unlinked / max(float(measures.unlinked.sum()), 1),
        "from_start": np.log1p(index),
        "from_end": np.log1p(count - 1 - index),
        "from_title": _signed_log(index - measures.title) if measures.title >= 0 else np.zeros(count),
        "is_title": index == measures.title,
        "since_heading": np.log1p(np.where(last >= 0, index - last, index)),
        "to_heading": np.log1p(following - index),
        "under_level": np.where(last >= 0, measures.heading[np.maximum(last, 0)], 0),
    }
    over = np.where(last >= 0, measures.hints[np.maximum(last, 0)], 0)
    for name in ("related", "comments", "account", "navigation", "shop", "share"):
        rows[f"under_{name}"] = (over & bits[name]) > 0
    return rows


def _signed_log(distance: Integers) -> NDArray[np.float64]:
    return np.sign(distance) * np.log1p(np.abs(distance))


def _window_rows(measures: Measures) -> Rows:
    """Means over the blocks nearby, and the neighbours themselves."""
    count = len(measures.words)
    series = {
        "linked": measures.linked,
        "text": np.minimum(measures.unlinked, 60),
        "sentences": measures.ends_sentence & (measures.words > 8),
        "words": np.log1p(measures.words),
        "hints": measures.hint_counts,
    }
    running = np.zeros((len(series), count + 1))
    stacked = np.stack([np.asarray(row, np.float64) for row in series.values()])
    np.cumsum(stacked, axis=1, out=running[:, 1:])
    index = np.arange(count)
    rows: Rows = {}
    for reach in WINDOWS:
        low, high = np.maximum(index - reach, 0), np.minimum(index + reach + 1, count)
        means = (running[:, high] - running[:, low]) / (high - low)
        rows |= {f"near{reach}_{name}": row for name, row in zip(series, means, strict=True)}
    for offset in (-2, -1, 1, 2):
        shifted = np.zeros((2, count))
        source = stacked[[0, 3]]
        if offset < 0:
            shifted[:, -offset:] = source[:, :offset]
        elif count > offset:
            shifted[:, :-offset] = source[:, offset:]
        rows[f"beside{offset}_linked"], rows[f"beside{offset}_words"] = shifted
    return rows


def _container_rows(page: Page, around: Surroundings, sums: dict[str, Floats], words: Floats, linked: Floats) -> Rows:
    """Of the block's container (own), its parent (up) and grandparent (top)."""
    tree, owner = around.tree, around.owner
    blocks = np.maximum(sums["blocks"], 1)
    paragraphs = np.array([tag == "p" for tag in page.containers.tag], np.bool_)[owner]
    running = np.concatenate([[0.0], np.cumsum(around.measures.words * paragraphs)])
    in_paragraphs = (running[tree.last] - running[tree.first]) / np.maximum(words, 1)
    images = tree.inside(np.array(page.containers.images, np.float32))
    inputs = tree.inside(np.array(page.containers.inputs, np.float32))
    per_container: Rows = {
        "words": np.log1p(words),
        "share": words / max(float(words[0]), 1),
        "linked": linked,
        "mean": np.log1p(words / blocks),
        "paragraphs": in_paragraphs,
        "blocks": np.log1p(sums["blocks"]),
        "stops": sums["stops"] / np.maximum(words, 1) * 10,
        "stop_words": sums["stop_words"] / np.maximum(words, 1),
        "headings": np.log1p(sums["headings"]),
        "long": sums["long"] / blocks,
        "hinted": sums["hinted"] / blocks,
        "copied": sums["copied"] / blocks,
        "priced": sums["priced"] / blocks,
        "dated": sums["dated"] / blocks,
        "images": np.log1p(images),
        "inputs": np.log1p(inputs),
    }
    stacked = np.stack([np.asarray(row, np.float32) for row in per_container.values()])
    up = tree.parent[owner]
    rows: Rows = {}
    for where, index in (("own", owner), ("up", up), ("top", tree.parent[up]), ("far", tree.parent[tree.parent[up]])):
        rows |= {f"{where}_{name}": row for name, row in zip(per_container, stacked[:, index], strict=True)}
    tags = {tag: number + 1 for number, tag in enumerate(_TAGS)}
    numbers = np.array([tags.get(tag, 0) for tag in page.containers.tag], np.float32)
    rows |= {"tag": numbers[owner], "tag_up": numbers[up], "depth": tree.depth[owner]}
    flags = np.array(page.containers.flags, np.int64)[owner] | np.array(page.flags, np.int64)
    rows |= {f"in_{(flag.name or '').lower()}": (flags & flag.value) > 0 for flag in _FLAGS}
    return rows


def _repetition_rows(around: Surroundings) -> Rows:
    tree, owner, repeated = around.tree, around.owner, around.repetition
    up = tree.parent[owner]
    top = tree.parent[up]
    return {
        "siblings": np.log1p(repeated.siblings[owner]),
        "siblings_up": np.log1p(repeated.siblings[up]),
        "siblings_most": np.log1p(tree.carried(repeated.siblings, np.maximum)[owner]),
        "shape_own": np.log1p(repeated.page[owner]),
        "shape_up": np.log1p(repeated.page[up]),
        "shape_top": np.log1p(repeated.page[top]),
        "children_up": np.log1p(repeated.children[up]),
        "children_top": np.log1p(repeated.children[top]),
    }


def _set_rows(page: Page, around: Surroundings, sums: dict[str, Floats], words: Floats, linked: Floats) -> Rows:
    """Of the set of like siblings that the block stands in, the innermost (item) and the outermost (set) of them.

    A product grid, a result list, a thread and a menu are such sets; what they are shows in all their members together.
    """
    tree, owner, repeated = around.tree, around.owner, around.repetition
    index = np.arange(tree.size)
    member = repeated.siblings >= SET_SIZE
    inner = tree.carried(np.where(member, index, 0), np.maximum)[owner]
    outer = tree.carried(np.where(member, index, tree.size), np.minimum)[owner]
    outer[outer == tree.size] = 0
    images = tree.inside(np.array(page.containers.images, np.float32))
    rows: Rows = {}
    for name, chosen in (("item", inner), ("set", outer)):
        whole = tree.parent[chosen]
        count = np.where(chosen > 0, repeated.siblings[chosen], 1)
        rows |= {
            f"{name}_count": np.log1p(np.where(chosen > 0, count, 0)),
            f"{name}_words": np.log1p(words[whole] / count),
            f"{name}_linked": linked[whole],
            f"{name}_share": np.where(chosen > 0, words[whole] / max(float(words[0]), 1), 0),
            f"{name}_blocks": np.log1p(sums["blocks"][whole] / count),
            f"{name}_priced": sums["priced"][whole] / count,
            f"{name}_dated": sums["dated"][whole] / count,
            f"{name}_headings": sums["headings"][whole] / count,
            f"{name}_long": sums["long"][whole] / count,
            f"{name}_images": images[whole] / count,
            f"{name}_score": around.text.score[whole],
        }
    return rows


def _text_tree_rows(around: Surroundings) -> Rows:
    tree, owner, text = around.tree, around.owner, around.text
    up = tree.parent[owner]
    index = np.arange(len(owner))
    first, last = int(tree.first[text.best]), int(tree.last[text.best])
    outside = np.where(index < first, index - first, np.where(index >= last, index - last + 1, 0))
    return {
        "score_own": text.score[owner],
        "score_up": text.score[up],
        "score_top": text.score[tree.parent[up]],
        "score_most": tree.carried(text.score, np.maximum)[owner],
        "in_best": text.inside[owner],
        "shared_with_best": text.shared[owner] - tree.depth[text.best],
        "from_best": _signed_log(outside),
        "below_bulk": np.minimum(text.below_bulk[owner], _FAR),
    }


def _name_rows(page: Page, around: Surroundings) -> Rows:
    tree, owner, names = around.tree, around.owner, around.names
    up = tree.parent[owner]
    top = tree.parent[up]
    inline = read_names(page.inline_words)
    own = names.groups[owner] | inline.groups
    rows: Rows = {
        "content_names": np.minimum(tree.carried_sum(names.content)[owner], 20),
        "chrome_names": np.minimum(tree.carried_sum(names.chrome)[owner], 20),
        "content_own": names.content[owner],
        "chrome_own": names.chrome[owner] + inline.chrome,
        "content_up": names.content[up],
        "chrome_up": names.chrome[up],
    }
    groups = name_groups()
    bits = np.arange(len(groups))[:, None]
    anywhere = (around.inherited[owner] >> bits) & 1
    near = ((own >> bits) & 1) + 0.5 * ((names.groups[up] >> bits) & 1) + 0.25 * ((names.groups[top] >> bits) & 1)
    rows |= {f"any_{group.name}": row for group, row in zip(groups, anywhere, strict=True)}
    rows |= {f"near_{group.name}": row for group, row in zip(groups, near, strict=True)}
    return rows
