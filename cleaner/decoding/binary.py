"""Telling bytes that are no text in any charset, and what they are instead."""

from __future__ import annotations

import re

from cleaner.decoding.wide import wide_encoding
from cleaner.errors import BinaryInput

# Signatures that no text begins with, as the formats' own specifications give them. Formats whose signature is made
# of letters alone (GIF, RIFF, MZ …) need the byte pattern of the header that follows it.
_SIGNATURES: tuple[tuple[str, re.Pattern[bytes]], ...] = tuple(
    (name, re.compile(pattern, re.DOTALL))
    for name, pattern in (
        ("a PDF document", rb"(?:\xef\xbb\xbf)?\s{0,8}%PDF-\d\.\d\s{0,4}?[\r\n]"),
        ("a Word document (.docx)", rb"PK\x03\x04.{0,2000}?word/"),
        ("a spreadsheet (.xlsx)", rb"PK\x03\x04.{0,2000}?xl/"),
        ("a presentation (.pptx)", rb"PK\x03\x04.{0,2000}?ppt/"),
        ("an Office document", rb"PK\x03\x04.{26}\[Content_Types\]\.xml"),
        ("an e-book (.epub)", rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip"),
        ("an OpenDocument file", rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis"),
        ("a zip archive", rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"),
        ("an older Office document", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("gzip data", rb"\x1f\x8b\x08"),
        ("bzip2 data", rb"BZh[1-9]1AY&SY"),
        ("xz data", rb"\xfd7zXZ\x00"),
        ("Zstandard data", rb"\x28\xb5\x2f\xfd"),
        ("LZ4 data", rb"\x04\x22\x4d\x18"),
        ("a 7-Zip archive", rb"7z\xbc\xaf\x27\x1c"),
        ("a RAR archive", rb"Rar!\x1a\x07"),
        ("a tar archive", rb"[^\x00]{1,100}\x00.{156,256}ustar[\x00 ]"),
        ("a PNG image", rb"\x89PNG\r\n\x1a\n"),
        ("a JPEG image", rb"\xff\xd8\xff[\xc0-\xfe]"),
        ("a GIF image", rb"GIF8[79]a.{4}[\x00-\xff](?:[\x00-\x08\x0e-\x1f\x80-\xff]|.{1,64}?\x00)"),
        ("a WebP image", rb"RIFF.{4}WEBPVP8[ LX]"),
        ("audio or video (RIFF)", rb"RIFF.{4}(?:WAVEfmt |AVI LIST)"),
        ("a TIFF image", rb"II\*\x00|MM\x00\*"),
        ("a BMP image", rb"BM.{4}\x00\x00\x00\x00.{2}\x00\x00[\x0c\x28\x34\x38\x6c\x7c]\x00\x00\x00"),
        ("a Photoshop image", rb"8BPS\x00[\x01\x02]\x00{6}"),
        ("an icon", rb"\x00\x00[\x01\x02]\x00[\x01-\x40]\x00.{3}\x00"),
        ("video (MP4)", rb"\x00\x00\x00.ftyp"),
        ("video (Matroska or WebM)", rb"\x1aE\xdf\xa3"),
        ("audio (Ogg)", rb"OggS\x00"),
        ("audio (FLAC)", rb"fLaC\x00"),
        ("audio (MP3)", rb"ID3[\x02-\x04]\x00"),
        ("a program (ELF)", rb"\x7fELF"),
        ("a program (Windows)", rb"MZ.{0,1022}?PE\x00\x00"),
        ("a program (Mach-O)", rb"\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe"),
        ("a Java class", rb"\xca\xfe\xba\xbe\x00"),
        ("WebAssembly", rb"\x00asm\x01\x00"),
        ("an SQLite database", rb"SQLite format 3\x00"),
        ("a font", rb"\x00\x01\x00\x00\x00.{1}|OTTO\x00|wOF[F2][\x00\x01](?:\x01|TTO)"),
        ("a NumPy array", rb"\x93NUMPY"),
        ("HDF5 data", rb"\x89HDF\r\n\x1a\n"),
        ("a property list", rb"bplist00"),
        ("a DjVu document", rb"AT&TFORM.{4}DJV"),
    )
)
# Not among them: white space, and the escapes and shifts of ISO-2022.
_CONTROLS = bytes((*range(0x09), *range(0x10, 0x1B), *range(0x1C, 0x20), 0x7F))
_SAMPLE = 8192
# In uniform random bytes 10 % are controls, in the text of any one- or multi-byte charset hardly any; where a text is
# full of them all the same, they are of few kinds.
_MOST_CONTROLS, _FEW_KINDS = 0.06, 4
# Of fewer bytes than this a share tells little, unless it is great.
_ENOUGH, _MOST_IN_FEW_BYTES = 64, 0.5


def refuse_binary(data: bytes) -> None:
    """Do nothing for text in any charset; for anything else raise BinaryInput, which names what the bytes look like."""
    head = data[:4096]
    for name, signature in _SIGNATURES:
        if signature.match(head):
            raise BinaryInput(f"this is {name}, not text", hint="extract its text first")
    sample = _sampled(data.strip(b"\0"))  # text is padded with zeros now and then
    rest = sample.translate(None, _CONTROLS)
    most = (_MOST_CONTROLS if len(sample) >= _ENOUGH else _MOST_IN_FEW_BYTES) * len(sample)
    if len(sample) - len(rest) <= most:
        return
    kinds = set(sample) & set(_CONTROLS)
    if (
        (len(sample) >= _ENOUGH or kinds == {0})
        and len(kinds) <= _FEW_KINDS
        and (sample.count(0) <= most or (kinds == {0} and rest.isascii()))
    ):
        return
    if wide_encoding(data) is None:
        raise BinaryInput("the bytes are not text in any charset: too many of them are control characters")


def _sampled(data: bytes) -> bytes:
    """Head, middle and tail, which is enough to tell text from anything else."""
    if len(data) <= 3 * _SAMPLE:
        return data
    middle = len(data) // 2
    return data[:_SAMPLE] + data[middle : middle + _SAMPLE] + data[-_SAMPLE:]
