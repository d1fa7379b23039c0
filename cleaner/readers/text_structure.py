"""Structures of bare text that stand or fall as one: code, tables, logs, verse, talk.

Each finder looks for runs of lines whose form is certain and flags them; a single odd line never makes a structure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.page import BlockKind, Flag
from cleaner.readers.text_files import FileForm, file_form, mail_heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cleaner.page import Page

_FENCE = re.compile(r"(`{3,40}|~{3,40})")
_PIPE_ROW = re.compile(r"\|.{0,4000}\|$")
_LOG = re.compile(
    r"""\[?(?:19|20)\d\d[-/.]\d\d[-/.]\d\d[T ]\d\d:\d\d\S{0,16}\s.{0,60}?
     \b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b
    |(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)[\s:\]].{0,40}\d\d:\d\d:\d\d
    |(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s{1,2}\d{1,2}\s\d\d:\d\d:\d\d\s\S{1,64}\s\S{1,64}:
    |\d{1,3}(?:\.\d{1,3}){3}\s\S{1,64}\s\S{1,64}\s\[
    """,
    re.VERBOSE,
)
# What only source code begins or ends with; prose that ends in ";" or ")" is kept out by asking for company.
_CODE = re.compile(
    r"""(?:import|from|def|class|return|if|elif|else|for|while|try|except|with|print|raise|lambda|assert|var|let|const
        |function|export|public|private|static|void|int|char|struct|package|using|namespace|func|fn|use|SELECT|INSERT
        |UPDATE|CREATE|DROP|echo|sudo|pip|npm|git|cd|fi|done|end)\b.{0,2000}[\w)(:;{}"'\],]$
    |[}\])]{1,4}[;,)]{0,3}$|//\s|/\*|\*/|\#include|\#!/|\$\s\w
    |[\w.\[\]"']{1,80}\s?(?:[-+*/|]?=|:=|->|=>)\s?[^=\s].{0,2000}$
    |.{0,2000}(?:[{};]|\)\s{0,4}\{|\);)$
    |[\w.]{1,80}\(.{0,2000}\)$""",
    re.VERBOSE,
)
_PROSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{6}|(?:\b[a-z]{2,20}\s){5}|[。！？；]$")
_GAP = re.compile(r"\t|[ \u3000]{2,400}|\u3000")
_DIGIT = re.compile(r"\d")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SPEAKER = re.compile(
    r"(?:[\[(（]?\d{1,2}:\d\d(?::\d\d)?[\])）]?\s{0,4})?([^\s:：,，。.()（）/|]{1,12}(?:\s[A-Z][\w.]{0,14})?)\s?[:：](?!//)\s?\S"
)
_CLOCK = re.compile(r"[\[(（]?\d{1,2}:\d\d(?::\d\d)?[\])）]?\s{1,4}\S{1,24}[:：]")
_VERSE_END = tuple("，。；！？、,;!?")
_GUARDED = int(Flag.GUARDED)  # of plain numbers; flags take ten times as long
_LONGEST_ROW = 300  # characters; longer lines are paragraphs


def guard_structures(page: Page) -> None:
    """Set `Flag.GUARDED` with the flag and the kind of the structure on the lines of each structure found.

    A file that is no page is one structure as a whole.
    """
    form = file_form(page)
    if form == FileForm.VERBATIM:
        _mark(page, range(len(page)), Flag.CODE | Flag.PREFORMATTED, BlockKind.CODE)
        return
    _guard_fences(page)
    _guard_pipes(page)
    _guard_logs(page)
    _guard_code(page)
    _guard_rows(page)
    _guard_commas(page)
    _guard_talk(page)
    _guard_verse(page)
    if form is not None:
        heads = mail_heads(page) if form == FileForm.MAIL else 0
        _mark(page, range(heads), Flag.PREFORMATTED, None)
        _mark(page, [line for line in range(heads, len(page)) if _free(page, line)], Flag.WRITTEN, None)


def _mark(page: Page, lines: Iterable[int], flag: Flag, kind: BlockKind | None) -> None:
    guarded = int(Flag.GUARDED | flag)
    for index in lines:
        page.flags[index] |= guarded
        if kind is not None:
            page.block_kind[index] = int(kind)


def _free(page: Page, index: int) -> bool:
    return not page.flags[index] & _GUARDED


def _runs(lines: list[int], gap: int = 1) -> Iterator[list[int]]:
    """Ascending line numbers, split where two of them are more than `gap` apart."""
    run: list[int] = []
    for index in lines:
        if run and index - run[-1] > gap:
            yield run
            run = []
        run.append(index)
    if run:
        yield run


def _guard_fences(page: Page) -> None:
    opened, fence = -1, ""
    for index, text in enumerate(page.text):
        if text[0] not in "`~":
            continue
        found = _FENCE.match(text)
        if found is None:
            continue
        if opened < 0:
            if "`" not in text[found.end() :]:
                opened, fence = index, found[1]
        elif text.startswith(fence) and not text.strip(fence[0]):
            _mark(page, range(opened, index + 1), Flag.CODE, BlockKind.CODE)
            opened = -1


def _guard_pipes(page: Page) -> None:
    rows = [i for i, text in enumerate(page.text) if text[0] == "|" and _PIPE_ROW.match(text) and _free(page, i)]
    for run in _runs(rows):
        if len(run) > 1:
            _mark(page, run, Flag.TABLE, BlockKind.TABLE)


def _guard_logs(page: Page) -> None:
    for run in _runs([i for i, text in enumerate(page.text) if _LOG.match(text) and _free(page, i)], gap=2):
        if len(run) > 1:
            _mark(page, range(run[0], run[-1] + 1), Flag.CODE | Flag.PREFORMATTED, BlockKind.CODE)


def _guard_code(page: Page) -> None:
    """Code without a fence: lines in code's form, together, with at most every third line of another form."""
    likely = [i for i, text in enumerate(page.text) if _CODE.match(text) and _free(page, i) and not _PROSE.search(text)]
    for run in _runs(likely, gap=3):
        span = run[-1] - run[0] + 1
        deep = sum(page.indent[i] >= 2 for i in range(run[0], run[-1] + 1))
        if (len(run) >= 2 and len(run) * 3 >= span * 2 and (len(run) >= 4 or deep)) or (
            len(run) == 1 and _lone_code(page, run[0])
        ):
            first = run[0]
            while first and _comment(page.text[first - 1]) and page.blank_before[first] == 0:
                first -= 1
            _mark(page, range(first, run[-1] + 1), Flag.CODE | Flag.PREFORMATTED, BlockKind.CODE)


def _lone_code(page: Page, index: int) -> bool:
    """A single command, indented as code is while its neighbours are not."""
    around = [page.indent[i] for i in (index - 1, index + 1) if 0 <= i < len(page)]
    return (
        page.indent[index] >= 4
        and "\u3000" not in page.source[page.start[index] - 2 : page.start[index]]
        and not any(around)
    )


def _comment(text: str) -> bool:
    return text.startswith(("# ", "//", "/*", "--"))


def _cells(text: str) -> int:
    """Number of cells of a line that looks like a table's row: parted by tabs, wide gaps, single spaces in CJK."""
    if len(text) > _LONGEST_ROW:
        return 0
    if "\t" in text or "  " in text or "\u3000" in text:
        return len(_GAP.split(text))
    parts = text.count(" ") + 1
    return parts if parts >= 3 and _CJK.search(text) and _DIGIT.search(text) and len(text) < parts * 14 else 0


def _guard_rows(page: Page) -> None:
    """Rows with the same number of cells; figures part a table from a menu set in columns."""
    cells = [_cells(text) if " " in text or "\t" in text or "\u3000" in text else 0 for text in page.text]
    rows = [i for i, number in enumerate(cells) if number >= 2 and _free(page, i)]
    for run in _runs(rows):
        for same in _equal(run, cells):
            tabs = sum("\t" in page.text[i] for i in same) == len(same)
            figures = sum(bool(_DIGIT.search(page.text[i])) for i in same)
            if (len(same) >= 3 or (tabs and len(same) >= 2)) and (
                figures * 2 >= len(same) or (tabs and len(same) >= 3)
            ):
                head = same[0] - 1
                single = not any(_GAP.search(page.text[i]) for i in same)
                if head >= 0 and single and page.text[head].count(" ") + 1 == cells[same[0]] and _free(page, head):
                    same.insert(0, head)
                _mark(page, same, Flag.TABLE, BlockKind.TABLE)


def _equal(run: list[int], cells: list[int]) -> Iterator[list[int]]:
    part: list[int] = []
    for index in run:
        if part and cells[index] != cells[part[-1]]:
            yield part
            part = []
        part.append(index)
    yield part


def _guard_commas(page: Page) -> None:
    """Comma-separated values: the same number of commas in neighbouring lines, none followed by a space."""
    commas = [
        text.count(",") if "," in text and ", " not in text and len(text) < _LONGEST_ROW else 0 for text in page.text
    ]
    rows = [
        i for i, number in enumerate(commas) if number >= 2 and _free(page, i) and not page.text[i].endswith(_VERSE_END)
    ]
    for run in _runs(rows):
        for same in _equal(run, commas):
            if len(same) >= 3:
                _mark(page, same, Flag.TABLE | Flag.PREFORMATTED, BlockKind.CODE)


def _guard_talk(page: Page) -> None:
    """Lines of speakers who speak again, each time of something else; or lines that begin with a clock and a name."""
    said = {i: found[1] for i, text in enumerate(page.text) if (found := _SPEAKER.match(text)) and _free(page, i)}
    for run in _runs(list(said)):
        speakers = [said[i] for i in run]
        names = set(speakers)
        words = {page.text[i] for i in run}
        timed = sum(bool(_CLOCK.match(page.text[i])) for i in run)
        again = len(run) >= 4 and 2 <= len(names) <= len(run) // 2 and len(words) * 4 >= len(run) * 3
        if again or (timed >= 2 and timed == len(run)):
            _mark(page, run, Flag.PREFORMATTED, None)


def _guard_verse(page: Page) -> None:
    """Four lines or more of one length that end in punctuation, as classical verse is set."""
    lines = [
        i for i, text in enumerate(page.text) if 4 <= len(text) <= 20 and text.endswith(_VERSE_END) and _CJK.match(text)
    ]
    lengths = [len(text) for text in page.text]
    for run in _runs(lines):
        for same in _equal(run, lengths):
            if len(same) >= 4:
                _mark(page, same, Flag.PREFORMATTED, None)
