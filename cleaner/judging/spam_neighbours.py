"""Lines that are spam because of what stands around them: rows of links are put into a page together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.judging.disguise import undisguise
from cleaner.judging.spam_lures import sells
from cleaner.judging.spam_marks import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

# A link text is no wider, a wide letter counted twice; the heading of a list of links, with its colon, is shorter.
_LONGEST_LINK, _LONGEST_HEADING = 60, 14
_NEIGHBOUR = 0.8
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]")
_ENDS = "。！？!?.;；"


@dataclass(frozen=True, slots=True)
class SpamSpan:
    """A stretch of injected spam in a block's text; `removable` where it may be cut out of a kept block.

    The cut takes one of the separators around the spam with it, so that what is left reads as it did before.
    """

    block: int
    start: int
    end: int
    cut_start: int
    cut_end: int
    rule: str
    score: float
    removable: bool


def neighbours(texts: Sequence[str], spans: Sequence[SpamSpan]) -> list[SpamSpan]:
    """Short lines between two lines of spam, or beside two and selling something; and the heading of such a list.

    texts  the text of each block; only blocks of one line are looked at
    spans  what was found, in order
    """
    touched = {span.block for span in spans}
    full = {span.block for span in spans if _is_whole(texts[span.block], span)}
    if len(full) < 2:
        return []
    live = [block for block, text in enumerate(texts) if text.strip()]
    found: list[int] = []
    for at, block in enumerate(live):
        if block not in touched and _is_link(texts[block]):
            before = [one in full for one in live[max(0, at - 2) : at]]
            behind = [one in full for one in live[at + 1 : at + 3]]
            beside = before == [True, True] or behind == [True, True]
            between = before[-1:] == [True] and behind[:1] == [True]
            if between or (beside and sells(load_vocabulary().marks(undisguise(texts[block]).text))):
                found.append(block)
    full.update(found)
    for at, block in enumerate(live[:-2]):
        heads = block not in touched and block not in full and all(one in full for one in live[at + 1 : at + 3])
        if heads and len(texts[block]) <= _LONGEST_HEADING and texts[block].rstrip()[-1] in ":：":
            found.append(block)
    return [
        SpamSpan(block, 0, len(texts[block]), 0, len(texts[block]), "among-spam", _NEIGHBOUR, removable=True)
        for block in found
    ]


def _is_link(text: str) -> bool:
    if "\n" in text or text.rstrip()[-1] in _ENDS or any(end in text for end in "。！？"):
        return False
    return len(text) + len(_WIDE.findall(text)) <= _LONGEST_LINK


def _is_whole(text: str, span: SpamSpan) -> bool:
    return span.removable and not (text[: span.start] + text[span.end :]).strip(" \t.,;:!?。，、；：！？|")
