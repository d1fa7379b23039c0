"""What becomes of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.building import code, runs, tables
from cleaner.building.block_rules import block, code_rule
from cleaner.building.html_walk import SKIP
from cleaner.building.inline_rules import is_out

if TYPE_CHECKING:
    from turbohtml import Element

    from cleaner.building.html_walk import Answer, Rule, Walk


def _table(walk: Walk, element: Element) -> Answer:
    if is_out(walk, element):
        return SKIP
    if code.is_code_box(element, element.attrs.get("class") or ()):
        return code_rule(walk, element)
    for frame in reversed(walk.frames):
        if frame.table is not None:
            frame.table.nested = True
            break
    if not walk.can_open():
        return block(walk, element)
    draft = tables.begin_table(element)
    walk.open("table").table = draft

    def leave(walk: Walk) -> None:
        for part in (*walk.close().blocks, *tables.finish_table(draft)):
            walk.add(part)

    return leave


def _row(walk: Walk, element: Element) -> Answer:
    draft = walk.frame.table
    if draft is None:
        return block(walk, element)
    if is_out(walk, element):
        return SKIP
    draft.rows.append([])
    return None


def _cell(walk: Walk, element: Element) -> Answer:
    draft = walk.frame.table
    if draft is None or not draft.rows or not walk.can_open():
        return block(walk, element)
    if is_out(walk, element):
        return SKIP
    row = draft.rows[-1]
    walk.open("cell")

    def leave(walk: Walk) -> None:
        row.append(tables.cell_draft(element, tuple(walk.close().blocks)))

    return leave


def _table_caption(walk: Walk, element: Element) -> Answer:
    draft = walk.frame.table
    if draft is None:
        return block(walk, element)
    if is_out(walk, element):
        return SKIP
    walk.open("line")

    def leave(walk: Walk) -> None:
        draft.caption = runs.one_line(walk.close().runs)

    return leave


RULES: dict[str, Rule] = {
    **dict.fromkeys(("td", "th"), _cell),
    "caption": _table_caption,
    "table": _table,
    "tr": _row,
}
