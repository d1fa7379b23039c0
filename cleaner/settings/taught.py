"""The file of taught rules: which lines of which pages stay and go, as `cleaner teach` writes it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.errors import UsageError
from cleaner.judging.folding import fold
from cleaner.judging.user_rules import core_of
from cleaner.settings.file import shown_path
from cleaner.settings.rule_file import parse_rules

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cleaner.options import RuleAction, UserRule

_MARK = (
    "# Below stands what `cleaner teach` wrote, and may rewrite; rules of your own belong above or into another file.\n"
)
_ACTIONS: tuple[RuleAction, ...] = ("drop", "keep")


@dataclass(frozen=True, slots=True)
class Scope:
    """The pages that lines are taught for: those of a host, or if `site` is "" the files of a pattern.

    name  begins the rules' ids, so that rules of different files have different ones
    """

    name: str
    site: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to become of a line; None for what the judge says."""

    text: str
    action: RuleAction | None


def with_choices(old: str, file: Path, scope: Scope, choices: Iterable[Choice]) -> str:
    """The content of a file of taught rules, with choices added to `old`; a line has the last choice made for it.

    What stands above the part that teaching writes stays to the letter. Raises UsageError if that part was changed by
    hand, or a choice is a line without letters or digits.
    """
    own, mark, part = old.partition(_MARK)
    lines = {_key(rule): list(rule.terms) for rule in parse_rules(part.encode(), file)}
    if mark and part != _rendered(lines):
        hint = "move your rules above its comment, and take the changes below back"
        raise UsageError(f"changed by hand where `cleaner teach` writes: {shown_path(file)}", hint=hint)
    for choice in choices:
        text = " ".join(choice.text.split())
        core = core_of(fold(text))
        if not core:
            raise UsageError(f"there is nothing in this line to know it by: {text}", hint="choose another")
        for action in _ACTIONS:
            known = lines.setdefault(_Key(scope, action), [])
            there = [term for term in known if core_of(fold(term)) == core]
            if action != choice.action:
                known[:] = [term for term in known if term not in there]
            elif not there:
                known.append(text)
    if not mark and not any(lines.values()):
        return old
    own += "\n" if own and not own.endswith("\n\n") and not mark else ""
    return own + _MARK + _rendered(lines)


@dataclass(frozen=True, slots=True)
class _Key:
    scope: Scope
    action: RuleAction


def _key(rule: UserRule) -> _Key:
    scope = Scope(rule.id.partition("-")[0], next(iter(rule.sites), ""), next(iter(rule.paths), ""))
    return _Key(scope, rule.action)


def _rendered(lines: dict[_Key, list[str]]) -> str:
    return "".join(f"\n{_rule(key, terms)}" for key, terms in lines.items() if terms)


def _rule(key: _Key, terms: list[str]) -> str:
    scope = key.scope
    place = ("sites", scope.site) if scope.site else ("paths", scope.path)
    fields = {
        "id": _quoted(f"{scope.name}-{key.action}-{place[1]}"),
        "action": _quoted(key.action),
        place[0]: f"[{_quoted(place[1])}]",
        "terms": _list(terms),
        key.action: _list(terms),  # the examples that it must match
    }
    return "[[rule]]\n" + "".join(f"{name} = {value}\n" for name, value in fields.items())


def _list(texts: list[str]) -> str:
    return "[\n" + "".join(f"  {_quoted(text)},\n" for text in texts) + "]"


def _quoted(text: str) -> str:
    """A TOML string: JSON's, but that DEL is escaped as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
