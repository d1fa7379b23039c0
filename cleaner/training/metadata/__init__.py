"""Training of the table of metadata: pages with title, author and date in, `weights.toml` out."""

from __future__ import annotations

import pickle
import sys
from typing import TYPE_CHECKING

from cleaner.training.metadata.corpus import Known, read_known
from cleaner.training.metadata.export import write_weights
from cleaner.training.metadata.fit import FIELDS, fit_tables, scores

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def train(corpora: Sequence[Path], out: Path, cache: Path | None = None) -> None:
    """Fit the weights on all pages and write them to the folder `out`; the header says how well halves fit halves.

    corpora  folders of pages (`gold.jsonl` with title, author and date; `pages/`)
    cache    folder for the pages that were read and judged, which takes a minute
    """
    pages = [page for corpus in corpora for page in _read(corpus, cache)]
    halves = [[page for page in pages if page.half == half] for half in (0, 1)]
    held_out = {}
    for name, trained, held in (("A", halves[1], halves[0]), ("B", halves[0], halves[1])):
        tables = fit_tables(trained)
        held_out[name] = scores(held, tables)
        sys.stderr.write(f"half {name}, by the weights of the other: {held_out[name]}\n")
    tables = fit_tables(pages)
    in_sample = scores(pages, tables)
    sys.stderr.write(f"all, in sample: {in_sample}\n")
    write_weights(out / "weights.toml", [corpus.name for corpus in corpora], tables, {**held_out, "all": in_sample})
    sys.stderr.write(f"{sum(len(tables[field]) for field in FIELDS)} weights from {len(pages)} pages\n")


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
