"""Spam by its shape and place, where no list knows the name.

Letters and digits before a selling word; a name that ends in a second colon; a name that comes back between separators.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from cleaner.judging.folding import fold_pattern
from cleaner.judging.spam_words import UNKNOWN, Term

if TYPE_CHECKING:
    from collections.abc import Sequence

REPLACED = "replaced-name"
LURED, TITLE_TAIL = "papers-lure", "title-tail"
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
# A company that sells games, in the tail of a title: "…-X游戏(集团)官网". A real one has no brackets there.
_TITLE_TAIL = re.compile(
    r"(?:^|[\-_—|:])\s?([^\s\-_—|:,。;()]{2,10}?)(?:游戏|娱乐|体育|棋牌|彩票|电竞|电玩|真人)(?:城|平台)?"
    r"\((?:集团|中国|大陆|亚洲|官方|全球|国际|中国区)\)(?:股份|有限|公司){0,3}"
    r"(?:官网|官方网站|官方平台|官方版|平台|网站|app下载|app|登录|注册|入口|下载|最新版|手机版){1,3}(?![\u4e00-\u9fff])"
)
# Papers that cannot be had so, and an account to write to. Offices hand the same papers out, but never over a chat.
_LURE = re.compile(
    r"(?:专业|快速|长期|低价|诚信)?(?:(?:代办|代开|代做|定做|出售|伪造|高仿|买卖|代考|代写)[^\n。|()]{0,8}?"
    r"(?:毕业证|学历|学位|文凭|发票|专票|证书|资格证|驾驶证|驾照|证件|公章|论文|假证|护照)"
    r"|办理[^\n。|()]{0,4}?(?:毕业证|学历证|学位证|文凭|假证)(?=[^\n。|()]{0,28}?加(?:微信|薇信|威信|v信|vx|wx|qq)(?!群)))[^\n。|()]{0,24}?"
    r"(?:请?加|联系|咨询)?(?:微信|薇信|威信|v信|vx|wx|qq|扣扣|电报|telegram)(?:号|群|同号)?[:+\s]{0,3}"
    r"[a-z0-9][a-z0-9_\-]{4,19}"
    r"(?:\s?(?:可验证|真实可查|可查|24小时在线|全天在线|免费咨询|诚信合作)){0,2}"
)
# Lucky digits behind a name, or a betting word at its end, beside a word that sells it.
_LUCKY = (
    r"(?<![a-z0-9.@/])(?!office|windows|alphabet|tibet|sherbet|sorbet)[a-z]{2,12}"
    r"(?:\d?(?:88|77|66|99)\d{0,2}|138|303|789|8000|9000|bet|bahis|togel|vegas)(?![a-z0-9@.])"
)
_SOLD_TOKEN = re.compile(
    fold_pattern(
        rf"{_LUCKY} (?:link alternatif|situs resmi|güncel giriş|mobil giriş|giriş|casino|nhà cái|link vào"
        r"|рабочее зеркало|зеркало"
        r"|казино|สล็อต|คาสิโน|ทางเข้า|카지노|토토)(?![^\W\d_])"
        rf"|(?<![^\W\d_])(?:nhà cái|link alternatif|situs|agen|ทางเข้า|казино|зеркало|카지노)"
        rf"(?: uy tín| resmi)? {_LUCKY}"
    )
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
    shapes += [(match.span(), "brand-token", UNKNOWN) for match in _SOLD_TOKEN.finditer(text)]
    if _DIGIT.search(text):
        shapes += [(match.span(), "brand-shape", _SHAPED) for match in _NAME.finditer(text)]
        shapes += [(match.span(), "brand-token", _SHAPED) for match in _TOKEN.finditer(text)]
    found = [Term(start, end, family, "gambling", score) for (start, end), family, score in shapes]
    found += [Term(*match.span(), LURED, "fraud", _SHAPED) for match in _LURE.finditer(text)]
    found += [
        Term(match.start(1), match.end(), TITLE_TAIL, "gambling", UNKNOWN, match.end(1))
        for match in _TITLE_TAIL.finditer(text)
    ]
    if not found:
        return terms
    return _joined([*found, *terms])


def unknown_brands(text: str, terms: Sequence[Term]) -> set[str]:
    """The brands in front of what is sold: from the separator before to the end of the thing."""
    out: set[str] = set()
    for term in terms:
        if term.thing:
            low = max((text.rfind(edge, 0, term.start) for edge in SEPARATORS + COMMAS + " "), default=-1) + 1
            brand = text[low : term.thing]
            if (low < term.start or term.family == TITLE_TAIL) and _SHORTEST_BRAND <= len(brand) <= LONGEST_BRAND:
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
            out[-1] = dataclasses.replace(last, end=max(last.end, term.end), score=max(last.score, term.score))
        else:
            out.append(term)
    return out
