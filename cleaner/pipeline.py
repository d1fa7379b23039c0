"""The one path: bytes → text → page → verdicts → document. The only module that knows the order."""

from __future__ import annotations

import dataclasses
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from cleaner.decoding import (
    Decoded,
    Repaired,
    decode,
    decode_as,
    normalize_characters,
    normalize_references,
    refuse_binary,
    repair,
    together,
)
from cleaner.deferred import Deferred
from cleaner.document import Document, Encoding
from cleaner.errors import UnreadableInput, UsageError
from cleaner.judging.account import findings, removals, takes_out
from cleaner.judging.override import keep_visible, override
from cleaner.judging.passages import passages
from cleaner.models import model_of
from cleaner.options import Options
from cleaner.readers.sniff import sniff

if TYPE_CHECKING:
    from cleaner.document import Block, Metadata, Outcome
    from cleaner.page import Page, SourceKind
    from cleaner.profile import Profile
    from cleaner.readers import Reading
    from cleaner.readers.markdown import MarkdownReading
    from cleaner.verdict import Judgement


class _Read(Protocol):
    def __call__(self, text: str, url: str | None) -> Reading: ...


class _Judge(Protocol):
    def __call__(self, page: Page, options: Options) -> Judgement: ...


class _Build(Protocol):
    def __call__(self, reading: Reading, judgement: Judgement, options: Options) -> tuple[Block, ...]: ...


class _Format(NamedTuple):
    """Where the three steps of an input format live; strings, so that nothing is imported before it is needed."""

    read: str
    judge: str
    build: str


class Given(NamedTuple):
    """An input that was read: its kind, its text, how that came out of the bytes, and what its reader made of it."""

    kind: SourceKind
    text: str
    encoding: Encoding
    reading: Reading

    @property
    def page(self) -> Page:
        """The page's columns."""
        return self.reading.page


class Judged(NamedTuple):
    """A page and what is decided about it; `options` are those for its host."""

    kind: SourceKind
    reading: Reading
    judgement: Judgement
    options: Options
    encoding: Encoding


FORMATS: dict[SourceKind, _Format] = {
    "html": _Format("cleaner.readers.html:read", "cleaner.judging.blocks:judge", "cleaner.building.from_html:build"),
    "text": _Format("cleaner.readers.text:read", "cleaner.judging.lines:judge", "cleaner.building.from_lines:build"),
    "markdown": _Format(
        "cleaner.readers.markdown:read", "cleaner.judging.lines:judge", "cleaner.building.from_markdown:build"
    ),
}


def clean(
    data: bytes | str,
    *,
    url: str | None = None,
    name: str | None = None,
    declared: str | None = None,
    options: Options | None = None,
) -> Document:
    """The document inside `data`.

    data     HTML, bare text or Markdown; bytes in any charset, or text
    url      the page's address, where it is known: links are resolved against it, and it is evidence
    name     a file name; its suffix helps to tell the kind of input
    declared the charset that an HTTP header names: it counts, but the bytes may know better

    Returns a Document; its `outcome` is `nothing` if there is no content in the input.
    Raises BinaryInput if the bytes are not text, UnreadableInput if there are more than `options.max_bytes`.
    """
    judged = judge(data, url=url, name=name, declared=declared, options=options)
    page, judgement, options = judged.reading.page, judged.judgement, judged.options
    blocks = cast("_Build", _load(FORMATS[judged.kind].build))(judged.reading, judgement, options)
    outcome: Outcome = "nothing" if not blocks else "cleaned" if takes_out(page, judgement) else "unchanged"
    return Document(
        kind=judged.kind,
        outcome=outcome,
        sureness=judgement.sureness,
        blocks=blocks,
        metadata=Deferred(lambda: _metadata(page, judgement, options.model)),
        removed=Deferred(lambda: removals(page, judgement)),
        findings=Deferred(lambda: findings(page, judgement)),
        passages=Deferred(lambda: passages(page, judgement)),
        encoding=judged.encoding,
        source=page.source,
        options=options,
        name=name,
        host=host_of(page),
    )


def judge(
    data: bytes | str,
    *,
    url: str | None = None,
    name: str | None = None,
    declared: str | None = None,
    options: Options | None = None,
) -> Judged:
    """What is decided about each block of `data`, before a document is made of it. Arguments and errors as `clean`."""
    options = options or Options()
    given = read(data, url=url, name=name, declared=declared, options=options)
    kind, page, steps = given.kind, given.page, FORMATS[given.kind]
    if options.sites:
        options = options.for_host(host_of(page))
    if options.profile is not None and options.level != "none":
        _mark_repeats(page, name, options.profile)
    if options.level == "none":
        judgement = keep_visible(page)
    else:
        if kind == "html" and options.engine == "readability":
            from cleaner.judging.second_opinion import ask_readability

            ask_readability(given.text, page)
        judgement = override(cast("_Judge", _load(steps.judge))(page, options), options)
        if options.rules:
            from cleaner.judging.user_rules import obey

            judgement = obey(judgement, page, options, host=host_of(page), name=name)
    if kind == "markdown" and not options.unsafe_links:
        from cleaner.building.hidden_markup import with_hidden_markup

        judgement = with_hidden_markup(judgement, cast("MarkdownReading", given.reading), options)
    return Judged(kind, given.reading, judgement, options, given.encoding)


def read(
    data: bytes | str,
    *,
    url: str | None = None,
    name: str | None = None,
    declared: str | None = None,
    options: Options | None = None,
) -> Given:
    """The input as a page, before anything is judged. Arguments and errors as for `clean`."""
    options = options or Options()
    text, encoding = _decoded(data, declared, options)
    kind = sniff(text, name) if options.input_kind == "auto" else options.input_kind
    if kind == "html":
        normalized = normalize_references(text)
        text, invisible = normalized.text, together(encoding.invisible, normalized.invisible)
        encoding = dataclasses.replace(encoding, invisible=invisible)
    if options.normalize != "none" or options.fold:
        from cleaner.decoding.folding import folded

        text = folded(text, kind, options)
    return Given(kind, text, encoding, cast("_Read", _load(FORMATS[kind].read))(text, url))


def convert(
    data: bytes | str, *, url: str | None = None, name: str | None = None, options: Options | None = None
) -> Document:
    """The same without judging: everything that a reader of the page sees is kept. Arguments as for `clean`."""
    return clean(data, url=url, name=name, options=dataclasses.replace(options or Options(), level="none"))


def _metadata(page: Page, judgement: Judgement, models: tuple[str, ...]) -> Metadata:
    from cleaner.metadata import read_metadata

    metadata = read_metadata(page, judgement, model=model_of(models, "metadata"))
    for field in dataclasses.fields(metadata):
        value = getattr(metadata, field.name)
        if isinstance(value, str):  # JSON-LD may escape what nobody sees
            setattr(metadata, field.name, normalize_characters(value).text)
    return metadata


def _decoded(data: bytes | str, declared: str | None, options: Options) -> tuple[str, Encoding]:
    """The input as text without control characters, mojibake turned back, and how it was read."""
    if len(data) > options.max_bytes:
        raise UnreadableInput(
            f"{len(data):,} bytes are more than the limit of {options.max_bytes:,}", hint="raise it with --max-size"
        )
    if isinstance(data, bytes):
        refuse_binary(data)
        decoded = decode(data, declared=declared) if options.encoding is None else _as_asked(data, options.encoding)
    else:
        decoded = Decoded(data, "str", "text given as str")
    repaired = repair(decoded.text) if options.repair else Repaired(decoded.text)
    normalized = normalize_characters(repaired.text)
    encoding = Encoding(
        decoded.encoding,
        decoded.evidence,
        decoded.replaced,
        tuple(str(step) for step in repaired.steps),
        decoded.sureness,
        decoded.declared,
        max(0, repaired.lost.total - decoded.replaced),
        decoded.candidates,
        tuple((place.line, place.column) for place in decoded.places),
        normalized.invisible,
    )
    return normalized.text, encoding


def host_of(page: Page) -> str:
    """The host of the page's address, as it was given or as the page itself names it; "" if neither."""
    from urllib.parse import urlsplit

    try:
        return (urlsplit(page.url or page.head.canonical or page.head.meta.get("og:url", "")).hostname or "").lower()
    except ValueError:
        return ""


def folder_of(name: str | None) -> str:
    """The name of the folder in the name of a file; "" if there is none."""
    return PurePath(name).parent.name if name else ""


def _mark_repeats(page: Page, name: str | None, profile: Profile) -> None:
    site = profile.site_of(host_of(page), folder_of(name))
    if site is not None:
        from cleaner.judging.repeats import mark_repeats

        mark_repeats(page, site)


def _as_asked(data: bytes, encoding: str) -> Decoded:
    try:
        return decode_as(data, encoding)
    except LookupError:
        raise UsageError(f"no charset is named {encoding!r}") from None


def _load(path: str) -> object:
    module, name = path.split(":")
    return getattr(import_module(module), name)
