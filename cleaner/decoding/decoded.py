"""What decoding gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

# Of a file with more damage than this, the first places tell enough.
_MOST_PLACES = 1_000


class Place(NamedTuple):
    """A place in a text: the line and the character in it, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and how the bytes were read.

    encoding    the charset's name, lower case, as in the WHATWG Encoding Standard where that has it
    evidence    what decided, in a few words
    replaced    how many U+FFFD were put in for bytes that are no character
    candidates  the charsets that were weighed, with the bits that a sample costs in each, the best first; one that is
                far behind isn't weighed to the end, and costs at least what is given
    sureness    how likely the charset is the right one, 0 to 1
    declared    the charset that was declared, as it was written, by the caller or by the document itself
    """

    text: str
    encoding: str
    evidence: str
    replaced: int = 0
    candidates: tuple[tuple[str, float], ...] = ()
    sureness: float = 1.0
    declared: str | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """Where U+FFFD stands in the text, if any was put in: the first thousand places.

        Those that were in the input as characters are among them.
        """
        return places_of("\ufffd", self.text) if self.replaced else ()


def places_of(character: str, text: str) -> tuple[Place, ...]:
    """The first thousand places where the character stands in the text."""
    found: list[Place] = []
    for number, line in enumerate(text.split("\n"), 1):
        at = line.find(character)
        while at >= 0:
            found.append(Place(number, at + 1))
            if len(found) == _MOST_PLACES:
                return tuple(found)
            at = line.find(character, at + 1)
    return tuple(found)
