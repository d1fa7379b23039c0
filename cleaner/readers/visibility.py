"""Which elements a reader of the page never sees: by attribute, by inline style, by the page's own style rules.

The cascade is a small one: rules that could hide are indexed by the rarest part of their last selector, the others are
asked only about elements that such a rule has hit. Style sheets that the page links to are not at hand; what they could
undo (a colour, a font size of zero further down) counts as hidden only where no such sheet is linked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cleaner.readers.media import is_for_screens
from cleaner.readers.reveal import REVERSIBLE
from cleaner.readers.sheets import read_sheets, split_selectors
from cleaner.readers.styles import ENTRANCES, background_of, color_of, declarations, hiding, is_same, size_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Document, Element

    from cleaner.readers.sheets import Source


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks inside an element: why it is hidden ("" if it shows), its colour and what it stands on."""

    reason: str = ""
    color: str = ""
    background: str = ""

    @property
    def final(self) -> bool:
        """Whether nothing inside can be seen again; only `visibility` and sizes may be turned back by a descendant."""
        return bool(self.reason) and not self.reason.startswith(("visibility", "font-size"))


class _Style(NamedTuple):
    """What a style says of the text inside: why it is hidden, its colours, and which hiding around it it undoes."""

    reason: str
    color: str
    background: str
    shows_again: str
    plain: bool  # says nothing of all this

    @classmethod
    def of(cls, style: dict[str, str], *, linked: bool, moving: bool) -> _Style:
        """`linked` is whether a style sheet that isn't at hand may undo a font size, `moving` whether scripts run."""
        reason, size = hiding(style, moving=moving), size_of_text(style)
        if not reason and not linked and size.startswith("font-size"):
            reason = size
        color, background = color_of(style.get("color")), background_of(style)
        if not background and style.get("position", "").startswith(("absolute", "fixed")):
            background = "image"  # it may lie over anything
        shows_again = _shows_again(style, size)
        return cls(reason, color, background, shows_again, not (reason or color or background or shows_again))


class _Body(NamedTuple):
    """What a rule says by itself: why it hides, how large its text is, if it sets colours, what it undoes."""

    reason: str
    size: str
    colors: bool
    shows_again: str

    @classmethod
    def of(cls, style: dict[str, str], *, moving: bool) -> _Body:
        size = size_of_text(style)
        return cls(hiding(style, moving=moving), size, not style.keys().isdisjoint(_COLORS), _shows_again(style, size))


class _Rule(NamedTuple):
    """One selector of a rule; what only rules that apply are asked for is read then."""

    serial: int
    selector: str
    key: str
    body: str

    @property
    def order(self) -> tuple[int, int, int, int]:
        return (*_specificity(self.selector), self.serial)


_MARKED = "[style],[hidden],[popover],dialog"
_MARKED_BY_COLOR = "[bgcolor],[background],font[color],body[text]"
_WHOLE = frozenset(("html", "body"))
_CANVAS = "#ffffff"  # what browsers paint a page on that says nothing of its ground
_COLORS = ("color", "background", "background-color")
_STATE = re.compile(
    r":(?:hover|focus|active|checked|target|visited|disabled|before|after|first-l|placeholder|selection|:|-)"
)
# A state that the page isn't in when it is opened, denied.
_NOT_A_STATE = re.compile(r":not\(\s{0,9}:(?:hover|focus|active|target|visited)[\w-]{0,20}\s{0,9}\)")
_KEY = re.compile(r"#([\w-]{1,200})|\.([\w-]{1,200})|^([a-z][\w-]{0,100})", re.ASCII | re.IGNORECASE)
# Round brackets in each other, and one more: what stands in them says nothing of what the rule needs.
_BRACKETS, _MOST_BRACKETS = re.compile(r"\([^()]{0,1000}\)"), 4
_SIMPLE = re.compile(r"[\w-]{1,200}", re.ASCII)
# What must stand in a rule's body for it to do or undo each way of hiding.
_DECIDING = {
    "display:none": frozenset(("display",)),
    "visibility:hidden": frozenset(("visibility", *ENTRANCES)),
    "opacity:0": frozenset(("opacity", "filter", *ENTRANCES)),
    "content-visibility:hidden": frozenset(("content-visibility",)),
    "text-indent": frozenset(("text-indent",)),
    **dict.fromkeys(("font-size:0", "font-size:1px"), frozenset(("font",))),
    "animation": frozenset(("animation",)),
    "mask": frozenset(("mask",)),
    "letter-spacing": frozenset(("letter-spacing",)),
    "line-height:0": frozenset(("line-height", "overflow")),
    "same colour": frozenset(("color", "background", "position")),
    "transparent": frozenset(("color", "background")),
    "off-screen": frozenset(
        ("position", "left", "top", "right", "bottom", "inset", "transform", "margin", "translate")
    ),
    "clip": frozenset(("position", "clip")),
    "transform:scale(0)": frozenset(("transform", "scale", "zoom", "rotate")),
    "1px box": frozenset(("height", "width", "overflow")),
    **dict.fromkeys(("height:0", "max-height:0"), frozenset(("height", "overflow"))),
    **dict.fromkeys(("width:0", "max-width:0"), frozenset(("width", "overflow"))),
}
_MAX_TESTS = 200_000  # selector tests a page; a page that needs more has no layout worth following further
_MAX_LISTED = 400  # rules of one key
_KNOWN = 20_000  # bodies and selectors that are remembered: the pages of a site, and of a framework, have the same ones
_LONGEST_KNOWN = 1_000  # characters of them; longer ones hold pictures
_MAX_SELECTED = 100  # rules that no class or id keys; each is looked for in the whole page


class _Suspected(dict[str, tuple[_Rule, ...]]):
    """The rules keyed by a class that may hide the elements of each class attribute, found when it is first met."""

    def __init__(self, suspects: dict[str, list[_Rule]]) -> None:
        super().__init__()
        self._suspects = suspects

    def __missing__(self, classes: str) -> tuple[_Rule, ...]:
        suspects = self._suspects
        rules = tuple(rule for name in classes.split() for rule in suspects.get(f".{name}", ())) if suspects else ()
        self[classes] = rules
        return rules


class Visibility:
    """What the styles of one page hide.

    marked     elements whose look may differ from what is around them, whatever their class is
    suspected  the same for elements of a class attribute: the rules that may hide them, if there are any
    """

    def __init__(self, document: Document) -> None:
        """Reads the page's `style` elements; linear in their size."""
        self._inline: dict[str, _Style] = {}
        self._suspects: dict[str, list[_Rule]] = {}
        self._all: dict[str, list[_Rule]] | None = None
        self._relevant: set[str] = set()
        self._bodies: dict[str, dict[str, str]] = {}
        self._tests = 0
        texts = list(_style_texts(document))
        self.linked = any(map(_is_style_sheet, document.iter_elements("link"))) or any("@import" in t for t in texts)
        # Without a script, an animation or a sheet that isn't at hand, what fades in never does.
        self.moving = (
            self.linked
            or any("keyframes" in t for t in texts)
            or any(map(_is_script, document.iter_elements("script")))
        )
        self._sheets = read_sheets(texts)
        self._sources = self._sheets.sources
        for source in self._sources:
            body = source.body
            if "var(" in body:
                body = self._sheets.filled(body)
            if _may_hide(body) or (not self.linked and ("color" in body or "background" in body)):
                self._index_suspect(source)
        for word in ("font", "visibility"):
            if word in self._relevant:
                self._index_undoing(word)
        self._hits = self._select(document)
        self.suspected = _Suspected(self._suspects)
        self.marked = self._hits.union(document.select(_MARKED if self.linked else f"{_MARKED},{_MARKED_BY_COLOR}"))
        if any(key[0] == "#" for key in self._suspects):
            self.marked.update(
                element for element in document.select("[id]") if f"#{element.attr('id')}" in self._suspects
            )

    def _index_suspect(self, source: Source) -> None:
        said = self._said(source.body)
        reason = said.reason
        if not reason and not self.linked and said.size.startswith("font-size"):
            reason = said.size
        if not reason and not self.linked and said.colors:
            reason = "same colour"
        if reason:
            self._relevant |= _DECIDING[reason]
            self._list(source)

    def _index_undoing(self, word: str) -> None:
        """Elements whose rules undo what hides around them must be looked at too."""
        for source in self._sources:
            if word in source.body and self._said(source.body).shows_again:
                self._list(source)

    def _said(self, body: str) -> _Body:
        if "var(" in body or self._sheets.vanishing or len(body) > _LONGEST_KNOWN:
            return _Body.of(self._sheets.declared(body), moving=self.moving)
        return _known_body(body, moving=self.moving)

    def _list(self, source: Source) -> None:
        for rule in _rules(source):
            listed = self._suspects.setdefault(rule.key, [])
            if len(listed) < _MAX_LISTED:
                listed.append(rule)

    def _index(self) -> dict[str, list[_Rule]]:
        """Every rule that sets a property by which a suspect hides, by key; read when the first suspect hits."""
        if self._all is None:
            self._all = {}
            relevant = re.compile("|".join(map(re.escape, sorted(self._relevant)))).search
            for source in self._sources:
                if relevant(source.body) or "\\" in source.body:
                    for rule in _rules(source):
                        self._all.setdefault(rule.key, []).append(rule)
        return self._all

    def _declared(self, body: str) -> dict[str, str]:
        style = self._bodies.get(body)
        if style is None:
            style = self._bodies[body] = self._sheets.declared(body)
        return style

    def _style(self, style: dict[str, str]) -> _Style:
        return _Style.of(style, linked=self.linked, moving=self.moving)

    def look(self, element: Element, tag: str, around: Look) -> Look:
        """How text looks inside `element`, which stands in text that looks like `around`.

        A page that is hidden whole waits for its script: AMP's boilerplate, the snippets of A/B tests.
        """
        look = self._look(element, tag, around)
        if tag in _WHOLE and look.reason in REVERSIBLE:
            return replace(look, reason="")
        return look

    def _look(self, element: Element, tag: str, around: Look) -> Look:
        if element.attr("hidden") not in (None, "until-found"):
            return replace(around, reason="hidden attribute")
        style_text = element.attr("style")
        if tag == "dialog" and element.attr("open") is None:
            return replace(around, reason="closed dialog")
        if element.attr("popover") is not None:
            return replace(around, reason="closed popover")
        hints = "" if self.linked else _hints(element, tag)
        if self._suspects and self._is_hit(element):
            inline = self._sheets.declared(style_text) if style_text else {}
            style = (self._sheets.declared(hints) if hints else {}) | self._cascaded(element, tag, inline)
            return self._settle(self._style(style), around)
        if hints:
            style_text = f"{hints}{style_text or ''}"
        if not style_text:
            return around
        settled = self._inline.get(style_text)
        if settled is None:
            settled = self._inline[style_text] = self._style(self._sheets.declared(style_text))
        return self._settle(settled, around)

    def _settle(self, style: _Style, around: Look) -> Look:
        """The look inside an element of this style."""
        if style.plain:
            return around
        reason, color, background = style.reason, style.color, style.background
        # Without style sheets elsewhere, text stands on what is around it, and at last on a white page.
        ground = background or ("" if self.linked else around.background or _CANVAS)
        if not reason and color and is_same(color, ground):
            reason = "same colour"
        if not reason and around.reason and not around.final and around.reason.partition(":")[0] in style.shows_again:
            return Look("", color or around.color, background or around.background)
        return Look(reason or around.reason, color or around.color, background or around.background)

    def _is_hit(self, element: Element) -> bool:
        """Whether a rule that may hide applies to the element."""
        if element in self._hits:
            return True
        names = element.attr("class")
        if names and any(self._applies(element, rule) for rule in self.suspected[names]):
            return True
        identifier = element.attr("id")
        return any(self._applies(element, rule) for rule in self._suspects.get(f"#{identifier}", ()))

    def _select(self, document: Document) -> set[Element]:
        """The elements that rules without a class or id in their last part apply to, found one rule at a time."""
        found: set[Element] = set()
        rules = [rule for key, listed in self._suspects.items() if key[0] not in ".#" for rule in listed]
        for rule in rules[:_MAX_SELECTED]:
            try:
                found.update(document.select(rule.selector))
            except ValueError:
                continue
        return found

    def _applies(self, element: Element, rule: _Rule) -> bool:
        """Whether a rule applies to an element that has what the rule's key asks for."""
        if rule.selector == rule.key:
            return True
        self._tests += 1
        if self._tests > _MAX_TESTS:
            return False
        try:
            return element.matches(rule.selector)
        except ValueError:
            return False

    def _cascaded(self, element: Element, tag: str, inline: dict[str, str]) -> dict[str, str]:
        """The element's watched properties after the cascade of the page's rules and its inline style."""
        index = self._index()
        names = (element.attr("class") or "").split()[:_MAX_LISTED]
        keys = [tag, "*", f"#{element.attr('id') or ''}", *(f".{name}" for name in names)]
        rules = [rule for key in keys for rule in index.get(key, ()) if self._applies(element, rule)]
        rules.sort(key=lambda rule: rule.order)
        style: dict[str, str] = {}
        for properties in (*(self._declared(rule.body) for rule in rules), inline):
            for name, value in properties.items():
                if "!important" in value or "!important" not in style.get(name, ""):
                    style[name] = value
        return style


def _is_style_sheet(link: Element) -> bool:
    """Whether a link loads a style sheet, at once or by a script."""
    return "stylesheet" in (link.attr("rel") or "").lower() or (link.attr("as") or "").lower() == "style"


def _is_script(element: Element) -> bool:
    """Whether a `script` element runs."""
    kind = (element.attr("type") or "").lower()
    return "json" not in kind and "template" not in kind


def _hints(element: Element, tag: str) -> str:
    """The colours that attributes set, as declarations, which any other sets aside."""
    found = ""
    if element.attr("background"):
        found = "background-image:url();"
    elif ground := element.attr("bgcolor"):
        found = f"background-color:{ground};"
    color = element.attr("color") if tag == "font" else element.attr("text") if tag == "body" else None
    return f"{found}color:{color};" if color else found


def _style_texts(document: Document) -> Iterator[str]:
    for element in document.iter_elements("style"):
        media = (element.attr("media") or "").lower()
        parent = element.parent
        if getattr(parent, "tag", "") != "noscript" and any(map(is_for_screens, media.split(","))):
            yield element.text


def _may_hide(body: str) -> bool:
    """Whether a rule's body has what it takes to hide, at a tenth of the cost of reading it.

    The rest of a sheet is read only if such a rule hits something.
    """
    return (
        ("none" in body and "display" in body)
        or ("hidden" in body and ("visib" in body or ("overflow" in body and ("0" in body or "1px" in body))))
        or "collapse" in body
        or "clip" in body
        or "scale" in body
        or "indent" in body
        or "mask" in body
        or "rotate" in body
        or "matrix" in body
        or "translate" in body
        or "letter-spacing" in body
        or "animation" in body
        or ("line-height" in body and "overflow" in body)
        or ("0" in body and ("opacity" in body or "font" in body or "zoom" in body))
        or ("font-size" in body and any(unit in body for unit in ("1px", "1pt", "2px", "1%", "2%", "3%", "calc(")))
        or ("transparent" in body and "color" in body)
        or (
            "-" in body
            and (("position" in body and ("absolute" in body or "fixed" in body)) or "000" in body or "999" in body)
        )
        or "\\" in body  # an escape may spell any of them
    )


def _rules(source: Source) -> Iterator[_Rule]:
    """A rule for each selector of the source; those that ask for a state of the page are left out."""
    serial, prelude, body = source
    selectors = _known_selectors if len(prelude) <= _LONGEST_KNOWN else _selectors
    return (_Rule(serial, selector, key, body) for selector, key in selectors(prelude))


def _selectors(prelude: str) -> tuple[tuple[str, str], ...]:
    """The selectors of a rule with their keys."""
    found = []
    for part in split_selectors(prelude):
        selector = _NOT_A_STATE.sub("", part).strip() if ":not(" in part else part.strip()
        if selector and selector[0] != "@" and not (":" in selector and _STATE.search(selector)):
            found.append((selector, _key(selector)))
    return tuple(found)


_known_selectors = lru_cache(_KNOWN)(_selectors)


@lru_cache(_KNOWN)
def _known_body(body: str, *, moving: bool) -> _Body:
    return _Body.of(declarations(body), moving=moving)


def _shows_again(style: dict[str, str], size: str) -> str:
    """The kinds of hiding around it that a style undoes, given the size of its text."""
    shown = "visibility" if style.get("visibility", "").startswith("visible") else ""
    return f"{shown} font-size" if size == "readable" else shown


def _specificity(selector: str) -> tuple[int, int, int]:
    ids = selector.count("#")
    classes = selector.count(".") + selector.count("[") + selector.count(":")
    return ids, classes, len(selector.split())


def _key(selector: str) -> str:
    """What an element must have for the selector to hit it: `.class`, `#id`, a tag, or `*`."""
    for _ in range(_MOST_BRACKETS):
        if "(" not in selector:
            break
        selector = _BRACKETS.sub("", selector)
    else:
        return "*"
    name = selector[selector.rfind(" ") + 1 :]
    if name[0] == "." and _SIMPLE.fullmatch(name, 1):
        return name
    last = re.split(r"[\s>+~]", selector.partition("[")[0] if selector.endswith("]") else selector)[-1]
    best = "*"
    for match in _KEY.finditer(last.partition(":")[0]):
        identifier, name, tag = match.groups()
        if identifier:
            return f"#{identifier}"
        if name:
            best = f".{name}"
        elif tag and best == "*":
            best = tag.lower()
    return best
