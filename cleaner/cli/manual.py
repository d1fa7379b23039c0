"""`cleaner manual`: the man page, built from the help of all commands."""

from __future__ import annotations

from inspect import cleandoc

import click

import cleaner
from cleaner.cli.root import COMMANDS, CONTEXT, root
from cleaner.errors import EXIT_CODE_MEANINGS, ExitCode
from cleaner.files import write_standard_output


@click.command(context_settings=CONTEXT)
def manual() -> int:
    """The man page; read it with: cleaner manual | man -l - ."""
    write_standard_output(man_page().encode())
    return ExitCode.DONE


def man_page() -> str:
    """The man page in troff."""
    context = click.Context(root, info_name="cleaner")
    parts = [
        f'.TH CLEANER 1 "" "cleaner {cleaner.__version__}"',
        ".SH NAME",
        "cleaner \\- the document inside scraped text or HTML",
        ".SH SYNOPSIS",
        ".B cleaner",
        "[COMMAND] [OPTIONS] [PATHS]...",
        ".SH DESCRIPTION",
        _escaped(cleandoc(root.help or "")),
    ]
    for name in COMMANDS:
        command = root.get_command(context, name)
        if command is not None:
            parts += _described(f'.SH "CLEANER {name.upper()}"', command, context)
        if isinstance(command, click.Group):
            for below, part in command.commands.items():
                parts += _described(f'.SS "{name} {below}"', part, context)
    parts.append(".SH EXIT STATUS")
    for code, meaning in EXIT_CODE_MEANINGS.items():
        parts += [".TP", str(int(code)), _escaped(meaning.replace("`", ""))]
    return "\n".join(parts) + "\n"


def _described(heading: str, command: click.Command, context: click.Context) -> list[str]:
    return [heading, _escaped(cleandoc(command.help or "")), *_options(command, context)]


def _options(command: click.Command, context: click.Context) -> list[str]:
    lines = []
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record is not None:
            lines += [".TP", f".B {_escaped(record[0])}", _escaped(record[1])]
    return lines


def _escaped(text: str) -> str:
    """Text as troff takes it: no line is a request, hyphens are those of options, blank lines part paragraphs."""
    lines = text.replace("\\", "\\e").replace("-", "\\-").splitlines()
    return "\n".join(".PP" if not line.strip() else f"\\&{line}" if line[0] in ".'" else line for line in lines)
