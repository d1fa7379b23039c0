"""The command line. This module only starts it, and turns whatever goes wrong into one line and an outcome code.

Everything is imported inside the functions: an interrupt while modules are read must end as quietly as a later one.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType


def main() -> NoReturn:
    """Run `cleaner` on the arguments of this process, and end it with the outcome code."""
    try:
        _stop_on_signals()
        code = run(sys.argv[1:])
        _hear_no_more()
    except KeyboardInterrupt:
        code = 130
        _hear_no_more()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run `cleaner` on arguments, with this process's standard streams; the outcome code."""
    from cleaner.errors import CleanerError, ExitCode, InternalFault

    try:
        import os

        import click

        from cleaner.cli.console import report
        from cleaner.cli.root import COMPLETION_VARIABLE, root
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    try:
        if asked_by_shell := os.environ.get(COMPLETION_VARIABLE):
            from click.shell_completion import shell_complete

            return shell_complete(root, {}, "cleaner", COMPLETION_VARIABLE, asked_by_shell)
        # Not `root.main`: that one would answer a closed pipe with code 1, which means that `--check` found something.
        with root.make_context("cleaner", list(arguments)) as context:
            return int(root.invoke(context) or ExitCode.DONE)
    except click.exceptions.Exit as asked:  # --help and --version
        return asked.exit_code
    except (KeyboardInterrupt, click.Abort):
        return ExitCode.INTERRUPTED
    except BrokenPipeError:  # the reader has what it wanted
        _abandon_output()
        return ExitCode.DONE
    except click.ClickException as error:
        message = error.format_message().rstrip(".")
        report(CleanerError(message, hint="" if message.endswith(")") else "cleaner --help lists the options"))
        return ExitCode.USAGE
    except CleanerError as error:
        _abandon_output()
        report(error)
        return error.exit_code
    except OSError as error:
        _abandon_output()
        report(CleanerError((error.strerror or str(error)).lower()))
        return ExitCode.USAGE
    except Exception as error:  # noqa: BLE001 the last resort: a user never sees a traceback
        report(InternalFault.of(error))
        return ExitCode.USAGE


# SIGALRM is ours: it repeats the others.
_ENDING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGALRM")
# Seconds until an interrupt is repeated; what has to be tidied up takes milliseconds.
_AGAIN = 2.0


def _stop_on_signals() -> None:
    """Let a request to end do what Ctrl-C does, so that temporary files go and the outcome is `interrupted`."""
    import signal

    for name in _ENDING:
        number = getattr(signal, name, None)
        # A signal that the caller has switched off (nohup) stays off.
        if number is not None and signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}:
            signal.signal(number, _interrupted)


def _interrupted(_number: int, _frame: FrameType | None) -> NoReturn:
    """Interrupt what runs, and again a little later: compiled modules may swallow it while they are imported."""
    import signal

    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, _AGAIN)
    raise KeyboardInterrupt


def _hear_no_more() -> None:
    """The run is over: an interrupt is not repeated, and a new one must not end the interpreter while it tidies up."""
    import signal

    for name in _ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is _interrupted:
            signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


def _abandon_output() -> None:
    """Throw away what is still buffered for standard output: writing it at exit would fail once more, aloud."""
    import os

    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        pass  # there is no such output, or it is not a file
