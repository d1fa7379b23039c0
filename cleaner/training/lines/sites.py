"""Short pages of made-up sites: a text in the middle of what sites of its language put around it, in many layouts.

The parts of real pages are few and of few languages; here every page has a site's name, menu, path, byline, buttons,
related headlines and footer of its own, any of which may be missing, doubled, on one line or an item a line.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from cleaner.training.lines.compose import Line, set_as_text
from cleaner.training.lines.corpus import LabelledText
from cleaner.training.lines.made_up import SITES, Pen, ending, made_up

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_BODY, _LEAST_BODY = 40, 2
_MADE_UP, _MADE_UP_END = 0.3, 0.3  # of the bodies
_CLEAN = 0.15  # of the pages
_FORUM = 0.08
_ROWS = (" ", " ", "　", " | ", "|", " · ", " / ", "  ", " - ", "｜", "\t", " > ", "、")
# Half of the pages are Chinese, as are half of the pages that matter; the other languages share the rest.
_OFTEN = ("zh",) * 10 + ("tw",) * 3 + ("ja",) * 4 + ("ko",) * 3 + ("en",) * 5
_UNKNOWN = float("nan")


class _Site:
    """A made-up site: its language, its name, and its way of setting things."""

    def __init__(self, language: str, headlines: Sequence[str], chooser: random.Random) -> None:
        self.pen, self.chooser, self.headlines = Pen(language, chooser), chooser, headlines
        self.parts = SITES[language]
        self.name = self.pen.fill(chooser.choice(self.parts["sites"]))
        self.menu = chooser.sample(self.parts["menu"], min(len(self.parts["menu"]), chooser.randint(4, 14)))

    def headline(self) -> str:
        """The title of another page."""
        if self.headlines and self.chooser.random() < 0.7:
            return self.chooser.choice(self.headlines)
        return self.pen.words(self.chooser.randint(3, 9))

    def fill(self, form: str) -> str:
        """A form with the site's own things filled in."""
        form = form.replace("{s}", self.name).replace("{t}", self.headline())
        while "{m}" in form:
            form = form.replace("{m}", self.chooser.choice(self.menu), 1)
        return self.pen.fill(form)

    def some(self, part: str, least: int, most: int) -> list[str]:
        """Some of the site's lines of a kind, each filled in."""
        forms = self.parts[part]
        if part == "after":
            forms = [form for form in forms if "{p}" not in form]
        size = min(self.chooser.randint(least, most), len(forms))
        return [self.fill(form) for form in self.chooser.sample(forms, size)]

    def set_row(self, items: list[str], joined: float) -> list[str]:
        """Items on one line, some on a line, or one a line."""
        luck = self.chooser.random()
        if len(items) < 2 or luck > joined:
            return items
        joint = self.chooser.choice(_ROWS)
        if luck < joined * 0.75 or len(items) < 4:
            return [joint.join(items)]
        cut = self.chooser.randint(1, len(items) - 1)
        return [joint.join(items[:cut]), joint.join(items[cut:])]

    def top(self, title: str) -> list[str]:
        """What stands above the title."""
        chance = self.chooser.random
        out: list[str] = []
        if chance() < 0.15:
            out.append(title + self.chooser.choice(("_", "-", " - ", " | ", "——")) + self.name)
        if chance() < 0.4:
            out += self.set_row(self.some("tools", 1, 3), 0.5)
        if chance() < 0.7:
            out.append(self.name)
            if chance() < 0.3:
                out += self.some("mottoes", 1, 1)
        if chance() < 0.7:
            out += self.set_row(self.menu, 0.6)
        if chance() < 0.35:
            out += self.set_row(self.some("tools", 1, 3), 0.4)
        if chance() < 0.55:
            out += self.some("paths", 1, 1)
        if chance() < 0.15:
            out += self.some("widgets", 1, 2)
        return out

    def below_title(self) -> list[Line]:
        """The byline, which is neither content nor chrome, and the buttons beside it."""
        chance = self.chooser.random
        out: list[Line] = []
        if chance() < 0.7:
            out += [(line, _UNKNOWN) for line in self.some("bylines", 1, 2)]
        if chance() < 0.5:
            out += [(line, 0.0) for line in self.set_row(self.some("widgets", 1, 4), 0.4)]
        return out

    def credit(self) -> list[Line]:
        """Who wrote or edited the text, said below it: neither content nor chrome."""
        forms = [form for form in self.parts["after"] + self.parts["bylines"] if "{p}" in form]
        return [(self.fill(self.chooser.choice(forms)), _UNKNOWN)] if forms and self.chooser.random() < 0.15 else []

    def bottom(self) -> list[str]:
        """What stands below the text."""
        chance = self.chooser.random
        out: list[str] = []
        if chance() < 0.6:
            out += self.set_row(self.some("after", 1, 3), 0.15)
        if chance() < 0.35:
            out += self.set_row(self.some("widgets", 1, 4), 0.5)
        if chance() < 0.45:
            out += self.some("related", 1, 1)
            mark = self.chooser.choice(("", "", "· ", "- ", "• ", "[图] " if self.pen.words_of == "zh" else "» "))
            out += [mark + self.headline() for _ in range(self.chooser.randint(1, 6))]
        if chance() < 0.35:
            out += self.some("after", 1, 4)
        if chance() < 0.2:
            out += self.set_row(self.some("menu", 3, 8), 0.6)
        if chance() < 0.85:
            out += self.set_row(self.some("footers", 1, 7), 0.25)
        return out


def sites(texts: Sequence[LabelledText], number: int, fold: int, seed: int) -> list[LabelledText]:
    """So many pages of made-up sites; their texts are gold texts of the fold, or made up."""
    chooser = random.Random(seed)  # noqa: S311
    bodies = _bodies(texts)
    headlines = {language: [body[0] for body in known if 8 < len(body[0]) < 90] for language, known in bodies.items()}
    languages = (*_OFTEN, *(language for language in SITES if language not in _OFTEN))
    out: list[LabelledText] = []
    for place in range(number):
        language = chooser.choice(languages)
        known = "zh" if language == "tw" else language
        site = _Site(language, headlines.get(known, ()), chooser)
        body = _body(language, bodies.get(known, ()), chooser)
        lines = [(line, 1.0) for line in body]
        if chooser.random() > _CLEAN:
            lines = _thread(body, site) if chooser.random() < _FORUM else _dressed(body, site)
        text, labels = set_as_text(lines, chooser)
        gold = "\n".join(line for line, label in lines if label >= 0.5)
        name = f"site-{fold}-{place}"
        out.append(LabelledText("sites", name, name, "composed", known, "", text, labels, gold, fold))
    return out


def _bodies(texts: Sequence[LabelledText]) -> dict[str, list[list[str]]]:
    out: dict[str, list[list[str]]] = {}
    for text in texts:
        lines = [line.strip() for line in text.text.split("\n") if line.strip()]
        if text.layout == "lines" and text.corpus == "lines-pages":
            lines = [line for line, label in zip(lines, text.labels.tolist(), strict=True) if label >= 0.5]
        elif text.layout != "gold":
            continue
        if len(lines) >= _LEAST_BODY:
            out.setdefault(text.language, []).append(lines)
    return out


def _body(language: str, known: Sequence[list[str]], chooser: random.Random) -> list[str]:
    """A text of the language, or one that is made up, or one with a made-up end."""
    luck = chooser.random()
    if not known or luck < _MADE_UP:
        return made_up(language, chooser)
    body = list(chooser.choice(known))
    if len(body) > _LONGEST_BODY or chooser.random() < 0.5:
        body = body[: chooser.randint(_LEAST_BODY, min(len(body), _LONGEST_BODY))]
    return body + ending(language, chooser) if luck > 1 - _MADE_UP_END else body


def _dressed(body: list[str], site: _Site) -> list[Line]:
    chooser = site.chooser
    top = [(line, 0.0) for line in site.top(body[0])] if chooser.random() < 0.92 else []
    text = [(line, 1.0) for line in body[1:]]
    while len(text) > 3 and chooser.random() < 0.25:
        at = chooser.randint(1, len(text) - 1)
        text[at:at] = [(line, 0.0) for line in site.some("asides", 1, 2)]
    bottom = [(line, 0.0) for line in site.bottom()] if chooser.random() < 0.92 else []
    return [*top, (body[0], 1.0), *site.below_title(), *text, *site.credit(), *bottom]


def _thread(body: list[str], site: _Site) -> list[Line]:
    """The text as the posts of a forum: who, since when, what, and the buttons below."""
    chooser = site.chooser
    out: list[Line] = [*((line, 0.0) for line in site.top(body[0])), (body[0], 1.0)]
    rest = body[1:]
    while rest:
        size = chooser.randint(1, 3)
        out.append((site.pen.person(), _UNKNOWN))
        out += [(line, 0.0) for line in site.set_row(site.some("widgets", 0, 3), 0.5)]
        out += [(line, _UNKNOWN) for line in site.some("bylines", 0, 1)]
        out += [(line, 1.0) for line in rest[:size]]
        out += [(line, 0.0) for line in site.set_row(site.some("widgets", 0, 3), 0.5)]
        rest = rest[size:]
    return out + [(line, 0.0) for line in site.bottom()]
