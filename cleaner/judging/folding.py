"""Text made comparable without changing its length, so that what is found in the folded text has the same offsets."""

from __future__ import annotations

import unicodedata
import zlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import numpy as np
    from numpy.typing import NDArray

# Blocks of Unicode whose compatibility forms matter here: spaces, letterlike and enclosed signs, radicals, CJK
# punctuation, compatibility ideographs, presentation forms, half and full width. Only one-to-one forms are used.
_COMPATIBILITY = (
    (0x00A0, 0x0100),
    (0x2000, 0x2070),
    (0x2100, 0x2190),
    (0x2460, 0x249C),
    (0x2E80, 0x2FE0),
    (0x3000, 0x3040),
    (0xF900, 0xFB00),
    (0xFE30, 0xFFF0),
)
# Alphabets with case, and the parts of them whose letters lose their accents ("ΑΡΧΙΚΗ" is written for "αρχική").
_CASED = ((0x0041, 0x0590), (0x1E00, 0x2000), (0x2160, 0x2180))
_ACCENTED = ((0x00C0, 0x0250), (0x0370, 0x0460), (0x1E00, 0x2000))
_OWN_LETTERS = "йїў"  # letters of their own, never written without the mark
# One sign for its look-alikes; ASCII is never changed but for case, so that pure ASCII needs no table.
_ALIKE = {
    "|": "│┃┆┊¦丨∣‖",
    "·": "・•‧∙⋅●▪■◆",
    ":": "∶",
    "©": "ⓒⒸ",
    "-": "–—―‒−",
    "[": "〔〖",
    "]": "〕〗",
    ">": "›→▸▶",
    "'": "’ʼ",
    "i": "ı",
    "l": "ł",
    "d": "đ",
    "o": "ø",
    "σ": "ς",
    "е": "ё",
    "ا": "أإآ",
    "ی": "يى",
    "ک": "ك",
}


def fold(text: str) -> str:
    """`text` in lower case, half width, without accents, in simplified characters; each character stands for one.

    The result has the length of `text`. Characters that would fold to more than one ("ß", "㈱") stay as they are.
    """
    if text.isascii():
        return text.lower()
    return _decode(fold_codes(_codes(text)))


def fold_codes(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """The same for code points; those beyond the basic plane stay as they are."""
    import numpy as np

    table = _table()
    if codes.size and int(codes.max()) >= len(table):
        inside = codes < len(table)
        return np.where(inside, table[np.where(inside, codes, 0)], codes)
    return table[codes]


def fold_pattern(pattern: str) -> str:
    """A regular expression that matches folded text: its letters are folded, those behind a backslash are not."""
    escaped = [False, *(character == "\\" for character in pattern)]
    folded = zip(pattern, fold(pattern), escaped, strict=False)
    return "".join(old if keep else new for old, new, keep in folded)


def _codes(text: str) -> NDArray[np.uint32]:
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _decode(codes: NDArray[np.uint32]) -> str:
    return codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


@lru_cache(maxsize=1)
def _table() -> NDArray[np.uint32]:
    """The folded code point of each one of the basic plane, from the file that `python -m` of this module writes."""
    import numpy as np

    changes = np.frombuffer(zlib.decompress(_file().read_bytes()), "<u2")
    return np.asarray(np.arange(0x10000, dtype=np.uint32) ^ changes, np.uint32)


def compute_table() -> NDArray[np.uint32]:
    """The same, worked out: that takes as long as cleaning a page."""
    import numpy as np

    table = np.arange(0x10000, dtype=np.uint32)
    for low, high in _COMPATIBILITY:
        for code in range(low, high):
            form = unicodedata.normalize("NFKC", chr(code))
            if len(form) == 1 and form <= "\uffff":
                table[code] = ord(form)
    accented = {code for low, high in _ACCENTED for code in range(low, high)}
    for low, high in (*_CASED, (0xFF21, 0xFF3B)):
        for code in range(low, high):
            table[code] = _letter(chr(int(table[code])), bare=code in accented)
    alike = np.arange(0x10000, dtype=np.uint32)
    for new, old in (*_ALIKE.items(), *_traditional()):
        for character in old:
            alike[ord(character)] = ord(new)
    return alike[table]


def packed() -> bytes:
    """What the file of the table must hold: code points with the bits that folding changes, compressed."""
    import numpy as np

    changes = compute_table() ^ np.arange(0x10000, dtype=np.uint32)
    return zlib.compress(changes.astype("<u2").tobytes(), 9)


def _letter(character: str, *, bare: bool) -> int:
    lower = character.lower()
    if bare and lower not in _OWN_LETTERS:
        lower = unicodedata.normalize("NFD", lower)[0]
    return ord(lower) if len(lower) == 1 else ord(character)


def _traditional() -> list[tuple[str, str]]:
    """Pairs of a simplified character and the traditional ones that are written for it."""
    text = (files("cleaner") / "data" / "words" / "traditional.txt").read_text("utf-8")
    pairs = (pair for line in text.splitlines() if not line.startswith("#") for pair in line.split())
    return [(pair[0], pair[1:]) for pair in pairs]


def _file() -> Traversable:
    return files("cleaner") / "data" / "words" / "folding.bin"


if __name__ == "__main__":
    Path(str(_file())).write_bytes(packed())
