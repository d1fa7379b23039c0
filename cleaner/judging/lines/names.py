"""The names of the line model's features, in the order of their columns."""

from __future__ import annotations

from cleaner.judging.lines.features import REACHES, SECOND_REACHES, SECOND_SHIFTS, SHIFTS
from cleaner.judging.lines.marks import GROUPS

_NEAR = ("words", "lexicon", "good", "marked")


def _beside(step: int) -> str:
    return f"above{step}" if step > 0 else f"below{-step}"


FIRST_NAMES: tuple[str, ...] = (
    "words", "characters", "lexicon", "ends", "sentences", "gaps", "items", "row", "running", "letters", "bullets",
    "blank", "blank_after", "indent", "item", "heading", "guarded", "link", "covered", "sure", "heads", "spam",
    *(f"share_{kind}" for kind in
      ("upper", "digit", "ideograph", "space", "comma", "separator", "unspaced", "other")),
    *(f"number_{kind}" for kind in ("stop", "comma", "separator", "open", "bullet")),
    *(f"last_{kind}" for kind in ("comma", "colon", "digit", "separator", "close", "bullet", "other")),
    *(f"first_{kind}" for kind in ("upper", "lower", "digit", "ideograph", "open", "separator", "bullet")),
    *(f"mark_{group}" for group in GROUPS),
    *(f"{_beside(step)}_{name}" for step in SHIFTS for name in _NEAR),
    *(f"{side}{reach}_{name}" for reach in REACHES for side in ("before", "after") for name in _NEAR),
    "text_before", "text_after", "at_indent", "turn", "turn_after", "since_good", "to_good", "since_sure", "to_sure",
    "at_top", "at_bottom", "page_lines", "page_words", "page_good", "page_text", "page_ideographs", "page_short",
    "page_lexicon", "page_length", "page_sure", "page_sures",
)  # fmt: skip
SECOND_NAMES: tuple[str, ...] = (
    "odds", "content_before", "content_after", "since_content", "to_content",
    *(f"{_beside(step)}_odds" for step in SECOND_SHIFTS),
    *(f"{side}{reach}_score" for reach in SECOND_REACHES for side in ("before", "after")),
    "page_most", "page_mean", "page_share",
)  # fmt: skip
