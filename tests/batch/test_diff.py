"""A diff names what changes and nothing else, with line ends as they are."""

from __future__ import annotations

import difflib
import re

from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch.diff import unified_diff


def diff(before: str, after: str, shape: str = "plain") -> str:
    return unified_diff(before, after, "notes.txt", shape).decode()  # type: ignore[arg-type]


def test_a_line_that_goes_is_shown_between_its_neighbours() -> None:
    assert diff("one\ntwo\nthree\n", "one\nthree\n") == (
        "--- a/notes.txt\n+++ b/notes.txt\n@@ -1,3 +1,2 @@\n one\n-two\n three\n"
    )


def test_a_missing_end_of_the_last_line_is_told() -> None:
    assert diff("one\ntwo", "one\n").endswith("-two\n\\ No newline at end of file\n")


def test_carriage_returns_stay() -> None:
    assert "-two\r\n" in diff("one\r\ntwo\r\n", "one\r\n")


TEXTS = st.lists(st.sampled_from(["a", "b", "", "\r", "\u2028", "@", "-", "+"]), max_size=12).map("\n".join)


@given(before=TEXTS, after=TEXTS)
def test_colours_are_all_that_colours_add(before: str, after: str) -> None:
    plain = diff(before, after)
    assert re.sub(r"\x1b\[\d*m", "", diff(before, after, "colored")) == plain
    assert bool(plain) == (before != after)
    kept = [line[1:] for line in plain.split("\n")[2:] if line.startswith(("+", " "))]
    changed = difflib.SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False).ratio() < 1
    assert not (kept and not changed)
