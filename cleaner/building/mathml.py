"""Presentation MathML → TeX, for formulas that come without their source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from turbohtml import Element, Text

if TYPE_CHECKING:
    from collections.abc import Callable

# Formulas nest a few levels; deeper markup is read as plain text rather than followed.
_MAX_DEPTH = 40

_SYMBOLS = {
    "×": "\\times ",
    "÷": "\\div ",
    "±": "\\pm ",
    "∓": "\\mp ",
    "⋅": "\\cdot ",
    "·": "\\cdot ",
    "≤": "\\le ",
    "≥": "\\ge ",
    "≠": "\\ne ",
    "≈": "\\approx ",
    "≡": "\\equiv ",
    "∼": "\\sim ",
    "→": "\\to ",
    "←": "\\leftarrow ",
    "⇒": "\\Rightarrow ",
    "⇔": "\\Leftrightarrow ",
    "↦": "\\mapsto ",
    "∞": "\\infty ",
    "∂": "\\partial ",
    "∇": "\\nabla ",
    "∑": "\\sum ",
    "∏": "\\prod ",
    "∫": "\\int ",
    "∈": "\\in ",
    "∉": "\\notin ",
    "⊂": "\\subset ",
    "⊆": "\\subseteq ",
    "∪": "\\cup ",
    "∩": "\\cap ",
    "∅": "\\emptyset ",
    "∀": "\\forall ",
    "∃": "\\exists ",
    "¬": "\\neg ",
    "∧": "\\land ",
    "∨": "\\lor ",
    "…": "\\ldots ",
    "⋯": "\\cdots ",
    "′": "'",
    "−": "-",
    "α": "\\alpha ",
    "β": "\\beta ",
    "γ": "\\gamma ",
    "δ": "\\delta ",
    "ε": "\\epsilon ",
    "ζ": "\\zeta ",
    "η": "\\eta ",
    "θ": "\\theta ",
    "ι": "\\iota ",
    "κ": "\\kappa ",
    "λ": "\\lambda ",
    "μ": "\\mu ",
    "ν": "\\nu ",
    "ξ": "\\xi ",
    "π": "\\pi ",
    "ρ": "\\rho ",
    "σ": "\\sigma ",
    "τ": "\\tau ",
    "υ": "\\upsilon ",
    "φ": "\\phi ",
    "χ": "\\chi ",
    "ψ": "\\psi ",
    "ω": "\\omega ",
    "Γ": "\\Gamma ",
    "Δ": "\\Delta ",
    "Θ": "\\Theta ",
    "Λ": "\\Lambda ",
    "Ξ": "\\Xi ",
    "Π": "\\Pi ",
    "Σ": "\\Sigma ",
    "Φ": "\\Phi ",
    "Ψ": "\\Psi ",
    "Ω": "\\Omega ",
    "{": "\\{",
    "}": "\\}",
    "%": "\\%",
    "#": "\\#",
    "&": "\\&",
    "$": "\\$",
    "_": "\\_",
    # Invisible operators: function application, times, separator, plus.
    "\u2061": "",
    "\u2062": "",
    "\u2063": "",
    "\u2064": "",
}
_TRANSLATION = str.maketrans(_SYMBOLS)
_FUNCTIONS = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "log",
        "ln",
        "exp",
        "lim",
        "max",
        "min",
        "sup",
        "inf",
        "det",
        "dim",
        "ker",
        "gcd",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
    ]
)
_ACCENTS = {
    "¯": "\\overline",
    "‾": "\\overline",
    "^": "\\hat",
    "ˆ": "\\hat",
    "~": "\\tilde",
    "˜": "\\tilde",
    "→": "\\vec",
    "⃗": "\\vec",
    "˙": "\\dot",
    "¨": "\\ddot",
}
_SINGLE = re.compile(r"\w|\\[A-Za-z]{1,20}\s?")
_SKIPPED = frozenset({"annotation", "annotation-xml", "mprescripts", "none", "script", "style"})


def tex_of_mathml(element: Element) -> str:
    """The TeX of a `math` element; markup without a TeX form gives the text inside it."""
    return re.sub(r"\s+", " ", _row(element, 0)).strip()


def _row(element: Element, depth: int) -> str:
    return "".join(_tex(child, depth + 1) for child in element.children)


def _tex(node: object, depth: int) -> str:
    if type(node) is Text:
        return node.data.strip().translate(_TRANSLATION)
    if type(node) is not Element or node.tag in _SKIPPED:
        return ""
    if depth > _MAX_DEPTH:
        return node.text.translate(_TRANSLATION)
    rule = _RULES.get(node.tag)
    if rule is None:
        return _row(node, depth)
    return rule(node, _parts(node, depth))


def _parts(element: Element, depth: int) -> list[str]:
    return [_tex(child, depth + 1) for child in element.children if type(child) is Element]


def _group(tex: str) -> str:
    return tex.strip() if _SINGLE.fullmatch(tex) and len(tex.strip()) == 1 else f"{{{tex.strip()}}}"


def _part(parts: list[str], index: int) -> str:
    return parts[index] if index < len(parts) else ""


def _identifier(element: Element, _parts: list[str]) -> str:
    text = element.text.strip()
    if text in _FUNCTIONS:
        return f"\\{text} "
    if len(text) > 1 and text.isalpha() and text.isascii():
        return f"\\mathrm{{{text}}}"
    return text.translate(_TRANSLATION)


def _fraction(_element: Element, parts: list[str]) -> str:
    return f"\\frac{{{_part(parts, 0).strip()}}}{{{_part(parts, 1).strip()}}}"


def _root(_element: Element, parts: list[str]) -> str:
    return f"\\sqrt[{_part(parts, 1).strip()}]{{{_part(parts, 0).strip()}}}"


def _square_root(_element: Element, parts: list[str]) -> str:
    return f"\\sqrt{{{''.join(parts).strip()}}}"


def _subscript(_element: Element, parts: list[str]) -> str:
    return f"{_base(parts)}_{_group(_part(parts, 1))}"


def _superscript(_element: Element, parts: list[str]) -> str:
    return f"{_base(parts)}^{_group(_part(parts, 1))}"


def _both_scripts(_element: Element, parts: list[str]) -> str:
    return f"{_base(parts)}_{_group(_part(parts, 1))}^{_group(_part(parts, 2))}"


def _base(parts: list[str]) -> str:
    base = _part(parts, 0).strip()
    return base if len(base) <= 1 or _SINGLE.fullmatch(base) or base.endswith(")") else f"{{{base}}}"


def _over(element: Element, parts: list[str]) -> str:
    accent = element.children[-1].text.strip() if element.children else ""
    if accent in _ACCENTS:
        return f"{_ACCENTS[accent]}{{{_part(parts, 0).strip()}}}"
    return _superscript(element, parts)


def _text(element: Element, _parts: list[str]) -> str:
    return f"\\text{{{element.text}}}" if element.text.strip() else " "


def _table(_element: Element, parts: list[str]) -> str:
    return "\\begin{matrix}" + " \\\\ ".join(part.strip() for part in parts) + "\\end{matrix}"


def _table_row(_element: Element, parts: list[str]) -> str:
    return " & ".join(part.strip() for part in parts)


def _fenced(element: Element, parts: list[str]) -> str:
    opening, closing = element.attr("open", "(") or "", element.attr("close", ")") or ""
    return opening.translate(_TRANSLATION) + ",".join(parts) + closing.translate(_TRANSLATION)


def _space(_element: Element, _parts: list[str]) -> str:
    return "\\ "


_RULES: dict[str, Callable[[Element, list[str]], str]] = {
    "mi": _identifier,
    "mfrac": _fraction,
    "mroot": _root,
    "msqrt": _square_root,
    "msub": _subscript,
    "msup": _superscript,
    "msubsup": _both_scripts,
    "munder": _subscript,
    "mover": _over,
    "munderover": _both_scripts,
    "mtext": _text,
    "mtable": _table,
    "mtr": _table_row,
    "mfenced": _fenced,
    "mspace": _space,
}
