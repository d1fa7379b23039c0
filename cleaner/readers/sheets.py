"""The style rules of a page that apply to a screen: nesting undone, variables filled in, animations followed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cleaner.readers.media import holds
from cleaner.readers.styles import declarations, hiding

if TYPE_CHECKING:
    from collections.abc import Iterable

# Spelt without flags: a search for letters of either case looks at each character of a sheet for longer.
_SHOWN_STRING = re.compile(r"([Cc][Oo][Nn][Tt][Ee][Nn][Tt]:)\s{0,9}(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}')")
# Commas outside of round brackets.
_COMMA = re.compile(r",(?![^()]{0,200}\))")
_CUSTOM = re.compile(r"(--[\w-]{1,100})\s{0,9}:\s{0,9}([^;{}]{0,200})")
_VARIABLE = re.compile(r"var\(\s{0,9}(--[\w-]{1,100})\s{0,9}(?:,([^()]{0,200}))?\)")
_FOR_THE_WHOLE_PAGE = frozenset((":root", "html", "body", "*"))
_LAST_STEP = re.compile(r"(?:^|[\s,])(?:to|100%)(?:[\s,]|$)")
_SCOPE = re.compile(r"@scope\s{0,9}\(([^()]{1,200})\)")
_WORD = re.compile(r"[\w-]{1,200}")
# A custom property may be made of others; nobody's are made of others that are made of others more often than this.
_MOST_FILLED = 4
_LONGEST_BODY = 4000
# Sheets nest no deeper, and selectors get no longer, than this; what does is left out.
_MOST_NESTED, _LONGEST_SELECTOR = 16, 1000


class Source(NamedTuple):
    """A rule as it is written: its number in the page, its selectors, and its body in lower case."""

    serial: int
    prelude: str
    body: str


class _Around(NamedTuple):
    """What is open around a place in a sheet; `animation` and `last_step` are the name of an animation, or ""."""

    selector: str = ""
    applies: bool = True
    animation: str = ""
    last_step: str = ""


@dataclass(slots=True)
class Sheets:
    """The rules of a page's `style` elements, in order.

    custom   the custom properties with a value for the whole page, or the same wherever they are set
    vanishing  the animations at whose end nothing can be seen
    """

    sources: list[Source] = field(default_factory=list)
    custom: dict[str, str] = field(default_factory=dict)
    vanishing: set[str] = field(default_factory=set)

    def filled(self, body: str) -> str:
        """The declarations of a rule or an attribute, in lower case, with values in place of variables."""
        own = dict(_CUSTOM.findall(body)) if "--" in body else {}
        for _ in range(_MOST_FILLED):
            if "var(" not in body or len(body) > _LONGEST_BODY:
                break
            body = _VARIABLE.sub(lambda found: own.get(found[1]) or self.custom.get(found[1]) or found[2] or "", body)
        return body

    def declared(self, style: str) -> dict[str, str]:
        """The watched properties of a rule's body or a style attribute, after its variables and its animation."""
        if "var(" in style:
            style = self.filled(style.lower())
        found = declarations(style)
        if self.vanishing and ("animation" in found or "animation-name" in found):
            words = set(_WORD.findall(" ".join((found.get("animation", ""), found.get("animation-name", "")))))
            stays = words | set(_WORD.findall(found.get("animation-fill-mode", "")))
            if not words.isdisjoint(self.vanishing) and not stays.isdisjoint(("forwards", "both")):
                found["animation"] = "vanishes"
        return found


def read_sheets(texts: Iterable[str]) -> Sheets:
    """The rules in the texts of `style` elements; linear in the texts."""
    sheets = Sheets()
    different: dict[str, set[str]] = {}
    for text in texts:
        open_around: list[_Around] = []
        for piece in _uncommented(text).split("}"):
            *outer, body = piece.split("{")
            # Most rules stand by themselves: nothing is open around them.
            if len(outer) == 1 and not open_around:
                prelude = outer[0].rpartition(";")[2].strip()
                if prelude and prelude[0] != "@":
                    _add_rule(sheets, prelude, body, different)
                    continue
            for opening in outer:
                declared, _, prelude = opening.rpartition(";")
                if open_around:
                    _add(sheets, open_around[-1], declared, different)
                open_around.append(_inside(open_around, prelude.strip()))
            if open_around:
                _add(sheets, open_around.pop(), body, different)
    for name, values in different.items():
        if len(values) == 1:
            sheets.custom.setdefault(name, values.pop())
    return sheets


def _inside(around: list[_Around], prelude: str) -> _Around:
    """What holds inside the braces behind a prelude."""
    above = around[-1] if around else _Around()
    if above.animation:
        return _Around(applies=False, last_step=above.animation if _LAST_STEP.search(prelude.lower()) else "")
    if not prelude.startswith("@"):
        return _Around(nested(above.selector, prelude, len(around)), above.applies)
    lowered = prelude.lower()
    if lowered.startswith(("@keyframes", "@-webkit-keyframes")):
        return _Around(applies=False, animation=lowered.rpartition(" ")[2])
    if scope := _SCOPE.match(prelude):
        return _Around(nested(above.selector, scope[1], len(around)), above.applies)
    return _Around(above.selector, above.applies and holds(lowered))


def _add(sheets: Sheets, around: _Around, body: str, different: dict[str, set[str]]) -> None:
    """A rule's declarations, if it applies; and what its body tells beside them."""
    if around.last_step:
        if hiding(declarations(body)):
            sheets.vanishing.add(around.last_step)
    elif around.applies and around.selector:
        _add_rule(sheets, around.selector, body, different)


def _add_rule(sheets: Sheets, selector: str, body: str, different: dict[str, set[str]]) -> None:
    """A rule that applies, and the custom properties that it sets."""
    if ":" not in body:
        return
    body = body.lower()
    sheets.sources.append(Source(len(sheets.sources) + 1, selector, body))
    if "--" in body:
        for name, value in _CUSTOM.findall(body):
            if selector.lower() in _FOR_THE_WHOLE_PAGE:
                sheets.custom[name] = value.strip()
            different.setdefault(name, set()).add(value.strip())


def nested(parent: str, selectors: str, depth: int) -> str:
    """Selectors as they are meant inside a rule with the selectors `parent`; "" where they are nested beyond reason."""
    if not parent:
        return selectors
    if depth > _MOST_NESTED or len(parent) + len(selectors) > _LONGEST_SELECTOR:
        return ""
    around = f":is({parent})" if "," in parent else parent
    return ",".join(
        part.replace("&", around) if "&" in part else f"{around} {part.strip()}" for part in split_selectors(selectors)
    )


def split_selectors(selectors: str) -> list[str]:
    """The selectors of a list."""
    return _COMMA.split(selectors) if "(" in selectors else selectors.split(",")


def _uncommented(text: str) -> str:
    """The text of a sheet without comments, marks that hid it from old browsers, and strings to be shown."""
    if "/*" in text:
        first, *others = text.split("/*")
        text = first + "".join(other.partition("*/")[2] for other in others)
    if "<!--" in text or "-->" in text:
        text = text.replace("<!--", " ").replace("-->", " ")
    return _SHOWN_STRING.sub(r"\1", text)
