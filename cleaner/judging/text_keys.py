"""One number for all texts that say the same, so that texts of many pages can be counted in little memory.

Case, width, punctuation, white space and line breaks don't count, and numbers and words of dates all count as one
number: "Monday, 3 March 2024 · 12 readers" has the key of "Friday, 19 July 2025, 7 readers", "三月五日" that of
"十二月三十日". Two different texts share a key of 64 bits by chance once in 10^19 pairs.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache

from cleaner.judging.blocks.vocabulary import block_words
from cleaner.judging.folding import fold

_PART = re.compile(r"[^\W\d_]+|\d+")
_NUMERALS = str.maketrans(dict.fromkeys("〇零一二三四五六七八九十百千", "0"))
_FEWEST_LETTERS = 2


@lru_cache(maxsize=20_000)
def text_key(text: str) -> int | None:
    """The key of a text, an unsigned number of 64 bits; None for a text of numbers and signs, which says too little."""
    dates = _date_words()
    parts: list[str] = []
    letters = 0
    for part in _PART.findall(fold(text).translate(_NUMERALS)):
        if part[0].isdecimal() or part in dates:
            if parts[-1:] != ["0"]:
                parts.append("0")
        else:
            parts.append(part)
            letters += len(part)
    if letters < _FEWEST_LETTERS:
        return None
    said = " ".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big")


@cache
def _date_words() -> frozenset[str]:
    """Names of months and days, and what else dates are made of, folded."""
    words = block_words()
    return frozenset(fold(word) for word, mask in words.masks.items() if mask & words.bits["date"])
