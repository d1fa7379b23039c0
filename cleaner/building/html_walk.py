"""From an HTML tree to the blocks of a Document, in one walk with a stack of its own: pages nest 200,000 deep.

What becomes of an element is said by rules, one a tag: `inline_rules` and `block_rules`. A rule looks at the element
when the walk comes to it, and answers with what to do when the walk leaves it, or that it should not be entered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from turbohtml import Element
from turbohtml import Text as TextNode

from cleaner.building import lists, runs, word_lists
from cleaner.document import Footnote, FootnoteReference, Link, Mark, MarkKind, Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Node

    from cleaner.building.addresses import Addresses
    from cleaner.building.footnotes import Footnotes
    from cleaner.building.tables import TableDraft
    from cleaner.document import Block, Marks, Run, Runs

# Quotes, lists and cells nest this deep in a Document; deeper ones are read as part of the last. Writers may recurse.
MAX_NESTING = 32

CODE = Mark(MarkKind.CODE)


class Skip:
    """The answer of a rule that has dealt with the element and all that is in it."""


SKIP = Skip()
Leave = Callable[["Walk"], None]
Answer = Leave | Skip | None
Rule = Callable[["Walk", Element], Answer]


class Frame:
    """A place that collects blocks: the document, an item, a cell, a quote; in the place `line`, runs alone.

    What its kind needs besides stands in one of the drafts.
    """

    __slots__ = ("blocks", "captions", "definitions", "item", "kind", "list", "runs", "table")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.blocks: list[Block] = []
        self.runs: list[Run] = []
        self.list: lists.ListDraft | None = None
        self.item: lists.ItemDraft | None = None
        self.definitions: lists.DefinitionsDraft | None = None
        self.table: TableDraft | None = None
        self.captions: list[Runs] | None = None

    def is_blank(self) -> bool:
        """Whether nothing to be seen has been collected yet."""
        return not self.blocks and all(type(run) is Text and not run.text.strip() for run in self.runs)


class Walk:
    """One walk over one tree.

    rules      what becomes of an element, by tag; `other` is for tags without a rule
    addresses  how links and images are resolved
    footnotes  those of the tree
    links, images   whether they are written at all
    show_hidden     whether elements hidden by their attributes are read too, because the judge has dealt with them
    """

    def __init__(
        self,
        rules: Mapping[str, Rule],
        other: Rule,
        addresses: Addresses,
        footnotes: Footnotes,
        *,
        links: bool = True,
        images: bool = True,
        show_hidden: bool = False,
    ) -> None:
        self._rules = rules
        self._other = other
        self.addresses = addresses
        self.footnotes = footnotes
        self.links = links
        self.images = images
        self.show_hidden = show_hidden
        self.marks: Marks = ()
        self.frame = Frame("document")
        self.frames: list[Frame] = []
        self._notes: dict[int, list[Block]] = {}
        self._from_word = False  # whether items of Word's lists stand among the blocks

    def blocks(self, root: Node) -> tuple[Block, ...]:
        """The blocks of everything in `root`, its footnotes at the end."""
        stack: list[tuple[Iterator[Node], Leave | None]] = []
        children: Iterator[Node] = iter(root.children)
        leave: Leave | None = None
        rules, other, footnotes = self._rules, self._other, self.footnotes
        while True:
            for node in children:
                if type(node) is TextNode:
                    data = node.data
                    # White space at the start of a line never shows.
                    if data and (self.frame.runs or not data.isspace()):
                        self.frame.runs.append(Text(data, self.marks))
                elif type(node) is Element:
                    answer = self._noted(node) if footnotes else rules.get(node.tag, other)(self, node)
                    if not isinstance(answer, Skip):
                        stack.append((children, leave))
                        children, leave = iter(node.children), answer
                        break
            else:
                if leave is not None:
                    leave(self)
                if not stack:
                    break
                children, leave = stack.pop()
        self._end()
        notes = (Footnote(number, tuple(blocks)) for number, blocks in sorted(self._notes.items()))
        return (*self.frame.blocks, *notes)

    def flush(self) -> None:
        """End the open paragraph; in a place of one line, a border between blocks is a space."""
        frame = self.frame
        if not frame.runs:
            return
        if frame.kind == "line":
            frame.runs.append(Text(" "))
            return
        frame.blocks.extend(map(Paragraph, runs.paragraphs(frame.runs)))
        frame.runs.clear()

    def open(self, kind: str) -> Frame:
        """Begin a place that collects blocks."""
        self.flush()
        self.frames.append(self.frame)
        self.frame = Frame(kind)
        return self.frame

    def close(self) -> Frame:
        """End the innermost place, with its open paragraph."""
        self._end()
        frame = self.frame
        self.frame = self.frames.pop()
        return frame

    def _end(self) -> None:
        """Leave nothing open in the innermost place."""
        if self.frame.kind != "line":
            self.flush()
        if self._from_word:
            self.frame.blocks = word_lists.joined(self.frame.blocks)

    def can_open(self) -> bool:
        """Whether a place may begin here: not in a line, and not too deep."""
        return len(self.frames) < MAX_NESTING and self.frame.kind != "line"

    def add(self, block: Block) -> None:
        """A finished block."""
        self.flush()
        self.frame.blocks.append(block)

    def add_word_item(self, item: word_lists.WordItem) -> None:
        """A finished item of a list that Word has pasted; it becomes a list with its neighbours when its place ends."""
        self._from_word = True
        self.flush()
        self.frame.blocks.append(item)  # type: ignore[arg-type]  # it stands in for a block until the place ends

    def marked(self, mark: Mark | Link) -> Leave | None:
        """Set what follows with a mark until the element ends."""
        before = self.marks
        if type(mark) is Link:
            self.marks = (*(other for other in before if type(other) is not Link), mark)
        elif mark in before or CODE in before:
            return None
        else:
            self.marks = (*before, mark)
        return restoring(before)

    def _noted(self, element: Element) -> Answer:
        """The rule for an element of a page with footnotes."""
        footnotes = self.footnotes
        number = footnotes.references.get(element)
        if number is not None:
            lists.drop_open_bracket(self.frame.runs)
            self.frame.runs.append(FootnoteReference(number))
            return SKIP
        if element in footnotes.back_links:
            return SKIP
        number = footnotes.notes.get(element)
        if number is None or self.frame.kind == "line":
            return self._rules.get(element.tag, self._other)(self, element)
        self.open("note")
        before, self.marks = self.marks, ()
        note = self._notes.setdefault(number, [])

        def leave(walk: Walk) -> None:
            note.extend(walk.close().blocks)
            walk.marks = before

        return leave


def restoring(marks: Marks) -> Leave:
    """What puts the marks back that held outside of an element."""

    def leave(walk: Walk) -> None:
        walk.marks = marks

    return leave
