"""The output folder: files are whole or not there, here and wherever fsspec reaches."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import fsspec
import pytest

from cleaner.batch.crew import Crew
from cleaner.batch.limits import Limits
from cleaner.errors import UnwritableOutput, UsageError
from cleaner.options import Options
from cleaner.shards.craft import RecordCraft
from cleaner.shards.ledger import Ledger, recorded
from cleaner.shards.local import run_here
from cleaner.shards.plan import plan
from cleaner.shards.recipe import Recipe
from cleaner.shards.shard import Run
from cleaner.shards.store import Store, store_at

if TYPE_CHECKING:
    from pathlib import Path


class Stop(Exception):
    """What ends a block in the middle."""


@pytest.fixture(params=["path", "memory", "moved"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Here, in an object store, and where what is sent must be moved into its place."""
    place = {"path": str(tmp_path / "out"), "memory": f"memory://{tmp_path}", "moved": f"file://{tmp_path}/out"}
    return store_at(place[request.param])


def test_a_file_is_there_when_it_is_whole(store: Store) -> None:
    with store.written("a/b.txt", "me") as file:
        file.write(b"whole")
        assert store.read("a/b.txt") is None
    assert store.read("a/b.txt") == b"whole"
    assert store.names("a") == ["b.txt"]


def test_what_ends_in_the_middle_leaves_what_was_there(store: Store) -> None:
    with store.written("a.txt", "me") as file:
        file.write(b"before")
    with suppress(Stop), store.written("a.txt", "me") as file:
        file.write(b"half")
        raise Stop
    assert store.read("a.txt") == b"before"
    assert store.names("") == ["a.txt"]


def test_what_is_not_there_is_nothing(store: Store) -> None:
    assert (store.read("a.txt"), store.names("a")) == (None, [])
    store.remove("a.txt")
    store.remove_leftovers("a", "me")


def test_files_and_folders_can_be_removed(store: Store) -> None:
    for name in ("a/b.txt", "a/c.txt", "d.txt"):
        with store.written(name, "me") as file:
            file.write(b"x")
    store.remove("a")
    store.remove("d.txt")
    assert (store.names("a"), store.read("d.txt")) == ([], None)


def test_what_is_left_of_one_owner_goes_and_that_of_others_stays(tmp_path: Path) -> None:
    names = [".cleaner-shard00001-0123456789ab.tmp", ".cleaner-shard00002-0123456789ab.tmp", "a.txt"]
    for name in names:
        (tmp_path / name).touch()
    store_at(str(tmp_path)).remove_leftovers("", "shard00001")
    assert sorted([path.name for path in tmp_path.iterdir()]) == names[1:]


def test_what_was_sent_in_part_to_another_file_system_goes(tmp_path: Path) -> None:
    for name in ("part.jsonl.shard00001-0123456789ab.tmp", "part.jsonl"):
        (tmp_path / name).touch()
    store_at(f"file://{tmp_path}").remove_leftovers("", "shard00001")
    assert [path.name for path in tmp_path.iterdir()] == ["part.jsonl"]


def test_a_folder_that_can_not_be_made_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnwritableOutput), store_at(str(tmp_path / "file")).written("a.txt", "me"):
        pass


def test_a_file_system_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(UsageError):
        store_at("nosuchsystem://place")


@pytest.mark.parametrize("form", ["jsonl", "parquet", "files"])
def test_a_run_from_and_to_another_file_system_gives_the_bytes_of_one_here(tmp_path: Path, form: str) -> None:
    rows = b"".join(b'{"html": "<h1>Bridge %d</h1><p>It was rebuilt in the spring.</p>"}\n' % n for n in range(3))
    memory = fsspec.filesystem("memory")
    source = f"memory://{tmp_path}/in.jsonl"
    memory.pipe_file(f"{tmp_path}/in.jsonl", rows)
    recipe = Recipe(Options(), format=form)  # type: ignore[arg-type]
    found = []
    for place in (str(tmp_path / "here"), f"memory://{tmp_path}/there"):
        store = store_at(place)
        shards = plan([source], place)
        run = Run(recipe, store, Ledger(store, shards, recipe))
        run.ledger.begin(overwrite=False)
        (report,) = run_here(shards, run, Limits(jobs=1), lambda _cleaned: None)
        assert report.part is not None
        assert recorded(store) == [report]
        assert run.ledger.done(shards[0]) == report
        found.append((store.read(report.part), store.read("_cleaner/run.json"), store.names("part-00000")))
    assert found[0] == found[1]


def test_an_interrupted_shard_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b'{"html": "<p>A bridge.</p>"}\n{broken\n')
    store = store_at(str(tmp_path / "out"))
    shards = plan([str(tmp_path / "in.jsonl")], None)
    recipe = Recipe(Options())
    run = Run(recipe, store, Ledger(store, shards, recipe))

    def stop(_cleaned: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(run_here(shards, run, Limits(jobs=1), stop))
    assert not [path for path in (tmp_path / "out").rglob("*") if path.is_file()]


def test_one_crew_does_shard_after_shard() -> None:
    with Crew(RecordCraft(Options(), "text"), Limits(jobs=1)) as crew:
        assert [list(crew.results(iter(()), None)) for _ in range(2)] == [[], []]
