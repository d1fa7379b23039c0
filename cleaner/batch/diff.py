"""What rewriting a file would change, as a unified diff in UTF-8."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Diff = Literal["none", "plain", "colored"]

# The colours of git: headers bold, places cyan, lines that go red, lines that come green.
_COLORS = {"---": "\x1b[1m", "+++": "\x1b[1m", "@": "\x1b[36m", "-": "\x1b[31m", "+": "\x1b[32m"}
_RESET = "\x1b[m"
_UNENDED = "\\ No newline at end of file\n"


def unified_diff(before: str, after: str, name: str, shape: Diff) -> bytes:
    """The difference of two texts; their line ends are kept, whatever they are."""
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}")
    text = "".join(_colored(line) if shape == "colored" else line for line in _ended(lines))
    return text.encode("utf-8", "backslashreplace")


def _lines(text: str) -> list[str]:
    """Lines with their ends, which are line feeds alone: as `diff` and `patch` see it, unlike `str.splitlines`."""
    return [line + "\n" for line in text[:-1].split("\n")] if text.endswith("\n") else _unended(text)


def _unended(text: str) -> list[str]:
    *whole, last = text.split("\n")
    return [line + "\n" for line in whole] + ([last] if last else [])


def _ended(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line
        if not line.endswith("\n"):
            yield "\n" + _UNENDED


def _colored(line: str) -> str:
    color = next((color for start, color in _COLORS.items() if line.startswith(start)), "")
    return f"{color}{line.removesuffix(chr(10))}{_RESET}\n" if color and line.endswith("\n") else line
