"""Zip and tar: members that are pages, in order, whatever their names; nothing reaches the disk."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from cleaner.records import Failure, Item, Record, format_of, read_records

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIMIT = 1000
# A zip with one member, a.txt, under the traditional encryption; only the flag matters here.
ENCRYPTED = 1


def read(folder: Path, data: bytes) -> list[Item]:
    path = folder / "archive"
    path.write_bytes(data)
    items = list(read_records(str(path), max_bytes=LIMIT))
    assert list(folder.iterdir()) == [path]
    assert [item.number for item in items] == list(range(len(items)))
    return items


def told(items: list[Item]) -> list[bytes | str]:
    return [
        item.content if isinstance(item, Record) else item.reason if isinstance(item, Failure) else item.why
        for item in items
    ]


def zipped(members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", packing) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return sink.getvalue()


def tarred(*members: tuple[str, bytes] | tarfile.TarInfo, kind: int = tarfile.PAX_FORMAT) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=kind) as archive:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                archive.addfile(member)
            else:
                header = tarfile.TarInfo(member[0])
                header.size = len(member[1])
                archive.addfile(header, io.BytesIO(member[1]))
    return sink.getvalue()


NAMES = [
    "z.html",
    "a.HTM",
    "no-suffix",
    "../../up.html",
    "/etc/page.html",
    "c:\\page.html",
    "网页/桥.txt",
    "x" * 300 + ".md",
]


@pytest.mark.parametrize("packing", ["zip", "tar", "gnu", "gzip", "zstd"])
def test_members_are_pages_in_the_order_of_the_file_whatever_their_names(tmp_path: Path, packing: str) -> None:
    members = {name: name[:5].encode() for name in NAMES}
    tar = tarred(*members.items(), kind=tarfile.GNU_FORMAT if packing == "gnu" else tarfile.PAX_FORMAT)
    packed = {"zip": zipped(members), "gzip": gzip.compress(tar), "zstd": zstandard.ZstdCompressor().compress(tar)}
    items = read(tmp_path, packed.get(packing, tar))
    assert format_of(str(tmp_path / "archive")) == ("zip" if packing == "zip" else "tar")
    assert [(item.id, item.content) for item in items if isinstance(item, Record)] == list(members.items())
    kinds = [item.kind for item in items if isinstance(item, Record)]
    assert kinds == ["html", "html", None, "html", "html", "html", "text", "markdown"]


def test_what_is_no_page_is_passed_by_its_suffix(tmp_path: Path) -> None:
    members = {"a/": b"", "a/b.PNG": b"x", ".hidden": b"x", "__MACOSX/a.html": b"x", "a/._b.html": b"x", "c.css": b""}
    assert told(read(tmp_path, zipped(members))) == [".png", "hidden", "hidden", "hidden", ".css"]


def test_links_and_devices_are_passed(tmp_path: Path) -> None:
    members = [tarfile.TarInfo(f"{number}.html") for number in range(4)]
    for member, kind in zip(
        members, (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE), strict=True
    ):
        member.type = kind
        member.linkname = "/etc/passwd"
    assert told(read(tmp_path, tarred(*members, ("a.html", b"a")))) == ["link", "link", "device", b"a"]
    link = zipfile.ZipInfo("a.html")
    link.external_attr = 0o120777 << 16
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert told(read(tmp_path, sink.getvalue())) == ["link"]


def test_an_encrypted_member_is_a_failure(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.html": b"a", "b.html": b"b"}, zipfile.ZIP_STORED))
    data[data.index(b"PK\x01\x02") + 8] |= ENCRYPTED
    assert told(read(tmp_path, bytes(data))) == ["encrypted", b"b"]


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_is_refused_even_if_its_header_lies(tmp_path: Path, packing: int) -> None:
    data = bytearray(zipped({"a.html": b"x" * 10_000_000, "b.html": b"b"}, packing))
    assert told(read(tmp_path, bytes(data))) == ["too-large", b"b"]
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    assert told(read(tmp_path, bytes(data))) in (["corrupt", b"b"], ["too-large", b"b"])
    tar = tarred(("a.html", b"x" * 10_000_000), ("b.html", b"b"))
    assert told(read(tmp_path, gzip.compress(tar))) == ["too-large", b"b"]


def test_a_damaged_member_of_a_zip_is_a_failure_and_the_next_is_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.html": b"a" * 100, "b.html": b"b"}, zipfile.ZIP_STORED))
    data[60] ^= 255
    assert told(read(tmp_path, bytes(data))) == ["corrupt", b"b"]


class Unseekable(io.RawIOBase):
    """A sink for which zip files are written with sizes after the members."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.data += bytes(data)
        return len(data)


def streamed(members: dict[str, bytes], packing: int) -> bytes:
    sink = Unseekable()
    with zipfile.ZipFile(sink, "w", packing) as archive:
        for name, data in members.items():
            with archive.open(name, "w", force_zip64=name == "wide.html") as member:
                member.write(data)
    return sink.data


CUT = {"a.html": b"a" * 900, "b/": b"", "网.txt": b"b", "c.png": b"x" * 9000, "wide.html": b"", "d.html": b"d" * 1000}
PAGES: list[bytes | str] = [b"a" * 900, b"b", ".png", b"", b"d" * 1000]


@pytest.mark.parametrize("make", [zipped, streamed])
@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_cut_in_its_directory_gives_all_members_and_a_failure(
    tmp_path: Path, make: Callable[[dict[str, bytes], int], bytes], packing: int
) -> None:
    data = make(CUT, packing)
    cut = data[: data.index(b"PK\x01\x02") + 50]
    expected = [*PAGES, "truncated"] if packing or make is zipped else ["truncated"]  # no end can be told of any member
    assert told(read(tmp_path, cut)) == expected
    assert told(read(tmp_path, cut[:-50])) == expected


def test_a_zip_cut_in_a_member_gives_those_before_and_names_it(tmp_path: Path) -> None:
    for packing in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        data = zipped(CUT, packing)
        items = read(tmp_path, data[: data.index(b"d.html") + 8])
        assert told(items) == [*PAGES[:-1], "truncated"]
        assert isinstance(items[-1], Failure)
        assert items[-1].id == "d.html"
        assert "ends in a member" in items[-1].message


def test_a_cut_zip_is_as_careful_as_a_whole_one(tmp_path: Path) -> None:
    members = {
        "bomb.html": b"x" * 10_000_000,
        "damaged.html": b"a" * 100,
        "locked.html": b"b",
        ".hidden": b"",
        "z.html": b"z",
    }
    data = bytearray(zipped(members))
    data[data.index(b"damaged.html") + len(b"damaged.html")] ^= 255
    data[data.index(b"locked.html") - 24] |= ENCRYPTED
    cut = bytes(data[: data.index(b"PK\x01\x02")])
    assert told(read(tmp_path, cut)) == ["too-large", "corrupt", "encrypted", "hidden", b"z", "truncated"]
    assert told(read(tmp_path, cut.replace(b"\x08\x00", b"\x0e\x00")))[-3:] == ["hidden", "corrupt", "truncated"]
    bomb = streamed({"bomb.html": b"x" * 1_000_000, "z.html": b"z"}, zipfile.ZIP_DEFLATED)
    assert told(read(tmp_path, bomb[:-30])) == ["truncated"]


def test_a_member_that_is_not_what_its_checksum_says_is_a_failure(tmp_path: Path) -> None:
    data = zipped({"a.html": b"a" * 100, "b.html": b"b"}, zipfile.ZIP_STORED).replace(b"aaaa", b"aaab", 1)
    assert told(read(tmp_path, data[:-30])) == ["corrupt", b"b", "truncated"]


def test_a_zip_that_is_none_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x05\x06 and nothing more")
    assert told(list(read_records(str(path), max_bytes=LIMIT))) == ["corrupt"]


@pytest.mark.parametrize("packed", [True, False])
def test_a_cut_tar_gives_what_is_whole_and_then_a_failure(tmp_path: Path, packed: bool) -> None:
    whole = tarred(("a.html", b"a" * 700), ("b.html", b"b" * 700))
    cut = whole[:1800] if not packed else gzip.compress(whole[:2048]) + gzip.compress(whole[2048:])[:-20]
    assert told(read(tmp_path, cut)) == [b"a" * 700, "truncated"]
    assert told(read(tmp_path, whole[:2700])) == [b"a" * 700, "truncated"]


def test_garbage_in_a_tar_is_a_failure(tmp_path: Path) -> None:
    data = tarred(("a.html", b"a"), ("b.html", b"b"))
    assert told(read(tmp_path, data[:1024] + b"garbage " * 64 + data[1024:])) == [b"a", "corrupt"]


def test_a_header_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    long = tarfile.TarInfo("a.html")
    long.type = tarfile.XHDTYPE
    long.size = 1 << 33
    data = tarred(("a.html", b"a"))[:1024] + long.tobuf(tarfile.GNU_FORMAT) + b"\0" * 10_240
    assert told(read(tmp_path, data)) == [b"a", "corrupt"]


@given(
    st.sampled_from(["zip", "pax", "gnu"]),
    st.lists(st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=6)), max_size=4),
    st.integers(0, 3000),
)
def test_any_damage_is_told_in_items(
    tmp_path_factory: pytest.TempPathFactory, kind: str, damage: list[tuple[int, bytes]], cut: int
) -> None:
    tar_format = tarfile.PAX_FORMAT if kind == "pax" else tarfile.GNU_FORMAT
    members = {"a.html": b"a" * 300, "b" * 120 + ".txt": b"b", "网.html": b"c" * 20}
    data = bytearray(zipped(members) if kind == "zip" else tarred(*members.items(), kind=tar_format))
    for at, other in damage:
        data[8 + at % (len(data) - 8) : 8 + at % (len(data) - 8) + len(other)] = other
    path = tmp_path_factory.getbasetemp() / ("a.zip" if kind == "zip" else "a.tar")
    path.write_bytes(data[: len(data) - cut % 3 * 100])
    items = list(read_records(str(path), max_bytes=LIMIT))
    assert [item.number for item in items] == list(range(len(items)))
