"""`cleaner rules`: the built-in rules and one's own, listed, shown and tried on their own examples."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cleaner.cli.console import Talk, report, shown
from cleaner.cli.root import CONTEXT
from cleaner.cli.settings import read_settings
from cleaner.cli.tables import write_table
from cleaner.errors import CleanerError, ExitCode, UsageError
from cleaner.files import write_standard_output
from cleaner.settings.file import shown_path
from cleaner.settings.rule_file import read_rules
from cleaner.settings.values import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.judging.rule_examples import Fault
    from cleaner.options import UserRule

_HEADER = "[[rule]]"


@dataclass(frozen=True, slots=True)
class Listed:
    """A rule in a list: `origin` is `built-in` or `own`, `file` names the file that it stands in."""

    id: str
    category: str
    action: str
    languages: tuple[str, ...]
    sites: tuple[str, ...]
    paths: tuple[str, ...]
    origin: str
    file: str

    def row(self) -> tuple[str, ...]:
        """The rule as a row of a table."""
        limits = ", ".join((*self.languages, *self.sites, *self.paths))
        row = (self.id, self.category, self.action, limits or "-", f"{self.origin} {self.file}")
        return tuple(shown(cell) for cell in row)


_HEADINGS = ("rule", "category", "action", "for", "from")


def _choosing_rules(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that say which rules of one's own there are."""
    for decorate in (
        click.option("--no-config", is_flag=True, help="Read no settings file."),
        click.option("--config", type=click.Path(path_type=str), metavar="FILE", help="Read this settings file."),
        click.option("--rules", metavar="FILE", multiple=True, help="A file of rules of your own; repeatable."),
    ):
        command = decorate(command)
    return command


@click.group(context_settings=CONTEXT)
def rules() -> None:
    """List rules, show one, try them on their own examples.

    Your own rules are those of the current folder's settings and of --rules, and those in cleaner-rules.toml, which
    `cleaner teach` writes.
    """


@rules.command("list", context_settings=CONTEXT)
@_choosing_rules
@click.option(
    "--format", "shape", type=click.Choice(["table", "json"]), default="table", help="A table, or a JSON array."
)
def list_rules(shape: str, **_settings: object) -> int:
    """All rules: name, category, what they do, the languages, hosts and paths they are for, and where they stand."""
    listed = [*_built_in(), *(_own(rule) for rule in _own_rules())]
    if shape == "json":
        text = json.dumps([asdict(rule) for rule in listed], ensure_ascii=False, indent=2) + "\n"
        write_standard_output(text.encode("utf-8", "replace"))
    else:
        write_table(_HEADINGS, [rule.row() for rule in listed])
    return ExitCode.DONE


@rules.command(context_settings=CONTEXT)
@click.argument("rule_id", metavar="ID")
@_choosing_rules
def show(rule_id: str, **_settings: object) -> int:
    """A rule as it stands in its file, with its source and examples."""
    own = [rule for rule in _own_rules() if rule.id == rule_id]
    built_in = [one for one in _built_in() if one.id == rule_id]
    if not own and not built_in:
        known = [*(rule.id for rule in _own_rules()), *(one.id for one in _built_in())]
        hint = nearest(rule_id, known)
        hint = hint if hint.startswith("did you") else "cleaner rules list names all"
        raise UsageError(f"there is no rule {rule_id!r}", hint=hint)
    from cleaner.judging.chrome_rules import text_of

    texts = [(f"built-in: {one.file}", text_of(one.file)) for one in built_in]
    texts += [(shown_path(Path(rule.file)), Path(rule.file).read_text("utf-8-sig")) for rule in own]
    parts = [f"# {where}\n{_written(text, rule_id)}\n" for where, text in texts]
    write_standard_output("\n".join(parts).encode("utf-8", "replace"))
    return ExitCode.DONE


@rules.command(context_settings=CONTEXT)
@click.argument("files", nargs=-1, type=click.Path(path_type=str), metavar="[FILES]...")
@_choosing_rules
def test(files: tuple[str, ...], **_settings: object) -> int:
    """Try rules on their own examples, and their patterns on long lines; one line for each fault, and code 1.

    Those in FILES, or else the built-in ones and your own. A rule that drops must hit the lines in `drop` and none of
    those in `keep`; a rule that keeps, the other way about.
    """
    from cleaner.judging.rule_examples import built_in_faults, user_faults

    own: list[UserRule] = []
    code = ExitCode.DONE
    for file in files:
        try:
            own += read_rules(file)
        except CleanerError as error:
            report(error)
            code = error.exit_code
    if not files:
        own += _own_rules()
    faults = [*user_faults(own), *([] if files else built_in_faults())]
    write_standard_output("".join(_line(fault) for fault in faults).encode("utf-8", "replace"))
    count = len(own) + (0 if files else len(_built_in()))
    if code is ExitCode.DONE:
        said = "1 rule" if count == 1 else f"{count} rules"
        Talk().note(f"{said}, {'no' if not faults else len(faults)} {'fault' if len(faults) == 1 else 'faults'}")
    return code or (ExitCode.WOULD_CHANGE if faults else ExitCode.DONE)


def _own_rules() -> tuple[UserRule, ...]:
    """The rules of the current folder's settings; those for a host only as well."""
    options = read_settings(click.get_current_context()).options(None)
    found = list(options.rules)
    for site in options.sites:
        found += options.for_host(site.host).rules
    return tuple({(rule.file, rule.id): rule for rule in found}.values())


def _own(rule: UserRule) -> Listed:
    file = shown_path(Path(rule.file))
    return Listed(rule.id, rule.category, rule.action, rule.languages, rule.sites, rule.paths, "own", file)


def _built_in() -> list[Listed]:
    from cleaner.judging.chrome_rules import read_written

    return [
        Listed(
            one.entry.rule.id, one.entry.rule.category, "drop", one.entry.rule.languages, (), (), "built-in", one.file
        )
        for one in read_written()
    ]


def _written(text: str, rule_id: str) -> str:
    """The rule of that name in a file of rules, to the letter."""
    for part in text.replace("\r\n", "\n").split(f"\n{_HEADER}"):
        whole = part if part.startswith(_HEADER) else _HEADER + part
        try:
            found = tomllib.loads(whole).get("rule", [])
        except tomllib.TOMLDecodeError:
            continue
        if any(rule.get("id") == rule_id for rule in found):
            lines = whole.split("\n")
            while not lines[-1].strip() or lines[-1].startswith("#"):  # what stands above the next one is about that
                lines.pop()
            return "\n".join(lines)
    raise UsageError(f"the rule {rule_id!r} does not stand under a line of its own", hint=f"begin it with {_HEADER}")


def _line(fault: Fault) -> str:
    file = shown_path(Path(fault.file)) if Path(fault.file).is_absolute() else fault.file
    example = f": {shown(json.dumps(fault.example, ensure_ascii=False))}" if fault.example else ""
    return f"{shown(file)}: {shown(fault.rule)}: {fault.what}{example}\n"
