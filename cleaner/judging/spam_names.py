"""Names, promises and accounts by their shape: "luckybet77", "200%", "Telegram @name"."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from cleaner.judging.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Shape(StrEnum):
    """What a stretch has the shape of."""

    BRAND = "brand"
    PROMISE = "promise"
    ACCOUNT = "account"


_LETTERS_BEFORE = r"(?<![a-z0-9@.])"
_LETTERS_BEHIND = r"(?![a-z0-9@])"
# Endings and beginnings that betting sites give their names. Words of the language that end so are left out.
_BRAND = re.compile(
    rf"{_LETTERS_BEFORE}(?!alphabet|tibet|sherbet|sorbet|elisabet|lisbet|lasvegas|timeslot|fototo)(?:"
    r"[a-z0-9]{2,12}bet(?:\d{1,4}|s|vip|club|win|asia|pro)?"
    r"|bet(?:\d{1,4}[a-z]{0,6}|(?:king|win|club|asia|sport|star|city|house|time|vip|max|plus|pro|way|nation|master|boss|gold|royal|lucky|arab|man|fury|jp|mundial|suerte|sorte|tigre|gagnant|konig|sieger|rona|woon)[a-z]{0,8}\d{0,4})"
    r"|[a-z0-9]{2,12}(?:bahis|casino|kasino|cassino|slots?|togel|toto|judi|gacor|hoki|poker|jackpot|vegas|apuestas?|apostas?|wett(?:en)?)\d{0,4}"
    r"|(?:bahis|casino|kasino|cassino|slots?|togel|toto|judi|hoki|poker|jackpot|vegas|spin|win|lucky|apostas?)(?:\d{2,4}[a-z]{0,5}|(?:club|king|royal|palast|palace|win|vip|maxi|max|asia|land|machance)[a-z]{0,6}\d{0,4})"
    r"|[a-z]{2,12}(?:win|vip|spin|club|play|game|luck|king|slot|xx)\d{2,4}"
    r"|\d{2,4}(?:win|bet|spin|slots?|club|vip)"
    r"|[a-z]{2,12}(?:77|777|88|888|99|999|66|68|78|79|138|168|188|303|338|388|365|368|789|808|500|8000|9000)(?:vip|club|bet)?"
    rf")(?:\.(?:com|net|cc|vip|app|top|xyz|bet|win|club|live|site|online|me|io|org|co|fun|pro|link|info|tv|example))?{_LETTERS_BEHIND}"
)
# One of these is in every such name, the lucky digits behind a letter: tests before the pattern.
STEMS = ("bet", "bahis", "casin", "kasin", "cassin", "slot", "togel", "toto", "judi", "gacor", "hoki", "poker", "jackpot", "vegas", "apuesta", "aposta", "wett")
LUCKY = ("77", "88", "99", "66", "68", "78", "79", "138", "168", "188", "303", "338", "388", "365", "368", "789", "808", "500", "8000", "9000")
_ANY_STEM = re.compile("|".join((*STEMS, *(f"[a-z]{digits}" for digits in LUCKY), r"win\d|\dwin|spin\d|\dspin|lucky|(?:club|play|game|luck|king|xx|vip)\d")))
_LONGEST_NAME = 32
_PROMISE = re.compile(
    r"(?<![\w.])(?:\d{1,3}(?:[.,]\d{3})?\s?%|%\s?\d{2,3}(?!\d)"
    r"|[$€£¥₩₺₹฿₫]\s?\d[\d.,]{0,8}k?|r\$\s?\d[\d.,]{0,8}"
    r"|\d[\d.,]{0,9}\s?(?:元|块钱|万円|円|万|만원|원|만|บาท|руб(?:лей|ля|\.)?|₽|€|\$|usd|eur(?:o|os)?|tl|reais|đ|vnđ?|rb|ribu|juta|ريال|درهم|دينار|جنيه|jt)(?![a-zа-я])"
    r"|24\s?(?:小时|小時|h|/7|時間|시간|jam|giờ|saat|ชั่วโมง)|7/24|7\*24)"
)
_DOMAIN = re.compile(
    r"(?<![\w@.-])(?:https?://)?(?:www\.)?[a-z0-9-]{2,30}\.(?:com|net|cc|vip|app|top|xyz|bet|win|casino|club|live|site|online|me|io|co|fun|pro|link|shop|tv|example)(?![a-z0-9-])(?:/[^\s]{0,40})?"
)
_HANDLE = re.compile(r"(?<![\w.])@[a-z][a-z0-9_]{3,30}(?![\w.])")


def is_name(text: str, place: int) -> bool:
    """True if the word at `place` of a folded text has the shape of a brand."""
    low = place
    while low and place - low < _LONGEST_NAME and text[low - 1].isascii() and text[low - 1].isalnum():
        low -= 1
    return _BRAND.match(text, low, place + _LONGEST_NAME) is not None


def account_patterns(channels: Sequence[str], calls: Sequence[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of an account behind the name of its network, and of a telephone number behind a call to ring it."""
    account = re.compile(
        rf"(?<![^\W\d_\u0e00-\u9fff\uac00-\ud7af])(?:{_choice(channels)})\s?(?:号码?|群|同号|id|ไอดี|아이디)?[\s:.·\-]{{0,3}}"
        r"(?:[@+]?[a-z0-9][a-z0-9_\-]{3,24}|[+(]?\d[\d\s().x\-]{6,18}[\dx])"
    )
    call = re.compile(rf"(?<![^\W\d_\u0e00-\u9fff\uac00-\ud7af])(?:{_choice(calls)})[^\d\n|]{{0,6}}[+(]?\d[\d\s().x\-]{{6,18}}[\dx]")
    return account, call


def _choice(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(fold(word)) for word in words), key=len, reverse=True))


def names(text: str, accounts: tuple[re.Pattern[str], ...]) -> Iterator[tuple[Shape, int, int]]:
    """Brands, promises and accounts in a plain line."""
    if _ANY_STEM.search(text):
        for match in _BRAND.finditer(text):
            yield Shape.BRAND, *match.span()
    if any(character.isdigit() for character in text):
        for match in _PROMISE.finditer(text):
            yield Shape.PROMISE, *match.span()
    for pattern in (*accounts, _HANDLE, _DOMAIN):
        for match in pattern.finditer(text):
            yield Shape.ACCOUNT, *match.span()
