"""What a heading in bare text looks like, and what looks like one but isn't: patterns and words, one line at a time."""

from __future__ import annotations

import re

_HAN = "一二三四五六七八九十百零〇两"
_PARTED = r"(?:[\s\u3000:：]|$)"
# The families of numbered headings. They are told apart by form alone; whether a line is a heading, its place decides.
_NUMBERED = re.compile(
    rf"""(?P<part>第[{_HAN}\d]{{1,6}}[编編部篇卷]{_PARTED}
        |(?:part|book)[ ]{{1,4}}(?:[ivxlc]{{1,7}}|\d{{1,3}}|one|two|three|four|five)\b)
    |(?P<chapter>第[{_HAN}\d]{{1,6}}[章回讲講課课]|附录[{_HAN}A-H\d]?
        |(?:chapter|appendix)[ ]{{1,4}}(?:[ivxlc]{{1,7}}|\d{{1,3}}|[a-h])\b)
    |(?P<section>第[{_HAN}\d]{{1,6}}[节節])
    |(?P<han>[{_HAN}]{{1,4}}[、．.])
    |(?P<roman>[IVX]{{1,6}}\.[ ])
    |(?P<round>[（(][{_HAN}]{{1,4}}[）)])
    |(?P<dotted>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}(?:\.?[ \t\u3000]|(?=[^\x00-\x7f\d])))
    |(?P<number>\d{{1,2}}[.．、][ \t\u3000]{{0,4}}(?=\D)|\d{{1,2}}[ \u3000]{{1,4}}(?=[^\W\d]))""",
    re.VERBOSE | re.IGNORECASE,
)
# From the highest down: a heading's level follows from the families that stand above its own in the document.
FAMILIES = (
    "part", "chapter", "section", "han", "roman", "round", "number", "dotted2", "dotted3", "dotted4", "dotted5",
)  # fmt: skip

_BRACKETED = re.compile(r"【[^【】]{1,24}】$|〖[^〖〗]{1,24}〗$|\[[A-Z][^\[\]]{2,40}\]$")
_MARKED = re.compile(r"(#{1,6})[ \t]{1,40}(.*?)[ \t#]{0,40}$")

_CAPTION_WORDS = "图|圖|表|資料圖|资料图|图片|写真|图源|photo|image|picture|figure|fig\\.|table|video|source|credit"
_BYLINE_WORDS = "by|written by|posted by"
_BYLINE_WORDS_WIDE = "本报|本网|新华社|中新社|记者|記者|通讯员|通訊員|作者|编辑|责任编辑|責任編輯|来源|來源|摄影|撰文"
_GREETING_WORDS = (
    "hi|hello|hey|dear|thanks|thank you|regards|best|cheers|sincerely|hallo|bonjour|hola|ciao|cześć|witam|привет"
)
_GREETING_WORDS_WIDE = "您好|你好|大家好|各位|尊敬的|谢谢|謝謝|此致|敬礼"

_CAPTION = re.compile(
    rf"图为|圖為|图片来源|[▲△↑→↓▼▽©]|\(c\)|(?:{_CAPTION_WORDS})(?:[\s\d:：/|]|$)|.{{0,30}}(?:摄|攝|图/|文/)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    rf"(?:{_BYLINE_WORDS}|{_BYLINE_WORDS_WIDE})\b|.{{0,12}}(?:记者|記者|通讯员|通訊員)\s", re.IGNORECASE
)
_GREETING = re.compile(rf"(?:{_GREETING_WORDS})\b|{_GREETING_WORDS_WIDE}", re.IGNORECASE)
_DATE = re.compile(
    r"""\d{2,4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,4}|\d{1,2}:\d{2}
    |\b\d{1,2}(?:st|nd|rd|th)?\s\w{3,9}\.?,?\s\d{4}\b|\b\w{3,9}\.?\s\d{1,2},\s\d{4}\b""",
    re.VERBOSE,
)
_LABELLED = re.compile(r"[^\s:：]{1,8}\s?[:：]|[A-Z][\w ]{1,20}:\s")
_NOT_FIRST = tuple("‘'(（[*•·●—–-−~～+&/\\|<>=@#$€£¥,.，。、；;:：!！?？…")
_NOT_LAST = tuple(",，、;；:：.。!！?？…—–-|>»→/=&(（“「『")
_ASKING = ("?", "？", "!", "！")
_QUOTED = re.compile(r"[“「『\"].*[”」』\"]$")
_PAIRS = ("“”", "「」", "『』", "()", "（）", "《》")
_OTHER = re.compile(r"://|@|\|| {3,}|\t|[{}<>=$€£¥]|\\")
_LETTER = re.compile(r"[^\W\d_]")
_MOST_WORDS = 11
_LONGEST_GREETING = 4  # words


def number_length(text: str) -> int:
    """Length of the number that the line begins with; 0 if it begins with none."""
    found = _NUMBERED.match(text)
    return found.end() if found else 0


def number_family(text: str) -> str:
    """The kind of number that the line begins with, one of `FAMILIES`; "" if it begins with none."""
    found = _NUMBERED.match(text)
    if found is None:
        return ""
    name = found.lastgroup or ""
    return f"dotted{found[0].strip(' .').count('.') + 1}" if name == "dotted" else name


def marked_heading(text: str) -> tuple[int, str] | None:
    """Level and words of a line that number signs mark as a heading; None for others."""
    found = _MARKED.match(text) if text.startswith("#") else None
    return (len(found[1]), found[2]) if found and found[2] else None


def reads_like_heading(text: str) -> bool:
    """Whether the line, taken alone, may be a heading: it looks like no sentence, byline, caption or date."""
    if _BRACKETED.match(text):
        return True
    length = number_length(text)
    words = text[length:].strip()
    if not words:
        return number_family(text) in ("part", "chapter", "section")
    if text.endswith(_NOT_LAST) and not (length and text.endswith(_ASKING)):
        return False
    if words.startswith(_NOT_FIRST) or _QUOTED.match(words) or words[:1].islower():
        return False
    if any(words.count(pair[0]) != words.count(pair[1]) for pair in _PAIRS):
        return False
    if _OTHER.search(words) or _DATE.search(words) or _CAPTION.match(words) or _BYLINE.match(words):
        return False
    letters = len(_LETTER.findall(words))
    if letters < 2 or letters * 2 < len(words.replace(" ", "")):
        return False
    number = len(words.split())
    if number > _MOST_WORDS or (number <= _LONGEST_GREETING and _GREETING.match(words)):
        return False
    return not _LABELLED.match(words)
