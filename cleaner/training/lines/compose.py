"""Short pages composed from parts of real ones: a body from gold texts, chrome from around the content of dumps.

Labelled pages of a few dozen lines are rare, chrome and content are not; put together in many layouts they show the
judge what a short page looks like when neither the words of its chrome nor their order were seen before.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from cleaner.training.lines.corpus import LabelledText
from cleaner.training.lines.made_up import ending, language_of, made_up

if TYPE_CHECKING:
    from collections.abc import Sequence

Line = tuple[str, float]
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SPLIT = re.compile(r"\s*[|｜┊·]\s*|\s{2,}")
_LONGEST_BODY, _LONGEST_PART = 45, 25
_JOINTS = (" ", " | ", "   ", " · ", "　　", "  |  ", "｜")
_MADE_UP, _MADE_UP_END = 0.15, 0.2  # of the bodies


@dataclass(slots=True)
class Parts:
    """What pages are composed of, by script (`cjk` or `other`): bodies as labelled lines, the rest as lines."""

    bodies: dict[str, list[list[Line]]] = field(default_factory=lambda: {"cjk": [], "other": []})
    heads: dict[str, list[list[str]]] = field(default_factory=lambda: {"cjk": [], "other": []})
    feet: dict[str, list[list[str]]] = field(default_factory=lambda: {"cjk": [], "other": []})
    asides: dict[str, list[list[str]]] = field(default_factory=lambda: {"cjk": [], "other": []})


def script_of(lines: Sequence[str]) -> str:
    """`cjk` if a fifth of the letters are, else `other`."""
    text = "".join(lines)[:2000]
    return "cjk" if len(_CJK.findall(text)) > 0.2 * len(text) else "other"


def collect(pages: Sequence[LabelledText], chooser: random.Random) -> Parts:
    """The parts of labelled pages; of a long header or footer the lines next to the content."""
    parts = Parts()
    for page in pages:
        lines = [line.strip() for line in page.text.split("\n") if line.strip()]
        if page.layout == "gold":
            if len(lines) > 1:
                parts.bodies[script_of(lines)].append([(line, 1.0) for line in lines])
            continue
        content = np.flatnonzero(page.labels >= 0.5)
        if len(content) < 3:
            continue
        first, last = int(content[0]), int(content[-1])
        script = script_of([lines[i] for i in content[:30].tolist()])
        size = chooser.randint(2, _LONGEST_PART)
        if first:
            parts.heads[script].append(lines[max(0, first - size) : first])
        if last + 1 < len(lines):
            parts.feet[script].append(lines[last + 1 : last + 1 + size])
            parts.feet[script].append(lines[-min(size, len(lines) - last - 1) :])
        _collect_inside(parts, page, lines, range(first, last + 1), script)
    return parts


def _collect_inside(parts: Parts, page: LabelledText, lines: list[str], inside: range, script: str) -> None:
    run: list[str] = []
    for i in inside:
        if page.labels[i] < 0.5:
            run.append(lines[i])
            continue
        if 1 <= len(run) <= _LONGEST_PART:
            parts.asides[script].append(run)
        run = []
    if page.layout == "lines" and len(inside) <= 2 * _LONGEST_BODY:
        body = [(lines[i], float(page.labels[i])) for i in inside if not page.labels[i] < 0.5]
        parts.bodies[script].append(body)


def _varied(block: list[str], chooser: random.Random) -> list[str]:
    """The block as another site or scraper would have it: cut, doubled, joined on a line, a word a line."""
    if not block:
        return block
    luck = chooser.random()
    if luck < 0.15:
        size = chooser.randint(1, len(block))
        return block[:size] if chooser.random() < 0.5 else block[-size:]
    if luck < 0.25:
        return [line for line in block if chooser.random() < 0.8]
    if luck < 0.33 and len(block) <= 14 and sum(map(len, block)) < 300:
        return [chooser.choice(_JOINTS).join(block)]
    if luck < 0.38 and len(block) < 16:
        return block + block
    if luck < 0.48:
        return [item for line in block for item in _SPLIT.split(line) if item]
    if luck < 0.6 and len(block) > 3:
        at, size = chooser.randint(0, len(block) - 2), chooser.randint(2, 6)
        joined = chooser.choice(_JOINTS).join(block[at : at + size])
        return [*block[:at], joined, *block[at + size :]]
    return block


def compose(parts: Parts, number: int, fold: int, seed: int) -> list[LabelledText]:
    """So many composed pages of the given fold; a quarter of them have no chrome."""
    chooser = random.Random(seed)  # noqa: S311
    out: list[LabelledText] = []
    scripts = [
        script for script in ("cjk", "other") if parts.bodies[script] and parts.heads[script] and parts.feet[script]
    ]
    if not scripts:
        return out  # a small corpus has folds without pages
    while len(out) < number:
        script = chooser.choice(scripts)
        lines = _body(parts, script, chooser)
        if chooser.random() > 0.25:
            lines = _dressed(lines, parts, script, chooser)
        text, labels = set_as_text(lines, chooser)
        gold = "\n".join(line for line, label in lines if label >= 0.5)
        name = f"composed-{fold}-{len(out)}"
        language = "zh" if script == "cjk" else "en"
        out.append(LabelledText("composed", name, name, "composed", language, "", text, labels, gold, fold))
    return out


def _body(parts: Parts, script: str, chooser: random.Random) -> list[Line]:
    """A body from a gold text, one that is made up, or one with a made-up end."""
    kind = chooser.random()
    language = language_of(script, chooser)
    if kind < _MADE_UP:
        return [(line, 1.0) for line in made_up(language, chooser)]
    body = list(chooser.choice(parts.bodies[script]))
    if kind > 1 - _MADE_UP_END:
        body = body[: chooser.randint(3, 20)] + [(line, 1.0) for line in ending(language, chooser)]
    if len(body) > _LONGEST_BODY:
        body = body[: chooser.randint(3, _LONGEST_BODY)]
    if chooser.random() < 0.25 and len(body) > 4:
        body = body[: chooser.randint(2, 5)]
    return body


def _dressed(body: list[Line], parts: Parts, script: str, chooser: random.Random) -> list[Line]:
    head = _varied(list(chooser.choice(parts.heads[script])), chooser) if chooser.random() < 0.75 else []
    foot = _varied(list(chooser.choice(parts.feet[script])), chooser) if chooser.random() < 0.85 else []
    aside = parts.asides[script]
    if aside and chooser.random() < 0.25 and len(body) >= 4:
        block = _varied(list(chooser.choice(aside)), chooser)[:8]
        at = chooser.randint(2, len(body) - 1)
        body = body[:at] + [(line, 0.0) for line in block] + body[at:]
    return [(line, 0.0) for line in head] + body + [(line, 0.0) for line in foot]


def set_as_text(lines: list[Line], chooser: random.Random) -> tuple[str, np.ndarray[tuple[int], np.dtype[np.float32]]]:
    """The lines as text, with blank lines between all, between paragraphs, or nowhere."""
    luck = chooser.random()
    out: list[str] = []
    kept = [(line, label) for line, label in lines if line.strip()]
    for place, (line, _) in enumerate(kept):
        long = len(line) > 60 or (place and len(kept[place - 1][0]) > 60)
        if place and (luck < 0.25 or (luck < 0.45 and long)):
            out.append("")
        out.append(line)
    return "\n".join(out), np.array([label for _, label in kept], np.float32)
