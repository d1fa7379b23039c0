"""What is worked out only when it is asked for is the same to everyone who asks."""

from __future__ import annotations

import copy
import pickle

import cleaner
from cleaner.deferred import Deferred
from cleaner.document import Metadata

PAGE = (
    "<html lang='en'><head><title>The old mill</title></head><body><nav><a href='/'>Home</a> <a href='/a'>Us</a></nav>"
    "<article><h1>The old mill</h1><p>By Ann Smith, 3 May 2021</p>"
    + "<p>The mill by the river has stood empty since the flood, and nobody knows who owns its wheel now.</p>" * 6
    + "</article></body></html>"
)


def test_a_value_is_worked_out_once_and_only_when_asked_for() -> None:
    calls: list[int] = []

    def make() -> Metadata:
        calls.append(1)
        return Metadata(title="The old mill")

    document = cleaner.clean(PAGE)
    document.metadata = Deferred(make)
    assert not calls
    first, second = document.metadata, document.metadata
    assert first is second
    assert calls == [1]


def test_pickles_and_copies_hold_the_values() -> None:
    asked, sent, copied = cleaner.clean(PAGE), cleaner.clean(PAGE), cleaner.clean(PAGE)
    assert asked.metadata.title == "The old mill"
    assert asked.removed
    assert pickle.loads(pickle.dumps(sent)) == asked
    assert copy.copy(copied) == asked


def test_metadata_is_read_before_or_after_the_text_is_written() -> None:
    before, after = cleaner.clean(PAGE), cleaner.clean(PAGE)
    known, account = before.metadata, before.removed
    assert before.to_text() == after.to_text()
    assert (after.metadata, after.removed) == (known, account)
