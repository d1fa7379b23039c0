"""An explanation on a terminal: the page's text, what went dim and struck, with its category in the margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from cleaner.cli.console import shown
from cleaner.explanation.telling import excerpt, facts, signed, summary, verdict
from cleaner.explanation.telling import reasons as reasons_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rich.console import Console

    from cleaner.document import Passage
    from cleaner.explanation import Explanation

_MARGIN = 14  # columns; the longest category is `advertisement`
_BAR = 20  # columns
_KEPT, _REMOVED = "│ ", "┊ "
_NARROWEST = 20  # columns of text, however narrow the terminal is
_SURE, _UNSURE = 0.8, 0.5


def write_text(
    console: Console,
    name: str,
    explanation: Explanation,
    *,
    categories: Collection[str] = (),
    removed_only: bool = False,
    reasons: bool = False,
) -> None:
    """Print the page, or only what was removed, or only that of some categories; with the reasons below each."""
    console.print(Text(shown(name), style="bold"))
    for line in _head(explanation):
        console.print(line, soft_wrap=True)
    console.print()
    passages = explanation.passages
    if categories:
        passages = tuple(one for one in passages if not one.kept and str(one.category) in categories)
    elif removed_only:
        passages = explanation.removed()
    if not passages:
        what = f" as {', '.join(sorted(categories))}" if categories else ""
        console.print(Text(f"nothing was removed{what}", style="dim"))
    before: Passage | None = None
    for passage in passages:
        if before is not None and (passage.kept or before.kept) and (passage.kind, before.kind) != ("item", "item"):
            console.print(Text(" " * _MARGIN + _KEPT.rstrip(), style="dim"))
        for line in _passage(console, passage, before):
            console.print(line, no_wrap=True, soft_wrap=True)
        if reasons and not passage.kept:
            for said in _reasons(passage):
                console.print(Text.assemble((" " * _MARGIN + _REMOVED, "dim"), (f"  {said}", "italic")), soft_wrap=True)
        before = passage


def _head(explanation: Explanation) -> Iterator[Text]:
    for fact in facts(explanation):
        found = f"  ({shown(fact.found)})" if fact.found else ""
        yield _line(fact.name, shown(fact.value), (found, "dim"))
    yield _line("outcome", f"{explanation.outcome}, {summary(explanation)}")
    sure = explanation.sureness
    full = round(sure * _BAR)
    style = "green" if sure >= _SURE else "yellow" if sure >= _UNSURE else "red"
    yield _line("sureness", ("█" * full, style), ("░" * (_BAR - full), "dim"), f" {sure:.2f}")
    for finding in explanation.findings:
        yield _line(str(finding.category), shown(excerpt(finding)))


def _line(name: str, *parts: str | tuple[str, str]) -> Text:
    return Text.assemble((f"  {name:<{_MARGIN - 2}}", "dim"), *parts)


def _passage(console: Console, passage: Passage, before: Passage | None) -> Iterator[Text]:
    """The lines of a passage; its category stands beside the first, unless it is that of the passage before."""
    again = before is not None and not before.kept and before.category == passage.category
    category = "" if passage.kept or again else str(passage.category)
    style = "" if passage.kept else "dim strike"
    if passage.kept and passage.kind == "heading":
        style = "bold"
    whole = passage.text.rstrip() if passage.kept else passage.text.strip()
    text = Text("\n".join(shown(line) for line in whole.split("\n")), style=style)
    width = max(console.width - _MARGIN - len(_KEPT), _NARROWEST)
    for line in text.wrap(console, width):
        line.rstrip()
        yield Text.assemble((f"{category:<{_MARGIN}}", "cyan"), (_KEPT if passage.kept else _REMOVED, "dim"), line)
        category = ""


def _reasons(passage: Passage) -> Iterator[str]:
    yield shown(verdict(passage))
    for told in reasons_of(passage):
        yield f"{signed(told.weight)}  {shown(told.words)}"
