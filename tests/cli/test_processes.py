"""The command line as a process: pipes, signals, locales, full disks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

CLEANER = [sys.executable, "-m", "cleaner"]
SENTENCE = "The council met on Tuesday and agreed to rebuild the old stone bridge before the winter comes. "
CHINESE = "县里昨天召开会议，研究今年的防汛工作，要求各乡镇认真落实责任，确保群众安全度过汛期。"
needs_full_device = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


@pytest.fixture(autouse=True)
def _signals_are_heard() -> Iterator[None]:
    """What is started in the background, as these tests may be, ignores interrupts, and so does all that it starts."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, signal.default_int_handler) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def run(*arguments: str, stdin: bytes = b"", **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*CLEANER, *arguments], input=stdin, capture_output=True, check=False, **more)


def test_a_reader_that_goes_away_is_no_error() -> None:
    page = (SENTENCE * 3 + "\n\n") * 3000
    with subprocess.Popen(CLEANER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(page.encode())
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@needs_full_device
@pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"], ["detect"]])
def test_a_full_disk_is_told_in_one_line(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*CLEANER, *arguments],
            input=SENTENCE.encode() * 5,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"cleaner: no space left on device" + (b"" if arguments else b": standard input") + b"\n"


def test_closed_standard_input_is_told() -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"'{sys.executable}' -m cleaner <&-"], capture_output=True, check=False, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "cleaner: it is closed: standard input (name a file, or pipe a page in)\n"


def test_closed_standard_output_is_told() -> None:
    command = f"'{sys.executable}' -m cleaner >&-"
    done = subprocess.run(
        ["/bin/sh", "-c", command], input=SENTENCE * 5, stderr=subprocess.PIPE, check=False, text=True
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_output_is_utf8_in_any_locale() -> None:
    plain = {**os.environ, "LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    for form in ("markdown", "json"):  # all are written by one function, but JSON escapes
        done = run("-t", form, "--explain", "-v", stdin=f"{CHINESE}\n\n{CHINESE}\n".encode(), env=plain)
        assert done.returncode == 0
        assert CHINESE in done.stdout.decode("utf-8")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_run_says_nothing_and_leaves_nothing(number: signal.Signals, tmp_path: Path) -> None:
    """The run is stopped while it waits for its input, where it is known to be."""
    ready = "import sys; from cleaner import cli, files; files.read_standard_input = wait; cli.main()"
    wait = "def wait(limit):\n    print('waiting', file=sys.stderr, flush=True)\n    time.sleep(60)\n"
    code = f"import sys, time\n{wait}\n{ready}"
    with subprocess.Popen(
        [sys.executable, "-c", code, "-o", "out.md"], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=tmp_path
    ) as process:
        assert process.stderr
        assert process.stderr.readline() == b"waiting\n"
        process.send_signal(number)
        assert process.stderr.read() == b""
        assert process.wait() == 130
    assert list(tmp_path.iterdir()) == []


def test_a_run_stopped_while_it_writes_leaves_no_temporary_file(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(SENTENCE * 5)
    code = (
        "import os, sys, time\n"
        "def wait(source, target):\n    print('writing', file=sys.stderr, flush=True)\n    time.sleep(60)\n"
        "os.replace = wait\nfrom cleaner import cli; cli.main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, "page.txt", "-o", "out.md"], stderr=subprocess.PIPE, cwd=tmp_path
    ) as process:
        assert process.stderr
        assert process.stderr.readline() == b"writing\n"
        process.send_signal(signal.SIGTERM)
        assert process.stderr.read() == b""
        assert process.wait() == 130
    assert [path.name for path in tmp_path.iterdir()] == ["page.txt"]


def test_an_unforeseen_exception_is_one_line_without_a_traceback() -> None:
    code = (
        "import sys, cleaner.pipeline\n"
        "def fail(*given, **more): raise ZeroDivisionError('odd')\n"
        "cleaner.pipeline.clean = fail\nfrom cleaner import cli; cli.main()"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input="text", capture_output=True, check=False, text=True)
    assert done.returncode == 2
    assert done.stderr == "cleaner: ZeroDivisionError: odd: standard input (please report this)\n"
    debugged = subprocess.run(
        command, input="text", capture_output=True, check=False, text=True, env={**os.environ, "CLEANER_DEBUG": "1"}
    )
    assert "Traceback" in debugged.stderr


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "secret.html"
    path.write_text(SENTENCE)
    path.chmod(0)
    done = run(str(path))
    assert done.returncode == 2
    assert b"permission denied" in done.stderr


@pytest.mark.skipif(not hasattr(signal, "getitimer"), reason="no timers here")
def test_an_interrupt_is_repeated_until_it_is_heard() -> None:
    program = (
        "import signal, cleaner.cli as cli\n"
        "cli._stop_on_signals()\n"
        "try: signal.raise_signal(signal.SIGINT)\n"
        "except KeyboardInterrupt: pass\n"  # as a compiled module may do
        "assert signal.getitimer(signal.ITIMER_REAL)[0] > 0\n"
        "cli._hear_no_more()\n"
        "assert signal.getitimer(signal.ITIMER_REAL)[0] == 0\n"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).stderr == b""


def test_an_interrupt_after_the_end_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(SENTENCE * 5)
    code = (
        "import atexit, signal\n"
        "atexit.register(signal.raise_signal, signal.SIGINT)\n"
        "from cleaner import cli; cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "page.txt", "-o", "out.md"], capture_output=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, b"")
