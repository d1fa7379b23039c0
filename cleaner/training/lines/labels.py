"""Which lines of a page are content: the page's tokens aligned in order with those of its gold text.

The alignment is made of runs of equal tokens. A run may begin anywhere, but costs more inside a line than at the
beginning of one, so that a stray word of a menu doesn't count as content because the article has the word too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_CJK = r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]"
_TOKEN = re.compile(rf"{_CJK}|(?:(?!{_CJK})\w)+")
MAX_CELLS = 120_000_000  # of the alignment's table; larger pages are left out of training
# A run pays for its first token: more where neither text begins a line.
_START_BOTH, _START_ONE, _START_NONE = 0.3, 1.2, 2.6
_HERE, _ABOVE = 2, 0


def tokens(text: str) -> list[str]:
    """Lower-cased words; each CJK character is one."""
    return _TOKEN.findall(text.lower())


def label_lines(lines: Sequence[str], gold: str) -> NDArray[np.float32] | None:
    """The share of each line's tokens that the gold text has, in order; NaN for lines without tokens.

    None if the page is too large to align.
    """
    gold_lines = [found for line in gold.split("\n") if (found := tokens(line))]
    vocabulary: dict[str, int] = {}
    wanted = [vocabulary.setdefault(token, len(vocabulary)) for line in gold_lines for token in line]
    gold_starts = np.zeros(len(wanted), bool)
    gold_starts[np.cumsum([0, *map(len, gold_lines)])[:-1]] = True
    line_tokens = [tokens(line) for line in lines]
    sizes = np.array([len(found) for found in line_tokens])
    present = [
        (number, vocabulary[token], place == 0)
        for number, found in enumerate(line_tokens)
        for place, token in enumerate(found)
        if token in vocabulary
    ]
    if len(present) * len(wanted) > MAX_CELLS:
        return None
    matched = np.zeros(len(lines))
    if present and wanted:
        for row in _align(present, np.array(wanted), gold_starts):
            matched[present[row][0]] += 1
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(sizes > 0, matched / np.maximum(sizes, 1), np.nan).astype(np.float32)


def _align(
    present: list[tuple[int, int, bool]], wanted: NDArray[np.int64], gold_starts: NDArray[np.bool_]
) -> list[int]:
    """The rows of `present` that are matched by the best alignment."""
    rows, columns = len(present), len(wanted)
    equal = {code: wanted == code for code in {code for _, code, _ in present}}
    continued = np.zeros((rows, columns), bool)
    origin = np.zeros((rows, columns), np.uint8)
    best = np.zeros(columns + 1, np.float32)  # best[j]: the best score within the first j gold tokens
    before = np.zeros(columns + 1, np.float32)  # scores of matches that end in the row before, shifted by one
    cost_at_start = np.where(gold_starts, _START_BOTH, _START_ONE).astype(np.float32)
    cost_inside = np.where(gold_starts, _START_ONE, _START_NONE).astype(np.float32)
    line_before = -1
    for row, (line, code, at_start) in enumerate(present):
        same = equal[code]
        fresh = best[:-1] - (cost_at_start if at_start else cost_inside)
        running = before[:-1] if line in (line_before, line_before + 1) else np.full(columns, -1e9, np.float32)
        carried = running >= fresh
        score = np.where(same, np.maximum(running, fresh) + 1, np.float32(-1e9))
        continued[row] = carried
        above = best[1:].copy()
        np.maximum.accumulate(np.maximum(above, score), out=best[1:])
        origin[row] = np.where(best[1:] == above, _ABOVE, np.where(best[1:] == score, _HERE, 1))
        before[1:] = score
        before[0] = -1e9
        line_before = line
    return _trace(continued, origin)


def _trace(continued: NDArray[np.bool_], origin: NDArray[np.uint8]) -> list[int]:
    row, column = origin.shape[0] - 1, origin.shape[1] - 1
    out: list[int] = []
    in_run = False
    while row >= 0 and column >= 0:
        if not in_run:
            step = origin[row, column]
            if step == _ABOVE:
                row -= 1
                continue
            if step != _HERE:
                column -= 1
                continue
        out.append(row)
        in_run = bool(continued[row, column])
        row -= 1
        column -= 1
    return out
