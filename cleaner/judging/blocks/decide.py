"""From scores to verdicts: the cut, the context of each block, and a reason for what goes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from cleaner.deferred import Deferred
from cleaner.judging.blocks import hidden
from cleaner.judging.blocks.context import keep_together
from cleaner.judging.blocks.cut import best_cut, levelled, sureness
from cleaner.judging.blocks.features import features
from cleaner.judging.blocks.measures import structured_text
from cleaner.judging.blocks.model import load_model, probabilities
from cleaner.judging.blocks.reasons import Evidence, proven, reason
from cleaner.judging.blocks.visible import visible_part
from cleaner.judging.lexicon import load
from cleaner.judging.pieces import pieces
from cleaner.judging.repeats import RULE, weigh_repeats
from cleaner.judging.spam import find_spam
from cleaner.judging.spam_cuts import cuts_and_findings, named_spam
from cleaner.models import OtherFeatures, misfit, model_of
from cleaner.verdict import BlockFinding, Category, Judgement, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cleaner.judging.blocks.surroundings import Surroundings
    from cleaner.options import Options
    from cleaner.page import Page
    from cleaner.verdict import Weighing

    Floats = NDArray[np.float64]
    Kept = NDArray[np.bool_]

# Under the second engine, what it holds stays unless the first is this sure that it is chrome.
CERTAIN_CHROME = 0.05
LITTLE_TOKENS = 60  # a page that shows less than this, while its JSON-LD has
WHOLE_ARTICLE = 800  # characters of text, keeps its article there
HELD = 0.5  # share of a block's text inside the second engine's candidate that counts as held


def _scored(part: Page, options: Options) -> tuple[Floats, Surroundings]:
    """What the model says of each block at the level asked for, and what it was made from."""
    path = model_of(options.model, "html")
    model = load_model(path)
    try:
        found = features(part, model.first.names, model.learned)
        return levelled(probabilities(found, model), options.level), found.surroundings
    except OtherFeatures as other:
        raise misfit(path, str(other)) from None


def decide(page: Page, visible: list[int], options: Options) -> Judgement:
    """The verdicts of a page, `visible` being the indices of the blocks that its readers see."""
    part = visible_part(page, visible)
    score, around = _scored(part, options)
    tokens = np.maximum(around.measures.tokens.astype(np.float64), 0.5)
    evidence = Evidence(part, around, load().match(part.text))
    kept = keep_together(evidence, score, _chosen(part, score, tokens, options))
    repeats = np.zeros(len(kept), np.bool_)
    if part.shared:
        score, kept, repeats = _without_repeats(evidence, score, kept, options)
    shown = iter(kept.tolist())
    keeps = [not why and next(shown) for why in page.hidden]
    spans = find_spam(page.text)
    cuts, findings = cuts_and_findings(spans, keeps)
    title = around.measures.title
    return Judgement(
        Deferred(lambda: named_spam(_verdicts(page, evidence, score, kept, repeats), page.text, spans)),
        cuts=cuts,
        findings=[*findings, *_revealed(page), *_elsewhere(part, visible, tokens, kept)],
        title=visible[title] if title >= 0 else None,
        sureness=sureness(score, tokens, kept),
        kept=keeps,
        weigh=lambda: _weighed(page, part, options),
    )


def _weighed(page: Page, part: Page, options: Options) -> list[Weighing | None]:
    from cleaner.judging.blocks.weigh import weigh  # explanations alone need it

    shown = iter(weigh(part, options.level, model_of(options.model, "html")))
    return [None if why else next(shown) for why in page.hidden]


def _chosen(part: Page, score: Floats, tokens: Floats, options: Options) -> Kept:
    """What the second engine holds, if it was asked, else what promises the best F1."""
    asked = options.engine == "readability" and bool(part.candidate)
    return _held(part, score) if asked else best_cut(score, tokens)


def _without_repeats(evidence: Evidence, score: Floats, kept: Kept, options: Options) -> tuple[Floats, Kept, Kept]:
    """Scores and kept blocks after what the site's pages share is weighed, and the blocks that go because of it."""
    around = evidence.around
    tokens = np.maximum(around.measures.tokens.astype(np.float64), 0.5)
    title = [around.measures.title] if around.measures.title >= 0 else []
    weighed = weigh_repeats(evidence.page, score, kept, title)
    left = keep_together(evidence, weighed, _chosen(evidence.page, weighed, tokens, options))
    return (weighed, left, kept & ~left) if left.any() else (score, kept, left)


def _verdicts(page: Page, evidence: Evidence, score: Floats, kept: Kept, repeats: Kept) -> list[Verdict]:
    said = zip(score.tolist(), kept.tolist(), strict=True)
    shown = [_verdict(evidence, index, likely, keep=keep) for index, (likely, keep) in enumerate(said)]
    for index in np.flatnonzero(repeats).tolist():
        shown[index] = replace(shown[index], rule=RULE, pieces=())
    verdicts = iter(shown)
    return [hidden(why) if why else next(verdicts) for why in page.hidden]


def _verdict(evidence: Evidence, index: int, score: float, *, keep: bool) -> Verdict:
    if keep:
        proof = proven(evidence, index)
        return Verdict(keep=True, score=score, category=proof[0] if proof else None, rule=proof[1] if proof else "")
    category, rule = reason(evidence, index)
    hits = evidence.by_block.get(index, [])
    split = pieces(evidence.page.text[index], hits, category, rule) if len(hits) > 1 else ()
    return Verdict(keep=False, score=score, category=category, rule=rule, pieces=split)


def _held(page: Page, score: Floats) -> Kept:
    return (np.array(page.candidate) >= HELD) & (score >= CERTAIN_CHROME)


def _elsewhere(part: Page, visible: list[int], tokens: Floats, kept: Kept) -> list[BlockFinding]:
    """A finding where the page shows next to nothing, and its JSON-LD holds a whole article."""
    if tokens[kept].sum() >= LITTLE_TOKENS or len(structured_text(part)) < WHOLE_ARTICLE:
        return []
    message = "the page shows next to nothing; its article stands in its JSON-LD, which is not shown"
    return [BlockFinding(visible[0], 0, 0, Category.HIDDEN, "JSON-LD", 1.0, message)]


def _revealed(page: Page) -> list[BlockFinding]:
    """One finding for each kind of hiding that holds the page's main text."""
    out, told = [], set()
    for index, why in enumerate(page.revealed):
        if why and why not in told:
            told.add(why)
            message = f"the page's main text is hidden by its style ({why}) and was kept"
            out.append(BlockFinding(index, 0, len(page.text[index]), Category.HIDDEN, why, 1.0, message))
    return out
