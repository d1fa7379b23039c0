"""From the values of a command line to what is asked for; what doesn't go together is refused here."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner.batch.ignore import Selection
from cleaner.batch.listing import listed
from cleaner.batch.names import HTML_SUFFIXES, TEXT_SUFFIXES
from cleaner.batch.plan import Plan, plan_many, plan_one
from cleaner.batch.work import Action, Work
from cleaner.cli.console import has_colors
from cleaner.cli.report_file import SUFFIXES as REPORT_SUFFIXES
from cleaner.cli.run_options import limits_of, talk_of
from cleaner.errors import UsageError
from cleaner.options import Options
from cleaner.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cleaner.batch.diff import Diff
    from cleaner.batch.limits import Limits
    from cleaner.cli.console import Talk
    from cleaner.cli.problems import ProblemFormat
    from cleaner.settings.resolve import Settings


@dataclass(frozen=True, slots=True)
class Request:
    """Everything a command line asks for.

    problems       the format in which standard output tells what a check found, or None
    explain        whether the account of what was removed goes to standard error
    explain_file   the file it goes to, or None
    report_file    the file that the outcome of each input goes to, or None
    most_failures  how many failures end the run, or None
    resume         leave out what is done already and unchanged
    watch          go on when all is done, and clean what changes
    """

    paths: tuple[str, ...]
    output: str | None
    selection: Selection
    plan: Plan
    work: Work
    limits: Limits
    talk: Talk
    problems: ProblemFormat | None
    explain: bool
    explain_file: str | None
    report_file: str | None
    most_failures: int | None
    resume: bool
    watch: bool

    def planned_again(self) -> Plan:
        """The plan as the folders are now."""
        return plan_many(self.paths, self.output, WRITERS[self.work.to].suffix, self.selection)


def read_request(given: Mapping[str, Any], settings: Settings) -> Request:
    """The request in a command line's values, by their names; raises CleanerError for one that makes no sense."""
    paths: tuple[str, ...] = given["paths"]
    many = len(paths) > 1 or given["files_from"] is not None or any(os.path.isdir(path) for path in paths)
    _refuse_contradictions(given, paths, many=many)
    work = _work(given, settings)
    output: str | None = None if given["output"] == "-" else given["output"]
    suffix = WRITERS[work.to].suffix
    selection = Selection(
        TEXT_SUFFIXES if work.action is Action.REWRITE or work.diff != "none" else TEXT_SUFFIXES | HTML_SUFFIXES,
        include=given["include"],
        exclude=given["exclude"],
        obey=not given["no_ignore"],
        forced=given["force_exclude"],
    )
    if not many and paths and selection.leaves_out(paths[0]):
        plan = plan_many(paths, None, suffix, selection)  # of nothing
    elif many:
        plan = plan_many(_named(given, paths), output, suffix, selection)
    else:
        plan = plan_one(next((path for path in paths if path != "-"), None), given["name"], output, suffix)
    for option in ("explain_file", "report"):
        _refuse_talk_over_data(option, given[option], plan)
    return Request(
        paths=paths,
        output=output,
        selection=selection,
        plan=plan,
        work=work,
        limits=limits_of(given),
        talk=talk_of(given),
        problems=given["output_format"],
        explain=given["explain"],
        explain_file=given["explain_file"],
        report_file=given["report"],
        most_failures=1 if given["fail_fast"] else given["max_failures"],
        resume=given["resume"] or given["watch"],
        watch=given["watch"],
    )


def _named(given: Mapping[str, Any], paths: tuple[str, ...]) -> Iterator[str]:
    """The inputs of the command line, then those of a list."""
    yield from paths
    if given["files_from"] is not None:
        yield from listed(given["files_from"], b"\0" if given["null"] else b"\n")


def _refuse_contradictions(given: Mapping[str, Any], paths: tuple[str, ...], *, many: bool) -> None:
    output, in_place = given["output"], given["in_place"]
    check = given["check"] or given["diff"]
    refused = {
        "standard input (-) does not go with other inputs": "-" in paths and many,
        "-i does not go with --check and --diff": in_place and check,
        "-o does not go with -i": output is not None and in_place,
        "-o does not go with --check and --diff": output is not None and check,
        "-i keeps a file's format, so -t and --front-matter do not go with it": in_place
        and (given["to"] is not None or given["front_matter"] in ("yaml", "toml")),
        "-i needs files": in_place and (not paths or "-" in paths),
        "--output-format needs --check, without --diff": given["output_format"] is not None
        and (given["diff"] or not given["check"]),
        "--backup needs -i": bool(given["backup"]) and not in_place,
        "--backup takes a suffix, without a slash": os.sep in given["backup"],
        "--resume needs an output, named with -o": given["resume"] and output in {None, "-"},
        "--url goes with one document": given["url"] is not None and many,
        "-0 needs --files-from": given["null"] and given["files_from"] is None,
        "--watch needs an output folder, named with -o": given["watch"] and (output in {None, "-"} or not many),
        "--watch does not go with --files-from": given["watch"] and given["files_from"] is not None,
        "--report ends in .json, .csv or .html": given["report"] is not None
        and os.path.splitext(given["report"])[1].lower() not in REPORT_SUFFIXES,
        "standard input (-) is not both a page and a list of names": "-" in paths and given["files_from"] == "-",
        "several inputs need an output folder, named with -o": many
        and output in {None, "-"}
        and not (in_place or check or given["to"] == "jsonl"),
    }
    for message, holds in refused.items():
        if holds:
            raise UsageError(message, hint="cleaner --help lists the options")


def _refuse_talk_over_data(option: str, file: str | None, plan: Plan) -> None:
    if file is None:
        return
    place, name = os.path.realpath(file), os.path.basename(file)
    if any(
        path is not None and path.name == name and os.path.realpath(path) == place
        for task in plan.tasks
        for path in (task.input, task.output)
    ):
        flag = option.replace("_", "-")
        raise UsageError(f"--{flag} is one of the inputs or outputs: {file}", hint="name another")


def _work(given: Mapping[str, Any], settings: Settings) -> Work:
    checks = given["check"] or given["diff"]
    action = Action.REWRITE if given["in_place"] else Action.CHECK if checks else Action.WRITE
    account = given["explain"] or given["explain_file"] is not None or given["output_format"] is not None
    return Work(
        Options(), given["to"] or "markdown", action, given["url"], given["backup"], account, settings, _diff(given)
    )


def _diff(given: Mapping[str, Any]) -> Diff:
    if not given["diff"]:
        return "none"
    return "colored" if has_colors(sys.stdout, given["color"]) else "plain"
