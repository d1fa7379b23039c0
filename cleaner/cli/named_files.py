"""The documents of the files that a command names, which are read and not written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.batch.local import run_here
from cleaner.batch.roster import Task
from cleaner.batch.work import Action, Work
from cleaner.cli.console import is_terminal, report
from cleaner.cli.settings import read_settings
from cleaner.errors import EmptyInput, ExitCode, UsageError
from cleaner.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cleaner.document import Document
    from cleaner.errors import CleanerError


def has_no_text(document: Document) -> bool:
    """Whether the page shows nothing at all."""
    return not document.source.strip()


def helped(*named: object) -> bool:
    """Show the command's help if none of `named` names an input, and nothing is piped in; whether that was so."""
    if any(named) or not is_terminal(sys.stdin):
        return False
    click.echo(click.get_current_context().get_help(), err=True)
    return True


class NamedFiles:
    """The files that the running command names, none or `-` for standard input; its settings say how they are read.

    url        the page's address, or None; it goes with one file. Raises UsageError otherwise
    is_empty   which documents count as failures, for want of text

    `code` is the outcome code once all documents are taken.
    """

    def __init__(
        self, files: Sequence[str], *, url: str | None = None, is_empty: Callable[[Document], bool] = has_no_text
    ) -> None:
        if url is not None and len(files) > 1:
            raise UsageError("--url goes with one document")
        self._tasks = [_task(file) for file in files or ("-",)]
        settings = read_settings(click.get_current_context())
        self._work = Work(Options(), action=Action.READ, settings=settings, url=url)
        self._is_empty = is_empty
        self.code = ExitCode.DONE

    def documents(
        self, failed: Callable[[str, CleanerError], None] = lambda _name, _error: None
    ) -> Iterator[tuple[str, Document]]:
        """The name of each file and its document; what fails is reported, and told to `failed`."""
        for result in run_here(self._tasks, self._work):
            name, document, error = result.task.name, result.document, result.error
            if document is not None and self._is_empty(document):
                error = EmptyInput("there is no text in it")
            if error is not None:
                report(error, name)
                self.code = error.exit_code if len(self._tasks) == 1 else ExitCode.PARTIAL
                failed(name, error)
            elif document is not None:
                yield name, document


def _task(file: str) -> Task:
    return Task(None, None, "standard input") if file == "-" else Task(Path(file), None, file)
