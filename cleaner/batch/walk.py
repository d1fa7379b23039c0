"""The files below a folder, in the order of their names; links are never followed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.batch.ignore import IGNORE_FILES, Ignored, compiled
from cleaner.errors import UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathspec import GitIgnoreSpec

    from cleaner.batch.ignore import Selection


class Found(Enum):
    """What becomes of an entry of a folder."""

    FILE = auto()
    SKIPPED = auto()
    UNREADABLE = auto()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a folder; `reason` says why it is skipped, or can't be read."""

    kind: Found
    path: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder still to be read: its path, its path relative to the top, and the ignore rules that hold in it."""

    path: str
    relative: str
    ignored: Ignored


def walk(folder: str, selection: Selection, output: str | None) -> Iterator[Entry]:
    """All entries below `folder`: regular files of the selection, and what is skipped or unreadable.

    Hidden files and folders are skipped, and so is the output folder, where it stands inside. Links are never followed:
    those that stay in the tree lead to what is found anyway, others to what was not asked for, or round in circles.
    """
    avoided = os.path.realpath(output) if output is not None else None
    include = compiled(selection.include) if selection.include else None
    exclude = compiled(selection.exclude) if selection.exclude else None
    waiting = [_Folder(folder, "", Ignored())]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here.path) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Entry(Found.UNREADABLE, here.path, (error.strerror or str(error)).lower())
            continue
        ignored = here.ignored
        names = [entry.path for entry in entries if entry.name in IGNORE_FILES] if selection.obey else []
        try:
            ignored = ignored.below(here.relative, [Path(name) for name in sorted(names, key=_weight)])
        except UnreadableInput as error:
            yield Entry(Found.UNREADABLE, names[0], str(error))
        folders: list[_Folder] = []
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            relative = f"{here.relative}{entry.name}{'/' if is_folder else ''}"
            if entry.name.startswith("."):
                yield Entry(Found.SKIPPED, entry.path, "hidden")
            elif exclude is not None and exclude.match_file(relative):
                yield Entry(Found.SKIPPED, entry.path, "excluded")
            elif ignored.holds(relative):
                yield Entry(Found.SKIPPED, entry.path, "ignored")
            elif not is_folder:
                yield _judged(entry, relative, selection.suffixes, include)
            elif os.path.realpath(entry.path) != avoided:
                folders.append(_Folder(entry.path, relative, ignored))
        waiting.extend(reversed(folders))


def _judged(entry: os.DirEntry[str], relative: str, suffixes: frozenset[str], include: GitIgnoreSpec | None) -> Entry:
    if include is not None and not include.match_file(relative):
        return Entry(Found.SKIPPED, entry.path, "not included")
    if include is None and os.path.splitext(entry.name)[1].lower() not in suffixes:
        return Entry(Found.SKIPPED, entry.path, "of other kinds")
    if entry.is_symlink():
        return Entry(Found.SKIPPED, entry.path, "links")
    if not entry.is_file(follow_symlinks=False):
        return Entry(Found.SKIPPED, entry.path, "not regular files")
    return Entry(Found.FILE, entry.path)


def _weight(path: str) -> int:
    return IGNORE_FILES.index(os.path.basename(path))
