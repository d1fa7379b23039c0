"""From what each feature added to a score to the strongest reasons, in words."""

from __future__ import annotations

import math
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.verdict import Reason, Weighing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Protocol

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

    class Details(Protocol):
        """What stands around a block, for words that speak of it."""

        def of(self, block: int, sign: float) -> Mapping[str, str]:
            """What `features.toml` may name, of a block; `sign` is that of what the feature added."""


MOST = 5  # reasons that are told
_PARTS = " | "  # between alternatives for values above zero, for zero, and below
_LEAST = 0.1  # log odds; of a first score that is nearer to its base, nothing can be said to be the cause
_FARTHEST = 10.0  # times; a second score that builds on the first more than this does something else with it
_ONE_OF_MANY = re.compile(r"^1 (small |form |line )?([a-z]{1,20})s\b")  # the words of features are written for many
_NEVER = 1e-6  # what is impossible has no odds
_EXCERPT = 24  # characters of a text nearby


class Part(NamedTuple):
    """What the features of one pass added: `shares` and their `values` are [features, blocks].

    table   the table of `features.toml` that has words for them
    """

    table: str
    names: Sequence[str]
    values: NDArray[np.float32]
    shares: Floats


def folded(second: Part, own: frozenset[str], first: Sequence[Part]) -> list[Part]:
    """`second` without what it takes from a block's first score alone (the features `own`), and the causes of that.

    The features of `first` take it in the proportions in which they made that score; the sum stays as it was.
    """
    rows = [index for index, name in enumerate(second.names) if name in own]
    passed = second.shares[rows].sum(0)
    made = np.sum([part.shares.sum(0) for part in first], axis=0)
    ratio = np.divide(passed, made, out=np.zeros_like(made), where=np.abs(made) >= _LEAST)
    ratio[(ratio < 0) | (ratio > _FARTHEST)] = 0
    kept = second.shares.copy()
    kept[rows] *= ratio == 0
    return [second._replace(shares=kept), *(part._replace(shares=part.shares * ratio) for part in first)]


def weighings(base: Floats, total: Floats, parts: Sequence[Part], details: Details) -> list[Weighing]:
    """How each block came to its log odds `total`: base, strongest reasons, and what all other features added."""
    shares = np.concatenate([part.shares for part in parts])
    flat = [(part, index) for part in parts for index in range(len(part.names))]
    most = min(MOST, len(shares))
    # The few largest, then in order: sorting all features of all blocks would cost more than weighing them.
    chosen = np.argpartition(-np.abs(shares), most - 1, axis=0)[:most]
    ranked = np.take_along_axis(chosen, np.argsort(-np.abs(np.take_along_axis(shares, chosen, 0)), axis=0), 0)
    out = []
    for block, rows in enumerate(ranked.T.tolist()):
        reasons = []
        for row in rows:
            part, index = flat[row]
            weight = float(shares[row, block])
            if weight:
                around = details.of(block, weight)
                words = say(part.table, part.names[index], float(part.values[index, block]), around)
                reasons.append(Reason(f"{part.table}.{part.names[index]}", words, weight))
        told = sum(reason.weight for reason in reasons)
        rest = float(total[block]) - float(base[block]) - told
        out.append(Weighing(float(base[block]), tuple(reasons), rest, float(total[block])))
    return out


def after_profile(
    weighed: Sequence[Weighing | None], scores: Sequence[float], shares: Sequence[float]
) -> list[Weighing | None]:
    """The weighings of a page after what its site's pages share was held against its blocks, as a reason of its own.

    scores  the blocks' probabilities after that
    shares  of the site's pages that have each block's text
    """
    out: list[Weighing | None] = []
    for weighing, score, share in zip(weighed, scores, shares, strict=True):
        if weighing is None or not share:
            out.append(weighing)
            continue
        bounded = min(max(score, _NEVER), 1 - _NEVER)
        total = math.log(bounded / (1 - bounded))
        reason = Reason("html.profile", say("html", "profile", share, {}), total - weighing.total)
        told = sorted((*weighing.reasons, reason), key=lambda reason: -abs(reason.weight))[:MOST]
        rest = total - weighing.base - sum(reason.weight for reason in told)
        out.append(Weighing(weighing.base, tuple(told), rest, total))
    return out


def say(table: str, name: str, value: float, around: Mapping[str, str]) -> str:
    """A feature of a block in words; `around` has what stands around the block, looked up only where words name it."""
    forms = feature_words()[table][name]
    form = forms[0 if value > 0 else min(1, len(forms) - 1) if value == 0 else -1]
    count = round(math.expm1(min(abs(value), 50.0)))
    words = form.format_map(_Values(around, value=value, count=count, percent=100 * value))
    return _ONE_OF_MANY.sub(r"1 \1\2", words) if words.startswith("1 ") else words


class _Values(dict[str, object]):
    """The numbers of a feature, and behind them what stands around."""

    def __init__(self, around: Mapping[str, str], **numbers: float) -> None:
        super().__init__(numbers)
        self._around = around

    def __missing__(self, name: str) -> str:
        return self._around[name]


@cache
def feature_words() -> dict[str, dict[str, tuple[str, ...]]]:
    """The words of `cleaner/data/explain/features.toml`, by table and feature."""
    text = (files("cleaner") / "data/explain/features.toml").read_text("utf-8")
    return {
        table: {name: tuple(words.split(_PARTS)) for name, words in entries.items()}
        for table, entries in tomllib.loads(text).items()
    }


def quoted(texts: Sequence[str], index: int) -> str:
    """The beginning of a text in quotation marks; in words, that there is none."""
    if index < 0:
        return "the page's beginning"
    if index >= len(texts):
        return "the page's end"
    text = " ".join(texts[index][: 4 * _EXCERPT].split())
    return f"“{text}”" if len(text) <= _EXCERPT else f"“{text[: _EXCERPT - 1].rstrip()}…”"
