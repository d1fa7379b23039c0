"""What each block of a page is by itself: characters, words, links, likeness to the title and to other blocks."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.blocks.characters import KINDS, Kind, code_points, kinds
from cleaner.judging.blocks.vocabulary import SEPARATOR, SEPARATOR_BIT, YEAR_BIT, block_words
from cleaner.page import BlockKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.page import Page

    Floats = NDArray[np.float32]

# An ideograph carries about as much as 0.6 of a word of a European language.
IDEOGRAPHS_A_WORD = 1.6
TITLE_CHARACTERS = 200  # longer blocks are no titles
STRUCTURED_CHARACTERS = 100_000  # of JSON-LD text compared with blocks
STRUCTURED_BLOCKS = 3_000
READ_CHARACTERS = 150  # what a long block is shows in its first and last words
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


def measure(page: Page) -> Measures:
    """The measures of a page that has at least one block; linear in its text."""
    count = len(page)
    lengths = np.fromiter(map(len, page.text), np.int64, count)
    joined = "\n".join(page.text)
    points = code_points(joined)
    kind = kinds(points)
    owner = np.repeat(np.arange(count), lengths + 1)[:-1]
    per_kind = np.bincount(owner * KINDS + kind, minlength=count * KINDS).reshape(count, KINDS).astype(np.float32)
    lowered = [text.lower() for text in page.text]
    in_word = (kind == Kind.LOWER) | (kind == Kind.UPPER) | (kind == Kind.DIGIT) | (kind == Kind.LETTER)
    begins = in_word.copy()
    begins[1:] &= ~in_word[:-1]
    plain_words = np.bincount(owner[begins], minlength=count).astype(np.float32)
    ideographs = per_kind[:, Kind.IDEOGRAPH]
    hints, stop_words = _hints(lowered, ideographic=bool(ideographs.any()))
    letters = per_kind[:, [Kind.LOWER, Kind.UPPER, Kind.LETTER, Kind.IDEOGRAPH]].sum(1)
    particles = np.bincount(owner[_is_particle(points)], minlength=count).astype(np.float32) if ideographs.any() else 0
    words = plain_words + ideographs / np.float32(IDEOGRAPHS_A_WORD)
    linked = np.minimum(np.array(page.link_chars, np.float32) / np.maximum(lengths, 1), 1)
    bits = block_words().bits
    evidence = hints & ~(bits["stop"] | bits["date"] | YEAR_BIT)
    heading = np.where(np.array(page.block_kind) == BlockKind.HEADING, np.array(page.level), 0).astype(np.float32)
    likeness = _likeness(page, lowered, points, owner, lengths)
    last = kind[np.cumsum(lengths + 1) - 2]
    return Measures(
        lengths=lengths.astype(np.float32),
        kinds=per_kind,
        words=words,
        tokens=plain_words + ideographs,
        linked=linked,
        unlinked=words * (1 - linked),
        stops=np.where(ideographs > 0.3 * letters, particles, stop_words).astype(np.float32),
        hints=hints,
        hint_counts=np.minimum(_bit_count(evidence), 3).astype(np.float32),
        price=_has_price(kind, owner, count),
        date=((hints & bits["date"]) > 0) & (per_kind[:, Kind.DIGIT] > 0) | ((hints & YEAR_BIT) > 0),
        ends_sentence=last == Kind.STOP,
        ends_closed=(last == Kind.STOP) | (last == Kind.BRACKET),
        heading=heading,
        copies=_copies(lowered),
        alike=_copies(_without_digits(lowered)),
        likeness=likeness,
        title=_title(likeness, heading),
        structured=_structured(page, lowered),
    )


def _hints(lowered: list[str], *, ideographic: bool) -> tuple[NDArray[np.int64], Floats]:
    """The lists that each block has a word of, as bits, and the number of its stop words."""
    vocabulary = block_words()
    ends = [text if len(text) <= 2 * READ_CHARACTERS else _ends(text) for text in lowered]
    found = vocabulary.find_words(f" {SEPARATOR} ".join(ends))
    get = vocabulary.masks.get
    masks = np.fromiter([get(word, 0) for word in found], np.int64, len(found))
    block = np.cumsum(masks == SEPARATOR_BIT)
    known = (masks > 0) & (masks != SEPARATOR_BIT)
    masks, block = masks[known], block[known]
    hints = np.zeros(len(lowered), np.int64)
    begins = np.flatnonzero(np.diff(block, prepend=-1))
    if len(begins):
        hints[block[begins]] = np.bitwise_or.reduceat(masks, begins)
    stop = vocabulary.bits["stop"]
    stops = np.bincount(block[(masks & stop) > 0], minlength=len(lowered)).astype(np.float32)
    if ideographic:
        for index, text in enumerate(ends):
            if not text.isascii():
                for term in vocabulary.terms.findall(text):
                    hints[index] |= vocabulary.term_masks[term]
    return hints, stops


def _ends(text: str) -> str:
    return f"{text[:READ_CHARACTERS]} {text[-READ_CHARACTERS:]}"


_particles: list[NDArray[np.bool_]] = []


def _is_particle(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    if not _particles:
        table = np.zeros(0x10000, np.bool_)
        table[[ord(character) for character in block_words().particles]] = True
        _particles.append(table)
    return _particles[0][points]


def _bit_count(masks: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of bits set among the lowest twenty."""
    total = np.zeros(len(masks), np.int64)
    for bit in range(len(block_words().bits)):
        total += (masks >> bit) & 1
    return total


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
    seen: dict[str, int] = {}
    for text in texts:
        seen[text] = seen.get(text, 0) + 1
    return np.fromiter([seen[text] for text in texts], np.float32, len(texts)) - 1


def _without_digits(texts: list[str]) -> list[str]:
    """The texts, all digits in short ones the same."""
    return [_DIGIT.sub("0", text) if len(text) < COUNTED_CHARACTERS else text for text in texts]


def _likeness(
    page: Page, lowered: list[str], points: NDArray[np.uint32], owner: NDArray[np.int64], lengths: NDArray[np.int64]
) -> Floats:
    """Overlap of each block's words with the title's; of its characters, where the title is written in ideographs."""
    title = (page.head.meta.get("og:title") or page.head.title).lower()
    count = len(lowered)
    out = np.zeros(count, np.float32)
    if not title:
        return out
    if any("\u3040" <= character <= "\ud7af" for character in title):
        wanted = np.unique(code_points(title))
        shared = np.bincount(owner[np.isin(points, wanted)], minlength=count)
        out[:] = shared / np.maximum(lengths + len(wanted) - shared, 1)
        out[lengths > TITLE_CHARACTERS] = 0
        return np.minimum(out, 1)
    words = set(block_words().find_words(title))
    for index, text in enumerate(lowered):
        if len(text) <= TITLE_CHARACTERS:
            found = set(text.split())
            shared_words = len(found & words)
            if shared_words:
                out[index] = shared_words / len(found | words)
    return out


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
