"""`cleaner run`: parts, failures, resuming, shares; killed runs give the bytes that whole ones give."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cleaner.errors import ExitCode

if TYPE_CHECKING:
    from conftest import RunCleaner

SENTENCE = "The council met on Tuesday and agreed to rebuild the old stone bridge before the winter comes. "


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def page(number: int) -> str:
    return (
        f"<title>Bridge {number}</title><nav><a href=/>Home</a> <a href=/news>News</a></nav>"
        f"<h1>Bridge {number}</h1><p>{SENTENCE * 3}</p><footer>© 2024 Example Ltd</footer>"
    )


def make_lines(name: str, count: int, *more: str) -> None:
    lines = [
        json.dumps({"html": page(n), "url": f"https://example.org/{n}.html", "id": f"{name}-{n}"}) for n in range(count)
    ]
    Path(name).write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")


def rows(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def tree(folder: str) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()
    }


def test_a_row_says_what_was_read_what_came_of_it_and_what_went(run_cleaner: RunCleaner) -> None:
    make_lines("a.jsonl", 2)
    assert run_cleaner("run", "a.jsonl", "-o", "out").code == ExitCode.DONE
    first, second = rows("out/part-00000.jsonl")
    assert (first["file"], first["number"], first["id"], first["offset"]) == ("a.jsonl", 0, "a.jsonl-0", 0)
    assert second["offset"] == len(Path("a.jsonl").read_bytes().splitlines(keepends=True)[0])
    assert first["url"] == "https://example.org/0.html"
    assert first["text"] == f"# Bridge 0\n\n{(SENTENCE * 3).strip()}\n"
    assert (first["kind"], first["outcome"], first["metadata"]["title"]) == ("html", "cleaned", "Bridge 0")
    assert first["removed"]["navigation"] == 1
    assert sum(first["rules"].values()) == sum(first["removed"].values())
    assert first["options"] == second["options"] != ""


def test_the_summary_counts_and_failures_are_told_apart(run_cleaner: RunCleaner) -> None:
    make_lines("a.jsonl", 1, "{broken", json.dumps({"html": ""}))
    ran = run_cleaner("run", "a.jsonl", "-o", "out")
    assert ran.code == ExitCode.PARTIAL
    assert "1 of 1 parts done: 1 cleaned, 1 without a document, 1 failed (1 bad-json)" in ran.err
    (failed,) = rows("out/_failed/part-00000.jsonl")
    assert (failed["file"], failed["number"], failed["reason"]) == ("a.jsonl", 1, "bad-json")
    assert [row["outcome"] for row in rows("out/part-00000.jsonl")] == ["cleaned", "nothing"]


def test_failures_of_an_earlier_run_go_when_there_are_none_any_more(run_cleaner: RunCleaner) -> None:
    make_lines("a.jsonl", 1, "{broken")
    run_cleaner("run", "a.jsonl", "-o", "out")
    make_lines("a.jsonl", 1)
    assert run_cleaner("run", "a.jsonl", "-o", "out", "--overwrite").code == ExitCode.DONE
    assert not list(Path("out/_failed").glob("*"))


def test_an_input_that_nobody_can_read_fails_alone(run_cleaner: RunCleaner) -> None:
    make_lines("a.jsonl", 1)
    Path("b.jsonl").symlink_to("b.jsonl")
    make_lines("c.jsonl", 1)
    Path("b.jsonl").unlink()
    Path("b.jsonl").write_bytes(gzip.compress(b"x")[:4])
    ran = run_cleaner("run", "a.jsonl", "b.jsonl", "c.jsonl", "-o", "out")
    assert ran.code == ExitCode.PARTIAL
    assert Path("out/part-00000.jsonl").exists()
    assert Path("out/part-00002.jsonl").exists()
    assert rows("out/_failed/part-00001.jsonl")[0]["file"] == "b.jsonl"


@pytest.mark.parametrize("form", ["jsonl", "parquet", "warc", "files"])
def test_the_same_bytes_come_from_any_number_of_workers(run_cleaner: RunCleaner, form: str) -> None:
    make_lines("a.jsonl", 40, "{broken")
    run_cleaner("run", "a.jsonl", "-o", "one", "-j", "1", "--format", form)
    run_cleaner("run", "a.jsonl", "-o", "three", "-j", "3", "--format", form)
    assert tree("one") == tree("three")


def test_resuming_leaves_out_what_is_done(run_cleaner: RunCleaner) -> None:
    make_lines("a.jsonl", 1)
    make_lines("b.jsonl", 1)
    run_cleaner("run", "a.jsonl", "b.jsonl", "-o", "out")
    whole = tree("out")
    Path("out/_cleaner/done/00001.json").unlink()
    Path("out/part-00000.jsonl").write_bytes(b"as it was left")
    ran = run_cleaner("run", "a.jsonl", "b.jsonl", "-o", "out", "--resume")
    assert "2 of 2 parts done, 1 of them before" in ran.err
    assert tree("out") == whole | {"part-00000.jsonl": b"as it was left"}


@pytest.mark.parametrize(
    ("change", "named"),
    [(["--level", "strict"], "options"), (["--format", "warc"], "format"), (["--field", "html"], "fields")],
)
def test_another_run_into_the_same_folder_is_refused(run_cleaner: RunCleaner, change: list[str], named: str) -> None:
    make_lines("a.jsonl", 1)
    run_cleaner("run", "a.jsonl", "-o", "out")
    before = tree("out")
    for more in ([], ["--resume"]):
        ran = run_cleaner("run", "a.jsonl", "-o", "out", *change, *more)
        assert ran.code == ExitCode.USAGE
        assert f"what differs: {named}" in ran.err
    assert tree("out") == before


def test_an_input_that_grew_is_another_run(run_cleaner: RunCleaner) -> None:
    make_lines("a.jsonl", 1)
    run_cleaner("run", "a.jsonl", "-o", "out")
    make_lines("a.jsonl", 2)
    assert "what differs: inputs" in run_cleaner("run", "a.jsonl", "-o", "out", "--resume").err


def test_overwriting_leaves_nothing_of_the_other_run(run_cleaner: RunCleaner) -> None:
    make_lines("a.jsonl", 1)
    make_lines("b.jsonl", 1, "{broken")
    run_cleaner("run", "a.jsonl", "b.jsonl", "-o", "out", "--format", "files")
    run_cleaner("run", "a.jsonl", "-o", "out", "--overwrite")
    run_cleaner("run", "a.jsonl", "-o", "fresh")
    assert tree("out") == tree("fresh")


def test_shares_together_are_the_whole(run_cleaner: RunCleaner) -> None:
    names = [f"{letter}.jsonl" for letter in "abcde"]
    for name in names:
        make_lines(name, 2)
    run_cleaner("run", *names, "-o", "whole")
    for share in ("2/2", "1/2"):
        assert run_cleaner("run", *names, "-o", "shared", "--shard", share, "--resume").code == ExitCode.DONE
    assert tree("shared") == tree("whole")


@pytest.mark.parametrize("share", ["0/2", "3/2", "2", "a/b", "1/", "-1/2"])
def test_what_is_no_share_is_refused(run_cleaner: RunCleaner, share: str) -> None:
    make_lines("a.jsonl", 1)
    ran = run_cleaner("run", "a.jsonl", "-o", "out", "--shard", share)
    assert (ran.code, Path("out").exists()) == (ExitCode.USAGE, False)


def test_a_dry_run_lists_parts_and_writes_nothing(run_cleaner: RunCleaner) -> None:
    make_lines("a.jsonl", 1)
    make_lines("b.jsonl", 1)
    ran = run_cleaner("run", "a.jsonl", "b.jsonl", "-o", "out", "--dry-run", "--compress", "gz")
    assert ran.out == b"part-00000.jsonl.gz\ta.jsonl\npart-00001.jsonl.gz\tb.jsonl\n"
    assert not Path("out").exists()


def test_the_status_tells_what_is_done_left_and_failed(run_cleaner: RunCleaner) -> None:
    make_lines("a.jsonl", 2)
    make_lines("b.jsonl", 1, "{broken")
    run_cleaner("run", "a.jsonl", "b.jsonl", "-o", "out", "--shard", "1/2")
    ran = run_cleaner("run", "-o", "out", "--status")
    assert (ran.code, ran.out) == (ExitCode.DONE, b"1 of 2 parts done, 1 left\n2 cleaned\n")
    run_cleaner("run", "a.jsonl", "b.jsonl", "-o", "out", "--resume")
    ran = run_cleaner("run", "-o", "out", "--status")
    assert (ran.code, ran.out) == (
        ExitCode.PARTIAL,
        b"2 of 2 parts done, 0 left\n3 cleaned, 1 failed (1 bad-json)\n",
    )
    assert run_cleaner("run", "-o", "nowhere", "--status").code == ExitCode.USAGE


def test_only_parts_with_failures_are_retried(run_cleaner: RunCleaner) -> None:
    make_lines("a.jsonl", 1)
    make_lines("b.jsonl", 1, "{broken")
    run_cleaner("run", "a.jsonl", "b.jsonl", "-o", "out")
    for part in Path("out").glob("part-*"):
        part.write_bytes(b"")
    ran = run_cleaner("run", "a.jsonl", "b.jsonl", "-o", "out", "--retry-failed")
    assert ran.code == ExitCode.PARTIAL
    assert [path.stat().st_size > 0 for path in sorted(Path("out").glob("part-*"))] == [False, True]


def test_enough_failures_end_the_run_and_leave_no_half_part(run_cleaner: RunCleaner) -> None:
    make_lines("a.jsonl", 1)
    make_lines("b.jsonl", 3, "{broken", "{broken", "{broken")
    ran = run_cleaner("run", "a.jsonl", "b.jsonl", "-o", "out", "--max-failures", "2")
    assert ran.code == ExitCode.PARTIAL
    assert "ended after 2 failures" in ran.err
    assert sorted(tree("out")) == ["_cleaner/done/00000.json", "_cleaner/run.json", "part-00000.jsonl"]


def test_pages_in_files_of_their_own_become_one_part(run_cleaner: RunCleaner) -> None:
    for number in range(3):
        Path(f"in/{number}").mkdir(parents=True)
        Path(f"in/{number}/page.html").write_text(page(number))
    Path("in/picture.png").write_bytes(b"\x89PNG")
    make_lines("in/lines.jsonl", 1)
    assert run_cleaner("run", "in", "-o", "in/out").code == ExitCode.DONE
    made = tree("in/out")
    assert [name for name in made if name.startswith("part-")] == ["part-00000.jsonl", "part-00001.jsonl"]
    files = [row["file"] for name in ("0", "1") for row in rows(f"in/out/part-0000{name}.jsonl")]
    assert files == ["in/lines.jsonl", "in/0/page.html", "in/1/page.html", "in/2/page.html"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["-o", "out"],
        ["a.jsonl", "missing.jsonl", "-o", "out"],
        ["a.jsonl", "-o", "out", "-t", "jsonl"],
        ["a.jsonl", "-o", "out", "--format", "parquet", "--compress", "gz"],
        ["a.jsonl", "-o", "out", "--overwrite", "--shard", "1/2"],
        ["a.jsonl", "-o", "out", "--overwrite", "--resume"],
        ["a.jsonl", "-o", "out", "--address", "auto"],
        ["a.jsonl", "-o", "nosuchsystem://out"],
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_written(
    run_cleaner: RunCleaner, arguments: list[str]
) -> None:
    make_lines("a.jsonl", 1)
    ran = run_cleaner("run", *arguments)
    assert ran.code == ExitCode.USAGE
    assert len(ran.err.splitlines()) == 1
    assert not Path("out").exists()


@pytest.mark.parametrize("name", ["a.html", "a.zip"])
def test_an_address_without_the_library_for_it_is_named(
    run_cleaner: RunCleaner, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for library in ("fsspec", "pyarrow"):
        monkeypatch.setitem(sys.modules, library, None)
    ran = run_cleaner("run", f"nowhere://there/{name}", "-o", "out")
    assert ran.code == ExitCode.USAGE
    assert ran.err == (
        f"cleaner: an address needs the library fsspec: nowhere://there/{name} (pip install 'cleaner[remote]')\n"
    )


def test_settings_hold_for_runs_too(run_cleaner: RunCleaner) -> None:
    make_lines("a.jsonl", 1)
    Path("cleaner.toml").write_text('level = "none"\nto = "text"\n')
    run_cleaner("run", "a.jsonl", "-o", "out")
    (row,) = rows("out/part-00000.jsonl")
    assert row["text"].startswith("Home News")


def test_a_page_that_takes_too_long_or_too_much_is_lost_alone(run_cleaner: RunCleaner) -> None:
    make_lines("a.jsonl", 1, json.dumps({"text": SENTENCE * 100_000, "id": "long"}), json.dumps({"html": page(2)}))
    ran = run_cleaner("run", "a.jsonl", "-o", "out", "--timeout", "0.05", "-j", "1")
    reasons = [row["reason"] for row in rows("out/_failed/part-00000.jsonl")]
    assert ran.code == ExitCode.PARTIAL
    assert "timeout" in reasons
    assert set(reasons) == {"timeout"}


# Runs the command, and stands still at the record before the last of b.jsonl until something from outside ends it.
WAITING = """
import signal
from cleaner.cli import main
from cleaner.shards import shard

def read_to_the_middle(source, *rest, read=shard.read_records, **named):
    items = list(read(source, *rest, **named))
    yield from items[:-1]
    while source == "b.jsonl":
        signal.pause()
    yield from items[-1:]

shard.read_records = read_to_the_middle
main()
"""


def stopped_in_the_middle(number: signal.Signals, *arguments: str) -> tuple[int, str]:
    """The exit code of a run of several files and what it says, if a signal comes when b.jsonl is half done."""
    command = [sys.executable, "-c", WAITING, "run", *arguments]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not Path("out/_cleaner/done/00000.json").exists():
        with suppress(subprocess.TimeoutExpired):
            pytest.fail(f"it ended before, with code {process.wait(timeout=0.005)}")
    (os.killpg if number is signal.SIGKILL else os.kill)(process.pid, number)
    _, said = process.communicate()
    return process.returncode, said


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
@pytest.mark.parametrize("form", ["jsonl", "files"])
def test_a_killed_run_that_is_resumed_gives_the_bytes_of_a_whole_one(run_cleaner: RunCleaner, form: str) -> None:
    names = [f"{letter}.jsonl" for letter in "abc"]
    for name in names:
        make_lines(name, 60, "{broken")
    run_cleaner("run", *names, "-o", "whole", "--format", form)
    stopped_in_the_middle(signal.SIGKILL, *names, "-o", "out", "--format", form, "-j", "1")
    ran = run_cleaner("run", *names, "-o", "out", "--format", form, "--resume")
    assert "3 of 3 parts done, 1 of them before" in ran.err
    assert tree("out") == tree("whole")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_an_interrupt_leaves_no_half_file() -> None:
    make_lines("a.jsonl", 1)
    make_lines("b.jsonl", 100, "{broken")
    # The signal does what Ctrl-C does, also where that is switched off.
    code, said = stopped_in_the_middle(signal.SIGTERM, "a.jsonl", "b.jsonl", "-o", "out", "-j", "1")
    assert code == ExitCode.INTERRUPTED, said
    assert "Traceback" not in said
    assert sorted(tree("out")) == ["_cleaner/done/00000.json", "_cleaner/run.json", "part-00000.jsonl"]
