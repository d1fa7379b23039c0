"""Training of the judge of lines: folders of pages and files of labelled lines in, weights, chain and card out."""

from __future__ import annotations

import pickle
import sys
import time
from typing import TYPE_CHECKING

from cleaner.training.lines.alphabet import write_alphabet
from cleaner.training.lines.corpus import LabelledText, read_lines, read_pages
from cleaner.training.lines.export import write_card, write_chain, write_model
from cleaner.training.lines.stages import Fitted, composed_pages, fit_lines
from cleaner.training.lines.validate import scores_by_layout

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cleaner.training.lines.examples import Example


def train(corpora: Sequence[Path], out: Path, cache: Path | None = None) -> None:
    """Train on the corpora and write the judge's files to the folder `out`.

    corpora  folders of pages (`gold.jsonl`, `pages/`) and files of labelled lines (`.jsonl`, `.jsonl.xz`)
    cache    folder for the labelled texts, which take minutes to make, and for what was fitted
    """
    started = time.monotonic()

    def tell(line: str) -> None:
        sys.stderr.write(f"{time.monotonic() - started:7.1f} s  {line}\n")

    write_alphabet(out / "lines-alphabet.npz")
    texts = [text for corpus in corpora for text in _texts(corpus, cache)]
    tell(f"{len(texts)} labelled texts")
    texts += composed_pages(texts)
    fitted, examples = fit_lines(texts, tell)
    if cache is not None:
        _store(cache / "lines-fitted.pickle", (fitted, examples))
    write_model(fitted.model, out / "lines.npz")
    write_chain(fitted.chain, out / "lines-zones.toml")
    write_card(out / "lines.card.toml", texts, scores_by_layout(fitted, examples), out / "lines.npz")
    tell("written")


def _texts(corpus: Path, cache: Path | None) -> list[LabelledText]:
    stored = cache / f"lines-{corpus.name.split('.')[0]}.pickle" if cache is not None else None
    if stored is not None and stored.exists():
        with stored.open("rb") as file:
            found: list[LabelledText] = pickle.load(file)  # noqa: S301  written by this function
            return found
    texts = list(read_pages(corpus)) if corpus.is_dir() else read_lines(corpus)
    if stored is not None:
        _store(stored, texts)
    return texts


def _store(path: Path, value: list[LabelledText] | tuple[Fitted, list[Example]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        pickle.dump(value, file, protocol=pickle.HIGHEST_PROTOCOL)
