"""A file rewritten in place keeps everything that is not chrome: charset, byte-order mark, line ends, last line."""

from __future__ import annotations

import codecs
import dataclasses

import pytest

import cleaner
from cleaner.batch.rewrite import rewritten, would_change
from cleaner.errors import NothingLeft, UnwritableOutput, UsageError
from cleaner.options import Options

CONTENT = (
    "清水县开展农村道路养护",
    "",
    "四月以来，清水县组织养护队对全县农村道路进行检查，修补路面坑槽，清理边沟淤泥，确保群众出行安全。",
    "",
    "养护队队长说，今年计划完成三百公里道路的养护，重点是通往山区学校和卫生院的路段，争取在雨季之前全部完工。",
)
CHROME = ("", "分享到: 微信 微博", "滇ICP备05000000号-1 滇公网安备 53000000000000号")
ENGLISH = "# A tool\n\nIt mends bridges, and nothing in this file would have to go.\n\n    $ tool  mend\n\n* one\n* two"


def rewrite(data: bytes, **options: object) -> bytes:
    return rewritten(cleaner.clean(data, options=Options(**options)), data)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_line_ends_are_kept(end: str, last: str) -> None:
    data = "\n".join([*CONTENT, *CHROME]) + last
    kept = "\n".join(CONTENT) + last
    assert rewrite(data.replace("\n", end).encode()) == kept.replace("\n", end).encode()


@pytest.mark.parametrize(
    ("mark", "charset"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "gb18030"),
    ],
)
def test_charset_and_byte_order_mark_are_kept(mark: bytes, charset: str) -> None:
    data = mark + "\n".join([*CONTENT, *CHROME, ""]).encode(charset)
    assert rewrite(data, encoding=charset) == mark + "\n".join([*CONTENT, ""]).encode(charset)


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n\n"])
def test_what_needs_no_cleaning_comes_back_to_the_byte(end: str) -> None:
    data = (ENGLISH + end).encode()
    document = cleaner.clean(data)
    assert not would_change(document, data)
    assert rewritten(document, data) == data


def test_an_empty_file_needs_no_cleaning() -> None:
    assert rewrite(b"") == b""


def test_rewriting_twice_changes_nothing_the_second_time() -> None:
    once = rewrite("\n".join([*CONTENT, *CHROME]).encode())
    assert rewrite(once) == once


def test_html_is_refused() -> None:
    with pytest.raises(UsageError):
        rewrite(f"<!doctype html><h1>One</h1><p>{ENGLISH}</p>".encode())


def test_a_file_is_never_emptied() -> None:
    data = "\n".join(CHROME).encode()
    document = cleaner.clean("\n".join([*CONTENT, *CHROME]))
    emptied = dataclasses.replace(document, blocks=(), outcome="nothing")
    with pytest.raises(NothingLeft):
        rewritten(emptied, data)


def test_bytes_that_can_not_be_read_are_not_lost() -> None:
    data = "\n".join([*CONTENT, *CHROME]).encode() + b"\n\xff\xff\n"
    with pytest.raises(UnwritableOutput):
        rewrite(data, encoding="utf-8")
