"""`cleaner run`: files of many pages in, parts out, on one machine or many."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from cleaner.cli.page_options import from_option, max_size_option, page_options
from cleaner.cli.root import CONTEXT, EPILOG
from cleaner.cli.run_options import color_option, limiting_options, limits_of, quiet_option, talk_of
from cleaner.cli.run_report import RunReport, TooManyFailures, status_of
from cleaner.cli.settings import read_settings, settings_options, with_run_settings
from cleaner.errors import ExitCode, UsageError
from cleaner.files import write_standard_output
from cleaner.records.record import Fields
from cleaner.shards.ledger import Ledger
from cleaner.shards.parts import FORMATS, refuse_unwritable, suffix_of
from cleaner.shards.plan import one_in, plan
from cleaner.shards.recipe import Recipe
from cleaner.shards.run import Again, divided
from cleaner.shards.shard import Run
from cleaner.shards.store import store_at

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from cleaner.settings.resolve import Settings
    from cleaner.shards.plan import Shard
    from cleaner.shards.report import ShardReport
    from cleaner.shards.shard import See


@click.command(context_settings=CONTEXT, epilog=EPILOG)
@click.argument("inputs", nargs=-1, type=click.Path(path_type=str), metavar="[INPUTS]...")
@click.option("-o", "--output", metavar="PATH", required=True, help="The folder of the parts; a path, or a URL.")
@click.option(
    "-t", "--to", type=click.Choice(["markdown", "text", "html", "json"]), help="What pages become (markdown)."
)
@click.option("--format", type=click.Choice(list(FORMATS)), default="jsonl", help="What parts are (jsonl).")
@click.option(
    "--compress", type=click.Choice(["none", "gz", "zst"]), default="none", help="Compression of parts (none)."
)
@click.option("--field", "--column", metavar="NAME", help="Of rows: what holds the page (html, text, content).")
@click.option("--url-field", metavar="NAME", help="Of rows: what holds its address (url).")
@click.option("--id-field", metavar="NAME", help="Of rows: what holds its name (id).")
@from_option
@page_options("--judge")
@click.option("--two-pass", is_flag=True, help="First learn what the inputs' sites share, then weigh it as a profile.")
@click.option("--resume", is_flag=True, help="Leave out the parts that are done.")
@click.option("--retry-failed", is_flag=True, help="The same, but do parts again of which records failed.")
@click.option("--overwrite", is_flag=True, help="Throw away what the folder holds of another run.")
@click.option("--shard", metavar="I/N", help="Do one share of N of the parts: I is 1 to N.")
@click.option("--dry-run", is_flag=True, help="Write the list of parts and their inputs, and do nothing.")
@click.option("--status", is_flag=True, help="Write how far the run in the folder is, and do nothing.")
@click.option(
    "--engine", "workers", type=click.Choice(["local", "ray"]), default="local", help="Who works: here, or Ray (local)."
)
@click.option("--address", metavar="ADDRESS", help="With --engine ray: the cluster (auto: the one that is up).")
@limiting_options
@max_size_option
@color_option
@settings_options
@quiet_option
@click.option("-v", "--verbose", is_flag=True, help="Say what became of each part.")
def run(**given: Any) -> int:
    """The documents inside the pages of large files: crawls, data sets, archives.

    INPUTS are files of many pages (JSON lines, Parquet, CSV, WARC, zip, tar, MHTML), URLs of such, or folders; pages in
    files of their own are put together. Each input becomes a part in the output folder; large Parquet files become
    several. Records that fail are listed in its folder _failed.
    """
    context = click.get_current_context()
    settings = read_settings(context)
    given = dict(with_run_settings(context, settings))
    _refuse_contradictions(given)
    if given["status"]:
        text, code = status_of(store_at(given["output"]), given["output"])
        write_standard_output(text.encode("utf-8", "backslashreplace"))
        return code
    recipe = _recipe(given, settings)
    refuse_unwritable(recipe)
    shards = plan(given["inputs"], given["output"])
    if given["two_pass"] and not given["dry_run"]:
        recipe = _with_profile(recipe, shards)
    chosen = shards if given["shard"] is None else one_in(shards, given["shard"])
    if given["dry_run"]:
        lines = (f"{shard.name}{suffix_of(recipe)}\t{shard.label}\n" for shard in chosen)
        write_standard_output("".join(lines).encode("utf-8", "backslashreplace"))
        return ExitCode.DONE
    store = store_at(given["output"])
    ledger = Ledger(store, shards, recipe)
    ledger.begin(overwrite=given["overwrite"])
    return _run(chosen, Run(recipe, store, ledger), given)


def _run(shards: Sequence[Shard], run: Run, given: Mapping[str, Any]) -> int:
    again = Again.FAILED if given["retry_failed"] else Again.UNFINISHED if given["resume"] else Again.ALL
    left, kept = divided(shards, run.ledger, again)
    report = RunReport(talk_of(given), shards, given["max_failures"])
    with report.following(kept) as see:
        try:
            for done in _engine(left, run, given, see):
                report.add(done)
        except TooManyFailures:
            pass  # the summary says so
    return report.exit_code()


def _engine(shards: Sequence[Shard], run: Run, given: Mapping[str, Any], see: See) -> Generator[ShardReport]:
    limits = limits_of(given)
    if given["workers"] == "ray":
        from cleaner.shards.ray import run_on_ray

        return run_on_ray(shards, run, limits, given["address"])
    from cleaner.shards.local import run_here

    return run_here(shards, run, limits, see)


def _recipe(given: Mapping[str, Any], settings: Settings) -> Recipe:
    return Recipe(
        settings.options(None),
        to=given["to"] or "markdown",
        format=given["format"],
        compression=given["compress"],
        fields=Fields(given["field"], given["url_field"], given["id_field"]),
    )


def _with_profile(recipe: Recipe, shards: Sequence[Shard]) -> Recipe:
    """The recipe with what all inputs share, whichever shards are done here: all shares of a run have one recipe."""
    from cleaner.shards.first_pass import learn_over

    profile = learn_over(shards, recipe.fields, recipe.options)
    return replace(recipe, options=replace(recipe.options, profile=profile))


def _refuse_contradictions(given: Mapping[str, Any]) -> None:
    refused = {
        "there are no inputs": not given["inputs"] and not given["status"],
        "-t jsonl is for cleaner clean; here --format jsonl is what parts are": given["to"] == "jsonl",
        "--overwrite does not go with --shard": given["overwrite"] and given["shard"] is not None,
        "--overwrite does not go with --resume and --retry-failed": given["overwrite"]
        and (given["resume"] or given["retry_failed"]),
        "--two-pass does not go with --profile": given["two_pass"] and given["profile"] is not None,
        "--address needs --engine ray": given["address"] is not None and given["workers"] != "ray",
    }
    for message, holds in refused.items():
        if holds:
            raise UsageError(message, hint="cleaner run --help lists the options")
