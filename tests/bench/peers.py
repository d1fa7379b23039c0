"""The tools that are compared: each a function from a page and its address to the text that it takes for content."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    Extract = Callable[[bytes, str | None], str]


class Peer(NamedTuple):
    """A tool by name, the packages that it needs, and how it is called."""

    name: str
    needs: tuple[str, ...]
    extract: Extract


def _cleaner(page: bytes, url: str | None) -> str:
    import cleaner

    return cleaner.clean(page, url=url).to_text()


def _keep_everything(page: bytes, url: str | None) -> str:
    import cleaner

    return cleaner.convert(page, url=url).to_text()


def _trafilatura(page: bytes, url: str | None) -> str:
    import trafilatura

    return trafilatura.extract(page, url=url, include_comments=False) or ""


def _readability(page: bytes, _url: str | None) -> str:
    from inscriptis import get_text
    from readability import Document

    import cleaner

    return get_text(Document(cleaner.decode(page).text).summary())


def _resiliparse(page: bytes, _url: str | None) -> str:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    return extract_plain_text(HTMLTree.parse_from_bytes(page, detect_encoding(page)), main_content=True)


PEERS = (
    Peer("cleaner", (), _cleaner),
    Peer("keep everything", (), _keep_everything),
    Peer("trafilatura", ("trafilatura",), _trafilatura),
    Peer("readability-lxml", ("readability", "inscriptis"), _readability),
    Peer("resiliparse", ("resiliparse",), _resiliparse),
)


def installed() -> list[Peer]:
    """The peers whose packages are there."""
    return [peer for peer in PEERS if all(find_spec(package) for package in peer.needs)]
