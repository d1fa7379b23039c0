"""The group of commands. `clean` is the default, and a command's module is imported only when it is run."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import click

import cleaner
from cleaner.errors import EXIT_CODE_MEANINGS, UsageError
from cleaner.verdict import Category

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Command(NamedTuple):
    """Where a command lives, and its line in the list of commands."""

    function: str
    summary: str


COMMANDS = {
    "clean": _Command("cleaner.cli.clean:clean", "The document inside a page; what runs when no command is named."),
    "run": _Command(
        "cleaner.cli.run_shards:run", "Files of many pages in, parts out: JSON lines, Parquet, WARC; resumable."
    ),
    "detect": _Command("cleaner.cli.detect:detect", "Charset, kind and language of files."),
    "explain": _Command("cleaner.cli.explain:explain", "What stayed of a page and what went, and why; also as a page."),
    "meta": _Command("cleaner.cli.meta:meta", "Title, author, date, source and the like, and where each was found."),
    "rules": _Command("cleaner.cli.rules:rules", "Rules: list them, show one, try them on their own examples."),
    "teach": _Command("cleaner.cli.teach:teach", "Say which lines of a page stay and which go; later runs obey."),
    "learn": _Command("cleaner.cli.learn:learn", "What the pages of a site share, into a file for --profile."),
    "report": _Command("cleaner.cli.report_folder:report_folder", "What a batch did to a whole folder."),
    "train": _Command("cleaner.cli.train:train_model", "A model of one's own, from labelled pages."),
    "completion": _Command("cleaner.cli.completion:completion", "The completion script of bash, zsh or fish."),
    "manual": _Command("cleaner.cli.manual:manual", "The man page."),
}
DEFAULT = "clean"
_NEAR = 0.66  # likeness to a command's name: two letters changed places in three (rnu), or one is missing in five
# What the completion scripts ask through.
COMPLETION_VARIABLE = "_CLEANER_COMPLETE"
EPILOG = (
    f"CATEGORY is one of: {', '.join(Category)}.\n\n"
    f"Outcome codes: {'; '.join(f'{code} {meaning}' for code, meaning in EXIT_CODE_MEANINGS.items())}."
).replace("`", "")


class Commands(click.Group):
    """A group that reads `cleaner page.html` as `cleaner clean page.html`, and imports commands when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].function.split(":")
        return cast("click.Command", getattr(import_module(module), name))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in front of arguments that name none; `./detect` is a file, `detect` a command."""
        if _names_command(args, self.get_params(ctx)) or (ctx.resilient_parsing and not args):
            return super().parse_args(ctx, args)
        if args and not ctx.resilient_parsing:
            _refuse_misspelt(args[0])
        return super().parse_args(ctx, [DEFAULT, *args])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What may stand first: a command, an option of the default command, or a file."""
        from click.shell_completion import CompletionItem  # completion alone needs it

        default = self.get_command(ctx, DEFAULT)
        if default is not None and incomplete.startswith("-"):
            with default.make_context(DEFAULT, [], parent=ctx, resilient_parsing=True) as inner:
                return [
                    *default.shell_complete(inner, incomplete),
                    *click.Command.shell_complete(self, ctx, incomplete),
                ]
        named = [
            CompletionItem(name, help=told.summary) for name, told in COMMANDS.items() if name.startswith(incomplete)
        ]
        return [CompletionItem(incomplete, type="file"), *named]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The default command's options and the group's own, then the commands."""
        default = self.get_command(ctx, DEFAULT)
        options = [*(default.params if default else ()), *self.get_params(ctx)]
        with formatter.section("Options"):
            formatter.write_dl([record for option in options if (record := option.get_help_record(ctx)) is not None])
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.summary) for name, command in COMMANDS.items()])


def _refuse_misspelt(argument: str) -> None:
    """Raises UsageError for what is no file, and nearly the name of a command."""
    if not argument.isalpha() or Path(argument).exists():
        return
    from difflib import get_close_matches  # mistakes alone need it

    near = get_close_matches(argument, COMMANDS, n=1, cutoff=_NEAR)
    if near:
        raise UsageError(f"no such file or command: {argument}", hint=f"did you mean cleaner {near[0]}?")


def _names_command(arguments: Sequence[str], own: Sequence[click.Parameter]) -> bool:
    return bool(arguments) and (arguments[0] in COMMANDS or any(arguments[0] in option.opts for option in own))


@click.group(
    cls=Commands,
    context_settings=CONTEXT,
    options_metavar="[OPTIONS] [PATHS]...",
    subcommand_metavar="",
    epilog=EPILOG,
)
@click.version_option(cleaner.__version__, "--version", prog_name="cleaner", message="%(prog)s %(version)s")
def root() -> None:
    """The document inside scraped text or HTML: site chrome out, clean Markdown, JSON, text or HTML out.

    Give it a file, or pipe a page in; the document goes to standard output. For several files or a folder, name an
    output folder with -o.
    """
