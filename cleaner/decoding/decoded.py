"""What decoding gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and how the bytes were read.

    encoding    the charset's name, lower case, as in the WHATWG Encoding Standard where that has it
    evidence    what decided, in a few words
    replaced    how many U+FFFD were put in for bytes that are no character
    candidates  the charsets that were weighed, with the bits that a sample costs in each, the best first
    """

    text: str
    encoding: str
    evidence: str
    replaced: int = 0
    candidates: tuple[tuple[str, float], ...] = ()
