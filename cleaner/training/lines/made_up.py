"""Made-up documents that look like chrome and are none: notices, lists of facts, price lists, recipes, minutes.

Their words are drawn at random, so that what they teach is their shape: labelled facts, numbered heads, short items,
contact lines, attachments, a signature with its date, all of them content.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_DATA: dict[str, Any] = tomllib.loads((files("cleaner") / "training/lines/made_up.toml").read_text("utf-8"))
_WORDS: dict[str, list[str]] = _DATA["words"]
_FACTS: dict[str, list[str]] = _DATA["facts"]
_HEADS: dict[str, list[str]] = _DATA["heads"]
_OFFICES: dict[str, list[str]] = _DATA["offices"]
_CONTACTS: dict[str, list[str]] = _DATA["contacts"]
_ATTACHMENTS: dict[str, list[list[str]]] = _DATA["attachments"]
_CLOSINGS: dict[str, list[str]] = _DATA["closings"]
_DISH: list[str] = _DATA["dish"]


class _Pen:
    """Writes words and lines of one language."""

    def __init__(self, language: str, chooser: random.Random) -> None:
        self.language, self.chooser = language, chooser

    def words(self, number: int) -> str:
        """So many words, set as the language sets them."""
        bank = _WORDS[self.language]
        chosen = [self.chooser.choice(bank) for _ in range(number)]
        if self.language == "en":
            return " ".join(chosen).capitalize()
        return (" " if self.language == "ko" else "").join(chosen)

    def sentence(self) -> str:
        """A sentence of random words."""
        comma, stop = {"zh": ("，", "。"), "ja": ("、", "。"), "ko": (", ", "다."), "en": (", ", ".")}[self.language]
        return self.words(self.chooser.randint(5, 12)) + comma + self.words(self.chooser.randint(5, 14)) + stop

    def fill(self, form: str) -> str:
        """A form with `{w}` words and `{n}` figures."""
        while "{w}" in form:
            form = form.replace("{w}", self.words(1 if self.language in ("ko", "en") else 2), 1)
        return form.replace("{n}", str(self.chooser.randint(100, 9999)))

    def date(self) -> str:
        """A day."""
        year, month, day = self.chooser.randint(2003, 2025), self.chooser.randint(1, 12), self.chooser.randint(1, 28)
        forms = {
            "zh": (
                f"{year}年{month}月{day}日",
                f"{year}年{month}月{day}日",
                "二〇二一年五月六日",
                f"{year}-{month:02}-{day:02}",
            ),
            "ja": (f"{year}年{month}月{day}日", f"令和{year - 2002}年{month}月{day}日"),
            "ko": (f"{year}년 {month}월 {day}일", f"{year}. {month}. {day}."),
            "en": (f"{day} March {year}", f"June {day}, {year}"),
        }[self.language]
        return self.chooser.choice(forms)


def signature(pen: _Pen) -> list[str]:
    """What ends a notice: closing words, contacts, attachments, who signs and when; any of them may be missing."""
    chooser, language = pen.chooser, pen.language
    out: list[str] = []
    if chooser.random() < 0.4:
        out.append(chooser.choice(_CLOSINGS[language]))
    if chooser.random() < 0.5:
        out += [pen.fill(form) for form in chooser.sample(_CONTACTS[language], chooser.randint(1, 3))]
    if chooser.random() < 0.5:
        out += [pen.fill(form) for form in chooser.choice(_ATTACHMENTS[language])]
    if chooser.random() < 0.7:
        office, date = pen.words(2) + chooser.choice(_OFFICES[language]), pen.date()
        out += [f"{office} {date}"] if chooser.random() < 0.25 else [office, date]
    return out


def _facts(pen: _Pen) -> list[str]:
    chooser = pen.chooser
    colon = "：" if pen.language in ("zh", "ja") else ": "
    labels = chooser.sample(_FACTS[pen.language], chooser.randint(3, 8))
    if pen.language == "zh" and chooser.random() < 0.3:
        labels = ["　".join(label) if len(label) == 2 else label for label in labels]
    number = chooser.random() < 0.3
    return [
        (f"{place}. " if number else "") + label + colon + pen.words(chooser.randint(1, 8))
        for place, label in enumerate(labels, 1)
    ]


def _numbered_heads(pen: _Pen) -> list[str]:
    chooser = pen.chooser
    figures = "一二三四五六七八九"
    out: list[str] = []
    for place, head in enumerate(chooser.sample(_HEADS[pen.language], chooser.randint(2, 5))):
        out.append(f"{figures[place]}、{head}" if pen.language == "zh" else head)
        kind = chooser.random()
        if kind < 0.35:
            out.append(pen.sentence())
        elif kind < 0.7:
            out += _facts(pen)[:4]
        else:
            out += [
                chooser.choice(("- ", "• ", "")) + pen.words(chooser.randint(2, 6))
                for _ in range(chooser.randint(2, 5))
            ]
    return out


def _prices(pen: _Pen) -> list[str]:
    chooser = pen.chooser
    unit = {"zh": "元", "ja": "円", "ko": "원", "en": " euros"}[pen.language]
    gap = chooser.choice(("　　", "  ", " ", "\t"))
    return [f"{pen.words(2)}{gap}{chooser.randint(5, 900)}{unit}" for _ in range(chooser.randint(4, 10))]


def _recipe(pen: _Pen) -> list[str]:
    chooser = pen.chooser
    unit = dict(zip(("en", "zh", "ja", "ko"), _DISH, strict=True))[pen.language]
    heads = {
        "zh": ("用料", "做法"),
        "ja": ("材料", "作り方"),
        "ko": ("재료", "만드는 법"),
        "en": ("Ingredients", "Method"),
    }[pen.language]
    amounts = [f"{pen.words(1)} {chooser.randint(1, 500)}{unit}" for _ in range(chooser.randint(3, 8))]
    steps = [f"{place}. {pen.sentence()}" for place in range(1, chooser.randint(3, 6))]
    return [heads[0], *amounts, heads[1], *steps]


def _verse(pen: _Pen) -> list[str]:
    size = pen.chooser.randint(3, 7)
    ends = {"zh": "，。", "ja": "、。", "ko": ",.", "en": ",."}[pen.language]
    return [
        pen.words(size) + pen.chooser.choice(ends + (" " if pen.language == "en" else "，")).strip() for _ in range(8)
    ]


def _steps(pen: _Pen) -> list[str]:
    return [
        f"{place}{pen.chooser.choice(('. ', '、', '）'))}{pen.words(pen.chooser.randint(3, 9))}"
        for place in range(1, 7)
    ]


_KINDS: tuple[Callable[[_Pen], list[str]], ...] = (
    _facts, _numbered_heads, _numbered_heads, _prices, _recipe, _verse, _steps,
)  # fmt: skip


def made_up(language: str, chooser: random.Random) -> list[str]:
    """The lines of a made-up document in one of the four languages: title, some sentences, the matter, an end."""
    pen = _Pen(language, chooser)
    out = [pen.words(chooser.randint(3, 8) if language in ("zh", "ja") else chooser.randint(2, 5))]
    out += [pen.sentence() for _ in range(chooser.randint(0, 3))]
    for _ in range(chooser.randint(1, 2)):
        out += chooser.choice(_KINDS)(pen)
    if chooser.random() < 0.4:
        out += [pen.sentence() for _ in range(chooser.randint(1, 2))]
    return out + signature(pen)


def ending(language: str, chooser: random.Random) -> list[str]:
    """Lines that end a document: more facts, or a signature."""
    pen = _Pen(language, chooser)
    return (_facts(pen) if chooser.random() < 0.3 else []) + signature(pen)


def language_of(script: str, chooser: random.Random) -> str:
    """A language that is written in the script (`cjk` or `other`)."""
    return (
        chooser.choice(("zh", "zh", "zh", "ja", "ko")) if script == "cjk" else chooser.choice(("en", "en", "en", "ko"))
    )
