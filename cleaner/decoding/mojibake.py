"""Mojibake back to text: what was read in the wrong charset before it came here, line by line.

A line that costs what ordinary text of its scripts costs is never touched. For others every plausible misreading is
undone on trial, and kept where the message gets clearly shorter and reads normally. Dense lines are tried as Chinese,
Japanese, Korean, Cyrillic … before `ftfy` sees the sparse ones: it would break the former.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.decoding.blocks import text_blocks
from cleaner.decoding.lost import Lost, lost_in
from cleaner.decoding.misreadings import ONE_BYTE, SEVERAL_BYTES, byte_table
from cleaner.decoding.recipes import Controls, Misreading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.decoding.recipes import Recipe
    from cleaner.decoding.trial import Found


@dataclass(frozen=True, slots=True)
class Step:
    """One repair: how, and on which lines, counted from 0."""

    recipe: Recipe
    lines: tuple[int, ...]

    def __str__(self) -> str:
        count = len(self.lines)
        return f"{self.recipe}, on {count} {'line' if count == 1 else 'lines'}"


@dataclass(frozen=True, slots=True)
class Repaired:
    """Text, and the steps that led to it from the original; `replay` does them again."""

    text: str
    steps: tuple[Step, ...] = ()

    @property
    def lost(self) -> Lost:
        """What is left of characters that nothing can bring back; it stays in the text as it was."""
        return lost_in(self.text)


def replay(original: str, steps: Iterable[Step]) -> str:
    """The original after the steps."""
    lines = original.split("\n")
    for step in steps:
        for index in step.lines:
            lines[index] = step.recipe.undone(lines[index]) or lines[index]
    return "\n".join(lines)


def repair(text: str) -> Repaired:
    """The text with mojibake turned back; what can't be restored (`?`, U+FFFD, 锟斤拷) stays, and is never guessed."""
    if text.isascii():
        return Repaired(text)
    parts: list[str] = []
    steps: list[Step] = []
    line = 0
    for block in text_blocks(text):
        repaired = _repaired(block)
        parts.append(repaired.text)
        steps += (Step(step.recipe, tuple(line + index for index in step.lines)) for step in repaired.steps)
        line += block.count("\n")
    return Repaired("".join(parts) if steps else text, tuple(steps))


def _repaired(text: str) -> Repaired:
    from cleaner.decoding.suspicion import Signs, condensed

    lines = text.split("\n")
    if not Signs.of(condensed(lines)):
        return Repaired(text)
    shown = _without_programs(text).split("\n")
    signs = Signs.of(condensed(shown))
    suspects = signs.suspicious(shown)
    if not suspects and not signs.has_strange_accents:
        return Repaired(text)
    return _Document(lines, suspects).repaired(text, with_accents=signs.has_strange_accents)


# Programs and styles of a page are no text: their tables and escapes look like anything.
_PROGRAM = re.compile(r"<(script|style)\b", re.IGNORECASE | re.ASCII)
_PROGRAM_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}


def _without_programs(text: str) -> str:
    """The text, its lines where they were, without what no reader of a page sees."""
    kept: list[str] = []
    done = 0
    while (program := _PROGRAM.search(text, done)) is not None:
        end = _PROGRAM_ENDS[program[1].lower()].search(text, program.end())
        if end is None:  # an element without its end is no reason to look at nothing
            break
        kept += text[done : program.start()], "\n" * text.count("\n", program.start(), end.start())
        done = end.end()
    return "".join((*kept, text[done:])) if kept else text


def _may_follow(line: str, recipe: Misreading) -> bool:
    """Whether a line that is ordinary by itself may have been misread, too: it has nothing that came in otherwise."""
    if recipe.wrong in ONE_BYTE:
        table = byte_table(recipe.wrong)
        return all(character in table for character in line)
    return len(line) <= _SHORT_LINE


# Longer lines would look strange by themselves if they had been misread between charsets of East Asia.
_SHORT_LINE = 4
_MOST_ROUNDS = 3
# Bits that one recipe must win over all lines to be tried on every line, without a large gain there.
_AGREED = 50.0
# Bits by which a line's own recipe must be better than the leading one.
_GAIN_OF_OTHERS = 8.0
# Different ideographs of a line that are too few to be believed beside so many times as many that are right.
# Fewer are enough where they are UTF-8, which is rarely so by chance.
_LONE_WORD, _LONE_UTF8, _RIGHT_BESIDE = 8, 3, 4
_WIDE = re.compile("[\u3040-\u9fff\uac00-\ud7a3]+")
# Characters of a document's suspicious lines that are tried as one.
_JOINT_SAMPLE = 2_000


def _wide(line: str) -> int:
    """How many different ideographs, kana and syllables there are."""
    return 0 if line.isascii() else len(set("".join(_WIDE.findall(line))))


class _Document:
    """The lines of a text while they are repaired."""

    def __init__(self, lines: list[str], suspects: list[int]) -> None:
        from cleaner.decoding.costs import Background

        self.lines = lines
        self.suspects = suspects
        self.background = Background("\n".join(lines[index] for index in suspects))
        self.recipes: dict[int, list[Recipe]] = {}

    def repaired(self, original: str, *, with_accents: bool) -> Repaired:
        suspects = self.suspects
        for _ in range(_MOST_ROUNDS):
            suspects = self._round(suspects)
            if not suspects:
                break
        if with_accents or self.suspects:
            self._accents()
        self._controls()
        steps = self._steps()
        return Repaired("\n".join(self.lines), steps) if steps else Repaired(original)

    def _round(self, suspects: list[int]) -> list[int]:
        """One layer of misreading undone on every suspicious line; returns the lines that changed and may have more."""
        found: dict[int, Found] = {}
        agreed = self._joint(suspects)
        by_line: dict[str, Found | None] = {}
        for index in suspects:
            line = self.lines[index]
            if line not in by_line:
                by_line[line] = self._reading(line, agreed)
            reading = by_line[line]
            if reading is not None:
                found[index] = reading
        self._follow_the_most(found, suspects)
        self._doubt_lone_words(found)
        for index, reading in found.items():
            self.lines[index] = reading.text
            self.recipes.setdefault(index, []).append(reading.recipe)
        return [index for index, reading in found.items() if not reading.text.isascii()]

    def _reading(self, line: str, agreed: Recipe | None) -> Found | None:
        """The agreed reading of a line if that is ordinary text, else the better of that and the line's own best."""
        from cleaner.decoding.trial import agreed_reading, best_reading

        reading = agreed_reading(line, self.background, agreed) if agreed is not None else None
        if reading is not None and reading.is_ordinary:
            return reading
        own = best_reading(line, self.background)
        return own if own is not None and (reading is None or own.gain > reading.gain) else reading

    def _joint(self, suspects: list[int]) -> Recipe | None:
        """The recipe that helps the suspicious lines most when they are taken as one text."""
        from cleaner.decoding.trial import best_reading

        sample = "\n".join(self.lines[index] for index in suspects)[:_JOINT_SAMPLE]
        reading = best_reading(sample, self.background) if len(suspects) > 1 else None
        return reading.recipe if reading is not None and isinstance(reading.recipe, Misreading) else None

    def _follow_the_most(self, found: dict[int, Found], suspects: list[int]) -> None:
        """Where one recipe clearly leads, lines that found none or another one follow it if it helps them."""
        from cleaner.decoding.trial import agreed_reading

        won: Counter[Recipe] = Counter()
        for reading in found.values():
            won[reading.recipe] += round(reading.gain)
        leading = won.most_common(1)
        if not leading or leading[0][1] < _AGREED or not isinstance(leading[0][0], Misreading):
            return
        recipe = leading[0][0]
        looked_at = set(suspects)
        for index, line in enumerate(self.lines):
            if line.isascii() or (index in found and found[index].recipe == recipe):
                continue
            if index not in looked_at and (index in self.recipes or not _may_follow(line, recipe)):
                continue
            agreed = agreed_reading(line, self.background, recipe)
            if agreed is not None and (index not in found or agreed.gain + _GAIN_OF_OTHERS > found[index].gain):
                found[index] = agreed

    def _doubt_lone_words(self, found: dict[int, Found]) -> None:
        """Among many lines in ideographs that are right, a few rare ones are a name, not a misreading."""
        lone = [
            index
            for index, reading in found.items()
            if isinstance(reading.recipe, Misreading)
            and reading.recipe.wrong in SEVERAL_BYTES
            and 0 < _wide(self.lines[index]) <= (_LONE_UTF8 if reading.recipe.right == "utf-8" else _LONE_WORD)
            and _wide(reading.text)
        ]
        if not lone:
            return
        looked_at = set(self.suspects)
        right = sum(_wide(line) for index, line in enumerate(self.lines) if index not in looked_at)
        for index in lone:
            if right > _RIGHT_BESIDE * _wide(self.lines[index]):
                del found[index]

    def _accents(self) -> None:
        """Latin text in the wrong one-byte charset, which only all lines together show."""
        from cleaner.decoding.accents import best_accents

        left = [index for index, line in enumerate(self.lines) if index not in self.recipes and not line.isascii()]
        recipe = best_accents([self.lines[index] for index in left]) if left else None
        if recipe is None:
            return
        for index in left:
            again = recipe.undone(self.lines[index])
            if again is not None and again != self.lines[index]:
                self.lines[index] = again
                self.recipes[index] = [recipe]

    def _controls(self) -> None:
        for index in self.suspects:
            again = Controls().undone(self.lines[index])
            if again is not None and again != self.lines[index]:
                self.lines[index] = again
                self.recipes.setdefault(index, []).append(Controls())

    def _steps(self) -> tuple[Step, ...]:
        by_round: dict[tuple[int, Recipe], list[int]] = {}
        for index, recipes in sorted(self.recipes.items()):
            for turn, recipe in enumerate(recipes):
                by_round.setdefault((turn, recipe), []).append(index)
        ordered = sorted(by_round.items(), key=lambda item: item[0][0])
        return tuple(Step(recipe, tuple(indexes)) for (_, recipe), indexes in ordered)
