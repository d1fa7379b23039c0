"""The addresses of one page's links and images: resolved against the page's own, and let through by the policy."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from cleaner.addresses import is_harmful, is_safe, without_tracking

# A browser drops these anywhere in an address before it looks for the scheme.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff]")


class Addresses:
    """How the addresses of one page are read.

    base            the page's `<base href>`, "" if it has none; every address is resolved against it
    page_url        the page's own address, "" if unknown; fragments stay as they are, they lead into this document
    keep_unsafe     let everything through
    strip_tracking  take out the parameters that only follow readers about
    """

    def __init__(
        self, base: str = "", page_url: str = "", *, keep_unsafe: bool = False, strip_tracking: bool = False
    ) -> None:
        # A base of another scheme, such as `data:`, is none, as in a browser.
        base = base if base and (keep_unsafe or not is_harmful(base)) else ""
        self._has_base = bool(base)
        self._base = _joined(page_url, base) if base else page_url
        self._keep_unsafe = keep_unsafe
        self._strip_tracking = strip_tracking

    def resolved(self, address: str) -> str | None:
        """The address as a writer may use it, or None if it is not safe."""
        address = _CONTROLS.sub("", address).strip()
        if not self._keep_unsafe and not is_safe(address):
            return None
        if self._base and (self._has_base or not address.startswith("#")):
            address = _joined(self._base, address)
            if not self._keep_unsafe and not is_safe(address):
                return None
        return without_tracking(address) if self._strip_tracking else address


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # a malformed host, such as an unclosed bracket
        return address
