"""What a page is called by its site, its host and its editors: names that are seldom those of its author."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.metadata.titles import fold

# A shorter name holds, or is held by, too much by chance.
_LEAST = 4


@dataclass(frozen=True, slots=True)
class Own:
    """The folded names of the site, the folded longest label of its host, and the editors' names."""

    sites: frozenset[str]
    host: str
    editors: frozenset[str]

    def signals(self, people: str) -> list[str]:
        """What a value for the author has in common with these."""
        plain = fold(people)
        found = []
        if plain in self.sites:
            found.append("name of the site")
        elif len(plain) >= _LEAST and any(
            plain in site or (len(site) >= _LEAST and site in plain) for site in self.sites
        ):
            found.append("like the name of the site")
        if len(plain) >= _LEAST and self.host:
            if plain == self.host:
                found.append("name of the host")
            elif plain in self.host:
                found.append("in the name of the host")
            elif len(self.host) >= _LEAST and self.host in plain:
                found.append("holds the name of the host")
        if people in self.editors:
            found.append("name of the editor")
        return found
