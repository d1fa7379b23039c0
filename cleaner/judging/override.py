"""What the user said stands above what the judge thinks."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from cleaner.verdict import Category, Judgement, Verdict

if TYPE_CHECKING:
    from cleaner.options import Options
    from cleaner.page import Page


def keep_visible(page: Page) -> Judgement:
    """The judgement of a converter: everything that a reader of the page sees is kept."""
    return Judgement([_visible(reason) for reason in page.hidden])


def without_hidden(judgement: Judgement, page: Page, options: Options) -> Judgement:
    """The judgement of a judge that looks at words alone, with what no reader of the page sees removed.

    The comments of Markdown may stay, as the options say.
    """
    hidden = ["" if options.keeps_comments and reason == "comment" else reason for reason in page.hidden]
    if not any(hidden):
        return judgement
    pairs = zip(judgement.verdicts, hidden, strict=True)
    return dataclasses.replace(
        judgement,
        verdicts=[_visible(reason) if reason else verdict for verdict, reason in pairs],
        cuts=[cut for cut in judgement.cuts if not hidden[cut.block]],
        kept=[],
    )


def _visible(reason: str) -> Verdict:
    if reason:
        return Verdict(keep=False, score=0.0, category=Category.HIDDEN, rule=reason)
    return Verdict(keep=True, score=1.0)


def override(judgement: Judgement, options: Options) -> Judgement:
    """The judgement with `options.keep` and `options.drop` obeyed: kept categories stay, dropped ones go.

    A block that stays may still carry the category that it would have been removed for; `drop` acts on that.
    """
    if not options.keep and not options.drop:
        return judgement

    def obey(verdict: Verdict) -> Verdict:
        if not verdict.keep and verdict.category in options.keep:
            return dataclasses.replace(verdict, keep=True, pieces=())
        if verdict.keep and verdict.category in options.drop:
            return dataclasses.replace(verdict, keep=False)
        return verdict

    return dataclasses.replace(
        judgement,
        verdicts=[obey(verdict) for verdict in judgement.verdicts],
        cuts=[cut for cut in judgement.cuts if cut.category not in options.keep],
        kept=[],
    )
