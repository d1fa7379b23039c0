"""Recall and precision of spam by language and shape: lures written by hand are put into clean pages.

    python tests/bench/injection.py first|second [--whole] [--missed]

`--whole` sends each page through the whole cleaner instead of the search for spans; `--missed` prints what stayed.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LURES = Path(__file__).parent / "lures"
WIDE = ("zh-Hans", "zh-Hant", "ja", "th")


@dataclass(frozen=True, slots=True)
class Injected:
    """A page with spam in it: `spam` are the stretches, as (line, start, end); `content` the lines that must stay."""

    language: str
    shape: str
    lines: tuple[str, ...]
    spam: tuple[tuple[int, int, int], ...]
    content: tuple[str, ...]


def injections(batch: str) -> Iterator[Injected]:
    """Every lure of a batch in every shape that fits its kind."""
    hosts = tomllib.loads((LURES / "hosts.toml").read_text("utf-8"))
    for language, lures in tomllib.loads((LURES / f"{batch}.toml").read_text("utf-8")).items():
        host = Host(language, hosts[language])
        for number, name in enumerate(lures["names"]):
            yield host.with_tail("title-tail-name", f"{'_-|'[number % 3]}{name}")
            yield host.with_name("operator", host.operator, name)
            yield host.with_name("copyright", host.rights, name)
            yield host.with_front("first-sentence-name", name, ("：" if language in WIDE else ": "))
        phrases = lures["phrases"]
        for number, phrase in enumerate(phrases):
            yield host.with_tail("title-tail-phrase", f"{('_', ' - ', ' | ')[number % 3]}{phrase}")
            yield host.with_end("sentence-end", phrase)
            yield host.with_front("sentence-front", phrase, (" | ", " - ")[number % 2])
            yield host.appended("alone", [phrase])
        for start in range(0, len(phrases) - 3, 2):
            four = phrases[start : start + 4]
            yield host.appended("row-bars", [" | ".join(four)])
            yield host.appended("row-spaces", ["  ".join(four)])
            yield host.appended("row-commas", [("、" if language in WIDE[:2] else ", ").join(four)])
            yield host.appended("row-lines", four)
            yield host.prepended("row-front", [" | ".join(four)])
        for advertisement in lures["advertisements"]:
            yield host.appended("advertisement-end", [advertisement])
            yield host.prepended("advertisement-front", [advertisement])
            yield host.inside("advertisement-inside", advertisement)


class Host:
    """A clean page of a language, and how spam is put into it."""

    def __init__(self, language: str, table: dict) -> None:
        self.language = language
        self.content = (table["title"], *table["body"])
        self.operator, self.rights = 4, 6
        self.lines = (*self.content, table["operator"], *table["footer"])
        self.bare = tuple(line.replace("{", "").replace("}", "") for line in self.lines)

    def _page(self, shape: str, lines: list[str], spam: list[tuple[int, int, int]]) -> Injected:
        return Injected(self.language, shape, tuple(lines), tuple(spam), self.content)

    def with_tail(self, shape: str, tail: str) -> Injected:
        """Spam with its separator behind the title."""
        lines = list(self.bare)
        core = tail.strip(" _-|")
        lines[0] += tail
        return self._page(shape, lines, [(0, len(lines[0]) - len(core), len(lines[0]))])

    def with_name(self, shape: str, line: int, name: str) -> Injected:
        """Spam in place of the name in a footer line."""
        head, _, rest = self.lines[line].partition("{")
        lines = list(self.bare)
        lines[line] = head + name + rest.partition("}")[2]
        return self._page(shape, lines, [(line, len(head), len(head) + len(name))])

    def with_front(self, shape: str, spam: str, separator: str) -> Injected:
        """Spam in front of the first sentence."""
        lines = list(self.bare)
        lines[1] = spam + separator + lines[1]
        return self._page(shape, lines, [(1, 0, len(spam))])

    def with_end(self, shape: str, spam: str) -> Injected:
        """Spam behind the last sentence."""
        lines = list(self.bare)
        lines[3] += spam if self.language in WIDE[:2] else f" {spam}"
        return self._page(shape, lines, [(3, len(lines[3]) - len(spam), len(lines[3]))])

    def appended(self, shape: str, spam: list[str]) -> Injected:
        """Lines of spam between the text and the footer."""
        return self.placed(shape, len(self.content), spam)

    def prepended(self, shape: str, spam: list[str]) -> Injected:
        """Lines of spam above the title."""
        return self.placed(shape, 0, spam)

    def inside(self, shape: str, spam: str) -> Injected:
        """A line of spam between two paragraphs."""
        return self.placed(shape, 2, [spam])

    def placed(self, shape: str, place: int, spam: list[str]) -> Injected:
        """Lines of spam in front of a line."""
        lines = [*self.bare[:place], *spam, *self.bare[place:]]
        return self._page(shape, lines, [(place + number, 0, len(line)) for number, line in enumerate(spam)])


@dataclass(slots=True)
class Tally:
    """Characters, and pages from which all spam went and on which all content stayed."""

    spam: int = 0
    found: int = 0
    cut: int = 0
    wrong: int = 0
    pages: int = 0
    perfect: int = 0


def by_spans(page: Injected, tally: Tally) -> bool:
    """Counts what the search for spans finds; wrong is what it would cut of a content line beside the spam."""
    from cleaner.judging.spam import find_spam

    spans = find_spam(page.lines)
    missed = wrong = 0
    taken = {(span.block, at) for span in spans for at in range(span.cut_start, span.cut_end)}
    marked = {(span.block, at) for span in spans for at in range(span.start, span.end)} | taken
    spam = {(line, at) for line, start, end in page.spam for at in range(start, end)}
    missed = len(spam - marked)
    loose = " \t_-|:：,，、·"
    wrong = sum(
        page.lines[line][at] not in loose and any(text in page.lines[line] for text in page.content)
        for line, at in taken - spam
    )
    tally.spam += len(spam)
    tally.found += len(spam) - missed
    tally.cut += len(taken & spam)
    tally.wrong += wrong
    tally.pages += 1
    tally.perfect += not missed and not wrong
    return not missed


def by_cleaning(page: Injected, tally: Tally) -> bool:
    """Counts what the whole cleaner takes out: spam that is gone, content lines that are gone with it."""
    import cleaner

    out = "".join(cleaner.clean("\n".join(page.lines)).to_text().split())
    missed = 0
    for line, start, end in page.spam:
        text = page.lines[line][start:end]
        tally.spam += len(text)
        if "".join(text.split()) in out:
            missed += len(text)
    wrong = sum(len(line) for line in page.content if "".join(line.split()) not in out)
    tally.found += sum(end - start for _, start, end in page.spam) - missed
    tally.cut += sum(end - start for _, start, end in page.spam) - missed
    tally.wrong += wrong
    tally.pages += 1
    tally.perfect += not missed and not wrong
    return not missed


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("batch", choices=["first", "second"])
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--missed", action="store_true")
    arguments = parser.parse_args()
    count = by_cleaning if arguments.whole else by_spans
    languages: dict[str, Tally] = defaultdict(Tally)
    shapes: dict[str, Tally] = defaultdict(Tally)
    for page in injections(arguments.batch):
        total = Tally()
        whole = count(page, total)
        if arguments.missed and (not whole or total.wrong):
            shown = " / ".join(page.lines[line][start:end] for line, start, end in page.spam)
            print(f"{page.language}\t{page.shape}\t{'wrong' if total.wrong else 'missed'}\t{shown}")
        for tally in (languages[page.language], languages["all"], shapes[page.shape]):
            for field in Tally.__slots__:
                setattr(tally, field, getattr(tally, field) + getattr(total, field))
    for title, table in (("language", languages), ("shape", shapes)):
        print(f"\n| {title} | pages | recall | precision | perfect |\n|---|---|---|---|---|")
        for name, tally in table.items():
            precision = tally.cut / (tally.cut + tally.wrong) if tally.cut + tally.wrong else 1.0
            recall, perfect = tally.found / tally.spam, tally.perfect / tally.pages
            print(f"| {name} | {tally.pages} | {recall:.3f} | {precision:.3f} | {perfect:.3f} |")


if __name__ == "__main__":
    main()
