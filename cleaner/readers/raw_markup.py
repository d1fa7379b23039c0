"""Raw HTML between the blocks of Markdown: whether anybody sees what is in it, and what stands behind its open tags."""

from __future__ import annotations

import re

_SUSPECT = re.compile(r"<!--|<script|<style|<template|\bhidden\b|\bstyle\s{0,9}=|\bpopover\b|<dialog", re.IGNORECASE)
_OTHER = re.compile(r"<(?!/?(?:script|style|template)\b)[a-z]", re.IGNORECASE)
_WORD = re.compile(r"\w")
_TAG = re.compile(r"<[^<>]{0,4000}>")
_FOLD = re.compile(r"\s{0,9}<(?:/?details|summary)\b", re.IGNORECASE)
# Stands for what follows; a letter for private use, which no page has here.
_BEHIND = "\uf8fe"
# Raw HTML with more in it is read up to here: what begins before it decides.
_LONGEST = 20_000


class RawMarkup:
    """Raw blocks in their order; `reason` is why nobody sees what stands behind the last one, "" if it shows."""

    def __init__(self) -> None:
        self.reason = ""
        self._open = ""
        self._depth = 0

    def leave(self, depth: int) -> None:
        """A list or a quote has ended, and all that was opened inside; `depth` is how many are still open."""
        if depth < self._depth:
            self.reason = self._open = ""

    def add(self, markup: str, depth: int) -> str:
        """Why nobody sees what is in the next raw block, "" if anything in it shows; `depth` is how deep it stands."""
        if not self._open and not _SUSPECT.search(markup):
            return ""
        from cleaner.readers.html import read  # raw blocks with anything suspect in them are rare

        opened = self._open
        page = read(f"{opened}{markup[:_LONGEST]}<p>{_BEHIND}", None).page
        reasons = [hidden or revealed for hidden, revealed in zip(page.hidden, page.revealed, strict=True)]
        seen = [reason for reason, text in zip(reasons, page.text, strict=True) if text != _BEHIND]
        behind = reasons[page.text.index(_BEHIND)] if _BEHIND in page.text else ""
        if behind and not opened:
            self._depth = depth
        self._open = f"{opened}{markup}"[:_LONGEST] if behind else ""
        self.reason = behind
        if not seen:
            # Nothing but tags and comments: those that hide go with what they hide, others may mean something.
            return behind or (opened and "hidden") or ("comment" if _is_comment(markup) else "")
        return "" if "" in seen else seen[0]


def stands_for_others(markup: str) -> bool:
    """Whether a raw block says nothing by itself: pictures, tags around other blocks, the line that opens a fold."""
    return _FOLD.match(markup) is not None or _WORD.search(_TAG.sub("", markup)) is None


def _is_comment(markup: str) -> bool:
    """Whether there is nothing but comments and elements that are never shown, with words in them."""
    pieces, at = [], 0
    while (start := markup.find("<!--", at)) >= 0:
        pieces.append(markup[at:start])
        end = markup.find("-->", start + 4)
        at = end + 3 if end >= 0 else len(markup)
    pieces.append(markup[at:])
    return not _OTHER.search("".join(pieces)) and _WORD.search(markup) is not None
