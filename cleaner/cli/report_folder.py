"""`cleaner report`: what a batch did to a whole folder, from its manifest."""

from __future__ import annotations

import json
import os
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.batch.inventory import BINS, read_inventory
from cleaner.cli import charts, report_page
from cleaner.cli.console import report, shown
from cleaner.cli.report_page import Code, Link
from cleaner.cli.root import CONTEXT
from cleaner.cli.settings import read_settings, settings_options
from cleaner.cli.tables import aligned
from cleaner.errors import CleanerError, ExitCode, UsageError
from cleaner.files import read_file, write_file, write_standard_output

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cleaner.batch.inventory import Inventory, Listed
    from cleaner.cli.report_page import Cell
    from cleaner.settings.resolve import Settings

_FORMATS = {".html": "html", ".htm": "html", ".json": "json"}
_UNKNOWN = "(not known)"


@click.command("report", context_settings=CONTEXT)
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "html", "json"]),
    help="What comes out; by the name of FILE, else text. HTML needs the extra report.",
)
@click.option("--most", type=click.IntRange(min=1), metavar="N", default=20, help="Name so many pages and hosts (20).")
@click.option(
    "--explanations",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Explain the least sure pages in this folder, and link them.",
)
@settings_options
def report_folder(
    folder: Path, output: Path | None, shape: str | None, most: int, explanations: Path | None, **_said: Any
) -> int:
    """What a batch did to the output folder OUT, from its manifest.

    Counts by outcome, category and host, charsets, how sure the pages are, the least sure ones with what explains them,
    and the slowest ones. Pages are explained as the settings say now.
    """
    shape = shape or _FORMATS.get("" if output is None else output.suffix.lower(), "text")
    if explanations is not None and (shape != "html" or output is None):
        raise UsageError("--explanations goes with a page in a file", hint="-o report.html")
    inventory = read_inventory(folder, most)
    links: dict[str, str] = {}
    if explanations is not None and output is not None:
        settings = read_settings(click.get_current_context())
        links = _explained(inventory.least_sure, explanations, output.absolute().parent, settings)
    written = _WRITERS[shape](inventory, links).encode("utf-8", "backslashreplace")
    if output is None:
        write_standard_output(written)
    else:
        write_file(output, written)
    return ExitCode.DONE


def _explained(pages: Iterable[Listed], folder: Path, base: Path, settings: Settings) -> dict[str, str]:
    """Write an explanation of each page to the folder; their addresses from `base`, by input.

    A page that can't be read any more is told, and has none.
    """
    from cleaner.explanation.page import write_page
    from cleaner.pipeline import clean

    links: dict[str, str] = {}
    for number, page in enumerate(pages, 1):
        try:
            options = settings.options(page.input)
            data = read_file(Path(page.input), options.max_bytes)
            explained = write_page(clean(data, name=page.input, options=options))
        except CleanerError as error:
            report(error, page.input)
            continue
        path = folder / f"{number:04}.html"
        write_file(path, explained.encode("utf-8", "replace"))
        links[page.input] = Path(os.path.relpath(path.absolute(), base)).as_posix()
    return links


def _json(inventory: Inventory, _links: Mapping[str, str]) -> str:
    return json.dumps(asdict(inventory), ensure_ascii=False, indent=2) + "\n"


def _text(inventory: Inventory, _links: Mapping[str, str]) -> str:
    parts = [f"{shown(inventory.folder)}: {_summary(inventory)}\n"]
    for title, headings, rows in _tables(inventory):
        if rows:
            cells = [headings, *([_in_text(cell) for cell in row] for row in rows)]
            parts.append(f"{title}\n" + "".join(f"  {line}\n" for line in aligned(cells)))
    return "\n".join(parts)


def _html(inventory: Inventory, links: Mapping[str, str]) -> str:
    parts = [report_page.head(f"cleaner report: {shown(inventory.folder)}"), report_page.paragraph(_summary(inventory))]
    drawn = _charts(inventory)
    for title, headings, rows in _tables(inventory, links):
        if not rows:
            continue
        numbers = [place for place, cell in enumerate(rows[0]) if isinstance(cell, int | float)]
        parts += [f"<section>\n<h2>{title}</h2>\n", drawn.get(title, ""), report_page.table_head(headings, numbers)]
        parts += [report_page.table_row(row) for row in rows]
        parts += [report_page.table_end(), "</section>\n"]
    return "".join([*parts, report_page.foot()])


_WRITERS = {"text": _text, "html": _html, "json": _json}
_OUTCOMES, _REMOVED, _HOSTS = "Outcomes", "What was removed", "Hosts"
_CHARSETS, _SURENESS, _LEAST_SURE, _SLOWEST = "Charsets", "How sure", "Least sure pages", "Slowest pages"
_Table = tuple[str, "Sequence[str]", "Sequence[Sequence[Cell]]"]


def _charts(inventory: Inventory) -> dict[str, str]:
    """The charts, by the table that each stands above."""
    found: dict[str, str] = {}
    for title, counts in ((_OUTCOMES, inventory.outcomes), (_HOSTS, inventory.hosts)):
        if counts:
            found[title] = charts.bars([_named(one.name) for one in counts], [one.pages for one in counts], title)
    if inventory.categories:
        names, blocks = [one.name for one in inventory.categories], [one.blocks for one in inventory.categories]
        found[_REMOVED] = charts.bars(names, blocks, "Blocks and lines removed, by category")
    if any(inventory.histogram):
        found[_SURENESS] = charts.histogram(inventory.histogram, "Pages by how sure their cleaning is")
    return found


def _tables(inventory: Inventory, links: Mapping[str, str] | None = None) -> list[_Table]:
    """Everything that is told, as tables."""
    known = [(place / BINS, count) for place, count in enumerate(inventory.histogram) if count]
    return [
        (_OUTCOMES, ("outcome", "pages"), [(one.name, one.pages) for one in inventory.outcomes]),
        (
            _REMOVED,
            ("category", "blocks or lines", "pages"),
            [(one.name, one.blocks, one.pages) for one in inventory.categories],
        ),
        (_SURENESS, ("sureness", "pages"), [(f"{low:.2f} to {low + 1 / BINS:.2f}", count) for low, count in known]),
        (_LEAST_SURE, ("sureness", "page", "explained"), [_unsure(page, links or {}) for page in inventory.least_sure]),
        (
            _HOSTS,
            ("host", "pages", "without a document", "mean sureness"),
            [(_named(one.name), one.pages, one.without, one.sureness) for one in inventory.hosts],
        ),
        (_CHARSETS, ("charset", "pages"), [(one.name, one.pages) for one in inventory.charsets]),
        (
            _SLOWEST,
            ("seconds", "page", "outcome"),
            [(page.seconds, shown(page.input), page.outcome) for page in inventory.slowest],
        ),
    ]


def _unsure(page: Listed, links: Mapping[str, str]) -> Sequence[Cell]:
    link = links.get(page.input)
    how = Link("why", link) if link else Code(f"cleaner explain {shlex.quote(shown(page.input))}")
    return (page.sureness, shown(page.input), how)


def _summary(inventory: Inventory) -> str:
    pages = "1 page" if inventory.pages == 1 else f"{inventory.pages:,} pages"
    return f"{pages}, {inventory.seconds:,.1f} seconds of work"


def _named(name: str) -> str:
    return shown(name) or _UNKNOWN


def _in_text(cell: Cell) -> str:
    match cell:
        case None:
            return "-"
        case Link() | Code():
            return cell.text
        case float():
            return f"{cell:.2f}"
        case _:
            return str(cell)
