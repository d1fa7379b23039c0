"""Literal text in Markdown: escaped where a renderer would see markup, and nowhere else.

What can only be decided beside other markup (emphasis marks) is left to `markdown_emphasis`; what only means something
at the start of a line to `escaped_line`.
"""

from __future__ import annotations

import re
from collections import Counter
from html.entities import html5
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Text without any of these needs no second look. Emphasis marks are not among them: see `markdown_emphasis`.
_SPECIAL = re.compile(r"[\\`<&\[\]$!^\n\r\t\v\f\u2028\u2029]")
_TOKEN = re.compile(
    r"(?P<tick>`+)|(?P<slash>\\)|(?P<tag><(?=[A-Za-z/!?]))|(?P<entity>&(?=#?[0-9A-Za-z]{1,40};))"
    r"|(?P<open>\[)|(?P<close>\])|(?P<dollar>\$)|(?P<bang>[!^]$)|(?P<line>[\n\r\t\v\f\u2028\u2029]+)"
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|([A-Za-z][A-Za-z0-9]{1,31}));")
_NUMBER = re.compile(r"\[(?:\d+(?:\]|$)|$)")  # the label of a definition, or what may become one
_TICKS = re.compile("`+")
_DOLLAR = re.compile(r"\$")
_TAG_IN_FORMULA = re.compile(r"<(?=[A-Za-z/!?])")
PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def without_markup(tex: str) -> str:
    """The formula with spaces, which mean nothing in TeX, where a renderer that knows no formulas would read markup."""
    if "<" in tex and ">" in tex:
        tex = _TAG_IN_FORMULA.sub("< ", tex)
    return tex.replace("](", "] (").replace("][", "] [") if "](" in tex or "][" in tex else tex


def brackets_balance(text: str, *, labels: bool) -> bool:
    """Whether the text can stand between brackets as it is; `labels` as for `Paragraph`."""
    depth = 0
    if "[" not in text and "]" not in text:
        return True
    if "](" in text or "^[" in text or (labels and ("][" in text or _NUMBER.search(text))):
        return False
    for character in text:
        if character == "[":
            depth += 1
        elif character == "]":
            depth -= 1
            if depth < 0:
                return False
    return depth == 0


class Paragraph:
    """What the literal text of one paragraph may pair with: backquotes, dollars and brackets further on.

    texts      the literal text of the paragraph, run by run, in order
    opaque     what stands verbatim among it (code, formulas): its backquotes and dollars count too
    footnotes  whether the document has footnotes, so that `[^1]` means something
    labels     whether links refer to definitions by number, so that `[1]` means something
    """

    def __init__(
        self, texts: Iterable[str], opaque: Iterable[str], *, footnotes: bool = False, labels: bool = False
    ) -> None:
        texts = list(texts)
        whole = "\n".join(texts)
        verbatim = "\n".join(opaque)
        self._ticks: Counter[int] = Counter()
        if "`" in whole:
            self._ticks.update(len(ticks) for ticks in _TICKS.findall(whole))
            self._ticks.update(len(ticks) for ticks in _TICKS.findall(verbatim))
        self._dollars = 0
        if "$" in whole:
            self._dollars = sum(_may_close(match) for text in texts for match in _DOLLAR.finditer(text))
            self._dollars += verbatim.count("$")
        self._parentheses = whole.count(")") if "[" in whole else 0
        self._brackets = 0
        self._footnotes, self._labels = footnotes, labels
        self._in_link = self._after_code = self._marked = False
        self._following = ""

    def escaped(
        self, text: str, following: str = "", *, in_link: bool = False, after_code: bool = False, marked: bool = False
    ) -> str:
        """A run of literal text, escaped; runs must come in order. `following` is the next run's text.

        in_link     brackets that don't balance end the link's text, so all of them are escaped
        after_code  the run before was a code span, whose backquotes must not grow
        marked      the run may be parted at its edges, so that what it holds may come to stand beside a mark
        """
        if not _SPECIAL.search(text):
            if self._parentheses:
                self._parentheses -= text.count(")")
            return text
        self._in_link, self._following, self._after_code, self._marked = in_link, following, after_code, marked
        return _TOKEN.sub(self._replace, text)

    def _replace(self, match: re.Match[str]) -> str:
        kind, found, text = match.lastgroup, match[0], match.string
        if kind == "tick":
            length = len(found)
            self._ticks[length] -= 1
            touches = (self._after_code and not match.start()) or (self._following == "`" and match.end() == len(text))
            # A run further on may be a partner of any length: escaped, it is single backquotes to one that looks for
            # its partner, and the last of them one with the code span that it touches.
            partner = any(count > 0 for count in self._ticks.values())
            return "\\`" * length if touches or partner else found
        if kind == "slash":
            after = text[match.end() : match.end() + 1]
            return "\\\\" if after in PUNCTUATION or (not after and self._following) else "\\"
        if kind == "entity":
            return "\\&" if _is_entity(text, match.start()) else "&"
        if kind == "open":
            return self._open(text, match.start())
        if kind == "close":
            return self._close(text, match.end())
        if kind == "dollar":
            return self._dollar(match)
        if kind == "bang":
            return "\\" + found if self._following.startswith("[") else found
        if kind == "line":
            return " "
        return "\\" + found

    def _open(self, text: str, start: int) -> str:
        self._brackets += 1
        if self._in_link or (self._labels and _NUMBER.match(text, start)):
            return "\\["
        before, after = text[max(0, start - 1) : start], text[start + 1 : start + 2]
        return "\\[" if before == "^" or (after == "^" and self._footnotes) else "["

    def _close(self, text: str, end: int) -> str:
        if self._in_link:
            return "\\]"
        after = text[end : end + 1] or self._following[:1]
        if after == "[" and self._labels:
            return "\\]"
        if after != "(" or not self._brackets:
            return "]"
        self._brackets -= 1
        return "\\]" if text.find(")", end) >= 0 or self._parentheses else "]"

    def _dollar(self, match: re.Match[str]) -> str:
        self._dollars -= _may_close(match)
        after = match.string[match.end() : match.end() + 1] or ("*" if self._marked else self._following[:1])
        before = match.string[max(0, match.start() - 1) : match.start()]
        opens = after and not after.isspace() and (self._marked or not before.isdigit())
        return "\\$" if opens and self._dollars > 0 else "$"


def _may_close(match: re.Match[str]) -> bool:
    """Whether a dollar may end a formula: no space stands before it. A digit after it may yet be parted from it."""
    return not match.string[max(0, match.start() - 1) : match.start()].isspace()


def _is_entity(text: str, start: int) -> bool:
    match = _ENTITY.match(text, start)
    return match is not None and (match[1] is None or match[1] + ";" in html5)


_BLOCK_START = re.compile(
    r"#{1,6}(?= |$)|[-+*](?= |$)|>|(?P<number>\d{1,9})(?=[.)](?: |$))|~~~|`{3,}(?=[^`]*$)|\$\$|\+\+\+$"
    r"|(?P<label>\[[^\]]{1,999}\]:)"
)
_UNDERLINE = re.compile(r"=+ *|-+ *")
_DELIMITER_ROW = re.compile(r"[|:\- ]*-[|:\- ]*")
_TASK = re.compile(r"\[[ xX]\](?= )")
# A line of this many dashes, stars or underscores is a rule.
_RULE_MARKS = 3


def escaped_line(line: str, *, first: bool, item: bool = False) -> str:
    """A line that begins with literal text, escaped where its beginning would make it a block of another kind.

    first  whether it is the first line of its paragraph; item  whether the paragraph is the first of a list item
    """
    match = _BLOCK_START.match(line)
    if match:
        if match["number"]:
            end = match.end("number")
            return f"{line[:end]}\\{line[end:]}"
        if not match["label"] or first or line.startswith("[^"):
            return "\\" + line
    head = line[:1]
    if head in "-*_" and head and not line.strip(head + " ") and line.count(head) >= (_RULE_MARKS if first else 1):
        return "\\" + line
    if not first and (_UNDERLINE.fullmatch(line) or (head in "|:-" and head and _DELIMITER_ROW.fullmatch(line))):
        return "\\" + line
    if item and _TASK.match(line):
        return "\\" + line
    return line


_CLOSING_HASHES = re.compile(r"(?:^|(?<= ))(#+)$")


def escaped_heading(line: str) -> str:
    """The text of a heading; hashes at its end would be taken for its closing sequence."""
    match = _CLOSING_HASHES.search(line)
    return f"{line[: match.start(1)]}\\{match[1]}" if match else line


def code_span(text: str) -> str:
    """Text as a code span, its fence longer than any run of backquotes inside."""
    text = text.replace("\n", " ").replace("\r", " ")
    longest = max(map(len, _TICKS.findall(text)), default=0)
    runs = {len(ticks) for ticks in _TICKS.findall(text)} if longest else set()
    length = next(size for size in range(1, longest + 2) if size not in runs)
    fence = "`" * length
    if text.startswith("`") or text.endswith("`") or (text[:1] == " " == text[-1:] and text.strip(" ")):
        text = f" {text} "
    return f"{fence}{text}{fence}"


def destination(address: str) -> str:
    """A link's or image's address as Markdown takes it: as it is, or between angle brackets."""
    address = address.replace("\n", "%0A").replace("\r", "%0D")
    if not address:
        return "<>"
    if any(character in address for character in " \t<>\\") or not _balanced(address):
        return "<" + re.sub(r"([<>\\])", r"\\\1", address) + ">"
    return _entities_escaped(address)


def _entities_escaped(text: str) -> str:
    if "&" not in text:
        return text
    return re.sub(r"&(?=#?[0-9A-Za-z]{1,40};)", lambda match: "\\&" if _is_entity(text, match.start()) else "&", text)


def _balanced(address: str) -> bool:
    """Whether the parentheses balance, and nest no deeper than renderers follow."""
    depth = 0
    if "(" not in address and ")" not in address:
        return True
    for character in address:
        if character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
        if depth < 0 or depth > 30:
            return False
    return depth == 0


def title(text: str) -> str:
    """A link's or image's title with a space before it, or "" if there is none."""
    if not text:
        return ""
    text = " ".join(text.split())
    text = _entities_escaped(re.sub(r'(\\(?=[!-/:-@\[-`{-~])|\\$|")', r"\\\1", text))
    return f' "{text}"'
