"""Images as a reader would see them: the real source of lazy and responsive images, none of the pixels that track."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.building.runs import collapsed
from cleaner.document import Image, Text

if TYPE_CHECKING:
    from turbohtml import Element

    from cleaner.building.addresses import Addresses
    from cleaner.document import Marks, Run

# Where lazy-loading scripts keep the address, the commonest first: lazysizes and WordPress, jQuery lazyload, WP Rocket,
# Zhihu, echo.js, Discuz!, and others.
_LAZY_SOURCES = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-actualsrc",
    "data-echo",
    "data-url",
    "data-hi-res-src",
    "data-original-src",
    "data-lazy",
    "data-img-url",
    "zoomfile",
    "file",
)
_SOURCE_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_PLACEHOLDER = re.compile(
    r"(?:blank|spacer|placeholder|loading|lazy|gr[ae]y|transparent|1x1|pixel)[\w-]{0,40}\.(?:gif|png|svg|jpe?g|webp)",
    re.IGNORECASE,
)
_EMOJI_CLASSES = frozenset({"emoji", "wp-smiley", "smiley", "twemoji"})
_LONGEST_EMOJI = 12
_PIXEL = re.compile(r"\s{0,4}[01](?:px)?\s{0,4}", re.IGNORECASE)
_PIXEL_STYLE = re.compile(r"(?:^|;)\s{0,4}(?:width|height)\s{0,4}:\s{0,4}[01]px", re.IGNORECASE)


def image_run(element: Element, marks: Marks, addresses: Addresses) -> Run | None:
    """The run of an `img` element: an image, its alternative text if the address is not safe, or None."""
    if is_pixel(element):
        return None
    alt = collapsed(element.attr("alt") or "")
    classes = element.attrs.get("class")
    if alt and classes and len(alt) <= _LONGEST_EMOJI and not _EMOJI_CLASSES.isdisjoint(classes):
        return Text(alt, marks)
    source = image_source(element)
    if not source:
        return None
    address = addresses.resolved(source)
    if address:
        return Image(address, alt, collapsed(element.attr("title") or ""), marks)
    if source.startswith("data:image/"):
        return None  # an icon, or what stands in for a picture that only a script knows
    return Text(alt, marks) if alt else None


def image_source(element: Element) -> str:
    """The address of the picture: a real `src`, else the lazy one, else the last of a set; "" if there is none."""
    source = (element.attr("src") or "").strip()
    if source and not is_placeholder(source):
        return source
    for name in _LAZY_SOURCES:
        lazy = (element.attr(name) or "").strip()
        if lazy:
            return lazy
    for name in _SOURCE_SETS:
        candidates = (element.attr(name) or "").strip()
        if candidates:
            return _last_candidate(candidates)
    return source


def is_placeholder(source: str) -> bool:
    """Whether the address is what lazy-loading pages show until the script has run."""
    return not source or source.startswith("data:") or _PLACEHOLDER.search(source) is not None


def is_pixel(element: Element) -> bool:
    """Whether the image is a single pixel: it counts readers, or moves text about."""
    width, height = element.attr("width"), element.attr("height")
    if width is not None and height is not None and _PIXEL.fullmatch(width) and _PIXEL.fullmatch(height):
        return True
    style = element.attr("style")
    return style is not None and len(_PIXEL_STYLE.findall(style)) > 1


def _last_candidate(candidates: str) -> str:
    """The address of the last entry of a `srcset`: by custom the largest."""
    last = candidates.rstrip(", \t\n").replace(",\n", ", ").rpartition(", ")[2]
    return last.split(None, 1)[0] if last else ""
