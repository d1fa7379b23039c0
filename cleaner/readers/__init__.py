"""Readers: decoded text in, a `Reading` out. A reader knows nothing of judging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.page import Page


@dataclass(slots=True)
class Reading:
    """A page as the judge sees it; readers of trees add what their builder needs to build from real markup."""

    page: Page
