"""Bar charts as inline SVG, drawn by matplotlib (extra `report`), coloured by the page that they stand in."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, fromstring, register_namespace, tostring

from cleaner.errors import MissingLibrary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes

    _Draw = Callable[[Axes], None]

_SVG = "http://www.w3.org/2000/svg"
_INK, _BAR = "#000001", "#000002"  # stand for the page's own colours until the picture is drawn
_CLASSES = {_INK: "ink", _BAR: "bar"}
_WIDTH, _BAR_HEIGHT, _FRAME = 7.0, 0.26, 0.7  # inches
_LONGEST_LABEL = 40  # letters; longer names stand in full in the table beside
_PROPERTIES = frozenset(("fill", "stroke", "stroke-width", "text-anchor", "fill-opacity", "opacity"))


def bars(labels: Sequence[str], values: Sequence[int], title: str) -> str:
    """Horizontal bars, a label each, the first on top; the number stands at the end of its bar.

    Raises MissingLibrary if matplotlib is missing.
    """

    def draw(axes: Axes) -> None:
        places = range(len(values))
        drawn = axes.barh(places, values, color=_BAR, height=0.7)
        axes.set_yticks(places, [_short(label) for label in labels])
        axes.invert_yaxis()
        axes.bar_label(drawn, [f"{value:,}" for value in values], padding=4, color=_INK)
        axes.set_xticks([])
        axes.margins(x=0.12, y=0.01)
        axes.spines["bottom"].set_visible(False)

    return _picture(draw, len(values) * _BAR_HEIGHT + _FRAME / 2, title)


def histogram(counts: Sequence[int], title: str) -> str:
    """Upright bars over 0 to 1 in equal parts. Raises MissingLibrary if matplotlib is missing."""

    def draw(axes: Axes) -> None:
        from matplotlib.ticker import MaxNLocator

        width = 1 / len(counts)
        axes.bar([place * width for place in range(len(counts))], counts, width=width * 0.9, align="edge", color=_BAR)
        axes.set_xlim(0, 1)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))

    return _picture(draw, 2.2 + _FRAME / 2, title)


def _picture(draw: _Draw, height: float, title: str) -> str:
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingLibrary.of_extra("report", "a report as HTML needs matplotlib") from None
    settings: Any = {
        "svg.fonttype": "none",  # text stays text
        "svg.hashsalt": "cleaner",  # the same picture in every run
        "text.parse_math": False,  # a name with dollar signs is no formula
        "font.size": 10,
        "text.color": _INK,
        "axes.labelcolor": _INK,
        "axes.edgecolor": _INK,
        "xtick.color": _INK,
        "ytick.color": _INK,
    }
    out = io.BytesIO()
    with rc_context(settings):
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        axes = figure.add_subplot()
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(length=0)
        axes.patch.set_visible(False)
        figure.patch.set_visible(False)
        draw(axes)
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _inlined(out.getvalue(), title)


def _inlined(svg: bytes, title: str) -> str:
    """The picture without styles of its own, which a strict policy would refuse: classes and plain attributes."""
    register_namespace("", _SVG)
    root = fromstring(svg)  # noqa: S314 our own picture
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in {f"{{{_SVG}}}metadata", f"{{{_SVG}}}style"}:
                parent.remove(child)
    for element in root.iter():
        _plain(element)
    size = root.get("viewBox", "")
    root.attrib.clear()
    root.attrib |= {"viewBox": size, "class": "chart", "role": "img", "aria-label": title}
    text = tostring(root, encoding="unicode")
    return re.sub(r' xmlns:\w{1,9}="[^"]{0,99}"', "", text)


def _plain(element: Element) -> None:
    for declaration in (element.attrib.pop("style", None) or "").split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip(), value.strip()
        if value in _CLASSES:
            element.set("class", f"{element.get('class', '')} {_CLASSES[value]}-{name}".strip())
        elif name in _PROPERTIES:
            element.set(name, value)


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
