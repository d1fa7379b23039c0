"""The words of injected spam as data, folded: what `cleaner/data/words/*.toml` say.

Parsing and folding the files takes longer than cleaning a page, so both is done beforehand: `index.json` beside them.
`python -m cleaner.judging.spam_lists` writes it; a test compares the two.
"""

from __future__ import annotations

import json
import tomllib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.judging.folding import fold, fold_pattern

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_LISTS = ("lures", "spam", "spam-shapes")
_PATTERNS = frozenset(("pattern", "before", "unless"))
_INDEX = "index.json"


def read_spam_list(name: str) -> dict[str, Any]:
    """The tables of one file, named without its suffix, all texts folded."""
    tables: dict[str, Any] = _read_index()[name]
    return tables


@lru_cache(maxsize=1)
def _read_index() -> dict[str, Any]:
    tables: dict[str, Any] = json.loads((_folder() / _INDEX).read_text("utf-8"))
    return tables


def index() -> str:
    """The text that `index.json` must have."""
    tables = {name: tomllib.loads((_folder() / f"{name}.toml").read_text("utf-8")) for name in _LISTS}
    tables = {name: _folded(table) for name, table in tables.items()}
    return json.dumps(tables, ensure_ascii=False, indent=0) + "\n"


def _folder() -> Traversable:
    return files("cleaner") / "data" / "words"


def _folded(value: Any, key: str = "") -> Any:
    """A value of a file with all texts in it folded; a text of some keys is a regular expression."""
    if isinstance(value, str):
        return fold_pattern(value) if key in _PATTERNS else fold(value)
    if isinstance(value, list):
        return [_folded(item) for item in value]
    if isinstance(value, dict):
        return {name: _folded(item, name) for name, item in value.items()}
    return value


if __name__ == "__main__":
    Path(str(_folder() / _INDEX)).write_text(index(), "utf-8")
