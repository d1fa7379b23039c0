"""Pages as browsers save them: MHTML and web archives."""

from __future__ import annotations

import base64
import plistlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.records import Failure, Item, Record, format_of, read_records

if TYPE_CHECKING:
    from pathlib import Path

CHROME = b"""From: <Saved by a browser>
Snapshot-Content-Location: https://example.org/news?id=1
Subject: =?utf-8?Q?=E6=A1=A5?=
Date: Mon, 6 May 2024 08:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----MultipartBoundary--abc----"


------MultipartBoundary--abc----
Content-Type: text/html
Content-ID: <frame-1@mhtml.example>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://example.org/news?id=1

<p class=3D"a">=E6=A1=A5 and a long line =
that goes on
--not-a-boundary
------MultipartBoundary--abc----
Content-Type: text/css
Content-Location: https://example.org/a.css

p { color: red }
------MultipartBoundary--abc----
Content-Type: text/html
Content-Location: https://example.org/advertisement

<p>buy
------MultipartBoundary--abc------
"""
PAGE = "<html><p>石桥</p></html>".encode("gb18030")
OLD = (
    b'From: "Saved"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="one"\r\n\r\n'
    b'preamble\r\n--one\r\nContent-Type: multipart/alternative; boundary="two"\r\n\r\n--two\r\n'
    b'Content-Type: text/html;\r\n\tcharset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n'
    b"Content-Location: https://example.org/old.htm\r\n\r\n" + base64.encodebytes(PAGE).replace(b"\n", b"\r\n")
) + b"\r\n--two--\r\n--one\r\nContent-Type: image/gif\r\n\r\nR0lG\r\n--one--\r\n"


def read(folder: Path, data: bytes, name: str = "saved", max_bytes: int = 10_000) -> list[Item]:
    path = folder / name
    path.write_bytes(data)
    items = list(read_records(str(path), max_bytes=max_bytes))
    assert [item.number for item in items] == list(range(len(items)))
    return items


def told(items: list[Item]) -> list[bytes | str]:
    return [
        item.content if isinstance(item, Record) else item.reason if isinstance(item, Failure) else item.why
        for item in items
    ]


def test_no_more_parts_are_read_than_any_page_has(tmp_path: Path) -> None:
    top = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n"
    inner = b"".join(b"--a\nContent-Type: multipart/mixed; boundary=b%d\n\n" % number for number in range(30_000))
    assert told(read(tmp_path, top + inner)) == ["too-large"]
    page = b"--a\nContent-Type: text/html\n\n<p>x\n"
    *items, last = told(read(tmp_path, top + page + b"--a\n\n" * 30_000))
    assert (items[0], items[-1], last) == (b"<p>x\n", "text/plain", "too-large")
    assert len(items) == 20_000


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_the_first_part_that_is_html_is_the_page(tmp_path: Path, ends: bytes) -> None:
    items = read(tmp_path, CHROME.replace(b"\n", ends))
    page = '<p class="a">桥 and a long line that goes on\n--not-a-boundary\n'.encode().replace(b"\n", ends)
    assert items[0] == Record(
        str(tmp_path / "saved"),
        0,
        page,
        id="<frame-1@mhtml.example>",
        url="https://example.org/news?id=1",
        date="2024-05-06T08:00:00",
        kind="html",
    )
    assert told(items[1:]) == ["text/css", "frame"]


def test_a_page_in_a_part_of_parts_in_base64_is_found(tmp_path: Path) -> None:
    items = read(tmp_path, OLD)
    assert told(items) == [PAGE, "image/gif"]
    assert isinstance(items[0], Record)
    assert (items[0].charset, items[0].url) == ("gb2312", "https://example.org/old.htm")


def test_a_message_that_is_one_page_is_read(tmp_path: Path) -> None:
    data = b"MIME-Version: 1.0\nContent-Type: text/html; charset=big5\nContent-Transfer-Encoding: 8bit\n\n<p>a\n"
    assert told(read(tmp_path, data, "a.mht")) == [b"<p>a\n"]


def test_a_page_over_the_limit_and_an_archive_without_one_are_failures(tmp_path: Path) -> None:
    assert told(read(tmp_path, CHROME, max_bytes=40)) == ["too-large", "text/css", "frame"]
    assert told(read(tmp_path, CHROME.replace(b"text/html", b"text/none"))) == [
        "text/none",
        "text/css",
        "text/none",
        "corrupt",
    ]


@pytest.mark.parametrize("kind", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_a_web_archive_is_its_main_resource(tmp_path: Path, kind: plistlib.PlistFormat) -> None:
    main = {
        "WebResourceData": PAGE,
        "WebResourceURL": "https://example.org/",
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "GBK",
    }
    archive = {
        "WebMainResource": main,
        "WebSubresources": [{"WebResourceMIMEType": "image/png", "WebResourceData": b"x"}, {}],
        "WebSubframeArchives": [{"WebMainResource": main}],
    }
    name = "a.webarchive"
    items = read(tmp_path, plistlib.dumps(archive, fmt=kind), name)
    source = str(tmp_path / name)
    assert items[0] == Record(source, 0, PAGE, url="https://example.org/", kind="html", charset="GBK")
    assert told(items[1:]) == ["image/png", "unknown", "frame"]
    assert told(read(tmp_path, plistlib.dumps(archive, fmt=kind), name, max_bytes=10)) == ["too-large"]


def test_a_web_archive_is_told_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(plistlib.dumps({"WebMainResource": {}}, fmt=plistlib.FMT_BINARY))
    assert format_of(str(path)) == "webarchive"


def test_a_web_archive_with_entities_or_without_a_page_is_a_failure(tmp_path: Path) -> None:
    entities = b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "b">]><plist><string>&a;</string></plist>'
    assert told(read(tmp_path, entities, "a.webarchive")) == ["corrupt"]
    assert told(read(tmp_path, plistlib.dumps({}), "a.webarchive")) == ["corrupt"]
    assert told(read(tmp_path, plistlib.dumps([1]), "a.webarchive")) == ["corrupt"]
    nested = b"<plist>" + b"<array>" * 100_000 + b"</array>" * 100_000 + b"</plist>"
    assert told(read(tmp_path, nested, "a.webarchive", max_bytes=10**6)) == ["corrupt"]


@given(st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=6)), max_size=5))
def test_any_damage_is_told_in_items(tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, bytes]]) -> None:
    archive = {"WebMainResource": {"WebResourceData": b"<p>", "WebResourceURL": "a"}, "WebSubresources": [{}]}
    for name, whole in {
        "a.mht": CHROME,
        "b.mht": OLD,
        "a.webarchive": plistlib.dumps(archive),
        "b.webarchive": plistlib.dumps(archive, fmt=plistlib.FMT_BINARY),
    }.items():
        data = bytearray(whole)
        for at, other in damage:
            data[at % len(data) : at % len(data) + len(other)] = other
        read(tmp_path_factory.getbasetemp(), bytes(data), name)
