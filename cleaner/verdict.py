"""What is decided about each block of a page, in the words that users see."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from cleaner.deferred import Resolved


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


@dataclass
class Judgement:
    """The judge's whole answer about a page.

    `verdicts` has one entry a block, in order. `title` is the index of the block that is the document's title, where
    the judge can tell. `sureness` is 0 to 1: how far the verdicts are from the cut, and how much there was to go by.
    `kept` says of each block whether it stays, as its verdict does; the verdicts' reasons are worked out when they are
    first asked for.
    """

    verdicts: Resolved[list[Verdict]] = Resolved()
    cuts: list[Cut] = field(default_factory=list)
    findings: list[BlockFinding] = field(default_factory=list)
    title: int | None = None
    sureness: float = 1.0
    kept: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take what is kept from the verdicts, unless it was given."""
        self.kept = self.kept or [verdict.keep for verdict in self.verdicts]
