"""The judge of lines: bare text and Markdown. Marks and shape make evidence, zones make sense of it, proofs decide."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.judging.lexicon import load
from cleaner.judging.lines.alphabet import Class
from cleaner.judging.lines.decide import Evidence, proofs, settle
from cleaner.judging.lines.dense import with_rows
from cleaner.judging.lines.evidence import LOGIT_BOUND
from cleaner.judging.lines.evidence import evidence as gather
from cleaner.judging.lines.features import log_odds
from cleaner.judging.lines.gentle import only_named, only_proven
from cleaner.judging.lines.long_pages import CLEAN, SHORT_PAGE, model_zones, understood
from cleaner.judging.lines.marks import BYLINE, contradicted, mark
from cleaner.judging.lines.model import Opinion, line_model
from cleaner.judging.lines.reasons import Reasons
from cleaner.judging.lines.repeated import without_repeats
from cleaner.judging.lines.shape import measure
from cleaner.judging.lines.spans import can_be_cut, outside_cuts, spam_share
from cleaner.judging.lines.title import clear_above_title, find_title
from cleaner.judging.lines.zones import Zone, best_zones, body_probability, chain
from cleaner.judging.override import without_hidden
from cleaner.judging.spam import find_spam
from cleaner.judging.spam_cuts import cuts_and_findings
from cleaner.models import OtherFeatures, misfit, model_of
from cleaner.verdict import Category, Judgement, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleaner.judging.lines.marks import Marks
    from cleaner.judging.lines.shape import Shape
    from cleaner.judging.lines.zones import Chain
    from cleaner.judging.spam import SpamSpan
    from cleaner.options import Level, Options
    from cleaner.page import Page
    from cleaner.verdict import Weighing

_DATED_WORDS = 16.0  # a longer line with a date says more than when
# Of the byline evidence: part of a block of bylines, a byline by itself, one that stands far from the title.
_BYLINE_BLOCK, _EDITOR_LINE, _SURE_BYLINE = 0.3, 0.5, 0.9
_EDITOR_LINES = 3  # below the text; farther down it's the footer's
_BYLINE_WORDS = 25.0  # a longer line is text that names a source


def judge(page: Page, options: Options) -> Judgement:
    """The verdict on each line of the page, with cuts of injected spam in lines that stay. Linear in the page."""
    if not len(page):
        return Judgement([], sureness=0.0)
    seen = _look(page)
    path = model_of(options.model, "lines")
    try:
        opinion = line_model(path).read(page, seen.shape, seen.marks, seen.spam)
    except OtherFeatures as other:
        raise misfit(path, str(other)) from None
    judgement = judged(
        page, seen.shape, seen.marks, seen.spans, opinion=opinion, weights=chain(path), level=options.level
    )
    judgement = without_hidden(judgement, page, options)
    judgement.weigh = lambda: _weighed(page, path)
    return judgement


class _Seen(NamedTuple):
    """What is known of the lines of a page before anything is concluded."""

    texts: list[str]
    shape: Shape
    spans: Sequence[SpamSpan]
    marks: Marks
    spam: NDArray[np.float32]


def _look(page: Page) -> _Seen:
    texts = page.text if page.kind == "text" else [text.replace("\n", " ") for text in page.text]
    shape = measure(texts)
    spans = find_spam(texts)
    hits = outside_cuts(load().match(texts, shape.folded), page, spans)
    marks = mark(page, shape, with_rows(page, shape, hits))
    return _Seen(texts, shape, spans, marks, spam_share(page, spans, shape.ink))


def _weighed(page: Page, path: str | None) -> list[Weighing]:
    """How each line came to its score; looks at the page again, so that no run keeps what only explanations need."""
    from cleaner.judging.lines.weigh import ChainEvidence, weigh  # explanations alone need them

    texts, shape, _, marks, spam = _look(page)
    inside = line_model(path).look_inside(page, shape, marks, spam)
    opinion = inside.opinion
    if len(page) > SHORT_PAGE:
        return weigh(texts, inside, None)
    _, matrix, names = _evidence(page, shape, marks, spam, opinion)
    return weigh(texts, inside, ChainEvidence(matrix, names, chain(path)))


def _evidence(
    page: Page, shape: Shape, marks: Marks, spam: NDArray[np.float32], opinion: Opinion | None
) -> tuple[Marks, NDArray[np.float32], list[str]]:
    """The marks that the line model doesn't contradict, and the evidence of the chain with its names."""
    logit, dirty = np.zeros(len(page), np.float32), 0.0
    if opinion is not None:
        marks = contradicted(marks, shape, opinion.probability)
        logit = np.clip(log_odds(opinion.probability), -LOGIT_BOUND, LOGIT_BOUND)
        dirty = min(max(math.log((opinion.dirty + 1e-6) / (1 - opinion.dirty + 1e-6)), -LOGIT_BOUND), LOGIT_BOUND)
    return marks, *gather(page, shape, marks, spam, logit=logit, dirty=dirty)


def judged(
    page: Page,
    shape: Shape,
    marks: Marks,
    spans: Sequence[SpamSpan],
    *,
    opinion: Opinion | None,
    weights: Chain,
    level: Level,
) -> Judgement:
    """The judgement from what is known of the page: its shape, marks, spam, and the line model's opinion, if any."""
    spam = spam_share(page, spans, shape.ink)
    curable = can_be_cut(page, spans) & ~marks.sure
    marks, matrix, names = _evidence(page, shape, marks, spam, opinion)
    columns = dict(zip(names, matrix.T, strict=True))
    if opinion is not None and len(page) > SHORT_PAGE:
        evidence = Evidence(shape, marks, columns, opinion.probability.astype(np.float64), spam, opinion)
        proof = proofs(evidence)
        zones = model_zones(opinion, evidence, level)
        title = find_title(zones, proof & ~curable, evidence, page)
        zones[title] = Zone.BODY
    else:
        scores = (matrix @ weights.matrix(names)).astype(np.float64)
        evidence = Evidence(shape, marks, columns, body_probability(scores, weights), spam, opinion)
        proof = proofs(evidence)
        zones = settle(best_zones(scores, weights), proof, evidence, level)
        title = find_title(zones, proof & ~curable, evidence, page)
        zones[title] = Zone.BODY
        clear_above_title(zones, title, proof, evidence)
        if opinion is not None and not understood(zones, opinion, shape.words):
            zones = model_zones(opinion, evidence, level)
            title = [line for line in title if zones[line] == Zone.BODY]
    verdicts = _verdicts(page.text, zones, proof, evidence, title)
    if page.shared:
        verdicts = without_repeats(page, verdicts, title, marks.hits, level)
    if level == "gentle":
        verdicts = only_proven(verdicts, marks)
    cuts, findings = cuts_and_findings(spans, [verdict.keep for verdict in verdicts])
    if level == "gentle":
        cuts = only_named(cuts)
    # Text of one line has no title: what nothing follows heads nothing.
    heads = bool(title) and any(verdict.keep for verdict in verdicts[title[-1] + 1 :])
    sureness = _sureness(evidence.body, verdicts, proof)
    return Judgement(verdicts, cuts, findings, title=title[0] if heads else None, sureness=sureness)


def _verdicts(
    texts: Sequence[str], zones: NDArray[np.int64], proof: NDArray[np.bool_], evidence: Evidence, title: list[int]
) -> list[Verdict]:
    bylines = _bylines(zones, proof, evidence, title)
    scores = np.round(evidence.body, 4).tolist()
    why = Reasons(evidence, scores)
    verdicts: list[Verdict] = []
    headed: Category | None = None
    for line, (zone, score) in enumerate(zip(zones.tolist(), scores, strict=True)):
        if line in bylines:
            verdicts.append(why.byline(line, texts[line]))
        elif zone == Zone.BODY:
            verdicts.append(Verdict(keep=True, score=score))
            headed = None
        else:
            hits = evidence.marks.hits.get(line)
            if hits and evidence.marks.heads[line]:
                headed = next(hit.rule.category for hit in hits if hit.rule.heads)
            elif hits is not None:
                headed = None
            verdicts.append(why.removed(line, texts[line], zone, headed))
    return verdicts


def _bylines(
    zones: NDArray[np.int64], proof: NDArray[np.bool_], evidence: Evidence, title: list[int]
) -> frozenset[int]:
    """Byline lines around the title, above the text; and source or editor lines below the text, before a footer.

    On a page without chrome nothing is a byline: an ordinary document keeps its author's name where he put it.
    """
    if (zones == Zone.BODY).all() and evidence.opinion is not None and evidence.opinion.dirty < CLEAN:
        return frozenset()
    byline = evidence.column("byline")
    fit = (evidence.shape.words < _BYLINE_WORDS) & (evidence.column("guarded") == 0) & ~evidence.shape.running
    if not proof.any() and not (fit & (byline >= 1) & (evidence.marks.chrome >= 1)).any():
        return frozenset()
    running = np.flatnonzero((evidence.column("running") > 0) & (zones == Zone.BODY))
    first = int(running[0]) if len(running) else len(zones)
    last = int(running[-1]) if len(running) else len(zones)
    found = _beside_title(fit & (byline >= _BYLINE_BLOCK), evidence, title, first)
    spoken = evidence.marks.groups[:, BYLINE] >= 1
    fit &= spoken | (evidence.shape.first != Class.OPEN)  # another credit in brackets belongs to the text
    strong = fit & spoken
    found |= {line for line in np.flatnonzero(strong[:first]).tolist() if line not in title}
    body = zones == Zone.BODY
    editor = fit & (byline >= _SURE_BYLINE) & (evidence.marks.byline > 0) & body & (evidence.column("date") == 0)
    for line in range(last + 1, min(last + 1 + _EDITOR_LINES, len(zones) - 1)):
        if editor[line] and not body[line + 1 :].any():
            found.add(line)
    return frozenset(found)


def _beside_title(byline: NDArray[np.bool_], evidence: Evidence, title: list[int], first: int) -> set[int]:
    """The block of bylines right above and right below the title; not if a list of labelled facts goes on from it."""
    if not title:
        return set()
    label = (evidence.column("label") > 0) & ~byline
    marked = evidence.marks.chrome >= 0.5
    sure = evidence.column("byline") >= _EDITOR_LINE
    sure &= (evidence.marks.byline > 0) | ((evidence.shape.words < _DATED_WORDS) & (evidence.shape.first != Class.OPEN))
    found: set[int] = set()
    line = title[-1] + 1
    while line < first and (byline[line] or marked[line]):
        line += 1
    if not (line < len(label) and label[line]):
        found |= {place for place in range(title[-1] + 1, line) if byline[place] and sure[place]}
    line = title[0] - 1
    while line >= 0 and byline[line]:
        found |= {line} if sure[line] else set()
        line -= 1
    return found


def _sureness(body: NDArray[np.float64], verdicts: Sequence[Verdict], proof: NDArray[np.bool_]) -> float:
    """How far the lines are from doubt, 0 to 1; little text or a single proof leaves some."""
    margin = float(np.mean(np.abs(body - 0.5) * 2))
    agreed = np.mean([verdict.keep == (score >= 0.5) for verdict, score in zip(verdicts, body.tolist(), strict=True)])
    few = 0.9 if proof.sum() == 1 else 1.0
    return round(margin * float(agreed) * few, 3)
