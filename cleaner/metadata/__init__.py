"""Who, when, where: what is known about a document, from its page's head and from the lines beside its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.metadata.body import find_body
from cleaner.metadata.candidates import Candidate
from cleaner.metadata.choose import choose
from cleaner.metadata.dates import order_of
from cleaner.metadata.head import read_front_matter, read_head
from cleaner.metadata.language import SAMPLE, language_of
from cleaner.metadata.lines import read_lines
from cleaner.metadata.sections import read_trail
from cleaner.page import BlockKind

if TYPE_CHECKING:
    from cleaner.document import Metadata
    from cleaner.metadata.body import Body
    from cleaner.metadata.candidates import Field
    from cleaner.metadata.groups import Contest
    from cleaner.page import Page
    from cleaner.verdict import Judgement

__all__ = ["read_metadata"]


def read_metadata(
    page: Page, judgement: Judgement, contests: dict[Field, Contest] | None = None, model: str | None = None
) -> Metadata:
    """What the page says of its document; what it doesn't say stays None.

    Dates are ISO 8601 (`2020-08-09`, `2020-08-09T08:34:13`, with an offset where the page states one). Several people
    are joined by a comma. `evidence` says for each field where it was found.
    `contests`, where it is given, is filled with what competed for each field. `model` is a file of weights that count
    instead of the shipped ones.
    """
    body = find_body(page, judgement)
    found = read_head(page, judgement, body)
    if page.kind == "markdown" and page.block_kind and page.block_kind[0] == BlockKind.FRONT_MATTER:
        found += read_front_matter(page.text[0])
    if page.kind == "html" and not any(one.field == "section" for one in found):
        found += read_trail(page, judgement, body)
    if page.head.title:
        found.append(Candidate("title", page.head.title, "title", ("window",)))
    tag = page.head.language or next((one.value for one in found if one.field == "language"), "")
    language = language_of(_sample(page, body), tag)
    order = order_of(tag if tag.lower().startswith(language or "-") else language, page.url or "")
    # What people read beside the title comes before what software wrote into the head, for fields that take the first.
    metadata = choose(read_lines(page, judgement, body, order) + found, order, page, contests, model)
    metadata.language = language
    if language:
        metadata.evidence["language"] = "text"
    return metadata


def _sample(page: Page, body: Body) -> str:
    """The first characters of what is kept, the title last: names in it are in any language."""
    parts, size = [], 0
    for index in body.kept:
        if index != body.title:
            parts.append(page.text[index])
            size += len(page.text[index])
            if size >= SAMPLE:
                break
    if body.title is not None and size < SAMPLE:
        parts.append(page.text[body.title])
    return "\n".join(parts)
