"""Whether emphasis marks will pair as they are meant: CommonMark's delimiter algorithm, run over what is to be written.

https://spec.commonmark.org/0.31.2/#phase-2-inline-structure, and strikethrough as in GFM (one or two tildes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from unicodedata import category

_LITERAL = re.compile(r"\\[!-/:-@\[-`{-~]|([*_~]+)")
_MARK = re.compile(r"[*_~]")
_STRIKE = "~"
_NOTHING = "  "
_LONGEST_STRIKE = 2
# After so many rounds of escaping one of each pair, the rest is escaped at once, so that the time stays linear.
_ROUNDS = 3


class Piece(NamedTuple):
    """A part of the output. `pair` is 0 for text and what stands verbatim, else +n opens and -n closes the pair n."""

    value: str
    literal: bool = False
    pair: int = 0


@dataclass(slots=True)
class Checked:
    """What came of a check: the output, and the pairs that a renderer would not see."""

    text: str
    broken: set[int]


@dataclass(slots=True)
class _Delimiters:
    """A run of one mark. `owners` has an entry a character: +n, -n, or 0 for literal text."""

    mark: str
    start: int
    owners: list[int]
    length: int
    opens: bool = False
    closes: bool = False
    first: int = 0  # of the characters not yet paired
    last: int = 0

    @property
    def left(self) -> int:
        return self.last - self.first


def checked(pieces: list[Piece], beside: tuple[str, ...] = (_NOTHING,)) -> Checked:
    """Join the pieces, literal marks escaped where they would pair.

    `beside` has the two characters that stand before and after the whole; where renderers differ, more than one pair.
    """
    if not any(piece.pair or (piece.literal and _MARK.search(piece.value)) for piece in pieces):
        return Checked("".join(piece.value for piece in pieces), set())
    pieces = [piece for piece in pieces if piece.value]
    for round_number in range(_ROUNDS + 2):
        text = "".join(piece.value for piece in pieces)
        runs = _runs(pieces)
        touching = _touching(runs)
        if touching:
            pieces = _escaped(pieces, touching)
            continue
        runs = [run for run in runs if run.mark != _STRIKE or run.length <= _LONGEST_STRIKE]
        if not runs:
            return Checked(text, {abs(piece.pair) for piece in pieces if piece.pair})
        found = _paired(text, runs, beside[0], symbols=True)
        for other in beside[1:]:
            found.merge(_paired(text, runs, other, symbols=True))
        if _symbols_matter(text, runs):
            found.merge(_paired(text, runs, beside[0], symbols=False))
        if not found.literals:
            wanted = {abs(piece.pair) for piece in pieces if piece.pair}
            return Checked(text, (wanted - found.done) | found.wrong)
        if round_number == _ROUNDS - 1:
            found.literals.update(
                position for run in runs for position, owner in enumerate(run.owners, run.start) if not owner
            )
        pieces = _escaped(pieces, found.literals)
    return Checked("".join(piece.value for piece in pieces), {abs(piece.pair) for piece in pieces if piece.pair})


def _escaped(pieces: list[Piece], positions: set[int]) -> list[Piece]:
    """The pieces with a backslash before each of the positions in their joined text."""
    out: list[Piece] = []
    start = 0
    for piece in pieces:
        end = start + len(piece.value)
        if piece.literal and any(mark in piece.value for mark in "*_~"):
            value = "".join(
                "\\" + character if start + index in positions else character
                for index, character in enumerate(piece.value)
            )
            piece = piece._replace(value=value)  # noqa: PLW2901
        out.append(piece)
        start = end
    return out


def _runs(pieces: list[Piece]) -> list[_Delimiters]:
    """The runs of marks in the joined text; marks that touch are one run, whoever wrote them."""
    runs: list[_Delimiters] = []
    start = 0
    for piece in pieces:
        value = piece.value
        if piece.pair:
            _add(runs, value[0], start, [piece.pair] * len(value))
        elif piece.literal and ("*" in value or "_" in value or "~" in value):
            for match in _LITERAL.finditer(value):
                if match[1]:
                    _add_literal(runs, match[1], start + match.start())
        start += len(value)
    for run in runs:
        run.length = run.last = len(run.owners)
    return runs


def _touching(runs: list[_Delimiters]) -> set[int]:
    """The places of literal marks in one run with written ones: they would be counted together."""
    return {
        position for run in runs if any(run.owners) for position, owner in enumerate(run.owners, run.start) if not owner
    }


def _add_literal(runs: list[_Delimiters], marks: str, start: int) -> None:
    index = 0
    while index < len(marks):
        end = index
        while end < len(marks) and marks[end] == marks[index]:
            end += 1
        _add(runs, marks[index], start + index, [0] * (end - index))
        index = end


def _add(runs: list[_Delimiters], mark: str, start: int, owners: list[int]) -> None:
    if runs and runs[-1].mark == mark and runs[-1].start + len(runs[-1].owners) == start:
        runs[-1].owners.extend(owners)
    else:
        runs.append(_Delimiters(mark, start, owners, 0))


@dataclass(slots=True)
class _Found:
    """Pairs as meant, pairs that went wrong, and the places of literal marks that would pair."""

    done: set[int] = field(default_factory=set)
    wrong: set[int] = field(default_factory=set)
    literals: set[int] = field(default_factory=set)

    def merge(self, other: _Found) -> None:
        self.done &= other.done
        self.wrong |= other.wrong
        self.literals |= other.literals


def _symbols_matter(text: str, runs: list[_Delimiters]) -> bool:
    """Whether a symbol stands beside a mark: older renderers don't count symbols as punctuation, newer ones do."""
    for run in runs:
        for position in (run.start - 1, run.start + len(run.owners)):
            if 0 <= position < len(text) and text[position] > "\x7f" and category(text[position])[0] == "S":
                return True
    return False


def _paired(text: str, runs: list[_Delimiters], beside: str, *, symbols: bool) -> _Found:
    """Pair the marks as a renderer does."""
    found = _Found()
    openers: list[int] = []
    bottom: dict[tuple[str, bool, int], int] = {}
    for run in runs:
        _flank(run, text, beside, symbols=symbols)
        run.first, run.last = 0, run.length
    for index, run in enumerate(runs):
        if run.closes:
            _close(runs, index, openers, bottom, found)
        if run.opens and run.left:
            openers.append(index)
    return found


def _close(
    runs: list[_Delimiters], index: int, openers: list[int], bottom: dict[tuple[str, bool, int], int], found: _Found
) -> None:
    closer = runs[index]
    while closer.left:
        key = (closer.mark, closer.opens, closer.length % 3)
        lowest = bottom.get(key, -1)
        place = len(openers) - 1
        while place >= 0 and openers[place] > lowest and not _match(runs[openers[place]], closer):
            place -= 1
        if place < 0 or openers[place] <= lowest:
            bottom[key] = index - 1
            return
        opener = runs[openers[place]]
        del openers[place + 1 :]
        _pair(opener, closer, found)
        if not opener.left:
            openers.pop()


def _match(opener: _Delimiters, closer: _Delimiters) -> bool:
    if opener.mark != closer.mark or not opener.left:
        return False
    if opener.mark == _STRIKE or not (opener.closes or closer.opens):
        return True
    return (opener.length + closer.length) % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)


def _pair(opener: _Delimiters, closer: _Delimiters, found: _Found) -> None:
    use = 2 if opener.left >= 2 and closer.left >= 2 else 1
    if opener.mark == _STRIKE:
        if opener.length != closer.length:
            found.wrong.update(abs(owner) for owner in (*opener.owners, *closer.owners) if owner)
            opener.first, closer.first = opener.last, closer.last
            return
        use = opener.length
    left = opener.owners[opener.last - use : opener.last]
    right = closer.owners[closer.first : closer.first + use]
    if all(left) and all(right) and {-owner for owner in left} == set(right) and left[0] > 0 and len(set(left)) == 1:
        if use == opener.owners.count(left[0]):
            found.done.add(left[0])
        else:
            found.wrong.add(left[0])
    elif not any(left) and not any(right):
        found.literals.update(range(opener.start + opener.last - use, opener.start + opener.last))
    else:
        for run, begin, owners in ((opener, opener.last - use, left), (closer, closer.first, right)):
            found.literals.update(run.start + begin + offset for offset, owner in enumerate(owners) if not owner)
        found.wrong.update(abs(owner) for owner in (*left, *right) if owner)
    opener.last -= use
    closer.first += use


def _flank(run: _Delimiters, text: str, beside: str, *, symbols: bool) -> None:
    start, end = run.start, run.start + run.length
    previous = text[start - 1] if start else beside[0]
    following = text[end] if end < len(text) else beside[1]
    space_before, space_after = previous.isspace(), following.isspace()
    mark_before, mark_after = _is_punctuation(previous, symbols=symbols), _is_punctuation(following, symbols=symbols)
    left = not space_after and (not mark_after or space_before or mark_before)
    right = not space_before and (not mark_before or space_after or mark_after)
    if run.mark == "_":
        run.opens = left and (not right or mark_before)
        run.closes = right and (not left or mark_after)
    else:
        run.opens, run.closes = left, right


def _is_punctuation(character: str, *, symbols: bool) -> bool:
    if character <= "\x7f":
        return not character.isalnum() and not character.isspace()
    kind = category(character)[0]
    return kind == "P" or (kind == "S" and symbols)
