"""What the pages of a site share, as it was learnt from them: which texts, on how many pages, and where on the page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Above the text that a page has for itself, between parts of it, or below it.
Place = Literal["head", "inside", "foot"]
# What the pages of a folder are called that say no address; no host has a colon in its name.
FOLDER = "folder:"
# A text that fewer of a site's pages share is no evidence: a column's title, a disclaimer, a label of products. On the
# development pages of sites with five pages or more, 0.3 lost more pages than it gained, 0.65 fewest of all.
LEAST_SHARE = 0.65


@dataclass(frozen=True, slots=True)
class Repeat:
    """A text that stands on several pages of a site: on how many, where on most of them, and how it begins."""

    pages: int
    place: Place
    excerpt: str


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """What the pages of a site share.

    host     the site's host, or `folder:` and the name of the folder of pages that say no address
    pages    how many pages were seen, copies not counted
    repeats  the texts that they share, by `cleaner.judging.text_keys.text_key`
    """

    host: str
    pages: int
    repeats: Mapping[int, Repeat]

    def share(self, key: int) -> float:
        """The share of the site's pages that hold a text, 0 to 1; a page less than were seen, for few prove little."""
        found = self.repeats.get(key)
        return 0.0 if found is None else max(found.pages - 1, 0) / self.pages


@dataclass(frozen=True, slots=True)
class Profile:
    """What was learnt of one or more sites. `digest` is a hash of all that changes the outcome of cleaning."""

    digest: str
    sites: Mapping[str, SiteProfile] = field(repr=False, compare=False)

    @classmethod
    def of(cls, sites: Iterable[SiteProfile]) -> Profile:
        """The profile of these sites, each once."""
        by_host = {site.host: site for site in sorted(sites, key=lambda site: site.host)}
        digest = hashlib.sha256()
        for site in by_host.values():
            digest.update(f"{site.host}\n{site.pages}\n".encode("utf-8", "backslashreplace"))
            for key, repeat in sorted(site.repeats.items()):
                digest.update(f"{key} {repeat.pages} {repeat.place}\n".encode())
        return cls(digest.hexdigest(), by_host)

    def site_of(self, host: str, folder: str) -> SiteProfile | None:
        """What is known of a page's site; `host` is "" for a page that says no address.

        Such a page belongs to the site of its folder, or to the only site there is.
        """
        if host:
            return self.sites.get(host.removeprefix("www."))
        only = next(iter(self.sites.values())) if len(self.sites) == 1 else None
        return self.sites.get(f"{FOLDER}{folder}", only)
