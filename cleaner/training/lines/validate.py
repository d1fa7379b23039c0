"""How well the line model does on pages that it has not seen, by corpus and layout."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.lines.long_pages import CLEAN
from cleaner.judging.lines.model import expected_best
from cleaner.training.lines.page_f1 import page_f1

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.training.lines.examples import Example
    from cleaner.training.lines.stages import Fitted


def scores_by_layout(fitted: Fitted, examples: Sequence[Example]) -> dict[str, tuple[int, float]]:
    """How many, and mean F1 of words, by corpus and layout; of gold texts, which have no chrome, the share kept."""
    by: defaultdict[str, list[float]] = defaultdict(list)
    for e, probability, dirty in zip(examples, fitted.probability, fitted.gate.tolist(), strict=True):
        keep = np.ones(len(probability), bool)
        if dirty >= CLEAN:
            keep = expected_best(probability, e.shape.words)
        if e.source.layout == "gold":
            value = float((e.tokens * keep).sum()) / max(float(e.tokens.sum()), 1.0)
        else:
            value = page_f1(e, keep)
        by[f"{e.source.corpus}.{e.source.layout}"].append(value)
    return {name: (len(values), float(np.mean(values))) for name, values in by.items()}
