"""Pages of a corpus as what the trees are trained and scored on."""

from __future__ import annotations

import dataclasses
import hashlib
import pickle
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.decoding import decode, normalize_characters, normalize_references
from cleaner.judging.blocks.features import Features, features
from cleaner.judging.blocks.visible import visible_part
from cleaner.readers.html import read
from cleaner.training.html.alignment import TooLargeError, label
from cleaner.training.html.composed import NAME as COMPOSED
from cleaner.training.html.composed import compose
from cleaner.training.html.composed_text import MARK
from cleaner.training.html.corpus import GoldPage, fold_of, overlap, read_corpus, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from cleaner.page import Page

PART_OF_SNIPPET = 20  # characters from which on a block inside a snippet counts as it
UNRELIABLE = 0.7  # F1 of the labels themselves; below it the gold isn't in the page, and the page teaches nothing


@dataclass(slots=True)
class Example:
    """One page. Block columns are over the visible blocks.

    labels      share of each block's tokens that are gold; NaN for blocks without tokens, or if there are no labels
    token_ids   gold number of each token of the blocks, in order; -1 for tokens that the gold hasn't
    gold_counts how often the gold has each of its tokens
    best        F1 of keeping exactly the blocks whose label is one half or more
    """

    source: GoldPage
    found: Features
    sizes: NDArray[np.int64]
    labels: NDArray[np.float32]
    token_ids: NDArray[np.int32]
    gold_counts: NDArray[np.int64]
    best: float

    @property
    def scored(self) -> bool:
        """Whether the whole content is known, so that a page can be scored."""
        return self.source.gold is not None

    @property
    def fold(self) -> int:
        """The fold of the page's domain."""
        return fold_of(self.source.domain)


def examples(corpora: Sequence[Path], cache: Path | None) -> Iterator[Example]:
    """All pages that show a text, in order. Labels, which take the time, are kept in the cache folder."""
    for folder in corpora:
        known = _Labels(cache / f"labels-{folder.name}.pickle" if cache else None)
        for number, page in enumerate(read_corpus(folder)):
            if number % 200 == 199:
                known.save()
            made = _example(page, known)
            if made is not None:
                yield made
        known.save()


def composed_examples(corpora: Sequence[Path]) -> Iterator[Example]:
    """Composed pages, which borrow sentences of the corpora's texts."""
    known = _Labels(None)
    return (made for page in compose(corpora) if (made := _example(page, known)) is not None)


def _example(source: GoldPage, known: _Labels) -> Example | None:
    page = _read(source)
    if not len(page):
        return None
    marks = np.array([MARK in text for text in page.text], np.float32)
    if source.corpus == COMPOSED:
        page = _read(dataclasses.replace(source, html=source.html.replace(MARK.encode(), b"")))
    blocks = [tokens(text) for text in page.text]
    if source.gold is None:
        return _snippet_example(source, page, blocks)
    lines = [found for line in source.gold.split("\n") if (found := tokens(line))]
    labels = marks if source.corpus == COMPOSED else known.get(source.id, page, blocks, lines)
    gold = [token for line in lines for token in line]
    numbers: dict[str, int] = {}
    gold_ids = [numbers.setdefault(token, len(numbers)) for token in gold]
    token_ids = np.array([numbers.get(token, -1) for block in blocks for token in block], np.int32)
    chosen = [token for block, share in zip(blocks, labels, strict=True) if share >= 0.5 for token in block]
    return Example(
        dataclasses.replace(source, html=b"", gold="", present=(), absent=()),
        _features(page),
        np.array([len(block) for block in blocks]),
        labels,
        token_ids,
        np.bincount(gold_ids, minlength=len(numbers)),
        overlap(chosen, gold)[2],
    )


def _read(source: GoldPage) -> Page:
    """What the page shows."""
    markup = normalize_references(normalize_characters(decode(source.html).text).text).text
    page = read(markup, source.url or None).page
    return visible_part(page, [index for index, why in enumerate(page.hidden) if not why])


def _snippet_example(source: GoldPage, page: Page, blocks: list[list[str]]) -> Example:
    """A page of which only snippets are known: blocks that hold one are labelled, all others are not."""
    labels = np.full(len(page), np.nan, np.float32)
    for index, text in enumerate(page.text):
        folded = " ".join(text.split()).lower()
        content, chrome = (_holds(folded, snippets) for snippets in (source.present, source.absent))
        if content != chrome:
            labels[index] = float(content)
    sizes = np.array([len(block) for block in blocks])
    address = source.url or page.head.canonical
    source = dataclasses.replace(source, html=b"", url=address, present=(), absent=())
    nothing = np.zeros(0, np.int64)
    return Example(source, _features(page), sizes, labels, np.full(int(sizes.sum()), -1, np.int32), nothing, 1.0)


def _features(page: Page) -> Features:
    """All features of the page; words that pages share are kept once."""
    found = features(page)
    measures = found.surroundings.measures
    measures.spelled = [sys.intern(word) for word in measures.spelled]
    return found


def _holds(text: str, snippets: tuple[str, ...]) -> bool:
    """Whether a folded text holds a snippet, or is a good part of one."""
    folded = [" ".join(snippet.split()).lower() for snippet in snippets]
    return any(snippet in text or (len(text) >= PART_OF_SNIPPET and text in snippet) for snippet in folded)


class _Labels:
    """Labels by page, with a digest of what they were made from."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.found: dict[str, tuple[str, NDArray[np.float32]]] = {}
        if path and path.exists():
            self.found = pickle.loads(path.read_bytes())  # noqa: S301 - our own cache
        self.changed = False

    def get(self, name: str, page: Page, blocks: list[list[str]], lines: list[list[str]]) -> NDArray[np.float32]:
        digest = hashlib.md5(repr((page.text, lines)).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
        if self.found.get(name, ("",))[0] != digest:
            try:
                labels = label(blocks, lines)
            except TooLargeError:
                labels = np.full(len(blocks), np.nan, np.float32)
            self.found[name] = (digest, labels)
            self.changed = True
        return self.found[name][1]

    def save(self) -> None:
        if self.path and self.changed:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_bytes(pickle.dumps(self.found))


def page_score(example: Example, kept: NDArray[np.bool_]) -> float:
    """F1 of keeping the blocks `kept`."""
    taken = example.token_ids[np.repeat(kept, example.sizes)]
    gold = int(example.gold_counts.sum())
    if not gold or not len(taken):
        return float(not gold and not len(taken))
    counts = np.bincount(taken[taken >= 0], minlength=len(example.gold_counts))
    both = int(np.minimum(counts, example.gold_counts).sum())
    return 2 * both / (len(taken) + gold)
