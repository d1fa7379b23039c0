"""Who reported, and for which outlet, by the words at either end of a body: 本报讯（记者 李明）, 新华社北京5月9日电."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.metadata.candidates import Candidate
from cleaner.metadata.han_names import is_han_name, only_names
from cleaner.metadata.names import ends_like_outlet, read_outlet, read_people

if TYPE_CHECKING:
    from cleaner.metadata.body import Body
    from cleaner.page import Page

# Blocks at either end of the body that may name a reporter or an editor.
_ENDS = 3
# What is longer is a paragraph, of which only the beginning may name people.
_LONGEST = 300
_LONGEST_LINE = 70
_LONGEST_SIGNATURE = 160

# 记者 without a colon names people only in brackets or at the head of a dispatch: 本报讯（记者 李明 通讯员 王芳）.
_BRACKETED = re.compile(
    r"[（(〔【\[](?:[^（()）〔〕【】\[\]]{0,12}?)(?:记者|記者|通讯员|通訊員)[:：/]?\s{0,2}(?P<people>[^（()）〔〕【】\[\]]{2,60})[)）〕】\]]"
)
_CALLED = re.compile(r"[记記]者|通[讯訊][员員]|기자|특파원")
_CALLING = re.compile(
    r"(?:实习|见习|特约|本报|本報|特派|晚报|晨报|日报)?(?:记者|記者|实习生|實習生|特派员|通讯员|通訊員|摄影|攝影)[:：/／]?"
    r"|(?<![\u3400-\u9fff])(?:文[/／]图|图[/／]文|[文图](?=[:：/／\s]))[:：/／]?"
)
_REPORTED = re.compile(
    r"[／/╱][\u3400-\u9fff]{1,6}(?:報導|报道|電|电|連線報導|採訪報導).{0,4}$"
    r"|(?:报道|報導|攝|摄)$|\d+日[电電讯]$|[\u3400-\u9fff]{2}\d+日[电電]?$"
)
_KOREAN = re.compile(
    r"(?:^|[\s\]=(])(?P<person>[\uac00-\ud7a3]{2,4})\s?(?:선임|수습|인턴|전문)?\s?(?:기자|특파원)(?![\uac00-\ud7a3])"
)
# A line of reporters: 本报记者 邓红阳; ◎ 記者林和謙/採訪報導; 欣傳媒╱記者丁彥伶／台北報導; 文丨特约评论员 韩涵.
_LINE = re.compile(
    r"^\W{0,3}(?:(?P<outlet>[^\W\d_]{2,10})[╱/／])?"
    r"(?:[^\W\d_]{0,10}?(?:记者|記者|通讯员|通訊員|评论员|評論員)|(?:作者|撰文|撰稿|采写|文字|文)(?=[\s丨|｜/／:：]))"
    r"[\s丨|｜/／:：]{0,3}(?P<people>\S.{1,50})$"
)
# Who published on a blog, and when: Jane Doe 于 2023-03-12 13:08:03 发布; but not 最新推荐文章于 2023-09-04 发布.
_BLOGGER = re.compile(
    r"^(?P<person>(?!.{0,8}(?:文章|推荐|推薦))\S.{1,30}?)\s于\s?(?:19|20)\d\d[-/.年].{4,20}(?:发布|发表|發佈|發表)$"
)
_DATE_AFTER = re.compile(r"\s{0,3}(?:19|20)\d\d[-./年].{0,30}$")
# The reporters of an agency after the place and the day: 新华社北京5月19日电（刘艺、杨吉）.
_AFTER_WIRE = re.compile(r"日[电電讯訊]\s?[（(](?P<people>[^（()）]{2,30})[)）]")
# Who wrote, and what they are: （作者韩涵系政邦智库研究员）.
_SIGNED = re.compile(
    r"[（(](?:本文)?作者(?:[:：为為是系]\s?)?(?P<person>[\u3400-\u9fff]{2,4}?)(?:[系为為是，,、；;]|[)）])"
)
# An outlet in brackets, alone or with a name: [世华财讯], 〔中央社〕, 【中廣新聞／陳奕華】.
_MASTHEAD = re.compile(
    r"^[【〔\[（(]\s?(?P<outlet>[^\W\d_]{2,12})\s?(?:[/／╱|｜]\s?(?:記者|记者)?\s?(?P<person>[\u3400-\u9fff]{2,4})?)?"
    r"(?:\s?[/／╱]\s?[\u3400-\u9fff]{2,8})?\s?[】〕\]）)]"
)
_WIRE = re.compile(
    r"^[【〔（(]?(?P<outlet>(?!本)\w{2,10}?(?:社|网|網|报|報|电视台|電視台|新闻|新聞))"
    r"(?:[\u3400-\u9fff]{0,8}?(?:\d{1,2}月)?\d{1,2}日)?(?:[电電讯訊](?![\u3400-\u9fff])|[电電](?=记者|記者))"
)
_COPIED = re.compile(r"^(?:本文)?(?:摘自|摘编自|转载自|轉載自|转自)[:：]?\s?(?P<outlet>[\u3400-\u9fff]{2,12})$")
_BRACKETS = "【〔[［"
_WIRE_ENDINGS = ("讯", "訊", "聞", "闻", "報導", "社")


def read_ends(page: Page, body: Body) -> list[Candidate]:
    """Who reported and for whom, as the first and last blocks of the body say."""
    found: list[Candidate] = []
    for index in sorted({*body.kept[:_ENDS], *body.kept[-_ENDS:]}):
        text = page.text[index]
        found += read_dispatch(text) + read_dispatch(text[-60:]) + read_reporters(text)
    for index in body.kept[:_ENDS]:
        found += read_masthead(page.text[index])
    for index in body.kept[-_ENDS:]:
        found += read_signature(page.text[index])
    return [replace(one, signals=("dispatch",)) for one in found]


def read_dispatch(text: str) -> list[Candidate]:
    """The reporters that a paragraph names in brackets (（记者 李明）) or after its wire's head, or before 기자."""
    if text.isascii():
        return []
    text = text[:_LONGEST]
    people = []
    if _CALLED.search(text):
        for match in _BRACKETED.finditer(text):
            name = read_people(_CALLING.sub(" , ", _REPORTED.sub("", match["people"].strip())))
            if name:
                people.append(name)
        if not people and (korean := _KOREAN.search(text)):
            people.append(korean["person"])
    if not people and (wired := _AFTER_WIRE.search(text)):
        people += only_names(wired["people"])
    return _authors(people)


def read_reporters(text: str) -> list[Candidate]:
    """The names, and the outlet, of a line that consists of them; empty for a sentence that begins with 记者."""
    if text.isascii() or not 4 <= len(text) <= _LONGEST_LINE:
        return []
    if text[0] in _BRACKETS:
        masthead = _MASTHEAD.fullmatch(text)
        return read_masthead(text) if masthead else []
    blogger = _BLOGGER.match(text)
    if blogger:
        name = read_people(blogger["person"])
        return _authors([name] if name else [])
    match = _LINE.match(_DATE_AFTER.sub("", text.strip()))
    if match is None:
        return []
    people = only_names(_CALLING.sub(" , ", _REPORTED.sub("", match["people"])))
    return _authors(people) + (_source(match["outlet"]) if people and match["outlet"] else [])


def read_signature(text: str) -> list[Candidate]:
    """The author whom the end of a body presents in brackets: （作者韩涵系政邦智库研究员）."""
    match = None if text.isascii() else _SIGNED.search(text[-_LONGEST_SIGNATURE:])
    return _authors([match["person"]]) if match and is_han_name(match["person"]) else []


def read_masthead(text: str) -> list[Candidate]:
    """The outlet, and the reporter, at the head of a body: 〔中央社〕, 【中廣新聞／陳奕華】, 新华社北京5月9日电."""
    if text.isascii():
        return []
    head = text[:_LONGEST_LINE]
    match = _MASTHEAD.match(head)
    if match and (ends_like_outlet(match["outlet"]) or match["outlet"].endswith(_WIRE_ENDINGS)):
        person = match["person"]
        return _source(match["outlet"]) + (_authors([person]) if person and is_han_name(person) else [])
    other = _WIRE.match(head) or _COPIED.match(head)
    return _source(other["outlet"]) if other else []


def _authors(people: list[str]) -> list[Candidate]:
    joined = ", ".join(dict.fromkeys(people))
    return [Candidate("author", joined, "byline")] if joined else []


def _source(name: str) -> list[Candidate]:
    outlet = read_outlet(name)
    return [Candidate("source", outlet, "text")] if outlet else []
