"""What becomes of injected spam: reported wherever it stands, cut where its bounds are certain. For every judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.verdict import BlockFinding, Category, Cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.judging.spam import SpamSpan


def cuts_and_findings(spans: Sequence[SpamSpan], kept: Sequence[bool]) -> tuple[list[Cut], list[BlockFinding]]:
    """Spam is reported wherever it stands; in a block that stays it is cut if its bounds are certain."""
    cuts, findings = [], []
    for span in spans:
        if kept[span.block] and span.removable:
            cuts.append(Cut(span.block, span.cut_start, span.cut_end, Category.SPAM, span.rule, span.score))
        findings.append(
            BlockFinding(span.block, span.start, span.end, Category.SPAM, span.rule, span.score, "injected spam")
        )
    return cuts, findings
