"""Which charset bytes are in that are not UTF-8: the one in which they are the shortest message."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cleaner.decoding.character_costs import single_cost
from cleaner.decoding.charset_tables import read
from cleaner.decoding.charsets import MULTI_BYTE, OLD, ONE_BYTE, Charset, charset_named
from cleaner.decoding.costs import Background, cost
from cleaner.decoding.resync import resynchronized

if TYPE_CHECKING:
    from collections.abc import Iterable


_MARKUP = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s{0,9}>|\Z)|<[^<>]{0,10000}>|[\xc2-\xf4]?(?:&#?\w{1,32};)+[\x80-\xbf]?",
    re.DOTALL | re.IGNORECASE,
)
_ASCII = bytes(range(128))
UTF8 = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
# How much of the text outside of markup is looked at, in bytes: the detector reads more than the costs.
_DETECTED, _COSTED, _COSTED_DENSE = 20_000, 6_000, 2_000
_READ = 200_000

# Bits in favour of what a detector says: a fixed part, and a part for each high byte.
_DETECTOR_VOTE = (3.0, 0.02)
_REPLACED = 8.0
# Which charsets are weighed at all: by the costs of their letters one by one.
_SCREEN_FACTOR, _SCREEN_FACTOR_DENSE, _SCREEN_BITS, _SCREEN_BYTE = 1.6, 1.25, 40.0, 12.0
_FEW = 3
# High bytes from which a line that can be UTF-8 is.
_SURELY = 12
# Bits a high byte from which the best reading is a poor one, as dense text in a charset of one byte.
_POOR, _MANY, _DENSE = 6.0, 20, 0.4
# Candidates within so many bits are told apart by more of the text.
_CLOSE = 12.0
# Bits above the best candidate from which another one needn't be weighed to the end.
_HOPELESS = 50.0
# Bits of a sequence of UTF-8 in a one-byte text.
_UTF8_SEQUENCE = 9.0


class Candidate(NamedTuple):
    """A charset and the bits that the sample costs in it, votes taken off."""

    charset: Charset
    bits: float


def text_sample(data: bytes) -> bytes:
    """The lines of text outside of markup that have high bytes."""
    head = data[:_READ]
    body = _MARKUP.sub(b" ", head)
    if body.isascii():
        body = head if not head.isascii() else data
    lines = [line for line in body.split(b"\n") if not line.isascii()]
    # Lines that are UTF-8 beyond doubt say nothing about the others.
    return b"\n".join([line for line in lines if not _is_utf8(line)] or lines)[:_DETECTED]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(line.translate(None, _ASCII)) >= _SURELY


def candidates(sample: bytes, votes: dict[str, tuple[float, float]]) -> list[Candidate]:
    """The charsets that may be the right one, the best first.

    `votes` holds by name of charset the bits in its favour, a fixed part and one for each high byte.
    """
    costed = sample[:_COSTED]
    high = len(costed.translate(None, _ASCII))
    dense = high > max(_MANY, _DENSE * len(costed))
    if dense:
        costed = sample[:_COSTED_DENSE]
        high = len(costed.translate(None, _ASCII))
    bonus = _bonus(sample, votes, high)
    languages_of = Background(costed.decode("ascii", "replace").replace("\ufffd", " "))
    # ASCII costs nothing, and no charset has a space inside of a character.
    words = b" ".join([word for word in costed.split() if not word.isascii()])
    one_byte, of_utf8 = _without_utf8(words)
    factor = _SCREEN_FACTOR_DENSE if dense else _SCREEN_FACTOR
    found = [_weighed(charset, words, languages_of, bonus) for charset in MULTI_BYTE] if high > _FEW else []
    for charset, estimate in _tried(words, one_byte, of_utf8, bonus):
        least = min((candidate.bits for candidate in found), default=float("inf"))
        if estimate > factor * least + _SCREEN_BITS and charset.name not in bonus:
            continue
        limit = least + _HOPELESS
        candidate = _weighed(charset, one_byte, languages_of, bonus, more=of_utf8, limit=limit)
        if of_utf8:
            whole = _weighed(charset, words, languages_of, bonus, limit=limit)
            candidate = min(candidate, whole, key=lambda either: either.bits)
        found.append(candidate)
    found.sort(key=lambda candidate: candidate.bits)
    if dense and found[0].charset not in MULTI_BYTE and found[0].bits > _POOR * high:
        found = _with_lost_bytes(found, costed, languages_of)
    return _decided_by_the_rest(_usual_first(found, costed), sample[len(costed) :], languages_of)


def _bonus(sample: bytes, votes: dict[str, tuple[float, float]], high: int) -> dict[str, float]:
    """The bits in favour of each charset that was declared, or that the detector of browsers names."""
    from turbohtml.detect import detect

    bonus = {name: fixed + each * high for name, (fixed, each) in votes.items()}
    detected = charset_named(detect(sample).encoding or "")
    if detected is not None and not detected.name.startswith("utf"):
        bonus[detected.name] = bonus.get(detected.name, 0.0) + _DETECTOR_VOTE[0] + _DETECTOR_VOTE[1] * high
    return bonus


def _with_lost_bytes(found: list[Candidate], sample: bytes, languages_of: Background) -> list[Candidate]:
    """The same, where two-byte text may be out of step: a byte is lost before the sample or in it."""
    others = [candidate for candidate in found if candidate.charset not in MULTI_BYTE]
    for charset in MULTI_BYTE:
        text = resynchronized(sample, charset, at_start=True)
        others.append(Candidate(charset, cost(text, languages_of) + _REPLACED * text.count("\ufffd")))
    return sorted(others, key=lambda candidate: candidate.bits)


def _usual_first(found: list[Candidate], sample: bytes) -> list[Candidate]:
    """The same with the usual charset in front of a rarer one that reads everything alike."""
    best = found[0]
    text = read(sample, best.charset)
    for candidate in found[1:4]:
        if candidate.charset.surplus < best.charset.surplus and read(sample, candidate.charset) == text:
            others = [other for other in found if other is not candidate and other is not best]
            return [Candidate(candidate.charset, best.bits), Candidate(best.charset, candidate.bits), *others]
    return found


def _decided_by_the_rest(found: list[Candidate], rest: bytes, languages_of: Background) -> list[Candidate]:
    """The same candidates; those about equally good are ordered by the lines further on that tell them apart."""
    close = [candidate for candidate in found if candidate.bits < found[0].bits + _CLOSE]
    if len(close) < 2 or not rest:
        return found
    apart = _bytes_apart([candidate.charset for candidate in close])
    lines = b"\n".join(line for line in rest.split(b"\n") if line.translate(None, apart) != line)[:_COSTED]
    if not lines:
        return found
    moved = [
        Candidate(candidate.charset, candidate.bits + _reading(lines, candidate.charset, languages_of))
        for candidate in close
    ]
    return sorted(moved, key=lambda candidate: candidate.bits) + found[len(close) :]


def _bytes_apart(charsets: list[Charset]) -> bytes:
    """The bytes that the charsets read differently."""
    if any(charset in MULTI_BYTE for charset in charsets):
        return bytes(range(128, 256))
    tables = [read(bytes(range(128, 256)), charset) for charset in charsets]
    return bytes(byte for byte, letters in enumerate(zip(*tables, strict=True), 128) if len(set(letters)) > 1)


def _weighed(
    charset: Charset,
    sample: bytes,
    languages_of: Background,
    bonus: dict[str, float],
    *,
    more: float = 0.0,
    limit: float = math.inf,
) -> Candidate:
    more += charset.surplus - bonus.get(charset.name, 0.0)
    return Candidate(charset, _reading(sample, charset, languages_of, limit - more) + more)


def _tried(sample: bytes, without_utf8: bytes, of_utf8: float, named: Iterable[str]) -> list[tuple[Charset, float]]:
    """The one-byte charsets that are near enough, with the bits of their letters one by one, the least first."""
    estimates: dict[Charset, float] = {}
    for part, more in {sample: 0.0, without_utf8: of_utf8}.items():
        counts = Counter(part.translate(None, _ASCII)).items()
        for charset, bits in _single_costs().items():
            estimate = charset.surplus + more + sum(count * min(_SCREEN_BYTE, bits[byte]) for byte, count in counts)
            estimates[charset] = min(estimate, estimates.get(charset, estimate))
    limit = _SCREEN_FACTOR * min(estimates.values()) + _SCREEN_BITS
    names = set(named)
    near = ((charset, bits) for charset, bits in estimates.items() if bits <= limit or charset.name in names)
    return sorted(near, key=lambda item: item[1])


@cache
def _single_costs() -> dict[Charset, list[float]]:
    """What each byte of each one-byte charset costs by itself."""
    return {
        charset: [0.0] * 128 + [single_cost(read(bytes((byte,)), charset)) for byte in range(128, 256)]
        for charset in (*ONE_BYTE, *OLD)
    }


def _without_utf8(sample: bytes) -> tuple[bytes, float]:
    """The sample without what is UTF-8 in it, which is mojibake of the page's own, and the bits of that."""
    rest, sequences = UTF8.subn(b" ", sample)
    return rest, _UTF8_SEQUENCE * sequences


def _reading(sample: bytes, charset: Charset, languages_of: Background, limit: float = math.inf) -> float:
    text = read(sample, charset)
    replaced = _REPLACED * text.count("\ufffd")
    return replaced + cost(text, languages_of, limit=limit - replaced)


def sample_cost(text: str) -> float:
    """The bits of a piece of text, U+FFFD counted as in the choice of charsets."""
    return cost(text[:_COSTED]) + _REPLACED * text.count("\ufffd")
