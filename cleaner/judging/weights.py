"""The arrays of the shipped models: read only from files that are what their hashes say, and never as pickles."""

from __future__ import annotations

import hashlib
import io
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from cleaner.errors import DamagedInstallation

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_HASH = ".sha256"


def read_weights(name: str) -> dict[str, NDArray[Any]]:
    """The arrays of a file in `cleaner/data/models`. Raises DamagedInstallation if it isn't the one shipped."""
    folder = files("cleaner") / "data" / "models"
    try:
        data = (folder / name).read_bytes()
        wanted = (folder / f"{name}{_HASH}").read_text("ascii").split()[0]
    except (OSError, ValueError, IndexError):
        raise DamagedInstallation(f"a file of the model is missing: {name}", hint="install cleaner again") from None
    if hashlib.sha256(data).hexdigest() != wanted:
        raise DamagedInstallation(f"a file of the model is not the one shipped: {name}", hint="install cleaner again")
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return dict(arrays)


def note_hash(path: Path) -> None:
    """Write the hash of a file of weights beside it, in the form of `sha256sum`."""
    line = f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
    path.with_name(f"{path.name}{_HASH}").write_text(line, encoding="ascii")
