"""`cleaner explain`: what stayed of a page and what went, in its own order, and why."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.batch.local import run_here
from cleaner.batch.roster import Task
from cleaner.batch.work import Action, Work
from cleaner.cli.console import has_colors, is_terminal, report, rich_console
from cleaner.cli.page_options import from_option, page_options
from cleaner.cli.parameters import Known
from cleaner.cli.root import CONTEXT
from cleaner.cli.settings import read_settings, settings_options
from cleaner.errors import EmptyInput, ExitCode, UsageError
from cleaner.files import write_file, write_standard_output
from cleaner.options import Options
from cleaner.verdict import Category

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.document import Document

_CATEGORY = Known("category", [str(category) for category in Category])
_FORMATS = {".html": "html", ".htm": "html", ".json": "json"}


@click.command(context_settings=CONTEXT)
@click.argument("files", nargs=-1, type=click.Path(path_type=str), metavar="[FILES]...")
@click.option("-o", "--output", metavar="FILE", help="Write to a file: a page if it is named .html, JSON for .json.")
@click.option(
    "-t",
    "--to",
    type=click.Choice(["text", "html", "json"]),
    help="What comes out: text for a terminal or pager (the default), a page for browsers, or data.",
)
@click.option("--removed-only", is_flag=True, help="In text: leave out what was kept.")
@click.option("--category", type=_CATEGORY, multiple=True, help="In text: only what was removed as this; repeatable.")
@click.option("--reasons", is_flag=True, help="In text: below each removed part, its rule or the model's reasons.")
@from_option
@page_options("--engine")
@click.option("--url", help="The address of the page.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours.")
@settings_options
def explain(**given: Any) -> int:
    """What stayed of a page and what went, in its own order, and why.

    Nothing is cleaned or written: the page itself is shown, what went dim and struck, with its category beside it. Page
    through it with: cleaner explain --color always FILE | less -R. To clean, and have a list of what was removed beside
    the document, use: cleaner --explain.
    """
    files: tuple[str, ...] = given["files"]
    if not files and is_terminal(sys.stdin):
        click.echo(click.get_current_context().get_help(), err=True)
        return ExitCode.USAGE
    shape = given["to"] or _FORMATS.get(Path(given["output"] or "").suffix.lower(), "text")
    _refuse(files, shape, given)
    work = Work(Options(), action=Action.READ, url=given["url"], settings=read_settings(click.get_current_context()))
    out: list[str] = []
    code = ExitCode.DONE
    for result in run_here([_task(file) for file in files or ("-",)], work):
        document, error = result.document, result.error
        if document is not None and not document.source.strip():
            error = EmptyInput("there is no text in it")
        if error is not None:
            report(error, result.task.name)
            code = error.exit_code if len(files) < 2 else ExitCode.PARTIAL
        elif document is not None:
            out.append(_written(result.task.name, document, shape, given))
    if out:
        _put(("\n" if shape == "text" else "").join(out).encode("utf-8", "replace"), given["output"])
    return code


def _refuse(files: tuple[str, ...], shape: str, given: dict[str, Any]) -> None:
    output: str | None = given["output"]
    if given["url"] is not None and len(files) > 1:
        raise UsageError("--url goes with one document")
    if shape == "html" and len(files) > 1:
        raise UsageError("a page explains one document", hint="name one file, or leave out -o and -t html")
    if shape != "text" and (chosen := next(_text_options(given), None)):
        raise UsageError(f"--{chosen} goes with text; the page and the data hold everything")
    if output is not None and any(file != "-" and os.path.realpath(file) == os.path.realpath(output) for file in files):
        raise UsageError(f"-o is one of the inputs: {output}", hint="name another")


def _text_options(given: dict[str, Any]) -> Iterator[str]:
    return (name.replace("_", "-") for name in ("removed_only", "category", "reasons") if given[name])


def _task(file: str) -> Task:
    return Task(None, None, "standard input") if file == "-" else Task(Path(file), None, file)


def _written(name: str, document: Document, shape: str, given: dict[str, Any]) -> str:
    if shape == "html":
        from cleaner.explanation.page import write_page

        return write_page(document)
    if shape == "json":
        return document.explain().to_json()
    from cleaner.cli.explain_text import write_text

    colors = has_colors(sys.stdout, given["color"]) and (given["output"] is None or given["color"] == "always")
    text = io.StringIO()
    console = rich_console(text, "always" if colors else "never")
    console.width = rich_console(sys.stderr, "never").width
    write_text(
        console,
        name,
        document.explain(),
        categories=given["category"],
        removed_only=given["removed_only"],
        reasons=given["reasons"],
    )
    return text.getvalue()


def _put(data: bytes, output: str | None) -> None:
    if output is None:
        write_standard_output(data)
    else:
        write_file(Path(output), data)
