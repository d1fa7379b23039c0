"""What becomes of injected spam: reported wherever it stands, cut where its bounds are certain. For every judge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.verdict import BlockFinding, Category, Cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.judging.spam import SpamSpan
    from cleaner.verdict import Verdict

MOSTLY = 0.5  # share of a removed block's characters that makes it spam, whatever else it looks like


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


def named_spam(verdicts: list[Verdict], texts: Sequence[str], spans: Sequence[SpamSpan]) -> list[Verdict]:
    """The verdicts, those on blocks that go and are mostly spam under its name: a list of injected links is no menu."""
    found: dict[int, list[SpamSpan]] = {}
    for span in spans:
        found.setdefault(span.block, []).append(span)
    for block, own in found.items():
        verdict = verdicts[block]
        covered = sum(span.end - span.start for span in own)
        if not verdict.keep and verdict.category is not Category.HIDDEN and covered >= MOSTLY * len(texts[block]):
            verdicts[block] = replace(verdict, category=Category.SPAM, rule=own[0].rule, pieces=())
    return verdicts
