"""The judge for HTML: features of each block, a score, the cut that promises most, context, and a reason for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.verdict import Category, Judgement, Verdict

if TYPE_CHECKING:
    from cleaner.options import Options
    from cleaner.page import Page


def judge(page: Page, options: Options) -> Judgement:
    """What stays of an HTML page, with a category, a rule and a score for what goes."""
    visible = [index for index, reason in enumerate(page.hidden) if not reason]
    if not visible:
        return Judgement([_hidden(reason) for reason in page.hidden], sureness=1.0)
    # numpy is loaded with the parts that need it
    from cleaner.judging.blocks.decide import decide

    return decide(page, visible, options)


def _hidden(reason: str) -> Verdict:
    return Verdict(keep=False, score=0.0, category=Category.HIDDEN, rule=reason)
