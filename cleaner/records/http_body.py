"""HTTP responses as archives store them: the header read tolerantly, the body decoded in bounded memory."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.records.unpacking import Inflate
from cleaner.records.zstd_frames import ZSTD_MAGICS, ZstdFrames

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.records.unpacking import Decompressor

# A header of a page has some hundred bytes, one with many cookies some thousand.
LONGEST_HEADER = 1 << 16
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]{1,9}(\d{3})\b", re.IGNORECASE)
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_CHUNK_HEAD = re.compile(rb"[ \t]{0,9}([0-9a-fA-F]{1,12})[ \t]{0,9}(?:;[^\r\n]{0,4000})?\r?\n")
_MEDIA_TYPE = re.compile(r"[ \t]{0,9}([a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60})", re.IGNORECASE)
_CHARSET = re.compile(r"""\bcharset[ \t]{0,9}=[ \t]{0,9}["']?([a-z0-9_.:+-]{1,40})""", re.IGNORECASE)
_AT_A_TIME = 1 << 16
_GZIP = b"\x1f\x8b"


class BodyTooLarge(Exception):
    """The body has more bytes than allowed once it is decoded."""


@dataclass(frozen=True, slots=True)
class Response:
    """A response: names of `headers` are in lower case; `body` is as it was sent."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def values(self, name: str) -> list[str]:
        """All values of a header, split at commas, without white space around them, in lower case."""
        found = ",".join(value for other, value in self.headers if other == name)
        return [value.strip().lower() for value in found.split(",") if value.strip()]

    def header(self, name: str) -> str:
        """The first value of a header, "" if there is none."""
        return next((value for other, value in self.headers if other == name), "")


def parse_response(block: bytes) -> Response:
    """The response in the block of a record. Raises ValueError if it is none."""
    status = _STATUS.match(block)
    if not status:
        raise ValueError("no status line")
    end = _HEADER_END.search(block, 0, LONGEST_HEADER)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    headers = []
    for line in head[:LONGEST_HEADER].split(b"\n")[1:]:
        name, colon, value = line.decode("latin-1").partition(":")
        if colon:
            headers.append((name.strip().lower(), value.strip()))
    return Response(int(status[1]), tuple(headers), body)


def media_type(value: str) -> str:
    """The media type in a Content-Type header, in lower case, "" if there is none."""
    match = _MEDIA_TYPE.match(value)
    return match[1].lower() if match else ""


def charset(value: str) -> str | None:
    """The charset in a Content-Type header."""
    match = _CHARSET.search(value)
    return match[1] if match else None


def decode_body(response: Response, max_bytes: int) -> bytes:
    """The body without the codings it was sent in. One that breaks off is given as far as it goes, as browsers do.

    A coding that the body does not have is passed over: some crawlers decode bodies and keep the headers.
    Raises BodyTooLarge if there are more than `max_bytes`, ValueError if the body is damaged.
    """
    body = response.body
    if "chunked" in response.values("transfer-encoding"):
        body = _without_chunks(body)
    for coding in reversed(response.values("content-encoding") + response.values("transfer-encoding")):
        body = _CODINGS[coding](body, max_bytes) if coding in _CODINGS else body
    if len(body) > max_bytes:
        raise BodyTooLarge
    return body


def _without_chunks(body: bytes) -> bytes:
    """The chunks of a body, joined; the body as it is where it has none, and its rest where they end too early."""
    pieces: list[bytes] = []
    at = 0
    while head := _CHUNK_HEAD.match(body, at):
        size = int(head[1], 16)
        if not size:
            return b"".join(pieces)
        pieces.append(body[head.end() : head.end() + size])
        at = head.end() + size
        at += 2 if body.startswith(b"\r\n", at) else 1 if body.startswith(b"\n", at) else 0
    if not pieces:
        return body
    pieces.append(body[at:])
    return b"".join(pieces)


def _gunzip(body: bytes, max_bytes: int) -> bytes:
    return _inflate(body, Inflate, max_bytes) if body.startswith(_GZIP) else body


def _deflate(body: bytes, max_bytes: int) -> bytes:
    """RFC 9110 says zlib, and browsers take bare deflate as well, since servers send it."""
    zlib_header = len(body) > 1 and body[0] & 15 == zlib.DEFLATED and (body[0] << 8 | body[1]) % 31 == 0
    try:
        return _inflate(body, lambda: Inflate(15 if zlib_header else -15), max_bytes)
    except ValueError:
        if zlib_header or not body.lstrip().startswith(b"<"):
            raise
        return body


def _unzstd(body: bytes, max_bytes: int) -> bytes:
    return _inflate(body, ZstdFrames().begin, max_bytes) if body.startswith(ZSTD_MAGICS) else body


def _inflate(body: bytes, begin: Callable[[], Decompressor], max_bytes: int) -> bytes:
    """The plain bytes of the members of a body; what follows the last one does not count."""
    pieces: list[bytes] = []
    room = max_bytes
    magic = body[:2]
    while body.startswith(magic):
        member = begin()
        data = body
        while not member.eof:
            try:
                piece = member.decompress(data, _AT_A_TIME)
            except zlib.error as error:
                raise ValueError(str(error)) from None
            room -= len(piece)
            if room < 0:
                raise BodyTooLarge
            pieces.append(piece)
            data = b""
            if not piece and member.needs_input and not member.eof:
                return b"".join(pieces)
        body = member.unused_data
        if not body:
            break
    return b"".join(pieces)


def _unbrotli(body: bytes, max_bytes: int) -> bytes:
    from fastwarc.stream_io import BrotliReader

    try:
        plain = BrotliReader(io.BytesIO(body)).read(max_bytes + 1)
    except OSError as error:
        if body.lstrip().startswith(b"<"):  # it has no magic bytes to ask
            return body
        raise ValueError(str(error)) from None
    if len(plain) > max_bytes:
        raise BodyTooLarge
    return plain


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _deflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
