"""A profile as a file that a person can read and shorten: JSON, one line for the file, for each site, for each text.

A line of a text that is taken out is forgotten; so is a site whose line goes with those of its texts.
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cleaner
from cleaner.errors import UnreadableInput, UsageError
from cleaner.files import read_file, write_file
from cleaner.profile import Profile, Repeat, SiteProfile

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = 1
_NAME = "cleaner-profile"
_AGAIN = "make it anew with: cleaner learn"
_MOST_BYTES = 1_000_000_000
_KEY_DIGITS = 16
_PLACES = ("head", "inside", "foot")


def write_profile(profile: Profile, path: str | os.PathLike[str]) -> None:
    """Write a profile, whole or not at all. Raises UnwritableOutput."""
    write_file(Path(path), "".join(line + "\n" for line in _lines(profile)).encode())


def _lines(profile: Profile) -> Iterator[str]:
    yield _json({_NAME: VERSION, "cleaner": cleaner.__version__, "sites": len(profile.sites)})
    for site in profile.sites.values():
        yield _json({"site": site.host, "pages": site.pages})
        for key, repeat in sorted(site.repeats.items(), key=lambda item: (-item[1].pages, item[1].excerpt, item[0])):
            share = round(repeat.pages / site.pages, 3)
            yield _json(
                {
                    "text": f"{key:016x}",
                    "pages": repeat.pages,
                    "share": share,
                    "place": repeat.place,
                    "excerpt": repeat.excerpt,
                }
            )


def _json(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_profile(path: str | os.PathLike[str]) -> Profile:
    """The profile in a file. Raises UsageError if there is none in it, or one of another version.

    Of each text `pages` counts; `share` is for people.
    """
    try:
        return _parsed(read_file(Path(path), _MOST_BYTES), os.fspath(path))
    except UnreadableInput as error:
        raise UsageError(f"{error.message}: {os.fspath(path)}", hint="cleaner learn makes a profile") from None


@lru_cache(maxsize=4)
def _parsed(data: bytes, path: str) -> Profile:
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise _no_profile(path) from None
    rows = ((number, _row(line, number, path)) for number, line in enumerate(lines, 1) if line.strip())
    _, first = next(rows, (1, {}))
    if _NAME not in first:
        raise _no_profile(path)
    if first[_NAME] != VERSION:
        raise UsageError(f"a profile of version {first[_NAME]}, where {VERSION} is read: {path}", hint=_AGAIN)
    sites: list[SiteProfile] = []
    repeats: dict[int, Repeat] | None = None
    for number, row in rows:
        try:
            if "site" in row:
                repeats = {}
                sites.append(SiteProfile(str(row["site"]), _positive(row["pages"]), repeats))
            elif repeats is None:
                raise ValueError  # noqa: TRY301 - a text without a site
            else:
                repeats[_key(row["text"])] = _repeat(row)
        except (KeyError, TypeError, ValueError):
            raise UsageError(f"line {number} is no line of a profile: {path}", hint=_AGAIN) from None
    if not any(site.repeats for site in sites):
        raise UsageError(f"there is nothing in the profile: {path}", hint=_AGAIN)
    return Profile.of(sites)


def _row(line: str, number: int, path: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        if number == 1:
            raise _no_profile(path)
        raise UsageError(f"line {number} is no line of a profile: {path}", hint=_AGAIN)
    return row


def _repeat(row: dict[str, Any]) -> Repeat:
    if row["place"] not in _PLACES:
        raise ValueError(row["place"])
    return Repeat(_positive(row["pages"]), row["place"], str(row["excerpt"]))


def _key(value: str) -> int:
    if len(value) != _KEY_DIGITS:
        raise ValueError(value)
    return int(value, 16)


def _positive(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(value)
    return value


def _no_profile(path: str) -> UsageError:
    return UsageError(f"not a profile: {path}", hint="cleaner learn makes one")
