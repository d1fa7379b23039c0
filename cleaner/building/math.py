"""Formulas as TeX, once each, from MathML, KaTeX, MathJax 2 and 3, Pandoc, and Wikipedia."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from turbohtml import Element, parse

from cleaner.building.mathml import tex_of_mathml

if TYPE_CHECKING:
    from collections.abc import Iterable

_CLASSES = frozenset(
    [
        "katex",
        "katex-display",
        "mwe-math-element",
        "math",
        "math-inline",
        "math-block",
        "math-display",
        "math-container",
        "ztext-math",
        "js-inline-math",
        "js-display-math",
        "arithmatex",
        "MathJax",
        "MathJax_Display",
        "MathJax_SVG",
        "MathJax_SVG_Display",
        "MathJax_CHTML",
        "MathJax_Preview",
    ]
)
_DISPLAY_CLASSES = frozenset(
    {
        "katex-display",
        "display",
        "block",
        "math-block",
        "math-display",
        "mathjax_display",
        "mathjax_svg_display",
        "js-display-math",
    }
)
_PREVIEW = "mathjax_preview"
_IMAGE_CLASSES = frozenset({"mwe-math-fallback-image-inline", "mwe-math-fallback-image-display", "mwe-math", "latex"})
_IMAGE_SOURCE = re.compile(r"/equation\?tex=|/latex\.php\?|/cgi-bin/mathtex|latex\.codecogs\.com/")
_DELIMITED = re.compile(r"\s*(?:\\\((.*)\\\)|\\\[(.*)\\\]|\$\$(.*)\$\$|\$(.*)\$)\s*", re.DOTALL)
_STYLED = re.compile(r"\{\\(?:display|text)style\s*(.*)\}", re.DOTALL)


class Formula(NamedTuple):
    """A formula, or nothing if `tex` is ""; a displayed one stands on its own lines."""

    tex: str
    display: bool


def formula_classes(classes: Iterable[str]) -> bool:
    """Whether an element of these classes is what a typesetter of formulas leaves in a page."""
    return not _CLASSES.isdisjoint(classes)


def script_formula(element: Element) -> Formula | None:
    """The formula of a MathJax 2 script, or None for any other script."""
    kind = (element.attr("type") or "").lower()
    if not kind.startswith("math/tex"):
        return None
    return Formula(_clean(element.text), "display" in kind)


def math_formula(element: Element) -> Formula:
    """The formula of a `math` element: its annotation, its alternative text, or its markup put into TeX."""
    display = element.attr("display") == "block"
    return Formula(_clean(_annotation(element) or element.attr("alttext") or tex_of_mathml(element)), display)


def typeset_formula(element: Element, classes: Iterable[str]) -> Formula:
    """The formula of an element for which `formula_classes` holds."""
    names = {name.lower() for name in classes}
    if _PREVIEW in names or _is_followed_by_source(element, names):
        return Formula("", display=False)
    math = element.find("math")
    display = (
        not _DISPLAY_CLASSES.isdisjoint(names)
        or (math is not None and math.attr("display") == "block")
        or (element.attr("display") or "").lower() in ("true", "block")
        or element.find(class_="mwe-math-fallback-image-display") is not None
    )
    tex = _annotation(element) or element.attr("data-tex") or element.attr("data-latex") or ""
    if not tex and element.attr("data-mathml"):
        source = parse(element.attr("data-mathml") or "").find("math")
        tex = tex_of_mathml(source) if source is not None else ""
    if not tex:
        script = element.find("script")
        image = element.find("img")
        if script is not None and (script.attr("type") or "").startswith("math/tex"):
            tex = script.text
        elif image is not None and image.attr("alt"):
            tex = image.attr("alt") or ""
        elif math is not None:
            tex = math.attr("alttext") or tex_of_mathml(math)
        elif not any(name.startswith("mathjax") for name in names):
            tex = element.text
    return Formula(_clean(tex), display or tex.lstrip().startswith(("\\[", "$$")))


def image_formula(element: Element) -> Formula | None:
    """The formula that an image shows: Wikipedia's, WordPress's and Zhihu's name it; None for any other image."""
    tex = element.attr("alt") or ""
    classes = element.attrs.get("class") or ()
    if not tex or (_IMAGE_CLASSES.isdisjoint(classes) and not _IMAGE_SOURCE.search(element.attr("src") or "")):
        return None
    return Formula(_clean(tex), display="mwe-math-fallback-image-display" in classes)


def _is_followed_by_source(element: Element, names: set[str]) -> bool:
    """MathJax 2 leaves what it has set before the script that holds the source."""
    if not any(name.startswith("mathjax") for name in names):
        return False
    sibling = element.next_sibling
    while sibling is not None and type(sibling) is not Element:
        sibling = sibling.next_sibling
    return type(sibling) is Element and sibling.tag == "script" and script_formula(sibling) is not None


def _annotation(element: Element) -> str:
    for annotation in element.find_all("annotation", limit=4):
        if "tex" in (annotation.attr("encoding") or "tex").lower():
            return annotation.text
    return ""


def _clean(tex: str) -> str:
    """TeX without the delimiters and the style wrapper around it, on as few lines as it can stand on."""
    match = _DELIMITED.fullmatch(tex)
    if match:
        tex = next(group for group in match.groups() if group is not None)
    tex = tex.strip()
    match = _STYLED.fullmatch(tex)
    if match:
        tex = match[1]
    return "\n".join(line.rstrip() for line in tex.strip().splitlines() if line.strip())
