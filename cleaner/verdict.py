"""What is decided about each block of a page, in the words that users see."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from cleaner.deferred import Resolved

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Category(StrEnum):
    """Why something was removed. The values are the words of the removal log, `--keep` and `--drop`."""

    NAVIGATION = "navigation"
    BREADCRUMB = "breadcrumb"
    SHARE = "share"
    WIDGET = "widget"
    RELATED = "related"
    PAGINATION = "pagination"
    BYLINE = "byline"
    OPERATOR = "operator"
    REGISTRATION = "registration"
    LEGAL = "legal"
    FOOTER = "footer"
    COOKIE = "cookie"
    LOGIN = "login"
    NEWSLETTER = "newsletter"
    COMMENTS = "comments"
    ADVERTISEMENT = "advertisement"
    SPAM = "spam"
    HIDDEN = "hidden"
    DUPLICATE = "duplicate"
    TEMPLATE = "template"
    BOILERPLATE = "boilerplate"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a removed block with a reason of its own: `start` and `end` are offsets in the block's text."""

    start: int
    end: int
    category: Category
    rule: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one block.

    `score` is the probability that the block is main content, 0 to 1. `rule` names the rule or the model that decided.
    `pieces` split a removed block that holds several kinds of chrome; empty if the block is removed as one.
    """

    keep: bool
    score: float
    category: Category | None = None
    rule: str = ""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch to take out of a block that is kept; `start` and `end` are offsets in the block's text."""

    block: int
    start: int
    end: int
    category: Category
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class BlockFinding:
    """Something worth telling about a stretch of a block, kept or removed; offsets in the block's text."""

    block: int
    start: int
    end: int
    category: Category
    rule: str
    score: float
    message: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A feature that moved a score: `weight` is what it added to the log odds of content, below zero if it took away.

    `words` say what the feature is and what value it has here.
    """

    feature: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Weighing:
    """How a model came to the log odds `total` that a block is content: base + weights of the reasons + rest.

    `base` is what it says of any block, `reasons` are the features that moved it most, the strongest first, and `rest`
    is what all others added together.
    """

    base: float
    reasons: tuple[Reason, ...]
    rest: float
    total: float


def unweighed() -> tuple[Weighing | None, ...]:
    """No block was weighed by a model."""
    return ()


@dataclass
class Judgement:
    """The judge's whole answer about a page.

    `verdicts` has one entry a block, in order. `title` is the index of the block that is the document's title, where
    the judge can tell. `sureness` is 0 to 1: how far the verdicts are from the cut, and how much there was to go by.
    `kept` says of each block whether it stays, as its verdict does; the verdicts' reasons are worked out when they are
    first asked for. `weigh` works out how the model came to each block's score, None for a block that it never saw;
    that costs more than the judgement itself, and only an explanation asks for it.
    """

    verdicts: Resolved[list[Verdict]] = Resolved()
    cuts: list[Cut] = field(default_factory=list)
    findings: list[BlockFinding] = field(default_factory=list)
    title: int | None = None
    sureness: float = 1.0
    kept: list[bool] = field(default_factory=list)
    weigh: Callable[[], Sequence[Weighing | None]] = field(default=unweighed, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Take what is kept from the verdicts, unless it was given."""
        self.kept = self.kept or [verdict.keep for verdict in self.verdicts]
