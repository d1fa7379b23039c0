"""The options of runs over many pages: which files of folders, how many processes, which limits, how much is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from cleaner.batch.limits import Limits, available_processors, refuse_unlimited_memory
from cleaner.cli.console import Talk
from cleaner.cli.parameters import Size

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Command = TypeVar("Command", bound="Callable[..., object]")
# Seconds; the largest pages allowed, of 64 MB, take up to a minute on a slow machine.
TIMEOUT = 300.0

color_option = click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colours.")
quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")


def selecting_options(command: Command) -> Command:
    """Add the options that say which files of folders are read."""
    for option in (
        click.option("--no-ignore", is_flag=True, help="In folders: do not obey .gitignore and .cleanerignore."),
        click.option("--exclude", metavar="GLOB", multiple=True, help="In folders: leave these out; repeatable."),
        click.option(
            "--include", metavar="GLOB", multiple=True, help="In folders: read these, not by suffix; repeatable."
        ),
    ):
        command = option(command)
    return command


def limiting_options(command: Command) -> Command:
    """Add the options of worker processes, and of when a run is given up."""
    for option in (
        click.option("--max-failures", type=click.IntRange(min=1), metavar="N", help="End the run after N failures."),
        click.option("--max-memory", type=Size(), help="Of several pages, give up one that takes more."),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0, min_open=True),
            default=TIMEOUT,
            metavar="SECONDS",
            help=f"Of several pages, give up one that takes longer ({TIMEOUT:g}).",
        ),
        click.option(
            "-j", "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes (one a processor)."
        ),
    ):
        command = option(command)
    return command


def limits_of(given: Mapping[str, Any]) -> Limits:
    """The limits in a command line's values; raises UsageError for one that the system can't hold."""
    if given["max_memory"] is not None:
        refuse_unlimited_memory()
    return Limits(given["jobs"] or available_processors(), given["timeout"], given["max_memory"])


def talk_of(given: Mapping[str, Any]) -> Talk:
    """How much is said, from a command line's values."""
    return Talk(given["color"], verbosity=given["verbose"] - given["quiet"])
