"""Words that say how long ago something was: 3 hours ago, 昨天, vor 2 Tagen."""

from __future__ import annotations

import re

_LONGEST_RELATIVE = 60
# One of these stands in each form that has no other letters; to look for them first is faster.
_LATIN_WORDS = ("ago", "yesterday", "gestern", "vor", "il y a", "hace")
_RELATIVE = re.compile(
    r"\b(?:\d{1,3}|an?|one)\s{0,2}(?:second|sec|minute|min|hour|hr|day|week|month|year)s?\s{1,2}ago\b"
    r"|\bvor\s(?:\d{1,3}|einer?m?)\s(?:Sekunden?|Minuten?|Stunden?|Tag(?:en)?|Wochen?|Monat(?:en)?|Jahr(?:en)?)\b"
    r"|\bil y a\s(?:\d{1,3}|une?)\s(?:seconde|minute|heure|jour|semaine|mois|an)s?\b"
    r"|\bhace\s(?:\d{1,3}|una?)\s(?:segundo|minuto|hora|día|semana|mes|año)(?:e?s)?\b"
    r"|\d{1,3}\s(?:секунд|минут|час|д[не]|недел|месяц|год|лет)\w{0,4}\sназад"
    r"|(?:\d{1,3}|几|半)\s?个?(?:秒钟?|分钟|分鐘|小时|小時|天|周|週|个?月|年)\s?之?前"
    r"|\d{1,3}\s?(?:秒|分|時間|日|週間|か月|ヶ月|年)前"
    r"|\d{1,3}\s?(?:초|분|시간|일|주|개월|달|년)\s?전"
    r"|\byesterday\b|\bgestern\b|昨天|昨日|어제",
    re.IGNORECASE,
)


def relative_date(value: str) -> str | None:
    """The words that say how long ago something was, if a short text is little else: Posted 3 hours ago."""
    if len(value) > _LONGEST_RELATIVE:
        return None
    if value.isascii() and not any(word in value.lower() for word in _LATIN_WORDS):
        return None
    match = _RELATIVE.search(value)
    return " ".join(match.group().split()) if match else None
