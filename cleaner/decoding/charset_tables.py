"""Bytes of a charset that is known to text, by the web's table of it and, where that has gaps, by those of vendors."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from cleaner.decoding.character_costs import generic
from cleaner.decoding.charsets import MULTI_BYTE

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.decoding.charsets import Charset

# Where the vendors' Big5 tables differ.
_VENDOR_AREA = re.compile(rb"[\xc6-\xc8][\x40-\xfe]")


def read(data: bytes, charset: Charset) -> str:
    """The bytes in the charset; what has no character becomes U+FFFD, but 80 to 9F of one-byte ones a control.

    What the web's table of a charset lacks is read by the tables of other vendors.
    """
    errors = (
        f"cleaner.{charset.name}" if len(charset.codecs) > 1 else "replace" if charset in MULTI_BYTE else "cleaner.c1"
    )
    return data.decode(charset.codecs[0], errors)


def read_by_cheapest_table(data: bytes, charset: Charset) -> str:
    """The same, where vendors give other characters for the same bytes: by the table that costs least.

    The web's Big5 (with the Hong Kong characters) and Microsoft's differ in kana, Cyrillic and circled numbers.
    """
    web = read(data, charset)
    if charset.name != "big5" or _VENDOR_AREA.search(data) is None:
        return web
    lines = web.split("\n")
    vendor = [line.decode("cp950", "replace") for line in data.split(b"\n")]
    pairs = [
        (ours, theirs)
        for mine, other in zip(lines, vendor, strict=True)
        if len(mine) == len(other)
        for ours, theirs in zip(mine, other, strict=True)
        if theirs not in (ours, "\ufffd")
    ]
    if sum(generic(ours) for ours, _ in pairs) <= sum(generic(theirs) for _, theirs in pairs):
        return web
    return "\n".join(
        "".join(ours if theirs == "\ufffd" else theirs for ours, theirs in zip(mine, other, strict=True))
        if len(mine) == len(other)
        else mine
        for mine, other in zip(lines, vendor, strict=True)
    )


def _controls(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    undefined = error.object[error.start : error.end]
    return "".join(chr(byte) if byte < 0xA0 else "\ufffd" for byte in undefined), error.end


def _other_vendors(charset: Charset) -> Callable[[UnicodeError], tuple[str, int]]:
    def handle(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        pair = error.object[error.start : error.start + 2]
        for codec in charset.codecs[1:]:
            try:
                return pair.decode(codec), error.start + 2
            except UnicodeDecodeError:
                continue
        return "\ufffd", error.end

    return handle


for _charset in MULTI_BYTE:
    codecs.register_error(f"cleaner.{_charset.name}", _other_vendors(_charset))
codecs.register_error("cleaner.c1", _controls)
