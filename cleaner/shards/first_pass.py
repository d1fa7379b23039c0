"""The first of two passes over inputs: what their sites share is learnt, so that the second can weigh it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import CleanerError, UnreadableInput
from cleaner.files import read_file
from cleaner.profiles.learn import Learner
from cleaner.records import Failure, Record, format_of, read_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.options import Options
    from cleaner.profile import Profile
    from cleaner.records import Fields
    from cleaner.shards.plan import Shard


def learn_over(shards: Sequence[Shard], fields: Fields, options: Options) -> Profile:
    """What the sites of all pages of the shards share; what can't be read is left to the second pass to tell."""
    learner = Learner(options)
    for source in dict.fromkeys(source for shard in shards for source in shard.sources):
        with suppress(CleanerError):
            for _, page in pages_of(source, fields, options.max_bytes):
                if isinstance(page, Record):
                    take_in(learner, page)
    return learner.profile()


def pages_of(source: str, fields: Fields, max_bytes: int) -> Iterator[tuple[str, Record | CleanerError]]:
    """Each page of a file under the name that messages give it, or the reason why it can't be read.

    Raises CleanerError if nothing of the file can be.
    """
    if format_of(source) is None:
        yield source, Record(source, 0, read_file(Path(source), max_bytes))
        return
    for item in read_records(source, fields, max_bytes=max_bytes):
        name = f"{source}/{item.number}"
        if isinstance(item, Record):
            yield name, item
        elif isinstance(item, Failure):
            yield name, UnreadableInput(item.message)


def take_in(learner: Learner, page: Record) -> CleanerError | None:
    """Learn from a page under the name that it is cleaned under; the reason why that can't be, or None."""
    try:
        learner.add(page.content, url=page.url, name=page.id or page.source, declared=page.charset)
    except CleanerError as error:
        return error
    return None
