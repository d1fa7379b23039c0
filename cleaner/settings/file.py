"""One settings file: where it is found, what stands in it and in those that it extends."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.errors import UnreadableInput, UsageError
from cleaner.files import read_file
from cleaner.settings.values import SETTINGS, nearest, setting_named, value_of

if TYPE_CHECKING:
    from cleaner.settings.values import Plain

# In a folder the first of them counts; of the last only its table `tool.cleaner` is read.
NAMES = ("cleaner.toml", ".cleaner.toml", "pyproject.toml")
_SHARED = NAMES[-1]
# The file of rules that `cleaner teach` writes.
TAUGHT = "cleaner-rules.toml"
# Tables beside the settings, and the key that names another file.
_PATH, _SITE, _EXTEND = "path", "site", "extend"
# A hundred times the longest that anybody writes by hand.
_MOST_BYTES = 1_000_000
# What may differ from site to site: what is asked for after the page is read.
SITE_KEYS = ("level", "engine", "keep", "drop", "links", "images", "rules")


@dataclass(frozen=True, slots=True)
class Value:
    """What a setting is set to, and where that is said, in words."""

    value: Plain
    origin: str


Values = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Section:
    """Settings for some files: those whose path below `folder` the pattern, which is one of `.gitignore`, names."""

    folder: Path
    pattern: str
    values: Values


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """What a settings file says; that of a file it extends comes first, so that its own words win.

    sites   settings by host, which hold for the hosts below it as well
    """

    values: Values = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    sites: tuple[tuple[str, Values], ...] = ()


@lru_cache(maxsize=4096)
def settings_file_for(folder: Path) -> Path | None:
    """The settings file nearest to a folder, in it or above; None if there is none. Raises UsageError for a bad one."""
    for name in NAMES:
        path = folder / name
        if path.is_file() and (name != _SHARED or _table(path) is not None):
            return path
    return None if folder == folder.parent else settings_file_for(folder.parent)


@lru_cache(maxsize=4096)
def taught_rules_for(folder: Path) -> Path | None:
    """The file of taught rules nearest to a folder, in it or above; None if there is none."""
    path = folder / TAUGHT
    if path.is_file():
        return path
    return None if folder == folder.parent else taught_rules_for(folder.parent)


@lru_cache(maxsize=256)
def read_settings(path: Path) -> SettingsFile:
    """What a file says, with what it extends; raises UsageError, which says where, for what can't be."""
    return _read(path, ())


def _read(path: Path, before: tuple[Path, ...]) -> SettingsFile:
    if path in before:
        raise UsageError(f"it extends itself: {shown_path(path)}", hint=f"take {_EXTEND} out of one of the files")
    table = dict(_table(path) or {})
    extended = table.pop(_EXTEND, None)
    base = SettingsFile()
    if extended is not None:
        if not isinstance(extended, str):
            raise UsageError(f"{_EXTEND} = {extended!r}: {shown_path(path)}", hint="the name of a settings file")
        base = _read((path.parent / Path(extended).expanduser()).resolve(), (*before, path))
    sections = [
        Section(path.parent, pattern, _values(values, path, f'[{_PATH}."{pattern}"]'))
        for pattern, values in _tables(table.pop(_PATH, {}), path, _PATH)
    ]
    sites = [
        (host.lower(), _values(values, path, f'[{_SITE}."{host}"]', SITE_KEYS))
        for host, values in _tables(table.pop(_SITE, {}), path, _SITE)
    ]
    own = _values(table, path, "")
    return SettingsFile(base.values | own, (*base.sections, *sections), (*base.sites, *sites))


def _table(path: Path) -> dict[str, Any] | None:
    """The table of settings in a file; None if it is a shared file without one."""
    try:
        table = tomllib.loads(read_file(path, _MOST_BYTES).decode("utf-8-sig"))
    except UnreadableInput as error:
        raise UsageError(f"{error.message}: {shown_path(path)}", hint="it is to hold settings") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"not TOML: {shown_path(path)}: {error}") from None
    if path.name != _SHARED:
        return table
    tools = table.get("tool")
    own = tools.get("cleaner") if isinstance(tools, dict) else None
    if own is not None and not isinstance(own, dict):
        raise UsageError(f"tool.cleaner is no table: {shown_path(path)}")
    return own


def _tables(raw: object, path: Path, name: str) -> list[tuple[str, dict[str, Any]]]:
    if not isinstance(raw, dict) or not all(isinstance(values, dict) for values in raw.values()):
        raise UsageError(f"{name} is no table of tables: {shown_path(path)}", hint=f'write [{name}."…"]')
    return list(raw.items())


def _values(table: dict[str, Any], path: Path, section: str, allowed: tuple[str, ...] = ()) -> Values:
    where = f"{shown_path(path)} {section}".rstrip()
    values: Values = {}
    for key, raw in table.items():
        known = () if section else (_EXTEND, _PATH, _SITE)
        setting = setting_named(key, where, known)
        if section and key not in (allowed or _page_keys()):
            raise UsageError(f"{key} can't be set there: {where}", hint=nearest("", allowed or _page_keys()))
        value = value_of(setting, raw, where)
        if setting.kind == "files" and isinstance(value, tuple):
            value = tuple(str((path.parent / Path(name).expanduser()).resolve()) for name in value)
        elif setting.kind == "file":
            value = str((path.parent / Path(str(value)).expanduser()).resolve())
        values[key] = Value(value, where)
    return values


def shown_path(path: Path) -> str:
    """The file's name as a person in the current folder would write it."""
    current = Path.cwd()
    return str(path.relative_to(current) if path.is_relative_to(current) else path)


def _page_keys() -> tuple[str, ...]:
    return tuple(key for key, setting in SETTINGS.items() if setting.scope == "page")
