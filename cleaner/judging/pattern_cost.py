"""What a regular expression costs at worst: whether a line that is twice as long takes more than twice as long.

Checkers for Python exist, for another question: redos 0.1, redoctor 0.1.5 and dlint 0.17 (all of 2026) find cost that
grows exponentially and pass what grows with the square, such as two repeats of spaces with digits between that need
not be there; redos-linter asks a checker of JavaScript, for which it brings Deno; regexploit has had no release since
2021. None says what a line of some length costs. So nested repeats are refused as they are written, and the rest is
tried on lines made to be hard for it.
"""

from __future__ import annotations

import re
import time
from functools import partial
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The regular-expression parser of the standard library, under its name since Python 3.11.
_PARSER: Any = import_module("re._parser")

# Characters that a rule sees of a line; longer trial lines would prove nothing.
SEEN = 2_000
# Seconds of processor time: a pattern of linear cost takes under a millisecond for such a line, one that backtracks
# seconds.
_TOO_LONG = 0.05
# A cost that grows with the square is still small here; it is told by its growth, where it is more than noise.
_WORTH_A_LOOK, _SQUARE = 0.002, 3.0
_TRIES = 3
# Each trial line is a quarter longer than the one before, so that even exponential cost is noticed in time.
_SHORTEST, _GROWTH = 12, 1.25
# Hard lines tried: so many beginnings, each with so many repeated parts.
_MOST_HEADS, _MOST_PARTS, _MOST_LINES = 6, 8, 32
_FAILS = "\x01!"  # no pattern goes on with this, so that it has to try again
_EVERYDAY = ("a", "0", " ", "中")


def pattern_fault(pattern: str, seen: int = SEEN) -> str:
    """What is wrong with a regular expression, in a few words; "" if nothing is.

    seen  how many characters of a line it is tried on at most

    A good one takes some milliseconds, the worst about a second.
    """
    try:
        compiled = re.compile(pattern, re.MULTILINE)
        parsed = _PARSER.parse(pattern, re.MULTILINE)
    except (re.error, OverflowError, RecursionError) as error:
        return f"no regular expression: {error}"
    if compiled.match("") and compiled.fullmatch(""):
        return "it matches nothing at all, and so every line"
    if any(_nests(parsed, inside=False)):
        return "an unbounded repeat inside another: write {0,20} for * or +"
    if not any(True for _ in _repeats(parsed)):
        return ""
    return _measured(compiled, parsed, seen)


def _measured(compiled: re.Pattern[str], parsed: Any, seen: int) -> str:
    for line in islice(_hard_lines(parsed), _MOST_LINES):
        seconds, size = 0.0, float(_SHORTEST)
        while size < seen * _GROWTH:
            seconds = _seconds(compiled, line(min(int(size), seen)))
            if seconds > _TOO_LONG:
                return f"it backtracks: a line of {min(int(size), seen)} characters takes it too long"
            size *= _GROWTH
        if seconds > _WORTH_A_LOOK and _grows(compiled, line, seen):
            return "its time grows with the square of the line: write {0,80} for * or +, or begin it with ^"
    return ""


def _grows(compiled: re.Pattern[str], line: Callable[[int], str], seen: int) -> bool:
    """Whether the cost more than doubles with the line, whatever else the machine does just now."""
    half, whole = (min(_seconds(compiled, line(size)) for _ in range(_TRIES)) for size in (seen // 2, seen))
    return whole > _WORTH_A_LOOK and whole > _SQUARE * half


def _seconds(compiled: re.Pattern[str], line: str) -> float:
    started = time.process_time()
    for _ in compiled.finditer(line):
        pass
    return time.process_time() - started


def _hard_lines(parsed: Any) -> Iterator[Callable[[int], str]]:
    """Functions that make a line of about a given length, each hard in its own way."""
    heads: dict[str, None] = {"": None}
    parts: dict[str, None] = {}
    for head, part in _repeats(parsed):
        heads.setdefault(head)
        parts.setdefault(part)
    if (whole := "".join(_samples(parsed)[:1])) and len(whole) < SEEN // 4:
        parts.setdefault(whole[:-1] or whole)
    everyday = [part for part in _EVERYDAY if part not in parts]
    for head in list(heads)[:_MOST_HEADS]:
        for part in [*list(parts)[:_MOST_PARTS], *everyday]:
            if part:
                yield partial(_line, head, part)


def _line(head: str, part: str, size: int) -> str:
    return head + part * max(1, size // len(part)) + _FAILS


def _nests(parsed: Any, *, inside: bool) -> Iterator[bool]:
    """For each unbounded repeat that can give back what it took: whether it stands inside another."""
    for operation, argument in parsed:
        unbounded = operation in (_PARSER.MAX_REPEAT, _PARSER.MIN_REPEAT) and argument[1] is _PARSER.MAXREPEAT
        if unbounded and inside:
            yield True
        for body in _bodies(operation, argument):
            yield from _nests(body, inside=inside or unbounded)


def _repeats(parsed: Any, head: str = "") -> Iterator[tuple[str, str]]:
    """A text that leads to each repeat of more than one, and each text that it may repeat."""
    for operation, argument in parsed:
        if operation in (_PARSER.MAX_REPEAT, _PARSER.MIN_REPEAT) and argument[1] > 1:
            yield from ((head, part) for part in _samples(argument[2]))
        for body in _bodies(operation, argument):
            yield from _repeats(body, head)
        head += (_samples([(operation, argument)]) or [""])[0]


def _bodies(operation: Any, argument: Any) -> list[Any]:
    """The patterns inside a part of a pattern."""
    if operation in (_PARSER.MAX_REPEAT, _PARSER.MIN_REPEAT, _PARSER.POSSESSIVE_REPEAT):
        return [argument[2]]
    if operation is _PARSER.BRANCH:
        return list(argument[1])
    if operation is _PARSER.SUBPATTERN:
        return [argument[-1]]
    if operation in (_PARSER.ASSERT, _PARSER.ASSERT_NOT):
        return [argument[1]]
    if operation is _PARSER.ATOMIC_GROUP:
        return [argument]
    if operation is _PARSER.GROUPREF_EXISTS:
        return [body for body in argument[1:] if body is not None]
    return []


def _samples(parsed: Any) -> list[str]:
    """Texts that a pattern matches, one for each alternative that it begins with; nearly is enough."""
    out = [""]
    for operation, argument in parsed:
        choices: list[str]
        if operation is _PARSER.LITERAL:
            choices = [chr(argument)]
        elif operation in (_PARSER.ANY, _PARSER.NOT_LITERAL):
            choices = ["a"]
        elif operation is _PARSER.IN:
            choices = _members(argument)
        elif operation in (_PARSER.ASSERT, _PARSER.ASSERT_NOT):
            continue
        elif bodies := _bodies(operation, argument):
            choices = [sample for body in bodies for sample in _samples(body)]
            if operation in (_PARSER.MAX_REPEAT, _PARSER.MIN_REPEAT, _PARSER.POSSESSIVE_REPEAT):
                choices = [choice * min(max(1, argument[0]), 20) for choice in choices]
        else:
            continue
        # Alternatives multiply; the first of each place, and all of the place itself, are enough.
        out = list(dict.fromkeys([*(out[0] + choice for choice in choices), *(text + choices[0] for text in out)]))
        out = out[:_MOST_PARTS]
    return out


def _members(items: Any) -> list[str]:
    """A few characters of a class."""
    found: list[str] = []
    for operation, argument in items:
        if operation is _PARSER.NEGATE:
            return ["a", "0"]
        if operation is _PARSER.LITERAL:
            found.append(chr(argument))
        elif operation is _PARSER.RANGE:
            found.append(chr(argument[0]))
        elif operation is _PARSER.CATEGORY:
            found.append(_OF_CATEGORY.get(str(argument), "a"))
    return found[:_MOST_PARTS] or ["a"]


_OF_CATEGORY = {"CATEGORY_DIGIT": "0", "CATEGORY_SPACE": " ", "CATEGORY_NOT_WORD": " "}
