"""How Markdown is to look: its flavour, where the addresses of links stand, how wide its lines are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.writers.markdown_escape import destination, title

if TYPE_CHECKING:
    from cleaner.options import Options


@dataclass(slots=True)
class Style:
    """What the writers of blocks and of lines share while they write one document.

    footnotes   whether the document has any, so that `[^1]` means something
    commonmark  write what CommonMark has no form for as what it has one for, or as HTML
    references  the addresses of links stand at the end of the document
    width       the columns that are left for the lines of a paragraph; 0 if they are not broken
    """

    footnotes: bool = False
    commonmark: bool = False
    references: bool = False
    width: int = 0
    keep_unsafe: bool = False
    _labels: dict[str, int] = field(default_factory=dict)

    def target(self, address: str, name: str) -> str:
        """What stands behind the text of a link: where it leads and its title, or the number of its definition."""
        written = destination(address) + title(name)
        if not self.references:
            return f"({written})"
        return f"[{self._labels.setdefault(written, len(self._labels) + 1)}]"

    def definitions(self) -> str:
        """The definitions that the links written so far refer to, one a line."""
        return "\n".join(f"[{number}]: {written}" for written, number in self._labels.items())


def style_of(options: Options, *, footnotes: bool) -> Style:
    """The style that the options ask for."""
    return Style(
        footnotes=footnotes,
        commonmark=options.flavor == "commonmark",
        references=options.reference_links,
        width=options.wrap,
        keep_unsafe=options.unsafe_links,
    )
