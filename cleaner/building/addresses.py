"""Which link targets are fit to be written."""

from __future__ import annotations

import re
from html import unescape

_IGNORED = re.compile(
    r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]"
)  # browsers skip these in schemes
_UNSAFE = re.compile(r"(?:javascript|vbscript|livescript|data|mocha):", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|gif|jpe?g|webp|avif|bmp|svg\+xml)[;,]", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\s(?:href|src|action|formaction|xlink:href)\s{0,9}=\s{0,9}(?:"([^"<>]{0,4000})"|'([^'<>]{0,4000})'|([^\s"'<>]{1,4000}))""",
    re.IGNORECASE,
)


def is_safe(address: str) -> bool:
    """Whether a link may lead there: no scheme that runs code."""
    start = _IGNORED.sub("", unescape(address[:300]).replace("\\", ""))
    return not _UNSAFE.match(start)


def is_safe_image(address: str) -> bool:
    """Whether an image may be loaded from there; pictures inside the address are."""
    return is_safe(address) or bool(_PICTURE.match(address))


def has_unsafe_attribute(markup: str) -> bool:
    """Whether a tag in the markup leads to, or loads from, an unsafe address."""
    return any(not is_safe_image(found[1] or found[2] or found[3] or "") for found in _ATTRIBUTE.finditer(markup))


def without_unsafe_attributes(markup: str) -> str:
    """The markup without the attributes that hold an unsafe address."""
    return _ATTRIBUTE.sub(
        lambda found: found[0] if is_safe_image(found[1] or found[2] or found[3] or "") else "", markup
    )
