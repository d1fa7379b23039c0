"""Names, promises and accounts by their shape: "luckybet77", "200%", "Telegram @name"."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Shape(StrEnum):
    """What a stretch has the shape of."""

    BRAND = "brand"
    PROMISE = "promise"
    ACCOUNT = "account"


_LONGEST_NAME = 32
_ENDINGS = (
    r"\.(?:com|net|cc|vip|app|top|xyz|bet|win|casino|club|live|site|online|me|io|co|fun|pro|link|shop|tv|example)"
)
_DOMAINS = re.compile(rf"{_ENDINGS}(?![a-z0-9-])")
_DOMAIN = re.compile(
    rf"(?<![a-z0-9_@.-])(?:https?://)?(?:www\.)?[a-z0-9-]{{2,30}}{_ENDINGS}(?![a-z0-9-])(?:/[^\s]{{0,40}})?"
)
_HANDLE = re.compile(r"(?<![\w.])@[a-z][a-z0-9_]{3,30}(?![\w.])")
_NUMBERED = r"[+(]?\d[\d\s().x\-]{6,18}[\dx]"
_ACCOUNT = re.compile(
    rf"\s?(?:号码?|群|同号|id|ไอดี|아이디)?[\s:.·\-]{{0,3}}(?:[@+]?[a-z0-9][a-z0-9_\-]{{3,24}}|{_NUMBERED})"
)
_NUMBER = re.compile(rf"[^\d\n|]{{0,6}}{_NUMBERED}")
_DIGIT = re.compile(r"\d")


class Names:
    """Patterns made of the word lists `names` and `promise` of `cleaner/data/words/lures.toml`."""

    def __init__(self, data: dict[str, Any]) -> None:
        names, promise = data["names"], data["promise"]
        lucky, beside = _choice(names["lucky"]), _choice(names["beside_digits"])
        self.lucky = tuple(names["lucky"])
        self.stems = tuple(dict.fromkeys((*names["stems"], *names["ends"])))
        self._brand = re.compile(
            rf"(?<![a-z0-9@.])(?!{_choice(names['but'])})(?:"
            rf"[a-z0-9]{{2,12}}{_choice(names['ends'])}(?:\d{{1,4}}|vip|club|win|asia|pro)?"
            rf"|[a-z0-9]{{2,12}}{_choice(names['stems'])}\d{{0,4}}"
            rf"|{_choice(names['begins'])}(?:\d{{2,4}}[a-z]{{0,6}}|{_choice(names['with'])}[a-z]{{0,8}}\d{{0,4}})"
            rf"|[a-z]{{2,12}}{beside}\d{{2,4}}|\d{{2,4}}{beside}"
            rf"|[a-z]{{2,12}}\d?(?:{lucky}){{1,2}}(?:vip|club|bet)?"
            rf")(?:{_ENDINGS})?(?![a-z0-9@])"
        )
        self._any = re.compile(rf"{_choice([*self.stems, *names['begins']])}|[a-z]{lucky}|{beside}\d|\d{beside}")
        self._promise = re.compile(
            r"(?<![\w.])(?:\d{1,3}(?:[.,]\d{3})?\s?%|%\s?\d{2,3}(?!\d)|(?:r\$|[$€£¥₩₺₹฿₫])\s?\d[\d.,]{0,8}k?"
            rf"|\d[\d.,]{{0,9}}\s?{_choice(promise['units'])}(?![a-zа-я])|24\s?{_choice(promise['hours'])}(?![a-z])|7/24|7\*24)"
        )

    def is_brand(self, text: str, place: int) -> bool:
        """True if the word at `place` of a folded text has the shape of a brand."""
        low = place
        while low and place - low < _LONGEST_NAME and text[low - 1].isascii() and text[low - 1].isalnum():
            low -= 1
        return self._brand.match(text, low, place + _LONGEST_NAME) is not None

    def find(self, text: str) -> Iterator[tuple[Shape, int, int]]:
        """Brands, promises and addresses in a plain line, with start and end."""
        if self._any.search(text):
            for match in self._brand.finditer(text):
                yield Shape.BRAND, *match.span()
        if _DIGIT.search(text):
            for match in self._promise.finditer(text):
                yield Shape.PROMISE, *match.span()
        if "@" in text:
            for match in _HANDLE.finditer(text):
                yield Shape.ACCOUNT, *match.span()
        if _DOMAINS.search(text):
            for match in _DOMAIN.finditer(text):
                yield Shape.ACCOUNT, *match.span()


def account_behind(text: str, end: int) -> int:
    """Where an account ends that stands behind the name of its network at `end`; 0 if there is none."""
    match = _ACCOUNT.match(text, end)
    return 0 if match is None else match.end()


def number_behind(text: str, end: int) -> int:
    """Where a telephone number ends that stands behind a call to ring it at `end`; 0 if there is none."""
    match = _NUMBER.match(text, end)
    return 0 if match is None else match.end()


def _choice(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"
