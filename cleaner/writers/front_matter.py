"""Metadata as front matter, YAML or TOML; every value is a quoted string, so nothing in it can be taken for markup."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.document import Metadata
    from cleaner.options import FrontMatter

FIELDS = (
    "title",
    "subtitle",
    "author",
    "editor",
    "source",
    "site_name",
    "section",
    "date",
    "date_precision",
    "modified",
    "description",
    "keywords",
    "language",
    "url",
    "image",
    "licence",
    "kind",
)
# The line above and below, and what stands between a name and its value.
_FORMS = {"yaml": ("---", ": "), "toml": ("+++", " = ")}


def front_matter(metadata: Metadata, form: FrontMatter) -> str:
    """The fields that have a value, between two lines of dashes or plus signs; "" if none has, or none is wanted."""
    if form == "none":
        return ""
    fence, between = _FORMS[form]
    lines = [f"{name}{between}{quoted(value)}" for name in FIELDS if (value := getattr(metadata, name))]
    return "\n".join([fence, *lines, fence, ""]) if lines else ""


def quoted(value: str) -> str:
    """A double-quoted string of YAML and of TOML, on one line.

    JSON's strings are such strings, but for some controls of Unicode; lone surrogates, which none of them can hold, are
    replaced. What would make a tag or a link is escaped: renderers that know no front matter take it for Markdown.
    """
    text = json.dumps(" ".join(value.split()), ensure_ascii=False)
    return "".join(_escaped(character) for character in text).replace("](", "]\\u0028")


def _escaped(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    unseen = character == "<" or "\x7f" <= character <= "\x9f" or character in "\u2028\u2029\ufeff\ufffe\uffff"
    return f"\\u{ord(character):04x}" if unseen else character
