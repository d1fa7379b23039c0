"""Files of trained models: of which kind each is, whether it is whole, and what is in it. Never a pickle.

The judges' models are arrays (`.npz`) with a member `about`, which names the kind, the format and the hash of the other
arrays. The weights of metadata are TOML that a person may read and correct, so they carry no hash.
"""

from __future__ import annotations

import hashlib
import io
import json
import tomllib
import zipfile
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from cleaner.errors import CleanerError, DamagedInstallation, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

ArrayKind = Literal["html", "lines", "alphabet"]
Kind = Literal["html", "lines", "alphabet", "metadata"]
# Of what stands in a file of a model; one of another format is refused, not guessed at.
FORMAT = 1
ABOUT = "about"
ABOUT_KEYS = ("kind", "format")
# A hundred times the models that are shipped, packed and unpacked: nobody's memory is filled by a file.
_MOST_BYTES, _MOST_UNPACKED = 50_000_000, 500_000_000
_SHIPPED = {"html": "html.npz", "lines": "lines.npz", "alphabet": "lines-alphabet.npz"}
_ZIP = b"PK"
_FIELDS = ("title", "author", "date")


class OtherFeatures(Exception):
    """A model reads other features than this version of cleaner finds of a page."""


@lru_cache(maxsize=64)
def model_of(models: tuple[str, ...], kind: Kind) -> str | None:
    """The file of that kind among those that a person named; None for the one that is shipped.

    Raises UsageError for a file that is no model, and for two of one kind.
    """
    found = [path for path in models if _kind_of(path) == kind]
    if len(found) > 1:
        raise UsageError(f"two models of kind {kind}: {found[0]} and {found[1]}", hint="name one")
    return found[0] if found else None


def read_arrays(kind: ArrayKind, path: str | None = None) -> dict[str, NDArray[Any]]:
    """The arrays of a model: of the one that is shipped, or of a file.

    Raises DamagedInstallation if the shipped one is missing or not what its hash says, UsageError if the file is.
    """
    if path is not None:
        return _arrays(_content(path), kind, path)
    name = _SHIPPED[kind]
    try:
        data = (files("cleaner") / "data" / "models" / name).read_bytes()
        return _arrays(data, kind, name)
    except OSError:
        raise DamagedInstallation(f"a file of the model is missing: {name}", hint="install cleaner again") from None
    except UsageError:
        message = f"a file of the model is not the one shipped: {name}"
        raise DamagedInstallation(message, hint="install cleaner again") from None


def packed(kind: ArrayKind, arrays: Arrays) -> bytes:
    """A file of a model; the same bytes for the same arrays."""
    import numpy as np

    about = {"kind": kind, "format": FORMAT, "hash": _hash_of(arrays)}
    file = io.BytesIO()
    members: dict[str, Any] = {ABOUT: np.array(json.dumps(about)), **dict(sorted(arrays.items()))}
    np.savez_compressed(file, **members)
    return file.getvalue()


def read_weights(path: str) -> dict[str, dict[str, float]]:
    """What each signal counts for a candidate of a field of metadata; raises UsageError for a file that isn't such."""
    table = _table(_content(path), path)
    weights = {field: table.get(field) for field in _FIELDS}
    for field, signals in weights.items():
        if not isinstance(signals, dict) or not all(isinstance(value, int | float) for value in signals.values()):
            raise _no_model(path, f"[{field}] is no table of numbers")
        if "least" not in signals:
            raise _no_model(path, f"[{field}] lacks least")
    return cast("dict[str, dict[str, float]]", weights)


def digest_of(path: str) -> str:
    """The SHA-256 of a model's file; raises UsageError if it can't be read."""
    try:
        status = Path(path).stat()
    except OSError as error:
        raise _unreadable(path, error) from None
    return _digest(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=64)
def _digest(path: str, _size: int, _changed: int) -> str:
    return hashlib.sha256(_content(path)).hexdigest()


def misfit(path: str | None, why: str) -> CleanerError:
    """The error for a model that was made by another version of cleaner: other features, or other parts."""
    if path is None:
        return DamagedInstallation(f"the model is not of this version: {why}", hint="install cleaner again")
    return UsageError(f"the model is not of this version of cleaner: {path}: {why}", hint="train it again")


def _kind_of(path: str) -> Kind:
    data = _content(path)
    if data.startswith(_ZIP):
        return cast("Kind", _about(_unpacked(data, path), path)["kind"])
    return cast("Kind", _table(data, path)["kind"])


def _content(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise _unreadable(path, error) from None
    if len(data) > _MOST_BYTES:
        raise _no_model(path, f"more than {_MOST_BYTES:,} bytes")
    return data


def _arrays(data: bytes, kind: Kind, path: str) -> dict[str, NDArray[Any]]:
    arrays = _unpacked(data, path)
    about = _about(arrays, path)
    if about["kind"] != kind:
        raise UsageError(f"a model of kind {about['kind']}, where one of kind {kind} is needed: {path}")
    del arrays[ABOUT]
    if about.get("hash") != _hash_of(arrays):
        raise UsageError(f"the model is damaged, it is not what its hash says: {path}", hint="get it again")
    return arrays


def _unpacked(data: bytes, path: str) -> dict[str, NDArray[Any]]:
    import numpy as np

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as members:
            if sum(member.file_size for member in members.infolist()) > _MOST_UNPACKED:
                raise _no_model(path, "too large unpacked")
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return dict(arrays)
    except (ValueError, OSError, EOFError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise _no_model(path, str(error).split("\n", 1)[0]) from None


def _about(arrays: Arrays, path: str) -> dict[str, Any]:
    try:
        about = json.loads(str(arrays[ABOUT]))
    except (KeyError, ValueError, RecursionError):
        raise _no_model(path, "it doesn't say of which kind it is") from None
    return _checked(about, path, ("html", "lines", "alphabet"))


def _table(data: bytes, path: str) -> dict[str, Any]:
    try:
        table = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        raise _no_model(path, "neither arrays nor TOML") from None
    return _checked(table, path, ("metadata",))


def _checked(about: object, path: str, kinds: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(about, dict) or about.get("kind") not in kinds:
        raise _no_model(path, "it doesn't say of which kind it is")
    if about.get("format") != FORMAT:
        raise misfit(path, f"its format is {about.get('format')!r}, not {FORMAT}")
    return about


def _hash_of(arrays: Arrays) -> str:
    """A hash of all arrays with their names, types and shapes."""
    import numpy as np

    found = hashlib.sha256()
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        found.update(f"{name} {array.dtype.str} {np.shape(arrays[name])}\n".encode())
        found.update(array.tobytes())
    return found.hexdigest()


def _no_model(path: str, why: str) -> UsageError:
    return UsageError(f"not a model of cleaner: {path}: {why}", hint="cleaner train makes one")


def _unreadable(path: str, error: OSError) -> UsageError:
    return UsageError(f"the model can't be read: {path}: {(error.strerror or str(error)).lower()}")
