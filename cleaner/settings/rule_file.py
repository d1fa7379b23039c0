"""A file of the user's own rules: the same TOML as the built-in ones, checked when it is read."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.errors import UnreadableInput, UsageError
from cleaner.files import read_file
from cleaner.judging.folding import fold_pattern
from cleaner.judging.pattern_cost import pattern_fault
from cleaner.options import UserRule
from cleaner.settings.file import shown_path
from cleaner.settings.values import nearest
from cleaner.verdict import Category

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

# Ten thousand rules of a hundred bytes; the built-in ones are two thirds of this.
_MOST_BYTES = 1_000_000
# What a built-in rule has for the judge, where a user's own decides.
_FOR_THE_JUDGE = frozenset(("footer", "heads"))
_STRENGTHS = ("whole", "strong")
_ACTIONS = ("drop", "keep")
_MATCHING = ("terms", "labels", "pattern")


class _Wrong(Exception):
    """What is wrong with a field, and what to do about it."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


def read_rules(path: str | os.PathLike[str]) -> tuple[UserRule, ...]:
    """The rules in a file, in its order.

    Raises UsageError, with what, where and which rule, for anything that can't be: no TOML, unknown fields, bad or
    slow patterns, two rules of one name.
    """
    file = Path(path).absolute()
    try:
        data = read_file(file, _MOST_BYTES)
    except UnreadableInput as error:
        raise UsageError(f"{error.message}: {shown_path(file)}", hint="it is to hold rules") from None
    return parse_rules(data, file)


@lru_cache(maxsize=64)
def parse_rules(data: bytes, file: Path) -> tuple[UserRule, ...]:
    """The rules in the content of a file, which need not be there. Raises UsageError as `read_rules` does."""
    where = shown_path(file)
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"not TOML: {where}: {error}") from None
    for key in table:
        if key != "rule":
            raise UsageError(f"there is no table {key!r}: {where}", hint="rules stand under [[rule]]")
    tables = table.get("rule", [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise UsageError(f"rule is no list of tables: {where}", hint="rules stand under [[rule]]")
    rules: dict[str, UserRule] = {}
    for number, one in enumerate(tables, 1):
        name = one["id"] if isinstance(one.get("id"), str) and one["id"] else f"number {number}"
        try:
            rule = _rule(one, file)
        except _Wrong as wrong:
            raise UsageError(f"{wrong.what}: {where}: rule {name}", hint=wrong.hint) from None
        if rule.id in rules:
            raise UsageError(f"two rules have this name: {where}: rule {name}", hint="name one of them otherwise")
        rules[rule.id] = rule
    return tuple(rules.values())


def _rule(table: dict[str, Any], file: Path) -> UserRule:
    values = {key: _field(key, raw) for key, raw in table.items()}
    if "id" not in values:
        raise _Wrong("it has no id")
    if not any(values.get(key) for key in _MATCHING):
        raise _Wrong("it matches nothing", "give it terms, labels or a pattern")
    strength = values.pop("strength", _STRENGTHS[0])
    values.pop("reach", None)  # a bound on a search that is not made here
    values.setdefault("line", strength == _STRENGTHS[0])
    if values.get("pattern") and (fault := _pattern_fault(values["pattern"])):
        what, _, hint = fault.partition(": ")
        raise _Wrong(f"bad pattern: {what}", hint)
    return UserRule(**{"category": Category.USER, **values}, file=str(file), folder=str(file.parent))


def _pattern_fault(pattern: str) -> str:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return str(error)
    return pattern_fault(fold_pattern(pattern))


def _field(key: str, raw: object) -> Any:
    if key in _FOR_THE_JUDGE:
        raise _Wrong(f"{key} is not for rules of your own", "it is evidence for the judge, and a rule of yours decides")
    if key not in _READ:
        raise _Wrong(f"there is no field {key!r}", nearest(key, _READ))
    return _READ[key](key, raw)


def _text(key: str, raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise _Wrong(f"{key} = {raw!r}", "a text in quotes")
    return raw


def _texts(key: str, raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(text, str) and text.strip() for text in raw):
        raise _Wrong(f"{key} is no list of texts", f'write {key} = ["…"]')
    return tuple(raw)


def _hosts(key: str, raw: object) -> tuple[str, ...]:
    return tuple(host.lower() for host in _texts(key, raw))


def _switch(key: str, raw: object) -> bool:
    if not isinstance(raw, bool):
        raise _Wrong(f"{key} = {raw!r}", "true or false")
    return raw


def _share(key: str, raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 <= raw <= 1:
        raise _Wrong(f"{key} = {raw!r}", "a number from 0 to 1")
    return float(raw)


def _count(key: str, raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < 0:
        raise _Wrong(f"{key} = {raw!r}", "a whole number")
    return raw


def _one_of(words: tuple[str, ...]) -> Callable[[str, object], str]:
    def read(key: str, raw: object) -> str:
        if not isinstance(raw, str) or raw not in words:
            raise _Wrong(f"{key} = {raw!r}", nearest(raw if isinstance(raw, str) else "", words))
        return raw

    return read


def _category(key: str, raw: object) -> Category:
    return Category(_one_of(tuple(str(category) for category in Category))(key, raw))


_READ: dict[str, Callable[[str, object], Any]] = {
    "id": _text,
    "category": _category,
    "action": _one_of(_ACTIONS),
    "strength": _one_of(_STRENGTHS),
    "line": _switch,
    "terms": _texts,
    "labels": _texts,
    "pattern": _text,
    "anchors": _texts,
    "opens": _texts,
    "needs": _text,
    "cover": _share,
    "reach": _count,
    "sites": _hosts,
    "paths": _texts,
    "languages": _texts,
    "source": _text,
    "drop": _texts,
    "keep": _texts,
}
