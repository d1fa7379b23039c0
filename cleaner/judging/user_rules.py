"""The user's own rules, compiled, and obeyed above all that the judge thinks. Linear in the page."""

from __future__ import annotations

import dataclasses
import os
import re
from bisect import bisect_left
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from cleaner.deferred import Deferred
from cleaner.errors import UsageError
from cleaner.judging.folding import fold, fold_pattern
from cleaner.judging.lexicon import is_glued
from cleaner.judging.pattern_cost import SEEN
from cleaner.judging.rows import EDGES
from cleaner.page import BlockKind
from cleaner.verdict import Cut, Judgement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathspec import GitIgnoreSpec

    from cleaner.options import Options, RuleAction, UserRule
    from cleaner.page import Page
    from cleaner.verdict import Verdict

_EDGE = f"[{re.escape(EDGES)}]{{0,12}}"
# Parts of a Markdown document that stay or go as one, never by what a line of them says.
_UNITS = frozenset((BlockKind.CODE, BlockKind.TABLE, BlockKind.FRONT_MATTER, BlockKind.MARKUP))


class UserRules:
    """Rules of one action, compiled; `find` tells which of them hits a line."""

    def __init__(self, rules: tuple[UserRule, ...]) -> None:
        self._lines: dict[str, UserRule] = {}
        self._labels: dict[str, UserRule] = {}
        self._patterns: list[tuple[UserRule, re.Pattern[str], tuple[str, ...]]] = []
        self._stretches: list[UserRule] = []
        literals: list[str] = []
        for rule in rules:
            for term in rule.terms:
                if rule.line:
                    self._lines.setdefault(core_of(fold(term)), rule)
                elif folded := fold(term).strip():
                    literals.append(folded)
                    self._stretches.append(rule)
            for label in rule.labels:
                self._labels.setdefault(core_of(fold(label)), rule)
            if rule.pattern:
                form = fold_pattern(rule.pattern)
                form = f"^{_EDGE}(?:{form}){_EDGE}$" if rule.line else form
                anchors = tuple(fold(anchor) for anchor in rule.anchors)
                self._patterns.append((rule, re.compile(form, re.MULTILINE), anchors))
        self._automaton = None
        if literals:
            from ahocorasick_rs import AhoCorasick

            self._automaton = AhoCorasick(literals)

    def find(self, folded: str) -> UserRule | None:
        """The rule that hits a line, which is folded; None if there is none."""
        core = core_of(folded)
        if not core:
            return None
        if (rule := self._lines.get(core)) is not None:
            return rule
        if self._labels and (colon := core.find(":", 1)) > 0:
            rule = self._labels.get(core_of(core[:colon]))
            if rule is not None:
                return rule
        return next(self._in_stretches(folded), None) or next(self._by_patterns(folded, core), None)

    def _in_stretches(self, folded: str) -> Iterator[UserRule]:
        if self._automaton is None:
            return
        size = len(folded.strip())
        for literal, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            rule = self._stretches[literal]
            inside = (start and is_glued(folded[start - 1], folded[start])) or (
                end < len(folded) and is_glued(folded[end - 1], folded[end])
            )
            if not inside and end - start >= rule.cover * size:
                yield rule

    def _by_patterns(self, folded: str, core: str) -> Iterator[UserRule]:
        seen, size = folded[:SEEN], len(folded.strip())
        for rule, pattern, anchors in self._patterns:
            if anchors and not any(anchor in folded for anchor in anchors):
                continue
            if rule.opens and not _opens(rule, core):
                continue
            if rule.needs and fold(rule.needs) not in folded:
                continue
            if len(seen) < len(folded) and rule.line:
                continue  # its end is not in sight
            found = max((match.end() - match.start() for match in pattern.finditer(seen)), default=0)
            if found and found >= rule.cover * size:
                yield rule


def obey(judgement: Judgement, page: Page, options: Options, *, host: str, name: str | None) -> Judgement:
    """The judgement with the user's rules obeyed: what they hit goes or stays, a line at a time.

    host, name  of the page, for rules that are for some pages only; "" and None if they are not known

    A rule that keeps wins over one that drops, and over all else; one that drops leaves the categories of
    `options.keep` alone. Of a block of several lines, those that are hit are cut; a line that stays keeps its block.
    """
    rules = tuple(rule for rule in options.rules if _is_for(rule, host, name))
    drops = _compiled(rules, "drop", options.keep)
    keeps = _compiled(rules, "keep", frozenset())
    if not drops and not keeps:
        return judgement
    kept = list(judgement.kept)
    said: dict[int, UserRule] = {}
    cuts: dict[int, list[Cut]] = {}
    for cut in judgement.cuts:
        cuts.setdefault(cut.block, []).append(cut)
    touched = False
    for block, lines in lines_of(page):
        hits = [(start, end, keeps and keeps.find(line), drops and drops.find(line)) for start, end, line in lines]
        staying = [(start, end) for start, end, keep, _ in hits if keep]
        going = [(start, end, drop) for start, end, keep, drop in hits if drop and not keep]
        if not staying and not going:
            continue
        touched = True
        inside = [*staying, *((start, end) for start, end, _ in going)]
        left = _apart(cuts.get(block, []), sorted(inside))
        if staying:
            said[block] = next(keep for _, _, keep, _ in hits if keep)
            kept[block] = True
        if len(going) == len(hits):
            said[block] = going[0][2]
            kept[block] = False
        else:
            size = len(page.text[block])
            left += [_cut(block, start, min(end + 1, size), rule) for start, end, rule in going]
        cuts[block] = left
    if not touched:
        return judgement
    title = judgement.title
    return dataclasses.replace(
        judgement,
        verdicts=Deferred(lambda: _told(judgement.verdicts, said)),
        cuts=[cut for block in sorted(cuts) for cut in cuts[block] if kept[block]],
        title=title if title is not None and kept[title] else None,
        kept=kept,
    )


def core_of(folded: str) -> str:
    """A line as whole-line terms are compared with it: single spaces, no signs around it."""
    return " ".join(folded.split()).strip(EDGES)


@lru_cache(maxsize=64)
def _compiled(rules: tuple[UserRule, ...], action: RuleAction, spared: frozenset[object]) -> UserRules | None:
    ids = {rule.id for rule in rules}
    if len(ids) < len(rules):
        twice = next(rule.id for rule in rules if sum(other.id == rule.id for other in rules) > 1)
        raise UsageError(f"two rules are named {twice!r}", hint="name one of them otherwise")
    mine = tuple(rule for rule in rules if rule.action == action and rule.category not in spared)
    return UserRules(mine) if mine else None


def _is_for(rule: UserRule, host: str, name: str | None) -> bool:
    if rule.sites and not any(host == site or host.endswith(f".{site}") for site in rule.sites):
        return False
    if not rule.paths:
        return True
    if name is None:
        return False
    below = os.path.relpath(name, rule.folder)
    return not below.startswith(os.pardir) and bool(_paths(rule.paths).match_file(PurePath(below).as_posix()))


@lru_cache(maxsize=64)
def _paths(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def lines_of(page: Page) -> Iterator[tuple[int, list[tuple[int, int, str]]]]:
    """Of each block with text its lines, folded, with where they begin and end in it.

    In Markdown what holds together, code and tables, is left out.
    """
    joined = fold("\n".join(page.text))
    at = 0
    for block, text in enumerate(page.text):
        folded = joined[at : at + len(text)]
        at += len(text) + 1
        if page.kind == "markdown":
            if page.block_kind[block] not in _UNITS and folded.strip():
                yield block, [(0, len(text), folded.replace("\n", " "))]
            continue
        lines, start = [], 0
        for line in folded.split("\n"):
            if line.strip():
                lines.append((start, start + len(line), line))
            start += len(line) + 1
        if lines:
            yield block, lines


def _opens(rule: UserRule, core: str) -> bool:
    return any(core.startswith(fold(literal)) or (literal == "0" and core[0].isdecimal()) for literal in rule.opens)


def _apart(cuts: list[Cut], lines: list[tuple[int, int]]) -> list[Cut]:
    """The cuts that are in none of the lines, which stand in order and apart."""
    starts = [start for start, _ in lines]
    out = []
    for cut in cuts:
        before = bisect_left(starts, cut.end) - 1
        if before < 0 or lines[before][1] <= cut.start:
            out.append(cut)
    return out


def _cut(block: int, start: int, end: int, rule: UserRule) -> Cut:
    return Cut(block, start, end, rule.category, rule.id, 0.0)


def _told(verdicts: list[Verdict], said: dict[int, UserRule]) -> list[Verdict]:
    verdicts = list(verdicts)
    for block, rule in said.items():
        category = rule.category if rule.action == "drop" else verdicts[block].category
        keep = rule.action == "keep"
        verdicts[block] = dataclasses.replace(verdicts[block], keep=keep, category=category, rule=rule.id, pieces=())
    return verdicts
