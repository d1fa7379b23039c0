"""The settings of a command line: what it says itself, what stands above it, and how they are shown."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from cleaner.errors import ExitCode
from cleaner.files import write_standard_output
from cleaner.options import Options
from cleaner.settings.file import NAMES, shown_path
from cleaner.settings.resolve import Settings, environment, said_on_command_line
from cleaner.settings.values import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from cleaner.options import InputKind
    from cleaner.settings.file import Value

# Kinds of pages that between them ask every judge; what stands in the page doesn't matter.
_TRIED_KINDS: tuple[InputKind, ...] = ("html", "text")
_TRIAL = "<title>Bridge</title><p>The old bridge is closed until the winter."
_Function = TypeVar("_Function", bound="Callable[..., Any]")
# Values of the command line that say the opposite of the setting.
_OPPOSITE = {"repair": "no_repair", "ignore": "no_ignore"}


def settings_options(command: _Function) -> _Function:
    """The options of a command that obeys settings: which files are read, and what was learnt or trained."""
    for option in (
        click.option("--no-config", is_flag=True, help="Read no settings file."),
        click.option(
            "--config", type=click.Path(path_type=str), metavar="FILE", help="Read this settings file, no other."
        ),
        click.option(
            "--model",
            type=click.Path(path_type=str),
            metavar="FILE",
            multiple=True,
            help="Judge by a model that cleaner train made; repeatable, one of each kind.",
        ),
        click.option("--profile", metavar="FILE", help="Weigh what a site's pages share, as cleaner learn found it."),
    ):
        command = option(command)
    return command


def read_settings(context: click.Context) -> Settings:
    """The settings of a run, from the values of its command line and from the environment; raises UsageError."""
    file = context.params["config"]
    alone = context.params.get("no_config", False)
    if file is not None and alone:
        raise click.UsageError("--config does not go with --no-config")
    settings = Settings(
        environment=environment(os.environ),
        command_line=said_on_command_line(_said(context)),
        file=None if file is None else Path(file).absolute(),
        user=Path(click.get_app_dir("cleaner")) / NAMES[0],
        alone=alone,
    )
    _try_judges(settings.options(None))
    return settings


def _try_judges(options: Options) -> None:
    """Use the models of a run, and a judge that is an extra, once: what can't be used ends the run before it begins.

    Raises UsageError or MissingLibrary.
    """
    if not options.model and options.engine == "blocks":
        return
    from cleaner.pipeline import clean

    for kind in _TRIED_KINDS:
        trial = Options(input_kind=kind, model=options.model, engine=options.engine)
        _ = clean(_TRIAL, options=trial).metadata.title


def with_run_settings(context: click.Context, settings: Settings) -> Mapping[str, Any]:
    """The values of the command line; those that it doesn't give itself are as the settings of the current folder."""
    given = dict(context.params)
    for key, value in settings.values(None).items():
        setting = SETTINGS[key]
        name = _OPPOSITE.get(setting.field, setting.field)
        if setting.scope == "page" or _is_given(context, name):
            continue
        if key == "to" and any(given.get(flag) for flag in ("in_place", "check", "diff")):
            continue  # nothing is written in another format
        given[name] = (not value.value) if setting.field in _OPPOSITE else value.value
    return given


def show(settings: Settings, paths: Iterable[str | None]) -> ExitCode:
    """Write the settings for each path as TOML, with the origin of each as a comment; None is the current folder."""
    parts = []
    for path in paths:
        heading = "" if path is None else f"# {path}\n"
        # Of a folder, the settings of whatever file it holds.
        said = settings.values(os.path.join(path, "*") if path is not None and os.path.isdir(path) else path)
        lines = [_line(key, said.get(key)) for key in SETTINGS]
        lines += [f"# what cleaner teach wrote: {shown_path(file)}\n" for file in settings.taught(path)]
        parts.append(heading + "".join(lines))
    write_standard_output("\n".join(parts).encode("utf-8", "backslashreplace"))
    return ExitCode.DONE


def _line(key: str, said: Value | None) -> str:
    """A setting with its value and origin; those that have none until they are needed stand as a comment."""
    if said is not None:
        return f"{key} = {_toml(said.value)}  # {said.origin}\n"
    default = getattr(Options(), SETTINGS[key].field, None)
    return f"# {key}: default\n" if default is None else f"{key} = {_toml(default)}  # default\n"


def _said(context: click.Context) -> dict[str, Any]:
    """The settings that the command line itself gives, by key."""
    said: dict[str, Any] = {}
    for key, setting in SETTINGS.items():
        name = _OPPOSITE.get(setting.field, setting.field)
        if name in context.params and _is_given(context, name):
            value = context.params[name]
            if setting.kind == "files":
                value = tuple(map(os.path.abspath, value))
            said[key] = (not value) if setting.field in _OPPOSITE else value
    return said


def _is_given(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is ParameterSource.COMMANDLINE


def _toml(value: object) -> str:
    if isinstance(value, tuple | frozenset):
        return f"[{', '.join(_toml(one) for one in sorted(value))}]"
    return json.dumps(value, ensure_ascii=False)
