"""What can be trained, what each kind needs, and how its scores are told."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, cast

from cleaner.errors import MissingLibrary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Tell = Callable[[str], None]

Kind = Literal["html", "lines", "metadata"]


@dataclass(frozen=True, slots=True)
class Scores:
    """A small table: how well models did on pages of domains that they had not seen; texts, a row after the other."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Trainer:
    """How a kind is trained.

    function  where its function is, as a string, so that nothing heavy is imported before a kind is chosen; it takes
              the corpora, the file to write, the folder of the cache or None, and what is told of progress
    needs     the libraries that it imports, with the names they are installed by
    """

    function: str
    needs: dict[str, str]


_SCIPY = {"scipy": "scipy"}
TRAINERS: dict[Kind, Trainer] = {
    "html": Trainer("cleaner.training.html:train", {"lightgbm": "lightgbm", "sklearn": "scikit-learn", **_SCIPY}),
    "lines": Trainer("cleaner.training.lines:train", {"inscriptis": "inscriptis", **_SCIPY}),
    "metadata": Trainer("cleaner.training.metadata:train", _SCIPY),
}


def train(kind: Kind, corpora: Sequence[Path], out: Path, cache: Path | None, tell: Tell) -> Scores:
    """Train on the corpora, write the model to the file `out`, and its card beside it; the scores of the folds.

    kind     what the model judges
    corpora  folders as in `cleaner.training.gold`; for `lines` files of labelled lines as well
    cache    a folder that keeps what takes minutes to make, so that the next training is faster; only cleaner's own
             files may lie in it
    tell     is called with a line of progress now and then

    Raises MissingLibrary if a library is missing, UnreadableInput if a corpus is broken or teaches nothing.
    """
    trainer = TRAINERS[kind]
    missing = [name for module, name in trainer.needs.items() if find_spec(module) is None]
    if missing:
        raise MissingLibrary.of_extra("train", f"training needs {' and '.join(missing)}")
    module, name = trainer.function.split(":")
    function = cast("Callable[[Sequence[Path], Path, Path | None, Tell], Scores]", getattr(import_module(module), name))
    return function(corpora, out, cache, tell)


def card_of(out: Path) -> Path:
    """Where the card of a model stands: what it was trained on, and its scores."""
    return out.with_name(f"{out.name.removesuffix('.npz')}.card.toml")
