"""The part of a page that its readers see, as a page of its own; containers stay, their ranges follow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from cleaner.page import Page

_COLUMNS = (
    "text", "block_kind", "level", "start", "end", "link_chars", "links", "bold_chars", "breaks", "container", "flags",
    "revealed", "inline_words", "candidate", "shared", "shared_place",
)  # fmt: skip


def visible_part(page: Page, visible: list[int]) -> Page:
    """A page of the blocks `visible` alone, in their order; the page itself if that is all of it."""
    if len(visible) == len(page):
        return page
    seen = np.zeros(len(page) + 1, np.int64)
    seen[np.array(visible, np.int64) + 1] = 1
    before = np.cumsum(seen)
    columns: dict[str, Any] = {}
    for name in _COLUMNS:
        column = getattr(page, name)
        columns[name] = [column[index] for index in visible] if column else []
    containers = replace(
        page.containers,
        first=before[np.array(page.containers.first)].tolist(),
        last=before[np.array(page.containers.last)].tolist(),
    )
    return replace(page, **columns, hidden=[""] * len(visible), containers=containers)
