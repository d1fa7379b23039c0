"""The judge for HTML: features of each block, a score, the cut that promises most, context, and a reason for all."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from cleaner.verdict import Category, Judgement, Verdict

if TYPE_CHECKING:
    from cleaner.options import Options
    from cleaner.page import Page


def judge(page: Page, options: Options) -> Judgement:
    """What stays of an HTML page, with a category, a rule and a score for what goes."""
    visible = [index for index, reason in enumerate(page.hidden) if not reason]
    if not visible:
        return Judgement([hidden(reason) for reason in page.hidden], sureness=1.0)
    # numpy is loaded with the parts that need it
    from cleaner.judging.blocks.decide import decide

    return decide(page, visible, options)


@cache
def hidden(reason: str) -> Verdict:
    """The verdict of a block that no reader of the page sees, for this reason."""
    return Verdict(keep=False, score=0.0, category=Category.HIDDEN, rule=reason)
