"""The settings there are, and how a value of each is read from TOML, from the environment or from a word."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from cleaner.errors import UsageError
from cleaner.verdict import Category

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Kind = Literal["choice", "choices", "words", "file", "files", "switch", "count", "seconds", "size", "charset"]
Scope = Literal["page", "run"]
Plain = str | bool | int | float | tuple[str, ...]

_SIZE = re.compile(r"(\d{1,15})\s?([kmg]?)(i?)b?", re.IGNORECASE)
_TRUE, _FALSE = frozenset(("1", "true", "yes", "on")), frozenset(("0", "false", "no", "off"))


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    key      its name in a settings file; in the environment `CLEANER_` and the key in capitals with `_` for `-`
    field    the field of `Options`, or for a run's settings the name of the command line's value
    scope    `page`: may differ from file to file; `run`: holds for a whole run
    choices  the words allowed; empty where any are
    least    the smallest number allowed
    """

    key: str
    field: str
    kind: Kind
    scope: Scope = "page"
    choices: tuple[str, ...] = ()
    least: int = 0


_CATEGORIES = tuple(str(category) for category in Category)
SETTINGS = {
    setting.key: setting
    for setting in (
        Setting("from", "input_kind", "choice", choices=("auto", "html", "text", "markdown")),
        Setting("level", "level", "choice", choices=("none", "gentle", "standard", "strict")),
        Setting("engine", "engine", "choice", choices=("blocks", "readability")),
        Setting("encoding", "encoding", "charset"),
        Setting("repair", "repair", "switch"),
        Setting("normalize", "normalize", "choice", choices=("none", "nfc", "nfkc")),
        Setting("fold", "fold", "choices", choices=("width", "quotes", "ligatures")),
        Setting("keep", "keep", "choices", choices=_CATEGORIES),
        Setting("drop", "drop", "choices", choices=_CATEGORIES),
        Setting("rules", "rules", "files"),
        Setting("profile", "profile", "file"),
        Setting("model", "model", "files"),
        Setting("links", "links", "switch"),
        Setting("images", "images", "switch"),
        Setting("unsafe-links", "unsafe_links", "switch"),
        Setting("strip-tracking", "strip_tracking", "switch"),
        Setting("front-matter", "front_matter", "choice", choices=("none", "yaml", "toml")),
        Setting("flavor", "flavor", "choice", choices=("gfm", "commonmark")),
        Setting("reference-links", "reference_links", "switch"),
        Setting("wrap", "wrap", "count"),
        Setting("max-size", "max_bytes", "size"),
        Setting("to", "to", "choice", "run", ("markdown", "text", "json", "jsonl", "html")),
        Setting("include", "include", "words", "run"),
        Setting("exclude", "exclude", "words", "run"),
        Setting("ignore", "ignore", "switch", "run"),
        Setting("jobs", "jobs", "count", "run", least=1),
        Setting("timeout", "timeout", "seconds", "run"),
        Setting("max-memory", "max_memory", "size", "run"),
        Setting("color", "color", "choice", "run", ("auto", "always", "never")),
    )
}


def setting_named(key: str, where: str, known: Iterable[str] = ()) -> Setting:
    """The setting of that key; raises UsageError, which names the nearest one (or of the words `known`), if none is."""
    found = SETTINGS.get(key)
    if found is None:
        raise UsageError(f"there is no setting {key!r}: {where}", hint=nearest(key, (*SETTINGS, *known)))
    return found


def value_of(setting: Setting, raw: object, where: str) -> Plain:
    """A value as TOML gives it, checked; raises UsageError for one that the setting can't have."""
    try:
        return _READ[setting.kind](setting, raw)
    except _Wrong as wrong:
        raise UsageError(f"{setting.key} = {_written(raw)}: {where}", hint=str(wrong)) from None


def value_in_words(setting: Setting, text: str, where: str) -> Plain:
    """A value from the environment: lists are separated by commas, switches say true or false."""
    raw: object = text.strip()
    if setting.kind in {"choices", "words", "files"}:
        raw = [word.strip() for word in text.split(",") if word.strip()]
    elif setting.kind == "switch" and text.strip().lower() in _TRUE | _FALSE:
        raw = text.strip().lower() in _TRUE
    elif setting.kind in {"count", "seconds"}:
        raw = _number(text.strip())
    return value_of(setting, raw, where)


def size_of(text: str) -> int | None:
    """The bytes of a size such as `500000`, `500k`, `50MB` or `1GiB`; None for what is no size."""
    match = _SIZE.fullmatch(text.strip())
    if match is None or not int(match[1]):
        return None
    return int(int(match[1]) * (1024 if match[3] else 1000) ** " kmg".index(match[2].lower() or " "))


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the word that was probably meant; all of them if none is near."""
    known = tuple(known)
    close = difflib.get_close_matches(word.lower().replace("_", "-"), known, 1)
    return f"did you mean {close[0]}?" if close else f"there are: {', '.join(known)}"


class _Wrong(Exception):
    """A value that is none, and what would be one."""


def _choice(setting: Setting, raw: object) -> str:
    if not isinstance(raw, str) or raw not in setting.choices:
        raise _Wrong(nearest(raw if isinstance(raw, str) else "", setting.choices))
    return raw


def _choices(setting: Setting, raw: object) -> tuple[str, ...]:
    return tuple(_choice(setting, word) for word in _words(setting, raw))


def _words(_setting: Setting, raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(word, str) for word in raw):
        raise _Wrong("a list of words in brackets")
    return tuple(raw)


def _file(_setting: Setting, raw: object) -> str:
    if not isinstance(raw, str) or not raw:
        raise _Wrong("the name of a file")
    return raw


def _switch(_setting: Setting, raw: object) -> bool:
    if not isinstance(raw, bool):
        raise _Wrong("true or false")
    return raw


def _count(setting: Setting, raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or raw < setting.least:
        raise _Wrong(f"a whole number from {setting.least} on")
    return raw


def _seconds(_setting: Setting, raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not raw > 0:
        raise _Wrong("a number of seconds")
    return float(raw)


def _size(_setting: Setting, raw: object) -> int:
    size = size_of(str(raw)) if not isinstance(raw, bool) else None
    if size is None:
        raise _Wrong("a size such as 500k or 50MB")
    return size


def _charset(_setting: Setting, raw: object) -> str:
    try:
        "".encode(str(raw))
    except (LookupError, ValueError):
        raise _Wrong("a charset such as gb18030 or windows-1252") from None
    return str(raw)


def _number(text: str) -> object:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def _written(raw: object) -> str:
    text = str(raw).lower() if isinstance(raw, bool) else repr(raw)
    return text if len(text) <= 60 else f"{text[:60]}…"


_READ: dict[Kind, Callable[[Setting, object], Plain]] = {
    "choice": _choice,
    "choices": _choices,
    "words": _words,
    "file": _file,
    "files": _words,
    "switch": _switch,
    "count": _count,
    "seconds": _seconds,
    "size": _size,
    "charset": _charset,
}
