"""Pages whose title, author and date are known, with what competes for each of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from cleaner.judging.override import override
from cleaner.metadata import read_metadata
from cleaner.options import Options
from cleaner.training.gold import read_gold
from cleaner.training.html.corpus import registered_domain
from cleaner.verdict import unweighed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cleaner.metadata.candidates import Field
    from cleaner.metadata.groups import Contest
    from cleaner.page import Page
    from cleaner.verdict import Judgement


@dataclass(slots=True)
class Known:
    """One page: what a person says of it (empty for nothing), how it was read, and what competes for each field."""

    domain: str
    gold: dict[str, str]
    page: Page
    judgement: Judgement
    contests: dict[Field, Contest] = field(default_factory=dict)

    @property
    def half(self) -> int:
        """0 or 1; all pages of a domain are in the same half."""
        return sha256(self.domain.encode()).digest()[0] % 2

    def competed(self) -> Known:
        """The same page with what competes for its fields by today's finders."""
        self.contests = {}
        read_metadata(self.page, self.judgement, self.contests)
        return self


def read_known(folder: Path) -> Iterator[Known]:
    """The pages of a corpus in the order of `gold.jsonl`, read and judged as HTML."""
    from cleaner.decoding.charset import decode
    from cleaner.judging.blocks import judge
    from cleaner.readers import html

    options = Options()
    for gold in read_gold(folder):
        page = html.read(decode(gold.html()).text, gold.url or None).page
        known = {"title": gold.title, "author": gold.author, "date": gold.date}
        domain = registered_domain(gold.url) or gold.id
        judgement = override(judge(page, options), options)
        # Their reasons, worked out now: what makes them later, or explains them, can't be stored.
        judgement.verdicts = list(judgement.verdicts)
        judgement.weigh = unweighed
        yield Known(domain, known, page, judgement)
