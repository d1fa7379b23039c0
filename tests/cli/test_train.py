"""`cleaner train` and `--model`: the same corpora give the same bytes, and what can't be used is told in a line."""

from __future__ import annotations

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from cleaner.models import packed, read_arrays
from cleaner.training import train as training

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import RunCleaner

PAGE = """<html lang=en><head><title>{title} | Harbour Post</title></head><body>
<nav><a href=/>Home</a> <a href=/news>News</a> <a href=/sport>Sport</a></nav><article><h1>{title}</h1>
<p class=byline>By {author} <time datetime={date}>{date}</time></p>{paragraphs}</article>
<footer><p>Copyright Harbour Post. All rights reserved.</p></footer></body></html>"""
PARAGRAPHS = (
    "The ferry to the island has been late every morning of this week, and people bring their own chairs.",
    "The company says that the new engine must be run in slowly, and will be as fast as the old one in spring.",
    "Until then the school opens half an hour later, which none of the pupils seems to mind.",
)
MODELS = {"html": "model.npz", "lines": "model.npz", "metadata": "model.toml"}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Twelve pages of twelve domains."""
    folder = tmp_path / "ferries"
    (folder / "pages").mkdir(parents=True)
    rows = []
    for number in range(12):
        known = {
            "title": f"The ferry is late on morning {number}",
            "author": "Jane Doe",
            "date": f"2024-03-1{number % 10}",
        }
        markup = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
        (folder / "pages" / f"{number}.html").write_text(PAGE.format(**known, paragraphs=markup), "utf-8")
        text = "\n".join([known["title"], *PARAGRAPHS])
        address = f"https://post{number}.example/ferry"
        rows.append(
            json.dumps({"id": str(number), "url": address, "lang": "en", "type": "article", "text": text, **known})
        )
    (folder / "gold.jsonl").write_text("\n".join(rows), "utf-8")
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trainings of a few trees and few composed pages."""
    from cleaner.training import lines
    from cleaner.training.html import composed, run
    from cleaner.training.lines.stages import composed_pages

    monkeypatch.setattr(composed, "PAGES", 2)
    for name in ("FIRST", "SECOND"):
        monkeypatch.setattr(run, name, getattr(run, name)._replace(trees=4))
    monkeypatch.setattr(run, "CHOICE_TREES", 4)
    monkeypatch.setattr(lines, "composed_pages", lambda texts: composed_pages(texts, 40))


def needed(kind: str) -> pytest.MarkDecorator:
    missing = [name for module, name in training.TRAINERS[kind].needs.items() if find_spec(module) is None]  # type: ignore[index]
    return pytest.mark.skipif(bool(missing), reason=f"training needs {missing}")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("kind", [pytest.param(kind, marks=needed(kind)) for kind in MODELS])
def test_two_trainings_write_the_same_bytes_and_the_model_is_used(
    kind: str, corpus: Path, tmp_path: Path, run_cleaner: RunCleaner
) -> None:
    written = []
    for folder in (tmp_path / "one", tmp_path / "two"):
        folder.mkdir()
        ran = run_cleaner("train", str(corpus), "--kind", kind, "-o", str(folder / MODELS[kind]))
        assert ran.code == 0, ran.err
        assert "unseen" in ran.text.split("\n", 1)[0]
        assert "ferries: 12 pages" in ran.err or "labelled texts" in ran.err
        written.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert written[0] == written[1]
    assert MODELS[kind] in written[0]
    page = next((corpus / "pages").iterdir())
    used = run_cleaner(str(page), "--model", str(tmp_path / "one" / MODELS[kind]))
    assert (used.code, used.err) == (0, "")


def test_missing_libraries_are_named_with_the_command_that_installs_them(
    corpus: Path, tmp_path: Path, run_cleaner: RunCleaner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "find_spec", lambda name: None if name in {"lightgbm", "sklearn"} else "there")
    ran = run_cleaner("train", str(corpus), "-o", str(tmp_path / "model.npz"))
    assert ran.code == 2
    assert ran.err == "cleaner: training needs lightgbm and scikit-learn (pip install 'cleaner[train]')\n"


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=needed(kind)) for kind in MODELS])
@pytest.mark.parametrize(
    "broken",
    [
        (lambda folder: (folder / "gold.jsonl").unlink(), "no such file or directory: "),
        (lambda folder: (folder / "gold.jsonl").write_text(""), "no pages in it: "),
        (lambda folder: (folder / "gold.jsonl").write_text("{"), "no JSON: "),
        (lambda folder: (folder / "gold.jsonl").write_text("[]"), "no JSON object: "),
        (lambda folder: (folder / "gold.jsonl").write_text('{"id": "../a"}'), "no id that a file can be named by: "),
        (lambda folder: (folder / "gold.jsonl").write_text('{"id": "a", "text": 3}'), "text is no text: "),
        (lambda folder: (folder / "gold.jsonl").write_bytes(b"\xff\n"), "not UTF-8: "),
        (lambda folder: (folder / "pages" / "0.html").unlink(), "no such file or directory: "),
    ],
)
def test_a_broken_corpus_is_told_in_a_line(
    kind: str, broken: tuple[Callable[[Path], object], str], corpus: Path, tmp_path: Path, run_cleaner: RunCleaner
) -> None:
    break_it, message = broken
    break_it(corpus)
    ran = run_cleaner("train", str(corpus), "-q", "--kind", kind, "-o", str(tmp_path / MODELS[kind]))
    assert ran.code == 2
    assert message in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / MODELS[kind]).exists()


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=needed(kind)) for kind in MODELS])
def test_a_corpus_that_teaches_nothing_is_told_in_a_line(
    kind: str, corpus: Path, tmp_path: Path, run_cleaner: RunCleaner
) -> None:
    (corpus / "gold.jsonl").write_text('{"id": "1", "text": "Words that stand nowhere on the page that is here."}\n')
    ran = run_cleaner("train", str(corpus), "-q", "--kind", kind, "-o", str(tmp_path / MODELS[kind]))
    assert ran.code == 2
    assert ran.err.count("\n") == 1


def test_the_name_of_a_model_says_what_it_is(corpus: Path, run_cleaner: RunCleaner) -> None:
    ran = run_cleaner("train", str(corpus), "-o", "model.txt")
    assert (ran.code, ran.err) == (2, "cleaner: a model of kind html ends in .npz: model.txt\n")


@pytest.mark.parametrize("command", [["clean"], ["detect"], ["meta"]])
def test_a_model_that_can_not_be_used_ends_the_run_before_it_begins(
    command: list[str], tmp_path: Path, run_cleaner: RunCleaner
) -> None:
    arrays = read_arrays("lines")
    arrays["first_mean"] = arrays["first_mean"][1:]
    model, page = tmp_path / "old.npz", tmp_path / "page.txt"
    model.write_bytes(packed("lines", arrays))
    page.write_text("The bridge is closed.\n")
    ran = run_cleaner(*command, str(page), str(page), "--model", str(model))
    assert ran.code == 2
    assert "not of this version of cleaner" in ran.err
    assert ran.err.count("\n") == 1
    assert ran.out == b""
