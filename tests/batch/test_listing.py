"""Lists of names: a line each, or parted by NUL bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cleaner.batch.listing import listed
from cleaner.errors import UnreadableInput

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("data", "separator", "names"),
    [
        (b"a.html\nb c.html\n", b"\n", ["a.html", "b c.html"]),
        (b"a.html\r\n\r\nb.html", b"\n", ["a.html", "b.html"]),
        (b"new\nline.html\0b\r\0", b"\0", ["new\nline.html", "b\r"]),
        (b"bad\xff.html\n", b"\n", ["bad\udcff.html"]),
        (b"x" * 70_000 + b"\ny\n", b"\n", ["x" * 70_000, "y"]),
        (b"", b"\n", []),
    ],
)
def test_names_are_read_as_they_are(data: bytes, separator: bytes, names: list[str], tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(data)
    assert list(listed(str(tmp_path / "list"), separator)) == names


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list").write_bytes(b"x" * 1_000_000)
    for path in (tmp_path / "list", tmp_path / "missing", tmp_path):
        with pytest.raises(UnreadableInput):
            list(listed(str(path), b"\0"))
