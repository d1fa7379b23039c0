"""A corpus of labelled pages: a folder with `gold.jsonl`, a JSON object a line for each page, and `pages/<id>.html`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cleaner.errors import UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HINT = "a corpus holds gold.jsonl and pages/<id>.html"


@dataclass(frozen=True, slots=True)
class Gold:
    """What a person says of a page; "" where nothing is said.

    url       its address; "" for what is none
    language  a code such as `en`
    kind      such as `article` or `forum`; scores are told by it
    text      the whole content, a paragraph a line; None if only snippets are known
    present   snippets that are content
    absent    snippets that are not
    file      the page's HTML
    """

    corpus: str
    id: str
    url: str
    language: str
    kind: str
    text: str | None
    title: str
    author: str
    date: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    file: Path

    def html(self) -> bytes:
        """The page's bytes; raises UnreadableInput if the file is missing."""
        try:
            return self.file.read_bytes()
        except OSError as error:
            raise UnreadableInput(f"{(error.strerror or str(error)).lower()}: {self.file}", hint=_HINT) from None


def read_gold(folder: Path) -> Iterator[Gold]:
    """The pages in the order of `gold.jsonl`; raises UnreadableInput, which names the line, for what is no corpus."""
    path = folder / "gold.jsonl"
    count = 0
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    count += 1
                    yield _gold(line, folder, f"{path}:{number}")
    except OSError as error:
        raise UnreadableInput(f"{(error.strerror or str(error)).lower()}: {path}", hint=_HINT) from None
    except UnicodeDecodeError:
        raise UnreadableInput(f"not UTF-8: {path}", hint=_HINT) from None
    if not count:
        raise UnreadableInput(f"no pages in it: {path}", hint=_HINT)


def _gold(line: str, folder: Path, where: str) -> Gold:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise UnreadableInput(f"no JSON: {where}", hint=_HINT) from None
    if not isinstance(row, dict):
        raise UnreadableInput(f"no JSON object: {where}", hint=_HINT)
    name = _text(row, "id", where)
    if not name or "/" in name or "\\" in name:
        raise UnreadableInput(f"no id that a file can be named by: {where}", hint=_HINT)
    url = _text(row, "url", where)
    return Gold(
        corpus=folder.name,
        id=name,
        url=url if "://" in url else "",
        language=_text(row, "lang", where),
        kind=_text(row, "type", where),
        text=None if row.get("text") is None else _text(row, "text", where),
        title=_text(row, "title", where),
        author=_text(row, "author", where),
        date=_text(row, "date", where),
        present=_snippets(row, "with", where),
        absent=_snippets(row, "without", where),
        file=folder / "pages" / f"{name}.html",
    )


def _text(row: dict[str, Any], key: str, where: str) -> str:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise UnreadableInput(f"{key} is no text: {where}")
    return value or ""


def _snippets(row: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = row.get(key) or ()
    if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
        raise UnreadableInput(f"{key} is no list of texts: {where}")
    return tuple(values)
