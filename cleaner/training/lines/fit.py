"""Fitting of a hashed lexicon, a small network and a gate; numpy and scipy, the same result in every run."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lines.network import CLIP, LAYERS, Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

HIDDEN = (48, 16)
_EPOCHS, _BATCH, _RATE = 5, 1024, 3e-3
_DROPPED_INPUT = 0.1
_DECAY = 1e-5
_HEAVIEST = 30.0  # times the mean weight; no single line moves the network more
_WARM_UP = 200  # steps


def fit_lexicon(
    rows: NDArray[np.int64], buckets: NDArray[np.int64], labels: Floats, weights: Floats, *, size: int, steps: int = 40
) -> tuple[Floats, float]:
    """Weights of the buckets by logistic regression with an L2 penalty; rows of buckets are scaled by 1 / √number."""
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    number = len(labels)
    counts = np.bincount(rows, minlength=number)
    values = (1 / np.sqrt(np.maximum(counts, 1)))[rows].astype(np.float32)
    matrix = csr_matrix((values, (rows, buckets)), shape=(number, size))
    turned = matrix.T.tocsr()
    sign = labels * 2 - 1
    weights = weights / weights.mean()
    penalty = 1 / 3.0

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = (matrix @ point[:-1].astype(np.float32) + np.float32(point[-1])) * sign
        share = 1 / (1 + np.exp(np.clip(margin, -30, 30)))
        gradient = -(weights * sign * share)
        value = float((weights * np.logaddexp(0, -margin)).sum()) + 0.5 * penalty * float((point[:-1] ** 2).sum())
        return value, np.concatenate([turned @ gradient + penalty * point[:-1], [gradient.sum()]]).astype(float)

    found = minimize(loss, np.zeros(size + 1), jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 8})
    return found.x[:-1].astype(np.float32), float(found.x[-1])


def fit_network(features: Floats, labels: Floats, weights: Floats, seed: int, epochs: int = _EPOCHS) -> Network:
    """The network by Adam on the weighted logistic loss, with dropped inputs against reliance on any one of them."""
    chance = np.random.default_rng(seed)
    mean = features.mean(0, dtype=np.float64).astype(np.float32)
    scale = (1 / (features.std(0, dtype=np.float64) + 1e-3)).astype(np.float32)
    used = np.flatnonzero(weights > 0)
    sizes = (features.shape[1], *HIDDEN, 1)
    parameters = [(chance.standard_normal((a, b)) * np.sqrt(2 / a)).astype(np.float32) for a, b in pairwise(sizes)]
    parameters += [np.zeros(size, np.float32) for size in sizes[1:]]
    first, second = [np.zeros_like(p) for p in parameters], [np.zeros_like(p) for p in parameters]
    weight = np.minimum(weights / weights[used].mean(), _HEAVIEST).astype(np.float32)
    total = epochs * max(len(used) // _BATCH, 1)
    step = 0
    for _ in range(epochs):
        order = chance.permutation(used)
        for start in range(0, max(len(order) - _BATCH + 1, 1), _BATCH):
            rows = order[start : start + _BATCH]
            signal = np.clip((features[rows] - mean) * scale, -CLIP, CLIP)
            signal *= (chance.random(signal.shape, dtype=np.float32) > _DROPPED_INPUT) / np.float32(1 - _DROPPED_INPUT)
            gradients = _gradients(parameters, signal, labels[rows], weight[rows])
            step += 1
            rate = _RATE * min(1, step / _WARM_UP) * (0.5 * (1 + np.cos(np.pi * step / total)) + 0.01)
            for number, gradient in enumerate(gradients):
                first[number] += 0.1 * (gradient - first[number])
                second[number] += 0.001 * (gradient**2 - second[number])
                unbiased = first[number] / (1 - 0.9**step)
                parameters[number] -= (rate * unbiased / (np.sqrt(second[number] / (1 - 0.999**step)) + 1e-8)).astype(
                    np.float32
                )
    return Network(mean, scale, tuple(parameters[:LAYERS]), tuple(parameters[LAYERS:]))


def _gradients(parameters: list[Floats], signal: Floats, labels: Floats, weights: Floats) -> list[Floats]:
    signals = [signal]
    for layer in range(LAYERS):
        out = signals[-1] @ parameters[layer] + parameters[LAYERS + layer]
        signals.append(np.maximum(out, 0) if layer < LAYERS - 1 else out)
    probability = 1 / (1 + np.exp(-np.clip(signals[-1][:, 0], -30, 30)))
    error = (weights * (probability - labels) / len(labels))[:, None].astype(np.float32)
    gradients: list[Floats] = [np.zeros(0, np.float32)] * (2 * LAYERS)
    for layer in range(LAYERS - 1, -1, -1):
        gradients[layer] = signals[layer].T @ error + _DECAY * parameters[layer]
        gradients[LAYERS + layer] = error.sum(0)
        if layer:
            error = (error @ parameters[layer].T) * (signals[layer] > 0)
    return gradients


def fit_logistic(
    features: NDArray[np.float64], labels: Floats, weights: Floats, penalty: float = 1.0
) -> NDArray[np.float64]:
    """Weights and, last, the bias of a logistic regression on standardised features."""
    from scipy.optimize import minimize

    sign = labels * 2 - 1

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = (features @ point[:-1] + point[-1]) * sign
        slope = -(weights * sign) / (1 + np.exp(np.clip(margin, -30, 30)))
        value = float((weights * np.logaddexp(0, -margin)).sum()) + 0.5 * penalty * float((point[:-1] ** 2).sum())
        return value, np.concatenate([features.T @ slope + penalty * point[:-1], [slope.sum()]])

    start = np.zeros(features.shape[1] + 1)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x)
