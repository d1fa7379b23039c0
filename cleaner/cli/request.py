"""From the values of a command line to what is asked for; what doesn't go together is refused here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner.batch.local import Action, Work
from cleaner.batch.plan import HTML_SUFFIXES, TEXT_SUFFIXES, Plan, plan_many, plan_one
from cleaner.cli.console import Talk
from cleaner.errors import UsageError
from cleaner.options import Options
from cleaner.verdict import Category
from cleaner.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Request:
    """Everything a command line asks for.

    explain       whether the account of what was removed goes to standard error
    explain_file  the file it goes to, or None
    """

    plan: Plan
    work: Work
    talk: Talk
    explain: bool
    explain_file: str | None


def read_request(given: Mapping[str, Any]) -> Request:
    """The request in a command line's values, by their names; raises CleanerError for one that makes no sense."""
    paths: tuple[str, ...] = given["paths"]
    many = len(paths) > 1 or any(os.path.isdir(path) for path in paths)
    _refuse_contradictions(given, paths, many=many)
    work = _work(given)
    output: str | None = None if given["output"] == "-" else given["output"]
    suffix = WRITERS[work.to].suffix
    if many:
        suffixes = TEXT_SUFFIXES if work.action is Action.REWRITE else TEXT_SUFFIXES | HTML_SUFFIXES
        plan = plan_many(paths, output, suffix, suffixes)
    else:
        plan = plan_one(next((path for path in paths if path != "-"), None), given["name"], output, suffix)
    _refuse_account_over_data(given["explain_file"], plan)
    talk = Talk(given["color"], verbosity=given["verbose"] - given["quiet"])
    return Request(plan, work, talk, given["explain"], given["explain_file"])


def _refuse_contradictions(given: Mapping[str, Any], paths: tuple[str, ...], *, many: bool) -> None:
    output, in_place, check = given["output"], given["in_place"], given["check"]
    both = sorted({*given["keep"]} & {*given["drop"]})
    refused = {
        "standard input (-) does not go with other inputs": "-" in paths and many,
        "-i does not go with --check": in_place and check,
        "-o does not go with -i": output is not None and in_place,
        "-o does not go with --check": output is not None and check,
        "-i keeps a file's format, so -t and --front-matter do not go with it": in_place
        and (given["to"] is not None or given["front_matter"] in ("yaml", "toml")),
        "-i needs files": in_place and (not paths or "-" in paths),
        "--backup needs -i": bool(given["backup"]) and not in_place,
        "--backup takes a suffix, without a slash": os.sep in given["backup"],
        "--resume needs an output, named with -o": given["resume"] and output in {None, "-"},
        "--url goes with one document": given["url"] is not None and many,
        f"both --keep and --drop: {', '.join(both)}": bool(both),
        "several inputs need an output folder, named with -o": many
        and output in {None, "-"}
        and not (in_place or check or given["to"] == "jsonl"),
    }
    for message, holds in refused.items():
        if holds:
            raise UsageError(message, hint="cleaner --help lists the options")


def _refuse_account_over_data(account: str | None, plan: Plan) -> None:
    if account is None:
        return
    place = os.path.realpath(account)
    if any(
        path is not None and os.path.realpath(path) == place
        for task in plan.tasks
        for path in (task.input, task.output)
    ):
        raise UsageError(f"--explain-file is one of the inputs or outputs: {account}", hint="name another")


def _work(given: Mapping[str, Any]) -> Work:
    options = Options(
        input_kind=given["input_kind"],
        level=given["level"],
        engine=given["engine"],
        encoding=given["encoding"],
        repair=not given["no_repair"],
        normalize=given["normalize"],
        fold=frozenset(given["fold"]),
        keep=frozenset(Category(name) for name in given["keep"]),
        drop=frozenset(Category(name) for name in given["drop"]),
        links=given["links"],
        images=given["images"],
        unsafe_links=given["unsafe_links"],
        strip_tracking=given["strip_tracking"],
        front_matter=given["front_matter"] or "none",
        flavor=given["flavor"],
        reference_links=given["reference_links"],
        wrap=given["wrap"],
        max_bytes=given["max_bytes"],
    )
    action = Action.REWRITE if given["in_place"] else Action.CHECK if given["check"] else Action.WRITE
    return Work(options, given["to"] or "markdown", action, given["url"], given["backup"], given["resume"])
