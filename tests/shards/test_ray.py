"""The engine of many machines, with a Ray of this machine's own: the same bytes, also after the driver was killed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleaner.errors import ExitCode

if TYPE_CHECKING:
    from conftest import RunCleaner

SENTENCE = "The council met on Tuesday and agreed to rebuild the old stone bridge before the winter comes. "
INPUTS = [f"{letter}.jsonl" for letter in "abcdef"]
# Longer than any page of these takes, and shorter than the one that hangs.
LIMITS = ["--timeout", "60"]

pytestmark = [
    pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: pip install 'cleaner[ray]'"),
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here"),
]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def make_inputs() -> None:
    for number, name in enumerate(INPUTS):
        lines = [json.dumps({"html": f"<h1>Bridge {n}</h1><p>{SENTENCE * 4}</p>"}) for n in range(20 + number)]
        Path(name).write_text("\n".join([*lines, "{broken"]) + "\n")
    Path(INPUTS[1]).write_bytes(b"\x1f\x8b broken")  # an input of which nothing can be read


def tree(folder: str) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


def ray_run(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "cleaner", "run", *INPUTS, "--engine", "ray", "-j", "2", *LIMITS, *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)


def test_a_run_whose_driver_was_killed_gives_the_same_bytes_on_ray_as_a_whole_one_here(run_cleaner: RunCleaner) -> None:
    make_inputs()
    here = run_cleaner("run", *INPUTS, "-o", "here", *LIMITS)
    process = ray_run("-o", "there")
    while not list(Path("there/_cleaner/done").glob("*.json")):
        with suppress(subprocess.TimeoutExpired):
            pytest.fail(f"it ended before, with code {process.wait(timeout=0.01)}")
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    resumed = ray_run("-o", "there", "--resume")
    _, said = resumed.communicate()
    assert (resumed.returncode, here.code) == (ExitCode.PARTIAL, ExitCode.PARTIAL)
    assert tree("there") == tree("here")
    counted = re.search(r"6 of 6 parts done, ([1-5]) of them before: (.*)", said)  # those going on then were ended late
    assert counted, said
    assert f"6 of 6 parts done: {counted[2]}" in here.err


def test_an_address_without_a_cluster_is_an_error(run_cleaner: RunCleaner) -> None:
    make_inputs()
    ran = run_cleaner("run", *INPUTS, "-o", "out", "--engine", "ray", "--address", "127.0.0.1:1")
    assert (ran.code, len(ran.err.splitlines())) == (ExitCode.USAGE, 1)
