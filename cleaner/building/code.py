"""Preformatted text in every highlighter's dress, to the letter: its language, no line numbers, no copy buttons."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from turbohtml import Element, Text

from cleaner.document import CodeBlock

if TYPE_CHECKING:
    from collections.abc import Iterable

# Columns and spans of line numbers: Rouge, Pygments, Chroma, GitHub, highlight.js, SyntaxHighlighter, Crayon, Prism,
# WordPress and Hexo.
_GUTTERS = frozenset(
    {
        "gutter",
        "linenos",
        "linenodiv",
        "lineno",
        "linenumber",
        "line-number",
        "line-numbers-rows",
        "react-syntax-highlighter-line-number",
        "lnt",
        "ln",
        "blob-num",
        "hljs-ln-numbers",
        "crayon-nums",
        "crayon-num",
        "code-line-number",
        "pre-numbering",
        "hljs-button",
        "copy-button",
        "copy-code-button",
        "toolbar",
        "toolbar-item",
        "crayon-toolbar",
        "zeroclipboard-container",
    }
)
# Tables that hold one listing: a column of numbers and a column of code.
_CODE_TABLES = frozenset(
    {
        "rouge-table",
        "lntable",
        "highlighttable",
        "hljs-ln",
        "crayon-table",
        "codehilitetable",
        "js-file-line-container",
    }
)
_CODE_BOXES = frozenset({"syntaxhighlighter", "crayon-syntax", "codehilite", "blob-wrapper"})
# What buttons that copy a listing say.
_COPY_WORDS = re.compile(r"copy|copied|clipboard|复制|複製|コピー", re.IGNORECASE)
_COPIES = re.compile(r"copycode|copy_code|copyCode")
_NO_CODE = frozenset(
    """
    script style template button noscript select textarea svg math noembed noframes iframe object audio video canvas
    title datalist dialog
    """.split()
)
_LINES = frozenset({"div", "li", "tr", "p", "ol", "ul", "table", "tbody"})

_LANGUAGE = re.compile(
    r"(?:(?:language|lang|mw-highlight-lang|highlight-source|highlight-text|brush:|sourcecode-)-?\s{0,3}|src-"
    r"|highlight-(?!wrap|box|block|container|code|toolbar|lines?\b))([\w+#.\-]{1,40})",  # Sphinx: highlight-python
    re.IGNORECASE,
)
_PLAIN = frozenset(
    {"none", "plain", "plaintext", "text", "txt", "nohighlight", "no-highlight", "auto", "default", "undefined"}
)
# `highlight` and its kin name the tool; Hexo's figure and Pygments' div put the language beside it.
_TOOLS = frozenset({"highlight", "sourcecode", "codehilite", "hljs", "prettyprint", "syntaxhighlighter", "code", "src"})
_LANGUAGE_ATTRIBUTES = (
    "data-lang",
    "data-language",
    "data-code-language",
    "data-enlighter-language",
    "data-syntaxhighlighter-params",
)
_NEAR = 3  # how many elements around `pre` may name the language


def is_code_box(element: Element, classes: Iterable[str]) -> bool:
    """Whether the table or box holds one listing and nothing else."""
    if element.tag == "table":
        return not _CODE_TABLES.isdisjoint(classes) or _is_numbered_table(element)
    if "blockcode" in classes:  # Discuz!
        return element.find("ol") is not None
    return not _CODE_BOXES.isdisjoint(classes) and element.find("table") is not None and element.find("p") is None


def _is_numbered_table(table: Element) -> bool:
    """A table of one row (or of rows of a gutter and a line) whose gutter cell says so."""
    cell = table.find("td")
    return cell is not None and not _GUTTERS.isdisjoint(_classes(cell)) and table.find(["pre", "code"]) is not None


def is_copy_button(element: Element) -> bool:
    """Whether a button copies a listing."""
    label = " ".join((*_classes(element), element.attr("aria-label") or "", element.text[:40]))
    return _COPY_WORDS.search(label) is not None


def code_block(element: Element) -> CodeBlock | None:
    """The listing in the element, or None if it is blank."""
    text = code_text(element)
    if not text.strip():
        return None
    return CodeBlock(text.removesuffix("\n"), _language(element))


def code_text(element: Element) -> str:
    """The text of a preformatted element: breaks are line feeds, as are the borders of line elements."""
    parts: list[str] = []
    # Each entry is a node to visit, or None where a line element ends.
    stack: list[object] = list(reversed(element.children))
    while stack:
        node = stack.pop()
        if type(node) is Text:
            parts.append(node.data)
        elif node is None:
            _end_line(parts)
        elif type(node) is Element:
            tag = node.tag
            if tag == "br":
                parts.append("\n")
            elif tag not in _NO_CODE and not (node.attrs and _is_gutter(node)):
                if tag == "code" and node.parent is element and parts:
                    _end_line(parts)  # WeChat sets each line in an element of its own
                if tag in _LINES:
                    _end_line(parts)
                    stack.append(None)
                stack.extend(reversed(node.children))
    return "".join(parts).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")


def _end_line(parts: list[str]) -> None:
    if parts and not parts[-1].endswith("\n"):
        parts.append("\n")


def _is_gutter(element: Element) -> bool:
    if _COPIES.search(element.attr("onclick") or ""):
        return True
    classes = _classes(element)
    if not classes:
        return False
    if not _GUTTERS.isdisjoint(classes):
        return True
    # Chroma gives the cell of numbers and the cell of code the same class; the first holds `lnt` spans.
    return "lntd" in classes and element.find(class_="lnt") is not None and element.find(class_="line") is None


def _classes(element: Element) -> list[str]:
    classes = element.attrs.get("class")
    return [name.lower() for name in classes] if isinstance(classes, list) else []


def _language(element: Element) -> str:
    """The language that the listing, the `code` inside it or a wrapper near it names; "" if none does."""
    candidates = [element]
    inner = element.find_all(["code", "pre"], limit=4)
    candidates.extend(inner)
    parent = element.parent
    for _ in range(_NEAR):
        if type(parent) is not Element or parent.tag in ("body", "article", "main", "section"):
            break
        candidates.append(parent)
        parent = parent.parent
    for candidate in candidates:
        language = _named(candidate)
        if language:
            return "" if language in _PLAIN else language
    named = element.find(class_="crayon-language")
    return named.text.strip().lower() if named is not None else ""


def _named(element: Element) -> str:
    for name in _LANGUAGE_ATTRIBUTES:
        value = (element.attr(name) or "").strip().lower()
        if value:
            match = _LANGUAGE.match(value)
            return match[1].rstrip(".;") if match else value.split(None, 1)[0]
    classes = _classes(element)
    if not classes:
        return (element.attr("lang") or "").lower() if element.tag == "pre" else ""
    match = _LANGUAGE.search(" ".join(classes))
    if (match and match.start() == 0) or (match and " ".join(classes)[match.start() - 1] == " "):
        return match[1].rstrip(".;").lower()
    if element.tag == "figure" and classes[0] in _TOOLS and len(classes) > 1:
        return classes[1]
    if element.tag in ("pre", "code") or not _TOOLS.isdisjoint(classes):
        return next((name for name in classes if name in _known_languages()), "")
    return ""


@cache
def _known_languages() -> frozenset[str]:
    lines = (Path(__file__).parent.parent / "data" / "code-languages.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("# ") for name in line.split())
