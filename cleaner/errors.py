"""Everything that can go wrong for a user, and the outcome codes of the command line.

`CleanerError` and its children carry what happened, where, and what to do; only the command line catches them.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Self


class ExitCode(IntEnum):
    """How a run of `cleaner` ended; the README prints this table."""

    DONE = 0
    WOULD_CHANGE = 1
    USAGE = 2
    NOTHING = 3
    PARTIAL = 4
    INTERRUPTED = 130


EXIT_CODE_MEANINGS: dict[ExitCode, str] = {
    ExitCode.DONE: "done",
    ExitCode.WOULD_CHANGE: "`--check` or `--diff` found something that cleaning would change, `rules test` a fault",
    ExitCode.USAGE: "wrong usage, unreadable or binary input, output that can't be written",
    ExitCode.NOTHING: "no document: the input is empty, or nothing is left after cleaning",
    ExitCode.PARTIAL: "a batch ended, but some of its files failed",
    ExitCode.INTERRUPTED: "interrupted",
}


class CleanerError(Exception):
    """A fault that a person can act on.

    `message` says what and where in one line; `hint`, where there is one, what to do about it.
    """

    exit_code = ExitCode.USAGE

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def about(self, name: str) -> Self:
        """The same error, with the name of what it is about, for those that are raised where nobody knows it."""
        return type(self)(f"{self.message}: {name}", hint=self.hint)

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class UsageError(CleanerError):
    """Options or paths that don't go together."""


class UnreadableInput(CleanerError):
    """The input is missing, can't be opened, or is too large."""


class MissingLibrary(CleanerError):
    """What was asked for needs a library that is not installed; `hint` is the command that installs it."""

    @classmethod
    def of_extra(cls, extra: str, message: str) -> Self:
        """The error where the libraries of one of cleaner's extras are missing."""
        return cls(message, hint=f"pip install 'cleaner[{extra}]'")


class OutOfMemory(UnreadableInput):
    """The input needs more memory than there is, or than is allowed."""


class BinaryInput(CleanerError):
    """The input is not text: a PDF, an image, an archive, random bytes."""


class UnwritableOutput(CleanerError):
    """The output can't be written where it was asked for."""


class EmptyInput(CleanerError):
    """The input holds nothing but white space."""

    exit_code = ExitCode.NOTHING


class NothingLeft(CleanerError):
    """Everything in the input was removed: there is no document in it."""

    exit_code = ExitCode.NOTHING


class DamagedInstallation(CleanerError):
    """A file of this package is missing, or not the one that was shipped."""


class LostPage(CleanerError):
    """The page took its process with it: it crashed, or went over a limit of the run."""


class TookTooLong(LostPage):
    """The page was not done in the time that a page has."""


class InternalFault(CleanerError):
    """A fault of cleaner's own: an exception that nobody foresaw, which stands in `__cause__`."""

    @classmethod
    def of(cls, error: Exception) -> Self:
        """The fault that an exception is; a note holds its trace, which a cause loses on its way to another process."""
        import traceback

        fault = cls(f"{type(error).__name__}: {error}", hint="please report this")
        fault.__cause__ = error
        fault.add_note("".join(traceback.format_exception(error)).rstrip())
        return fault


def told(error: Exception) -> CleanerError:
    """What a person is told of any exception: itself, memory that ran out, or a fault of cleaner's own."""
    if isinstance(error, CleanerError):
        return error
    if isinstance(error, MemoryError):
        return OutOfMemory("too large for the memory there is")
    return InternalFault.of(error)
