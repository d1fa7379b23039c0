"""The measure of a page: F1 of its words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cleaner.training.lines.labels import tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cleaner.training.lines.examples import Example


def page_f1(e: Example, keep: NDArray[np.bool_]) -> float:
    """F1 of the words of the kept lines against those of the gold text, as multisets."""
    taken = Counter(
        token for line, kept in zip(e.source.lines(), keep.tolist(), strict=True) if kept for token in tokens(line)
    )
    gold = Counter(tokens(e.source.gold))
    if not taken or not gold:
        return float(not taken and not gold)
    both = (taken & gold).total()
    return 2 * both / (taken.total() + gold.total())
