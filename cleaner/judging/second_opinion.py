"""What readability-lxml takes for the page's content, as a column that the judge may use as evidence."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.page import Page

# Beginnings and ends of long blocks are compared, so that a candidate that lost an inline element is still recognised.
STRETCH = 40
MOST_STRETCHES = 50  # of a block; enough to tell its share
LARGEST = 5_000_000  # characters of markup; the engine's time grows faster than its input


def ask_readability(markup: str, page: Page) -> None:
    """Fills `page.candidate` with the share of each block's text that is inside the engine's candidate, 0 to 1.

    Leaves the column empty if the engine fails or finds nothing: a second opinion is welcome, never needed.
    """
    candidate = _candidate_text(markup) if len(markup) <= LARGEST else ""
    if candidate:
        page.candidate = [_share(text, candidate) for text in page.text]


def _candidate_text(markup: str) -> str:
    """The candidate's text, white space collapsed; "" if there is none."""
    from lxml.html import document_fromstring
    from readability import Document

    logger = logging.getLogger("readability.readability")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # it logs the traceback of each page that it can't read
    try:
        summary = Document(markup).summary(html_partial=True)
        text = " ".join(document_fromstring(summary).itertext()) if summary else ""
    except Exception:  # noqa: BLE001 - whatever a foreign engine trips over, the first judge still stands
        return ""
    finally:
        logger.setLevel(level)
    return " ".join(text.split())


def _share(text: str, candidate: str) -> float:
    flat = " ".join(text.split())
    if len(flat) <= 2 * STRETCH:
        return float(flat in candidate)
    stretches = [flat[at : at + STRETCH] for at in range(0, len(flat) - STRETCH + 1, STRETCH)][:MOST_STRETCHES]
    return sum(stretch in candidate for stretch in stretches) / len(stretches)
