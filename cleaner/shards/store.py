"""The output folder, on this machine or wherever fsspec reaches: what is in it is whole, or not there.

Locally a file is written beside its place and moved there. Elsewhere it is written on this machine first and then sent:
an object store shows an object when all of it has come; on other file systems it is sent under another name and moved.
"""

from __future__ import annotations

import posixpath
import secrets
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from cleaner.errors import UnwritableOutput, UsageError
from cleaner.files import remove_leftovers, written_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

# File systems on which a file that is being written is not seen; the names are fsspec's.
_ATOMIC = frozenset("s3 s3a gs gcs az abfs abfss adl oss r2 memory".split())
_MARK = "://"


class Store(Protocol):
    """A folder of whole files; names are relative to it, with slashes. All raise UnwritableOutput for what fails."""

    def written(self, name: str, owner: str) -> AbstractContextManager[IO[bytes]]:
        """A file to write to, which is there when the block ends well; `owner` as in `written_whole`."""

    def read(self, name: str) -> bytes | None:
        """The content of a file, or None if there is none."""

    def names(self, folder: str) -> list[str]:
        """The names of what is in a folder, in order; none if there is no such folder."""

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all in it, if it is there."""

    def remove_leftovers(self, folder: str, owner: str) -> None:
        """Remove what an owner's ended process left unfinished in a folder."""


def store_at(place: str) -> Store:
    """The folder of a path, or of a URL such as `s3://bucket/run`.

    Raises UsageError if a URL's file system is not installed.
    """
    if _MARK not in place:
        return _LocalStore(Path(place))
    try:
        from fsspec.core import url_to_fs

        return _RemoteStore(*url_to_fs(place))
    except ImportError as error:
        raise UsageError(f"{error}: {place}", hint="pip install fsspec, and its package for this kind of URL") from None
    except ValueError as error:
        raise UsageError(f"{error}: {place}") from None


class _LocalStore:
    def __init__(self, root: Path) -> None:
        self._root = root

    def written(self, name: str, owner: str) -> AbstractContextManager[IO[bytes]]:
        return written_whole(self._root / name, owner)

    def read(self, name: str) -> bytes | None:
        try:
            return (self._root / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unusable(error, name) from None

    def names(self, folder: str) -> list[str]:
        try:
            return sorted(path.name for path in (self._root / folder).iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _unusable(error, folder) from None

    def remove(self, name: str) -> None:
        path = self._root / name
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise _unusable(error, name) from None

    def remove_leftovers(self, folder: str, owner: str) -> None:
        with suppress(FileNotFoundError):
            remove_leftovers(self._root / folder, owner)


class _RemoteStore:
    def __init__(self, files: Any, root: str) -> None:
        self._files = files
        self._root = root
        protocols = {files.protocol} if isinstance(files.protocol, str) else {*files.protocol}
        self._is_atomic = bool(protocols & _ATOMIC)

    @contextmanager
    def written(self, name: str, owner: str) -> Iterator[IO[bytes]]:
        with tempfile.NamedTemporaryFile(prefix="cleaner-") as file:
            yield file
            file.flush()
            target = posixpath.join(self._root, name)
            first = target if self._is_atomic else f"{target}.{owner}-{secrets.token_hex(6)}.tmp"
            try:
                self._files.makedirs(posixpath.dirname(target), exist_ok=True)
                self._files.put_file(file.name, first)
                if first != target:
                    self._files.mv(first, target)
            except OSError as error:
                raise _unusable(error, name) from None

    def read(self, name: str) -> bytes | None:
        try:
            return bytes(self._files.cat_file(posixpath.join(self._root, name)))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unusable(error, name) from None

    def names(self, folder: str) -> list[str]:
        try:
            found = self._files.ls(posixpath.join(self._root, folder), detail=False)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _unusable(error, folder) from None
        return sorted(posixpath.basename(path.rstrip("/")) for path in found)

    def remove(self, name: str) -> None:
        try:
            self._files.rm(posixpath.join(self._root, name), recursive=True)
        except FileNotFoundError:
            return
        except OSError as error:
            raise _unusable(error, name) from None

    def remove_leftovers(self, folder: str, owner: str) -> None:
        for name in self.names(folder):
            if f".{owner}-" in name and name.endswith(".tmp"):
                self.remove(posixpath.join(folder, name))


def _unusable(error: OSError, name: str) -> UnwritableOutput:
    return UnwritableOutput((error.strerror or str(error)).lower() + f": {name}")
