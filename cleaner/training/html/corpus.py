"""Pages with what is known of their content, as the judge of HTML is trained on them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cleaner.training.gold import read_gold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Word tokens as the field's scorers count them: runs of word characters, ideographs one by one.
_IDEOGRAPH = r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]"
_TOKEN = re.compile(rf"{_IDEOGRAPH}|(?:(?!{_IDEOGRAPH})\w)+")
FOLDS = 5
# Second-level domains under which anybody registers; the public suffix list in small.
_SHARED_SUFFIXES = frozenset(("co", "com", "org", "net", "gov", "ac", "edu", "go", "or", "ne", "gob", "gc"))


@dataclass(frozen=True, slots=True)
class GoldPage:
    """One page of a corpus: the HTML as bytes, and what a person says of its content.

    gold      the whole content as text; None if only snippets are known
    present   snippets that are content
    absent    snippets that are not
    """

    corpus: str
    id: str
    url: str
    language: str
    kind: str
    html: bytes
    gold: str | None
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def domain(self) -> str:
        """The registered domain, or the page's own id if it has no address."""
        return registered_domain(self.url) or self.id


def read_corpus(folder: Path) -> Iterator[GoldPage]:
    """The pages in the order of `gold.jsonl`; raises UnreadableInput for a broken corpus."""
    for gold in read_gold(folder):
        yield GoldPage(
            gold.corpus,
            gold.id,
            gold.url,
            gold.language,
            gold.kind,
            gold.html(),
            gold.text,
            gold.present,
            gold.absent,
        )


def read_texts(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Id, address, language and content of the pages whose whole content is known."""
    for gold in read_gold(folder):
        if gold.text:
            yield gold.id, gold.url, gold.language, gold.text


def fold_of(domain: str) -> int:
    """The fold of a domain; the same in every run."""
    return int(hashlib.md5(domain.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def registered_domain(url: str) -> str:
    """The part of the host that somebody registered: example.co.uk for news.example.co.uk; "" without a host."""
    host = urlsplit(url).netloc.lower().partition(":")[0]
    parts = host.split(".")
    if len(parts) >= 3 and len(parts[-1]) == 2 and parts[-2] in _SHARED_SUFFIXES:
        return ".".join(parts[-3:])
    return ".".join(parts[-2:])


def tokens(text: str) -> list[str]:
    """The word tokens of a text, lower-cased."""
    return _TOKEN.findall(text.lower())


def overlap(found: list[str], gold: list[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of two bags of tokens; all 1 if both are empty."""
    if not gold or not found:
        same = float(not gold and not found)
        return same, same, same
    both = (Counter(found) & Counter(gold)).total()
    precision, recall = both / len(found), both / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0
