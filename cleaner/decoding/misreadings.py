"""Text that was read in the wrong charset, read again in the right one."""

from __future__ import annotations

import codecs
import re
from functools import cache, lru_cache

ONE_BYTE = (
    "cp1252",
    "cp1251",
    "koi8-r",
    "cp866",
    "cp1250",
    "iso8859-2",
    "cp1253",
    "cp1254",
    "cp1257",
    "mac-roman",
    "cp437",
    "iso8859-15",
)
SEVERAL_BYTES = ("gb18030", "big5hkscs", "cp932", "cp949")
# Stands for a character that the wrong charset doesn't have: it was never misread, and stays.
_KEPT = "\x1a"
_KEPT_SHARE, _KEPT_FREE = 0.2, 2
# Bytes that no sequence of several bytes has: what was lost on the way, as a byte.
_LOST = 0xFF
_LOST_SHARE = 1 / 12
_VALID_SHARE = 0.75


UTF8 = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_BROKEN_UTF8 = re.compile(
    rb"(?:[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2}|[\xc2-\xdf])[?\xff]+|[\x80-\xbf]*\xff+[\x80-\xbf]*"
)
# A no-break space that became a space on the way, where only a continuation byte can stand.
_LOST_NO_BREAK_SPACE = re.compile(
    rb"(?<=[\xc3-\xdf]) (?![\x80-\xbf])|(?<=[\xe0-\xef][\x80-\xbf]) (?![\x80-\xbf])|(?<=[\xe1-\xef]) (?=[\x80-\xbf])"
)
_ASCII = bytes(range(128))


@cache
def byte_table(charset: str) -> dict[str, int]:
    """The byte of each character of a one-byte charset; C1 controls stand for their own bytes, as browsers have it."""
    last = 0x100 if charset == "cp1252" else 0xA0
    table = {chr(byte): byte for byte in range(last)}
    for byte in range(0x80, 0x100):
        try:
            table[bytes((byte,)).decode(charset)] = byte
        except UnicodeDecodeError:
            table[chr(byte)] = byte
    return table


@cache
def sequence_pattern(charset: str) -> re.Pattern[str]:
    """What sequences of UTF-8 look like in a one-byte charset."""
    of_byte: dict[int, str] = {}
    for character, byte in byte_table(charset).items():
        of_byte[byte] = of_byte.get(byte, "") + character

    def between(first: int, last: int) -> str:
        return "[" + "".join(re.escape(of_byte[byte]) for byte in range(first, last + 1)) + "]"

    following = between(0x80, 0xBF)
    return re.compile(
        f"{between(0xC2, 0xDF)}{following}|{between(0xE0, 0xEF)}{following}{{2}}|{between(0xF0, 0xF4)}{following}{{3}}"
    )


def undone(text: str, wrong: str, right: str) -> str | None:
    """The text that was read in the charset `wrong`, in the charset `right`; None where its bytes can't be in that."""
    if _KEPT in text:
        return None
    if wrong == "cp932" and right != "utf-8":
        text = _resolved(text, right)
    kept: list[str] = []
    several = right not in ONE_BYTE and not right.startswith("cp12") and right != "cp874"
    if wrong in ONE_BYTE:
        data = _bytes_of_table(text, wrong, kept, lost=several)
    else:
        data = _bytes_of_codec(text, wrong, kept, lost=several)
    if len(kept) > _KEPT_FREE + _KEPT_SHARE * len(text):
        return None
    again = _read_utf8(data, wrong) if right == "utf-8" else _read(data, right)
    if again is None or again.count(_KEPT) != len(kept) or again.count("\n") != text.count("\n") or "\0" in again:
        return None
    if kept:
        remaining = iter(kept)
        again = re.sub(_KEPT, lambda _match: next(remaining), again)
    return again


@cache
def _twins() -> dict[str, str]:
    """Kanji that Shift_JIS has twice, by a private character that stands for the second pair of bytes."""
    twins = {}
    for lead in (0xFA, 0xFB, 0xFC):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFD)):
            pair = bytes((lead, trail))
            character = pair.decode("cp932", "replace")
            if len(character) == 1 and character != "\ufffd" and character.encode("cp932") != pair:
                twins[character] = chr(_TWIN_AREA + (lead << 8 | trail))
    return twins


# Characters of plane 16 stand for bytes while a reading is looked for; no text has them.
_TWIN_AREA = 0x100000
_MOST_TWINS = 12


def _resolved(text: str, right: str) -> str:
    """The text with each kanji that Shift_JIS has twice in the place that makes the right reading shorter."""
    from cleaner.decoding.costs import cost

    twins = _twins()
    places = [index for index, character in enumerate(text) if character in twins]
    if not places or len(places) > _MOST_TWINS:
        return text
    characters = list(text)

    def bits() -> float:
        data = _bytes_of_codec("".join(characters), "cp932", [], lost=True)
        return cost(data.decode(right, "replace"))

    least = bits()
    for index in places:
        before = characters[index]
        characters[index] = twins[before]
        now = bits()
        if now < least:
            least = now
        else:
            characters[index] = before
    return "".join(characters)


def _bytes_of_table(text: str, charset: str, kept: list[str], *, lost: bool) -> bytes:
    table = byte_table(charset)
    unknown = {character for character in set(text) if character not in table}
    if lost and "\ufffd" in unknown:
        unknown.discard("\ufffd")
        text = text.replace("\ufffd", next(character for character, byte in table.items() if byte == _LOST))
    if unknown:
        kept.extend(re.findall(f"[{re.escape(''.join(unknown))}]", text))
        text = text.translate(dict.fromkeys(map(ord, unknown), _KEPT))
    return codecs.charmap_encode(text, "strict", _byte_map(charset))[0]


@cache
def _byte_map(charset: str) -> dict[int, int]:
    """The table in the form that Python's own codecs take."""
    return {ord(character): byte for character, byte in byte_table(charset).items()}


def _bytes_of_codec(text: str, codec: str, kept: list[str], *, lost: bool) -> bytes:
    # U+FFFD must become an invalid byte first: GB18030 has four bytes for it.
    parts = _APART.split(text) if lost else [text]
    encoded = bytearray()
    for part in parts:
        if part == "\ufffd" or (codec == "cp932" and part in _SINGLE):
            data = bytes((_SINGLE[part],))
        elif codec == "cp932" and part > "\U000fffff":
            data = (ord(part) - _TWIN_AREA).to_bytes(2, "big")
        else:
            data = _encoded(part, codec, kept)
        encoded += data
    return bytes(encoded)


# U+FFFD, and the characters of the bytes that are no character in Shift_JIS, of Python's codec and of browsers.
_SINGLE = {"\ufffd": _LOST, "\xa0": 0xA0, "\uf8f0": 0xA0, "\uf8f1": 0xFD, "\uf8f2": 0xFE, "\uf8f3": 0xFF, "\x80": 0x80}
_APART = re.compile("([\ufffd\xa0\uf8f0-\uf8f3\x80\U00100000-\U0010ffff])")


def _encoded(text: str, codec: str, kept: list[str]) -> bytes:
    unknown = {character for character in set(text) if character > "\x7f" and not _has(codec, character)}
    if unknown:
        kept.extend(re.findall(f"[{re.escape(''.join(unknown))}]", text))
        text = text.translate(dict.fromkeys(map(ord, unknown), _KEPT))
    return text.encode(codec)


@lru_cache(65536)
def _has(codec: str, character: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _read(data: bytes, codec: str) -> str | None:
    text = data.decode(codec, "replace")
    return text if text.count("\ufffd") <= max(1, _LOST_SHARE * len(text)) else None


def _read_utf8(data: bytes, wrong: str) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    data = _LOST_NO_BREAK_SPACE.sub(b"\xa0", data)
    high = len(data.translate(None, _ASCII))
    if high - len(UTF8.sub(b"", data).translate(None, _ASCII)) < _VALID_SHARE * high:
        return None
    data = _BROKEN_UTF8.sub("\ufffd".encode(), data)
    if wrong not in ONE_BYTE:
        return data.decode("utf-8", "replace")
    return "".join(
        stretch.decode("ascii") if stretch.isascii() else _stretch(stretch, wrong)
        for stretch in _STRETCHES.findall(data)
    )


def _stretch(stretch: bytes, wrong: str) -> str:
    """Bytes above ASCII: sequences of UTF-8, and between them what was right as it was, or is lost."""
    characters = {byte: character for character, byte in byte_table(wrong).items()}
    parts: list[str] = []
    done = 0
    for match in UTF8.finditer(stretch):
        between = stretch[done : match.start()]
        is_mark = wrong == "cp1252" and _MARKS.fullmatch(between)
        parts += "".join(map(characters.__getitem__, between)) if is_mark else between.decode("utf-8", "replace")
        parts.append(match[0].decode("utf-8"))
        done = match.end()
    rest = stretch[done:]
    if not done or (wrong == "cp1252" and _MARKS.fullmatch(rest)):
        return "".join((*parts, *map(characters.__getitem__, rest)))
    return "".join((*parts, rest.decode("utf-8", "replace")))


# The ellipsis, quotes and dashes of Windows-1252, alone.
_MARKS = re.compile(rb"[\x85\x91-\x97]")
_STRETCHES = re.compile(rb"[\x80-\xff]+|[\x00-\x7f]+")
