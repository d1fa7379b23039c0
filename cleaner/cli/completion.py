"""`cleaner completion`: the script that makes a shell complete cleaner's options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from cleaner.cli.root import COMPLETION_VARIABLE, CONTEXT, root
from cleaner.errors import ExitCode
from cleaner.files import write_standard_output


@click.command(context_settings=CONTEXT)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """The script that makes a shell complete cleaner's options: eval "$(cleaner completion bash)"."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    write_standard_output(kind(root, {}, "cleaner", COMPLETION_VARIABLE).source().encode() + b"\n")
    return ExitCode.DONE
