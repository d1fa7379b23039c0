"""Bytes to text, whatever charset they are in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cleaner.decoding.charsets import ALL, charset_named
from cleaner.decoding.decoded import Decoded
from cleaner.decoding.wide import marked_encoding, wide_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.decoding.charsets import Charset

# To be searched in small letters.
_DECLARATION = re.compile(
    rb"<meta\b[^>]{0,500}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.-]{1,40})"
    rb"|<\?xml\b[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w:.-]{1,40})"
    rb"|@charset\s{1,9}[\"']([\w:.-]{1,40})"
)
# Of UTF-16 without zero bytes, which is told by the rows of its ideographs.
_PATTERN_SURENESS = 0.95
_UTF16 = ("utf-16le", "utf-16be")
_DECLARED_WITHIN = 65_536
_ESCAPES = ((b"\x1b$)C", "iso-2022-kr"), (b"\x1b$", "iso-2022-jp"), (b"\x1b(J", "iso-2022-jp"), (b"~{", "hz-gb-2312"))


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of `data`; never an exception.

    `declared` is the charset that a caller knows of (an HTTP header, an option): it decides between readings that are
    about equally good, but a byte-order mark and valid UTF-8 overrule it. A name that is no charset is ignored.
    """
    label = declared or _label_in(data)
    decoded = _unicode(data)
    if decoded is None:
        from cleaner.decoding.pieces import mixed

        decoded = mixed(data, _charset_in(data), charset_named(declared) if declared else None)
    evidence = decoded.evidence
    if declared and charset_named(declared) is None:
        evidence += f"; the declared charset {declared[:40]!r} is unknown"
    return replace(decoded, evidence=evidence, declared=label)


def decode_as(data: bytes, name: str) -> Decoded:
    """The text of `data` in the charset of that name, by the caller's order; raises LookupError if there is none."""
    charset = charset_named(name)
    if charset is None:
        raise LookupError(name)
    text = data.decode(charset.codecs[0], "replace").removeprefix("\ufeff")
    return Decoded(text, charset.name, "as asked for", text.count("\ufffd"))


def _labels_in(data: bytes) -> Iterator[str]:
    head = data[:_DECLARED_WITHIN].lower()
    if b"charset" in head or b"encoding" in head:
        for match in _DECLARATION.finditer(head):
            yield (match[1] or match[2] or match[3]).decode("ascii", "replace")


def _label_in(data: bytes) -> str | None:
    """The first charset that the document itself declares, known or not."""
    return next(_labels_in(data), None)


def _charset_in(data: bytes) -> Charset | None:
    """The first charset that the document itself declares and that exists."""
    return next(filter(None, map(charset_named, _labels_in(data))), None)


def _unicode(data: bytes) -> Decoded | None:
    """What byte-order marks, escapes and the strictness of UTF-8 decide, without looking at letters; else None."""
    marked = marked_encoding(data)
    if marked is not None and marked[0] != "utf-8":
        return _as_units(data[marked[1] :], marked[0], "byte-order mark")
    body = data[marked[1] :] if marked else data
    if b"\0" in body[:4096]:
        wide = wide_encoding(body)
        if wide is not None:
            return _as_units(body, _cheaper_order(body, wide), "zero bytes")
    if body.isascii():
        return _seven_bit(body)
    try:
        return Decoded(body.decode("utf-8"), "utf-8", "byte-order mark" if marked else "valid UTF-8")
    except UnicodeDecodeError:
        pass
    wide = wide_encoding(body)
    if wide is not None:
        from cleaner.decoding.costs import cost

        sample = body[:2048].decode(ALL[wide].codecs[0], "replace")
        if cost(sample) < 10.5 * len(sample) + 10:
            return replace(_as_units(body, wide, "pattern of two-byte units"), sureness=_PATTERN_SURENESS)
    return None


def _cheaper_order(data: bytes, name: str) -> str:
    """The order of bytes in which the text is the shorter message, where zeros are too few to tell it."""
    sample = data[:2048]
    if not name.startswith("utf-16") or 4 * sample.count(0) > len(sample):
        return name
    from cleaner.decoding.costs import cost

    return min((name, *_UTF16), key=lambda order: cost(sample.decode(order, "replace")))


def _seven_bit(data: bytes) -> Decoded:
    for escape, name in _ESCAPES:
        if escape in data:
            for codec in ALL[name].codecs:
                try:
                    return Decoded(data.decode(codec), name, "escape sequences")
                except UnicodeDecodeError:
                    continue
    return Decoded(data.decode("ascii"), "utf-8", "only ASCII")


def _as_units(data: bytes, name: str, evidence: str) -> Decoded:
    charset = ALL[name]
    text = data.decode(charset.codecs[0], "replace")
    return Decoded(text, charset.name, evidence, text.count("\ufffd") - data.count("\ufffd".encode(charset.codecs[0])))
