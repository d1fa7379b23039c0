"""Which files are read, and where each one's output goes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleaner.batch.ignore import Selection
from cleaner.batch.names import HTML_SUFFIXES, TEXT_SUFFIXES, output_name, safe_path
from cleaner.batch.plan import Plan, plan_many, plan_one
from cleaner.errors import UnwritableOutput, UsageError

if TYPE_CHECKING:
    from cleaner.batch.roster import Task

SELECTION = Selection(HTML_SUFFIXES | TEXT_SUFFIXES)


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def make(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("text")


def outputs(plan: Plan) -> dict[str, str]:
    return {task.name: str(task.output) for task in plan.tasks}


def single(plan: Plan) -> Task:
    (task,) = plan.tasks
    return task


def planned(*paths: str, output: str = "out", selection: Selection = SELECTION) -> Plan:
    return plan_many(paths, output, ".md", selection)


@pytest.mark.parametrize(
    ("name", "output"),
    [
        ("a.html", "a.md"),
        ("A.HTML", "A.md"),
        ("notes.2024", "notes.2024.md"),
        ("README", "README.md"),
        ("a..html", "a..md"),
        ("a.tar.txt", "a.tar.md"),
    ],
)
def test_only_a_page_suffix_is_replaced(name: str, output: str) -> None:
    assert output_name(name, ".md") == output


def test_a_file_goes_to_standard_output_or_to_the_file_named() -> None:
    assert single(plan_one("a.html", None, None, ".md")).output is None
    assert single(plan_one("a.html", None, "b.txt", ".md")).output == Path("b.txt")


def test_a_file_goes_into_a_folder_that_exists_or_ends_in_a_slash() -> None:
    Path("out").mkdir()
    assert single(plan_one("x/a.html", None, "out", ".md")).output == Path("out/a.md")
    assert single(plan_one("x/a.html", None, "new/", ".json")).output == Path("new/a.json")


def test_standard_input_goes_into_a_folder_under_its_name_only() -> None:
    assert single(plan_one(None, "page.html", "new/", ".md")).output == Path("new/page.md")
    for nothing in (None, "", "folder/"):
        with pytest.raises(UsageError):
            plan_one(None, nothing, "new/", ".md")


@pytest.mark.parametrize(
    "name", ["..", "../..", "/..", "/etc/passwd", "a\n.html", "con", "\ud800", "C:\\x\\..", "x" * 999]
)
def test_a_name_from_outside_stays_in_the_folder(name: str) -> None:
    place = single(plan_one(None, name, "new/", ".md")).output
    assert place is not None
    assert place.parent == Path("new")
    assert place.name == safe_path(place.name) not in {"..", "con.md"}


def test_every_input_has_its_output_below_the_folder_wherever_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("in/a.html", "in/x../b.html", "in/deep/con/c.html", "other/aux.html"):
        make(name)
    monkeypatch.chdir("in/deep")
    plan = planned("../../in/./a.html", "con/../..", "../../other", "con", output="../../out")
    root = Path("../../out").resolve()
    places = sorted(task.output.resolve().relative_to(root).as_posix() for task in plan.tasks if task.output)
    assert places == ["in/a.md", "in/deep/con_/c.md", "in/x.%2E/b.md", "other/aux_.md"]


def test_a_file_is_not_overwritten_by_its_own_output() -> None:
    make("a.md")
    Path("link.md").symlink_to("a.md")
    for output in ("a.md", "./a.md", "link.md", "."):
        with pytest.raises(UsageError):
            plan_one("a.md", None, output, ".md")


def test_the_tree_below_a_folder_is_kept() -> None:
    make("in/a.html", "in/d/e/b.txt", "in/d/c.md")
    assert outputs(planned("in")) == {
        "in/a.html": "out/a.md",
        "in/d/c.md": "out/d/c.md",
        "in/d/e/b.txt": "out/d/e/b.md",
    }


def test_files_stand_as_they_stand_below_the_deepest_folder_of_all() -> None:
    make("n/1/index.html", "n/2/index.html")
    assert set(outputs(planned("n/1/index.html", "n/2/index.html")).values()) == {"out/1/index.md", "out/2/index.md"}
    assert set(outputs(planned("n/1", "n/2")).values()) == {"out/1/index.md", "out/2/index.md"}


def test_a_file_named_twice_is_read_once() -> None:
    make("in/a.html")
    assert len(planned("in", "in/a.html", "./in/../in/a.html").tasks) == 1


def test_the_way_a_folder_is_written_does_not_matter(tmp_path: Path) -> None:
    make("in/s/a.html")
    for path in ("in", "in/", "./in/../in", str(tmp_path / "in")):
        assert list(outputs(planned(path)).values()) == ["out/s/a.md"]


def test_two_inputs_never_share_an_output() -> None:
    make("in/a.html", "in/a.htm", "in/b.txt")
    plan = planned("in")
    assert outputs(plan) == {"in/a.htm": "out/a.htm.md", "in/a.html": "out/a.html.md", "in/b.txt": "out/b.md"}
    assert len(plan.renamed) == 1
    assert "in/a.htm and in/a.html" in plan.renamed[0]


def test_where_suffixes_do_not_tell_inputs_apart_a_mark_does() -> None:
    make("in/a.html", "in/a.htm", "in/a.html.txt")
    plan = planned("in")
    assert sorted(outputs(plan).values()) == ["out/a.html.md", "out/a.md", "out/a~57c4ebbf.md"]
    assert "in/a.htm and in/a.html would share the output a.md" in plan.renamed[0]


def test_other_and_hidden_files_in_folders_are_counted_not_read() -> None:
    make("in/a.HTML", "in/b.png", "in/c.css", "in/.hidden.html", "in/.git/d.md")
    plan = planned("in")
    assert [task.name for task in plan.tasks] == ["in/a.HTML"]
    assert plan.skipped == {"of other kinds": 2, "hidden": 2}


def test_a_file_that_is_named_is_read_whatever_its_suffix() -> None:
    make("page.php", "in/a.html")
    assert [task.name for task in planned("page.php", "in").tasks] == ["page.php", "in/a.html"]


def test_links_in_folders_are_not_followed() -> None:
    make("in/a.html", "outside/secret.html")
    Path("in/loop").symlink_to(Path("in").absolute())
    Path("in/self.html").symlink_to("self.html")
    Path("in/gone.html").symlink_to("/nowhere/at/all.html")
    Path("in/leak.html").symlink_to(Path("outside/secret.html").absolute())
    Path("in/leak").symlink_to(Path("outside").absolute())
    Path("in/inside.html").symlink_to("a.html")
    assert [task.name for task in planned("in").tasks] == ["in/a.html"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_and_devices_in_folders_are_skipped() -> None:
    make("in/a.html")
    os.mkfifo("in/pipe.html")
    plan = planned("in")
    assert [task.name for task in plan.tasks] == ["in/a.html"]
    assert plan.skipped == {"not regular files": 1}


def test_the_output_folder_is_no_input() -> None:
    make("in/a.html", "in/out/old.md")
    assert [task.name for task in planned("in", output="in/out").tasks] == ["in/a.html"]


def test_an_output_never_overwrites_an_input() -> None:
    make("in/a.html", "b/in/x.md", "b/c/y.html")
    with pytest.raises(UsageError):
        planned("in", output="in")
    with pytest.raises(UsageError):
        planned("b/in", output="b/in/../in/.")
    with pytest.raises(UsageError, match="overwrite"):
        planned("b/in", "b/c", output="b")


def test_a_missing_path_is_a_failure_beside_the_rest() -> None:
    make("a.html")
    plan = planned("a.html", "nope.html")
    assert [task.name for task in plan.tasks] == ["a.html"]
    assert [failure.name for failure in plan.failures] == ["nope.html"]


def test_several_outputs_need_a_folder() -> None:
    make("in/a.html", "out")
    with pytest.raises(UnwritableOutput):
        planned("in")
