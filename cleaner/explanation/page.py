"""An explanation as one page of HTML that loads nothing, runs nothing but its own script, and reads well without it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING, Any

from cleaner.content_policy import content_policy
from cleaner.explanation import explain
from cleaner.explanation.telling import (
    DOUBTFUL,
    by_model,
    counts,
    excerpt,
    facts,
    reasons,
    runs,
    signed,
    summary,
    verdict,
)
from cleaner.writers.html import embedded_html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Template

    from cleaner.document import Document, Passage
    from cleaner.explanation import Explanation

_WORDS = {"cleaned": "Cleaned:", "unchanged": "Unchanged:", "nothing": "No document in it:"}


def write_page(document: Document) -> str:
    """The page that explains a document; the page's own text and the document's are escaped."""
    from markupsafe import Markup

    import cleaner

    explanation = explain(document)
    style, script = _data("style.css"), _data("script.js")
    return _template().render(
        policy=content_policy(style=style, script=script),
        # Both are our own, and the document's HTML is escaped and sanitised by its writer.
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        document=Markup(embedded_html(document.blocks)),  # noqa: S704
        markdown=document.to_markdown(),
        title=explanation.metadata.title or explanation.name or "A page",
        outcome=_WORDS[explanation.outcome],
        summary=summary(explanation),
        sureness=f"{explanation.sureness:.2f}",
        facts=facts(explanation),
        findings=[{"category": found.category, "told": excerpt(found)} for found in explanation.findings],
        legend=[{"category": category, "count": number} for category, number in counts(explanation).most_common()],
        runs=list(_runs(explanation)),
        language=explanation.metadata.language,
        version=cleaner.__version__,
    )


def _runs(explanation: Explanation) -> Iterator[dict[str, Any]]:
    numbers = count(1)
    for run in runs(explanation.passages):
        yield {"category": run.category, "parts": [_part(passage, next(numbers)) for passage in run.passages]}


def _part(passage: Passage, number: int) -> dict[str, Any]:
    doubtful = passage.kept and passage.score < DOUBTFUL and by_model(passage)
    return {
        "number": number,
        "state": "removed" if not passage.kept else "kept doubtful" if doubtful else "kept",
        "kind": passage.kind.replace(" ", "-"),
        "text": passage.text.rstrip() if passage.kept else passage.text.strip(),
        "label": "Kept, in doubt" if passage.kept else f"Removed as {passage.category}",
        "why": _why(passage) if doubtful or not passage.kept else None,
    }


def _why(passage: Passage) -> dict[str, Any]:
    told = [
        {
            "side": "sum" if not reason.own else "content" if reason.weight > 0 else "chrome",
            "weight": signed(reason.weight),
            "words": reason.words,
        }
        for reason in reasons(passage)
    ]
    return {"said": verdict(passage), "reasons": told}


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    return Environment(autoescape=True, undefined=StrictUndefined).from_string(_data("page.html"))


@cache
def _data(name: str) -> str:
    return (files("cleaner") / "data" / "explain" / name).read_text("utf-8")
