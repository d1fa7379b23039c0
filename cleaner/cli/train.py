"""`cleaner train`: a model of one's own, from labelled pages."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from cleaner.cli.console import Talk
from cleaner.cli.root import CONTEXT
from cleaner.cli.run_options import quiet_option
from cleaner.cli.tables import aligned
from cleaner.errors import ExitCode, UnwritableOutput, UsageError
from cleaner.files import write_standard_output
from cleaner.training.train import TRAINERS, card_of, train

if TYPE_CHECKING:
    from cleaner.training.train import Kind, Scores

SUFFIXES = {"html": ".npz", "lines": ".npz", "metadata": ".toml"}


@click.command("train", context_settings=CONTEXT)
@click.argument("corpora", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CORPUS...")
@click.option(
    "-o", "--output", "out", required=True, type=click.Path(path_type=Path), metavar="MODEL", help="The file to write."
)
@click.option(
    "--kind",
    type=click.Choice(list(TRAINERS)),
    default="html",
    help="What it judges: HTML, lines of text and Markdown, or what is title, author and date (html).",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Keep the labelled pages here, to train again faster; only for files that cleaner wrote itself.",
)
@quiet_option
def train_model(corpora: tuple[Path, ...], out: Path, kind: str, cache: Path | None, *, quiet: bool) -> int:
    """Train a model on labelled pages; --model MODEL uses it.

    A CORPUS is a folder with gold.jsonl and pages/ID.html. Each line of gold.jsonl is a JSON object with the id, and as
    far as it is known the url, lang, type, text (the whole content, a paragraph a line), title, author and date; of
    pages whose text is not known, with and without may list snippets that are content, and that are not. For lines a
    CORPUS may also be a file (.jsonl, .jsonl.xz) of objects with an id and lines, a list of [text, 1 or 0].

    How well models do on pages of domains that they had not seen (cross-validation by registered domain) is printed;
    what was trained on stands in a card beside the MODEL. The same corpora give the same bytes on one machine.
    """
    if out.suffix != SUFFIXES[kind]:
        raise UsageError(f"a model of kind {kind} ends in {SUFFIXES[kind]}: {out}")
    if out.is_dir() or card_of(out).is_dir():
        raise UnwritableOutput(f"a folder: {out}", hint="name a file with -o")
    talk, started = Talk(verbosity=-quiet), time.monotonic()
    scores = train(
        cast("Kind", kind), corpora, out, cache, lambda line: talk.note(f"{time.monotonic() - started:6.0f} s  {line}")
    )
    talk.note(f"written: {out}")
    write_standard_output(_table(scores).encode("utf-8", "replace"))
    return ExitCode.DONE


def _table(scores: Scores) -> str:
    """The scores: names to the left, figures to the right."""
    lines = aligned([scores.headings, *scores.rows], right=range(1, len(scores.headings)))
    return "".join(f"{line}\n" for line in lines)
