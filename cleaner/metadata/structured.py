"""What a page's JSON-LD says of the document: schema.org, read with bounds on size and depth."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from cleaner.metadata.candidates import Candidate
from cleaner.metadata.sections import read_listed_trail
from cleaner.metadata.tables import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.metadata.candidates import Field

# Larger blocks are product feeds, not descriptions; parsing costs about 8 ms a million characters.
_MOST_CHARACTERS = 300_000
_MOST_NODES = 3_000

_TEXTS: tuple[tuple[str, Field], ...] = (
    ("headline", "title"),
    ("alternativeHeadline", "subtitle"),
    ("articleSection", "section"),
    ("description", "description"),
    ("inLanguage", "language"),
    ("license", "licence"),
)
# What software says of a page rather than of what is written on it.
_OF_PAGES = ("title", "date", "modified", "author", "image", "language")


@dataclass(frozen=True, slots=True)
class Structured:
    """What JSON-LD says: candidates, and the types of schema.org that the page is made of, lower-cased."""

    candidates: list[Candidate]
    types: frozenset[str]


def read_json_ld(scripts: list[str], heading: str) -> Structured:
    """Candidates of all scripts, those of written things (articles, posts, recipes) before those of the page itself.

    `heading` is the page's own title, which a trail of links ends with.
    """
    nodes = list(_nodes(scripts))
    asked_often = any("faqpage" in _types(node) for node in nodes)
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    written: list[Candidate] = []
    stamped: list[Candidate] = []
    for node in nodes:
        types = _types(node)
        if "question" in types and asked_often:
            continue  # the questions that a shop answers below its wares
        if types & sources().article_types:
            written += _of(node, by_id, "written thing")
        elif types & {"webpage", "aboutpage", "itempage", "collectionpage", "product", "softwareapplication"}:
            stamped += [one for one in _of(node, by_id, "page") if one.field in _OF_PAGES]
        elif types & {"website"} and (name := _name(node.get("name"), by_id)):
            written.append(Candidate("site_name", name, "json-ld"))
    trails = (node for node in nodes if "breadcrumblist" in _types(node))
    return Structured(
        written + stamped + read_listed_trail(trails, heading), frozenset().union(*(_types(node) for node in nodes))
    )


def _nodes(scripts: list[str]) -> Iterator[dict[str, Any]]:
    """Every object in the scripts, outer before inner; a comment's or a related article's objects are not entered."""
    seen = 0
    for script in scripts:
        if len(script) > _MOST_CHARACTERS:
            continue
        waiting = _parsed(_unwrapped(script.strip()).removesuffix(";"))
        while waiting and seen < _MOST_NODES:
            item = waiting.pop()
            seen += 1
            if isinstance(item, list):
                waiting += reversed(item)
            elif isinstance(item, dict):
                yield item
                waiting += [value for key, value in item.items() if key in _ENTERED and isinstance(value, dict | list)]


def _parsed(script: str) -> list[Any]:
    """The value of a script in a list, empty if it can't be read; some systems escape it as if it stood in text."""
    try:
        return [json.loads(unescape(script) if script[:8].count("&quot;") else script, strict=False)]
    except (ValueError, RecursionError):
        return []


def _unwrapped(script: str) -> str:
    """The script without what hides it; most aren't hidden, and the search for it is slow."""
    hidden = script.startswith(_WRAPPERS) or script.endswith(("-->", "]]>", "*/"))
    return _WRAPPING.sub("", script).strip() if hidden else script


_WRAPPERS = ("<!--", "//", "/*", "<![CDATA[")
# What hides a script from old browsers: comments of HTML, sections of XML.
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s?<!\[CDATA\[|/\*\s?<!\[CDATA\[\s?\*/|<!\[CDATA\[)|(?:-->|(?://|/\*)?\s?\]\]>(?:\s?\*/)?)\s*$"
)
_ENTERED = frozenset(
    {"@graph", "mainEntity", "mainEntityOfPage", "author", "publisher", "isPartOf", "hasPart", "breadcrumb"}
)


def _types(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return {kind.rsplit("/", 1)[-1].lower() for kind in listed if isinstance(kind, str)}


def _of(node: dict[str, Any], by_id: dict[str, dict[str, Any]], what: str) -> list[Candidate]:
    out: list[Candidate] = []

    def add(field: Field, value: str | None) -> None:
        if value and value.strip():
            way = "json-ld change" if field == "modified" else "json-ld"
            out.append(Candidate(field, unescape(value.strip()), "json-ld", (f"{way} of a {what}",)))

    for key, field in _TEXTS:
        add(field, _name(node.get(key), by_id))
    if not any(one.field == "title" for one in out):
        add("title", _name(node.get("name"), by_id))
    add("keywords", _joined(node.get("keywords")))
    add("date", _text(node.get("datePublished")) or _text(node.get("uploadDate")) or _text(node.get("dateCreated")))
    add("modified", _text(node.get("dateModified")))
    add("author", _people(node.get("author"), by_id) or _people(node.get("creator"), by_id))
    add("editor", _people(node.get("editor"), by_id))
    add("site_name", _name(node.get("publisher"), by_id))
    add("image", _address(node.get("image"), by_id) or _address(node.get("thumbnailUrl"), by_id))
    return out


def _text(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value")
    return value if isinstance(value, str) else None


def _name(value: object, by_id: dict[str, dict[str, Any]]) -> str | None:
    """A text, or the name of the thing that stands for it."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or by_id.get(str(value.get("@id")), {}).get("name")
        if isinstance(value, list) and value:
            value = value[0]
    return value if isinstance(value, str) else None


def _joined(value: object) -> str | None:
    listed = value if isinstance(value, list) else [value]
    return ", ".join(one for one in listed[:40] if isinstance(one, str)) or None


def _people(value: object, by_id: dict[str, dict[str, Any]]) -> str | None:
    listed = value if isinstance(value, list) else [value]
    found = []
    for one in listed[:12]:
        person = by_id.get(str(one.get("@id")), one) if isinstance(one, dict) and "name" not in one else one
        if isinstance(person, dict) and "organization" in _types(person) and len(listed) > 1:
            continue
        name = _name(person, by_id)
        if name and name not in found:
            found.append(name)
    return " , ".join(found) or None


def _address(value: object, by_id: dict[str, dict[str, Any]]) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl") or by_id.get(str(value.get("@id")), {}).get("url")
    return value if isinstance(value, str) else None
