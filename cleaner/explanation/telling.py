"""What is told of a page and of each passage, in the same words on the terminal and on the page."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from cleaner.verdict import Category
from cleaner.writers.front_matter import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.document import Encoding, Finding, Passage
    from cleaner.explanation import Explanation

# How the names of rules begin that are a model's, or what a model's zones say; all others are rules of their own.
_MODELS = ("block model", "zone:", "model:", "shape:", "profile")
_NOT_TOLD = frozenset(("image", "date_precision", "description", "keywords"))
_EXCERPT = 60  # characters
DOUBTFUL = 0.75  # the probability of what stays, below which it is told why


class Fact(NamedTuple):
    """A line about the page: a name, a value, and where it was found."""

    name: str
    value: str
    found: str = ""


class Run(NamedTuple):
    """Passages that follow one another and went for the same reason, or stayed."""

    category: Category | None
    passages: tuple[Passage, ...]


def facts(explanation: Explanation) -> list[Fact]:
    """What is known of the page: its metadata, then its encoding."""
    metadata = explanation.metadata
    told = [
        Fact(name.replace("_", " "), value, metadata.evidence.get(name, ""))
        for name in FIELDS
        if name not in _NOT_TOLD and (value := getattr(metadata, name))
    ]
    return [*told, *_encoding(explanation.encoding)]


def _encoding(encoding: Encoding) -> Iterator[Fact]:
    declared = f"{encoding.name}, declared {encoding.declared}" if encoding.declared else encoding.name
    yield Fact("charset", declared, f"{encoding.evidence}, sureness {encoding.sureness:.2f}")
    if encoding.repairs:
        yield Fact("repaired", ", ".join(encoding.repairs))
    if encoding.replaced:
        yield Fact("replaced", f"{encoding.replaced} places that are not {encoding.name}")
    if encoding.lost:
        yield Fact("lost before", f"{encoding.lost} characters")


def excerpt(finding: Finding) -> str:
    """A finding with the beginning of what it is about; hidden text is not told."""
    text = "" if finding.category is Category.HIDDEN else " ".join(finding.text[: 4 * _EXCERPT].split())
    shortened = text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1]}…"
    return f"{finding.message}: {shortened}" if shortened else finding.message


def summary(explanation: Explanation) -> str:
    """How much went, in words."""
    removed = len(explanation.removed())
    return f"{removed or 'nothing'} of {len(explanation.passages)} parts removed"


def counts(explanation: Explanation) -> Counter[str]:
    """How many passages went by category, the most first."""
    return Counter(str(passage.category) for passage in explanation.removed())


def runs(passages: Sequence[Passage]) -> Iterator[Run]:
    """The passages in runs of one category."""
    for category, group in groupby(passages, lambda passage: None if passage.kept else passage.category):
        yield Run(category, tuple(group))


def by_model(passage: Passage) -> bool:
    """Whether a model decided, so that the features of its score are the reason."""
    return passage.weighing is not None and (not passage.rule or passage.rule.startswith(_MODELS))


class Told(NamedTuple):
    """A reason with its weight; `own` is False for what all blocks start with, and for what all else added."""

    weight: float
    words: str
    own: bool = True


def reasons(passage: Passage) -> list[Told]:
    """How the model came to its score, if it decided: the weights sum to the log odds."""
    weighing = passage.weighing
    if weighing is None or not by_model(passage):
        return []
    return [
        *(Told(reason.weight, reason.words) for reason in weighing.reasons),
        Told(weighing.rest, "all other features together", own=False),
        Told(weighing.base, "where every part of a page starts", own=False),
    ]


def verdict(passage: Passage) -> str:
    """The verdict on a passage in a sentence."""
    if passage.kept:
        return f"kept: {_likely(passage)}"
    if passage.category is Category.HIDDEN:
        return f"hidden from the page's readers: {passage.rule}"
    by = f"by the {passage.rule}" if passage.rule.endswith("model") else f"by {passage.rule}"
    return f"removed as {passage.category} {by}: {_likely(passage)}"


def _likely(passage: Passage) -> str:
    return f"{100 * passage.score:.0f} % likely content"


def signed(weight: float) -> str:
    """A weight with its sign, as wide as others."""
    return f"{weight:+.2f}".replace("-", "−")
