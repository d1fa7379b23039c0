"""Bytes that aren't all in one charset: damaged or cut UTF-8, UTF-8 with pieces of something else, and the reverse."""

from __future__ import annotations

import math
import re
from enum import Enum, auto
from typing import TYPE_CHECKING

from cleaner.decoding.blocks import byte_blocks, representative
from cleaner.decoding.charset_tables import read
from cleaner.decoding.decoded import Decoded
from cleaner.decoding.legacy import UTF8, candidates, sample_cost, text_sample
from cleaner.decoding.resync import resynchronized

if TYPE_CHECKING:
    from cleaner.decoding.charsets import Charset
    from cleaner.decoding.legacy import Candidate

_TWO_UTF8 = re.compile(rb"(?:" + UTF8.pattern + rb"){2}")
_PIECE = re.compile(rb"[^\n<>]+|[\n<>]+")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_ASCII = bytes(range(128))

# Where so much of the high bytes is valid UTF-8, or so few are not, it is UTF-8 with damage.
_MOSTLY = 0.75
_FEW = 4
_HALF = 0.5
# Bits that reading a piece of a legacy file as UTF-8 must save.
_UTF8_GAIN = 8.0
# Bytes of Windows-1252 that get pasted into UTF-8: ellipsis, quotes, dashes, no-break space.
_PASTED = re.compile(rb"[\x85\x91-\x97\xa0]")

_CALLER_VOTE = (16.0, 0.5)
_DECLARATION_VOTE = (4.0, 0.15)


def mixed(data: bytes, declared: Charset | None, caller: Charset | None) -> Decoded:
    """The text of bytes that are neither ASCII, nor valid UTF-8, nor of two- or four-byte units.

    `declared` is what the document says, `caller` what the caller knows.
    """
    votes: dict[str, tuple[float, float]] = {}
    for charset, vote in ((declared, _DECLARATION_VOTE), (caller, _CALLER_VOTE)):
        if charset is not None and not charset.name.startswith("utf"):
            votes[charset.name] = vote
    whole = representative(data)
    high, invalid = _counted(whole)
    if high - invalid and (high - invalid >= _MOSTLY * high or invalid <= _FEW):
        return _damaged_utf8(data, votes, sureness=(high - invalid + 1) / (high + 1))
    sample = text_sample(whole)
    weighed = candidates(sample, votes)
    charset = weighed[0].charset
    text = "".join([_legacy(block, charset, number) for number, block in enumerate(byte_blocks(data))])
    evidence = "letter frequencies"
    if charset in (declared, caller):
        evidence += " and the declared charset"
    return Decoded(text, charset.name, evidence, text.count("\ufffd"), _listed(weighed), _sureness(weighed, sample))


def _listed(weighed: list[Candidate]) -> tuple[tuple[str, float], ...]:
    return tuple((candidate.charset.name, round(candidate.bits, 1)) for candidate in weighed)


# Bits by which the best charset must be ahead to be twice as likely as the next one: letters hang together, so that
# their bits count less than those of a message.
_BITS_TWICE = 6.0
_CLEARLY = 60.0


def _sureness(weighed: list[Candidate], sample: bytes) -> float:
    """How likely the best reading is the right one, by how far the next one that differs is behind."""
    text = read(sample, weighed[0].charset)
    ahead = _BITS_TWICE
    for candidate in weighed[1:]:
        ahead = candidate.bits - weighed[0].bits
        if ahead > _CLEARLY or read(sample, candidate.charset) != text:
            break
    return 1 / (1 + math.exp2(-min(max(ahead, 0.0), 100.0) / _BITS_TWICE))


def _counted(data: bytes) -> tuple[int, int]:
    """The number of high bytes, and of those that are in no valid UTF-8 sequence."""
    return len(data.translate(None, _ASCII)), len(UTF8.sub(b"", data).translate(None, _ASCII))


def _damaged_utf8(data: bytes, votes: dict[str, tuple[float, float]], *, sureness: float) -> Decoded:
    """UTF-8 with some bytes that are not: cut characters, pasted quotes, or whole pieces in another charset."""
    foreign: list[bytes] = []
    size = 0
    for block in byte_blocks(data):
        for piece in _PIECE.findall(block) if size < _FOREIGN_SAMPLE else ():
            if _damage(piece) is _Damage.FOREIGN:
                foreign.append(piece)
                size += len(piece)
    sample = b"\n".join(foreign)
    weighed = candidates(sample, votes) if len(sample.translate(None, _ASCII)) > 1 else []
    charset = weighed[0].charset if weighed else None
    text = "".join([_with_damage(block, charset) for block in byte_blocks(data)])
    evidence = "nearly valid UTF-8"
    if charset is not None:
        evidence += f", with pieces of {charset.name}"
    return Decoded(text, "utf-8", evidence, _replaced(data, text), _listed(weighed), sureness)


# Bytes of foreign pieces that are enough to tell their charset by.
_FOREIGN_SAMPLE = 100_000


class _Damage(Enum):
    """What a piece of a damaged file is."""

    NONE = auto()
    STRAY_BYTES = auto()
    FOREIGN = auto()


def _damage(piece: bytes) -> _Damage:
    if piece.isascii():
        return _Damage.NONE
    try:
        piece.decode("utf-8")
    except UnicodeDecodeError:
        high, invalid = _counted(piece)
        return _Damage.STRAY_BYTES if high - invalid >= _HALF * high else _Damage.FOREIGN
    return _Damage.NONE


def _with_damage(block: bytes, charset: Charset | None) -> str:
    """The text of a block of damaged UTF-8, its foreign pieces in the charset."""
    try:
        return block.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text: list[str] = []
    for piece in _PIECE.findall(block):
        match _damage(piece):
            case _Damage.FOREIGN if charset is not None:
                text.append(read(piece, charset))
            case _Damage.NONE:
                text.append(piece.decode("utf-8"))
            case _:
                text.append(_with_stray_bytes(piece))
    return "".join(text)


def _replaced(data: bytes, text: str) -> int:
    return max(0, text.count("\ufffd") - data.count("\ufffd".encode()))


def _with_stray_bytes(piece: bytes) -> str:
    text = []
    end = 0
    for match in UTF8.finditer(piece):
        text.append(_stray(piece[end : match.start()]))
        text.append(match[0].decode("utf-8"))
        end = match.end()
    return "".join(text) + _stray(piece[end:])


def _stray(between: bytes) -> str:
    return _HIGH_RUN.sub(
        lambda match: match[0].decode("cp1252").encode() if _PASTED.fullmatch(match[0]) else "\ufffd".encode(), between
    ).decode("utf-8")


def _legacy(data: bytes, charset: Charset, number: int) -> str:
    """A block of a file in a legacy charset; its pieces of UTF-8 are read as such."""
    if _TWO_UTF8.search(data) is None:
        return resynchronized(data, charset, at_start=number == 0)
    text: list[str] = []
    run: list[bytes] = []
    for piece in _PIECE.findall(data):
        as_utf8 = _piece_of_utf8(piece, charset)
        if as_utf8 is None:
            run.append(piece)
            continue
        # Neighbouring legacy pieces are decoded together, so that no character is cut at a `<`.
        text.extend((resynchronized(b"".join(run), charset, at_start=number == 0 and not text), as_utf8))
        run = []
    text.append(resynchronized(b"".join(run), charset, at_start=number == 0 and not text))
    return "".join(text)


def _piece_of_utf8(piece: bytes, charset: Charset) -> str | None:
    if piece.isascii() or len(piece.translate(None, _ASCII)) < 4:
        return None
    try:
        as_utf8 = piece.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not any(character > "\x7f" and character.isalpha() for character in as_utf8):
        return None
    return as_utf8 if sample_cost(as_utf8) + _UTF8_GAIN < sample_cost(read(piece, charset)) else None
