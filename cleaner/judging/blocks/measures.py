"""What each block of a page is by itself: characters, words, links, likeness to the title and to other blocks."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.judging.blocks.block_text import TITLE_CHARACTERS, WordsOfBlocks, block_of_characters, hint_counts
from cleaner.judging.blocks.characters import KINDS, Kind, code_points, kinds
from cleaner.judging.blocks.vocabulary import YEAR_BIT, block_words
from cleaner.page import BlockKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.page import Page

    Floats = NDArray[np.float32]

# An ideograph carries about as much as 0.6 of a word of a European language.
IDEOGRAPHS_A_WORD = 1.6
STRUCTURED_CHARACTERS = 100_000  # of JSON-LD text compared with blocks
STRUCTURED_BLOCKS = 3_000
# Blocks are counted in stretches of about so many characters: the arrays take some 60 bytes for each of them.
STRETCH_CHARACTERS = 1_000_000
_DIGIT = re.compile("[1-9]")
COUNTED_CHARACTERS = 60  # in shorter blocks, numbers don't make a difference ("3 comments", "12 comments")
LEAST_TITLE_LIKENESS = 0.45


@dataclass(slots=True)
class Measures:
    """Columns over the blocks of one page; counts unless said otherwise.

    words       words, ideographs counting less
    tokens      words and ideographs, as the scorers of the field count them
    linked      share of characters inside links
    hints       bits of `block-words.toml` lists that have a word in the block
    hint_counts number of such lists, stop words and dates apart
    unlinked    words outside links
    likeness    overlap of words with the page's title, 0 to 1
    title       index of the block that looks like the title, -1 for none
    spelled     all words that were read, lower-cased; `spelled_in` is the block of each
    """

    lengths: Floats
    kinds: Floats
    words: Floats
    tokens: Floats
    linked: Floats
    unlinked: Floats
    stops: Floats
    hints: NDArray[np.int64]
    hint_counts: Floats
    price: NDArray[np.bool_]
    date: NDArray[np.bool_]
    ends_sentence: NDArray[np.bool_]
    ends_closed: NDArray[np.bool_]
    heading: Floats
    copies: Floats
    alike: Floats
    likeness: Floats
    title: int
    structured: NDArray[np.bool_]
    spelled: list[str]
    spelled_in: NDArray[np.int64]


class _Counted(NamedTuple):
    """Columns over blocks that follow from their characters; `particles` are Chinese and Japanese stop words."""

    kinds: Floats
    plain_words: Floats
    particles: Floats
    price: NDArray[np.bool_]
    last: NDArray[np.uint8]
    hints: NDArray[np.int64]
    stops: Floats
    likeness: Floats


class _Spelled(NamedTuple):
    """Words, and the block of each."""

    words: list[str]
    block: NDArray[np.int64]


def measure(page: Page) -> Measures:
    """The measures of a page that has at least one block; linear in its text."""
    lengths = np.fromiter(map(len, page.text), np.int64, len(page))
    lowered = [text.lower() for text in page.text]
    title = (page.head.meta.get("og:title") or page.head.title).lower()
    counted, spelled = _counted(page.text, lowered, lengths, title)
    per_kind = counted.kinds
    ideographs = per_kind[:, Kind.IDEOGRAPH]
    letters = per_kind[:, [Kind.LOWER, Kind.UPPER, Kind.LETTER, Kind.IDEOGRAPH]].sum(1)
    words = counted.plain_words + ideographs / np.float32(IDEOGRAPHS_A_WORD)
    linked = np.minimum(np.array(page.link_chars, np.float32) / np.maximum(lengths, 1), 1)
    bits, hints, last = block_words().bits, counted.hints, counted.last
    heading = np.where(np.array(page.block_kind) == BlockKind.HEADING, np.array(page.level), 0).astype(np.float32)
    has_digits = per_kind[:, Kind.DIGIT] > 0
    return Measures(
        lengths=lengths.astype(np.float32),
        kinds=per_kind,
        words=words,
        tokens=counted.plain_words + ideographs,
        linked=linked,
        unlinked=words * (1 - linked),
        stops=np.where(ideographs > 0.3 * letters, counted.particles, counted.stops).astype(np.float32),
        hints=hints,
        hint_counts=np.minimum(hint_counts(hints), 3).astype(np.float32),
        price=counted.price,
        date=((hints & bits["date"]) > 0) & has_digits | ((hints & YEAR_BIT) > 0),
        ends_sentence=last == Kind.STOP,
        ends_closed=(last == Kind.STOP) | (last == Kind.BRACKET),
        heading=heading,
        copies=_copies(lowered),
        alike=_copies(_without_digits(lowered, has_digits)),
        likeness=counted.likeness,
        title=_title(counted.likeness, heading),
        structured=_structured(page, lowered),
        spelled=spelled.words,
        spelled_in=spelled.block,
    )


def _counted(texts: list[str], lowered: list[str], lengths: NDArray[np.int64], title: str) -> tuple[_Counted, _Spelled]:
    """What the characters of all blocks tell, of as many blocks at once as memory is given for."""
    stretch = np.cumsum(lengths + 1) // STRETCH_CHARACTERS
    bounds = [0, *(np.flatnonzero(np.diff(stretch)) + 1).tolist(), len(texts)]
    wanted = frozenset(block_words().find_words(title))
    parts, spelled = [], []
    for begin, end in pairwise(bounds):
        words = WordsOfBlocks(lowered[begin:end], wanted)
        parts.append(_count(texts[begin:end], words, lengths[begin:end], title))
        spelled.append(_Spelled(words.words, words.block + begin))
    if len(parts) == 1:
        return parts[0], spelled[0]
    return _Counted(*map(np.concatenate, zip(*parts, strict=True))), _joined(spelled)


def _joined(parts: list[_Spelled]) -> _Spelled:
    """All words of a large page, each kept once."""
    known: dict[str, str] = {}
    words = [known.setdefault(word, word) for part in parts for word in part.words]
    return _Spelled(words, np.concatenate([part.block for part in parts]))


def _count(texts: list[str], words: WordsOfBlocks, lengths: NDArray[np.int64], title: str) -> _Counted:
    count = len(texts)
    points = code_points("\n".join(texts))
    kind = kinds(points)
    owner = block_of_characters(lengths)
    per_kind = np.bincount(owner * KINDS + kind, minlength=count * KINDS).reshape(count, KINDS).astype(np.float32)
    in_word = _IN_WORD.take(kind)
    in_word[1:] &= ~in_word[:-1]
    ideographic = bool(per_kind[:, Kind.IDEOGRAPH].any())
    particles = owner[_is_particle(points)] if ideographic else owner[:0]
    if any("\u3040" <= character <= "\ud7af" for character in title):
        likeness = _likeness_in_characters(title, points, owner, lengths)
    else:
        likeness = words.likeness()
    return _Counted(
        kinds=per_kind,
        plain_words=np.bincount(owner[in_word], minlength=count).astype(np.float32),
        particles=np.bincount(particles, minlength=count).astype(np.float32),
        price=_has_price(kind, owner, count),
        last=kind[np.cumsum(lengths + 1) - 2],
        hints=words.hints(ideographic=ideographic),
        stops=words.stops(),
        likeness=likeness,
    )


_IN_WORD = np.isin(np.arange(KINDS), (Kind.LOWER, Kind.UPPER, Kind.DIGIT, Kind.LETTER))

_particles: list[NDArray[np.bool_]] = []


def _is_particle(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    if not _particles:
        table = np.zeros(0x10000, np.bool_)
        table[[ord(character) for character in block_words().particles]] = True
        _particles.append(table)
    return _particles[0].take(np.minimum(points, len(_particles[0]) - 1))


def _has_price(kind: NDArray[np.uint8], owner: NDArray[np.int64], count: int) -> NDArray[np.bool_]:
    """Blocks with a currency sign beside a digit, with at most one character between them."""
    currency = np.flatnonzero(kind == Kind.CURRENCY)
    if not len(currency):
        return np.zeros(count, np.bool_)
    padded = np.concatenate([np.zeros(2, np.uint8), kind, np.zeros(2, np.uint8)])
    beside = np.zeros(len(currency), np.bool_)
    for offset in (-2, -1, 1, 2):
        beside |= padded[currency + 2 + offset] == Kind.DIGIT
    return np.bincount(owner[currency[beside]], minlength=count) > 0


def _copies(texts: list[str]) -> Floats:
    """How many other blocks have the same text."""
    return np.fromiter(map(Counter(texts).__getitem__, texts), np.float32, len(texts)) - 1


def _without_digits(texts: list[str], has_digits: NDArray[np.bool_]) -> list[str]:
    """The texts, all digits in short ones the same."""
    texts = list(texts)
    for index in np.flatnonzero(has_digits).tolist():
        if len(texts[index]) < COUNTED_CHARACTERS:
            texts[index] = _DIGIT.sub("0", texts[index])
    return texts


def _likeness_in_characters(
    title: str, points: NDArray[np.uint32], owner: NDArray[np.int64], lengths: NDArray[np.int64]
) -> Floats:
    """Overlap of each short block's characters with those of a title that is written in ideographs, 0 to 1."""
    wanted = code_points("".join(set(title)))
    shared = np.bincount(owner[np.isin(points, wanted)], minlength=len(lengths))
    out = (shared / np.maximum(lengths + len(wanted) - shared, 1)).astype(np.float32)
    out[lengths > TITLE_CHARACTERS] = 0
    return np.asarray(np.minimum(out, 1), np.float32)


def _title(likeness: Floats, heading: Floats) -> int:
    score = likeness + 0.3 * (heading == 1) + 0.1 * (heading == 2)
    best = int(np.argmax(score))
    if score[best] >= LEAST_TITLE_LIKENESS:
        return best
    top = np.flatnonzero(heading == 1)
    return int(top[0]) if len(top) else -1


def _structured(page: Page, lowered: list[str]) -> NDArray[np.bool_]:
    """Blocks that begin like a stretch of the article text in the page's JSON-LD."""
    out = np.zeros(len(lowered), np.bool_)
    body = structured_text(page).lower()
    if body:
        for index, text in enumerate(lowered[:STRUCTURED_BLOCKS]):
            if len(text) >= 25 and text[:40] in body:
                out[index] = True
    return out


def structured_text(page: Page) -> str:
    """The article's text as the page's JSON-LD gives it, white space collapsed; "" if it gives none."""
    found: list[str] = []
    for source in page.head.json_ld:
        for key in ('"articleBody"', '"reviewBody"', '"text"', '"description"'):
            at = source.find(key)
            while at >= 0 and sum(map(len, found)) < STRUCTURED_CHARACTERS:
                quote = source.find('"', at + len(key))
                if quote < 0:
                    break
                found.append(_json_string(source, quote))
                at = source.find(key, quote + max(len(found[-1]), 1))
    return " ".join(" ".join(found).split())[:STRUCTURED_CHARACTERS]


def _json_string(source: str, quote: int) -> str:
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(source, quote)
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""
