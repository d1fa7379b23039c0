"""What kind of input a text is: HTML, Markdown or bare text. The content decides; the file name where it doesn't."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cleaner.page import SourceKind

# Head, middle and tail of larger inputs are enough to tell their kind.
_HEAD, _MIDDLE, _TAIL = 60_000, 30_000, 10_000
# How far into the input a page may begin: server warnings, headers and comments stand before it.
_JUNK = 4_000

_SUFFIXES: dict[str, SourceKind] = {
    **dict.fromkeys(("html", "htm", "xhtml", "xht", "shtml"), "html"),
    **dict.fromkeys(("md", "markdown", "mdown", "mkd"), "markdown"),
    **dict.fromkeys(("txt", "text", "log", "csv", "tsv"), "text"),
}

_BLOCK_NAMES = """
address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form frameset
h1 h2 h3 h4 h5 h6 head header html li main nav noscript ol p pre section table tbody td tfoot th thead title tr ul
"""
_INLINE_NAMES = """
a abbr area audio b base big br button caption center cite code col colgroup del em embed font g hr i iframe img input
ins kbd label link map mark meta nobr object option param path picture q rp rt ruby s samp script select small source
span strike strong style sub summary sup svg textarea time tt u var video wbr
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_INLINE = frozenset(_INLINE_NAMES.split())
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})(?=[\s/>])[^<>]{0,5000}>")
# What renders nothing of its own, from its start to its end.
_SILENT = (
    ("<!--", "-->"),
    ("<!doctype", ">"),
    ("<?", ">"),
    ("<script", "</script"),
    ("<style", "</style"),
    ("<svg", "</svg"),
)
# The rest of a script or style sheet in which a cut page begins.
_CUT_SILENT = re.compile(
    r"\A(?:(?!<(?:script|style)\b).){0,40000}?</(?:script|style)\s{0,9}>", re.DOTALL | re.IGNORECASE
)
_PAGE_START = re.compile(r"<!doctype\s{1,9}html\b|<html(?=[\s>])|<head(?=[\s>])|<body(?=[\s>])", re.IGNORECASE)
_XML_START = re.compile(r"\s{0,999}<\?(?:xml\b|php\b|=)|\s{0,999}<!DOCTYPE\s{1,9}(?!html\b)[a-zA-Z]", re.IGNORECASE)
_JSON_START = re.compile(r"\s{0,999}(?:\{\s{0,99}\"|\[\s{0,99}[\[{\"\d])")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_MARKDOWN_STARTS = ("# ", "## ", "### ", "---\n")
_BLANK = " \t\r\n\f\ufeff"
# Elements whose end tag may be left out.
_SELF_CLOSING = frozenset(("p", "li", "dd", "dt", "tr", "td", "th"))
# What stands before a tag that is markup; a tag that a text mentions stands after a word.
_STRUCTURAL = frozenset(("", "\n", ">"))
_QUOTES = frozenset("\"'`=(,\\")

# Shares of the visible characters, from pages, fragments, README files with inline HTML, and programs with templates.
_INSIDE_BLOCKS = 0.75
_QUOTED_STARTS = 0.4
_KNOWN_TAGS = 0.6


# What only a whole page begins with; so most pages need no look at their tags.
_DECLARED = re.compile(r"[\s\ufeff]{0,1000}(?:<!doctype\s{1,20}html\b|<html[\s>])", re.IGNORECASE)


def sniff(text: str, name: str | None) -> SourceKind:
    """The kind of `text`; `name` is a file name, of which only the suffix counts, and only where the text is open."""
    if _DECLARED.match(text):
        return "html"
    suffix = _SUFFIXES.get((name or "").rpartition(".")[2].lower()) if "." in (name or "") else None
    sample = _sampled(text)
    prose = _without_fences(sample)
    markup = _measured(prose, cut=len(sample) < len(text)) if "<" in prose else None
    if markup is not None and _is_html(prose, markup):
        return "html"
    evidence = _markdown_evidence(sample, prose)
    if evidence.sure:
        return "markdown"
    if suffix == "html" and markup is not None and markup.known:
        return "html"
    if suffix is not None and suffix != "html":
        return suffix
    return "markdown" if evidence.likely else "text"


def _sampled(text: str) -> str:
    if len(text) <= _HEAD + _MIDDLE + _TAIL:
        return text
    middle = len(text) // 2
    return f"{text[:_HEAD]}\n{text[middle : middle + _MIDDLE]}\n{text[-_TAIL:]}"


def _without_fences(sample: str) -> str:
    """The sample without fenced code blocks; an unclosed fence of the sample's end counts as closed there."""
    if _FENCE.search(sample) is None:
        return sample
    kept: list[str] = []
    fenced = False
    for line in sample.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            kept.append(line)
    return "\n".join(kept)


class _Markup(NamedTuple):
    """What the tags of a sample say.

    known, unknown  number of tags that HTML has and has not
    closings        number of end tags of block elements that close something
    inside          share of the visible characters that stand in a block element
    quoted          share of the outermost block starts that stand in a string of a program or a data file
    breaks          number of line breaks, and of paragraphs and items at the start of a line
    """

    known: int
    unknown: int
    closings: int
    inside: float
    quoted: float
    breaks: int


def _measured(prose: str, *, cut: bool) -> _Markup:
    """What one walk over the tags finds.

    An end tag without a start means that the text before it was inside; in a sample that was cut, an element without
    its end goes on to the sample's.
    """
    prose = _without_silent(_CUT_SILENT.sub("", prose, count=1))
    known = unknown = strays = closings = breaks = starts = quoted = total = end = 0
    open_elements: list[tuple[str, int, bool]] = []
    depth_of: dict[str, int] = {}
    covered: list[tuple[int, int]] = []
    for match in _TAG.finditer(prose):
        total += len(prose[end : match.start()].strip())
        end = match.end()
        closing, name = match[1], match[2].lower()
        if name not in _BLOCKS:
            known += name in _INLINE
            unknown += name not in _INLINE and "-" not in name
            breaks += name == "br"
            continue
        known += 1
        if not closing:
            before = prose[max(0, match.start() - 3) : match.start()]
            structural = before.rstrip(" \t")[-1:] in _STRUCTURAL
            breaks += name in _SELF_CLOSING and structural
            starts += not open_elements
            quoted += not open_elements and before.rstrip()[-1:] in _QUOTES
            open_elements.append((name, total, structural))
            depth_of[name] = depth_of.get(name, 0) + 1
            continue
        since = 0
        while depth_of.get(name) and open_elements:
            opened, since, _ = open_elements.pop()
            depth_of[opened] -= 1
            if opened == name:
                break
        else:
            strays += 1
            since = 0 if strays > 1 or not starts else total  # a cut page begins inside of elements
        closings += since < total
        while covered and covered[-1][0] >= since:
            covered.pop()
        covered.append((since, total))
    total += len(prose[end:].strip())
    if cut:
        since = min((since for _, since, structural in open_elements if structural), default=total)
        covered = [pair for pair in covered if pair[0] < since] + [(since, total)]
    inside = sum(until - since for since, until in covered)
    return _Markup(known, unknown, closings, inside / total if total else 1.0, quoted / max(1, starts), breaks)


def _without_silent(prose: str) -> str:
    """The text without comments, scripts, style sheets and drawings; one without its end stays."""
    for start, end in _SILENT:
        lowered = prose.lower()
        kept: list[str] = []
        place = 0
        while (first := lowered.find(start, place)) >= 0 and (last := lowered.find(end, first)) >= 0:
            kept.append(prose[place:first])
            place = lowered.find(">", last + len(end) - 1) + 1 or len(prose)
        prose = "".join(kept) + prose[place:] if kept else prose
    return prose


def _is_html(prose: str, markup: _Markup) -> bool:
    page = _page_start(prose)
    if page is None and (_XML_START.match(prose) or _JSON_START.match(prose)):
        return False
    if page is not None and markup.known >= 3 and (not prose[:page].strip() or markup.closings >= 1):
        begins_it = not prose[:page].strip(_BLANK)
        if begins_it or len(prose) > _HEAD or _measured(prose[page:], cut=False).inside >= _INSIDE_BLOCKS:
            return True
    if prose.lstrip(_BLANK).startswith(_MARKDOWN_STARTS):
        return False
    if markup.known < _KNOWN_TAGS * (markup.known + markup.unknown) or markup.quoted > _QUOTED_STARTS:
        return False
    if markup.inside >= _INSIDE_BLOCKS and markup.closings >= 1:
        return True
    # Text of old forums and mail gateways: no block but lines parted by <br> or begun by <p>.
    return markup.breaks >= 3 and markup.breaks > 2 * prose.count("\n\n") and markup.breaks * 2 > prose.count("\n")


def _page_start(prose: str) -> int | None:
    """Where a page begins: at a tag that no other text has, on its own line and not in a string of a program."""
    for match in _PAGE_START.finditer(prose, 0, _JUNK):
        before = prose[: match.start()].rstrip(" \t")
        ahead = before.rstrip()
        if ahead and ahead[-1] in _QUOTES:
            return None
        if not before or before[-1] in ">\n\ufeff" or len(before) <= 3:
            return match.start()
    return None


class _Evidence(NamedTuple):
    """How many kinds of Markdown syntax were seen: those that bare text hardly has, and those that it may have."""

    strong: int
    weak: int

    @property
    def sure(self) -> bool:
        """Whether it is Markdown whatever the file's name says."""
        return self.strong >= 3 or (self.strong == 2 and self.weak >= 1)

    @property
    def likely(self) -> bool:
        """Whether it is Markdown where the name says nothing."""
        return self.strong >= 2 or (self.strong == 1 and self.weak >= 2)


_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\n(?:\w[\w-]{0,60}:.{0,2000}\n|[ \t-].{0,2000}\n|\n){1,200}(?:---|\.\.\.)[ \t]*\n"
)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]{1,9}\S.{0,200}$", re.MULTILINE)
_STRONG = (
    re.compile(r"(?<!\\)\[[^\[\]\n]{1,300}\]\((?:<[^<>\n]{1,500}>|[^()\s]{1,500}(?: \"[^\"\n]{0,200}\")?)\)"),
    re.compile(r"^ {0,3}(?:```|~~~)[\w+#.-]{0,30}[ \t]*$", re.MULTILINE),
    re.compile(r"^ {0,3}\[[^\[\]\n]{1,100}\]:[ \t]{1,9}<?(?:https?://|\.{0,2}/|#)\S{1,500}", re.MULTILINE),
    re.compile(r"^ {0,3}\|?[ \t]*:?-{3,60}:?[ \t]*(?:\|[ \t]*:?-{2,60}:?[ \t]*){1,40}\|?[ \t]*$", re.MULTILINE),
)
_WEAK = (
    re.compile(r"^ {0,3}[-*+] {1,3}\S.{0,500}\n {0,3}[-*+] {1,3}\S", re.MULTILINE),
    re.compile(
        r"^ {0,3}\d{1,3}[.)] {1,3}\S.{0,500}\n(?:\n)?(?: {2,6}.{1,500}\n){0,9} {0,3}\d{1,3}[.)] {1,3}\S", re.MULTILINE
    ),
    re.compile(r"(?<![*\w])\*\*[^*\s][^*\n]{0,200}\*\*(?!\*)"),
    re.compile(r"(?<![`\w])`[^`\n]{1,200}`(?!`)"),
    re.compile(r"^ {0,3}> \S", re.MULTILINE),
    re.compile(r"^ {0,3}(?:===+|---+)[ \t]*$", re.MULTILINE),
)
# Lines that end or begin as those of programs, settings and stylesheets do.
_CODE_LINE = re.compile(
    r"^[ \t]*(?:(?:import|from|def|class|return|if|for|while|elif|else|try|except|function|var|let|const|public|"
    r"private|static|void|int|use|fn|package|struct|echo|export|set|sudo|RUN|COPY|FROM|ENV)\b[^.?!]*[:;({)=\w\]}\"']|"
    r"[\w.$-]{1,60}[ \t]*(?:=|\+=|:=|=>)[ \t]*\S.*|[\w.$\"'-]{1,60}:[ \t]*(?:\S{1,60})?|.*[;{}]|[)\]}].{0,3})[ \t]*$",
)
_NO_CODE = re.compile(r" {0,9}(?:[-*+>|]|#{1,6}|\d{1,3}[.)]) ")
_CODE_SHARE = 0.3


def _markdown_evidence(sample: str, prose: str) -> _Evidence:
    front = _FRONT_MATTER.match(sample)
    headings = _headings(prose)
    strong = [bool(front), headings >= 2, *(bool(pattern.search(sample)) for pattern in _STRONG)]
    weak = [headings == 1, *(bool(pattern.search(prose)) for pattern in _WEAK)]
    if not any(strong) or _reads_like_code(prose[front.end() :] if front else prose):
        return _Evidence(0, sum(weak))
    return _Evidence(sum(strong), sum(weak))


def _headings(prose: str) -> int:
    """Headings with `#` that are no comments of a program: alone between blank lines, or of a deeper level."""
    lines = prose.split("\n")
    count = 0
    for index, line in enumerate(lines):
        if not line.lstrip(" ").startswith("#"):
            continue
        match = _HEADING.match(line)
        if match is None:
            continue
        before = lines[index - 1].strip() if index else ""
        after = lines[index + 1].strip() if index + 1 < len(lines) else ""
        if before.startswith("# ") or after.startswith("# "):
            continue
        count += not before and (not after or len(match[1]) > 1)
    return count


def _reads_like_code(prose: str) -> bool:
    lines = [line for line in prose.split("\n") if line.strip() and not _NO_CODE.match(line)]
    code = sum(len(line) < 400 and _CODE_LINE.match(line) is not None for line in lines)
    return code > _CODE_SHARE * len(lines)
