"""Which conditions of a style sheet hold for somebody who reads the page on the screen of a desk, and scripts run."""

from __future__ import annotations

import re

_ALWAYS = ("@layer", "@container")
_RANGE = re.compile(r"(width|height)\s{0,9}([<>])=?\s{0,9}([\d.]{1,9})(px|r?em)")
_RANGE_TURNED = re.compile(r"([\d.]{1,9})(px|r?em)\s{0,9}([<>])=?\s{0,9}(width|height)")
_BOUND = re.compile(r"(min|max)-(?:device-)?(width|height)\s{0,9}:\s{0,9}([\d.]{1,9})(px|r?em)")
_FEATURE = re.compile(r"([a-z-]{3,40})\s{0,9}(?::\s{0,9}([a-z0-9.\-/ ]{1,40}))?\)")
_EM = 16  # pixels
# Screens are at least and at most this large (pixels); what begins or ends between applies to some.
_SIZES = {"width": (1920, 2000), "height": (800, 1500)}
# What is true of other screens and readers only.
_ELSEWHERE = {
    "orientation": "portrait",
    "hover": "none",
    "any-hover": "none",
    "pointer": "coarse",
    "any-pointer": "coarse",
    "prefers-color-scheme": "dark",
    "prefers-reduced-motion": "reduce",
    "prefers-reduced-data": "reduce",
    "prefers-contrast": "more",
    "forced-colors": "active",
    "inverted-colors": "inverted",
    "scripting": "none",
    "monochrome": None,
    "grid": "1",
}
_OTHER_MEDIA = re.compile(r"\b(?:print|speech|aural|braille|embossed|handheld|projection|tty|tv)\b")
# Properties that engines had only under a name of their own, which others don't know.
_FOREIGN = re.compile(r"-(?:ms|moz|o)-|-webkit-(?:touch-callout|hyphens)")
# The first words of the properties that every browser of today knows.
_KNOWN = re.compile(
    r"\(\s{0,9}(?:--|(?:-webkit-)?(?:animation|align|appearance|aspect|backdrop|background|border|bottom|box|clip|color"
    r"|column|contain|content|display|filter|flex|float|font|gap|grid|height|hyphens|inset|isolation|justify|left|line"
    r"|margin|mask|max|min|mix|object|opacity|order|outline|overflow|overscroll|padding|perspective|place|position|right"
    r"|rotate|row|scale|scroll|shape|text|top|touch|transform|transition|translate|user|vertical|visibility|white|width"
    r"|will|word|writing|z)\b)"
)


def holds(prelude: str) -> bool:
    """Whether the rules inside an at-rule (its prelude in lower case) apply; of unknown ones they don't."""
    if prelude.startswith("@media"):
        return any(map(is_for_screens, prelude[6:].split(",")))
    if prelude.startswith(("@supports ", "@supports(")):
        return _is_supported(prelude[9:].strip())
    return prelude.startswith(_ALWAYS)


def is_for_screens(query: str) -> bool:
    """Whether a media query, in lower case, holds for the screen of a desk; what isn't known is taken to hold."""
    query = query.strip().removeprefix("only ")
    if query.startswith("not "):
        rest = query[4:].strip()
        return rest not in ("all", "screen") and not is_for_screens(rest)
    if _OTHER_MEDIA.search(query.partition("(")[0]):
        return False
    for side, of, size, unit in _BOUND.findall(query):
        if not _has(of, ">" if side == "min" else "<", size, unit):
            return False
    for of, sign, size, unit in _RANGE.findall(query):
        if not _has(of, sign, size, unit):
            return False
    for size, unit, sign, of in _RANGE_TURNED.findall(query):
        if not _has(of, "<" if sign == ">" else ">", size, unit):
            return False
    return not any(
        name in _ELSEWHERE and (_ELSEWHERE[name] is None or value.strip() == _ELSEWHERE[name])
        for name, value in _FEATURE.findall(query)
    )


def _has(of: str, sign: str, size: str, unit: str) -> bool:
    """Whether the screen is larger (`>`) or smaller (`<`) than a size."""
    try:
        pixels = float(size) * (1 if unit == "px" else _EM)
    except ValueError:
        return True
    least, most = _SIZES[of]
    return pixels <= least if sign == ">" else pixels >= most


def _is_supported(condition: str) -> bool:
    if condition.startswith("not"):
        return _FOREIGN.search(condition) is not None or (
            _KNOWN.search(condition) is None and "selector(" not in condition
        )
    return _FOREIGN.search(condition) is None
