"""Composed pages: threads, articles, shops, lists and services in the markup of many engines, with known content.

The corpora have few forums and shops, and hardly any that isn't English: what an engine calls its parts, and what it
says of its users, is learnt here. Texts are sentences of the corpora's own texts, from the fold that the engine's pages
are in, or words drawn at random; they are never written anywhere.
"""

from __future__ import annotations

import html
import random
import re
import tomllib
from collections import defaultdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from cleaner.training.html.composed_text import Author, marked, marked_texts
from cleaner.training.html.corpus import GoldPage, fold_of, read_texts, registered_domain
from cleaner.training.lines.made_up import SITES, Pen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NAME = "composed"
DATA = ("composed.toml", "composed_sites.toml")
PAGES = 14  # of each engine of forums
SITE_PAGES = 8  # of each engine that has parts
# Languages of the corpora's texts that are borrowed from; others get random words.
LENT = ("en", "zh", "ru", "ja")
SHORTEST, LONGEST = 12, 220  # characters of a borrowed sentence
MOST_SENTENCES = 4_000  # of one fold and language
THANKS = 0.25  # share of replies that are but a word of thanks
_SENTENCE = re.compile(r"[^.!?。！？\n]{1,400}[.!?。！？]+[”’\"»」]?")
_OPTION = re.compile(r"\{\?(.{1,400}?)\?\}", re.DOTALL)
_SITE_OPTION = re.compile(r"\{!(.{1,900}?)!\}", re.DOTALL)
_PLACE = re.compile(r"\$\{?([a-z0-9]+)\}?")
_NAMES = {"zh": "chinese", "tw": "chinese", "ja": "japanese", "ko": "korean", "ru": "russian"}
_AROUND = {"bylines", "asides", "after", "widgets", "tools", "paths", "related", "mottoes", "footers"}
_FACTS = {
    "factrows": "<tr><th>{}</th><td>{}</td></tr>",
    "factcells": "<tr><td>{}</td><td>{}</td></tr>",
    "factitems": "<li><span>{}</span>: <span>{}</span></li>",
    "factterms": "<dt>{}</dt><dd>{}</dd>",
}
_Table = dict[str, list[str]]


def compose(corpora: Sequence[Path]) -> Iterator[GoldPage]:
    """The pages of all engines, the same in every run on the same corpora."""
    data = _read_data()
    lent = _sentences(corpora)
    for name, engine in data["engine"].items():
        domain = f"{name}.example"
        for number in range(SITE_PAGES if "parts" in engine else PAGES):
            chooser = random.Random(f"{name} {number}")  # noqa: S311 - no secrets
            language = chooser.choice(engine["languages"])
            pool = lent[fold_of(domain), "zh" if language == "tw" else language]
            writer = _Writer(data, language, chooser, pool)
            yield writer.page(name, number, engine)


def _read_data() -> dict[str, Any]:
    """The tables of all files, those of the same name joined."""
    out: dict[str, Any] = defaultdict(dict)
    for name in DATA:
        text = (files("cleaner") / "training/html" / name).read_text("utf-8")
        for kind, tables in tomllib.loads(text).items():
            for key, table in tables.items():
                out[kind][key] = out[kind].get(key, {}) | table if isinstance(table, dict) else table
    return out


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
        self.pen, self.chooser = Pen(language, chooser), chooser
        self.author = Author(self.pen, chooser, pool)
        self.currency: str = data["currency"].get(language, data["currency"]["en"])
        # An engine that isn't translated speaks English.
        words: _Table = data["words"]["en"] | data["words"].get("zh" if language == "tw" else language, {})
        self.words = words | {"user": data["names"][_NAMES.get(language, "latin")]}
        # A site says the same of all its posts.
        self.fixed = {key: html.escape(chooser.choice(values)) for key, values in words.items()}
        self.parts: dict[str, dict[str, Any]] = {}

    def page(self, name: str, number: int, engine: dict[str, Any]) -> GoldPage:
        """A page of the engine, with its content."""
        title = self.author.title()
        self.fixed |= {"title": html.escape(title), "heading": marked(title)}
        self.parts = {
            key: part | {"form": self._of_site(part["form"])} for key, part in engine.get("parts", {}).items()
        }
        comments = engine.get("comments", False)
        texts = {} if "parts" in engine else self._thread(engine, content=not comments)
        head = f"<head><title>{self.fixed['title']} - {self.fixed['site']}</title></head>"
        body = f"<body>{self._fill(self._of_site(engine['page']), texts)}</body>"
        return GoldPage(
            corpus=NAME,
            id=f"{name}-{number}",
            url=f"https://www.{name}.example/{self._fill(engine['address'], {})}",
            language=self.pen.language,
            kind=engine.get("kind", "comments" if comments else "forum"),
            html=f"<html>{head}{body}</html>".encode(),
            gold="\n".join(marked_texts(body)),
        )

    def _thread(self, engine: dict[str, Any], *, content: bool) -> dict[str, str]:
        """The first text and the entries of a thread, or of an article and its comments, which are no content."""
        chooser, between = self.chooser, engine["paragraphs"]
        if engine.get("long"):
            opening = self.author.body(chooser.randint(3, 12))
        else:
            opening = self._post(between, chooser.randint(1, 3), content=True)
        lengths = [0 if chooser.random() < THANKS else chooser.choice((1, 1, 2)) for _ in range(chooser.randint(1, 9))]
        replies = [self._post(between, length, content=content) for length in lengths]
        posts = replies if "first" in engine else [opening, *replies]
        entries = "".join(self._entry(engine["entry"], post, place) for place, post in enumerate(posts, 1))
        return {"entries": entries, "first": self._fill(engine.get("first", ""), {"body": opening})}

    def _entry(self, form: str, post: str, place: int) -> str:
        return self._fill(form, {"body": post, "id": str(1000 + place)})

    def _of_site(self, form: str) -> str:
        """The form with what a site has everywhere or nowhere."""
        return _SITE_OPTION.sub(lambda option: option[1] if self.chooser.random() < 0.5 else "", form)

    def _fill(self, form: str, texts: dict[str, str]) -> str:
        """The form with its options taken or left, and all its places filled."""
        form = _OPTION.sub(lambda option: option[1] if self.chooser.random() < 0.5 else "", form)
        return _PLACE.sub(lambda place: texts[place[1]] if place[1] in texts else self._word(place[1]), form)

    def _word(self, name: str) -> str:
        chooser = self.chooser
        if name in self.parts:
            part = self.parts[name]
            return "".join(self._fill(part["form"], {}) for _ in range(chooser.randint(part["least"], part["most"])))
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
        return self.fixed[name] if name in self.fixed else self._text(name)

    def _text(self, name: str) -> str:
        """A text of a page that isn't a thread: content, or what stands around it."""
        author, chooser = self.author, self.chooser
        if name in _FACTS:
            return author.facts(_FACTS[name])
        if name in _AROUND:
            return html.escape(author.said_around(name, html.unescape(self.fixed["site"])))
        price = self.currency.format(chooser.choice((f"{chooser.randint(1, 99)}.{chooser.randint(0, 99):02}", "25")))
        write = {
            "body": lambda: author.body(chooser.randint(2, 7)),
            "name": lambda: marked(author.name()),
            "blurb": lambda: marked(author.sentence()),
            "text": lambda: marked(author.paragraph()),
            "cost": lambda: marked(price),
            "day": lambda: marked(self.pen.date()),
            "where": lambda: marked(chooser.choice(self.words["place"])),
            "other": lambda: html.escape(author.name()),
            "tease": lambda: html.escape(author.sentence()),
            "amount": lambda: html.escape(price),
        }
        return write[name]()

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
        return "".join(forms[name].format(html.escape(self.author.title())) for _ in range(self.chooser.randint(3, 7)))

    def _post(self, between: str, paragraphs: int, *, content: bool) -> str:
        """A text of so many paragraphs; of none, a word of thanks."""
        lines = [self.author.paragraph() for _ in range(paragraphs)] or [self.chooser.choice(self.words["thanks"])]
        safe = [marked(line) if content else html.escape(line) for line in lines]
        return "".join(f"<p>{line}</p>" for line in safe) if between == "p" else between.join(safe)
