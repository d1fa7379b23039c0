"""What all tests share: the command line in this process, and `pytest --accept`, which rewrites golden output.

The property tests try the same examples in every run, so that a red test is always somebody's change;
`pytest --hypothesis-profile=search` looks for new ones.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

if TYPE_CHECKING:
    from collections.abc import Sequence

PROJECT = Path(__file__).parent.parent

settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.register_profile("search", deadline=None)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="rewrite the expected output of fixtures/ with what comes out now"
    )


@pytest.fixture
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether golden output is to be rewritten rather than compared."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's folder."""
    return PROJECT


@pytest.fixture(scope="session")
def renderer() -> MarkdownIt:
    """GFM with footnotes and formulas; bare addresses are left as they are."""
    parser = MarkdownIt("gfm-like2", {"html": True, "linkify": False})
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True, allow_labels=False)
    return parser.use(footnote_plugin)


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run of the command line ended."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")


class RunCleaner(Protocol):
    def __call__(self, *arguments: str, stdin: bytes = b"", terminal: bool = False) -> Ran: ...


class _Stream(io.TextIOWrapper):
    """A standard stream over bytes in memory, which may pass for a terminal."""

    def __init__(self, data: bytes = b"", *, terminal: bool = False) -> None:
        self.bytes = io.BytesIO(data)
        self.terminal = terminal
        super().__init__(self.bytes, encoding="utf-8", errors="backslashreplace", write_through=True)

    def isatty(self) -> bool:
        return self.terminal


@pytest.fixture
def run_cleaner(monkeypatch: pytest.MonkeyPatch) -> RunCleaner:
    """Run the real command line in this process: arguments and standard input in; code, output and talk out."""

    def run_cleaner(*arguments: str, stdin: bytes = b"", terminal: bool = False) -> Ran:
        return _run(arguments, monkeypatch, stdin, terminal)

    return run_cleaner


def _run(arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch, stdin: bytes, terminal: bool) -> Ran:
    from cleaner.cli import run

    out, err = _Stream(), _Stream(terminal=terminal)
    with monkeypatch.context() as streams:
        streams.setattr(sys, "stdin", _Stream(stdin, terminal=terminal))
        streams.setattr(sys, "stdout", out)
        streams.setattr(sys, "stderr", err)
        code = run(arguments)
    return Ran(code, out.bytes.getvalue(), err.bytes.getvalue().decode("utf-8"))
