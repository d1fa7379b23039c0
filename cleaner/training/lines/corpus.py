"""Labelled pages for training: folders of pages with gold text, and files of labelled lines.

A folder is as in `cleaner.training.gold`. A file of labelled
lines is JSON Lines, packed with xz or not: {"id", "lines": [[text, label], …]}, label 1 for content.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from cleaner.errors import UnreadableInput
from cleaner.training.gold import read_gold
from cleaner.training.lines.labels import label_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from cleaner.training.gold import Gold

FOLDS = 5
WRAP = 72  # columns of hard-wrapped text
# Text of these elements is never on the page.
_UNSEEN = frozenset({"script", "style", "noscript", "template", "textarea", "title"})
_SECOND_LEVEL = frozenset({"com", "co", "org", "gov", "net", "edu", "ac"})
_SHARED_CHROME = 2  # lines; pages that share so many come from one template


@dataclass(slots=True)
class LabelledText:
    """A page as bare text.

    group    what must stay on one side of a split: the site's domain, or the page itself where there is none
    layout   how the page became text: `dump` (laid out), `nodes` (a text node a line), `gold` (the gold text itself),
             `lines` (labelled as found), `composed` (from parts of others)
    text     lines parted by line feeds; blank ones included
    labels   one a line that isn't blank: share of content 0 to 1, NaN where unknown
    gold     the gold text
    fold     the part of a grouped validation that the page belongs to
    """

    corpus: str
    id: str
    group: str
    layout: str
    language: str
    kind: str
    text: str
    labels: NDArray[np.float32]
    gold: str
    fold: int = -1

    def __post_init__(self) -> None:
        """Give the page the fold of its group, unless it has one."""
        if self.fold < 0:
            self.fold = fold_of(self.group)

    def lines(self) -> list[str]:
        """The lines that the labels belong to."""
        return [line for line in self.text.split("\n") if line.strip()]


def fold_of(group: str) -> int:
    """The fold of a group, 0 to `FOLDS` - 1; the same in every run."""
    return int(hashlib.md5(group.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def site(url: str) -> str:
    """The registered domain of an address, near enough for keeping pages of one site together."""
    parts = (urlsplit(url).hostname or url).split(".")
    size = 3 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL else 2
    return ".".join(parts[-size:])


def read_pages(folder: Path) -> Iterator[LabelledText]:
    """Each page of a folder in three layouts: laid out, a text node a line, and its gold text as it should stay."""
    for gold in read_gold(folder):
        if gold.text:
            for layout, text in _layouts(gold.html(), gold):
                yield from _labelled(gold, layout, text)


def _layouts(html: bytes, gold: Gold) -> Iterator[tuple[str, str]]:
    import turbohtml
    from inscriptis import get_text

    document = turbohtml.parse(html, detect_encoding=True)
    source = html.decode(document.encoding or "utf-8", "replace")
    try:
        yield "dump", get_text(source)
    except (AssertionError, LookupError, RecursionError, ValueError):
        return  # a page that the layout engine can't read
    yield "nodes", "\n".join(_nodes(document))
    kept = gold.text or ""
    variant = int(hashlib.md5(gold.id.encode(), usedforsecurity=False).hexdigest(), 16) % 3
    if variant == 1:
        kept = re.sub(r"\n\s*\n", "\n", kept)
    elif variant == 2 and gold.language != "zh":
        kept = "\n\n".join("\n".join(textwrap.wrap(part, WRAP)) for part in kept.split("\n") if part.strip())
    yield "gold", kept


def _nodes(document: Any) -> Iterator[str]:
    import turbohtml

    for node in document.descendants:
        if isinstance(node, turbohtml.Text):
            text = " ".join(str(node.text).split())
            parent = node.parent
            if text and getattr(parent, "tag", "") not in _UNSEEN:
                yield text


def _labelled(gold: Gold, layout: str, text: str) -> Iterator[LabelledText]:
    text = normal(text)
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        return
    labels = np.ones(len(lines), np.float32) if layout == "gold" else label_lines(lines, gold.text or "")
    if labels is None:
        return
    group = site(gold.url) or f"{gold.corpus}/{gold.id}"
    yield LabelledText(gold.corpus, gold.id, group, layout, gold.language, gold.kind, text, labels, gold.text or "")


def read_lines(path: Path) -> list[LabelledText]:
    """The pages of a file of labelled lines; labels 1 and 4 are content, 0 and 3 chrome, others unknown.

    Pages that share chrome lines come from one template and form one group. Raises UnreadableInput for a broken file.
    """
    try:
        return _read_lines(path)
    except OSError as error:
        raise UnreadableInput(f"{(error.strerror or str(error)).lower()}: {path}") from None
    except (ValueError, KeyError, TypeError, AttributeError, lzma.LZMAError, EOFError) as error:
        hint = 'each line is {"id": …, "lines": [[text, label], …]}'
        raise UnreadableInput(f"not a file of labelled lines: {path}: {error}", hint=hint) from None


def _read_lines(path: Path) -> list[LabelledText]:
    corpus = path.name.split(".")[0]
    known = {0: 0.0, 1: 1.0, 3: 0.0, 4: 1.0}
    out: list[LabelledText] = []
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            pairs = [(normal(text).replace("\n", " "), label) for text, label in row["lines"]]
            labels = np.array([known.get(label, np.nan) for text, label in pairs if text.strip()], np.float32)
            if len(labels):
                gold = "\n".join(text for text, label in pairs if label in (1, 4))
                text = "\n".join(text for text, _ in pairs)
                language = row.get("lang", corpus[-2:])[:2]
                out.append(
                    LabelledText(
                        corpus,
                        row["id"],
                        f"{corpus}/{row['id']}",
                        "lines",
                        language,
                        row.get("kind", ""),
                        text,
                        labels,
                        gold,
                    )
                )
    if len(out) < 200:
        _group_templates(out)
    return out


def _group_templates(texts: list[LabelledText]) -> None:
    chrome = [
        {line for line, label in zip(text.lines(), text.labels.tolist(), strict=True) if label < 0.5} for text in texts
    ]
    leader = list(range(len(texts)))

    def lead(i: int) -> int:
        while leader[i] != i:
            i = leader[i]
        return i

    for i in range(len(texts)):
        for j in range(i):
            if len(chrome[i] & chrome[j]) >= _SHARED_CHROME:
                leader[lead(i)] = lead(j)
    for i, text in enumerate(texts):
        text.group = texts[lead(i)].group
        text.fold = fold_of(text.group)


def normal(text: str) -> str:
    """Line ends as line feeds, control and format characters out: what the pipeline does before any reader."""
    text = re.sub(r"\r\n?|\u2028|\x85", "\n", text)
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff\u00ad\ud800-\udfff]", "", text)
