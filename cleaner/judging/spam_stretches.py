"""Stretches of a line between separators, and how much of a lure there is in each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.judging.spam_marks import POINTS, THINGS, Mark, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LETTER = "[\u2e80-\u9fff\uac00-\ud7af]"
WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
HARD = re.compile(rf"[|_>»©\\\[\]【】《》~·—\t]|:(?!//)|/| [-–] |(?<={_LETTER})-|-(?={_LETTER})| {{2,}}|→")
SOFT = re.compile(rf"[、，;；!！?？。()（）]|,(?!\d)|\.(?=\s|$)|(?<={WIDE.pattern}) (?={WIDE.pattern})")
ANY = re.compile(f"{HARD.pattern}|{SOFT.pattern}")
# The same role again says little more.
_MOST = {Role.SURE: 6, Role.GOODS: 4, Role.HINT: 2, Role.WAY: 2, Role.BRAND: 4, Role.PROMISE: 2, Role.ACCOUNT: 2}
_NAMED = frozenset((Role.SURE, Role.BRAND))
# What makes an offer of goods.
SELLING = frozenset((Role.WAY, Role.PROMISE, Role.ACCOUNT))
# A lure has a point in so many characters at least.
_CHARACTERS_A_POINT, _WIDE_CHARACTERS_A_POINT = 14, 7
# A part of no more characters than this may be anything; of others this share must be words of a lure.
_WORD, _WIDE_WORD = 6, 3
_SHARE_OF_PART = 0.25
# So many characters of other words may stand before the first word of a lure, _BEHIND times as many after the last.
_GAP, _WIDE_GAP, _BEHIND = 14, 5, 1.3


@dataclass(frozen=True, slots=True)
class Weight:
    """What a stretch holds.

    heavy    the most points of goods, a brand or a sure word; of several goods and brands their sum
    named    the same without goods in Latin letters: "Casino" may be the name of a house, "казино" is what is sold
    things   points of all that is sold; total of all words; roles their number
    sells    true if there is an offer, or several sure words
    share    of the stretch without its spaces, covered by these words; -1 where they are thin
    """

    topic: str
    sure: bool
    heavy: int
    named: int
    things: int
    total: int
    roles: int
    account: bool
    sells: bool
    share: float


def weigh(text: str, start: int, end: int, marks: Sequence[Mark]) -> Weight:
    """What a stretch of a plain line holds."""
    inside = [mark for mark in marks if start <= mark.start and mark.end <= end and mark.role in POINTS]
    sums: dict[Role, int] = {}
    topics: dict[str, int] = {}
    for mark in inside:
        sums[mark.role] = min(_MOST[mark.role], sums.get(mark.role, 0) + mark.points)
        if mark.role in THINGS:
            topics[mark.topic] = topics.get(mark.topic, 0) + mark.points
    total = sum(sums.values())
    rate = _WIDE_CHARACTERS_A_POINT if WIDE.search(text, start, end) else _CHARACTERS_A_POINT
    ink = len("".join(text[start:end].split())) or 1
    covered = sum(len("".join(text[mark.start : mark.end].split())) for mark in inside)
    several = sum(mark.points for mark in inside if mark.role in (Role.GOODS, Role.BRAND) and mark.points > 1)
    return Weight(
        topic=max(topics, key=topics.__getitem__) if topics else "",
        sure=Role.SURE in sums,
        heavy=max(several, max((mark.points for mark in inside if mark.role in _NAMED), default=0)),
        named=max((mark.points for mark in inside if mark.role in _NAMED or _is_own_script(text, mark)), default=0),
        things=sum(sums.get(role, 0) for role in THINGS),
        total=total,
        roles=len(sums),
        account=Role.ACCOUNT in sums,
        sells=not SELLING.isdisjoint(sums) or sums.get(Role.SURE, 0) == _MOST[Role.SURE],
        share=covered / ink if end - start <= total * rate else -1.0,
    )


def is_even(text: str, stretch: tuple[int, int], marks: Sequence[Mark]) -> bool:
    """True if a lure's words are all over a stretch: at its ends, and in every part between separators."""
    inside = [mark for mark in marks if stretch[0] <= mark.start < stretch[1] and mark.role in POINTS]
    wide = WIDE.search(text, *stretch) is not None
    gap = _WIDE_GAP if wide else _GAP
    if not inside or inside[0].start - stretch[0] > gap or stretch[1] - inside[-1].end > _BEHIND * gap:
        return False
    for low, high in cuts(ANY, text, stretch, marks):
        covered = sum(
            min(mark.end, high) - max(mark.start, low) for mark in inside if low < mark.end and mark.start < high
        )
        if high - low > (_WIDE_WORD if wide else _WORD) and covered < _SHARE_OF_PART * (high - low):
            return False
    return True


def cuts(
    pattern: re.Pattern[str], text: str, stretch: tuple[int, int], marks: Sequence[Mark]
) -> Iterator[tuple[int, int]]:
    """The parts between separators, without spaces around; a separator inside a word of the lists separates nothing."""
    inside = {at for mark in marks for at in range(mark.start + 1, mark.end - 1)}
    at = stretch[0]
    for match in pattern.finditer(text, *stretch):
        if match.start() not in inside:
            yield trimmed(text, at, match.start())
            at = match.end()
    yield trimmed(text, at, stretch[1])


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the spaces around it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_own_script(text: str, mark: Mark) -> bool:
    return mark.role is Role.GOODS and mark.points > 1 and not text[mark.start : mark.end].isascii()
