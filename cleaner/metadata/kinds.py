"""What a page is: an article, a thread, a product, a list, a page of documentation, a service, a front page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cleaner.metadata.tables import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.document import PageKind
    from cleaner.metadata.candidates import Evidence

_MOST_ADDRESS = 500
_EVIDENCE: dict[str, Evidence] = {"types": "json-ld", "open_graph": "opengraph"}


def kind_of(types: Iterable[str], open_graph: str, address: str) -> tuple[PageKind, Evidence] | None:
    """The kind by the page's schema.org types, its `og:type` and its address, and which of them told; None if none did.

    An address without a path is a front page, whatever its JSON-LD says of it, unless its `og:type` is an article's;
    one that says nothing of itself may be an old page whose address was cut to the host.
    """
    types = set(types)
    host, path = _parts(address)
    written = open_graph.strip().lower() == "article"
    if host and not path and (types or open_graph) and not written and _UNASKED.search(address):
        return "home", "url"
    words = {"types": types, "open_graph": {open_graph.strip().lower()}, "path": set(path), "host": set(host)}
    table = kinds()
    for kind, way in table.order:
        if table.words[way].get(kind, frozenset()) & words[way]:
            # The last part of an address like /blog or /news is a list of what stands below it.
            if kind == "article" and way == "path" and path[-1] in table.words["path"]["article"]:
                return "listing", "url"
            return kind, _EVIDENCE.get(way, "url")
    return None


def _parts(address: str) -> tuple[list[str], list[str]]:
    """The words of the host (without its domain) and the parts of the path, lower-cased."""
    try:
        split = urlsplit(address[:_MOST_ADDRESS])
    except ValueError:
        return [], []
    host = (split.netloc.rpartition("@")[2].partition(":")[0]).lower().split(".")
    path = [part for part in re.split(r"/+", split.path.lower()) if part and not _INDEX.fullmatch(part)]
    if split.query.startswith("/"):  # older forums: /index.php?/topic/12-name
        path += split.query.lower().strip("/").split("/")
    path = path[1:] if path and _LANGUAGE.fullmatch(path[0]) else path
    return [part for part in host if part], path


# An address that asks for nothing, but for what advertisements and trackers add: ?srsltid=…
_UNASKED = re.compile(r"^[^?]*(?:\?(?:srsltid|utm_\w+|gclid|fbclid|ref|lang|hl)=[^&]*(?:&|$)|\?)?$|\?utm_")
_INDEX = re.compile(r"(?:index|default|home)\.\w{2,5}")
_LANGUAGE = re.compile(r"(?!dp$)[a-z]{2}(?:[-_][a-z]{2})?")
