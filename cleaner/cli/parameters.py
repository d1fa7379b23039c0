"""Types of command-line values: sizes and charset names."""

from __future__ import annotations

import click

from cleaner.settings.values import size_of


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
