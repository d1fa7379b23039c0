"""Files of models: what is read, and what is refused in one line."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest

import cleaner
from cleaner import models
from cleaner.errors import CleanerError, DamagedInstallation, UsageError
from cleaner.models import ABOUT, model_of, packed, read_arrays, read_weights
from cleaner.options import Options, fingerprint

NUMBERS = {"numbers": np.arange(3), "name": np.array("a word")}
WEIGHTS = 'kind = "metadata"\nformat = 1\n[title]\nleast = -9.0\n[author]\nleast = 0.5\n[date]\nleast = 1\n'
PAGE = "<title>The bridge</title><h1>The bridge</h1><p>The old bridge is closed until the winter comes.</p>"


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that stands where the shipped model of HTML does."""
    folder = tmp_path / "data" / "models"
    folder.mkdir(parents=True)
    monkeypatch.setattr(models, "files", lambda _package: tmp_path)
    (folder / "html.npz").write_bytes(packed("html", NUMBERS))
    return folder / "html.npz"


def write(folder: Path, name: str, **arrays: np.ndarray) -> str:
    """A file of these arrays, as anybody might write it."""
    file = io.BytesIO()
    np.savez(file, **arrays)  # type: ignore[arg-type]
    (folder / name).write_bytes(file.getvalue())
    return str(folder / name)


def about(**said: object) -> np.ndarray:
    return np.array(json.dumps({"kind": "html", "format": models.FORMAT, "hash": "", **said}))


def test_arrays_that_are_what_their_hash_says_are_read(shipped: Path) -> None:
    assert read_arrays("html")["numbers"].tolist() == [0, 1, 2]
    assert set(read_arrays("html", str(shipped))) == set(NUMBERS)


def test_the_same_arrays_give_the_same_file() -> None:
    assert packed("lines", NUMBERS) == packed("lines", dict(reversed(NUMBERS.items())))


def test_a_changed_shipped_model_is_refused_in_one_line(shipped: Path) -> None:
    hash_of_others = json.loads(str(np.load(shipped)[ABOUT]))["hash"]
    write(shipped.parent, "html.npz", about=about(hash=hash_of_others), numbers=np.arange(4))
    with pytest.raises(DamagedInstallation, match=r"not the one shipped: html\.npz") as caught:
        read_arrays("html")
    assert "\n" not in str(caught.value)


def test_a_missing_shipped_model_is_named(shipped: Path) -> None:
    shipped.unlink()
    with pytest.raises(DamagedInstallation, match=r"missing: html\.npz"):
        read_arrays("html")


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"numbers": np.arange(3)}, "doesn't say of which kind"),
        ({ABOUT: about(kind="birds")}, "doesn't say of which kind"),
        ({ABOUT: np.array("[" * 9)}, "doesn't say of which kind"),
        ({ABOUT: about(kind="lines")}, "of kind lines, where one of kind html is needed"),
        ({ABOUT: about(format=99)}, "its format is 99, not 1"),
        ({ABOUT: about(), "numbers": np.arange(3)}, "the model is damaged"),
        ({ABOUT: np.array([{"a": 1}], dtype=object)}, "not a model of cleaner"),
    ],
)
def test_a_file_that_is_no_model_is_refused_in_one_line(
    arrays: dict[str, np.ndarray], message: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        read_arrays("html", write(tmp_path, "some.npz", **arrays))
    assert "\n" not in str(caught.value)
    assert caught.value.hint or "is needed" in message


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + b"x" * 99, b"\xff\xfe", b"<html>", b"a = 1"])
def test_whatever_else_a_file_holds_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "some.npz"
    path.write_bytes(data)
    with pytest.raises(UsageError, match="not a model of cleaner"):
        model_of((str(path),), "html")


def test_weights_of_metadata_are_toml_that_a_person_may_correct(tmp_path: Path) -> None:
    path = tmp_path / "weights.toml"
    path.write_text(WEIGHTS)
    assert model_of((str(path),), "metadata") == str(path)
    assert read_weights(str(path))["author"] == {"least": 0.5}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[date]\nleast = 1\n", "", r"\[date\] is no table"),
        ("least = 0.5", 'least = "much"', r"\[author\] is no table of numbers"),
        ("least = 0.5", "other = 0.5", r"\[author\] lacks least"),
        ("format = 1", "format = 2", "its format is 2"),
    ],
)
def test_weights_that_can_not_be_used_are_refused(old: str, new: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "weights.toml"
    path.write_text(WEIGHTS.replace(old, new))
    with pytest.raises(UsageError, match=message):
        read_weights(str(path))


def test_two_models_of_one_kind_are_refused(tmp_path: Path) -> None:
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    one.write_text(WEIGHTS)
    other.write_text(WEIGHTS)
    with pytest.raises(UsageError, match="two models of kind metadata"):
        model_of((str(one), str(other)), "metadata")


def test_the_fingerprint_counts_what_a_model_holds_and_not_where_it_is(tmp_path: Path) -> None:
    one, other, copy = tmp_path / "one.toml", tmp_path / "other.toml", tmp_path / "copy.toml"
    one.write_text(WEIGHTS)
    copy.write_text(WEIGHTS)
    other.write_text(WEIGHTS.replace("0.5", "0.75"))
    plain, first, second, same = (
        fingerprint(Options(model=model)) for model in ((), (str(one),), (str(other),), (str(copy),))
    )
    assert len({plain, first, second}) == 3
    assert first == same


@pytest.mark.parametrize(("kind", "page"), [("html", PAGE), ("lines", "The bridge\n\nIt is closed.\n")])
def test_the_shipped_model_as_a_file_judges_as_the_shipped_one(kind: str, page: str, tmp_path: Path) -> None:
    copy = tmp_path / f"{kind}.npz"
    copy.write_bytes((Path(cleaner.__file__).parent / "data" / "models" / copy.name).read_bytes())
    asked, plain = cleaner.clean(page, options=Options(model=(str(copy),))), cleaner.clean(page)
    assert asked.to_markdown() == plain.to_markdown()
    assert asked.sureness == plain.sureness


def test_weights_of_metadata_count_instead_of_the_shipped_ones(tmp_path: Path) -> None:
    path = tmp_path / "strict.toml"
    path.write_text(WEIGHTS.replace("least = -9.0", "least = 99.0"))
    assert cleaner.clean(PAGE).metadata.title == "The bridge"
    assert cleaner.clean(PAGE, options=Options(model=(str(path),))).metadata.title is None


@pytest.mark.parametrize(
    ("kind", "page", "change"),
    [
        ("html", PAGE, {"first_names": "renamed"}),
        ("html", PAGE, {"first_value": None}),
        ("lines", "The bridge\n", {"first_mean": "shorter"}),
        ("lines", "The bridge\n", {"gate_mean": "shorter"}),
        ("lines", "The bridge\n", {"lexicon": "shorter"}),
        ("lines", "The bridge\n", {"zones": None}),
    ],
)
def test_a_model_that_reads_other_features_is_refused(
    kind: str, page: str, change: dict[str, str | None], tmp_path: Path
) -> None:
    arrays = read_arrays(kind)  # type: ignore[arg-type]
    for name, how in change.items():
        if how is None:
            del arrays[name]
        elif how == "shorter":
            arrays[name] = arrays[name][:-1]
        else:
            arrays[name] = np.array(["no such feature", *arrays[name][1:]])
    path = tmp_path / "other.npz"
    path.write_bytes(packed(kind, arrays))  # type: ignore[arg-type]
    with pytest.raises(CleanerError, match="not of this version of cleaner") as caught:
        cleaner.clean(page, options=Options(model=(str(path),)))
    assert "\n" not in str(caught.value)
    assert caught.value.hint == "train it again"
