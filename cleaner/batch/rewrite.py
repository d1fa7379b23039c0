"""Cleaning a text or Markdown file in place: its new bytes, in the style of the old ones."""

from __future__ import annotations

import codecs
from itertools import islice
from typing import TYPE_CHECKING

from cleaner.errors import NothingLeft, UnwritableOutput, UsageError

if TYPE_CHECKING:
    from cleaner.batch.diff import Diff
    from cleaner.document import Document

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_ENDS = ("\r\n", "\n", "\r")


def would_change(document: Document, data: bytes) -> bool:
    """Whether cleaning changes the input `data`, of which `document` was made: lines out, characters repaired.

    HTML is asked for removals only: it is read into another format, not edited.
    """
    return bool(document.removed) or (
        document.kind != "html" and _line_feeds(_decoded(document, data)) != document.source
    )


def refuse_emptying(document: Document) -> None:
    """Raises NothingLeft if nothing would be left: no file is emptied, and no check says that one would be."""
    if document.outcome == "nothing":
        raise NothingLeft("nothing would be left, so the file stays as it is", hint="--explain shows what would go")


def rewritten(document: Document, data: bytes) -> bytes:
    """The cleaned document in the charset, line ends and byte-order mark of `data`, of which it was made.

    A document that cleaning does not change comes back to the byte. Raises UsageError for HTML, NothingLeft if there
    would be no text, UnwritableOutput if some of `data` was not readable in its charset, and so would be lost.
    """
    if document.kind == "html":
        raise UsageError("HTML is not rewritten in place", hint="name an output with -o")
    if not would_change(document, data):
        return data
    refuse_emptying(document)
    before = _decoded(document, data)
    mark, encoding = _mark(data) or (b"", document.encoding.name)
    if mark + _encoded(before, encoding) != data:
        raise UnwritableOutput(f"some bytes are not {encoding}, and would be lost", hint="name the charset with -e")
    text = _without_removals(document) if document.kind == "text" else document.to_markdown()
    if not before.endswith(("\n", "\r")):
        text = text.rstrip("\n")
    new = _encoded(text.replace("\n", _line_end(before)), encoding)
    if not new:
        hint = "name an output with -o, which is UTF-8"
        raise UnwritableOutput(f"the repaired text can not be written in {encoding}", hint=hint)
    return mark + new


def _without_removals(document: Document) -> str:
    """The text with what was removed taken out, and every other character as it was.

    Where lines went, one of the blank lines around them stays, if there were any; none at the beginning and the end.
    """
    removals = [(removal.start, removal.end) for removal in document.removed]
    out: list[str] = []
    blank: list[str] = []
    gone, at, first = False, 0, 0
    for line in document.source.split("\n"):
        end = at + len(line)
        while first < len(removals) and removals[first][1] <= at:
            first += 1
        kept = _outside(document.source, at, end, removals, first)
        if not line.strip():
            blank.append(line)
        elif not kept.strip():
            gone = True
        else:
            out += blank if not gone else blank[:1] if out else []
            out.append(kept)
            blank, gone = [], False
        at = end + 1
    return "\n".join(out + ([""] if gone else blank))


def _outside(source: str, start: int, end: int, removals: list[tuple[int, int]], first: int) -> str:
    """What of a line is outside the removals, which are in order; the `first` one is not before the line."""
    parts, at = [], start
    for begin, stop in islice(removals, first, None):
        if begin >= end:
            break
        parts.append(source[at : max(at, begin)])
        at = max(at, min(stop, end))
    parts.append(source[at:end])
    return "".join(parts)


def difference(document: Document, data: bytes, name: str, shape: Diff) -> bytes:
    """What rewriting would change, as a unified diff in UTF-8. Raises as `rewritten` does."""
    from cleaner.batch.diff import unified_diff

    after = _decoded(document, rewritten(document, data))
    return unified_diff(_decoded(document, data), after, name, shape)


def _encoded(text: str, encoding: str) -> bytes:
    """The text in a charset; nothing if the charset lacks some of it, or is none that Python can write."""
    from cleaner.decoding import codec_of

    try:
        return text.encode(codec_of(encoding))
    except (UnicodeEncodeError, LookupError):
        return b""


def _decoded(document: Document, data: bytes) -> str:
    from cleaner.decoding import decode, decode_as

    asked = document.options.encoding
    return (decode(data) if asked is None else decode_as(data, asked)).text


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line_end(text: str) -> str:
    """The line end that most lines have."""
    windows = text.count("\r\n")
    counts = (windows, text.count("\n") - windows, text.count("\r") - windows)
    return max(zip(counts, _LINE_ENDS, strict=True), key=lambda pair: pair[0])[1] if any(counts) else "\n"


def _mark(data: bytes) -> tuple[bytes, str] | None:
    return next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), None)
