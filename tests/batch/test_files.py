"""Files are read whole and written whole, or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cleaner import files
from cleaner.errors import UnreadableInput, UnwritableOutput
from cleaner.files import read_file, write_file


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    path.chmod(0o640)
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_folders_are_made(tmp_path: Path) -> None:
    write_file(tmp_path / "x" / "y" / "a.md", b"new")
    assert (tmp_path / "x" / "y" / "a.md").read_bytes() == b"new"


def test_a_link_goes_on_pointing_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "link.md").symlink_to("real.md")
    write_file(tmp_path / "link.md", b"new")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    fault: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")

    def fail(descriptor: int) -> None:
        raise fault

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises((UnwritableOutput, KeyboardInterrupt)):
        write_file(path, b"new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_as_long_as_the_file_system_allows_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 252 + ".md")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="no /dev/null here")
def test_a_device_is_written_to_not_replaced() -> None:
    write_file(Path("/dev/null"), b"new")
    assert Path("/dev/null").is_char_device()


def test_where_a_folder_stands_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    with pytest.raises(UnwritableOutput, match="directory"):
        write_file(tmp_path / "a.md", b"new")


def test_what_is_no_regular_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "missing"):
        with pytest.raises(UnreadableInput):
            read_file(path, 100)


def test_a_file_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 101)
    with pytest.raises(UnreadableInput, match="limit of 100 bytes"):
        read_file(tmp_path / "a", 100)
    assert len(read_file(tmp_path / "a", 101)) == 101
