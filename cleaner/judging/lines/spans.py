"""Injected spam as spans of lines: what share of a line it takes, and what would be left of the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleaner.judging.lexicon import Hit
    from cleaner.judging.spam import SpamSpan
    from cleaner.page import Page

_SHORTEST_REST = 6  # characters; as short as a title may be


def spam_share(page: Page, spans: Sequence[SpamSpan], ink: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much of each line is injected spam, 0 to 1."""
    share = np.zeros(len(page), np.float32)
    for span in spans:
        share[span.block] += (span.end - span.start) / max(float(ink[span.block]), 1.0)
    return np.minimum(share, 1)


def outside_cuts(hits: Sequence[Hit], page: Page, spans: Sequence[SpamSpan]) -> list[Hit]:
    """The hits without those inside spam that will be cut out: they say nothing of the line that is left."""
    curable = can_be_cut(page, spans)
    cut: dict[int, list[SpamSpan]] = {}
    for span in spans:
        if curable[span.block]:
            cut.setdefault(span.block, []).append(span)
    return [
        hit
        for hit in hits
        if hit.block not in cut
        or not any(hit.start < span.cut_end and span.cut_start < hit.end for span in cut[hit.block])
    ]


def can_be_cut(page: Page, spans: Sequence[SpamSpan]) -> NDArray[np.bool_]:
    """Lines with injected spam that can all be cut out, and enough beside it to be a title."""
    cut = np.zeros(len(page), np.int64)
    certain = np.ones(len(page), bool)
    for span in spans:
        cut[span.block] += span.cut_end - span.cut_start
        certain[span.block] &= span.removable
    size = np.asarray([len(text) for text in page.text], np.int64)
    return np.asarray((cut > 0) & certain & (size - cut >= _SHORTEST_REST), bool)
