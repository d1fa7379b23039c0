"""Types of command-line values: sizes, charset names, ranges of lines, and words out of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cleaner.settings.values import nearest, size_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem


class Size(click.ParamType[int]):
    """A number of bytes: `500000`, `500k`, `50MB`, `1GiB`."""

    name = "SIZE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number of bytes; a usage error for anything that is no size."""
        if isinstance(value, int):
            return value
        size = size_of(str(value))
        if size is None:
            self.fail(f"{value!r} is not a size such as 500k or 50MB", param, ctx)
        return size


class Charset(click.ParamType[str]):
    """The name of a charset that Python knows."""

    name = "NAME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it was given; a usage error if there is no such charset."""
        name = str(value)
        try:
            "".encode(name)
        except (LookupError, ValueError):
            self.fail(f"{name!r} is not a charset such as gb18030 or windows-1252", param, ctx)
        return name


class LineRange(click.ParamType[range]):
    """Numbers of lines, from 1 on: `12`, or `12-15` for all of them."""

    name = "N[-M]"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> range:
        """The numbers; a usage error for anything else."""
        if isinstance(value, range):
            return value
        first, dash, last = str(value).partition("-")
        if not (first.isdecimal() and (last.isdecimal() if dash else True)):
            self.fail(f"{value!r} is no line such as 12 and no range such as 12-15", param, ctx)
        numbers = range(int(first), int(last or first) + 1)
        if not numbers or not numbers[0]:
            self.fail(f"{value!r} holds no line; they are counted from 1", param, ctx)
        return numbers


class Known(click.ParamType[str]):
    """One of some words; a misspelt one is answered with the word that was probably meant."""

    def __init__(self, name: str, words: Sequence[str]) -> None:
        self.name = name.upper()
        self._words = words

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word; a usage error for any other."""
        word = str(value)
        if word not in self._words:
            self.fail(f"no {self.name.lower()} is called {word!r}: {nearest(word, self._words)}", param, ctx)
        return word

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The words that begin so."""
        from click.shell_completion import CompletionItem

        del ctx, param
        return [CompletionItem(word) for word in self._words if word.startswith(incomplete)]
