"""Characters written another way, only where that was asked for: Unicode forms, full-width letters, quotes, ligatures.

None of it is a repair: full-width punctuation and curly quotes are right in Chinese, so by default nothing is folded.
What isn't prose stays as it is: tags, programs, preformatted text and code, and addresses.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.options import Fold, Normalize, Options

# Full-width letters and digits; punctuation of that width belongs to Chinese and Japanese text.
_WIDE: dict[int, int | str] = {
    code + 0xFEE0: code for first, last in ("09", "AZ", "az") for code in range(ord(first), ord(last) + 1)
}
_NARROW_KANA = re.compile("[\uff66-\uff9f]+")
_QUOTES: dict[int, int | str] = {**dict.fromkeys(map(ord, "‘’‚‛"), "'"), **dict.fromkeys(map(ord, "“”„‟"), '"')}
_LIGATURES: dict[int, int | str] = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFB00, 0xFB07), 0x132, 0x133)
}

_NOT_PROSE_IN_HTML = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|pre|code|kbd|samp|textarea|math)\b.*?(?:</\1\s{0,9}>|\Z)|<[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_ADDRESS = r"https?://[^\s<>\"')\]]+|www\.[^\s<>\"')\]]+"
_NOT_PROSE_IN_MARKDOWN = re.compile(
    r"^[ ]{0,3}(`{3,99}|~{3,99})[^\n]*\n.*?(?:^[ ]{0,3}\1[^\n]*$|\Z)"  # fenced code
    r"|`[^`\n]+`|\]\([^)\s]*|^[ ]{0,3}\[[^\]\n]+\]:[^\n]*$"  # other code, targets of links, their definitions
    rf"|<[^<>\n]+>|{_ADDRESS}",
    re.DOTALL | re.MULTILINE,
)
_NOT_PROSE_IN_TEXT = re.compile(_ADDRESS)
# What compatibility forms would make tags, references and marks of: text stays text.
_NO_TAGS = str.maketrans({"＜": "&lt;", "﹤": "&lt;", "＞": "&gt;", "﹥": "&gt;", "＆": "&amp;", "﹠": "&amp;"})
_NO_MARKS = re.compile("[＃＆＊＋－．＜＝＞［＼］＿｀｜～﹟﹠﹡﹢﹣﹤﹥﹦﹨]+")
# References to characters beyond ASCII; `&lt;` and its like are markup's own.
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")


def folded(text: str, kind: str, options: Options) -> str:
    """The prose of a text of the given kind (html, markdown, text), folded as the options say; twice changes nothing.

    In HTML, references (`&ldquo;`) to characters beyond ASCII become these characters first.
    """
    if options.normalize == "none" and not options.fold:
        return text
    change = _change(options.normalize, options.fold)
    if kind == "html":
        no_tags = _NO_TAGS if options.normalize == "nfkc" else {}
        return _outside(
            _NOT_PROSE_IN_HTML, text, lambda prose: change(_REFERENCE.sub(_character, prose).translate(no_tags))
        )
    if kind == "markdown":
        return _outside(_NOT_PROSE_IN_MARKDOWN, text, lambda prose: _outside(_NO_MARKS, prose, change))
    return _outside(_NOT_PROSE_IN_TEXT, text, change)


def _outside(pattern: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    """The text with everything changed that the pattern doesn't match."""
    parts: list[str] = []
    done = 0
    for match in pattern.finditer(text):
        parts += change(text[done : match.start()]), match[0]
        done = match.end()
    return "".join((*parts, change(text[done:])))


def _character(reference: re.Match[str]) -> str:
    character = html.unescape(reference[0])
    return character if len(character) == 1 and character > "\xa0" else reference[0]


@cache
def _change(form: Normalize, fold: frozenset[Fold]) -> Callable[[str], str]:
    table: dict[int, int | str] = {}
    for name, characters in (("width", _WIDE), ("quotes", _QUOTES), ("ligatures", _LIGATURES)):
        if name in fold:
            table.update(characters)

    def change(text: str) -> str:
        if text.isascii():
            return text
        if "width" in fold:
            text = _NARROW_KANA.sub(lambda kana: unicodedata.normalize("NFKC", kana[0]), text)
        text = text.translate(table)
        if form == "none":
            return text
        return unicodedata.normalize("NFC" if form == "nfc" else "NFKC", text)

    return change
