"""Large inputs are read and repaired in little memory, and like small ones."""

from __future__ import annotations

import tracemalloc

import pytest

from cleaner.decoding import decode, repair, replay
from cleaner.decoding.blocks import byte_blocks, representative, text_blocks

LINE = "县里召开会议，研究部署今年的防汛工作，要求各乡镇认真落实责任，确保群众安全。\n"
LARGE = LINE * 80_000


def peak_of_reading(data: bytes) -> int:
    tracemalloc.start()
    decoded = decode(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert decoded.text.count(LINE) > 6_000
    return peak


@pytest.mark.parametrize("charset", ["gb18030", "utf-8"])
def test_what_a_file_is_larger_by_takes_three_times_that_beside_it(charset: str) -> None:
    small = LINE.encode(charset) + b"\xff" + LINE.encode(charset) * 12_500
    large = small + LINE.encode(charset) * 8_000
    assert peak_of_reading(large) - peak_of_reading(small) <= 3 * (len(large) - len(small))


def test_a_large_text_is_repaired_in_blocks_and_its_steps_replay() -> None:
    wrong = LINE[:-1].encode("gb18030").decode("latin-1") + "\n"
    text = LARGE[: 26_000 * len(LINE)] + wrong + LARGE[: 30_000 * len(LINE)] + wrong
    repaired = repair(text)
    assert repaired.text == LINE * 56_002
    assert replay(text, repaired.steps) == repaired.text


def test_blocks_are_whole_lines_and_together_the_input() -> None:
    for text in ("", "a", LARGE, "x" * 2_500_000, "x" * 2_500_000 + "\n" + LARGE):
        assert "".join(text_blocks(text)) == text
        assert all(block.endswith("\n") for block in list(text_blocks(text))[:-1])
        assert b"".join(byte_blocks(text.encode())) == text.encode()


def test_a_few_characters_far_inside_a_large_file_stand_for_it() -> None:
    data = b"plain ASCII\n" * 200_000 + LINE.encode("gb18030") + b"plain ASCII\n" * 200_000
    assert LINE.strip().encode("gb18030") in representative(data)
    assert LINE in decode(data).text
