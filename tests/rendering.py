"""What a browser would do with rendered output: the one check of harm that all tests share."""

from __future__ import annotations

import turbohtml

from cleaner.addresses import is_harmful

ACTIVE = {"script", "iframe", "object", "embed", "style", "link", "meta", "base", "form", "svg", "math", "template"}
ADDRESSES = ("href", "src", "action", "formaction", "srcset", "poster", "data", "background")


def harm(markup: str) -> list[str]:
    """The active elements, handlers of events and unsafe addresses in HTML."""
    found = []
    for element in turbohtml.parse(f"<body>{markup}").iter_elements():
        if element.tag in ACTIVE:
            found.append(element.tag)
        for name, value in element.attrs.items():
            text = " ".join(value) if isinstance(value, list) else value or ""
            if name.startswith("on") or name in ("style", "srcdoc") or (name in ADDRESSES and is_harmful(text)):
                found.append(f"{name}={text}")
    return found
