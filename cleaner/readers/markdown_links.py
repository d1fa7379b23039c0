"""How much of a stretch of Markdown is link: labels and addresses, by form, without a parser."""

from __future__ import annotations

import re

_TARGET = (
    r"\(\s{0,3}<?[^()\s]{0,4000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?(?:\s{1,3}[\"'(][^\"\n]{0,300}[\"')])?\s{0,3}\)"
)
_IMAGE = re.compile(rf"!\[[^\[\]]{{0,500}}\]{_TARGET}")
_LINK = re.compile(rf"\[([^\[\]]{{0,500}})\](?:{_TARGET}|\[[^\[\]]{{0,200}}\])")
_ADDRESS = re.compile(r"<(?:https?://|mailto:)[^<>\s]{1,2000}>|https?://[^\s<>\"()]{1,2000}")


def count_links(text: str) -> tuple[int, int]:
    """The number of links in a stretch of Markdown, and the characters of their labels; an image's label is empty."""
    if "](" not in text and "][" not in text and "://" not in text:
        return 0, 0
    text = _IMAGE.sub("", text)
    labels = [found[1] for found in _LINK.finditer(text)]
    rest = _LINK.sub("", text) if labels else text
    addresses = _ADDRESS.findall(rest) if "://" in rest else []
    return len(labels) + len(addresses), sum(map(len, labels)) + sum(map(len, addresses))
