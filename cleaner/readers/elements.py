"""What the elements of HTML mean to the reader: which begin a block, which render nothing, what they say of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cleaner.page import BlockKind, Flag

if TYPE_CHECKING:
    from turbohtml import Element

# Elements that a browser lays out as blocks by default, and those that stand apart from the text around them.
BLOCKS = frozenset(
    """
    html body address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main marquee menu nav ol optgroup p
    plaintext pre search section summary table tbody td tfoot th thead tr ul xmp button
    """.split()
)

# Elements whose content is never shown as text: code, resources, form state, fallbacks for old browsers.
UNRENDERED = frozenset(
    """
    annotation annotation-xml area applet audio base basefont bgsound canvas col colgroup datalist embed frame iframe
    img input link map meta meter noembed noframes noscript object option optgroup param picture progress rp script
    select source style svg template textarea title track video wbr
    """.split()
)


def shows_fallback(element: Element) -> bool:
    """Whether an `object` shows what is in it: browsers do where there is no `data` (HTML, 4.8.7)."""
    return not element.attr("data")


HEADING_LEVELS = {f"h{level}": level for level in range(1, 7)}
LISTS = frozenset(("ul", "ol", "menu", "dir"))
PREFORMATTED = frozenset(("pre", "listing", "plaintext", "xmp"))
IMAGES = frozenset(("img", "picture"))
# What is seen without being text, `hr` apart, and what readers without scripts get in its place.
EMBEDDED = frozenset(("img", "picture", "video", "audio", "iframe", "embed", "input", "noscript"))
INPUTS = frozenset(("input", "select", "textarea"))

# Plain integers: operations on IntFlag members are twenty times slower, and the walk does several a node.
TAG_FLAGS: dict[str, int] = {
    "a": Flag.LINK.value,
    "b": Flag.BOLD.value,
    "strong": Flag.BOLD.value,
    "code": Flag.CODE.value,
    "kbd": Flag.CODE.value,
    "samp": Flag.CODE.value,
    "button": Flag.BUTTON.value,
    "nav": Flag.NAV.value,
    "header": Flag.HEADER.value,
    "footer": Flag.FOOTER.value,
    "aside": Flag.ASIDE.value,
    "main": Flag.MAIN.value,
    "article": Flag.ARTICLE.value,
    "form": Flag.FORM.value,
    "search": Flag.FORM.value,
    "table": Flag.TABLE.value,
    "blockquote": Flag.QUOTE.value,
    "figure": Flag.FIGURE.value,
    "figcaption": Flag.FIGURE.value,
    "dialog": Flag.DIALOG.value,
    "section": Flag.SECTION.value,
    "p": Flag.PARAGRAPH.value,
    "time": Flag.TIME.value,
    "summary": Flag.SUMMARY.value,
    "noscript": Flag.NOSCRIPT.value,
    **dict.fromkeys(LISTS, Flag.LIST.value),
    **dict.fromkeys(HEADING_LEVELS, Flag.HEADING.value),
    **dict.fromkeys(PREFORMATTED, Flag.PREFORMATTED.value),
}

ROLE_FLAGS: dict[str, int] = {
    "navigation": Flag.NAV.value,
    "menu": Flag.NAV.value,
    "menubar": Flag.NAV.value,
    "banner": Flag.HEADER.value,
    "contentinfo": Flag.FOOTER.value,
    "complementary": Flag.ASIDE.value,
    "main": Flag.MAIN.value,
    "article": Flag.ARTICLE.value,
    "dialog": Flag.DIALOG.value,
    "alertdialog": Flag.DIALOG.value,
    "search": Flag.FORM.value,
    "form": Flag.FORM.value,
    "button": Flag.BUTTON.value,
    "heading": Flag.HEADING.value,
}

TAG_KINDS: dict[str, int] = {
    "li": BlockKind.ITEM.value,
    "blockquote": BlockKind.QUOTE.value,
    "td": BlockKind.CELL.value,
    "th": BlockKind.CELL.value,
    "caption": BlockKind.CAPTION.value,
    "figcaption": BlockKind.CAPTION.value,
    "dt": BlockKind.TERM.value,
    "dd": BlockKind.TERM.value,
}

# Attributes that name what an element is for; their values are the words that features look up. Most elements have
# only the first two of them.
NAMING_ATTRIBUTES = ("class", "id", "role", "itemprop", "itemtype", "aria-label", "data-testid", "data-component")
RARE_NAMES = ",".join(f"[{name}]" for name in NAMING_ATTRIBUTES[2:])


class Meaning(NamedTuple):
    """What an element means by its tag alone; `level` is that of a heading, else 0."""

    sort: int
    flags: int
    level: int
    is_list: bool


INLINE: Final = 0
BLOCK: Final = 1
SILENT: Final = 2
BREAK: Final = 3


class Meanings(dict[str, Meaning]):
    """The meaning of each tag, found when it is first met; `shown` are tags that are rendered here after all."""

    def __init__(self, *, shown: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self._silent = UNRENDERED - shown

    def __missing__(self, tag: str) -> Meaning:
        if tag in self._silent:
            sort = SILENT
        elif tag == "br":
            sort = BREAK
        else:
            sort = BLOCK if tag in BLOCKS or "-" in tag else INLINE
        meaning = Meaning(sort, TAG_FLAGS.get(tag, 0), HEADING_LEVELS.get(tag, 0), tag in LISTS)
        if len(self) < _MOST_TAGS:
            self[tag] = meaning
        return meaning


_MOST_TAGS = 1_000  # HTML has a tenth of that; broken pages have any
