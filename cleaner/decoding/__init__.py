"""Bytes to text, mojibake back to text, and characters that carry no text."""

from cleaner.decoding.binary import refuse_binary
from cleaner.decoding.characters import Normalized, normalize_characters, together
from cleaner.decoding.charset import decode, decode_as
from cleaner.decoding.charsets import codec_of
from cleaner.decoding.decoded import Decoded, Place
from cleaner.decoding.lost import Lost, lost_in
from cleaner.decoding.mojibake import Repaired, Step, repair, replay
from cleaner.decoding.references import normalize_references

__all__ = [
    "Decoded",
    "Lost",
    "Normalized",
    "Place",
    "Repaired",
    "Step",
    "codec_of",
    "decode",
    "decode_as",
    "lost_in",
    "normalize_characters",
    "normalize_references",
    "refuse_binary",
    "repair",
    "replay",
    "together",
]
