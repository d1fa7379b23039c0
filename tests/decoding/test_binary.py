"""What is refused as binary, and what must never be."""

from __future__ import annotations

import gzip
import random

import pytest

from cleaner.decoding import refuse_binary
from cleaner.errors import BinaryInput

EVERY_BYTE = bytes(range(256)) * 20
SENTENCES = {
    "utf-8": "The old stone bridge will be rebuilt before winter.\n今年的防汛工作。\n",
    "utf-16": "县里召开会议，研究部署今年的防汛工作。",
    "utf-16-le": "县里召开会议，研究部署今年的防汛工作。",
    "utf-16-be": "The council met on Tuesday.",
    "utf-32": "县里召开会议，研究部署今年的防汛工作。",
    "utf-32-be": "The council met on Tuesday.",
    "gb18030": "县里召开会议，研究部署今年的防汛工作。",
    "big5": "縣府召開會議，研究今年的防汛工作。",
    "cp932": "町は火曜日に会議を開き、古い石橋を直す。",
    "euc_jp": "町は火曜日に会議を開き、古い石橋を直す。",
    "iso2022_jp": "町は火曜日に会議を開き、古い石橋を直す。",
    "cp949": "군의회는 화요일에 회의를 열었다.",
    "koi8-r": "Совет собрался во вторник.",
    "cp1256": "اجتمع المجلس يوم الثلاثاء.",
    "cp037": "THE COUNCIL MET ON TUESDAY.",
}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + EVERY_BYTE, "PDF"),
        (gzip.compress(b"x" * 3000, mtime=0), "gzip"),
        (b"\x89PNG\r\n\x1a\n" + EVERY_BYTE, "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + EVERY_BYTE, "JPEG"),
        (b"GIF89a\x01\x00\x01\x00\x80\x00\x00" + EVERY_BYTE, "GIF"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 " + EVERY_BYTE, "WebP"),
        (b"\x7fELF\x02\x01\x01" + bytes(300) + EVERY_BYTE, "ELF"),
        (b"PK\x03\x04" + EVERY_BYTE, "zip"),
        (b"PK\x03\x04\x14\x00\x06\x00" + bytes(22) + b"word/document.xml" + EVERY_BYTE, "Word"),
        (random.Random(1).randbytes(5000), "not text"),
        (EVERY_BYTE * 5, "not text"),
        (b"\xff\x00\x01", "not text"),
        (b"\x01\x02\x03\x04\x05", "not text"),
    ],
)
def test_binary_formats_are_named(data: bytes, name: str) -> None:
    with pytest.raises(BinaryInput) as caught:
        refuse_binary(data)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("charset", SENTENCES)
@pytest.mark.parametrize("repeats", [1, 40])
def test_text_in_any_charset_passes(charset: str, repeats: int) -> None:
    refuse_binary((SENTENCES[charset] * repeats).encode(charset))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PK is a name, and so is %PDF-1.7 in a sentence.",
        "GIF89a is the header of a format.",
        "MZ began as initials. BM, too. RIFF is a word of guitarists.",
        "sto\0ne bridge\0\0 in a text of some length, with a few zero bytes in it, as old programs leave them.",
        "\x1b[31mred\x1b[0m \x1b[32mgreen\x1b[0m \x1b]0;title\x07",
    ],
)
def test_plain_text_that_looks_a_little_binary_passes(text: str) -> None:
    refuse_binary(text.encode())


@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 700 + b"<title>padded</title>" + b"\0" * 900,
        b"\0" * 700 + b"a" + b"\0" * 300 + b"<title>holes</title>",
        "군의회는 화요일에 회의를 열고 다리를 다시 짓기로 했다.\n".encode("iso2022_kr") * 9,
        b"bells\x07 and back\x08spaces\x08\x06 in an old log\x07\x07\x08\n" * 9,
    ],
)
def test_text_with_many_controls_of_few_kinds_is_text(data: bytes) -> None:
    refuse_binary(data)
