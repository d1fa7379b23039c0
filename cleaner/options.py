"""Everything that changes the outcome of cleaning, in one frozen object."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Literal

from cleaner.models import digest_of

if TYPE_CHECKING:
    from cleaner.profile import Profile
    from cleaner.verdict import Category

InputKind = Literal["auto", "html", "text", "markdown"]
Level = Literal["none", "gentle", "standard", "strict"]
Engine = Literal["blocks", "readability"]
FrontMatter = Literal["none", "yaml", "toml"]
Normalize = Literal["none", "nfc", "nfkc"]
Fold = Literal["width", "quotes", "ligatures"]
Flavor = Literal["gfm", "commonmark"]
RuleAction = Literal["drop", "keep"]

# 64 MB is two hundred and fifty times the mean page of the web; larger inputs are refused by name rather than cut.
MAX_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Site:
    """What is different for the pages of a host, and of the hosts below it; `changes` are fields of `Options`."""

    host: str
    changes: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class UserRule:
    """A rule of the user's own: what it says happens, whatever the judge thinks. `cleaner.read_rules` reads a file.

    action    a line that it hits goes, or stays
    category  under which the account names what goes
    line      terms and pattern are whole lines (case, width and the signs around them aside), else stretches of a line
    terms     literal texts
    labels    literal texts in front of a colon at the beginning of a line
    pattern   a regular expression, tried on lower-case text of half width; `^` and `$` are ends of a line
    anchors   literals one of which is in every line that the pattern hits; none for every line
    opens     literals one of which begins each line that the pattern hits; "0" is any digit
    needs     a literal that is in every line that the pattern hits
    cover     the least share of its line, 0 to 1, that a hit must cover
    sites     hosts whose pages, and those of the hosts below them, it is for; empty for all
    paths     patterns as in `.gitignore` of the files below `folder` that it is for; empty for all
    drop      lines that go: those of a dropping rule it must hit, those of a keeping rule it must not
    keep      lines that stay
    """

    id: str
    category: Category
    action: RuleAction = "drop"
    line: bool = True
    terms: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    pattern: str = ""
    anchors: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    needs: str = ""
    cover: float = 0.0
    sites: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    languages: tuple[str, ...] = field(default=(), compare=False)
    source: str = field(default="", compare=False)
    drop: tuple[str, ...] = field(default=(), compare=False)
    keep: tuple[str, ...] = field(default=(), compare=False)
    file: str = field(default="", compare=False)
    folder: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Options:
    """How to read, judge and write.

    input_kind   what the input is; `auto` looks at the content, then at the name
    level        how much is removed: `none` converts only, `gentle` when sure, `strict` when in doubt
    engine       who judges HTML: `blocks` is the project's own judge, `readability` is readability-lxml (the
                 extra of that name)
    encoding     the charset of the bytes, where the caller knows it better than the bytes do
    repair       turn mojibake back
    normalize    the Unicode form that the text is brought into: `none` leaves it, `nfc` composes, `nfkc` also replaces
                 characters by ordinary ones like them (full-width by half-width, `ﬁ` by `fi`, `²` by `2`)
    fold         what else is written in ASCII: `width` (full-width letters and digits; half-width kana become full),
                 `quotes` (curly ones become straight), `ligatures` (`ﬁ` becomes `fi`)
    keep, drop   categories that always stay, or always go, whatever the judge says
    links        write link targets (else the link's text alone)
    images       write images
    unsafe_links   keep links and images whatever their scheme is, even those that run code
    strip_tracking take the parameters out of addresses that only follow readers about
    front_matter   begin Markdown with the metadata, as YAML or TOML
    flavor         the Markdown that is written: GitHub's, or CommonMark, which has no tables, footnotes or task lists
    reference_links  write the addresses of links and images at the end of the Markdown
    wrap           break the lines of Markdown's paragraphs before this many columns; 0 for not at all
    max_bytes      inputs of more bytes are refused
    rules          rules of one's own, as `cleaner.read_rules` reads them; the judge obeys them
    model          files made by `cleaner train`, at most one of a kind; each is used instead of the shipped model
    profile        what the pages of a site share, as `cleaner.learn` found out; evidence against texts that repeat
    sites          what is different by host, as soon as the page is read; of two that fit the later one wins
    """

    input_kind: InputKind = "auto"
    level: Level = "standard"
    engine: Engine = "blocks"
    encoding: str | None = None
    repair: bool = True
    normalize: Normalize = "none"
    fold: frozenset[Fold] = frozenset()
    keep: frozenset[Category] = frozenset()
    drop: frozenset[Category] = frozenset()
    links: bool = True
    images: bool = True
    unsafe_links: bool = False
    strip_tracking: bool = False
    front_matter: FrontMatter = "none"
    flavor: Flavor = "gfm"
    reference_links: bool = False
    wrap: int = 0
    max_bytes: int = MAX_BYTES
    rules: tuple[UserRule, ...] = ()
    model: tuple[str, ...] = ()
    profile: Profile | None = None
    sites: tuple[Site, ...] = ()

    @property
    def keeps_comments(self) -> bool:
        """Whether comments of Markdown stay: those of a repository's own files are for its tools."""
        return self.level == "gentle"

    def for_host(self, host: str) -> Options:
        """The options for the pages of a host, in lower case."""
        changed = self
        for site in self.sites:
            if host == site.host or host.endswith(f".{site.host}"):
                changed = replace(changed, **dict(site.changes))  # type: ignore[arg-type]
        return changed


def fingerprint(*parts: object) -> str:
    """A short hash of option values, the same in every process; sets and files count by what they hold."""
    import hashlib

    return hashlib.sha256(repr([_plain(part) for part in parts]).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def _plain(part: object) -> object:
    if isinstance(part, Options):
        content = replace(part, model=tuple(map(digest_of, part.model)))
        return [(field.name, _plain(getattr(content, field.name))) for field in fields(part)]
    if isinstance(part, Site):
        return (part.host, [(name, _plain(value)) for name, value in part.changes])
    if isinstance(part, UserRule):  # where it stands, and what it shows to people, changes no output
        return [_plain(getattr(part, field.name)) for field in fields(part) if field.compare]
    if isinstance(part, tuple):
        return [_plain(one) for one in part]
    return sorted(map(str, part)) if isinstance(part, frozenset) else part
