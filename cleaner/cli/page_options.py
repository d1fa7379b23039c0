"""The options that say how a page is read, judged and written: the same for all commands that write documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click

from cleaner.cli.parameters import Charset, Size
from cleaner.options import MAX_BYTES
from cleaner.verdict import Category

if TYPE_CHECKING:
    from collections.abc import Callable

Command = TypeVar("Command", bound="Callable[..., object]")
_CATEGORIES = click.Choice([str(category) for category in Category])

from_option = click.option(
    "-f",
    "--from",
    "input_kind",
    type=click.Choice(["auto", "html", "text", "markdown"]),
    default="auto",
    help="What the input is; by default its content, then its name tells.",
)
encoding_option = click.option(
    "-e", "--encoding", type=Charset(), help="The charset of the input, where you know it better."
)
max_size_option = click.option(
    "--max-size",
    "max_bytes",
    type=Size(),
    default=MAX_BYTES,
    help=f"Refuse larger inputs ({MAX_BYTES // 1_000_000}MB).",
)
_LEVEL = click.option(
    "--level",
    type=click.Choice(["none", "gentle", "standard", "strict"]),
    default="standard",
    help="How much goes: none only converts, gentle when sure, strict when in doubt.",
)
_PAGE_OPTIONS = (
    click.option("--keep", type=_CATEGORIES, metavar="CATEGORY", multiple=True, help="Never remove this; repeatable."),
    click.option("--drop", type=_CATEGORIES, metavar="CATEGORY", multiple=True, help="Always remove this; repeatable."),
    click.option("--rules", metavar="FILE", multiple=True, help="Obey the rules in this TOML file; repeatable."),
    click.option("--links/--no-links", default=True, help="Write link targets, or the text of links alone."),
    click.option("--images/--no-images", default=True, help="Write images."),
    click.option("--unsafe-links", is_flag=True, help="Keep links of every scheme, even those that run code."),
    click.option("--strip-tracking", is_flag=True, help="Take utm_source and its like out of addresses."),
    click.option("--front-matter", "front_matter", flag_value="yaml", help="Begin Markdown with the metadata as YAML."),
    click.option("--toml-front-matter", "front_matter", flag_value="toml", help="Begin Markdown with it as TOML."),
    click.option("--no-front-matter", "front_matter", flag_value="none", help="Begin Markdown with the text."),
    click.option(
        "--flavor",
        type=click.Choice(["gfm", "commonmark"]),
        default="gfm",
        help="The Markdown to write: GitHub's, or plain.",
    ),
    click.option("--reference-links", is_flag=True, help="Write the addresses of links at the end of the Markdown."),
    click.option(
        "--wrap", type=click.IntRange(min=0), metavar="N", default=0, help="Break Markdown's lines at N columns."
    ),
    encoding_option,
    click.option("--no-repair", is_flag=True, help="Leave mojibake as it is."),
    click.option(
        "--normalize",
        type=click.Choice(["none", "nfc", "nfkc"]),
        default="none",
        help="Bring the text into this Unicode form.",
    ),
    click.option(
        "--fold",
        type=click.Choice(["width", "quotes", "ligatures"]),
        multiple=True,
        help="Write full-width letters and digits, curly quotes or ligatures in ASCII; repeatable.",
    ),
)


def page_options(judge: str) -> Callable[[Command], Command]:
    """Add all of them to a command, in their order; `judge` is the name of the one that says who judges HTML."""
    judging = click.option(
        judge, "engine", type=click.Choice(["blocks", "readability"]), default="blocks", help="Who judges HTML."
    )

    def add(command: Command) -> Command:
        for option in reversed((_LEVEL, judging, *_PAGE_OPTIONS)):
            command = option(command)
        return command

    return add
