"""Fitting of the chain of zones: a linear-chain conditional random field, by its exact gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lines.zones import ALLOWED, ENDS, NEVER, STARTS, ZONES, Chain, Zone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PENALTY = 2e-4
_STEPS = 150
_BATCH = 200  # pages of like length that are run together
_SMALLEST_SPREAD = 0.05  # of a column's values; rarer evidence isn't blown up


@dataclass(frozen=True, slots=True)
class ZonePage:
    """A page to fit on: its evidence, the zones that each line may be, and what the page counts."""

    evidence: NDArray[np.float32]
    allowed: NDArray[np.bool_]
    weight: float


def zones_allowed(labels: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Zones by labels: content is body, chrome above it header, below it footer, between aside; unknown lines any."""
    number = len(labels)
    allowed = np.ones((number, ZONES), bool)
    content = np.flatnonzero(labels >= 0.5)
    first, last = (int(content[0]), int(content[-1])) if len(content) else (number, number)
    for line, label in enumerate(labels.tolist()):
        if label != label:  # noqa: PLR0124  unknown labels are NaN
            continue
        zone = (
            Zone.BODY if label >= 0.5 else Zone.HEADER if line < first else Zone.FOOTER if line > last else Zone.ASIDE
        )
        allowed[line] = False
        allowed[line, zone] = True
    return allowed


@dataclass(frozen=True, slots=True)
class _Batch:
    evidence: NDArray[np.float32]
    allowed: NDArray[np.bool_]
    real: NDArray[np.bool_]
    last: NDArray[np.int64]
    weight: Floats


def _batches(pages: Sequence[ZonePage], spread: NDArray[np.float32]) -> list[_Batch]:
    order = np.argsort([len(page.evidence) for page in pages], kind="stable")
    out = []
    for start in range(0, len(order), _BATCH):
        group = [pages[i] for i in order[start : start + _BATCH].tolist()]
        longest, width = max(len(page.evidence) for page in group), group[0].evidence.shape[1]
        evidence = np.zeros((longest, len(group), width), np.float32)
        allowed = np.ones((longest, len(group), ZONES), bool)
        real = np.zeros((longest, len(group)), bool)
        for column, page in enumerate(group):
            size = len(page.evidence)
            evidence[:size, column] = page.evidence / spread
            allowed[:size, column] = page.allowed
            real[:size, column] = True
        out.append(_Batch(evidence, allowed, real, real.sum(0) - 1, np.array([page.weight for page in group])))
    return out


def _log_sum(values: Floats, steps: Floats) -> Floats:
    highest = values.max(-1, keepdims=True)
    return np.asarray(np.log(np.exp(values - highest) @ steps + 1e-300) + highest)


def _expect(
    scores: Floats, steps: Floats, starts: Floats, ends: Floats, batch: _Batch
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Log sums of the pages, and the expected zones of lines, steps, first and last zones."""
    length, number, _ = scores.shape
    forward, backward = np.zeros_like(scores), np.zeros_like(scores)
    onward = np.exp(steps)
    forward[0] = scores[0] + starts
    for t in range(1, length):
        forward[t] = np.where(batch.real[t][:, None], _log_sum(forward[t - 1], onward) + scores[t], forward[t - 1])
    closing = forward[-1] + ends
    highest = closing.max(-1, keepdims=True)
    total = np.log(np.exp(closing - highest).sum(-1)) + highest[:, 0]
    backward[-1] = ends
    for t in range(length - 2, -1, -1):
        ahead = _log_sum(scores[t + 1] + backward[t + 1], onward.T)
        backward[t] = np.where(batch.real[t + 1][:, None], ahead, backward[t + 1])
    lines = np.exp(forward + backward - total[None, :, None]) * batch.real[:, :, None] * batch.weight[None, :, None]
    stepped = np.zeros((ZONES, ZONES))
    if length > 1:
        joint = (
            forward[:-1, :, :, None] + steps + (scores[1:] + backward[1:])[:, :, None, :] - total[None, :, None, None]
        )
        mask = (batch.real[1:] * batch.weight)[:, :, None, None]
        stepped = (np.exp(np.minimum(joint, 0)) * mask).sum((0, 1))
    return total, lines, stepped, lines[0].sum(0), lines[batch.last, np.arange(number)].sum(0)


def fit_chain(pages: Sequence[ZonePage], names: Sequence[str], penalty: float = PENALTY, steps: int = _STEPS) -> Chain:
    """The chain that makes the allowed zones likeliest."""
    from scipy.optimize import minimize

    width = len(names)
    spread = np.maximum(np.concatenate([page.evidence for page in pages]).std(0), _SMALLEST_SPREAD)
    spread[0] = 1
    batches = _batches(pages, spread)
    whole = sum(float(batch.weight.sum()) for batch in batches)
    cut = width * ZONES

    def parts(point: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        steps_between = np.where(ALLOWED, point[cut : cut + ZONES**2].reshape(ZONES, ZONES), NEVER)
        starts = np.where(STARTS, point[-2 * ZONES : -ZONES], NEVER)
        ends = np.where(ENDS, point[-ZONES:], NEVER)
        return point[:cut].reshape(width, ZONES), steps_between, starts, ends

    def loss(point: Floats) -> tuple[float, Floats]:
        weights, between, starts, ends = parts(point)
        value, gradient = 0.0, np.zeros_like(point)
        for batch in batches:
            scores = (batch.evidence @ weights.astype(np.float32)).astype(np.float64)
            free = _expect(scores, between, starts, ends, batch)
            bound = _expect(np.where(batch.allowed, scores, NEVER), between, starts, ends, batch)
            value += float(((free[0] - bound[0]) * batch.weight).sum())
            lines = np.einsum("tbk,tbs->ks", batch.evidence, (free[1] - bound[1]).astype(np.float32), optimize=True)
            stepped = (free[2] - bound[2]) * ALLOWED
            edges = [(free[3] - bound[3]) * STARTS, (free[4] - bound[4]) * ENDS]
            gradient += np.concatenate([lines.ravel(), stepped.ravel(), *edges])
        return value / whole + 0.5 * penalty * float(point @ point), gradient / whole + penalty * point

    start = np.zeros(cut + ZONES**2 + 2 * ZONES)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    weights, between, starts, ends = parts(found.x)
    weights = weights / spread[:, None]
    # Only differences between zones count: the body's column becomes 0.
    weights = weights - weights[:, [Zone.BODY]]
    return Chain({name: tuple(row) for name, row in zip(names, weights.tolist(), strict=True)}, between, starts, ends)
