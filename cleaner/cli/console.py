"""Talk with the person at the terminal: always on standard error, never in the way of the data."""

from __future__ import annotations

import os
import sys
import time
import traceback
import unicodedata
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import click

from cleaner.errors import InternalFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from cleaner.errors import CleanerError


Color = Literal["auto", "always", "never"]
DEBUG_VARIABLE = "CLEANER_DEBUG"


@dataclass(frozen=True, slots=True)
class Talk:
    """How much is said, and in which colours. `verbosity`: -1 only errors, 0 what matters, 1 everything."""

    color: Color = "auto"
    verbosity: int = 0

    def note(self, text: str) -> None:
        """Say something worth knowing."""
        if self.verbosity >= 0:
            say(f"cleaner: {text}")

    def detail(self, text: str) -> None:
        """Say something for those who asked for more."""
        if self.verbosity > 0:
            say(f"cleaner: {text}")

    def is_rich(self) -> bool:
        """Whether standard error shows tables, colours and progress."""
        if self.color == "auto":
            return is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb"
        return self.color == "always"

    def console(self) -> Console:
        """A rich console on standard error."""
        return rich_console(sys.stderr, self.color)

    @contextmanager
    def progress(self, total: int | None) -> Iterator[Callable[[int, int], None]]:
        """A bar over `total` steps, or None, only on a terminal.

        Call what it gives after some steps, with the failures so far and the number of those steps.
        """
        if self.verbosity < 0 or not is_terminal(sys.stderr) or not self.is_rich():
            yield lambda _failed, _steps: None
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[failed]} failed"),
            TextColumn("{task.fields[rate]:.0f} a second"),
            TimeRemainingColumn(),
        )
        bar = Progress(*columns, console=self.console(), transient=True)
        started = time.monotonic()
        with bar:
            task = bar.add_task("", total=total, failed=0, rate=0.0)
            done = 0

            def step(failed: int, steps: int) -> None:
                nonlocal done
                done += steps
                rate = done / max(time.monotonic() - started, 1e-6)
                bar.update(task, completed=done, failed=failed, rate=rate)

            yield step


def rich_console(stream: Any, color: Color) -> Console:
    """A rich console; NO_COLOR and FORCE_COLOR are obeyed where `color` is `auto`."""
    from rich.console import Console

    forced = {"auto": None, "always": True, "never": False}[color]
    no_color = True if color == "never" else False if color == "always" else None
    return Console(file=stream, force_terminal=forced, no_color=no_color, highlight=False, emoji=False, markup=False)


def has_colors(stream: Any, color: Color) -> bool:
    """Whether colours go to a stream: on a terminal, unless NO_COLOR, FORCE_COLOR or the command line say otherwise."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (is_terminal(stream) and os.environ.get("TERM") != "dumb")


def report(error: CleanerError, where: str = "") -> None:
    """An error in one line: what, where, what to do."""
    hint = f" ({error.hint})" if error.hint else ""
    place = f": {shown(where)}" if where else ""
    say(f"cleaner: {shown(error.message)}{place}{shown(hint)}")
    if isinstance(error, InternalFault) and os.environ.get(DEBUG_VARIABLE):
        cause = error.__cause__  # lost on the way from another process; a note came with it
        trace = traceback.format_exception(cause) if cause is not None else getattr(error, "__notes__", [])
        say("".join(trace).rstrip())


def say(text: str) -> None:
    """A line on standard error; one that can't be said is not worth failing for."""
    with suppress(OSError, ValueError):
        click.echo(text, err=True)


def shown(text: str) -> str:
    """Text that is safe in a line on a terminal: line ends, controls and undecodable bytes are written as escapes."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() or _is_space(letter) else _escape(letter) for letter in text)


def _is_space(letter: str) -> bool:
    """True for spaces that are only wider than, or don't break like, the usual one."""
    return unicodedata.category(letter) == "Zs"


def _escape(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def is_terminal(stream: Any) -> bool:
    """Whether a standard stream, which may be closed, is a terminal."""
    try:
        return stream is not None and bool(stream.isatty())
    except ValueError:
        return False
