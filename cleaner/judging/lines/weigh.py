"""How the judge of lines came to the score of each line: exact shares of all features, the strongest told in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.judging.lines.names import FIRST_NAMES, SECOND_NAMES
from cleaner.judging.lines.shares import network_shares
from cleaner.judging.lines.zones import ZONES, Zone, body_probability
from cleaner.judging.weighing import Part, folded, quoted, weighings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from cleaner.judging.lines.model import Inside
    from cleaner.judging.lines.zones import Chain
    from cleaner.verdict import Weighing

    Floats = NDArray[np.float64]

# Evidence of the chain that says nothing but what the line model said.
MODEL_SAYS = frozenset(
    ("logit", "logit_low", "logit_relative", "logit_if_dirty", "logit_if_clean", "logit_top", "logit_bottom")
)
_FIRST_SIGHT = frozenset(("odds",))
_OTHERS = [zone for zone in range(ZONES) if zone != Zone.BODY]
_SUREST = 1e-9  # of a probability of 0 or 1, the log odds would be endless


class ChainEvidence(NamedTuple):
    """What the chain of zones saw: evidence of each line [lines, columns], its names, and the weights."""

    matrix: NDArray[np.float32]
    names: Sequence[str]
    weights: Chain


def weigh(texts: Sequence[str], inside: Inside | None, chain: ChainEvidence | None) -> list[Weighing]:
    """The weighings of a page's lines, in their order.

    inside  what the line model saw and said, if there is one
    chain   what the chain of zones saw, if it is what scored the lines; else the line model did
    """
    details = _Details(texts)
    model = _model_parts(inside) if inside is not None else _ModelParts(0.0, np.zeros(len(texts)), [])
    if chain is None:
        return weighings(np.full(len(texts), model.base), model.total, model.parts, details)
    scores = (chain.matrix @ chain.weights.matrix(list(chain.names))).astype(np.float64)
    body = np.clip(body_probability(scores, chain.weights), _SUREST, 1 - _SUREST)
    total = np.log(body / (1 - body))
    zones, base = _chain_part(chain, scores, total)
    parts = folded(zones, MODEL_SAYS, model.parts) if model.parts else [zones]
    return weighings(base, total, parts, details)


class _ModelParts(NamedTuple):
    base: float
    total: Floats
    parts: list[Part]


def _model_parts(inside: Inside) -> _ModelParts:
    """What the features added to what the second network says; what it has of the first is due to the first's own."""
    first = network_shares(inside.model.first, inside.features)
    columns = np.concatenate([inside.features, inside.second_features], axis=1)
    second = network_shares(inside.model.second, columns)
    own = len(FIRST_NAMES)
    late = Part("lines_second", SECOND_NAMES, columns[:, own:].T, second.shares[own:])
    early = Part("lines", FIRST_NAMES, inside.features.T, first.shares)
    late, early = folded(late, _FIRST_SIGHT, [early])
    return _ModelParts(second.base, second.total, [early._replace(shares=early.shares + second.shares[:own]), late])


def _chain_part(chain: ChainEvidence, scores: Floats, total: Floats) -> tuple[Part, Floats]:
    """What the evidence added for body against the other zones, in proportion to how well each of these fits the line.

    What is left to the log odds over all sequences of zones is due to the lines around: the feature `around`. What is
    said of any line is the base.
    """
    weights = chain.weights.matrix(list(chain.names)).astype(np.float64)
    others = scores[:, _OTHERS]
    fit = np.exp(others - others.max(1, keepdims=True))
    fit /= fit.sum(1, keepdims=True)
    shares = (chain.matrix * (weights[:, Zone.BODY] - fit @ weights[:, _OTHERS].T)).T
    base = shares[chain.names.index("one")].copy()
    shares[chain.names.index("one")] = 0
    around = total - base - shares.sum(0)
    values = np.concatenate([chain.matrix.T, around[None].astype(np.float32)])
    return Part("zones", [*chain.names, "around"], values, np.concatenate([shares, around[None]])), base


class _Details:
    """The beginnings of the lines around each line."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def of(self, block: int, sign: float) -> Mapping[str, str]:
        """What may be named of one line."""
        del sign  # the lines around are the same, whatever speaks of them
        return _Of(self._texts, block)


class _Of(dict[str, str]):
    def __init__(self, texts: Sequence[str], line: int) -> None:
        super().__init__()
        self._texts, self._line = texts, line

    def __missing__(self, name: str) -> str:
        step = int(name[-1]) if name[-1].isdigit() else 1
        return quoted(self._texts, self._line + (step if name.startswith("after") else -step))
