"""Images as a reader would see them: the real source of lazy and responsive images, none of the pixels that track."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from turbohtml import Element

from cleaner.building.runs import collapsed
from cleaner.document import Image, Text

if TYPE_CHECKING:
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
    r"(?:^|/)none\.gif|(?:blank|spacer|placeholder|loading|lazy|gr[ae]y|transparent|1x1|pixel)[\w-]{0,40}\.(?:gif|png|svg|jpe?g|webp)",
    re.IGNORECASE,
)
# Classes of images whose `src` is a preview if they have a `data-src`: lazysizes, jQuery lazyload, bLazy.
_LAZY_CLASSES = frozenset({"lazyload", "lazyloading", "lazy", "b-lazy", "lazy-load"})
_DESCRIPTOR = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)[wx]")
_EMOJI_CLASSES = frozenset({"emoji", "wp-smiley", "smiley", "twemoji"})
_LONGEST_EMOJI = 12
_PIXEL = re.compile(r"\s{0,4}[01](?:px)?\s{0,4}", re.IGNORECASE)
_NO_SIZE = re.compile(r"\s{0,4}0{1,4}(?:px)?\s{0,4}", re.IGNORECASE)
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
    if source and not is_placeholder(source) and not _is_preview(element):
        return source
    for name in _LAZY_SOURCES:
        lazy = (element.attr(name) or "").strip()
        if lazy:
            return lazy
    for name in _SOURCE_SETS:
        candidates = (element.attr(name) or "").strip()
        if candidates:
            return _largest_candidate(candidates)
    parent = element.parent
    if not source and type(parent) is Element and parent.tag == "picture":
        return _of_picture(parent)
    return source


def _of_picture(picture: Element) -> str:
    """The address of the last of a `picture`'s sources, which by custom every browser can show."""
    for source in reversed(picture.find_all("source")):
        candidates = (source.attr("srcset") or source.attr("data-srcset") or "").strip()
        if candidates:
            return _largest_candidate(candidates)
    return ""


def _is_preview(element: Element) -> bool:
    """Whether what is shown first is a small picture, which a script replaces."""
    classes = element.attrs.get("class") or ()
    return not _LAZY_CLASSES.isdisjoint(classes) and bool((element.attr("data-src") or "").strip())


def stands_in_for(fallback: Element, image: Element | None) -> bool:
    """Whether an image for readers without scripts is the one that stands after it."""
    if image is None or image.tag != "img":
        return False
    return is_placeholder((image.attr("src") or "").strip()) or image_source(image) == image_source(fallback)


def is_placeholder(source: str) -> bool:
    """Whether the address is what lazy-loading pages show until the script has run."""
    return not source or source.startswith("data:") or _PLACEHOLDER.search(source) is not None


def is_pixel(element: Element) -> bool:
    """Whether the image is a single pixel, or none: it counts readers, or moves text about."""
    width, height = element.attr("width"), element.attr("height")
    if _NO_SIZE.fullmatch(width or "") or _NO_SIZE.fullmatch(height or ""):
        return True
    if width is not None and height is not None and _PIXEL.fullmatch(width) and _PIXEL.fullmatch(height):
        return True
    style = element.attr("style")
    return style is not None and len(_PIXEL_STYLE.findall(style)) > 1


def _largest_candidate(candidates: str) -> str:
    """The address of the largest entry of a `srcset`, the last of equals; its size is the number before `w` or `x`."""
    largest, best = "", -1.0
    for entry in candidates.replace(",\n", ", ").split(", "):
        address, _, size = entry.strip().rstrip(",").partition(" ")
        match = _DESCRIPTOR.fullmatch(size.strip())
        number = float(match[1]) if match else 0.0
        if address and number >= best:
            largest, best = address, number
    return largest
