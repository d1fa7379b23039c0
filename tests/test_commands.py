"""Every transcript in fixtures/commands runs as it stands there; `pytest --accept` rewrites what it expects.

A transcript is a Markdown file: prose, and fenced blocks. A block with a file's name after the fence is a file that is
there before the next command; after a command, it is what the file must then hold. A block without a name is a command:

    % cleaner --to text
    standard input
    ^D
    standard output
    2> a line on standard error
    => 3

`^D` is left out where there is no standard input, `=> 0` where the command succeeds.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import RunCleaner

TRANSCRIPTS = sorted((Path(__file__).parent.parent / "fixtures" / "commands").glob("*.md"))
_BLOCK = re.compile(r"^(?P<fence>`{3,})(?P<name>[^`\n]*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)


@dataclass
class Command:
    arguments: list[str]
    stdin: str | None = None
    rest: list[str] = field(default_factory=list)

    @classmethod
    def parse(cls, body: str) -> Command:
        first, *lines = body.splitlines()
        assert first.startswith("% cleaner"), f"not a command: {first!r}"
        command = cls(shlex.split(first.removeprefix("% cleaner")), rest=lines)
        if "^D" in lines:
            end = lines.index("^D")
            command.stdin = "".join(line + "\n" for line in lines[:end])
            command.rest = lines[end + 1 :]
        return command


def transcribed(first: str, command: Command, code: int, out: str, err: str) -> str:
    """The block that a command's outcome makes."""
    stdin = [] if command.stdin is None else [*command.stdin.splitlines(), "^D"]
    talk = [f"2> {line}".rstrip() for line in err.splitlines()]
    return "\n".join([first, *stdin, *out.splitlines(), *talk, *([f"=> {code}"] if code else [])]) + "\n"


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda path: path.stem)
def test_commands_do_what_their_transcript_says(
    transcript: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_cleaner: RunCleaner, accept: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    expected = transcript.read_text(encoding="utf-8")
    ran = False

    def replay(match: re.Match[str]) -> str:
        nonlocal ran
        name, body = match["name"].strip(), match["body"]
        if name and not ran:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(body, encoding="utf-8")
        elif name:
            body = (tmp_path / name).read_text(encoding="utf-8")
        else:
            command = Command.parse(body)
            done = run_cleaner(*command.arguments, stdin=(command.stdin or "").encode())
            body = transcribed(body.splitlines()[0], command, done.code, done.text, done.err)
            ran = True
        return f"{match['fence']}{match['name']}\n{body}{match['fence']}"

    actual = _BLOCK.sub(replay, expected)
    assert ran, "no command in it"
    if accept:
        transcript.write_text(actual, encoding="utf-8")
    assert actual == expected or accept
