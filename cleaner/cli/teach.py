"""`cleaner teach`: the judge's mistakes put right, line by line, as rules that the next run obeys."""

from __future__ import annotations

import dataclasses
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

from cleaner.batch.diff import unified_diff
from cleaner.cli.console import Talk, has_colors, is_terminal, report, say, shown
from cleaner.cli.page_options import encoding_option
from cleaner.cli.parameters import LineRange
from cleaner.cli.root import CONTEXT
from cleaner.cli.settings import read_settings
from cleaner.errors import CleanerError, EmptyInput, ExitCode, UnreadableInput, UsageError
from cleaner.files import read_file, write_file, write_standard_output
from cleaner.settings.file import TAUGHT, shown_path
from cleaner.settings.resolve import forget
from cleaner.settings.rule_file import parse_rules
from cleaner.settings.taught import Choice, Scope, with_choices

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from cleaner.batch.diff import Diff
    from cleaner.options import Options, RuleAction
    from cleaner.pipeline import Judged
    from cleaner.settings.resolve import Settings
    from cleaner.verdict import Cut

# A line that stays with a lower probability of being content is worth asking about.
_DOUBTFUL = 0.6
_MOST_BYTES = 1_000_000
# Of a line that has the same words as another, enough to know it by.
_EXCERPT = 60
_QUESTION = "  [k]eep, [d]rop, [s]kip, [q]uit? "
_ANSWERS: dict[str, RuleAction | Literal["skip", "quit"]] = {
    "k": "keep", "d": "drop", "s": "skip", "": "skip", "q": "quit",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its numbers in the page's text, and what becomes of it, why, and by which rule."""

    first: int
    last: int
    text: str
    keep: bool
    score: float
    why: str
    rule: str

    def shown(self) -> str:
        """The line as a row."""
        return (
            f"{self.first:>5}  {'keep' if self.keep else 'drop'}  {self.score:.2f}  {self.why:<14}  {shown(self.text)}"
        )


class _Chosen(NamedTuple):
    """A line, and what is to become of it; None for what the judge says."""

    line: Line
    action: RuleAction | None


@click.command(context_settings=CONTEXT)
@click.argument("file", type=click.Path(path_type=str))
@click.option("--keep-line", type=LineRange(), multiple=True, help="This line stays: 12, or 12-15; repeatable.")
@click.option("--drop-line", type=LineRange(), multiple=True, help="This line goes; repeatable.")
@click.option("--forget-line", type=LineRange(), multiple=True, help="Nothing is taught of this line; repeatable.")
@click.option("--list", "listing", is_flag=True, help="Show the lines, their numbers and what becomes of them.")
@click.option("--url", help="The address of the page; the rule is for its host.")
@encoding_option
@click.option("--config", type=click.Path(path_type=str), metavar="FILE", help="Read this settings file, no other.")
@click.option("-y", "--yes", is_flag=True, help="Write without asking.")
def teach(
    file: str,
    keep_line: tuple[range, ...],
    drop_line: tuple[range, ...],
    forget_line: tuple[range, ...],
    url: str | None,
    *,
    listing: bool,
    yes: bool,
    **_settings: object,
) -> int:
    """Say which lines of a page stay and which go; later runs obey, for all pages of its host.

    On a terminal you are asked about each line that goes or is in doubt; --keep-line and --drop-line are for scripts.
    The numbers are those of --explain and of --list. A page without a known host teaches for the files of its folder.

    The rules go into cleaner-rules.toml: the nearest to the page, in its folder or above; else a new one beside its
    settings file; else into the folder of your own settings, or without a host into the page's. It is shown as a diff
    first, and read by later runs without being named. Code 1: nothing was written, since nobody said yes.
    """
    settings = read_settings(click.get_current_context())
    options = settings.options(file)
    from cleaner.pipeline import host_of, judge

    try:
        data = read_file(Path(file), options.max_bytes)
        judged = judge(data, url=url, name=file, options=options)
        if not judged.reading.page.source.strip():
            raise EmptyInput("there is no text in it")
    except CleanerError as error:
        report(error, file)
        return error.exit_code
    lines = list(_lines(judged))
    if listing:
        write_standard_output("".join(f"{line.shown()}\n" for line in lines).encode("utf-8", "replace"))
        return ExitCode.DONE
    named: dict[RuleAction | None, tuple[range, ...]] = {"keep": keep_line, "drop": drop_line, None: forget_line}
    chosen = _named(lines, named) if any(named.values()) else _asked(lines)
    if not chosen:
        Talk().note("nothing to teach")
        return ExitCode.DONE
    place, scope = _place(settings, file, host_of(judged.reading.page))
    old = _content(place)
    new = with_choices(old, place, scope, [Choice(line.text, action) for line, action in chosen])
    taught = _taught(judged.options, place, new)
    after = list(_lines(judge(data, url=url, name=file, options=taught)))
    _refuse_disobedience(chosen, after)
    _tell_of_others(lines, after, {one.line.first for one in chosen})
    return _write(place, old, new, yes=yes)


def _lines(judged: Judged) -> Iterator[Line]:
    """The lines that rules can be about, in the order of the page."""
    from cleaner.judging.account import LineNumbers
    from cleaner.judging.user_rules import lines_of

    page, judgement = judged.reading.page, judged.judgement
    numbers = LineNumbers(page.source)
    cuts: dict[int, list[Cut]] = {}
    for cut in judgement.cuts:
        cuts.setdefault(cut.block, []).append(cut)
    for block, parts in lines_of(page):
        verdict = judgement.verdicts[block]
        for start, end, _ in parts:
            over = next((cut for cut in cuts.get(block, ()) if cut.start <= start and end <= cut.end), None)
            keep = judgement.kept[block] and over is None
            category = over.category if over is not None else verdict.category
            first, last = (numbers.number(page.start[block] + place) for place in (start, end))
            why = "" if keep else str(category or "boilerplate")
            text, rule = " ".join(page.text[block][start:end].split()), verdict.rule if over is None else over.rule
            yield Line(first, last, text, keep, verdict.score, why, rule)


def _named(lines: Sequence[Line], named: Mapping[RuleAction | None, tuple[range, ...]]) -> list[_Chosen]:
    """The lines of the numbers given; raises UsageError for a number of none, and for two words on one line."""
    chosen: dict[int, RuleAction | None] = {}
    for action, ranges in named.items():
        for numbers in ranges:
            found = [at for at, line in enumerate(lines) if line.first < numbers.stop and numbers.start <= line.last]
            if not found:
                said = f"{numbers.start}" if len(numbers) == 1 else f"{numbers.start}-{numbers.stop - 1}"
                hint = "--list shows them; blank lines, code and tables are none"
                raise UsageError(f"no line {said} that a rule could be about", hint=hint)
            for at in found:
                if chosen.setdefault(at, action) != action:
                    raise UsageError(f"two things are said of line {lines[at].first}", hint="say one of them")
    return [_Chosen(lines[at], action) for at, action in sorted(chosen.items(), key=itemgetter(0))]


def _asked(lines: Sequence[Line]) -> list[_Chosen]:
    """What a person at the terminal says of each line that goes or is in doubt."""
    if not is_terminal(sys.stdin):
        raise UsageError("nobody to ask: standard input is no terminal", hint="use --keep-line and --drop-line")
    chosen: list[_Chosen] = []
    for line in lines:
        if line.keep and line.score > _DOUBTFUL:
            continue
        say(line.shown())
        answer = _answer()
        if answer == "quit":
            break
        if answer != "skip":
            chosen.append(_Chosen(line, answer))
    return chosen


def _answer() -> RuleAction | Literal["skip", "quit"]:
    while True:
        click.echo(_QUESTION, nl=False, err=True)
        said = sys.stdin.readline()
        if not said:
            return "quit"
        if said.strip().lower() in _ANSWERS:
            return _ANSWERS[said.strip().lower()]


def _place(settings: Settings, file: str, host: str) -> tuple[Path, Scope]:
    """The file of rules to write, and the pages that they are for."""
    folder = Path(os.path.abspath(file)).parent
    own = settings.own_taught()
    there = [path for path in settings.taught(file) if host or folder.is_relative_to(path.parent)]
    beside = settings.settings_file(file)
    if there:
        place = there[0]
    elif beside is not None and (host or folder.is_relative_to(beside.parent)):
        place = beside.absolute().parent / TAUGHT
    else:
        place = own if host and own is not None else folder / TAUGHT
    name = "own" if place == own else "taught"
    if host:
        return place, Scope(name, site=host)
    below = folder.relative_to(place.parent).as_posix()
    return place, Scope(name, path="/*" if below == "." else f"/{below}/*")


def _content(place: Path) -> str:
    with suppress(UnreadableInput):
        return read_file(place, _MOST_BYTES).decode("utf-8-sig")
    if place.exists():
        raise UsageError(f"it can't be read: {shown_path(place)}")
    return ""


def _taught(options: Options, place: Path, new: str) -> Options:
    """The options of the next run."""
    others = tuple(rule for rule in options.rules if rule.file != str(place))
    return dataclasses.replace(options, rules=others + parse_rules(new.encode(), place), sites=())


def _refuse_disobedience(chosen: Sequence[_Chosen], after: Sequence[Line]) -> None:
    """Raise UsageError where another rule, or the level, would stand against a choice."""
    fates = {(line.first, line.text): line for line in after}
    for line, action in chosen:
        fate = fates[line.first, line.text]
        if action is not None and fate.keep != (action == "keep"):
            hint = "change that first" if fate.rule else "level none obeys no rules"
            by = f", because of the rule {fate.rule}" if fate.rule else ""
            raise UsageError(f"the next run would not obey for line {line.first}{by}", hint=hint)


def _tell_of_others(before: Sequence[Line], after: Sequence[Line], chosen: Container[int]) -> None:
    """Say which other lines of the page have the same words, and so the same fate."""
    for old, new in zip(before, after, strict=True):
        if old.keep != new.keep and old.first not in chosen:
            does = "stays" if new.keep else "goes"
            Talk().note(f"line {new.first} {does} as well: {shown(new.text[:_EXCERPT])}")


def _write(place: Path, old: str, new: str, *, yes: bool) -> int:
    """Show the difference, and write if that is agreed to."""
    where = shown_path(place)
    if new == old:
        Talk().note(f"it stands there already: {shown(where)}")
        return ExitCode.DONE
    colors: Diff = "colored" if has_colors(sys.stdout, "auto") else "plain"
    write_standard_output(unified_diff(old, new, where.lstrip("/"), colors))
    if not yes and is_terminal(sys.stdin):
        click.echo(f"Write {shown(where)}? [y/N] ", nl=False, err=True)
        yes = sys.stdin.readline().strip().lower() in {"y", "yes"}
    if not yes:
        Talk().note(f"not written: {shown(where)} (--yes writes it)")
        return ExitCode.WOULD_CHANGE
    write_file(place, new.encode())
    forget()
    Talk().note(f"written: {shown(where)}")
    return ExitCode.DONE
