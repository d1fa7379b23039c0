"""The weights of title, author and date: a logistic regression in which a page's candidates compete."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.metadata.choose import exact
from cleaner.training.metadata.right import is_right

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.metadata.candidates import Field
    from cleaner.metadata.groups import Group
    from cleaner.training.metadata.corpus import Known

# In this order: whether a page has a date speaks for its author.
FIELDS: tuple[Field, ...] = ("title", "date", "author")
# Every page has a title, and people name one even where it is poor; of the others "none" competes with the candidates.
_ALWAYS = frozenset(("title",))
_NO_LEAST = -99.0
# Signals of fewer candidates, and weights that round to less, are left out.
_FEWEST, _SMALLEST = 6, 0.15
# Strength of the pull to zero. For titles 1 to 4 give .876 to .878 on halves held out, 0.5 gives .873; for the others
# more than 0.5 lets more false ones through (2: a tenth to a quarter more) for no more right ones.
_PULL = {"title": 1.0, "date": 0.5, "author": 0.5}
_STEPS = 400
# What a page without a date (an author) counts beside one with: less lets more false ones through. The largest for
# which the held-out shares of false ones stay near .10 and .08: .094 and .085.
_NONE_COUNTS = {"date": 0.45, "author": 0.5}
Tables = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class _Example:
    """The signals of each candidate of a page; which are right; None where nothing should be chosen."""

    signals: list[set[str]]
    right: list[bool] | None


def fit_tables(pages: Sequence[Known]) -> Tables:
    """Weights by signal for each field, with `least`, what their sum must reach; rounded to a tenth."""
    tables: Tables = {}
    for field in FIELDS:
        examples = [_example(page, field, tables) for page in pages]
        tables[field] = _fit(examples, _NONE_COUNTS.get(field, 1.0), _PULL[field], always=field in _ALWAYS)
    return tables


def scores(pages: Sequence[Known], tables: Tables) -> dict[str, float]:
    """Shares of the pages with a value where the right one is chosen, and of those without where one is (`false …`)."""
    told: dict[str, list[bool]] = {}
    for page in pages:
        for field in FIELDS:
            group = _chosen(page, field, tables)
            if page.gold[field]:
                right = group is not None and is_right(field, _value(group, field), page.gold[field])
                told.setdefault(field, []).append(right)
            elif field not in _ALWAYS:
                told.setdefault(f"false {field}", []).append(group is not None)
    return {name: round(sum(found) / len(found), 3) for name, found in told.items()}


def _value(group: Group, field: Field) -> str:
    return (exact(group.values) if field == "date" else group.values)[0][0]


def _signals(page: Known, field: Field, tables: Tables) -> list[tuple[Group, set[str]]]:
    """The groups of a page with all that counts for each; what the date's table says of the page for the author."""
    contest = page.contests[field]
    common = set(contest.page)
    if field == "author":
        common -= {"dated", "undated"}
        common.add("dated" if _chosen(page, "date", tables) else "undated")
    return [(group, group.signals | common) for group in contest.groups if group.values]


def _chosen(page: Known, field: Field, tables: Tables) -> Group | None:
    table, best, most = tables[field], None, tables[field]["least"]
    for group, signals in _signals(page, field, tables):
        total = sum(table.get(signal, 0.0) for signal in signals)
        if total >= most and (best is None or total > most):
            best, most = group, total
    return best


def _example(page: Known, field: Field, tables: Tables) -> _Example:
    groups = _signals(page, field, tables)
    gold = page.gold[field]
    right = [is_right(field, _value(group, field), gold) for group, _ in groups] if gold else None
    return _Example([signals for _, signals in groups], right)


def _fit(examples: list[_Example], none_counts: float, pull: float, *, always: bool) -> dict[str, float]:
    usable = [one for one in examples if one.signals and (any(one.right) if one.right else not always)]
    counts = Counter(signal for one in usable for signals in one.signals for signal in signals)
    columns = {
        signal: at for at, signal in enumerate(sorted(name for name, count in counts.items() if count >= _FEWEST))
    }
    rows: list[Any] = []
    right: list[bool] = []
    starts: list[int] = []
    for one in usable:
        starts.append(len(rows))
        for signals, is_it in zip(one.signals, one.right or [False] * len(one.signals), strict=True):
            row = np.zeros(len(columns) + 1)
            row[[columns[signal] for signal in signals if signal in columns]] = 1
            row[-1] = not always
            rows.append(row)
            right.append(is_it)
        if not always:
            rows.append(np.zeros(len(columns) + 1))
            right.append(one.right is None)
    counted = np.array([none_counts if one.right is None else 1.0 for one in usable])
    pulls = np.full(len(columns) + 1, pull)
    pulls[-1] = pull if always else 0.0
    found = _minimum(np.array(rows), np.array(right), np.array(starts), counted, pulls)
    table = {"least": _NO_LEAST if always else round(float(-found[-1]), 1)}
    kept = [(signal, round(float(found[at]), 1)) for signal, at in columns.items() if abs(found[at]) >= _SMALLEST]
    return table | dict(sorted(kept, key=lambda pair: (-pair[1], pair[0])))


def _minimum(rows: Any, right: Any, starts: Any, counted: Any, pull: Any) -> Any:
    """The coefficients under which the right ones of each page's candidates are likeliest."""
    from scipy.optimize import minimize

    sizes = np.diff(np.append(starts, len(rows)))

    def loss(weights: Any) -> tuple[float, Any]:
        sums = rows @ weights
        likely = np.exp(sums - np.repeat(np.maximum.reduceat(sums, starts), sizes))
        total, good = np.add.reduceat(likely, starts), np.add.reduceat(likely * right, starts) + 1e-12
        slope = likely / np.repeat(total, sizes) - likely * right / np.repeat(good, sizes)
        slope *= np.repeat(counted, sizes)
        value = float((counted * (np.log(total) - np.log(good))).sum() + 0.5 * (pull * weights * weights).sum())
        return value, rows.T @ slope + pull * weights

    start = np.zeros(rows.shape[1])
    return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
