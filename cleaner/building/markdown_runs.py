"""Inline tokens of markdown-it → the runs of a Document."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from cleaner.addresses import is_harmful, is_picture, without_tracking
from cleaner.building.active_markup import can_act
from cleaner.building.joining import joint
from cleaner.document import Image, LineBreak, Link, Mark, MarkKind, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from cleaner.document import Marks, Run, Runs
    from cleaner.options import Options

_MARKS = {
    "strong": MarkKind.STRONG, "b": MarkKind.STRONG, "em": MarkKind.EMPHASIS, "i": MarkKind.EMPHASIS,
    "s": MarkKind.DELETED, "del": MarkKind.DELETED, "code": MarkKind.CODE, "kbd": MarkKind.CODE,
    "sub": MarkKind.SUBSCRIPT, "sup": MarkKind.SUPERSCRIPT,
}  # fmt: skip
_CODE = Mark(MarkKind.CODE)
_SPACES = re.compile(r"[ \t\n]{2,}|[\t\n]")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,30})")
_ATTRIBUTE = re.compile(
    r"""\s(href|src|alt|title)\s{0,9}=\s{0,9}(?:"([^"]{0,9999})"|'([^']{0,9999})'|([^\s"'>]{1,9999}))""", re.IGNORECASE
)


class RunReader:
    """Tokens in, runs out; `unsafe` counts the links and images that became text, `tracked` those that were shortened.

    Of the options, those about links and images count.
    """

    def __init__(self, options: Options) -> None:
        self._options = options
        self.unsafe = self.tracked = 0

    def runs(self, tokens: Sequence[Token]) -> Runs:
        """The runs of an inline token's children."""
        out: list[Run] = []
        marks: list[tuple[str, Mark | Link | None]] = []
        for position, token in enumerate(tokens):
            current = tuple(mark for _, mark in marks if mark is not None)
            if token.type in ("text", "text_special", "entity"):
                _append(out, token.content, current)
            elif token.type == "code_inline":
                _append(out, token.content, (*current, _CODE))
            elif token.type == "softbreak":
                _append(out, _soft(tokens, position), current)
            elif token.type == "hardbreak":
                out.append(LineBreak(current))
            elif token.type == "image":
                self._image(
                    out, str(token.attrs.get("src", "")), _plain(token), str(token.attrs.get("title", "")), current
                )
            elif token.type == "html_inline":
                self._tag(out, token.content, marks, current)
            elif token.type == "link_open":
                href, title = str(token.attrs.get("href", "")), str(token.attrs.get("title", ""))
                marks.append(("a", self._link(href, title)))
            elif token.nesting > 0:
                marks.append((token.tag, Mark(_MARKS[token.tag]) if token.tag in _MARKS else None))
            elif token.nesting < 0:
                _close(marks, token.tag)
        return tuple(out)

    def _link(self, href: str, title: str) -> Link | None:
        if self._options.unsafe_links or not is_harmful(href):
            return Link(self._stripped(href), title) if self._options.links else None
        self.unsafe += 1
        return None

    def _stripped(self, address: str) -> str:
        if not self._options.strip_tracking:
            return address
        stripped = without_tracking(address)
        self.tracked += stripped != address
        return stripped

    def _image(self, out: list[Run], src: str, alt: str, title: str, marks: Marks) -> None:
        if self._options.unsafe_links or not is_harmful(src) or is_picture(src):
            if self._options.images:
                out.append(Image(self._stripped(src), alt, title, marks))
            elif out and isinstance(out[-1], Text):  # one of the spaces around it stays
                out[-1] = Text(out[-1].text.rstrip(" "), out[-1].marks)
        else:
            self.unsafe += 1
            _append(out, alt, marks)

    def _tag(self, out: list[Run], markup: str, marks: list[tuple[str, Mark | Link | None]], current: Marks) -> None:
        """What a raw tag among text does: a break, an image, the beginning or the end of a mark; else nothing."""
        self.unsafe += not self._options.unsafe_links and can_act(markup, comments=self._options.keeps_comments)
        found = _TAG.match(markup)
        if found is None:
            return
        name = found[2].lower()
        values = {
            match[1].lower(): unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(markup)
        }
        if name == "br":
            out.append(LineBreak(current))
        elif name == "img" and "src" in values:
            self._image(out, values["src"], values.get("alt", ""), values.get("title", ""), current)
        elif found[1]:
            _close(marks, name)
        elif name == "a" and "href" in values:
            marks.append((name, self._link(values["href"], values.get("title", ""))))
        elif name in _MARKS:
            marks.append((name, Mark(_MARKS[name])))


def _close(marks: list[tuple[str, Mark | Link | None]], name: str) -> None:
    """Take the innermost open mark of this name off; a closing tag without its opening one is nothing."""
    for at in range(len(marks) - 1, -1, -1):
        if marks[at][0] == name:
            del marks[at]
            return


def _append(out: list[Run], text: str, marks: Marks) -> None:
    if not text:
        return
    if not (marks and marks[-1] == _CODE):
        text = _SPACES.sub(" ", text)
    last = out[-1] if out else None
    if isinstance(last, Text) and last.marks == marks and all(map(_same, last.marks, marks)):
        out[-1] = Text(last.text + text, marks)
    else:
        out.append(Text(text, marks))


def _same(one: Mark | Link, other: Mark | Link) -> bool:
    """Whether two runs share the mark: links are told apart by identity."""
    return one is other or (one == other and not isinstance(one, Link))


def _soft(tokens: Sequence[Token], position: int) -> str:
    before = tokens[position - 1].content if position else ""
    after = tokens[position + 1].content if position + 1 < len(tokens) else ""
    return joint(before, after)


def _plain(image: Token) -> str:
    """The words of an image's label."""
    words, pending = [], list(reversed(image.children or []))
    while pending:
        token = pending.pop()
        if token.type == "image":
            pending.extend(reversed(token.children or []))
        else:
            words.append(" " if token.type in ("softbreak", "hardbreak") else token.content)
    return "".join(words)
