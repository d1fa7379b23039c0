"""Writers of parts: rows in, one file out. A new format is one module and one line here."""

from __future__ import annotations

from importlib import import_module
from typing import IO, TYPE_CHECKING, NamedTuple, Protocol, cast

from cleaner.errors import MissingLibrary, UsageError

if TYPE_CHECKING:
    from cleaner.shards.recipe import Compression, Recipe
    from cleaner.shards.row import Row
    from cleaner.shards.store import Store


class PartWriter(Protocol):
    """Takes the rows of one part in their order; the same rows give the same bytes."""

    def add(self, row: Row) -> None:
        """Write a row."""

    def close(self) -> None:
        """Write what is still to be written; the file stays open."""


class _Make(Protocol):
    def __call__(self, file: IO[bytes], name: str, recipe: Recipe, store: Store) -> PartWriter: ...


class _Format(NamedTuple):
    """Where a writer lives (a string, so that nothing is imported before it is used), its suffix, how it compresses."""

    writer: str
    suffix: str
    compressions: tuple[Compression, ...] = ("none", "gz", "zst")


FORMATS = {
    "jsonl": _Format("cleaner.shards.parts.jsonl:JsonLines", ".jsonl"),
    "parquet": _Format("cleaner.shards.parts.parquet:Parquet", ".parquet", ("none",)),
    "warc": _Format("cleaner.shards.parts.warc:Conversions", ".warc"),
    "files": _Format("cleaner.shards.parts.files:Folder", ".jsonl"),
}


def suffix_of(recipe: Recipe) -> str:
    """The end of the name of a part."""
    packed = "" if recipe.compression == "none" else f".{recipe.compression}"
    return FORMATS[recipe.format].suffix + packed


def refuse_unwritable(recipe: Recipe) -> None:
    """Raise UsageError if parts can't be written as asked here."""
    form = FORMATS[recipe.format]
    if recipe.compression not in form.compressions:
        raise UsageError(
            f"--compress does not go with --format {recipe.format}", hint="its parts are compressed inside"
        )
    for needed, library, extra in (
        (recipe.compression == "zst", "zstandard", "zstd"),
        (recipe.format == "parquet", "pyarrow", "parquet"),
    ):
        if needed:
            try:
                import_module(library)
            except ImportError:
                raise MissingLibrary.of_extra(extra, f"such parts need {library}") from None


def part_writer(file: IO[bytes], name: str, recipe: Recipe, store: Store) -> PartWriter:
    """The writer of the part of that name into a file; what else it makes goes into the store."""
    module, writer = FORMATS[recipe.format].writer.split(":")
    return cast("_Make", getattr(import_module(module), writer))(file, name, recipe, store)
