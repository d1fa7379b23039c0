"""Whether a value is what a person says, as the field's scorers count it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from cleaner.training.html.corpus import tokens

if TYPE_CHECKING:
    from cleaner.metadata.candidates import Field

_DAY = re.compile(r"((?:19|20)\d\d)\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})")
# A title is right from this share of common words on (their F1).
_LEAST_COMMON = 0.8
_JOINING = frozenset(("by", "and"))


def is_right(field: Field, value: str, gold: str) -> bool:
    """The same day; the same name, or one name inside the other; a title of nearly the same words."""
    if field == "date":
        return _day(value) is not None and _day(value) == _day(gold)
    if field == "author":
        one, other = (set(tokens(text)) - _JOINING for text in (value, gold))
        return bool(one) and bool(other) and (one <= other or other <= one)
    found, wanted = Counter(tokens(value)), Counter(tokens(gold))
    return 2 * (found & wanted).total() >= _LEAST_COMMON * (found.total() + wanted.total()) > 0


def _day(text: str) -> tuple[int, ...] | None:
    match = _DAY.search(text)
    return tuple(map(int, match.groups())) if match else None
