"""Addresses of links and images: resolved against the page's own, and let through by an allowlist of schemes."""

from __future__ import annotations

import re
from urllib.parse import urljoin

# Schemes that open a document, a message or a call; beyond the common ones, those that the HTML Standard lets a site
# handle (its "safelisted schemes"). Everything else (javascript, vbscript, data, file, …) could run code, read the
# reader's disk, or smuggle content, and becomes plain text.
SAFE_SCHEMES = frozenset(
    [
        "http",
        "https",
        "mailto",
        "tel",
        "ftp",
        "ftps",
        "geo",
        "irc",
        "ircs",
        "magnet",
        "matrix",
        "news",
        "nntp",
        "sip",
        "sms",
        "webcal",
        "xmpp",
    ]
)

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]{0,30}):")
# A browser drops these anywhere in an address before it looks for the scheme.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff]")


class Addresses:
    """How the addresses of one page are read.

    base      the page's `<base href>`, "" if it has none; every address is resolved against it
    page_url  the page's own address, "" if unknown; fragments stay as they are, they lead into this document
    """

    def __init__(self, base: str = "", page_url: str = "") -> None:
        self._has_base = bool(base)
        self._base = _joined(page_url, base) if base else page_url

    def resolved(self, address: str) -> str | None:
        """The address as a writer may use it, or None if it is not safe."""
        address = _CONTROLS.sub("", address).strip()
        scheme = _SCHEME.match(address)
        if scheme:
            return address if scheme[1].lower() in SAFE_SCHEMES else None
        if not self._base or (address.startswith("#") and not self._has_base):
            return address
        joined = _joined(self._base, address)
        scheme = _SCHEME.match(joined)
        return joined if not scheme or scheme[1].lower() in SAFE_SCHEMES else None


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # a malformed host, such as an unclosed bracket
        return address
