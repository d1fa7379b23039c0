"""A small network with numpy alone: standardised input, two hidden layers, one probability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

LAYERS = 3
CLIP = 3.0  # standard deviations; farther values say no more, and hold no page outside what training saw
# OpenBLAS starts threads for products of more multiplications than this, which costs more than it gains here.
_SINGLE_THREADED = 65536 * 4


@dataclass(frozen=True, slots=True)
class Network:
    """Weights of the layers; `mean` and `scale` standardise the input."""

    mean: Floats
    scale: Floats
    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]

    @classmethod
    def of(cls, stored: Mapping[str, NDArray[np.generic]], name: str) -> Network:
        """The network stored under the prefix `name`."""

        def layer(part: str, number: int) -> Floats:
            return np.ascontiguousarray(stored[f"{name}_{part}{number}"], np.float32)

        return cls(
            mean=np.asarray(stored[f"{name}_mean"], np.float32),
            scale=np.asarray(stored[f"{name}_scale"], np.float32),
            weights=tuple(layer("weight", number) for number in range(LAYERS)),
            biases=tuple(layer("bias", number) for number in range(LAYERS)),
        )

    def probability(self, *features: Floats) -> Floats:
        """The probability of each row, 0 to 1; the columns may come in several arrays, which are never joined whole."""
        rows = max(1, _SINGLE_THREADED // self.weights[0].size)
        stretches = (slice(start, start + rows) for start in range(0, len(features[0]), rows))
        odds = np.concatenate(
            [self._odds(np.concatenate([part[stretch] for part in features], axis=1)) for stretch in stretches]
        )
        return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))), np.float32)

    def _odds(self, features: Floats) -> Floats:
        signal = features - self.mean
        signal *= self.scale
        np.clip(signal, -CLIP, CLIP, out=signal)
        for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
            signal = np.maximum(signal @ weight + bias, 0)
        return np.asarray((signal @ self.weights[-1] + self.biases[-1])[:, 0], np.float32)
