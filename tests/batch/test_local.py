"""A run over tasks: each page is an outcome of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import cleaner.pipeline
from cleaner.batch.local import run_here
from cleaner.batch.roster import Task
from cleaner.batch.work import Action, Work
from cleaner.errors import EmptyInput, InternalFault, UnreadableInput
from cleaner.options import Options

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The council met on Tuesday and agreed to rebuild the old stone bridge before the winter comes.\n"


def tasks(folder: Path, *names: str) -> list[Task]:
    for name in names:
        (folder / name).write_text(TEXT)
    return [Task(folder / name, folder / "out" / f"{name}.md", name) for name in names]


@pytest.mark.parametrize(
    ("fault", "told"),
    [(RecursionError("deep"), InternalFault), (MemoryError(), UnreadableInput), (ValueError(), InternalFault)],
)
def test_one_page_that_fails_does_not_take_the_others(
    fault: Exception, told: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = cleaner.pipeline.clean

    def fail_on_the_second(data: bytes, *, url: str | None, name: str, options: Options) -> object:
        if name == "b":
            raise fault
        return clean(data, url=url, name=name, options=options)

    monkeypatch.setattr(cleaner.pipeline, "clean", fail_on_the_second)
    results = list(run_here(tasks(tmp_path, "a", "b", "c"), Work(Options())))
    assert [result.error is None for result in results] == [True, False, True]
    assert isinstance(results[1].error, told)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.md", "c.md"]


def test_an_interrupt_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*given: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cleaner.pipeline, "clean", interrupt)
    with pytest.raises(KeyboardInterrupt):
        list(run_here(tasks(tmp_path, "a"), Work(Options())))


def test_an_empty_page_has_no_output(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(" \n")
    (result,) = run_here([Task(tmp_path / "a", tmp_path / "a.md", "a")], Work(Options()))
    assert isinstance(result.error, EmptyInput)
    assert not (tmp_path / "a.md").exists()


def test_checking_writes_nothing(tmp_path: Path) -> None:
    list(run_here(tasks(tmp_path, "a"), Work(Options(), action=Action.CHECK)))
    assert not (tmp_path / "out").exists()


def test_a_copy_is_kept_before_a_file_is_rewritten(tmp_path: Path) -> None:
    chrome = "版权所有 清水县人民政府 滇ICP备05000000号-1\n"
    path = tmp_path / "a.txt"
    path.write_text(TEXT * 3 + chrome, encoding="utf-8")
    (result,) = run_here([Task(path, None, "a.txt")], Work(Options(), action=Action.REWRITE, backup=".old"))
    assert result.changed
    assert (tmp_path / "a.txt.old").read_text(encoding="utf-8") == TEXT * 3 + chrome
    assert path.read_text(encoding="utf-8") == TEXT * 3
