"""Shards: the same inputs give the same ones, on every machine."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from cleaner.errors import UnreadableInput, UsageError
from cleaner.records.record import Span
from cleaner.shards import plan as planning
from cleaner.shards.plan import Shard, one_in, plan


def make_parquet(path: Path, rows: int, group: int) -> None:
    parquet.write_table(pa.table({"html": ["<p>A bridge.</p>"] * rows}), path, row_group_size=group)


def test_a_large_parquet_file_becomes_several_shards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_parquet(tmp_path / "a.parquet", 50, 10)
    monkeypatch.setattr(planning, "ROWS_PER_SHARD", 20)
    shards = plan([str(tmp_path / "a.parquet")], None)
    assert [shard.span for shard in shards] == [Span(0, 2), Span(2, 4), Span(4, 5)]
    assert [shard.number for shard in shards] == [0, 1, 2]
    assert shards[1].label.endswith("a.parquet (row groups 2 to 3)")


def test_a_broken_parquet_file_is_a_shard_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and no more")
    make_parquet(tmp_path / "b.parquet", 1, 1)
    assert len(plan([str(tmp_path)], None)) == 2


def test_an_input_that_is_named_twice_counts_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").touch()
    name = str(tmp_path / "a.jsonl")
    assert plan([name, name], None) == [Shard(0, (name,))]


def test_an_input_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such file"):
        plan([str(tmp_path / "a.jsonl")], None)


def test_pages_are_put_together_in_the_order_of_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "PAGES_PER_SHARD", 2)
    for name in ("c.html", "a.html", "b.txt", "z.bin"):
        (tmp_path / name).write_text("A bridge.")
    shards = plan([str(tmp_path)], None)
    assert [[Path(source).name for source in shard.sources] for shard in shards] == [["a.html", "b.txt"], ["c.html"]]
    assert all(shard.pages for shard in shards)


def test_a_file_without_a_known_name_is_looked_into(tmp_path: Path) -> None:
    make_parquet(tmp_path / "data", 1, 1)
    (shard,) = plan([str(tmp_path / "data")], None)
    assert not shard.pages


@given(st.integers(0, 50), st.integers(1, 10))
def test_shares_hold_each_shard_once(count: int, shares: int) -> None:
    shards = [Shard(number, (f"{number}.jsonl",)) for number in range(count)]
    found = Counter(shard for share in range(shares) for shard in one_in(shards, f"{share + 1}/{shares}"))
    assert found == Counter(shards)


@pytest.mark.parametrize("share", ["", "/", "1/0", "2/1", "x/2", "1/2/3", "١/٢ "])
def test_what_is_no_share_is_an_error(share: str) -> None:
    with pytest.raises(UsageError):
        one_in([], share)
