"""Training of the judge of lines: folders of pages and files of labelled lines in, weights, chain and card out."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from cleaner.errors import UnreadableInput
from cleaner.training.lines.corpus import LabelledText, read_lines, read_pages
from cleaner.training.lines.export import write_card, write_model
from cleaner.training.lines.stages import Fitted, composed_pages, fit_lines
from cleaner.training.lines.validate import scores_by_layout
from cleaner.training.train import Scores, card_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cleaner.training.lines.examples import Example
    from cleaner.training.train import Tell


def train(corpora: Sequence[Path], out: Path, cache: Path | None, tell: Tell) -> Scores:
    """Train on the corpora, write the model to `out` and its card beside it; raises UnreadableInput.

    corpora  folders of pages (`gold.jsonl`, `pages/`) and files of labelled lines (`.jsonl`, `.jsonl.xz`)
    cache    folder for the labelled texts, which take minutes to make, and for what was fitted
    """
    texts: list[LabelledText] = []
    for corpus in corpora:
        own = _texts(corpus, cache)
        if not any(text.layout != "gold" and (text.labels >= 0.5).any() for text in own):
            raise UnreadableInput(f"no content with labels in it: {corpus}")
        tell(f"{corpus.name}: {len(own)} labelled texts")
        texts += own
    texts += composed_pages(texts)
    fitted, examples = fit_lines(texts, tell)
    if cache is not None:
        _store(cache / "lines-fitted.pickle", (fitted, examples))
    scores = scores_by_layout(fitted, examples)
    write_model(fitted.model, fitted.chain, out)
    write_card(card_of(out), texts, {name: score for name, (_, score) in scores.items()}, out)
    rows = ((name, str(count), f"{score:.4f}") for name, (count, score) in sorted(scores.items()))
    return Scores(("texts of unseen domains", "texts", "F1"), tuple(rows))


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
