"""The parts of a page as a chain over its lines: header, then body with asides, then footer.

Evidence speaks for each part, the chain makes the parts follow one another; Viterbi finds the best sequence, the
forward-backward sums give each line's probability of being body.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.models import misfit, read_arrays

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Zone:
    """A part of a page. Plain numbers: arrays take five times as long to compare with an enum."""

    HEADER = 0
    BODY = 1
    ASIDE = 2
    FOOTER = 3


ZONES = 4
# Which part may follow which: the header comes first, the footer ends the page.
ALLOWED = np.array([[1, 1, 0, 0], [0, 1, 1, 1], [0, 1, 1, 0], [0, 0, 0, 1]], bool)
STARTS = np.array([1, 1, 0, 0], bool)
ENDS = np.array([0, 1, 1, 1], bool)
NEVER = -1e4
_SMALLEST = 1e-30


@dataclass(frozen=True, slots=True)
class Chain:
    """Weights of evidence for each zone (evidence × zones), of steps between zones, of first and last zone."""

    weights: dict[str, tuple[float, ...]]
    steps: NDArray[np.float64]
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]

    def matrix(self, names: list[str]) -> NDArray[np.float32]:
        """The weights in the order of `names`; evidence without a weight counts nothing."""
        return np.array([self.weights.get(name, (0.0,) * ZONES) for name in names], np.float32)


@cache
def chain(path: str | None = None) -> Chain:
    """The chain of the shipped model of lines, or of a file's, read once a process; it is TOML inside the arrays."""
    try:
        return _chain(tomllib.loads(str(read_arrays("lines", path)["zones"])))
    except (KeyError, ValueError, TypeError) as error:
        raise misfit(path, f"its zones are not as they should be: {error}") from None


def _chain(data: dict[str, Any]) -> Chain:
    return Chain(
        weights={name: tuple(float(value) for value in row) for name, row in data["evidence"].items()},
        steps=np.where(ALLOWED, np.array(data["steps"], float), NEVER),
        starts=np.where(STARTS, np.array(data["starts"], float), NEVER),
        ends=np.where(ENDS, np.array(data["ends"], float), NEVER),
    )


def best_zones(scores: NDArray[np.float64], weights: Chain) -> NDArray[np.int64]:
    """The most likely zone of each line; `scores` is lines × zones. Plain floats: pages are short, arrays are not."""
    steps = weights.steps.tolist()
    rows = scores.tolist()
    best = [a + b for a, b in zip(rows[0], weights.starts.tolist(), strict=True)]
    back: list[list[int]] = []
    into = [[zone for zone in range(ZONES) if ALLOWED[zone, to]] for to in range(ZONES)]
    for row in rows[1:]:
        origin = [max(into[to], key=lambda zone: best[zone] + steps[zone][to]) for to in range(ZONES)]
        best = [best[origin[to]] + steps[origin[to]][to] + row[to] for to in range(ZONES)]
        back.append(origin)
    best = [a + b for a, b in zip(best, weights.ends.tolist(), strict=True)]
    zone = max(range(ZONES), key=best.__getitem__)
    path = [zone]
    for origin in reversed(back):
        zone = origin[zone]
        path.append(zone)
    return np.array(path[::-1], np.int64)


def body_probability(scores: NDArray[np.float64], weights: Chain) -> NDArray[np.float64]:
    """The probability of each line to be body, over all sequences of zones."""
    odds = np.exp(np.clip(scores - scores.max(1, keepdims=True), -60, 0)).tolist()
    steps = np.exp(np.clip(weights.steps, -60, 20)) * ALLOWED
    into = [[(zone, steps[zone, to]) for zone in range(ZONES) if ALLOWED[zone, to]] for to in range(ZONES)]
    onward = [[(to, steps[zone, to]) for to in range(ZONES) if ALLOWED[zone, to]] for zone in range(ZONES)]
    state = [a * b for a, b in zip(odds[0], (np.exp(weights.starts) * STARTS).tolist(), strict=True)]
    forward = [state]
    for row in odds[1:]:
        state = [row[to] * sum(state[zone] * step for zone, step in into[to]) for to in range(ZONES)]
        scale = sum(state) or _SMALLEST
        state = [value / scale for value in state]
        forward.append(state)
    state = (np.exp(weights.ends) * ENDS).tolist()
    body = [0.0] * len(odds)
    for line in range(len(odds) - 1, -1, -1):
        joint = [a * b for a, b in zip(forward[line], state, strict=True)]
        body[line] = joint[Zone.BODY] / (sum(joint) or _SMALLEST)
        here = [a * b for a, b in zip(odds[line], state, strict=True)]
        state = [sum(here[to] * step for to, step in onward[zone]) for zone in range(ZONES)]
        scale = sum(state) or _SMALLEST
        state = [value / scale for value in state]
    return np.array(body)
