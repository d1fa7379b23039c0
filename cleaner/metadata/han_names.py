"""Names of people in Han characters: what one looks like, and how several are told from a sentence."""

from __future__ import annotations

import re

from cleaner.metadata.tables import names

_LONGEST = 4
_ALL_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")
# Names of other languages, written in Han characters: 梅里克·加兰.
_DOTTED = re.compile(r"[\u3400-\u9fff]{1,8}(?:[·‧・•][\u3400-\u9fff]{1,8}){1,3}")
_BETWEEN = re.compile(r"[\s、,，/／;；]+")


def is_han_name(text: str) -> bool:
    """Whether a text is a surname and a given name of one or two characters, or a foreign name with its dots."""
    if _DOTTED.fullmatch(text):
        return True
    if not _ALL_HAN.fullmatch(text):
        return False
    if text[:2] in names().compound_surnames:
        return len(text) > 2
    return text[0] in names().surnames and len(text) < _LONGEST


def without_office(text: str) -> str:
    """A name without the office before it: 见习编辑李琼皙; the text itself if no name stands after one."""
    for size in (3, 2, 4):
        name, before = text[-size:], text[:-size].rstrip()
        if before.endswith(names().han_offices) and is_han_name(name):
            return name
    return text


def only_names(text: str) -> list[str]:
    """The names that a text consists of, with offices before them at most; empty if anything else stands in it."""
    pieces = [piece for piece in _BETWEEN.split(text.strip()) if piece]
    found: list[str] = []
    short = ""
    for piece in pieces:
        if len(piece) == 1:  # names of two characters are set wide: 方 敏
            short += piece
            if len(short) < 2:
                continue
            piece, short = short, ""  # noqa: PLW2901  both characters are one name
        elif piece.endswith(names().han_offices):
            continue
        name = without_office(piece)
        if short or not is_han_name(name):
            return []
        found.append(name)
    return [] if short else found
