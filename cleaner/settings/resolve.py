"""From all that is said to the options for one file.

The last of these that says something wins: cleaner's own defaults; the settings file nearest to the input, or where
there is none the user's own; the sections of that file, in their order; the environment; the command line.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.errors import UsageError
from cleaner.options import Options, Site
from cleaner.settings.file import TAUGHT, Value, read_settings, settings_file_for, shown_path, taught_rules_for
from cleaner.settings.values import SETTINGS, nearest, setting_named, value_in_words
from cleaner.verdict import Category

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cleaner.options import UserRule
    from cleaner.settings.file import Values
    from cleaner.settings.values import Setting

_PREFIX = "CLEANER_"
# Variables of ours that are no settings.
_OTHERS = frozenset(("CLEANER_DEBUG",))
_OPPOSITES = (("keep", "drop"), ("drop", "keep"))

Above = tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is said about the settings of a run.

    environment, command_line   what wins over all files, by key
    file    the one settings file to read, whatever is near the inputs; None to look for those
    user    the user's own settings file, whether or not there is one
    alone   read no settings file at all
    """

    environment: Above = ()
    command_line: Above = ()
    file: Path | None = None
    user: Path | None = None
    alone: bool = False

    def values(self, path: str | None) -> Values:
        """What is set for a file, by key; for a run in the current folder if `path` is None. Raises UsageError."""
        return _values(*self._key(path))

    def options(self, path: str | None) -> Options:
        """The options for a file; equal settings give the same object. Raises UsageError for what can't be."""
        return _options(*self._key(path), self.taught(path))

    def taught(self, path: str | None) -> tuple[Path, ...]:
        """The files of taught rules that hold for a file: the nearest to it, and the user's own.

        With one settings file for all, that beside it.
        """
        if self.alone:
            return ()
        if self.file is not None:
            beside: list[Path | None] = [self.file.parent / TAUGHT]
        else:
            beside = [taught_rules_for(_folder(path)), self.own_taught()]
        return tuple(dict.fromkeys(file for file in beside if file is not None and file.is_file()))

    def own_taught(self) -> Path | None:
        """The user's own file of taught rules, whether or not there is one."""
        return None if self.user is None else self.user.parent / TAUGHT

    def _key(self, path: str | None) -> tuple[Path | None, tuple[int, ...], Above, Above]:
        file = self.settings_file(path)
        sections = () if path is None else _sections(file, os.path.abspath(path))
        return file, sections, self.environment, self.command_line

    def settings_file(self, path: str | None) -> Path | None:
        """The settings file that holds for a file, or for a run in the current folder; None if there is none."""
        return self._file_for(_folder(path))

    def _file_for(self, folder: Path) -> Path | None:
        if self.alone or self.file is not None:
            return self.file
        found = settings_file_for(folder)
        return self.user if found is None and self.user is not None and self.user.is_file() else found


def _folder(path: str | None) -> Path:
    absolute = os.path.abspath(path or os.curdir)
    return Path(absolute if path is None else os.path.dirname(absolute))


def forget() -> None:
    """Read settings and rules anew from now on: a file has been written."""
    for cached in (_options, taught_rules_for):
        cached.cache_clear()


def environment(variables: Mapping[str, str]) -> Above:
    """What `CLEANER_*` says; raises UsageError for a bad value, and for a name that is nearly a setting's."""
    found = []
    by_name = {_PREFIX + key.upper().replace("-", "_"): key for key in SETTINGS}
    for name, text in sorted(variables.items()):
        if not name.startswith(_PREFIX) or name in _OTHERS or not text:
            continue
        if name in by_name:
            setting = SETTINGS[by_name[name]]
            value = value_in_words(setting, text, name)
            found.append((setting.key, Value(_from_here(setting, value), name)))
        elif (hint := nearest(name.removeprefix(_PREFIX), SETTINGS)).startswith("did you"):
            raise UsageError(f"there is no setting {name}: the environment", hint=hint)
    return tuple(found)


def said_on_command_line(values: Mapping[str, Any]) -> Above:
    """Settings from the values of a command line, by key; they have been checked. Files are of the current folder."""
    return tuple((key, Value(_from_here(SETTINGS[key], value), "command line")) for key, value in values.items())


def _from_here(setting: Setting, value: Any) -> Any:
    """Names of files as they are from any folder."""
    if setting.kind == "files":
        return tuple(os.path.abspath(file) for file in value)
    return os.path.abspath(value) if setting.kind == "file" else value


def _sections(file: Path | None, absolute: str) -> tuple[int, ...]:
    """The numbers of the sections that hold for a file."""
    said = None if file is None else read_settings(file)
    if said is None or not said.sections:
        return ()
    numbers = []
    for number, section in enumerate(said.sections):
        below = os.path.relpath(absolute, section.folder)
        if not below.startswith(os.pardir) and _matches(section.pattern, below):
            numbers.append(number)
    return tuple(numbers)


def _matches(pattern: str, path: str) -> bool:
    return bool(_compiled(pattern).match_file(path.replace(os.sep, "/")))


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines([pattern])
    except ValueError as error:
        raise UsageError(f"not a pattern of files: {error}") from None


@lru_cache(maxsize=1024)
def _values(file: Path | None, sections: tuple[int, ...], variables: Above, command_line: Above) -> Values:
    values: Values = {}
    layers: list[Values] = []
    if file is not None:
        said = read_settings(file)
        layers = [said.values, *(said.sections[number].values for number in sections)]
    for layer in (*layers, dict(variables), dict(command_line)):
        _refuse_both(layer)
        for key, opposite in _OPPOSITES:
            if key in layer and opposite in values:
                values[opposite] = _without(values[opposite], layer[key])
        values |= layer
    return values


def _refuse_both(layer: Values) -> None:
    if "keep" in layer and "drop" in layer:
        both = sorted({*_words(layer["keep"])} & {*_words(layer["drop"])})
        if both:
            raise UsageError(f"both keep and drop: {', '.join(both)}: {layer['keep'].origin}")


def _without(value: Value, other: Value) -> Value:
    return Value(tuple(word for word in _words(value) if word not in _words(other)), value.origin)


def _words(value: Value) -> tuple[str, ...]:
    return value.value if isinstance(value.value, tuple) else ()


@lru_cache(maxsize=1024)
def _options(
    file: Path | None, sections: tuple[int, ...], variables: Above, command_line: Above, taught: tuple[Path, ...]
) -> Options:
    fields = _fields(_values(file, sections, variables, command_line), taught)
    fixed = {key for key, _ in (*variables, *command_line)}
    sites = () if file is None else read_settings(file).sites
    changes = []
    for host, values in sites:
        changed = _fields({key: value for key, value in values.items() if key not in fixed}, taught)
        if "rules" not in values:
            changed.pop("rules", None)
        changes.append(Site(host, tuple(sorted(changed.items()))))
    return Options(**fields, sites=tuple(changes))


def _fields(values: Values, taught: tuple[Path, ...]) -> dict[str, Any]:
    """Fields of `Options`; the settings of a run are none. Taught rules hold besides whatever rules are named."""
    fields: dict[str, Any] = {}
    for key, value in values.items():
        setting = setting_named(key, value.origin)
        if setting.scope == "page":
            fields[setting.field] = _field(setting.field, value)
    if taught:
        fields["rules"] = fields.get("rules", ()) + _rules(taught)
    return fields


def _rules(files: Iterable[str | Path]) -> tuple[UserRule, ...]:
    """The rules of files. Where there are none, nothing of what reads them is loaded."""
    from cleaner.settings.rule_file import read_rules

    return tuple(rule for file in dict.fromkeys(files) for rule in read_rules(file))


def _field(name: str, value: Value) -> object:
    if name in {"keep", "drop"}:
        return frozenset(Category(word) for word in _words(value))
    if name == "rules":
        return _rules(_words(value)) if _words(value) else ()
    if name == "profile":
        from cleaner.profiles.file import read_profile

        return read_profile(shown_path(Path(str(value.value))))
    return frozenset(_words(value)) if name == "fold" else value.value
