"""What a site's pages share, as evidence against a block: the share of pages, the place, the neighbours, the score.

Nothing here removes a text because it repeats. The evidence is taken off the log odds that the judge gave; a text that
repeats inside the main text loses little, and one that the judge is sure of stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cleaner.judging.text_keys import text_key
from cleaner.profile import LEAST_SHARE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cleaner.page import Page
    from cleaner.profile import SiteProfile

    Floats = NDArray[np.float64]
    Kept = NDArray[np.bool_]

RULE = "profile"
# All figures are of the development pages of sites with five pages or more (572 pages of 45 sites, 125,000 blocks).
# From this share on a text counts in full: what all pages but one in twenty have.
ALL = 0.95
# Log odds that a text loses. Between the page's edge and its own text, of 280 repeated blocks with scores of 0.1 to 0.5
# but 4 % were content, of others with such scores 23 %. More than that is taken off: the judge was fitted to those
# sites too; of their pages as bare text, of 2,593 such lines that it kept, 0.2 % were content.
AT_EDGE = 5.0
# In a run of eight repeated blocks or more, none of those with scores of 0.2 to 0.5 was content, of others 30 %.
IN_RUN, LONG_RUN = 2.5, 8
# Alone among the page's own text, where labels of facts and of prices stand that all pages have: of 766 blocks with
# scores of 0.5 to 0.8, 56 % were content, of others 75 %. With 1.2 as many pages lost more than half a point as gained
# it; with 0.6, 15 gained and 9 lost.
ANYWHERE = 0.6
# What is impossible, or certain, has no odds.
_NEVER, _EVER = 1e-6, 1 - 1e-6


def mark_repeats(page: Page, site: SiteProfile) -> None:
    """Fills `page.shared` and `page.shared_place` with what is known of the texts of the page's site."""
    keys = [None if why else text_key(text) for text, why in zip(page.text, page.hidden, strict=True)]
    page.shared = [0.0 if key is None else site.share(key) for key in keys]
    found = [None if key is None else site.repeats.get(key) for key in keys]
    page.shared_place = ["" if repeat is None else repeat.place for repeat in found]


def weigh_repeats(page: Page, score: Floats, kept: Kept, title: Sequence[int]) -> Floats:
    """The scores of the blocks after what their site's pages share is held against them.

    score, kept   what the judge says without it; score is the probability of content
    title         the blocks that are the page's title: menus of other pages name it too, so they are never counted

    A page that keeps nothing of its own is left alone.
    """
    strength = np.clip((np.array(page.shared) - LEAST_SHARE) / (ALL - LEAST_SHARE), 0, 1)
    own = np.flatnonzero(kept & (strength == 0))
    strength[list(title)] = 0
    repeated = strength > 0
    if not repeated.any() or not len(own):
        return score
    weight = np.where(_run_lengths(repeated) >= LONG_RUN, IN_RUN, ANYWHERE)
    weight[_at_edge(page.shared_place, repeated, own)] = AT_EDGE
    bounded = np.clip(score, _NEVER, _EVER)
    odds = np.log(bounded / (1 - bounded)) - weight * strength
    return np.where(repeated, 1 / (1 + np.exp(-odds)), score)


def _at_edge(places: Sequence[str], repeated: Kept, own: NDArray[np.int64]) -> Kept:
    """Repeated blocks that none of the blocks `own` parts from the page's beginning or end, as on other pages."""
    index = np.arange(len(repeated))
    outside = (index < own[0]) | (index > own[-1])
    return np.asarray(repeated & outside & (np.array(places) != "inside"), np.bool_)


def _run_lengths(repeated: Kept) -> NDArray[np.int64]:
    """How many repeated blocks stand together, for each of them; 0 for others."""
    number = np.cumsum(np.diff(repeated.astype(np.int8), prepend=0) != 0)
    return np.asarray(np.bincount(number)[number] * repeated)
