"""Which entries of a folder are left out: `--include`, `--exclude`, `.gitignore` and `.cleanerignore`.

All patterns are those of `.gitignore`. Files above the folder that was named have no say: who names a folder means it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cleaner.errors import UnreadableInput, UsageError
from cleaner.files import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pathspec import GitIgnoreSpec

# In the order of their weight: the last one that says something wins.
IGNORE_FILES = (".gitignore", ".cleanerignore")
# A hundred times the longest that anybody writes by hand.
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Selection:
    """Which files of a folder are read.

    suffixes   those that count, in lower case, with their dot
    include    patterns of files that are read instead, whatever their suffix
    exclude    patterns of files and folders that are left out
    forced     what `exclude` names is left out also where it is named itself, by its path from the current folder
    obey       read `.gitignore` and `.cleanerignore`
    """

    suffixes: frozenset[str]
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    obey: bool = True
    forced: bool = False

    def leaves_out(self, path: str) -> bool:
        """Whether a file that was named itself is left out all the same; raises UsageError for a bad pattern."""
        if not self.forced or not self.exclude:
            return False
        place = os.path.relpath(path).replace(os.sep, "/")
        return not place.startswith("../") and bool(_compiled_once(self.exclude).match_file(place))


def compiled(patterns: Iterable[str]) -> GitIgnoreSpec:
    """Patterns ready for matching; raises UsageError for one that is none."""
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError as error:
        raise UsageError(f"not a pattern of files: {error}") from None


@lru_cache(maxsize=16)
def _compiled_once(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    return compiled(patterns)


@dataclass(frozen=True, slots=True)
class _Layer:
    """The rules of one ignore file; they hold for paths that begin with `folder`, which is empty or ends in a slash."""

    folder: str
    spec: GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Ignored:
    """The rules of the ignore files from the top down to some folder."""

    layers: tuple[_Layer, ...] = ()

    def below(self, folder: str, files: Sequence[Path]) -> Ignored:
        """The rules inside `folder` (relative to the top, ending in a slash), which holds the ignore files `files`.

        Raises UnreadableInput for a file that can't be read or is no list of patterns.
        """
        found: list[_Layer] = []
        for file in files:
            lines = os.fsdecode(read_file(file, _MOST_BYTES)).splitlines()
            try:
                found.append(_Layer(folder, compiled(lines)))
            except UsageError as error:
                raise UnreadableInput(error.message) from None
        return Ignored(self.layers + tuple(found)) if found else self

    def holds(self, path: str) -> bool:
        """Whether a path relative to the top is ignored; that of a folder ends in a slash."""
        for layer in reversed(self.layers):
            said = layer.spec.check_file(path.removeprefix(layer.folder)).include
            if said is not None:
                return said
        return False
