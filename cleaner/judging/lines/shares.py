"""What each feature added to the log odds of a network, beside what it says of average input.

Layer by layer, a unit's change from its value for average input is passed back to what it is made of, in proportion to
each part's change (the rescale rule of DeepLIFT). The shares add up to the change of the log odds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.judging.lines.network import CLIP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.judging.lines.network import Network

    Floats = NDArray[np.float64]

_SMALL = 1e-7  # a change that is nearer to zero is passed back by the slope


class Shares(NamedTuple):
    """`shares` are [features, lines]; base + their sum over the features is the log odds of each line, `total`."""

    base: float
    shares: Floats
    total: Floats


def network_shares(network: Network, features: NDArray[np.float32]) -> Shares:
    """The shares of the features [lines, features]."""
    signal = np.clip((features.astype(np.float64) - network.mean) * network.scale, -CLIP, CLIP)
    here: Floats = signal
    average: Floats = np.zeros((1, signal.shape[1]))
    slopes = []
    for weight, bias in zip(network.weights[:-1], network.biases[:-1], strict=True):
        sums, usual = here @ weight.astype(np.float64) + bias, average @ weight.astype(np.float64) + bias
        change = sums - usual
        small = np.abs(change) < _SMALL
        here, average = np.maximum(sums, 0), np.maximum(usual, 0)
        slopes.append(np.where(small, sums > 0, (here - average) / np.where(small, 1, change)))
    last = network.weights[-1].astype(np.float64)
    end = float(network.biases[-1][0])
    back = np.broadcast_to(last[:, 0], here.shape)
    for weight, slope in zip(reversed(network.weights[:-1]), reversed(slopes), strict=True):
        back = (back * slope) @ weight.astype(np.float64).T
    return Shares(float((average @ last)[0, 0]) + end, (back * signal).T, (here @ last)[:, 0] + end)
