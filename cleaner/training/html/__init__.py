"""Training of the judge for HTML: pages with gold text in, trees as arrays and a card out.

Labels come from an alignment of each page's blocks with the gold text. Two passes of gradient-boosted trees are fitted:
the second sees what the first says of a block's neighbours, containers and siblings, and is trained on what first
passes said of pages that they had not seen. The card's scores are from five folds by registered domain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cleaner.training.train import Scores, Tell


def train(corpora: Sequence[Path], out: Path, cache: Path | None, tell: Tell) -> Scores:
    """Write the model to `out` and its card beside it, trained on the corpora."""
    from cleaner.training.html.run import run

    return run(corpora, out, cache, tell)
