"""What a page says of itself: meta elements, JSON-LD, canonical address, and the front matter of Markdown."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin

from cleaner.metadata.candidates import Candidate
from cleaner.metadata.dates import read_date
from cleaner.metadata.kinds import kind_of
from cleaner.metadata.marks import read_marks
from cleaner.metadata.structured import read_json_ld
from cleaner.metadata.tables import labels, sources

if TYPE_CHECKING:
    from cleaner.metadata.body import Body
    from cleaner.metadata.candidates import Evidence, Field
    from cleaner.page import Head, Page
    from cleaner.verdict import Judgement

_OPEN_GRAPH = ("og:", "article:", "twitter:")
_MOST_LINES = 200
_KEY = re.compile(r"^[\"']?([A-Za-z][\w.\- ]{0,40}?)[\"']?\s{0,4}[:=](?:\s+|(?<==))?(.{0,2000})$")
_URL_DATE = re.compile(r"(?:/|[t_\-.]|\b)((?:19|20)\d\d)([/\-_]?)(\d\d)\2(\d\d)(?=[/_.\-]|\b)")


def read_head(page: Page, judgement: Judgement, body: Body) -> list[Candidate]:
    """Candidates from the head of an HTML page, from its microdata, and from its address."""
    head = page.head
    structured = read_json_ld(head.json_ld, "" if body.title is None else page.text[body.title])
    found = structured.candidates + _meta(head) + _labelled_by_card(head) + read_marks(page, judgement, body)
    if head.licence:
        found.insert(0, Candidate("licence", head.licence, "markup"))
    if head.canonical:
        found.insert(0, Candidate("url", head.canonical, "meta"))
    base = urljoin_safely(page.url or "", head.base)
    found = [_resolved(candidate, base) for candidate in found]
    address = page.url or next((one.value for one in found if one.field == "url"), None)
    if address:
        found.append(Candidate("url", address, "url"))
        found += _in_address(address)
    kind = kind_of(structured.types, head.meta.get("og:type", ""), address or "") if page.kind == "html" else None
    if kind:
        found.append(Candidate("kind", *kind))
    return found


def read_front_matter(text: str) -> list[Candidate]:
    """The plain keys of YAML or TOML front matter; nested values are left alone, a list's items are joined."""
    names = sources().front_matter
    found: list[Candidate] = []
    field: str | None = None
    items: list[str] = []

    def close() -> None:
        if field and items:
            found.append(Candidate(cast("Field", field), ", ".join(items), "meta", ("front matter",)))

    for line in text.split("\n")[:_MOST_LINES]:
        item = re.match(r"\s{0,8}-\s+(.{1,200})$", line)
        if item:
            items.append(_unquoted(item[1]))
            continue
        match = _KEY.match(line)
        if not match:
            continue
        close()
        field, items = names.get(match[1].strip().lower()), []
        value = match[2].strip()
        if value.startswith("[") and value.endswith("]"):
            items = [_unquoted(one) for one in value[1:-1].split(",") if one.strip()]
        elif value and value not in ("|", ">", "null", "~"):
            items = [_unquoted(value)]
    close()
    return found


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'" else value


def _meta(head: Head) -> list[Candidate]:
    """Each field's names in the order of the table, the first with a value standing first."""
    found: list[Candidate] = []
    fields = sources().meta
    for name in sorted(head.meta.keys() & fields.keys(), key=list(fields).index):
        value, field = head.meta[name].strip(), fields[name]
        if value:
            evidence: Evidence = "opengraph" if name.startswith(_OPEN_GRAPH) else "meta"
            way = "head change" if field == "modified" else evidence
            found.append(Candidate(cast("Field", field), unescape(value), evidence, (way,)))
    return found + _by_ending(head)


# Names that publishing systems put their own prefix before: cludo:date, w-published-date.
# Those of the last change (cdc:last_published) are left alone: on wcxb-dev more of them are false than right.
_LAST_WORDS = ("date", "time", "at", "on")
_DATE_ENDING = re.compile(
    r"(?:^|(?<!last)[:._ -])(?:first[_-]?)?"
    r"(?:pub|publish|published|publication|posted)[_-]?(?:date|time|at|on)$"
    r"|[:.]date$"
)


def _by_ending(head: Head) -> list[Candidate]:
    """Dates under names that aren't in the table, by how these end."""
    names = [name for name in head.meta if name.endswith(_LAST_WORDS) and name not in sources().meta]
    return [
        Candidate("date", value, "meta", ("meta by ending",))
        for name in names
        if _DATE_ENDING.search(name) and (value := unescape(head.meta[name].strip()))
    ]


def _labelled_by_card(head: Head) -> list[Candidate]:
    """The author in a pair like `twitter:label1` (Written by) and `twitter:data1`, as a common plugin writes it."""
    for number in ("1", "2"):
        label = head.meta.get(f"twitter:label{number}", "").strip().lower()
        if labels().colon.get(label) == "author" or label in _CARD_LABELS:
            return [Candidate("author", head.meta.get(f"twitter:data{number}", ""), "meta", ("meta",))]
    return []


# How the plugin's translations say "Written by".
_CARD_LABELS = frozenset(
    (
        "verfasst von",
        "escrito por",
        "écrit par",
        "scritto da",
        "geschreven door",
        "написано автором",
        "yazan",
        "napisane przez",
    )
)


def _in_address(address: str) -> list[Candidate]:
    """The day in an address like /2024/03/12/ or /t20240312_1.html."""
    for match in _URL_DATE.finditer(address[:500]):
        date = read_date("-".join((match[1], match[3], match[4])))
        if date:
            return [Candidate("date", date, "url", ("url",))]
    return []


def _resolved(candidate: Candidate, base: str) -> Candidate:
    if candidate.field not in ("url", "image"):
        return candidate
    return Candidate(candidate.field, urljoin_safely(base, candidate.value), candidate.evidence)


def urljoin_safely(base: str, address: str) -> str:
    """`address` against `base`; as it is if it is whole, or if either can't be parsed."""
    if address.startswith(("https://", "http://")) and "/." not in address:
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address
