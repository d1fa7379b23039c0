"""`cleaner clean`, the default command: its options, and the one run that they describe."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

import click

from cleaner.batch.local import run_here, run_plan
from cleaner.cli.named_files import helped
from cleaner.cli.page_options import from_option, max_size_option, page_options
from cleaner.cli.problems import FORMATS
from cleaner.cli.report import Report
from cleaner.cli.request import read_request
from cleaner.cli.root import CONTEXT, EPILOG
from cleaner.cli.run_options import color_option, limiting_options, quiet_option, selecting_options
from cleaner.cli.settings import read_settings, settings_options, show, with_run_settings
from cleaner.errors import ExitCode
from cleaner.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from cleaner.batch.plan import Plan
    from cleaner.batch.work import Result
    from cleaner.cli.request import Request


@click.command(context_settings=CONTEXT, epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(path_type=str), metavar="[PATHS]...")
@from_option
@click.option("-t", "--to", type=click.Choice(list(WRITERS)), help="What comes out (markdown).")
@click.option("-o", "--output", metavar="PATH", help="A file; for several inputs or a folder, a folder.")
@click.option("-i", "--in-place", is_flag=True, help="Rewrite text and Markdown files; HTML never.")
@click.option("--backup", metavar="SUFFIX", default="", help="With -i: keep the old file under this suffix.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if cleaning would change something.")
@click.option(
    "--output-format",
    type=click.Choice(FORMATS),
    help="With --check: what was found, on standard output, for programs.",
)
@click.option("--diff", is_flag=True, help="The same, and write what would change to standard output.")
@page_options("--engine")
@click.option(
    "--explain",
    is_flag=True,
    help="List on standard error what was removed, and by which rule; cleaner explain shows the page itself.",
)
@click.option("--explain-file", metavar="FILE", help="The same into a file; as JSON lines if its name ends in .json.")
@click.option("--url", help="The address of the page: links are resolved against it.")
@click.option("--stdin-filename", "name", metavar="NAME", help="What to call standard input.")
@selecting_options
@click.option("--force-exclude", is_flag=True, help="Leave out what --exclude says also where it is named itself.")
@click.option("--files-from", metavar="FILE", help="Read names of inputs from a file, or from standard input for -.")
@click.option("-0", "--null", is_flag=True, help="The names in --files-from end in NUL bytes, not in lines.")
@limiting_options
@click.option("--resume", is_flag=True, help="Leave out what is done already, unchanged, and with the same options.")
@click.option("--watch", is_flag=True, help="Go on when all is done, and clean what changes, until Ctrl-C.")
@click.option("--fail-fast", is_flag=True, help="End the run at the first failure.")
@click.option("--report", metavar="FILE", help="The outcome of each input into a .json, .csv or .html file.")
@max_size_option
@color_option
@settings_options
@click.option("--show-config", is_flag=True, help="Show the settings for each path, and where each is said.")
@quiet_option
@click.option("-v", "--verbose", is_flag=True, help="Say what was done with each file.")
def clean(**given: Any) -> int:
    """The document inside a page: site chrome out, clean Markdown, JSON, text or HTML out.

    Give it a file, or pipe a page in; the document goes to standard output. For several files or a folder, name an
    output folder with -o; -t jsonl writes a line for each to standard output. In folders, files named html, htm, xhtml,
    txt, md and markdown are read. GLOB is a pattern as in .gitignore.
    """
    context = click.get_current_context()
    settings = read_settings(context)
    if given["show_config"]:
        return show(settings, given["paths"] or (None,))
    if helped(given["paths"], given["files_from"]):
        return ExitCode.USAGE
    settings.options(None)  # a rule file that is wrong is told once, before anything is read
    request = read_request(with_run_settings(context, settings), settings)
    if request.watch and request.plan.folder is not None:
        return _watch(request, request.plan.folder)
    return _run(request, request.plan, _results(request))


def _watch(request: Request, folder: Path) -> int:
    from cleaner.batch.watch import changes, run_changed

    watched = changes(request.paths, folder)
    code = _run(request, request.plan, _results(request))
    for changed in watched:
        plan = request.planned_again()
        code = _run(request, plan, run_changed(plan, request.work, request.limits, changed))
    return code


def _results(request: Request) -> Generator[Result]:
    plan, work = request.plan, request.work
    if plan.many:
        return run_plan(plan, work, request.limits, resume=request.resume)
    return run_here(plan.tasks, work)


def _run(request: Request, plan: Plan, results: Generator[Result]) -> int:
    """Take all results, or those up to the failure that is one too many; the outcome code."""
    report = Report(request, plan)
    with closing(results), report.following() as see:
        for result in results:
            see(result)
            if report.is_enough():
                break
    return report.exit_code()
