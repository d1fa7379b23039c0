"""Raw HTML inside Markdown → blocks: its words, without the markup that only a browser needs."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from cleaner.document import CodeBlock, Paragraph, Text

if TYPE_CHECKING:
    from cleaner.document import Block

_UNSEEN = re.compile(r"<(script|style|template)\b", re.IGNORECASE)
_PREFORMATTED = re.compile(r"\s*<pre\b", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,4000}>|<[!?][^<>]{0,4000}>")
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|li|ul|ol|tr|table|h[1-6]|section|article|header|footer|summary|details|dt|dd|blockquote|figcaption)\b"
    r"[^<>]{0,4000}>",
    re.IGNORECASE,
)


def markup_blocks(markup: str) -> list[Block]:
    """A paragraph for each line or block element that holds words; comments, scripts and styles are none."""
    markup = _without_unseen(_without_comments(markup))
    if _PREFORMATTED.match(markup):
        code = unescape(_TAG.sub("", markup)).strip("\n")
        return [CodeBlock(code)] if code.strip() else []
    words = unescape(_TAG.sub("", _BLOCK_TAG.sub("\n", markup)))
    return [Paragraph((Text(" ".join(line.split())),)) for line in words.split("\n") if line.strip()]


def _without_comments(markup: str) -> str:
    pieces, at = [], 0
    while (start := markup.find("<!--", at)) >= 0:
        pieces.append(markup[at:start])
        end = markup.find("-->", start + 4)
        if end < 0:
            return "".join(pieces)
        at = end + 3
    pieces.append(markup[at:])
    return "".join(pieces)


def _without_unseen(markup: str) -> str:
    pieces, at = [], 0
    folded = markup.lower()
    while found := _UNSEEN.search(markup, at):
        pieces.append(markup[at : found.start()])
        end = folded.find(f"</{found[1].lower()}", found.end())
        if end < 0 or len(folded) != len(markup):
            return "".join(pieces)
        at = markup.find(">", end) + 1 or len(markup)
    pieces.append(markup[at:])
    return "".join(pieces)
