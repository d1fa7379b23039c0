"""The texts of composed pages: paragraphs, and bodies as real ones are, with headings, lists, tables and captions."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from cleaner.training.lines.made_up import SITES, Pen

if TYPE_CHECKING:
    import random

MARK = "\ue000"  # a private character before each text that is content; to be taken out before anything is learnt
LONGEST_TITLE = 70  # characters
# How often each element follows another in a body; nearly all of it is paragraphs.
ELEMENTS = {
    "paragraph": 66,
    "section": 14,
    "list": 9,
    "picture": 5,
    "aside": 5,
    "table": 4,
    "quote": 3,
    "code": 2,
}
LINKED, BOLD = 0.12, 0.06  # share of paragraphs with a link, or bold words
_MARKED = re.compile(MARK + r'((?:[^<\ue000]|<a href="#t">[^<]{0,400}</a>|<b>[^<]{0,400}</b>)*)')
_INLINE = re.compile(r"<[^>]{1,20}>")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def marked(text: str) -> str:
    """A text as it stands in the markup, marked as content."""
    return MARK + html.escape(text)


def marked_texts(markup: str) -> list[str]:
    """The texts of the markup that are marked as content."""
    return [html.unescape(_INLINE.sub("", text)) for text in _MARKED.findall(markup)]


class Author:
    """Writes in one language: borrowed sentences, or random words where there are none."""

    def __init__(self, pen: Pen, chooser: random.Random, pool: list[str]) -> None:
        self.pen, self.chooser, self.pool = pen, chooser, pool

    def sentence(self) -> str:
        """One sentence."""
        return self.chooser.choice(self.pool) if self.pool else self.pen.sentence()

    def title(self) -> str:
        """What could stand over a page."""
        if self.pool:
            return self.sentence().rstrip(".!。！")[:LONGEST_TITLE]
        return self.pen.words(self.chooser.randint(3, 8))

    def name(self) -> str:
        """What a thing could be called: a few words."""
        if not self.pool:
            return self.pen.words(self.chooser.randint(1, 5))
        text = self.sentence().rstrip(".!?。！？")
        if _WIDE.search(text):
            return text[: self.chooser.randint(4, 16)]
        return " ".join(text.split()[: self.chooser.randint(1, 7)])

    def paragraph(self) -> str:
        """A few sentences."""
        joint = "" if self.pen.joint == "" else " "
        return joint.join(self.sentence() for _ in range(self.chooser.randint(1, 3)))

    def said_around(self, kind: str, site: str) -> str:
        """A line of a kind that sites in the language put around their texts, such as `asides` or `after`."""
        form = self.chooser.choice(SITES[self.pen.language][kind])
        menu = self.chooser.choice(SITES[self.pen.language]["menu"])
        return self.pen.fill(form.replace("{t}", self.title()).replace("{s}", site).replace("{m}", menu))

    def body(self, elements: int) -> str:
        """So many elements as markup, all marked but what the site puts between them; it begins with a paragraph."""
        kinds = ["paragraph", *self.chooser.choices(list(ELEMENTS), list(ELEMENTS.values()), k=elements - 1)]
        return "".join(getattr(self, f"_{kind}")() for kind in kinds)

    def facts(self, form: str) -> str:
        """Labelled facts, each as the form has it, which has a place for the label and one for the value."""
        return "".join(
            form.format(marked(self.name()), marked(self._value())) for _ in range(self.chooser.randint(3, 9))
        )

    def _value(self) -> str:
        return self.name() if self.chooser.random() < 0.6 else str(self.chooser.randint(1, 900))

    def _paragraph(self) -> str:
        chance = self.chooser.random()
        text = html.escape(self.paragraph())
        if chance < LINKED:
            text += f' <a href="#t">{html.escape(self.name())}</a>'
        elif chance < LINKED + BOLD:
            text = f"<b>{html.escape(self.name())}</b> {text}"
        return f"<p>{MARK}{text}</p>"

    def _section(self) -> str:
        level = self.chooser.choice(("h2", "h2", "h3"))
        return f"<{level}>{marked(self.name())}</{level}>{self._paragraph()}"

    def _list(self) -> str:
        write = self.chooser.choice((self.name, self.sentence))
        items = "".join(f"<li>{marked(write())}</li>" for _ in range(self.chooser.randint(3, 8)))
        return f"<ol>{items}</ol>" if self.chooser.random() < 0.3 else f"<ul>{items}</ul>"

    def _picture(self) -> str:
        caption = marked(self.chooser.choice((self.name, self.sentence))())
        return self.chooser.choice(
            (
                f'<figure><img src="p.jpg"><figcaption>{caption}</figcaption></figure>',
                f'<div class="wp-caption"><img src="p.jpg"><p class="wp-caption-text">{caption}</p></div>',
                f'<p><img src="p.jpg"></p><p class="caption">{caption}</p>',
            )
        )

    def _aside(self) -> str:
        """What is no content though it stands in the body: a pointer to another page, or a notice."""
        text = html.escape(self.said_around("asides", ""))
        return self.chooser.choice(
            (
                f'<p><a href="#">{text}</a></p>',
                f'<p><strong><a href="#">{text}</a></strong></p>',
                f'<div class="read-more"><a href="#">{text}</a></div>',
                f'<div class="ad-label">{text}</div>',
            )
        )

    def _table(self) -> str:
        columns = self.chooser.randint(2, 4)
        head = "".join(f"<th>{marked(self.name())}</th>" for _ in range(columns))
        rows = (
            "".join(f"<td>{marked(self.name() if column == 0 else self._value())}</td>" for column in range(columns))
            for _ in range(self.chooser.randint(2, 7))
        )
        return f"<table><tr>{head}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"

    def _quote(self) -> str:
        return f"<blockquote><p>{marked(self.paragraph())}</p></blockquote>"

    def _code(self) -> str:
        call = f"{self.chooser.choice('abcxyz')} = run({self.chooser.randint(1, 99)})"
        return f"<pre><code>{marked(call)}</code></pre>"
