"""Spam by its shape and place, where no list knows the name.

Letters and digits before a selling word; a name that ends in a second colon; a name that comes back between separators.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.judging.spam_words import Term

if TYPE_CHECKING:
    from collections.abc import Sequence

REPLACED = "replaced-name"
SEPARATORS = "|_:>»/\\[]【】()《》~·-—\t\n"
COMMAS = ",，、。;；!！.?？"
# Letters and digits like a domain's, then what such names sell.
_CODE = r"(?:[a-z]{1,8}(?:\d{2,6}|[零一二三四五六七八九〇]{2,6})|\d{2,6}[a-z]{2,8})"
_DIGIT = re.compile(r"[\d零一二三四五六七八九〇]")
_NAME = re.compile(
    rf"{_CODE}(?:\.(?:com|net|cc|vip|app|top))?[ ]?"
    r"(?:体育|娱乐|棋牌|彩票|真人|电竞|电子|投注|官网|官方|平台|网址|app下载|登录|注册|备用|国际|在线|亚洲|中国){1,6}"
    r"(?![\u4e00-\u9fff])"
)
_TOKEN = re.compile(
    r"(?<![a-z0-9.@/])(?:[a-z]{0,10}(?:slot|bet|togel|toto|casino|poker|gacor|judi)[a-z]{0,8}\d{2,4}[a-z]{0,8}"
    r"|\d{2,4}(?:bet|slot|casino|poker|toto)[a-z]{0,4})(?![a-z0-9@.])"
)
# "Sponsor: <name>: Office": an office has no second colon in front of it unless its body's name was replaced.
_REPLACED = re.compile(
    r"(?:主办|承办|主管|协办|版权所有|运维|运行维护|维护|技术支持|技术|管理|建设|制作)(?:单位|部门)?\s?:\s?([^\s:|,。;][^:|,。;\n]{1,22}?)\s?:\s?"
    r"(?=[^\s:|,。;]{0,10}(?:室|厅|科|处|中心|局|部|委|办|院|校|站|会|组|公司|科技|信息)(?:\s|[|,]|$))"
)
_LABEL = re.compile(r"版权|单位|支持|电话|地址|维护|管理|备案|编号|标识|邮编|承办|主办|制作|编辑")
_SOLD = re.compile(
    r"(?:主办|承办|主管|协办|版权所有|运维|运行维护|技术支持)(?:单位)?\s?[:©]\s?([^\s:|,。;]{1,14}?(?:娱乐城?|棋牌|投注|博彩|赌场|真人视讯)"
    r"(?:官网|平台|注册|登录|网址|app)?)(?=[\s:|]|$)"
)
_GIFT = re.compile(
    r"(?:点击|注册|立即|首存|开户|免费)?(?:即送|赠送|领取|送|豪礼)\d{2,5}元?(?:彩金|体验金|红包|礼金|筹码)"
    r"|恭喜(?:您|你)[^。\n]{0,20}(?:访客|幸运|中奖|用户)[^。\n]{0,12}(?:领取|点击|领奖)[^。\n]{0,48}"
)
_BODY = re.compile(
    r"(?:政府|局|委|厅|部|院|中心|公司|大学|学院|学校|网|处|科|办|办公室|会|社|站|馆|所|校|县|市|区|镇|乡|村|省|州|集团|单位|部门|电话|地址|邮箱|平台|科技|信息|技术|负责人|联系人)$"
)
_SHORTEST_BRAND, LONGEST_BRAND = 3, 14
_REPEATED, _SHAPED = 0.9, 0.85


def by_shape(text: str, terms: list[Term]) -> list[Term]:
    """The terms, and what has the shape of a brand; a shape takes the terms inside it with it."""
    shapes = [
        (match.span(1), REPLACED, _SHAPED)
        for match in _REPLACED.finditer(text)
        if not _BODY.search(match.group(1)) and not _LABEL.search(match.group(1))
    ]
    shapes += [(match.span(1), REPLACED, _SHAPED) for match in _SOLD.finditer(text)]
    shapes += [(match.span(), "gift", _SHAPED) for match in _GIFT.finditer(text)]
    if _DIGIT.search(text):
        shapes += [(match.span(), "brand-shape", _SHAPED) for match in _NAME.finditer(text)]
        shapes += [(match.span(), "brand-token", _SHAPED) for match in _TOKEN.finditer(text)]
    if not shapes:
        return terms
    found = [Term(start, end, family, "gambling", score) for (start, end), family, score in shapes]
    return _joined([*found, *terms])


def unknown_brands(text: str, terms: Sequence[Term]) -> set[str]:
    """The brands in front of what is sold: from the separator before to the end of the thing."""
    out: set[str] = set()
    for term in terms:
        if term.thing:
            low = max((text.rfind(edge, 0, term.start) for edge in SEPARATORS + COMMAS + " "), default=-1) + 1
            brand = text[low : term.thing]
            if low < term.start and _SHORTEST_BRAND <= len(brand) <= LONGEST_BRAND:
                out.add(brand)
    return out


def occurrences(text: str, brands: Sequence[str], terms: list[Term]) -> list[Term]:
    """The terms, and where the brands stand in the text; a term behind a brand is joined to it."""
    found: list[Term] = []
    for brand in brands:
        at = text.find(brand)
        while at >= 0:
            found.append(Term(at, at + len(brand), "repeated-brand", "gambling", _REPEATED))
            at = text.find(brand, at + len(brand))
    if not found:
        return terms
    return _joined([*found, *terms])


def _joined(terms: list[Term]) -> list[Term]:
    """In order; those that meet are one."""
    out: list[Term] = []
    for term in sorted(terms, key=lambda term: (term.start, -term.end)):
        if out and term.start <= out[-1].end:
            last = out[-1]
            out[-1] = Term(last.start, max(last.end, term.end), last.family, last.topic, max(last.score, term.score))
        else:
            out.append(term)
    return out
