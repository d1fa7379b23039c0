"""Training of the table of metadata: pages with title, author and date in, `weights.toml` out."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from cleaner.errors import UnreadableInput
from cleaner.training.metadata.corpus import Known, read_known
from cleaner.training.metadata.export import write_weights
from cleaner.training.metadata.fit import FIELDS, fit_tables, scores
from cleaner.training.train import Scores

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cleaner.training.train import Tell


def train(corpora: Sequence[Path], out: Path, cache: Path | None, tell: Tell) -> Scores:
    """Fit the weights on all pages and write them to the file `out`; the header says how well halves fit halves.

    corpora  folders of pages (`gold.jsonl` with title, author and date; `pages/`)
    cache    folder for the pages that were read and judged, which takes a minute
    """
    pages: list[Known] = []
    for corpus in corpora:
        own = _read(corpus, cache)
        tell(f"{corpus.name}: {len(own)} pages")
        pages += own
    _refuse_useless(pages)
    halves = [[page for page in pages if page.half == half] for half in (0, 1)]
    held_out = {}
    for name, trained, held in (("A", halves[1], halves[0]), ("B", halves[0], halves[1])):
        tables = fit_tables(trained)
        held_out[name] = scores(held, tables)
        tell(f"half {name}, by the weights of the other")
    tables = fit_tables(pages)
    in_sample = scores(pages, tables)
    write_weights(out, [corpus.name for corpus in corpora], tables, {**held_out, "all": in_sample})
    tell(f"{sum(len(tables[field]) for field in FIELDS)} weights from {len(pages)} pages")
    ways = (held_out["A"], held_out["B"], in_sample)
    rows = ((name, *(f"{found[name]:.3f}" if name in found else "-" for found in ways)) for name in in_sample)
    return Scores(("share that is right", "half A, unseen", "half B, unseen", "all, in sample"), tuple(rows))


def _refuse_useless(pages: Sequence[Known]) -> None:
    """Each half must have pages that say each field: what one half teaches, the other one scores."""
    for half in (0, 1):
        own = [page for page in pages if page.half == half]
        lacking = [
            field for field in FIELDS if not any(page.gold[field] and page.contests[field].groups for page in own)
        ]
        if lacking:
            message = f"too few pages of different domains with a known {' and '.join(lacking)}"
            raise UnreadableInput(message, hint="gold.jsonl says title, author and date of each page")


def _read(corpus: Path, cache: Path | None) -> list[Known]:
    stored = cache / f"metadata-{corpus.name}.pickle" if cache is not None else None
    if stored is not None and stored.exists():
        with stored.open("rb") as file:
            found: list[Known] = pickle.load(file)  # noqa: S301  written by this function
        return [one.competed() for one in found]
    pages = list(read_known(corpus))
    if stored is not None:
        stored.parent.mkdir(parents=True, exist_ok=True)
        with stored.open("wb") as file:
            pickle.dump(pages, file)
    return [one.competed() for one in pages]
