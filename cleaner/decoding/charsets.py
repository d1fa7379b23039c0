"""The charsets that text is found in: their names, the codecs that read them, and how likely they are to begin with."""

from __future__ import annotations

import codecs
from functools import cache
from typing import NamedTuple


class Charset(NamedTuple):
    """One charset.

    name     the name of the WHATWG Encoding Standard, or the usual one where the standard has none
    codecs   Python's codecs that read it, the web's superset first
    surplus  bits that a reading in it must save to be believed: rare charsets need more evidence
    """

    name: str
    codecs: tuple[str, ...]
    surplus: float = 0.0


MULTI_BYTE = (
    Charset("gb18030", ("gb18030",)),
    Charset("big5", ("big5hkscs", "cp950", "big5")),
    Charset("shift_jis", ("cp932", "shift_jis_2004")),
    Charset("euc-jp", ("euc_jp", "euc_jis_2004")),
    Charset("euc-kr", ("cp949",)),
)
ONE_BYTE = (
    Charset("windows-1252", ("cp1252",)),
    Charset("windows-1251", ("cp1251",)),
    Charset("windows-1250", ("cp1250",), 1),
    Charset("windows-1253", ("cp1253",), 1),
    Charset("windows-1254", ("cp1254",), 1),
    Charset("windows-1255", ("cp1255",), 1),
    Charset("windows-1256", ("cp1256",), 1),
    Charset("windows-1257", ("cp1257",), 1),
    Charset("windows-1258", ("cp1258",), 1),
    Charset("windows-874", ("cp874",), 1),
    Charset("koi8-r", ("koi8_r",), 1),
    Charset("koi8-u", ("koi8_u",), 2),
    Charset("ibm866", ("cp866",), 4),
    Charset("iso-8859-2", ("iso8859_2",), 2),
    Charset("iso-8859-5", ("iso8859_5",), 4),
    Charset("iso-8859-6", ("iso8859_6",), 3),
    Charset("iso-8859-7", ("iso8859_7",), 2),
    Charset("iso-8859-8", ("iso8859_8",), 3),
    Charset("iso-8859-15", ("iso8859_15",), 3),
    Charset("iso-8859-3", ("iso8859_3",), 8),
    Charset("iso-8859-4", ("iso8859_4",), 6),
    Charset("iso-8859-10", ("iso8859_10",), 8),
    Charset("iso-8859-13", ("iso8859_13",), 3),
    Charset("iso-8859-14", ("iso8859_14",), 8),
    Charset("iso-8859-16", ("iso8859_16",), 5),
    Charset("macintosh", ("mac_roman",), 8),
    Charset("x-mac-cyrillic", ("mac_cyrillic",), 8),
)
# Not of the web, and mostly told from one another only by long texts.
OLD = tuple(
    Charset(name, (codec,), 15)
    for name, codec in (
        ("ibm437", "cp437"),
        ("ibm850", "cp850"),
        ("ibm852", "cp852"),
        ("ibm855", "cp855"),
        ("ibm857", "cp857"),
        ("ibm858", "cp858"),
        ("ibm775", "cp775"),
        ("ibm737", "cp737"),
        ("ibm860", "cp860"),
        ("ibm861", "cp861"),
        ("ibm862", "cp862"),
        ("ibm863", "cp863"),
        ("ibm864", "cp864"),
        ("ibm865", "cp865"),
        ("ibm869", "cp869"),
        ("x-mac-ce", "mac_latin2"),
        ("x-mac-greek", "mac_greek"),
        ("x-mac-turkish", "mac_turkish"),
        ("x-mac-icelandic", "mac_iceland"),
        ("koi8-t", "koi8_t"),
        ("kz-1048", "kz1048"),
        ("ptcp154", "ptcp154"),
    )
)
_UNICODE = (
    Charset("utf-8", ("utf-8",)),
    Charset("utf-16le", ("utf-16-le",)),
    Charset("utf-16be", ("utf-16-be",)),
    Charset("utf-32le", ("utf-32-le",)),
    Charset("utf-32be", ("utf-32-be",)),
    Charset("iso-2022-jp", ("iso2022_jp", "iso2022_jp_ext")),
    Charset("iso-2022-kr", ("iso2022_kr",)),
    Charset("hz-gb-2312", ("hz",)),
)

ALL = {charset.name: charset for charset in (*_UNICODE, *MULTI_BYTE, *ONE_BYTE, *OLD)}
# What the web reads as something larger, and labels that Python doesn't know.
_LABELS = {
    **dict.fromkeys(("ascii", "us-ascii", "iso-8859-1", "latin-1", "latin1", "x-cp1252"), "windows-1252"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80", "chinese", "cp936", "x-euc-cn", "euc-cn"), "gb18030"),
    **dict.fromkeys(("x-x-big5", "cn-big5", "big5-eten", "x-big5"), "big5"),
    **dict.fromkeys(("x-sjis", "ms_kanji", "windows-31j", "ms932", "x-ms-cp932"), "shift_jis"),
    **dict.fromkeys(("x-euc-jp", "x-eucjp"), "euc-jp"),
    **dict.fromkeys(("korean", "ks_c_5601-1987", "ks_c_5601-1989", "ksc_5601", "windows-949", "euc_kr"), "euc-kr"),
    **dict.fromkeys(("iso-8859-9", "latin5", "l5"), "windows-1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "dos-874"), "windows-874"),
    **dict.fromkeys(("unicode-1-1-utf-8", "unicode11utf8", "utf8mb4", "x-unicode20utf8"), "utf-8"),
    **dict.fromkeys(("utf-16", "unicode", "ucs-2", "iso-10646-ucs-2"), "utf-16le"),
    **dict.fromkeys(("visual", "logical", "iso-8859-8-i", "iso-8859-8-e"), "iso-8859-8"),
    **dict.fromkeys(("mac", "x-mac-roman"), "macintosh"),
    **dict.fromkeys(("koi8", "koi", "koi8_r", "cskoi8r"), "koi8-r"),
    **dict.fromkeys(("koi8-ru",), "koi8-u"),
    **{f"x-cp125{digit}": f"windows-125{digit}" for digit in range(9)},
}


@cache
def _by_codec() -> dict[str, Charset]:
    """Charsets by the names that Python gives their codecs; looking those up loads them, so only strange labels do."""
    return {codecs.lookup(codec).name: charset for charset in ALL.values() for codec in charset.codecs}


def charset_named(label: str) -> Charset | None:
    """The charset of a label, as the web reads it (`gb2312` is GB18030, `iso-8859-1` Windows-1252), or None."""
    wanted = label.strip().strip("\"'").lower()
    name = _LABELS.get(wanted, wanted)
    if name in ALL:
        return ALL[name]
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError, UnicodeError):
        return None
    return _by_codec().get(codec) or ALL.get(_LABELS.get(codec.replace("iso8859", "iso-8859"), ""))


def codec_of(label: str) -> str:
    """Python's name of the codec that reads and writes the charset of that label; raises LookupError if none does."""
    charset = charset_named(label)
    if charset is None:
        raise LookupError(label)
    return charset.codecs[0]
