"""Injected spam, found as spans: a betting brand in place of a name, a row of links, a phrase in a title.

Public reports (Sucuri on gambling links in universities' pages, the Brazilian press on gov.br, police campaigns against
hidden links in China) show three shapes: a name replaced between separators, rows of links appended, and a phrase put
into the title or the first sentence. All stand between separators or line ends. What the page itself writes about
stands inside sentences, so a term inside a sentence is never taken out, and where sentences speak of it nothing is.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.judging.disguise import Plain, undisguise
from cleaner.judging.lexicon import QUOTED
from cleaner.judging.spam_bounds import (
    is_bounded,
    is_row_of_spam,
    run_of_selling,
    widened,
    with_separator,
    without,
)
from cleaner.judging.spam_lures import CLAUSE, LURE, find_lures, honest_only, in_disguise, talked_about
from cleaner.judging.spam_marks import LONGEST_LINE, load_vocabulary
from cleaner.judging.spam_neighbours import SpamSpan, neighbours
from cleaner.judging.spam_shapes import LURED, REPLACED, by_shape, joined, occurrences, unknown_brands
from cleaner.judging.spam_suspects import load_suspects
from cleaner.judging.spam_words import OFFER, UNKNOWN, SpamWords, Term, load

__all__ = ["SpamSpan", "find_spam"]

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FOOTER = re.compile(r"\W{0,3}(?:©|copyright\b|\(c\))")
_RUNNING = re.compile(r"[。！？!?]|[^\W\d_]{2}\.(?:\s|$)|[।]")
# Thai ends no sentence with a mark; so much of it between two spaces is one.
_THAI = re.compile("[\u0e00-\u0e7f]{40}")
# A line from this length on, with the end of a sentence in it, is running text; from the second on even without.
_SENTENCE, _LONG = 24, 160
_LEAST_SCORE = 0.5
_TITLE = 10  # characters; a shorter line is no title that tells what a page is about
# A title stands in one of so many lines.
_FIRST = 3
_TALKED_ABOUT = _LOOSE = 0.4
# Sentences that sell are the page's own matter if they are so much of its text: injected ones are few.
_OWN_MATTER = 0.4


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with terms in it: its block, where it starts in the block, its plain text, and what was found."""

    block: int
    offset: int
    plain: Plain
    terms: list[Term]
    running: bool


def find_spam(texts: Sequence[str], *, zone: Sequence[str] | None = None) -> list[SpamSpan]:
    """The spam in the texts of a page's blocks, in order.

    texts  the text of each block
    zone   where known, "body" for each block of the main text; elsewhere a span needs no sure bounds

    Spans with a score under 0.5 (quoted, or talked about by the page) are not returned.
    """
    words = load()
    lines, reported = _lines(texts, words)
    if not lines:
        return []
    matters = _matters(texts, lines, words) | _sold_by(texts, lines) | reported
    out: list[SpamSpan] = []
    for line in lines:
        body = zone is not None and zone[line.block] == "body"
        out.extend(span for span in _spans(line, matters, words, body=body) if span.score >= _LEAST_SCORE)
    if _only_names(texts, out):
        return []
    out.sort(key=lambda span: (span.block, span.start))
    if len(out) > 1:
        out = sorted([*out, *neighbours(texts, out)], key=lambda span: (span.block, span.start))
    return out


def _lines(texts: Sequence[str], words: SpamWords) -> tuple[list[_Line], set[str]]:
    """The lines in which there is something, and the topics that sentences of the page report on."""
    reported: set[str] = set()
    lines: list[_Line] = []
    brands: set[str] = set()
    vocabulary = load_vocabulary()
    for block, offset, part in _suspects(texts):
        plain = undisguise(part)
        marks = in_disguise(vocabulary.marks(plain.text), plain)
        terms = words.find(plain.text)
        running = _is_running(plain.text)
        if running:
            reported |= talked_about(plain.text, marks)
        if len(plain.text) <= LONGEST_LINE:
            terms += by_shape(plain.text)
            lured = find_lures(plain.text, marks, first=block < _FIRST)
        else:
            lured = []
        terms = honest_only(terms, marks)
        every = joined([*lured, *terms])
        if every:
            lines.append(_Line(block, offset, plain, every, running))
            if not running:
                brands |= unknown_brands(plain.text, terms)
    if brands:
        lines = _with_brands(texts, lines, sorted(brands, key=len, reverse=True))
    return lines, reported


def _with_brands(texts: Sequence[str], lines: list[_Line], brands: Sequence[str]) -> list[_Line]:
    """The lines again, with each place where a brand comes back; a brand inside a sentence is the page's own matter."""
    known = {(line.block, line.offset): line for line in lines}
    every: list[_Line] = []
    own: set[str] = set()
    for block, offset, part in _parts(texts):
        line = known.get((block, offset))
        plain = line.plain if line is not None else undisguise(part)
        here = [brand for brand in brands if brand in plain.text]
        if line is None and not here:
            continue
        line = line or _Line(block, offset, plain, [], _is_running(plain.text))
        every.append(line)
        if line.running:
            own.update(
                brand
                for term in occurrences(plain.text, here, line.terms)
                if not is_bounded(plain.text, term.start, term.end, 2)
                for brand in here
                if brand in plain.text[term.start : term.end]
            )
    foreign = [brand for brand in brands if brand not in own]
    marked = (dataclasses.replace(line, terms=occurrences(line.plain.text, foreign, line.terms)) for line in every)
    return [line for line in marked if line.terms]


def _suspects(texts: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The lines that may hold something: block, offset in the block, text."""
    lines = load_suspects().lines("\n".join(texts))
    if not lines:
        return
    wanted = iter(lines)
    next_line = next(wanted, -1)
    for number, part in enumerate(_parts(texts, empty=True)):
        if number == next_line:
            yield part
            next_line = next(wanted, -1)
            if next_line < 0:
                return


def _parts(texts: Sequence[str], *, empty: bool = False) -> Iterator[tuple[int, int, str]]:
    """Each line with something on it: its block, its offset in the block, its text."""
    for block, text in enumerate(texts):
        offset = 0
        for part in text.split("\n") if "\n" in text else (text,):
            if part or empty:
                yield block, offset, part
            offset += len(part) + 1


def _is_running(text: str) -> bool:
    sentence = len(text) >= _SENTENCE and _RUNNING.search(text) is not None
    return sentence or len(text) >= _LONG or _THAI.search(text) is not None


def _matters(texts: Sequence[str], lines: list[_Line], words: SpamWords) -> set[str]:
    """The topics that the page itself writes about: two words of it, or two terms, inside its sentences."""
    topics = {term.topic for line in lines for term in line.terms}
    inside = {(line.block, line.offset): line for line in lines}
    counts = dict.fromkeys(topics, 0)
    for line in lines:
        if line.running:
            for term in line.terms:
                start, end = widened(line.plain.text, term, line.terms)
                if not is_bounded(line.plain.text, start, end, 2):
                    counts[term.topic] += 1
    for block, offset, part in _parts(texts):
        known = inside.get((block, offset))
        if _FOOTER.match(part):
            continue
        running = known.running if known is not None else _is_running(part)
        if not running and (known is not None or len(part) < _TITLE):
            continue
        plain = undisguise(part).text if known is None else without(known.plain.text, known.terms)
        for topic in topics:
            if counts[topic] < 2:
                counts[topic] += words.speaks_of(topic, plain) if running else words.reports_on(topic, plain)
    return {topic for topic, count in counts.items() if count >= 2}


def _only_names(texts: Sequence[str], spans: list[SpamSpan]) -> bool:
    """True if all that was found is clauses of one block, the lesser part of it, that name goods and hardly sell."""
    blocks = {span.block for span in spans}
    if len(blocks) != 1 or any(span.rule != CLAUSE for span in spans):
        return not spans
    return 2 * sum(span.end - span.start for span in spans) < len(texts[blocks.pop()])


def _sold_by(texts: Sequence[str], lines: list[_Line]) -> set[str]:
    """The topics of the offers in sentences that much of the page's text consists of."""
    sizes: dict[str, int] = {}
    for line in lines:
        for term in line.terms if line.running else ():
            if term.family == OFFER:
                sizes[term.topic] = sizes.get(term.topic, 0) + term.end - term.start
    if not sizes:
        return set()
    whole = sum(map(len, texts))
    return {topic for topic, size in sizes.items() if size > _OWN_MATTER * whole}


def _spans(line: _Line, matters: set[str], words: SpamWords, *, body: bool) -> Iterator[SpamSpan]:
    text = line.plain.text
    quoted = [match.span() for match in QUOTED.finditer(text)]
    rest = without(text, line.terms)
    whole = (not line.running or _is_dense(line, words)) and is_row_of_spam(text, line.terms, words)
    spoken = {topic for topic in {term.topic for term in line.terms} if line.running and words.speaks_of(topic, rest)}
    done = -1
    for term in line.terms:
        if term.end <= done:
            continue
        quote = bisect_right(quoted, (term.start, len(text))) - 1
        talked = quote >= 0 and (term.start if term.family == OFFER else term.end) < quoted[quote][1] + (
            term.family != OFFER
        )
        if term.family != REPLACED and not (whole and term.family not in words.strict and len(line.terms) > 1):
            talked = talked or term.topic in matters or term.topic in spoken
        own = (term.start, term.end) if term.family == OFFER else widened(text, term, line.terms)
        start, end = (0, len(text)) if whole else own
        need = _need(line, term, words, body=body)
        if not whole and term.family in words.strict:
            run = run_of_selling(text, term, line.terms, words)
            (start, end), need = (run, 2) if run is not None else ((start, end), need)
        done = end
        bounded = whole or term.family == OFFER or is_bounded(text, start, end, need)
        score = term.score * (_TALKED_ABOUT if talked else 1.0 if bounded else _LOOSE)
        removable = bounded and not talked
        cut = with_separator(text, start, end) if removable and not whole else (start, end)
        found, taken = line.plain.original(start, end), line.plain.original(*cut)
        yield SpamSpan(
            line.block,
            line.offset + found[0],
            line.offset + found[1],
            line.offset + taken[0],
            line.offset + taken[1],
            term.family,
            score,
            removable,
        )


def _is_dense(line: _Line, words: SpamWords) -> bool:
    """True for a sentence that may be an advertisement as a whole: short, with several terms of spaced scripts."""
    return len(line.plain.text) <= _LONG and sum(term.family in words.strict for term in line.terms) > 2


def _need(line: _Line, term: Term, words: SpamWords, *, body: bool) -> int:
    """How sure the bounds of a term must be together, of 4."""
    if term.family == LURED:
        return 2
    if body or term.score <= UNKNOWN or term.family in words.strict:
        return 4
    if line.running:
        return 4 if term.family == LURE and term.start == 0 else 3
    return 2
