"""From a page and what was decided about it to the blocks of its document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.building import block_rules, inline_rules, list_rules, media_rules, table_rules
from cleaner.building.addresses import Addresses
from cleaner.building.block_rules import other
from cleaner.building.footnotes import find_footnotes
from cleaner.building.html_walk import Walk
from cleaner.building.prune import prune
from cleaner.options import Options

if TYPE_CHECKING:
    from turbohtml import Node

    from cleaner.document import Block
    from cleaner.readers.html import HtmlReading
    from cleaner.verdict import Judgement

_RULES = {
    **inline_rules.RULES,
    **media_rules.RULES,
    **block_rules.RULES,
    **list_rules.RULES,
    **table_rules.RULES,
}


def build(reading: HtmlReading, judgement: Judgement, options: Options) -> tuple[Block, ...]:
    """The kept blocks of the page. Takes the reading's tree apart: nothing else can be read from it afterwards."""
    root = reading.document.root
    if root is None:
        return ()
    prune(reading, judgement, options)
    addresses = _addresses(reading.page.head.base, reading.page.url or "", options)
    # What is hidden has been judged: what is left of it is what readers see after all.
    return _walked(root, addresses, options, show_hidden=True)


def build_tree(root: Node, *, base: str = "", options: Options | None = None) -> tuple[Block, ...]:
    """The blocks of everything visible in a tree; `base` is its `<base href>`, "" if it has none."""
    options = options or Options()
    return _walked(root, _addresses(base, "", options), options, show_hidden=False)


def _addresses(base: str, url: str, options: Options) -> Addresses:
    return Addresses(base, url, keep_unsafe=options.unsafe_links, strip_tracking=options.strip_tracking)


def _walked(root: Node, addresses: Addresses, options: Options, *, show_hidden: bool) -> tuple[Block, ...]:
    walk = Walk(
        _RULES,
        other,
        addresses,
        find_footnotes(root),
        links=options.links,
        images=options.images,
        show_hidden=show_hidden,
    )
    return walk.blocks(root)
