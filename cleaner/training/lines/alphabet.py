"""The table of character classes that the line judge reads text with, made from the Unicode data of this Python.

`python -m cleaner.training.lines.alphabet` writes it anew.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np

from cleaner.judging.lines.alphabet import BMP, Class
from cleaner.models import packed

# Characters whose part in a line is not what their Unicode category says.
_BY_ROLE = {
    Class.STOP: ".!?。！？…؟।։．｡‥",
    Class.COMMA: ",;、，；،؛‚､",
    Class.COLON: ":：﹕",
    Class.SEPARATOR: "|｜┊│¦/／\\·•‧∙・»›«‹><＞＜→←↑↓▲▼△▽♦",
    Class.BULLET: "*-–—―●◆■◇□○◎▪▶►▸☆★※◦+_=~#",
    Class.OPEN: "“‘「『（(【[《〈〔{｛［",
    Class.CLOSE: "”’」』）)】]》〉〕}｝］\"'＂",
}
_TARGET = Path(__file__).resolve().parents[2] / "data/models/lines-alphabet.npz"
_UNSPACED = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))  # Thai, Lao, Burmese, Khmer
# Hangul is written in words parted by spaces, so that it counts as letters.
_CJK = ((0x3005, 0x3007), (0x3040, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF))


def _class_of(character: str) -> int:
    code = ord(character)
    for role, members in _BY_ROLE.items():
        if character in members:
            return role
    if any(low <= code <= high for low, high in _CJK):
        return Class.CJK
    if any(low <= code <= high for low, high in _UNSPACED):
        return Class.UNSPACED
    category = unicodedata.category(character)
    if category in ("Lu", "Lt"):
        return Class.UPPER
    if category[0] in "LM":
        return Class.LOWER
    if category[0] == "N":
        return Class.DIGIT
    if category[0] in "ZC":
        return Class.SPACE
    return Class.OTHER


def write_alphabet(path: Path) -> None:
    """Write the class and the folded form (lower case, digits as 0) of each character of the basic plane to `path`."""
    classes = np.zeros(BMP, np.uint8)
    folded = np.arange(BMP, dtype=np.uint16)
    for code in range(BMP):
        if 0xD800 <= code < 0xE000:
            classes[code] = Class.OTHER
            continue
        character = chr(code)
        classes[code] = _class_of(character)
        lower = unicodedata.normalize("NFKC", character).lower()
        if len(lower) == 1 and ord(lower) < BMP:
            folded[code] = ord(lower)
        if classes[code] == Class.DIGIT:
            folded[code] = ord("0")
    # What is stored is the difference: nearly all zeros, which compress to nothing.
    path.write_bytes(packed("alphabet", {"classes": classes, "folded": folded - np.arange(BMP, dtype=np.uint16)}))


if __name__ == "__main__":
    write_alphabet(_TARGET)
