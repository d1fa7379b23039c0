"""Where to cut between what stays and what goes, given the probability of each block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.options import Level

    Floats = NDArray[np.float64]
    Kept = NDArray[np.bool_]

# What a level does to the odds before the cut: `gentle` keeps what is ten times less likely, `strict` the reverse.
LEVEL_ODDS: dict[Level, float] = {"none": 1e9, "gentle": 10.0, "standard": 1.0, "strict": 0.2}
LEAST_SCORE = 0.08  # nothing below this is content, however little else there is on the page
ENOUGH_TOKENS = 60  # with less than this kept, nobody can be sure


def levelled(score: Floats, level: Level) -> Floats:
    """The probabilities as the level of cleaning sees them."""
    odds = LEVEL_ODDS[level]
    return score if odds == 1 else score * odds / (1 - score + score * odds)


def best_cut(score: Floats, tokens: Floats) -> Kept:
    """The blocks whose keeping promises the best F1, if `score` is the probability that each is content.

    Sorted by score, a prefix is worth 2·Σ(score·tokens) / (Σ tokens of the prefix + Σ score·tokens of all).
    """
    order = np.argsort(-score, kind="stable")
    expected = np.cumsum((score * tokens)[order])
    worth = 2 * expected / (np.cumsum(tokens[order]) + expected[-1])
    kept = np.zeros(len(score), np.bool_)
    kept[order[: int(np.argmax(worth)) + 1]] = True
    return kept & (score > LEAST_SCORE)


def sureness(score: Floats, tokens: Floats, kept: Kept) -> float:
    """How far the scores are from one half, by tokens, 0 to 1; little kept text is never sure."""
    margin = float((np.abs(2 * score - 1) * tokens).sum() / tokens.sum())
    amount = min(float(tokens[kept].sum()) / ENOUGH_TOKENS, 1.0)
    inside = float((score * tokens)[kept].sum() / max(float(tokens[kept].sum()), 1.0)) if kept.any() else 1.0
    return round(min(margin, inside) * (0.5 + 0.5 * amount), 3)
