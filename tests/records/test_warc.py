"""WARC files: which records are pages, how bodies are decoded, and that damage costs the damaged record alone."""

from __future__ import annotations

import gzip
import sys
import zlib
from typing import TYPE_CHECKING

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import CleanerError, MissingLibrary
from cleaner.records import Failure, Item, Passed, Record, format_of, read_records

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIMIT = 200_000
# "<p>brotli" three hundred times, as brotli.
BROTLI = bytes.fromhex("1b8b0af81da9519f3dae79c4e0e8948f5ca6b1bdc56fc1c01e0100e20f")


def record(block: bytes, kind: str = "response", *, length: object = None, more: str = "") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}>\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n"
        f"WARC-Target-URI: https://example.org/\r\n{more}Content-Length: {len(block) if length is None else length}\r\n"
    )
    return head.encode() + b"\r\n" + block + b"\r\n\r\n"


def page(body: bytes, *headers: str, status: int = 200, length: object = None, media: str = "text/html") -> bytes:
    lines = [f"HTTP/1.1 {status} Reason", f"Content-Type: {media}", *headers, "", ""]
    block = "\r\n".join(lines).encode() + body
    return record(block, length=length, more="Content-Type: application/http; msgtype=response\r\n")


def read(folder: Path, data: bytes, max_bytes: int = LIMIT, name: str = "a.warc") -> list[Item]:
    path = folder / name
    path.write_bytes(data)
    return list(read_records(str(path), max_bytes=max_bytes))


def told(items: list[Item]) -> list[bytes | str]:
    """A page's content, a failure's reason, or why a record was passed."""
    return [
        item.content if isinstance(item, Record) else item.reason if isinstance(item, Failure) else item.why
        for item in items
    ]


PACKERS: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "gzip": lambda records: b"".join(map(gzip.compress, records)),
    "gzip-whole": lambda records: gzip.compress(b"".join(records)),
    "zstd": lambda records: b"".join(map(zstandard.ZstdCompressor(write_checksum=True).compress, records)),
}


@pytest.mark.parametrize("packing", PACKERS)
def test_a_response_is_a_page_with_its_identity(tmp_path: Path, packing: str) -> None:
    records = [page(b"<p>one"), page(b"<p>two", media='TEXT/HTML; charset="GBK"')]
    data = PACKERS[packing](records)
    one, two = read(tmp_path, data)
    source = str(tmp_path / "a.warc")
    identity = {"id": "<urn:uuid:response>", "url": "https://example.org/", "date": "2024-05-06T07:08:09Z"}
    offset = None if packing == "gzip-whole" else len(PACKERS[packing](records[:1]))
    assert one == Record(source, 0, b"<p>one", offset=0, kind="html", **identity)
    assert two == Record(source, 1, b"<p>two", offset=offset, kind="html", charset="GBK", **identity)


@pytest.mark.parametrize("packing", PACKERS)
def test_the_format_is_told_by_the_bytes(tmp_path: Path, packing: str) -> None:
    path = tmp_path / "no-suffix"
    path.write_bytes(PACKERS[packing]([page(b"x")]))
    assert format_of(str(path)) == "warc"


def test_what_is_no_page_is_passed_and_named(tmp_path: Path) -> None:
    records = [
        record(b"software: x", "warcinfo"),
        record(b"GET /", "request"),
        record(b"", "revisit"),
        record(b"{}", "metadata"),
        record(b"dns", "resource", more="Content-Type: text/dns\r\n"),
        page(b"%PDF", media="application/pdf"),
        page(b"\x89PNG", media="Image/PNG; x=y"),
        page(b"gone", status=404),
        page(b"", status=301),
    ]
    why = "warcinfo request revisit metadata text/dns application/pdf image/png http-404 http-301"
    items = read(tmp_path, b"".join(records))
    assert told(items) == why.split()
    assert all(isinstance(item, Passed) for item in items)


def test_resources_and_conversions_are_pages(tmp_path: Path) -> None:
    html, text, plain = read(
        tmp_path,
        record(b"<p>a", "resource", more="Content-Type: text/html; charset=big5\r\n")
        + record("一\r\n".encode(), "conversion", more="Content-Type: text/plain\r\n")
        + page(b"a", media="text/plain"),
    )
    assert isinstance(html, Record)
    assert isinstance(text, Record)
    assert isinstance(plain, Record)
    assert (html.kind, html.charset, html.content) == ("html", "big5", b"<p>a")
    assert (text.kind, text.content) == ("text", "一\r\n".encode())
    assert plain.kind == "text"


def test_a_page_without_a_media_type_is_told_by_its_content_or_by_the_archive(tmp_path: Path) -> None:
    block = b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n<p>a"
    http = "Content-Type: application/http\r\n"
    bare, identified = read(
        tmp_path, record(block, more=http) + record(block, more=f"{http}WARC-Identified-Payload-Type: image/gif\r\n")
    )
    assert isinstance(bare, Record)
    assert (bare.kind, bare.content) == (None, b"<p>a")
    assert told([identified]) == ["image/gif"]


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def chunked(data: bytes) -> bytes:
    return b"".join(b"%x;a=b\r\n%b\r\n" % (len(data[at : at + 7]), data[at : at + 7]) for at in range(0, len(data), 7))


BODY = b"<p>A body of some length, " + b"the same again, " * 20
CODED = {
    "Content-Encoding: gzip": gzip.compress(BODY),
    "Content-Encoding: X-GZIP, identity": gzip.compress(BODY) + b"junk after it",
    "Content-Encoding: deflate": zlib.compress(BODY),
    "Content-Encoding:deflate": bare_deflate(BODY),
    "Content-Encoding: zstd": zstandard.ZstdCompressor().compress(BODY),
    "Content-Encoding: deflate, gzip": gzip.compress(zlib.compress(BODY)),
    "Transfer-Encoding: chunked": chunked(BODY) + b"0\r\n\r\n",
    "Transfer-Encoding:chunked": chunked(BODY)[:-1] + b"\n0\n\n",
    "Transfer-Encoding: chunked\r\nContent-Encoding: gzip": chunked(gzip.compress(BODY)) + b"0\r\n\r\n",
    "Transfer-Encoding: gzip, chunked": chunked(gzip.compress(BODY)) + b"0\r\n\r\n",
    "Content-Encoding: unheard-of": BODY,
}


@pytest.mark.parametrize("header", CODED)
def test_bodies_are_decoded(tmp_path: Path, header: str) -> None:
    assert told(read(tmp_path, page(CODED[header], header))) == [BODY]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("transfer", ["identity", "chunked"])
def test_a_body_that_was_decoded_already_stays(tmp_path: Path, coding: str, transfer: str) -> None:
    item = page(BODY, f"Content-Encoding: {coding}", f"Transfer-Encoding: {transfer}")
    assert told(read(tmp_path, item)) == [BODY]


def test_brotli_is_decoded(tmp_path: Path) -> None:
    assert told(read(tmp_path, page(BROTLI, "Content-Encoding: br"))) == [b"<p>brotli" * 300]


def test_a_body_that_breaks_off_is_given_as_far_as_it_goes(tmp_path: Path) -> None:
    (first,) = read(tmp_path, page(gzip.compress(BODY)[:-12], "Content-Encoding: gzip"))
    (second,) = read(tmp_path, page(chunked(BODY)[:-5], "Transfer-Encoding: chunked"))
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.content
    assert BODY.startswith(bytes(first.content))
    assert BODY.startswith(bytes(second.content))
    assert len(second.content) > len(BODY) - 8


def test_a_damaged_body_is_a_failure_and_the_next_record_is_read(tmp_path: Path) -> None:
    damaged = bytearray(gzip.compress(BODY))
    damaged[12:20] = b"\xff" * 8
    assert told(read(tmp_path, page(bytes(damaged), "Content-Encoding: gzip") + page(b"b"))) == ["bad-http", b"b"]


def test_what_is_no_http_is_a_failure(tmp_path: Path) -> None:
    http = "Content-Type: application/http\r\n"
    data = record(b"nonsense", more=http) + record(b"", more=http) + page(b"b")
    assert told(read(tmp_path, data)) == ["bad-http", "bad-http", b"b"]


def test_headers_that_end_lines_as_they_like_are_read(tmp_path: Path) -> None:
    block = b"HTTP/2 200\ncontent-type:text/html;charset=gbk\nbroken line\n\n<p>a"
    (item,) = read(tmp_path, record(block, more="Content-Type: application/http\r\n"))
    assert isinstance(item, Record)
    assert (item.content, item.charset) == (b"<p>a", "gbk")


BOMBS = {
    "gzip": gzip.compress(b"x" * 50_000_000),
    "deflate": zlib.compress(b"x" * 50_000_000),
    "zstd": zstandard.ZstdCompressor().compress(b"x" * 50_000_000),
    "gzip, gzip": gzip.compress(gzip.compress(b"x" * 50_000_000)),
}


@pytest.mark.parametrize("coding", BOMBS)
def test_a_bomb_is_refused(tmp_path: Path, coding: str) -> None:
    data = page(BOMBS[coding], f"Content-Encoding: {coding}") + page(b"b")
    assert told(read(tmp_path, data)) == ["too-large", b"b"]


@pytest.mark.parametrize("packing", PACKERS)
def test_a_large_record_is_refused_and_the_next_is_read(tmp_path: Path, packing: str) -> None:
    data = PACKERS[packing]([page(b"a"), page(b"x" * 3_000_000), page(b"x" * (LIMIT + 1)), page(b"c")])
    assert told(read(tmp_path, data)) == [b"a", "too-large", "too-large", b"c"]


@pytest.mark.parametrize("packing", PACKERS)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_cut_archive_gives_what_is_whole_and_then_one_failure(tmp_path: Path, packing: str, share: float) -> None:
    whole, last = PACKERS[packing]([page(b"a"), page(b"b")]), PACKERS[packing]([page(bytes(range(256)) * 40)])
    data = whole + last[: int(len(last) * share)]
    items = read(tmp_path, data)
    assert told(items) == [b"a", b"b", "truncated"]
    assert isinstance(items[-1], Failure)
    assert items[-1].offset in {len(whole), len(data)}


def test_a_cut_record_that_is_no_page_is_noticed_as_well(tmp_path: Path) -> None:
    assert told(read(tmp_path, page(b"a") + record(b"GET /" * 100, "request")[:-100])) == [b"a", "truncated"]


@pytest.mark.parametrize("packing", ["plain", "gzip", "zstd"])
def test_after_garbage_the_next_record_is_found(tmp_path: Path, packing: str) -> None:
    pack = PACKERS[packing]
    data = pack([page(b"a"), page(b"b")]) + b"garbage\r\nof any kind\r\n" * 5_000 + pack([page(b"c"), page(b"d")])
    assert told(read(tmp_path, data)) == [b"a", b"b", "corrupt", b"c", b"d"]


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_a_damaged_member_costs_itself_alone(tmp_path: Path, packing: str) -> None:
    body = bytes((number * number >> 3) % 256 for number in range(5000))
    members = [bytearray(PACKERS[packing]([page(body)])) for _ in range(4)]
    members[1][600:1200] = b"\xaa" * 600
    told_of = told(read(tmp_path, b"".join(members)))
    assert told_of[0] == told_of[-1] == told_of[-2] == body
    assert "corrupt" in told_of
    assert told_of.count(body) == 3


@pytest.mark.parametrize("length", [5, 10**12, -3, "abc", "", "1e3", "²"])
def test_a_wrong_length_costs_its_record_alone(tmp_path: Path, length: object) -> None:
    items = read(tmp_path, page(b"a") + page(b"<p>wrong", length=length) + page(b"c") + page(b"d"))
    assert told(items)[0] == b"a"
    assert told(items)[-2:] == [b"c", b"d"]
    assert any(isinstance(item, Failure) for item in items)
    assert [item.number for item in items] == list(range(len(items)))


def test_a_length_that_takes_in_the_next_record_costs_both(tmp_path: Path) -> None:
    told_of = told(read(tmp_path, page(b"a") + page(b"<p>wrong", length=400) + page(b"c") + page(b"d")))
    assert told_of[0] == b"a"
    assert told_of[-2:] == ["corrupt", b"d"]


def test_beginnings_of_records_without_end_are_given_up(tmp_path: Path) -> None:
    items = read(tmp_path, page(b"a") + b"\nWARC/1.0\r\n" * 20_000 + page(b"c"))
    assert told(items) == [b"a", *["corrupt"] * 1001]
    assert isinstance(items[-1], Failure)
    assert items[-1].message == "1,000 damaged records in a row: the rest is not read"


def test_a_record_that_is_read_ends_a_row_of_failures(tmp_path: Path) -> None:
    data = b"".join(b"\nWARC/1.0\r\n" * 60 + page(b"%d" % number) for number in range(30))
    items = read(tmp_path, data)
    assert len([item for item in items if isinstance(item, Record)]) >= 29


def test_a_dictionary_in_the_first_frame_is_used(tmp_path: Path) -> None:
    samples = [page(f"<p>Page {number} of many pages that are alike".encode()) for number in range(400)]
    dictionary = zstandard.train_dictionary(4000, samples)
    packer = zstandard.ZstdCompressor(dict_data=dictionary)
    packed = zstandard.ZstdCompressor().compress(dictionary.as_bytes())
    for stored in (packed, dictionary.as_bytes()):
        head = b"\x5d\x2a\x4d\x18" + len(stored).to_bytes(4, "little") + stored
        items = read(tmp_path, head + b"".join(map(packer.compress, samples)))
        assert len(items) == 400
        assert all(isinstance(item, Record) for item in items)


def test_fastwarc_missing_is_an_error_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc", None)
    with pytest.raises(MissingLibrary, match=r"FastWARC \(pip install 'cleaner\[warc\]'\)"):
        read(tmp_path, page(b"a"))


@given(
    st.lists(st.integers(0, 600) | st.binary(min_size=1, max_size=8), min_size=1, max_size=6),
    st.sampled_from(["plain", "gzip", "zstd"]),
)
def test_any_damage_is_told_in_items(
    tmp_path_factory: pytest.TempPathFactory, damage: list[int | bytes], packing: str
) -> None:
    data = bytearray(PACKERS[packing]([page(b"a" * 50), page(gzip.compress(BODY), "Content-Encoding: gzip")]))
    at = 0
    for step in damage:
        if isinstance(step, int):
            at = (at + step) % len(data)
        else:
            data[at : at + len(step) // 2] = step
    items = read(tmp_path_factory.getbasetemp(), bytes(data))
    assert [item.number for item in items] == list(range(len(items)))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    for head in (b"WARC/1.0\r\n", b"WARC/1.1\r\nContent-Length: 40\r\n\r\n", page(data), page(data, "a", length=30)):
        try:
            read(tmp_path_factory.getbasetemp(), head + data)
        except CleanerError:
            continue
