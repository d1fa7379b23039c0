"""Made-up documents that look like chrome and are none: notices, lists of facts, price lists, recipes, minutes.

Their words are drawn at random, so that what they teach is their shape: labelled facts, numbered heads, short items,
contact lines, attachments, a signature with its date, all of them content.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

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
_MARKS: dict[str, dict[str, str]] = _DATA["marks"]
_UNITS: dict[str, str] = _DATA["units"]
_DATES: dict[str, list[str]] = _DATA["dates"]
_PERSONS: dict[str, list[str]] = _DATA["persons"]
_AMOUNTS = {"zh": "克", "tw": "克", "ja": "個", "ko": "큰술", "ru": " г", "ar": " غرام", "th": " กรัม"}
_RECIPE_HEADS = {"zh": -3, "ja": -4, "ko": -4, "en": -6}  # where "ingredients" stands among the heads
_Entry = TypeVar("_Entry")
# The same languages' sites: what stands around a text, and the words of those that have no others.
SITES: dict[str, dict[str, list[str]]] = tomllib.loads(
    (files("cleaner") / "training/lines/made_up_sites.toml").read_text("utf-8")
)


class Pen:
    """Writes words and lines of one language."""

    def __init__(self, language: str, chooser: random.Random) -> None:
        self.language, self.chooser = language, chooser
        self.words_of = "zh" if language == "tw" else language
        self.joint = _MARKS["joint"].get(language, " ")
        self.colon = _MARKS["colon"].get(language, ": ")

    def words(self, number: int) -> str:
        """So many words, set as the language sets them."""
        bank = _WORDS.get(self.words_of) or SITES[self.language]["words"]
        text = self.joint.join(self.chooser.choice(bank) for _ in range(number))
        return text if self.language == "ko" else text[:1].upper() + text[1:]

    def sentence(self) -> str:
        """A sentence of random words."""
        comma, stop = _MARKS["comma"].get(self.language, ", "), _MARKS["stop"].get(self.language, ".")
        return self.words(self.chooser.randint(5, 12)) + comma + self.words(self.chooser.randint(5, 14)) + stop

    def fill(self, form: str) -> str:
        """A form with `{w}` words, `{n}` figures, `{d}` days and `{p}` persons."""
        while "{w}" in form:
            form = form.replace("{w}", self.words(2 if not self.joint and self.words_of in _WORDS else 1), 1)
        while "{n}" in form:
            form = form.replace("{n}", str(self.chooser.randint(1, 10 ** self.chooser.randint(2, 4))), 1)
        return form.replace("{d}", self.date()).replace("{p}", self.person())

    def date(self) -> str:
        """A day."""
        year, month, day = self.chooser.randint(2003, 2025), self.chooser.randint(1, 12), self.chooser.randint(1, 28)
        return self.chooser.choice(_DATES[self.language]).format(year=year, month=month, day=day)

    def person(self) -> str:
        """Someone's name."""
        return self.chooser.choice(_PERSONS.get(self.language, _PERSONS["en"]))

    def of(self, table: dict[str, list[_Entry]]) -> list[_Entry]:
        """What the table has for the language."""
        return table[self.words_of]


def signature(pen: Pen) -> list[str]:
    """What ends a notice: closing words, contacts, attachments, who signs and when; any of them may be missing."""
    chooser = pen.chooser
    out: list[str] = []
    if chooser.random() < 0.4:
        out.append(chooser.choice(pen.of(_CLOSINGS)))
    if chooser.random() < 0.5:
        contacts = pen.of(_CONTACTS)
        out += [pen.fill(form) for form in chooser.sample(contacts, min(chooser.randint(1, 3), len(contacts)))]
    if chooser.random() < 0.5:
        out += [pen.fill(form) for form in chooser.choice(pen.of(_ATTACHMENTS))]
    if chooser.random() < 0.2:
        out.append(chooser.choice(pen.of(_CLOSINGS)))
    if chooser.random() < 0.7:
        named = pen.joint and pen.language != "ko"
        office = chooser.choice(pen.of(_OFFICES)) if named else pen.words(2) + chooser.choice(pen.of(_OFFICES))
        out += [f"{office} {pen.date()}"] if chooser.random() < 0.25 else [office, pen.date()]
    return out


def _facts(pen: Pen) -> list[str]:
    chooser = pen.chooser
    labels = chooser.sample(pen.of(_FACTS), chooser.randint(3, 8))
    spaced = pen.language == "ja" and chooser.random() < 0.3
    if pen.words_of == "zh" and chooser.random() < 0.3:
        labels = ["　".join(label) if len(label) == 2 else label for label in labels]
    number = chooser.random() < 0.3
    return [
        (f"{place}. " if number else "") + label + ("　" if spaced else pen.colon) + pen.words(chooser.randint(1, 8))
        for place, label in enumerate(labels, 1)
    ]


def _numbered_heads(pen: Pen) -> list[str]:
    chooser = pen.chooser
    figures = "一二三四五六七八九"
    out: list[str] = []
    for place, head in enumerate(chooser.sample(pen.of(_HEADS), chooser.randint(2, 5))):
        out.append(f"{figures[place]}、{head}" if pen.words_of == "zh" else head)
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


def _prices(pen: Pen) -> list[str]:
    chooser = pen.chooser
    unit = _UNITS.get(pen.language, " €")
    gap = chooser.choice(("　　", "  ", " ", "\t"))
    return [f"{pen.words(2)}{gap}{chooser.randint(5, 900)}{unit}" for _ in range(chooser.randint(4, 10))]


def _recipe(pen: Pen) -> list[str]:
    chooser = pen.chooser
    heads = pen.of(_HEADS)
    unit = _AMOUNTS.get(pen.language, " g")
    amounts = [f"{pen.words(1)} {chooser.randint(1, 500)}{unit}" for _ in range(chooser.randint(3, 8))]
    steps = [f"{place}. {pen.sentence()}" for place in range(1, chooser.randint(3, 6))]
    first = _RECIPE_HEADS.get(pen.words_of, 4)
    return [heads[first], *amounts, heads[first + 1], *steps]


def _verse(pen: Pen) -> list[str]:
    size = pen.chooser.randint(3, 7)
    ends = (_MARKS["comma"].get(pen.language, ",").strip(), _MARKS["stop"].get(pen.language, "."), "")
    return [pen.words(size) + pen.chooser.choice(ends) for _ in range(8)]


def _steps(pen: Pen) -> list[str]:
    return [
        f"{place}{pen.chooser.choice(('. ', '、', '）'))}{pen.words(pen.chooser.randint(3, 9))}"
        for place in range(1, 7)
    ]


_KINDS: tuple[Callable[[Pen], list[str]], ...] = (
    _facts, _numbered_heads, _numbered_heads, _prices, _recipe, _verse, _steps,
)  # fmt: skip


def made_up(language: str, chooser: random.Random) -> list[str]:
    """The lines of a made-up document in one of the languages: title, some sentences, the matter, an end."""
    pen = Pen(language, chooser)
    out = [pen.words(chooser.randint(3, 8) if pen.joint == "" and language != "th" else chooser.randint(2, 5))]
    out += [pen.sentence() for _ in range(chooser.randint(0, 3))]
    for _ in range(chooser.randint(1, 2)):
        out += chooser.choice(_KINDS)(pen)
    if chooser.random() < 0.4:
        out += [pen.sentence() for _ in range(chooser.randint(1, 2))]
    return out + signature(pen)


def ending(language: str, chooser: random.Random) -> list[str]:
    """Lines that end a document: more facts, or a signature."""
    pen = Pen(language, chooser)
    return (_facts(pen) if chooser.random() < 0.3 else []) + signature(pen)


def language_of(script: str, chooser: random.Random) -> str:
    """A language that is written in the script (`cjk` or `other`)."""
    if script == "cjk":
        return chooser.choice(("zh", "zh", "zh", "tw", "ja", "ko"))
    return chooser.choice(("en", "en", "en", *(language for language in _FACTS if language not in ("zh", "ja"))))
