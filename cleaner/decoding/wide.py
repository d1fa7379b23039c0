"""UTF-16 and UTF-32 text, with or without a byte-order mark."""

from __future__ import annotations

# The longer marks come first: UTF-32-LE's begins with UTF-16-LE's.
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32le"),
    (b"\x00\x00\xfe\xff", "utf-32be"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
)
_SAMPLE = 4096
# Of bytes that would be rows of UTF-16: the share that is no control character, and different ones (kana have one).
_PRINTABLE, _ROWS = 0.8, 3


def marked_encoding(data: bytes) -> tuple[str, int] | None:
    """The encoding that a byte-order mark at the start names, and the mark's length."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    return None


def wide_encoding(data: bytes) -> str | None:
    """The UTF-16 or UTF-32 form that the bytes are in, with or without a mark, or None."""
    marked = marked_encoding(data)
    if marked is not None:
        return marked[0] if marked[0] != "utf-8" else None
    sample = data[: _SAMPLE & ~3]
    if len(sample) < 4:
        return None
    return _four_bytes(sample) or _two_bytes(sample)


def _four_bytes(sample: bytes) -> str | None:
    sample = sample[: len(sample) & ~3]
    quarter = len(sample) // 4
    for encoding, zero, plane in (("utf-32le", 3, 2), ("utf-32be", 0, 1)):
        high = sample[zero::4].count(0)
        low = sum(byte <= 0x10 for byte in sample[plane::4])
        if high >= 0.98 * quarter and low >= 0.98 * quarter and _decodes(sample, encoding):
            return encoding
    return None


def _two_bytes(sample: bytes) -> str | None:
    even, odd = sample[0::2], sample[1::2]
    for encoding, high, low in (("utf-16le", odd, even), ("utf-16be", even, odd)):
        zeros = high.count(0)
        if zeros > 0.02 * len(high) and zeros > 5 * low.count(0) and _decodes(sample, encoding):
            return encoding if 2 * zeros >= len(high) or not _is_narrow(sample, high) else None
    for encoding, high, low in (("utf-16le", odd, even), ("utf-16be", even, odd)):
        if len(sample) >= 16 and _row_share(high) >= 0.95 and _row_share(low) <= 0.65 and _decodes(sample, encoding):
            return encoding
    return None


def _is_narrow(sample: bytes, high: bytes) -> bool:
    """Whether this is UTF-8 with a few zero bytes in it: letters of all kinds stand where UTF-16 has its rows."""
    rows = high.replace(b"\0", b"")
    printable = sum(byte >= 0x20 for byte in rows)  # Cyrillic's row is 0x04, and so on
    if printable < _PRINTABLE * len(rows) or len(set(rows)) < _ROWS:
        return False
    try:
        sample[:-4].decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.start > len(sample) - 8
    return True


def _row_share(column: bytes) -> float:
    """The share of bytes that are rows of Han characters, of ASCII, or of CJK punctuation."""
    return sum(0x4E <= byte <= 0x9F or byte in (0x00, 0x20, 0x30, 0xFF) for byte in column) / len(column)


def _decodes(sample: bytes, encoding: str) -> bool:
    """Whether the sample is text in the encoding; a character cut at its end doesn't count."""
    width = 4 if "32" in encoding else 2
    text = sample[: len(sample) - len(sample) % width].decode(encoding, "replace")
    return text.count("\ufffd") <= 1 + len(text) // 100
