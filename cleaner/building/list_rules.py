"""What becomes of lists, of items and of definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.building import lists
from cleaner.building.block_rules import block
from cleaner.building.html_walk import SKIP
from cleaner.building.inline_rules import is_out

if TYPE_CHECKING:
    from turbohtml import Element

    from cleaner.building.html_walk import Answer, Rule, Walk


def _list(walk: Walk, element: Element) -> Answer:
    if not walk.can_open():
        return block(walk, element)
    if is_out(walk, element):
        return SKIP
    draft = lists.begin_list(element)
    walk.open("list").list = draft

    def leave(walk: Walk) -> None:
        block = lists.finish_list(draft, walk.close().blocks)
        if block is None:
            return
        around = walk.frame
        if around.list is not None:
            walk.flush()
            lists.attach_list(around.list, block, around.blocks)
        else:
            walk.add(block)

    return leave


def _item(walk: Walk, element: Element) -> Answer:
    around = walk.frame
    if around.list is None or not walk.can_open():
        return block(walk, element)
    if is_out(walk, element):
        return SKIP
    walk.flush()
    lists.collect_loose(around.list, around.blocks)
    item = lists.begin_item(around.list)
    walk.open("item").item = item

    def leave(walk: Walk) -> None:
        item.blocks = walk.close().blocks

    return leave


def _definitions(walk: Walk, element: Element) -> Answer:
    if not walk.can_open():
        return block(walk, element)
    if is_out(walk, element):
        return SKIP
    draft = lists.DefinitionsDraft()
    walk.open("definitions").definitions = draft

    def leave(walk: Walk) -> None:
        for loose in walk.close().blocks:
            walk.add(loose)
        block = lists.finish_definitions(draft)
        if block is not None:
            walk.add(block)

    return leave


def _definition(walk: Walk, element: Element) -> Answer:
    around, tag = walk.frame.definitions, element.tag
    if around is None or not walk.can_open():
        return block(walk, element)
    if is_out(walk, element):
        return SKIP
    walk.open(tag)

    def leave(walk: Walk) -> None:
        lists.add_definition(around, tag, walk.close().blocks)

    return leave


RULES: dict[str, Rule] = {
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _list),
    **dict.fromkeys(("dt", "dd"), _definition),
    "dl": _definitions,
    "li": _item,
}
