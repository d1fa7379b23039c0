"""Lists of items and of definitions, put together from what the walk finds between their tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.document import (
    Definition,
    DefinitionList,
    Heading,
    ListBlock,
    ListItem,
    MarkKind,
    Paragraph,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from turbohtml import Element

    from cleaner.document import Block, Run, Runs

# CommonMark reads numbers of at most nine digits.
_LARGEST_START = 999_999_999


# Task boxes that are drawn: Notion, Discourse.
_TICKED = frozenset({"checkbox-on", "checked"})
_BOXES = frozenset({"checkbox-on", "checkbox-off", "chcklst-box"})


@dataclass(slots=True)
class ItemDraft:
    """An item while it is being read."""

    blocks: list[Block] = field(default_factory=list)
    checked: bool | None = None


@dataclass(slots=True)
class ListDraft:
    """A list while it is being read."""

    ordered: bool
    start: int
    items: list[ItemDraft] = field(default_factory=list)


def begin_list(element: Element) -> ListDraft:
    """The draft of an `ol`, `ul`, `menu` or `dir` element."""
    return ListDraft(element.tag == "ol", _start(element.attr("start")))


def begin_item(draft: ListDraft) -> ItemDraft:
    """A new item at the end of the list."""
    item = ItemDraft()
    draft.items.append(item)
    return item


def set_task(item: ItemDraft, *, checked: bool) -> None:
    """A task box; the first counts."""
    if item.checked is None:
        item.checked = checked


def task_box(classes: Iterable[str]) -> bool | None:
    """Whether an element of these classes is a ticked task box, an open one, or none (None)."""
    if _BOXES.isdisjoint(classes):
        return None
    return not _TICKED.isdisjoint(classes)


def collect_loose(draft: ListDraft, blocks: list[Block]) -> None:
    """What stands in a list outside of its items is an item of its own; `blocks` is emptied."""
    draft.items.extend(ItemDraft([block]) for block in blocks)
    blocks.clear()


def attach_list(draft: ListDraft, nested: ListBlock, loose: list[Block]) -> None:
    """A list directly within a list belongs to the item before it."""
    collect_loose(draft, loose)
    if draft.items:
        draft.items[-1].blocks.append(nested)
    else:
        draft.items.append(ItemDraft([nested]))


def finish_list(draft: ListDraft, loose: list[Block]) -> ListBlock | None:
    """The list, or None if nothing is in it; items without content go."""
    collect_loose(draft, loose)
    items = tuple(ListItem(tuple(item.blocks), item.checked) for item in draft.items if item.blocks)
    return ListBlock(items, draft.ordered, draft.start) if items else None


def _start(value: str | None) -> int:
    text = (value or "").strip()
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        return 1
    return min(int(text), _LARGEST_START)


@dataclass(slots=True)
class _Group:
    terms: list[Runs] = field(default_factory=list)
    descriptions: list[tuple[Block, ...]] = field(default_factory=list)


@dataclass(slots=True)
class DefinitionsDraft:
    """A list of definitions while it is being read."""

    groups: list[_Group] = field(default_factory=list)


def add_definition(draft: DefinitionsDraft, tag: str, blocks: list[Block]) -> None:
    """What stands in a `dt` or `dd` element, the next of its list."""
    if not blocks:
        return
    if not draft.groups or (tag == "dt" and draft.groups[-1].descriptions):
        draft.groups.append(_Group())
    terms = lines(blocks) if tag == "dt" else []
    rest = blocks[len(terms) :]
    draft.groups[-1].terms.extend(terms)
    if rest:
        draft.groups[-1].descriptions.append(tuple(rest))


def finish_definitions(draft: DefinitionsDraft) -> DefinitionList | None:
    """The list, or None if nothing is in it."""
    if not draft.groups:
        return None
    return DefinitionList(tuple(Definition(tuple(group.terms), tuple(group.descriptions)) for group in draft.groups))


def lines(blocks: list[Block]) -> list[Runs]:
    """The blocks at the beginning that are single lines, which is all that a term or a caption holds."""
    found: list[Runs] = []
    for block in blocks:
        if not isinstance(block, Paragraph | Heading):
            break
        found.append(block.runs)
    return found


def drop_open_bracket(runs: list[Run]) -> None:
    """Some pages write the brackets of a footnote's mark outside the link; the reference has its own."""
    if (
        runs
        and type(runs[-1]) is Text
        and runs[-1].text.strip() == "["
        and any(getattr(mark, "kind", None) is MarkKind.SUPERSCRIPT for mark in runs[-1].marks)
    ):
        runs.pop()
