"""From the pages of sites to a profile of what the pages of each share. Nothing here knows what is content in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cleaner.judging.text_keys import text_key
from cleaner.pipeline import folder_of, host_of, read
from cleaner.profile import FOLDER, Profile
from cleaner.profiles.tally import Seen, Tally
from cleaner.widths import columns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.options import Options
    from cleaner.page import Page

# What a page says for itself: a text of a line's length at least (30 Chinese characters), that is not made of links.
_RUNNING_COLUMNS, _MOST_LINKED = 60, 0.3
_MOST_TEXTS = 2_000  # of a page, half of them from its beginning; what sites share stands at either end
_EXCERPT = 80  # characters


class Learner:
    """Takes pages one by one, in memory that does not grow with their number, and makes a profile of them."""

    def __init__(self, options: Options | None = None) -> None:
        self._options = options
        self._tally = Tally()

    def add(
        self, data: bytes | str, *, url: str | None = None, name: str | None = None, declared: str | None = None
    ) -> None:
        """Take in a page; arguments as of `cleaner.clean`.

        Pages that say no address are of the site of their folder, which is the one in `name`.
        Raises CleanerError for what can't be read as a page.
        """
        page = read(data, url=url, name=name, declared=declared, options=self._options).page
        host = host_of(page).removeprefix("www.") or f"{FOLDER}{folder_of(name)}"
        self._tally.add(host, _texts(page))

    def profile(self) -> Profile:
        """What was learnt up to now."""
        return Profile.of(site for site in self._tally.sites() if site.repeats)


def learn(pages: Iterable[tuple[bytes | str, str | None]], *, options: Options | None = None) -> Profile:
    """A profile of what the pages of each site share, for `Options.profile`.

    pages    the data of each page, and its address, or None where that is not known
    options  how pages are read: `input_kind`, `encoding`, `repair`, `max_bytes`

    Memory doesn't grow with the number of pages. Sites of fewer than three pages aren't in it. Raises CleanerError for
    data that can't be read as a page.
    """
    learner = Learner(options)
    for data, url in pages:
        learner.add(data, url=url)
    return learner.profile()


def _texts(page: Page) -> list[Seen]:
    """The visible texts of a page that have a key."""
    texts: list[Seen] = []
    for index, text in enumerate(page.text):
        key = None if page.hidden and page.hidden[index] else text_key(text)
        if key is not None:
            texts.append(Seen(key, _is_running(page, index), _excerpt(text)))
    half = _MOST_TEXTS // 2
    return texts if len(texts) <= _MOST_TEXTS else texts[:half] + texts[-half:]


def _is_running(page: Page, index: int) -> bool:
    text = page.text[index]
    linked = page.link_chars[index] if page.link_chars else 0
    return columns(text[: 2 * _RUNNING_COLUMNS]) >= _RUNNING_COLUMNS and linked <= _MOST_LINKED * len(text)


def _excerpt(text: str) -> str:
    line = " ".join(text[: 2 * _EXCERPT].split())
    shown = line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"
    return shown.encode("utf-8", "replace").decode()
