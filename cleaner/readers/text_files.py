"""Files that nobody scraped, by their form: data, programs and subtitles to the letter, letters and read-mes whole.

Each test looks for what a page's text never begins with, and then asks whether the whole file has that form.
"""

from __future__ import annotations

import json
import re
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.page import Page


class FileForm(Enum):
    """How a file that is no page is set: to the letter, as a letter below its heads, as text with heads of its own."""

    VERBATIM = auto()
    MAIL = auto()
    WRITTEN = auto()


_TAG = re.compile(r"<([A-Za-z][\w:.-]{0,60})[\s>/]")
_CUE = re.compile(r"(?:\d{1,2}:)?\d\d:\d\d[,.]\d{3}\s{1,3}-->\s{1,3}(?:\d{1,2}:)?\d\d:\d\d[,.]\d{3}")
# A clock before a space is that of a chat.
_LYRIC = re.compile(r"\[\d\d:\d\d\.\d{2,3}\]|\[\d\d:\d\d(?::\d\d)?\](?!\s|$)|\[[a-z]{2}:.{0,100}\]$")
_HUNK = re.compile(r"@@ -\d{1,9}(?:,\d{1,9})? \+\d{1,9}")
_PATCH_FIRST = ("diff ", "--- ", "Index: ", "From ")
_ORG = re.compile(r"#\+[A-Za-z_]{3,40}(?::|\s|$)")
_SECTION = re.compile(r"\[{1,2}[\w.\-\"' :/*]{1,100}\]{1,2}$")
_KEY = re.compile(r"[\"']?[\w.\-/$*]{1,80}[\"']?\s{0,20}(?:=|:(?:\s|$)).{0,4000}")
_VALUE = re.compile(r"[#;]|- |-$|[\[\]{}(),]{1,4}$|[\"'].{0,4000}[\"'],?$")
_PROGRAM_FIRST = re.compile(
    r"#!/|import\s[\w.{*\"']{1,80}|from\s[\w.]{1,80}\simport\b|package\s[\w.]{1,80};?$|#include\b|#pragma\b|#ifndef\b"
    r"|<\?php|/[/*]|\"\"\"|'''|[\"']use strict[\"']|using\s[\w.]{1,80};|namespace\s|\\document|-- |# |%"
)
_STATEMENT = re.compile(
    r"(?:import|from|def|class|return|if|elif|else|for|while|try|except|with|raise|assert|async|await|function|export"
    r"|const|let|var|public|private|static|void|int|struct|enum|impl|fn|func|use|match|case|switch|break|continue|pass"
    r"|type|package|end|fi|done)\b.{0,400}[\w)(:;{}\"',\]`>]$"
    r"|[}\])]{1,6}[;,)]{0,3}|.{0,400}[{};(\[]$|.{0,400}[)\]\"'\d],$|@\w|#|//|/\*|\*|\\[a-z]"
    r"|[\w.\[\]\"'* ]{1,80}(?::\s?[\w\[\]., |]{1,80})?\s?"
    r"[-+*/|:]?=\s?\S|[\w.]{1,80}\(.{0,400}\)?[,;]?$"
)
_PROSE = re.compile(r"[A-Z][a-z']{0,20}(?:,? [A-Za-z'-]{1,30}){5}[^=(){};]{0,400}[.!?]$|[。！？]$")
_MAIL_HEAD = re.compile(
    r"(From|To|Cc|Subject|Date|Sent|Message-ID|Received|Return-Path|Delivered-To|MIME-Version|Content-[\w-]{3,30}"
    r"|Reply-To|X-[\w-]{1,40}|发件人|收件人|抄送|主题|日期|发送时间)\s?[:：]\s{0,4}\S",
    re.IGNORECASE,
)
_MAIL_CORE = frozenset(("from", "to", "subject", "date", "sent", "发件人", "收件人", "主题", "日期", "发送时间"))
_STAMP = re.compile(
    r"(\S.{0,30}?)\s{1,4}(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s{1,4})?\d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?$", re.IGNORECASE
)
_UNDERLINE = re.compile(r"([=\-~^\"*+])\1{2,200}$")

# A cue has a number, a time and up to four lines; a page that quotes one has much more around it.
_LINES_A_CUE = 8
# Shares of lines that have the form; what is left are values over several lines and text inside a program.
_SETTING_LINES, _STATEMENT_LINES, _LYRIC_LINES = 0.95, 0.7, 0.8
_FEWEST_LINES = 3
_UNDERLINED_HEADS, _UNDERLINE_SLACK = 3, 2  # heads; columns by which an underline may be longer or shorter
_STAMPS, _LINES_A_STAMP = 4, 4


def file_form(page: Page) -> FileForm | None:
    """The form of the file that `page` holds the lines of, or None if it may be the text of a page."""
    if not len(page):
        return None
    if any(test(page) for test in (_is_json, _is_markup, _is_cues, _is_patch, _is_org, _is_settings, _is_program)):
        return FileForm.VERBATIM
    if mail_heads(page):
        return FileForm.MAIL
    return FileForm.WRITTEN if _is_underlined(page) or _is_chat(page) else None


def mail_heads(page: Page) -> int:
    """The number of lines of a mail's heads at the beginning; 0 if it doesn't begin like a mail."""
    names: list[str] = []
    line = 1 if page.text[0].startswith("From ") and page.text[0][-4:].isdigit() else 0  # of a mailbox
    while line < len(page) and (line == 0 or not page.blank_before[line]):
        found = _MAIL_HEAD.match(page.text[line])
        if found is None and not (names and page.indent[line]):  # a head may go on, indented
            break
        if found is not None:
            names.append(found[1].lower())
        line += 1
    core = _MAIL_CORE.intersection(names)
    apart = line < len(page) and page.blank_before[line] > 0
    return line if len(names) >= _FEWEST_LINES and len(core) >= _FEWEST_LINES - 1 and apart else 0


def _is_json(page: Page) -> bool:
    first, last = page.text[0], page.text[-1]
    if first[0] not in "{[" or last[-1] not in "}]":
        return False
    try:
        json.loads(page.source)
    except (ValueError, RecursionError):
        return len(page) > 1 and all(text[0] == "{" and text[-1] == "}" for text in page.text) and _is_object(first)
    return True


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_markup(page: Page) -> bool:
    """XML: a declaration or an element at the beginning, and its end at the end."""
    first, last = page.text[0], page.text[-1]
    if first.startswith("<?xml"):
        return last.endswith(">")
    found = _TAG.match(first)
    return found is not None and last.endswith(f"</{found[1]}>")


def _is_cues(page: Page) -> bool:
    cues = sum("-->" in text and _CUE.match(text) is not None for text in page.text)
    if cues >= 1 and (cues * _LINES_A_CUE >= len(page)) and (cues > 1 or page.text[0].startswith("WEBVTT")):
        return True
    lyrics = page.text[0][0] == "[" and sum(map(bool, map(_LYRIC.match, page.text)))
    return len(page) >= _FEWEST_LINES and lyrics >= _LYRIC_LINES * len(page)


def _is_patch(page: Page) -> bool:
    return page.text[0].startswith(_PATCH_FIRST) and any(map(_HUNK.match, page.text))


def _is_org(page: Page) -> bool:
    marked = sum(text[0] == "#" and _ORG.match(text) is not None for text in page.text)
    return marked >= 1 and page.text[0][:2] == "#+" and (marked > 1 or any(text[:2] == "* " for text in page.text))


def _is_settings(page: Page) -> bool:
    """INI, TOML and YAML: nothing but keys and values, in sections or nested."""
    lines = [(text, indent) for text, indent in zip(page.text, page.indent, strict=True) if text[0] not in "#;"]
    if len(lines) < _FEWEST_LINES or not (
        _KEY.match(lines[0][0]) or _SECTION.match(lines[0][0]) or lines[0][0] == "---"
    ):
        return False
    nested = any(
        text[-1] == ":" and text[0].islower() and _KEY.match(text) and below > indent
        for (text, indent), (_, below) in pairwise(lines)
    )
    sections = sum(_SECTION.match(text) is not None for text, _ in lines)
    if not nested and not (sections and any("=" in text for text, _ in lines)):
        return False
    fit = sum(bool(_KEY.match(text) or _VALUE.match(text) or _SECTION.match(text)) for text, _ in lines)
    return fit >= _SETTING_LINES * len(lines)


def _is_program(page: Page) -> bool:
    """A source file: it begins as programs do, and nearly all its lines outside of comments are statements."""
    if len(page) < _FEWEST_LINES or not _PROGRAM_FIRST.match(page.text[0]):
        return False
    code = list(_outside_comments(page.text))
    likely = sum(_STATEMENT.match(text) is not None and not _PROSE.match(text) for text in code)
    solid = sum(text[-1] in ";{}" or text[0] == "}" or text.endswith((":", ")")) for text in code)
    return len(code) >= _FEWEST_LINES and likely >= _STATEMENT_LINES * len(code) and solid * 5 >= len(code)


def _outside_comments(lines: list[str]) -> Iterator[str]:
    """The lines outside of comments and of strings over several lines."""
    end = ""
    for text in lines:
        if end:
            end = "" if end in text else end
            continue
        for start, stop in (('"""', '"""'), ("'''", "'''"), ("/*", "*/")):
            if text.startswith(start) or (start != "/*" and text.count(start) == 1):
                end = "" if stop in text[text.find(start) + len(start) :] else stop
                break
        else:
            if not text.startswith(("# ", "//", "-- ", "% ")):
                yield text


def _is_underlined(page: Page) -> bool:
    """A read-me in plain text: its first head and others underlined, as wide as they are, and no Markdown link."""
    heads = [
        line
        for line in range(1, len(page))
        if not page.blank_before[line]
        and _UNDERLINE.match(page.text[line])
        and abs(len(page.text[line]) - len(page.text[line - 1])) <= _UNDERLINE_SLACK
    ]
    return len(heads) >= _UNDERLINED_HEADS and heads[0] <= _FEWEST_LINES and "](" not in page.source


def _is_chat(page: Page) -> bool:
    """A saved chat: from the first line on a name with a time, then what was said; the same names again and again."""
    stamps = [(line, found[1]) for line, text in enumerate(page.text) if (found := _STAMP.match(text))]
    if len(stamps) < _STAMPS or stamps[0][0] > 0 or len(stamps) * _LINES_A_STAMP < len(page):
        return False
    names = {name for _, name in stamps}
    said = [text for text in page.text if not _STAMP.match(text)]
    return len(names) * 2 <= len(stamps) and len(set(said)) * 4 >= len(said) * 3
