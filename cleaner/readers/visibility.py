"""Which elements a reader of the page never sees: by attribute, by inline style, by the page's own style rules.

The cascade is a small one: rules that could hide are indexed by the rarest part of their last selector, the others are
asked only about elements that such a rule has hit. Style sheets that the page links to are not at hand; what they could
undo (a colour, a font size of zero further down) counts as hidden only where no such sheet is linked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from turbohtml import Document, Element


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks inside an element: why it is hidden ("" if it shows), its colour and what it stands on."""

    reason: str = ""
    color: str = ""
    background: str = ""

    @property
    def final(self) -> bool:
        """Whether nothing inside can be seen again; only `visibility` may be turned back by a descendant."""
        return bool(self.reason) and not self.reason.startswith("visibility")


class _Style(NamedTuple):
    """What a style says of the text inside: why it is hidden, its colours, and whether it undoes `visibility`."""

    reason: str
    color: str
    background: str
    shows_again: bool
    plain: bool  # says nothing of all this

    @classmethod
    def of(cls, style: dict[str, str], *, linked: bool) -> _Style:
        """`linked` is whether a style sheet that isn't at hand may undo a font size."""
        reason = hiding(style)
        if not reason and not linked and _is_zero(style.get("font-size")):
            reason = "font-size:0"
        color, background = color_of(style.get("color")), _background(style)
        shows_again = style.get("visibility", "").startswith("visible")
        return cls(reason, color, background, shows_again, not (reason or color or background or shows_again))


class _Source(NamedTuple):
    serial: int
    prelude: str
    body: str


class _Rule(NamedTuple):
    """One selector of a rule; what only rules that apply are asked for is read then."""

    serial: int
    selector: str
    key: str
    body: str

    @property
    def order(self) -> tuple[int, int, int, int]:
        return (*_specificity(self.selector), self.serial)


_WATCHED = frozenset(
    """
    display visibility opacity font-size text-indent clip clip-path position left top right height max-height width
    max-width overflow overflow-x overflow-y transform color background background-color background-image
    content-visibility animation animation-name transition will-change
    """.split()
)
_COLORS = ("color", "background", "background-color")
_ENTRANCES = frozenset(("animation", "animation-name", "transition", "transform", "will-change"))
_ZERO = re.compile(r"[-+]?0{0,9}(?:\.0{1,9})?(?:px|em|rem|pt|%|vh|vw)?", re.ASCII)
_FAR = re.compile(r"-(\d{1,9})(?:\.\d{0,9})?(px|em|rem|vw|vh|%|pt|cm|in)?", re.ASCII)
_SCALED_AWAY = re.compile(r"scale(?:3d|x|y)?\(\s{0,9}0{1,9}(?:\.0{1,9})?\s{0,9}[,)]")
_CLIPPED = re.compile(
    r"rect\(\s{0,9}[01](?:px)?[\s,]{1,9}[01](?:px)?[\s,]{1,9}[01](?:px)?[\s,]{1,9}[01](?:px)?\s{0,9}\)"
)
_INSET = re.compile(r"inset\(\s{0,9}(?:50|100)%")
_RGB = re.compile(
    r"rgba?\(\s{0,9}(\d{1,3})[\s,]{1,9}(\d{1,3})[\s,]{1,9}(\d{1,3})(?:[\s,/]{1,9}(\d{0,3}(?:\.\d{1,9})?)%?)?\s{0,9}\)"
)
_NAMED_COLORS = {"white": "#ffffff", "black": "#000000", "snow": "#fffafa", "ivory": "#fffff0", "whitesmoke": "#f5f5f5"}
_COLOR = re.compile(r"#[0-9a-f]{3,8}|rgba?\([^)]{1,60}\)|[a-z]{3,20}")
# A shift that takes text out of any window, in the unit's own measure.
_FAR_ENOUGH = {"px": 500, "pt": 500, "em": 60, "rem": 60, "vw": 100, "vh": 100, "%": 100, "cm": 20, "in": 10, "": 500}
_STATE = re.compile(
    r":(?:hover|focus|active|checked|target|visited|disabled|before|after|first-l|placeholder|selection|:|-)"
)
_KEY = re.compile(r"#([\w-]{1,200})|\.([\w-]{1,200})|^([a-z][\w-]{0,100})", re.ASCII | re.IGNORECASE)
_SIMPLE = re.compile(r"[\w-]{1,200}", re.ASCII)
_IGNORED_MEDIA = (
    "print",
    "max-width",
    "max-device",
    "speech",
    "orientation",
    "reduced-motion",
    "scripting",
    "hover",
    "height",
)
# What must stand in a rule's body for it to do or undo each way of hiding.
_DECIDING = {
    "display:none": frozenset(("display",)),
    "visibility:hidden": frozenset(("visibility", *_ENTRANCES)),
    "opacity:0": frozenset(("opacity", *_ENTRANCES)),
    "content-visibility:hidden": frozenset(("content-visibility",)),
    "text-indent": frozenset(("text-indent",)),
    "font-size:0": frozenset(("font-size",)),
    "same colour": frozenset(("color", "background")),
    "transparent": frozenset(("color", "background-image")),
    "off-screen": frozenset(("position", "left", "top", "right")),
    "clip": frozenset(("position", "clip")),
    "transform:scale(0)": frozenset(("transform",)),
    **dict.fromkeys(("height:0", "max-height:0"), frozenset(("height", "overflow"))),
    **dict.fromkeys(("width:0", "max-width:0"), frozenset(("width", "overflow"))),
}
_MAX_TESTS = 200_000  # selector tests a page; a page that needs more has no layout worth following further
_MAX_LISTED = 400  # rules of one key
_MAX_SELECTED = 100  # rules that no class or id keys; each is looked for in the whole page


def declarations(style: str) -> dict[str, str]:
    """The watched properties of a style attribute or a rule's body, lower-cased; `!important` is kept in the value."""
    found = {}
    for part in style.lower().split(";"):
        name, colon, value = part.partition(":")
        name = name.strip()
        if colon and name in _WATCHED:
            found[name] = value.strip()
    return found


def hiding(style: dict[str, str]) -> str:
    """Why text inside an element of this style can't be seen; "" if it can, as far as the style alone tells."""
    get = style.get
    if get("display", "").startswith("none"):
        return "display:none"
    entering = not style.keys().isdisjoint(_ENTRANCES)  # a script fades it in
    if get("visibility", "").startswith(("hidden", "collapse")) and not entering:
        return "visibility:hidden"
    if _is_zero(get("opacity")) and not entering:
        return "opacity:0"
    if get("content-visibility", "").startswith("hidden"):
        return "content-visibility:hidden"
    if _is_far(get("text-indent")):
        return "text-indent"
    if "position" in style and get("position", "").startswith(("absolute", "fixed")):
        if any(_is_far(get(side)) for side in ("left", "top", "right")):
            return "off-screen"
        if _CLIPPED.search(get("clip", "")):
            return "clip"
    if _INSET.match(get("clip-path", "")):
        return "clip"
    if _SCALED_AWAY.search(get("transform", "")):
        return "transform:scale(0)"
    clipped = any(get(name, "").startswith(("hidden", "clip")) for name in ("overflow", "overflow-x", "overflow-y"))
    if clipped:
        for side in ("height", "max-height", "width", "max-width"):
            if _is_zero(get(side)):
                return f"{side}:0"
    if color_of(get("color")) == "transparent" and "background-image" not in style:
        return "transparent"
    return ""


def color_of(value: str | None) -> str:
    """A colour as #rrggbb or `transparent`; "" for what is not a plain colour."""
    if not value:
        return ""
    value = value.removesuffix("!important").strip()
    if value in _NAMED_COLORS:
        return _NAMED_COLORS[value]
    if value.startswith("#"):
        digits = value[1:]
        if len(digits) in (3, 4):
            digits = "".join(digit * 2 for digit in digits)
        return "transparent" if len(digits) == 8 and digits.endswith("00") else f"#{digits[:6]}"
    if value.startswith("transparent"):
        return "transparent"
    match = _RGB.match(value)
    if not match:
        return ""
    red, green, blue, alpha = match.groups()
    if alpha and float(alpha) == 0:
        return "transparent"
    return f"#{int(red) & 255:02x}{int(green) & 255:02x}{int(blue) & 255:02x}"


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
        self.linked = any("stylesheet" in (link.attr("rel") or "").lower() for link in document.iter_elements("link"))
        self._sources = list(_sources(_style_texts(document)))
        for source in self._sources:
            body = source.body
            if _may_hide(body) or (not self.linked and ("color" in body or "background" in body)):
                self._index_suspect(source)
        self._hits = self._select(document)
        self.suspected = _Suspected(self._suspects)
        self.marked = self._hits.union(document.select("[style],[hidden],dialog"))
        if any(key[0] == "#" for key in self._suspects):
            self.marked.update(
                element for element in document.select("[id]") if f"#{element.attr('id')}" in self._suspects
            )

    def _index_suspect(self, source: _Source) -> None:
        style = declarations(source.body)
        reason = hiding(style)
        if not reason and _is_zero(style.get("font-size")) and not self.linked:
            reason = "font-size:0"
        if not reason and not self.linked and not style.keys().isdisjoint(_COLORS):
            reason = "same colour"
        if reason:
            self._relevant |= _DECIDING[reason]
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
                if relevant(source.body):
                    for rule in _rules(source):
                        self._all.setdefault(rule.key, []).append(rule)
        return self._all

    def _declared(self, body: str) -> dict[str, str]:
        style = self._bodies.get(body)
        if style is None:
            style = self._bodies[body] = declarations(body)
        return style

    def look(self, element: Element, tag: str, around: Look) -> Look:
        """How text looks inside `element`, which stands in text that looks like `around`."""
        if element.attr("hidden") not in (None, "until-found"):
            return replace(around, reason="hidden attribute")
        style_text = element.attr("style")
        if tag == "dialog" and element.attr("open") is None:
            return replace(around, reason="closed dialog")
        if self._suspects and self._is_hit(element):
            style = declarations(style_text) if style_text else {}
            return self._settle(_Style.of(self._cascaded(element, tag, style), linked=self.linked), around)
        if not style_text:
            return around
        settled = self._inline.get(style_text)
        if settled is None:
            settled = self._inline[style_text] = _Style.of(declarations(style_text), linked=self.linked)
        return self._settle(settled, around)

    def _settle(self, style: _Style, around: Look) -> Look:
        """The look inside an element of this style."""
        if style.plain:
            return around
        reason, color, background = style.reason, style.color, style.background
        if not reason and color and color == (background or ("" if self.linked else around.background)):
            reason = "same colour"
        if not reason and around.reason and style.shows_again and not around.final:
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


def _style_texts(document: Document) -> Iterator[str]:
    for element in document.iter_elements("style"):
        media = (element.attr("media") or "").lower()
        parent = element.parent
        if getattr(parent, "tag", "") != "noscript" and not any(word in media for word in _IGNORED_MEDIA):
            yield element.text


def _may_hide(body: str) -> bool:
    """Whether a rule's body has what it takes to hide, at a tenth of the cost of reading it.

    The rest of a sheet is read only if such a rule hits something.
    """
    return (
        ("none" in body and "display" in body)
        or ("hidden" in body and ("visib" in body or ("overflow" in body and "0" in body)))
        or "collapse" in body
        or "clip" in body
        or "scale" in body
        or "indent" in body
        or ("0" in body and ("opacity" in body or "font-size" in body))
        or ("transparent" in body and "color" in body)
        or ("-" in body and "position" in body and ("absolute" in body or "fixed" in body))
    )


def _sources(texts: Iterable[str]) -> Iterator[_Source]:
    """The style rules that apply to a screen; linear in the text."""
    serial = 0
    for text in texts:
        wrappers: list[bool] = []  # at-rules around, each: does it apply to a screen?
        for piece in _uncommented(text).split("}"):
            *outer, body = piece.split("{")
            if not outer:
                if wrappers:
                    wrappers.pop()
                continue
            if len(outer) > 1:
                wrappers.extend(_applies_to_screen(prelude) for prelude in outer[:-1])
            if not wrappers or all(wrappers):
                serial += 1
                yield _Source(serial, outer[-1], body.lower())


def _rules(source: _Source) -> Iterator[_Rule]:
    """A rule for each selector of the source; those that ask for a state of the page are left out."""
    for part in source.prelude.rpartition(";")[2].split(","):
        selector = part.strip()
        if selector and selector[0] != "@" and not (":" in selector and _STATE.search(selector)):
            yield _Rule(source.serial, selector, _key(selector), source.body)


def _applies_to_screen(prelude: str) -> bool:
    prelude = prelude.strip().lower()
    if prelude.startswith("@media"):
        return not any(word in prelude for word in _IGNORED_MEDIA)
    return prelude.startswith(("@layer", "@supports ", "@supports(")) and "not" not in prelude


def _uncommented(text: str) -> str:
    if "/*" not in text:
        return text
    first, *others = text.split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)


def _specificity(selector: str) -> tuple[int, int, int]:
    ids = selector.count("#")
    classes = selector.count(".") + selector.count("[") + selector.count(":")
    return ids, classes, len(selector.split())


def _key(selector: str) -> str:
    """What an element must have for the selector to hit it: `.class`, `#id`, a tag, or `*`."""
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


def _background(style: dict[str, str]) -> str:
    """The plain colour that text stands on; "image" for a picture or gradient, which no colour compares with."""
    value = style.get("background-color") or style.get("background") or ""
    if "url(" in value or "gradient" in value or style.get("background-image", "none") != "none":
        return "image"
    color = color_of(value)
    if not color:
        match = _COLOR.search(value)
        color = color_of(match.group()) if match else ""
    return "" if color == "transparent" else color


def _is_zero(value: str | None) -> bool:
    return value is not None and bool(value) and _ZERO.fullmatch(value.removesuffix("!important").strip()) is not None


def _is_far(value: str | None) -> bool:
    match = _FAR.match(value) if value else None
    return match is not None and int(match.group(1)) >= _FAR_ENOUGH[match.group(2) or ""]
