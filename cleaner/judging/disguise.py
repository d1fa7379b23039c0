"""Words that are disguised from filters, undone: zero-width characters, look-alike letters, spaced letters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.judging.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

# Latin look-alikes among Greek and Cyrillic letters; used only in words that also hold Latin letters or digits.
_ALIKE = str.maketrans("аеорсухіјѕкмтвнԁԛԝгпαοικνρτυχεβγ", "aeopcyxijskmtbhdqwrnaoikvptuxeby")
_FOREIGN_LETTERS = ("\u0370\u052f",)
_FOREIGN = re.compile("[\u0370-\u052f]")
_WORD = re.compile(r"[^\W_]{2,40}")
_LATIN = re.compile(r"[a-z0-9]")
_SPACED = re.compile(
    r"(?<![a-z0-9])(?:[a-z0-9][ .\-_*·]){2,14}(?:[\u4e00-\u9fff][ .\-_*·]){0,8}[a-z0-9\u4e00-\u9fff](?![a-z0-9])"
    r"|(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff][ .\-_*·]){2,11}[\u4e00-\u9fff](?![\u4e00-\u9fff])"
    r"|(?<![а-я])(?:[а-я][ .\-_*·]){3,14}[а-я](?![а-я.])"
    r"|(?<![a-z0-9\u3041-\u30fe\u4e00-\u9fff])(?:[a-z0-9\u3041-\u30fe\u4e00-\u9fff][ .\-_*·]){3,14}"
    r"[a-z0-9\u3041-\u30fe\u4e00-\u9fff](?![a-z0-9\u3041-\u30fe\u4e00-\u9fff])"
    r"|(?<![가-힣])(?:[가-힣][ .\-_*·]){3,14}[가-힣](?![가-힣])"
)
_LONGEST_SPACED = 600  # a word is spaced in a title, a footer or a sentence; not in long paragraphs
_HIDDEN, _LATIN_KIND, _FOREIGN_KIND, _SPACER_KIND = 1, 2, 3, 4
_SHORTEST = 5
_NINE = ord("9")
# Ideographs, kana, Hangul, and letters of full width.
_UNSPACED = ((0x4E00, 0x9FFF), (0x3041, 0x30FE), (0xAC00, 0xD7A3), (0xFF10, 0xFF5A))
_SPACERS = " .-_*·"
# Characters that take no room, mathematical and enclosed alphabets: none of them is in a plain text of words.
_TAKE_NO_ROOM = (
    *("\u00ad\u00ad", "\u034f\u034f", "\u061c\u061c", "\u115f\u1160", "\u17b4\u17b5", "\u180e\u180e", "\u200b\u200f"),
    *("\u202a\u202e", "\u2060\u2064", "\u206a\u206f", "\u3164\u3164", "\ufe00\ufe0f", "\ufeff\ufeff", "\uffa0\uffa0"),
    "\u24b6\u24e9",
)
_SUSPECT = re.compile(
    f"[{''.join(f'{ends[0]}-{ends[1]}' for ends in _TAKE_NO_ROOM)}\U0001d400-\U0001d7ff\U0001f130-\U0001f189]"
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without disguise. `places` gives the offset in the original of each character; None if they agree."""

    text: str
    places: Sequence[int] | None = None
    disguised: bool = False

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text that `start` to `end` stands for."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def disguises(text: str) -> list[int]:
    """Where in a text there may be a disguise, quickly: everywhere else `undisguise` only folds."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    if len(codes) < _SHORTEST:
        return disguises(text.ljust(_SHORTEST)) if text else []
    kinds = _kinds()[np.minimum(codes, 0xFFFF)]
    found = (kinds == _HIDDEN) | ((codes >= 0x1D400) & (codes <= 0x1D7FF)) | ((codes >= 0x1F130) & (codes <= 0x1F189))
    if not text.isascii():
        found[1:] |= (kinds[1:] == _LATIN_KIND) & (kinds[:-1] == _FOREIGN_KIND)
        found[1:] |= (kinds[:-1] == _LATIN_KIND) & (kinds[1:] == _FOREIGN_KIND)
    # Three single letters with the same spacer between; figures alone are the numbers of pages.
    spacer = kinds == _SPACER_KIND
    if spacer.any():
        letter = _is_letter(codes, kinds)
        single = letter.copy()
        single[1:] &= ~letter[:-1]
        single[:-1] &= ~letter[1:]
        spaced = single[:-4] & spacer[1:-3] & single[2:-2] & (codes[1:-3] == codes[3:-1]) & single[4:]
        found[4:] |= spaced & ((codes[:-4] > _NINE) | (codes[2:-2] > _NINE) | (codes[4:] > _NINE))
    places: list[int] = np.flatnonzero(found).tolist()
    return places


def _is_letter(codes: NDArray[np.uint32], kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Letters that are spaced out to hide words: Latin, Cyrillic, kana, Hangul; figures, ideographs."""
    letters: NDArray[np.bool_] = (kinds == _LATIN_KIND) | (kinds == _FOREIGN_KIND)
    for first, last in _UNSPACED:
        letters |= (codes >= first) & (codes <= last)
    return letters


@lru_cache(maxsize=1)
def _kinds() -> NDArray[np.uint8]:
    """For each code of the basic plane what it may be in a disguise; made once a process."""
    import numpy as np

    kinds = np.zeros(0x10000, np.uint8)
    for kind, ranges in (
        (_HIDDEN, _TAKE_NO_ROOM),
        (_LATIN_KIND, ("09", "AZ", "az")),
        (_FOREIGN_KIND, _FOREIGN_LETTERS),
        (_SPACER_KIND, tuple(character * 2 for character in _SPACERS)),
    ):
        for ends in ranges:
            kinds[ord(ends[0]) : ord(ends[1]) + 1] = kind
    return kinds


def undisguise(text: str) -> Plain:
    """The text folded, with what serves to hide words from filters undone."""
    folded = fold(text)
    places: list[int] | None = None
    disguised = False
    if not text.isascii() and _SUSPECT.search(text):
        folded, places = _bare(text)
        disguised = True
    if not folded.isascii() and _FOREIGN.search(folded):
        folded = _WORD.sub(_latinised, folded)
    if len(folded) <= _LONGEST_SPACED and _SPACED.search(folded):
        folded, places = _closed(folded, places)
        disguised = True
    return Plain(folded, places, disguised)


def _bare(text: str) -> tuple[str, list[int]]:
    """Without characters that take no room, and with alphabets of signs as letters."""
    out: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if not _SUSPECT.match(character):
            out.append(character)
            places.append(place)
            continue
        form = unicodedata.normalize("NFKC", character)
        if form[0].isalnum():
            out.append(form[0])
            places.append(place)
    return fold("".join(out)), places


def _latinised(match: re.Match[str]) -> str:
    word = match.group()
    return word.translate(_ALIKE) if _FOREIGN.search(word) and _LATIN.search(word) else word


def _closed(text: str, places: list[int] | None) -> tuple[str, list[int]]:
    """Spaced words ("b e t 3 6 5") without their spaces."""
    out: list[str] = []
    kept: list[int] = []
    at = 0
    for match in _SPACED.finditer(text):
        out.append(text[at : match.start()])
        kept.extend(range(at, match.start()))
        for place in range(match.start(), match.end()):
            if text[place] not in _SPACERS:
                out.append(text[place])
                kept.append(place)
        at = match.end()
        # Words that are spaced out are parted by more spaces.
        while text[at : at + 2] == "  ":
            at += 1
    out.append(text[at:])
    kept.extend(range(at, len(text)))
    return "".join(out), kept if places is None else [places[place] for place in kept]
