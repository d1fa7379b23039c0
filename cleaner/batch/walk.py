"""The files below a folder, in the order of their names; links are never followed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


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


def walk(folder: str, suffixes: frozenset[str], output: str | None) -> Iterator[Entry]:
    """All entries below `folder`: regular files with one of the `suffixes`, and what is skipped or unreadable.

    Hidden files and folders are skipped, and so is the output folder, where it stands inside. Links are never followed:
    those that stay in the tree lead to what is found anyway, others to what was not asked for, or round in circles.
    """
    avoided = os.path.realpath(output) if output is not None else None
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Entry(Found.UNREADABLE, here, (error.strerror or str(error)).lower())
            continue
        folders: list[str] = []
        for entry in entries:
            if entry.name.startswith("."):
                yield Entry(Found.SKIPPED, entry.path, "hidden")
            elif not entry.is_dir(follow_symlinks=False):
                yield _judged(entry, suffixes)
            elif os.path.realpath(entry.path) != avoided:
                folders.append(entry.path)
        waiting.extend(reversed(folders))


def _judged(entry: os.DirEntry[str], suffixes: frozenset[str]) -> Entry:
    if os.path.splitext(entry.name)[1].lower() not in suffixes:
        return Entry(Found.SKIPPED, entry.path, "of other kinds")
    if entry.is_symlink():
        return Entry(Found.SKIPPED, entry.path, "links")
    if not entry.is_file(follow_symlinks=False):
        return Entry(Found.SKIPPED, entry.path, "not regular files")
    return Entry(Found.FILE, entry.path)
