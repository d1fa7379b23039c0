"""Rules tried on their own examples, and their patterns on lines made to be hard: what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cleaner.judging.chrome_rules import Strength, read_written
from cleaner.judging.folding import fold
from cleaner.judging.lexicon import SEEN, load
from cleaner.judging.pattern_cost import pattern_fault
from cleaner.judging.user_rules import UserRules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.judging.chrome_rules import Written
    from cleaner.options import UserRule


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a rule; `example` is the line that shows it, or "" if no line does."""

    file: str
    rule: str
    what: str
    example: str = ""


def built_in_faults() -> Iterator[Fault]:
    """The faults of the built-in rules, each tried together with all others, as on a page."""
    for written in read_written():
        yield from _built_in_faults(written)


def user_faults(rules: Iterable[UserRule]) -> Iterator[Fault]:
    """The faults of rules of the user's own, each tried alone; their patterns were tried when they were read."""
    for rule in rules:
        alone = UserRules((replace(rule, sites=(), paths=()),))
        hit, spare = (rule.drop, rule.keep) if rule.action == "drop" else (rule.keep, rule.drop)
        if not hit:
            yield Fault(rule.file, rule.id, f"it has no example of a line to {rule.action}")
        for example in hit:
            if not _hits(alone, example):
                yield Fault(rule.file, rule.id, "it does not match its example", example)
        for example in spare:
            if _hits(alone, example):
                yield Fault(rule.file, rule.id, "it matches its counter-example", example)


def _hits(rules: UserRules, example: str) -> bool:
    return any(rules.find(line) for line in fold(example).split("\n"))


def _built_in_faults(written: Written) -> Iterator[Fault]:
    rule = written.entry.rule
    for kind, examples in (("a line to drop", written.drop), ("a line to keep", written.keep)):
        if not examples:
            yield Fault(written.file, rule.id, f"it has no example of {kind}")
    for example in written.drop:
        if not any(hit.rule.id == rule.id for hit in load().match([example])):
            yield Fault(written.file, rule.id, "it does not match its example", example)
    for example in written.keep:
        hits = load().match([example])
        if any(hit.rule.id == rule.id and hit.rule.strength is not Strength.WEAK for hit in hits):
            yield Fault(written.file, rule.id, "it matches its counter-example", example)
    if written.entry.pattern and (fault := pattern_fault(written.entry.pattern, written.entry.reach + SEEN)):
        yield Fault(written.file, rule.id, fault)
