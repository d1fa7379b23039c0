"""Fitting of the table of metadata: what competes, what counts as right, what is written."""

import json
import tomllib
from pathlib import Path

import pytest

from cleaner.training.metadata.right import is_right

PAGE = """<html><head><title>{title} | Harbour Post</title></head><body><article><h1>{title}</h1>
<p class=byline>By {author} <time datetime={date}>{date}</time></p>
<p>The ferry to the island has been late every morning of this week, and those who wait for it have begun to bring
their own chairs, a kettle, and a set of cards to the pier.</p>
<p>The company says that the new engine must be run in slowly, and that it will be as fast as the old one in spring.
Until then the school opens half an hour later, which none of the pupils seems to mind.</p></article></body></html>"""


def _corpus(folder: Path, count: int) -> Path:
    (folder / "pages").mkdir(parents=True)
    rows = []
    for number in range(count):
        known = {"title": f"Ferry late on morning {number}", "author": "Jane Doe", "date": f"2024-03-{number + 1:02}"}
        (folder / "pages" / f"{number}.html").write_text(PAGE.format(**known), encoding="utf-8")
        rows.append(json.dumps({"id": str(number), "url": f"https://post{number}.example/ferry", **known}))
    (folder / "gold.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return folder


def test_the_table_is_fitted_the_same_each_time_and_says_how_well(tmp_path: Path) -> None:
    pytest.importorskip("scipy")
    from cleaner.training.metadata import train

    corpus = _corpus(tmp_path / "ferries", 16)
    written = []
    for _ in range(2):
        scores = train([corpus], tmp_path / "weights.toml", None, lambda _line: None)
        written.append((tmp_path / "weights.toml").read_text(encoding="utf-8"))
    assert written[0] == written[1]
    assert "half A, held out: title" in written[0]
    assert "# Fitted to ferries" in written[0]
    table = tomllib.loads(written[0])
    assert {"kind", "format", "title", "date", "author"} == set(table)
    assert all("least" in table[field] for field in ("title", "date", "author"))
    assert scores.rows[0] == ("title", "1.000", "1.000", "1.000")


def test_pages_that_were_read_are_kept_for_the_next_fit(tmp_path: Path) -> None:
    from cleaner.training.metadata import _read

    corpus = _corpus(tmp_path / "ferries", 2)
    read, kept = (_read(corpus, tmp_path / "cache") for _ in range(2))
    assert [one.contests["author"].groups[0].values for one in kept] == [
        one.contests["author"].groups[0].values for one in read
    ]


@pytest.mark.parametrize(
    ("field", "value", "gold", "right"),
    [
        ("date", "2024-03-12T08:00:00Z", "2024-03-12", True),
        ("date", "2024-03-13", "2024-03-12", False),
        ("author", "Jane Doe", "By Doe", True),
        ("author", "Jane Doe", "John Roe", False),
        ("author", "", "John Roe", False),
        ("title", "The ferry is late again", "The Ferry is late again!", True),
        ("title", "Harbour Post", "The ferry is late again", False),
    ],
)
def test_what_is_right(field: str, value: str, gold: str, right: bool) -> None:
    assert is_right(field, value, gold) is right  # type: ignore[arg-type]
