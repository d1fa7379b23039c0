"""`python -m cleaner.training KIND CORPUS…`: train the model of one kind of input, and write it where it is loaded."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

# Strings, so that nothing heavy is imported before a kind is chosen. Each is called with the corpora and the folder.
TRAINERS = {
    "html": "cleaner.training.html:train",
    "lines": "cleaner.training.lines:train",
    "metadata": "cleaner.training.metadata:train",
}
DATA = Path(__file__).resolve().parent.parent / "data"
MODELS = DATA / "models"
FOLDERS = {"metadata": DATA / "metadata"}


def main() -> int:
    """Reads the arguments and runs the trainer."""
    parser = argparse.ArgumentParser(prog="python -m cleaner.training", description=__doc__)
    parser.add_argument("kind", choices=sorted(TRAINERS))
    parser.add_argument("corpora", nargs="+", type=Path, help="folders with gold.jsonl and pages/, in order")
    parser.add_argument(
        "--out", type=Path, default=None, help="folder of what is written; models, or the tables of metadata"
    )
    parser.add_argument("--cache", type=Path, default=None, help="folder for labelled columns, to train again faster")
    arguments = parser.parse_args()
    module, name = TRAINERS[arguments.kind].split(":")
    getattr(import_module(module), name)(
        arguments.corpora, arguments.out or FOLDERS.get(arguments.kind, MODELS), arguments.cache
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
