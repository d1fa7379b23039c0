"""What can be done to a line of mojibake: each recipe says what had happened, and undoes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cleaner.decoding.misreadings import byte_table, sequence_pattern, undone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NAMES = {
    "cp1252": "Windows-1252",
    "cp1251": "Windows-1251",
    "koi8-r": "KOI8-R",
    "cp866": "IBM866",
    "cp1250": "Windows-1250",
    "iso8859-2": "ISO-8859-2",
    "iso8859-15": "ISO-8859-15",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp1257": "Windows-1257",
    "cp874": "Windows-874",
    "mac-roman": "Mac Roman",
    "cp437": "IBM437",
    "gb18030": "GB18030",
    "big5hkscs": "Big5",
    "cp932": "Shift_JIS",
    "euc_jp": "EUC-JP",
    "cp949": "EUC-KR",
    "utf-8": "UTF-8",
}


# Bits of a character that no sequence is believed to stand for.
_RARE = 15.0


class Misreading(NamedTuple):
    """Bytes in the charset `right` that were read in the charset `wrong`; both are names of Python's codecs."""

    wrong: str
    right: str

    def __str__(self) -> str:
        return f"{_NAMES[self.right]} that was read as {_NAMES[self.wrong]}"

    def undone(self, text: str) -> str | None:
        """The text in the right charset, or None where its bytes can't have been in it."""
        return undone(text, self.wrong, self.right)


class Sequences(NamedTuple):
    """Single sequences of UTF-8 that were read in the one-byte charset `wrong`, in text that is right otherwise."""

    wrong: str

    def __str__(self) -> str:
        return f"sequences of UTF-8 that were read as {_NAMES[self.wrong]}"

    def undone(self, text: str) -> str | None:
        """The text with all such sequences of words read again."""
        from cleaner.decoding.character_costs import single_cost

        table = byte_table(self.wrong)
        parts: list[str] = []
        done = 0
        for run in _runs(sequence_pattern(self.wrong).finditer(text), text):
            for match in run:
                try:
                    character = bytes(table[mark] for mark in match[0]).decode("utf-8")
                except UnicodeDecodeError:
                    continue
                if len(run) >= _RUN or (single_cost(character) < _RARE and _stands_in_text(text, match, character)):
                    parts += text[done : match.start()], character
                    done = match.end()
        return "".join((*parts, text[done:]))


# From so many sequences on, one after the other, none is there by chance.
_RUN = 4


def _runs(matches: Iterable[re.Match[str]], text: str) -> Iterator[list[re.Match[str]]]:
    """The sequences that follow one another directly, or after one sign that isn't a letter."""
    run: list[re.Match[str]] = []
    for match in matches:
        if run and (between := text[run[-1].end() : match.start()]) and (len(between) > 1 or between.isalpha()):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


class Controls(NamedTuple):
    """C1 controls that stand for the quotes and dashes which Windows-1252 has in their place."""

    def __str__(self) -> str:
        return "Windows-1252 signs that were read as controls"

    def undone(self, text: str) -> str | None:
        """The text with lone controls read as marks of Windows-1252; those of misread UTF-8 and of terminals stay."""
        return _LONE_CONTROL.sub(lambda match: match[0].encode("latin-1").decode("cp1252"), text)


_LONE_CONTROL = re.compile(
    "(?<![\x80-\x9f\u00c2-\u00f4\ufffd])(?!\x9b[0-9;]|[\x90\x9d][0-9])[\x80\x82\x84\x8b\x91-\x97\x99\x9b]"
    "(?![\x80-\xbf\ufffd])"
)


def _stands_in_text(text: str, match: re.Match[str], character: str) -> bool:
    """Whether the sequence is part of a word or clearly a character of its own, not two signs side by side."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    two_before = text[max(0, match.start() - 2) : match.start()]
    if character.islower() and len(two_before) == 2 and two_before.isalpha() and two_before.isupper():
        return False
    if len(match[0]) > 2:
        return True
    if before.isalpha() or after.isalpha():
        return True
    return not character.isalpha() and (before + after).strip().isalnum()


class ByFtfy(NamedTuple):
    """What `ftfy.fix_encoding` does; it has no parameters."""

    def __str__(self) -> str:
        return "UTF-8 that was read as a one-byte charset (ftfy)"

    def undone(self, text: str) -> str | None:
        """The text without the sequences that ftfy knows."""
        from ftfy import fix_encoding

        return fix_encoding(text)


Recipe = Misreading | Sequences | Controls | ByFtfy
