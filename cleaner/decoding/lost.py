"""Counting what no repair can bring back: characters that were replaced before the text came here."""

from __future__ import annotations

import re
from dataclasses import dataclass

# U+FFFD in UTF-8, read once more as GB18030, Big5 and EUC-KR, and as Windows-1252.
_REREAD = re.compile("锟斤拷|嚙踝蕭|占쏙옙|ï¿½")
# Words of question marks only: what a charset lacks is written as `?`, whereas a question has its mark after a word.
_QUESTION_MARKS = re.compile(r"(?<![^\s\"'(>])\?{3,}")


@dataclass(frozen=True, slots=True)
class Lost:
    """How many characters are lost, by the trace that is left of them.

    replaced        U+FFFD
    reread          U+FFFD that was misread once more (锟斤拷 and the like), each group counted once
    question_marks  `?` in words of question marks
    """

    replaced: int = 0
    reread: int = 0
    question_marks: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.replaced + self.reread + self.question_marks


def lost_in(text: str) -> Lost:
    """What is lost in the text."""
    question_marks = sum(map(len, _QUESTION_MARKS.findall(text))) if "???" in text else 0
    if text.isascii():
        return Lost(question_marks=question_marks)
    reread = len(_REREAD.findall(text)) if any(sign in text for sign in "斤踝쏙¿") else 0
    return Lost(text.count("\ufffd"), reread, question_marks)
