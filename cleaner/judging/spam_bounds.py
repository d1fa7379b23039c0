"""Where a spam span begins and ends: whether separators bound it, what belongs to it, and what goes when it is cut."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from cleaner.judging.spam_shapes import COMMAS, LONGEST_BRAND, SEPARATORS

if TYPE_CHECKING:
    from cleaner.judging.spam_words import SpamWords, Term

_BRACKETS = ("【】", "[]", "()", "《》")
_ENDS = "。.!?！？"
_SOFT = ",，、"
# What only points at a lure goes with it; a bracket only with its fellow.
_MOST_POINTERS = 12
_POINTERS_BEFORE, _POINTERS_BEHIND = re.compile(r"[<>★☆♥→←»«]{1,8} {0,2}$"), re.compile(r" {0,2}[<>★☆♥→←»«]{1,8}")
_NO_BRACKETS = str.maketrans("", "", "".join(_BRACKETS))
_CJK = re.compile("[\u2e80-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
# A stretch between separators of which the terms make this share is spam as a whole. So is a line of such stretches,
# if at most one in four is none.
_SHARE, _SHARE_OF_WORDS = 0.75, 0.5
_CLEAN_PARTS = 0.25
_LONGEST_SEGMENT = 60
# Separators farther away than this bound nothing that is short enough.
_FAR = 200
# Two terms in a run of this many words that only sell, or one in a run of this many: no sentence has that.
_FEWEST_WORDS, _FEWEST_ALONE, _LONGEST_RUN = 6, 8, 120
_WORD_BEFORE = re.compile(r"(?<!\S)([^\s,.;:!?]{1,16}) $")
_WORD_BEHIND = re.compile(r" ([^\s,.;:!?]{1,16})(?![^\s,.;:!?])")
# What belongs to a brand behind it: the rest of a company's name, or an account to write to.
_TAIL = re.compile(
    r"(?:\((?:中国|大陆|亚洲)\))?(?:股份|科技|集团|网络|控股)?(?:有限)?(?:责任)?(?:公司)?(?:官方网站|官网)?"
)
_LURE = re.compile(
    r"[\s,:|+加(]{0,3}加?(?:微信|薇信|威信|v信|vx|wx|wechat|扣扣|qq|q群|telegram|电报|纸飞机|飞机|tg|whatsapp|line|zalo|kakao|카톡|텔레그램|텔레)"
    r"(?:号|群|id)?\s?[:@\s]{0,2}[@+]?[a-z0-9][a-z0-9_\-]{4,19}"
)
# A name with digits, or an amount: between selling words it belongs to them.
_CODE = re.compile(r"[a-z]{2,12}\d{2,4}|\d{1,4}[k%]?|%")
_PARTS = re.compile(rf"[{re.escape(SEPARATORS + COMMAS)}]|\s{{2,}}")


def without(text: str, terms: list[Term]) -> str:
    """The text with a space for each term."""
    out, at = [], 0
    for term in terms:
        out.append(text[at : term.start])
        at = term.end
    return " ".join([*out, text[at:]])


def is_row_of_spam(text: str, terms: list[Term], words: SpamWords) -> bool:
    """True if the line is spam between separators, all of it or nearly."""
    parts, clean, at = 0, 0, 0
    # A separator inside a term separates nothing: "X游戏(集团)官网".
    edges = (
        edge
        for edge in _PARTS.finditer(text)
        if not any(t.start < edge.start() and edge.end() < t.end for t in near(terms, edge.start(), edge.end()))
    )
    for match in (*edges, None):
        start, end = at, len(text) if match is None else match.start()
        at = end if match is None else match.end()
        size = len(text[start:end].strip())
        if size > 1:
            parts += 1
            inside = near(terms, start, end)
            here = [min(term.end, end) - max(term.start, start) for term in inside]
            share = _SHARE if len(here) < 2 else _SHARE_OF_WORDS
            clean += sum(here) < share * size and not (here and _is_praise(text, start, end, inside, words))
    return clean <= _CLEAN_PARTS * parts and (clean == 0 or parts - clean > 1)


def _is_praise(text: str, start: int, end: int, terms: list[Term], words: SpamWords) -> bool:
    """True if nothing but selling words stands around the terms, all of which meet the stretch."""
    inside = [dataclasses.replace(term, start=term.start - start, end=term.end - start) for term in terms]
    return all(_sells(word, words) for word in without(text[start:end], inside).split())


def _sells(word: str, words: SpamWords) -> bool:
    bare = word.strip(COMMAS)
    return bare in words.selling or _CODE.fullmatch(bare) is not None


def run_of_selling(text: str, term: Term, terms: list[Term], words: SpamWords) -> tuple[int, int] | None:
    """The unbroken run of terms and selling words around a term, if it is too long to be part of a sentence."""
    start, end = term.start, term.end
    terms = near(terms, start - _LONGEST_RUN, end + _LONGEST_RUN)
    grown = True
    while grown and end - start < _LONGEST_RUN:
        grown = False
        for more in terms:
            if more.start < start <= more.end + 1 or more.start <= end + 1 < more.end:
                start, end, grown = min(start, more.start), max(end, more.end), True
        before, after = _WORD_BEFORE.search(text, max(0, start - 24), start), _WORD_BEHIND.match(text, end)
        if before is not None and _sells(before.group(1), words):
            start, grown = before.start(1), True
        if after is not None and _sells(after.group(1), words):
            end, grown = after.end(1), True
    held = sum(1 for one in terms if start <= one.start and one.end <= end)
    size = len(text[start:end].split())
    return (start, end) if size >= (_FEWEST_WORDS if held > 1 else _FEWEST_ALONE) else None


def near(terms: list[Term], start: int, end: int) -> list[Term]:
    """Those of a line's terms, which are in order and don't overlap, that meet a stretch."""
    first = bisect_right(terms, start, key=_end_of)
    return terms[first : bisect_left(terms, end, first, key=_start_of)]


def _start_of(term: Term) -> int:
    return term.start


def _end_of(term: Term) -> int:
    return term.end


def widened(text: str, term: Term, terms: list[Term]) -> tuple[int, int]:
    """The term with a lure behind it; or the stretch between separators, where the terms are most of it."""
    start, end = term.start, term.end
    for more in (_TAIL, _LURE):
        match = more.match(text, end)
        end = match.end() if match is not None else end
    edges = SEPARATORS + COMMAS
    first, last = max(0, start - _FAR), min(len(text), end + _FAR)
    low = max(max(text.rfind(edge, first, start) for edge in edges) + 1, first)
    high = min((place for edge in edges if (place := text.find(edge, end, last)) >= 0), default=last)
    while low < start and text[low] == " ":
        low += 1
    while high > end and text[high - 1] == " ":
        high -= 1
    if term.thing and term.thing - low <= LONGEST_BRAND and " " not in text[low:start]:
        return low, end
    inside = (one for one in near(terms, low, high) if low <= one.start and one.end <= high)
    covered = sum(one.end - one.start for one in inside)
    share = _SHARE if _CJK.search(text, low, high) else _SHARE_OF_WORDS
    if high - low <= _LONGEST_SEGMENT and covered >= share * (high - low):
        return low, high
    return start, end


def is_bounded(text: str, start: int, end: int, need: int = 4) -> bool:
    """True if what stands on both sides is sure enough, and neither is a letter.

    need  4: a separator or an end of the line on both sides; 3: on one, a comma or a space on the other; 2: any
    """
    left, right = _side(text, start - 1, -1), _side(text, end, 1)
    return min(left, right) > 0 and left + right >= need


def _side(text: str, place: int, step: int) -> int:
    """How sure the bound at `place` is: 2 for a separator or an end, 1 for a comma or a space, 0 for a letter."""
    if not 0 <= place < len(text) or text[place] in SEPARATORS:
        return 2
    if text[place] in COMMAS:
        return 2 if (step < 0 and text[place] in _ENDS) or (step > 0 and place + 1 == len(text)) else 1
    if text[place] != " ":
        return 0
    beyond = place + step
    while 0 <= beyond < len(text) and text[beyond] == " ":
        beyond += step
    if not 0 <= beyond < len(text) or text[beyond] in SEPARATORS or (step < 0 and text[beyond] in _ENDS):
        return 2
    return 2 if _CJK.match(text[beyond]) and _CJK.match(text[place - step]) else 1


def with_separator(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the separator behind it, or, at the end of the line, the one in front of it."""
    if (match := _POINTERS_BEFORE.search(text, max(0, start - _MOST_POINTERS), start)) is not None:
        start = match.start()
    if (match := _POINTERS_BEHIND.match(text, end)) is not None:
        end = match.end()
    low, high = len(text[:start].rstrip(" ")), end + len(text[end:]) - len(text[end:].lstrip(" "))
    if low and high < len(text) and text[low - 1] + text[high] in _BRACKETS:
        start, end = low, high
    edges = (" " + SEPARATORS + COMMAS).translate(_NO_BRACKETS)
    if start and end < len(text) and text[start - 1] + text[end] in _BRACKETS:
        start, end = start - 1, end + 1
        return start, end + (text[start - 1 : start] == " " == text[end : end + 1])
    if start > 1 and text[start - 1] == " " and text[start - 2].isalnum() and text[end : end + 1] in tuple(COMMAS):
        return start - 1, end
    comma = text[:start].rstrip(" ")
    if comma[-1:] in tuple(_SOFT) and text[end : end + 1] in tuple(_ENDS):
        return len(comma) - 1, end
    right = end
    while right < len(text) and text[right] in edges and right - end < 3:
        right += 1
    if right < len(text) or start == 0:
        return start, right
    left = start
    edges = (" " + SEPARATORS).translate(_NO_BRACKETS)
    while left and text[left - 1] in edges and start - left < 3:
        left -= 1
    return left, end
