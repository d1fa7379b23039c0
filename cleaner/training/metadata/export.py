"""The fitted weights as a TOML table that a person can read, the heaviest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.files import write_file
from cleaner.models import FORMAT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cleaner.training.metadata.fit import Tables

_HEAD = """\
# What speaks for and against a value, and how much: the signals of a value and of its page are added up, the largest
# sum wins, and it must reach `least`; without that the field stays empty. Written by
# `cleaner train --kind metadata`: the coefficients of a logistic regression in which the candidates of a page,
# and "none of them", compete, rounded to a tenth. What can't be learned there stands in weights_by_hand.toml.
"""


def write_weights(
    path: Path, corpora: Sequence[str], tables: Tables, scores: Mapping[str, Mapping[str, float]]
) -> None:
    """Write the tables, under a header that says what they were fitted to and how well.

    scores  by half (`A`, `B`: by weights of the other half, no domain in both) and for `all`, in sample
    """
    lines = [f"# Fitted to {', '.join(corpora)}. Shares that are right (or given where there is nothing):"]
    for name, found in scores.items():
        way = "all, in sample" if name == "all" else f"half {name}, held out"
        lines.append(f"#   {way}: " + ", ".join(f"{field} {share:.3f}" for field, share in found.items()))
    lines += ["", 'kind = "metadata"', f"format = {FORMAT}"]
    for field, table in tables.items():
        lines += ["", f"[{field}]"]
        lines += [f"{_key(signal)} = {value}" for signal, value in table.items()]
    write_file(path, (_HEAD + "\n".join(lines) + "\n").encode())


def _key(signal: str) -> str:
    return signal if signal.isidentifier() else f'"{signal}"'
