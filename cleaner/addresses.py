"""One policy for the addresses of links and images: which are safe, which do harm, what only follows readers about.

What HTML pages link to is let through by an allowlist, for nobody looked at what stands in them. Markdown is written by
hand and must come back to the letter, so there only what does harm goes: schemes that run code or carry a page inside.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote_plus, urlsplit

# Browsers drop white space and controls before they look for the scheme; what else nobody sees is dropped with them.
_UNSEEN = re.compile("[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff]")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
# Longer beginnings of an address hold no scheme that anything knows.
_LONGEST_SCHEME = 400
_PICTURE = re.compile(r"data:image/(?:png|gif|jpe?g|webp|avif|bmp|svg\+xml)[;,]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Tracking:
    """Names of parameters, lower-case, and beginnings of names; on all hosts if there are no `hosts`."""

    names: frozenset[str]
    beginnings: tuple[str, ...]
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Policy:
    safe: frozenset[str]
    harmful: frozenset[str]
    tracking: tuple[_Tracking, ...]


@cache
def _policy() -> _Policy:
    table = tomllib.loads((Path(__file__).parent / "data" / "addresses.toml").read_text(encoding="utf-8"))
    tracking = []
    for entry in table["tracking"]:
        names = [name.lower() for name in entry["names"]]
        whole = frozenset(name for name in names if not name.endswith("*"))
        beginnings = tuple(name[:-1] for name in names if name.endswith("*"))
        tracking.append(_Tracking(whole, beginnings, tuple(entry.get("hosts", ()))))
    schemes = table["schemes"]
    return _Policy(frozenset(schemes["safe"]), frozenset(schemes["harmful"]), tuple(tracking))


def safe_schemes() -> frozenset[str]:
    """The schemes that links of a page may have, in lower case."""
    return _policy().safe


def scheme_of(address: str) -> str:
    """The scheme that a browser reads in the address, in lower case; "" for relative ones and fragments."""
    found = _SCHEME.match(_UNSEEN.sub("", address[:_LONGEST_SCHEME]))
    return found[1].lower() if found else ""


def is_safe(address: str) -> bool:
    """Whether a link of a page may lead there: a scheme of the allowlist, or none."""
    scheme = scheme_of(address)
    return not scheme or scheme in _policy().safe


def is_harmful(address: str) -> bool:
    """Whether the address runs code or carries a page: nothing may lead there."""
    return scheme_of(address) in _policy().harmful


def is_picture(address: str) -> bool:
    """Whether the address holds a picture itself, which shows itself and does nothing else."""
    return _PICTURE.match(_UNSEEN.sub("", address[:_LONGEST_SCHEME])) is not None


def without_tracking(address: str) -> str:
    """The address without the parameters of its query that tell where the reader came from; the rest to the letter."""
    path, mark, rest = address.partition("?")
    if not mark:
        return address
    query, sharp, fragment = rest.partition("#")
    if "#" in path:
        return address
    host = _host(address)
    kept = [part for part in query.split("&") if not _tracks(unquote_plus(part.partition("=")[0]).lower(), host)]
    if len(kept) == query.count("&") + 1:
        return address
    return path + ("?" + "&".join(kept) if kept else "") + sharp + fragment


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:  # an unclosed bracket, where a number in brackets is due
        return ""


def _tracks(name: str, host: str) -> bool:
    return any(
        (name in tracking.names or name.startswith(tracking.beginnings))
        and (
            not tracking.hosts
            or host.endswith(tuple("." + known for known in tracking.hosts))
            or host in tracking.hosts
        )
        for tracking in _policy().tracking
    )
