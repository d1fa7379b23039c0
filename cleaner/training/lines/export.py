"""Writing of what training made: weights as the judge reads them, and a card that says where they come from."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from cleaner.files import write_file
from cleaner.judging.lines.network import LAYERS
from cleaner.models import packed
from cleaner.training.lines.stages import LEXICON_SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cleaner.judging.lines.model import LineModel
    from cleaner.judging.lines.network import Network
    from cleaner.judging.lines.zones import Chain
    from cleaner.training.lines.corpus import LabelledText


def write_model(model: LineModel, chain: Chain, path: Path) -> None:
    """The line model as one compressed array file: the lexicon in bytes, matrices in half precision, zones as TOML."""
    arrays: dict[str, np.ndarray] = {
        "lexicon": np.round(model.lexicon / LEXICON_SCALE).astype(np.int8),
        "lexicon_scale": np.array(LEXICON_SCALE),
        "lexicon_bias": np.array(model.lexicon_bias),
        "zones": np.array(zones_table(chain)),
    }
    for name, scorer in (("gate", model.gate), ("article", model.article)):
        arrays |= {f"{name}_mean": scorer.mean, f"{name}_scale": scorer.scale, f"{name}_weights": scorer.weights}
    for name, network in (("first", model.first), ("second", model.second)):
        arrays |= _network_arrays(name, network)
    write_file(path, packed("lines", arrays))


def _network_arrays(name: str, network: Network) -> dict[str, np.ndarray]:
    arrays: dict[str, np.ndarray] = {f"{name}_mean": network.mean, f"{name}_scale": network.scale}
    for layer in range(LAYERS):
        arrays[f"{name}_weight{layer}"] = network.weights[layer].astype(np.float16)
        arrays[f"{name}_bias{layer}"] = network.biases[layer]
    return arrays


def zones_table(chain: Chain) -> str:
    """The chain of zones as TOML that a person can read."""
    rows = [
        "# How evidence about a line speaks for the part of the page that it belongs to, as log odds against body.",
        "# Columns: header, body, aside, footer. The evidence is that of cleaner/judging/lines/evidence.py.",
        "",
        "# from (row) header, body, aside, footer to (column) the same; 0 where the step can't happen",
        f"steps = [{', '.join(_row(np.where(row < -999, 0, row)) for row in chain.steps)}]",
        f"starts = {_row(np.where(chain.starts < -999, 0, chain.starts))}",
        f"ends = {_row(np.where(chain.ends < -999, 0, chain.ends))}",
        "",
        "[evidence]",
        *(f"{name} = {_row(weights)}" for name, weights in chain.weights.items()),
    ]
    return "\n".join(rows) + "\n"


def _row(values: Sequence[float] | np.ndarray) -> str:
    return "[" + ", ".join(f"{value + 0.0:.3f}" for value in values) + "]"


def write_card(path: Path, texts: Sequence[LabelledText], scores: dict[str, float], model: Path) -> None:
    """The card of the model: what it was trained on, the weights' hash, scores of pages it had not seen."""
    counts = Counter(f"{text.corpus}.{text.layout}" for text in texts)
    rows = [
        "# What the weights beside this file were made from; written by `cleaner train`.",
        f'sha256 = "{hashlib.sha256(model.read_bytes()).hexdigest()}"',
        "",
        "[trained_on] # corpus.layout = texts",
        *(f'"{name}" = {number}' for name, number in sorted(counts.items())),
        "",
        "[scores] # mean F1 of words, by folds of sites that the scored model had not seen",
        *(f'"{name}" = {value:.4f}' for name, value in sorted(scores.items())),
    ]
    write_file(path, ("\n".join(rows) + "\n").encode())
