"""Composed pages: threads and articles in the markup of many engines, with known content in many languages.

The corpora have few forums, and hardly any that isn't English: what an engine calls its parts, and what it says of its
users, is learnt here. Titles and posts are sentences of the corpora's own texts, from the fold that the engine's pages
are in, or words drawn at random; they are never written anywhere.
"""

from __future__ import annotations

import html
import random
import re
import tomllib
from collections import defaultdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.training.html.corpus import GoldPage, fold_of, read_texts, registered_domain
from cleaner.training.lines.made_up import SITES, Pen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NAME = "composed"
MARK = "\ue000"  # a private character before each paragraph that is content; to be taken out before anything is learnt
PAGES = 14  # of each engine
# Languages of the corpora's texts that are borrowed from; others get random words.
LENT = ("en", "zh", "ru", "ja")
SHORTEST, LONGEST = 12, 220  # characters of a borrowed sentence
MOST_SENTENCES = 4_000  # of one fold and language
THANKS = 0.25  # share of replies that are but a word of thanks
_SENTENCE = re.compile(r"[^.!?。！？\n]{1,400}[.!?。！？]+[”’\"»」]?")
_OPTION = re.compile(r"\{\?(.{1,400}?)\?\}", re.DOTALL)
_PLACE = re.compile(r"\$\{?([a-z0-9]+)\}?")
_NAMES = {"zh": "chinese", "tw": "chinese", "ja": "japanese", "ko": "korean", "ru": "russian"}
_Table = dict[str, list[str]]


class _Post(NamedTuple):
    """A text as lines, and as the engine shows it, marked if it is content."""

    lines: list[str]
    markup: str
    content: bool


def compose(corpora: Sequence[Path]) -> Iterator[GoldPage]:
    """The pages of all engines, the same in every run on the same corpora."""
    data: dict[str, Any] = tomllib.loads((files("cleaner") / "training/html/composed.toml").read_text("utf-8"))
    lent = _sentences(corpora)
    for name, engine in data["engine"].items():
        domain = f"{name}.example"
        for number in range(PAGES):
            chooser = random.Random(f"{name} {number}")  # noqa: S311 - no secrets
            language = chooser.choice(engine["languages"])
            pool = lent[fold_of(domain), "zh" if language == "tw" else language]
            writer = _Writer(data, language, chooser, pool)
            yield writer.page(name, number, engine)


def _sentences(corpora: Sequence[Path]) -> dict[tuple[int, str], list[str]]:
    """Sentences of the corpora's texts, by the fold of their domain and by language."""
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for folder in corpora:
        for identity, url, language, text in read_texts(folder):
            pool = found[fold_of(registered_domain(url) or identity), language]
            if language in LENT and len(pool) < MOST_SENTENCES:
                pool += [
                    sentence
                    for sentence in map(str.strip, _SENTENCE.findall(text))
                    if SHORTEST <= len(sentence) <= LONGEST
                ]
    return found


class _Writer:
    """Writes one page."""

    def __init__(self, data: dict[str, Any], language: str, chooser: random.Random, pool: list[str]) -> None:
        self.pen, self.chooser, self.pool = Pen(language, chooser), chooser, pool
        # An engine that isn't translated speaks English.
        words: _Table = data["words"]["en"] | data["words"].get("zh" if language == "tw" else language, {})
        self.words = words | {"user": data["names"][_NAMES.get(language, "latin")]}
        # A site says the same of all its posts.
        self.fixed = {key: html.escape(chooser.choice(values)) for key, values in words.items()}

    def page(self, name: str, number: int, engine: dict[str, Any]) -> GoldPage:
        """A page of the engine, with its content."""
        chooser = self.chooser
        comments = engine.get("comments", False)
        title = self._title()
        self.fixed |= {"title": html.escape(title), "heading": MARK + html.escape(title)}
        between = engine["paragraphs"]
        paragraphs = chooser.randint(3, 9) if engine.get("long") else chooser.randint(1, 3)
        opening = self._post(between, paragraphs, content=True)
        lengths = [0 if chooser.random() < THANKS else chooser.choice((1, 1, 2)) for _ in range(chooser.randint(1, 9))]
        replies = [self._post(between, length, content=not comments) for length in lengths]
        own_part = "first" in engine
        posts = replies if own_part else [opening, *replies]
        entries = "".join(self._entry(engine["entry"], post, place) for place, post in enumerate(posts, 1))
        first = self._fill(engine.get("first", ""), {"body": opening.markup})
        head = f"<head><title>{self.fixed['title']} - {self.fixed['site']}</title></head>"
        body = f"<body>{self._fill(engine['page'], {'entries': entries, 'first': first})}</body>"
        content = [title, *opening.lines, *(line for post in replies if post.content for line in post.lines)]
        return GoldPage(
            corpus=NAME,
            id=f"{name}-{number}",
            url=f"https://www.{name}.example/{self._fill(engine['address'], {})}",
            language=self.pen.language,
            kind="comments" if comments else "forum",
            html=f"<html>{head}{body}</html>".encode(),
            gold="\n".join(content),
        )

    def _entry(self, form: str, post: _Post, place: int) -> str:
        return self._fill(form, {"body": post.markup, "id": str(1000 + place)})

    def _fill(self, form: str, texts: dict[str, str]) -> str:
        """The form with its options taken or left, and all its places filled."""
        form = _OPTION.sub(lambda option: option[1] if self.chooser.random() < 0.5 else "", form)
        return _PLACE.sub(lambda place: texts[place[1]] if place[1] in texts else self._word(place[1]), form)

    def _word(self, name: str) -> str:
        chooser = self.chooser
        if name == "n":
            return str(chooser.randint(1, 10 ** chooser.randint(1, 4)))
        if name == "date":
            return self.pen.date() + (
                f" {chooser.randint(0, 23)}:{chooser.randint(10, 59)}" if chooser.random() < 0.5 else ""
            )
        if name in ("links", "linkrows", "linkspans"):
            return self._links(name)
        if name in ("menu", "menutext", "menucells", "footeritems"):
            return self._menu(name)
        if name in ("user", "rank", "floor", "place", "signature", "edited", "previous", "next"):
            return html.escape(chooser.choice(self.words[name]))
        return self.fixed[name]

    def _menu(self, name: str) -> str:
        items = self.chooser.sample(SITES[self.pen.language]["menu"], 6)
        forms = {"menutext": '<a href="#">{}</a> ', "menucells": '<td class="vbmenu_control"><a href="#">{}</a></td>'}
        return "".join(forms.get(name, '<li><a href="#">{}</a></li>').format(html.escape(item)) for item in items)

    def _links(self, name: str) -> str:
        forms = {
            "links": '<li><a href="#">{}</a></li>',
            "linkrows": '<tr class="topic-list-item"><td class="main-link"><a href="#">{}</a></td><td>3</td></tr>',
            "linkspans": '<div class="spacer"><a class="question-hyperlink" href="#">{}</a></div>',
        }
        return "".join(forms[name].format(html.escape(self._title())) for _ in range(self.chooser.randint(3, 7)))

    def _sentence(self) -> str:
        return self.chooser.choice(self.pool) if self.pool else self.pen.sentence()

    def _title(self) -> str:
        if self.pool:
            return self._sentence().rstrip(".!。！")[:70]
        return self.pen.words(self.chooser.randint(3, 8))

    def _post(self, between: str, paragraphs: int, *, content: bool) -> _Post:
        """A text of so many paragraphs; of none, a word of thanks."""
        chooser = self.chooser
        joint = "" if self.pen.joint == "" else " "
        lines = [joint.join(self._sentence() for _ in range(chooser.randint(1, 3))) for _ in range(paragraphs)]
        if not lines:
            lines = [chooser.choice(self.words["thanks"])]
        safe = [(MARK if content else "") + html.escape(line) for line in lines]
        markup = "".join(f"<p>{line}</p>" for line in safe) if between == "p" else between.join(safe)
        return _Post(lines, markup, content)
