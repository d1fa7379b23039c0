"""Where the time goes for bare text: CPU of each stage of the pipeline and of the line judge, beside a yardstick.

python tests/bench/text_stages.py FILE [FILE …]

Each file is one text. The yardstick is one pass of `re.findall(r"\\w+")` over the same texts in the same run; what a
stage costs is given in milliseconds a page and in yardsticks, because milliseconds differ from machine to machine.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.decoding import decode, normalize_characters, refuse_binary, repair
from cleaner.judging import lines
from cleaner.judging.account import findings, removals
from cleaner.metadata import read_metadata
from cleaner.options import Options
from cleaner.pipeline import FORMATS
from cleaner.readers.sniff import sniff

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ROUNDS = 5  # the fastest counts, the first only warms up
_STAGES = (
    "measure", "with_rows", "mark", "find_spam", "gather", "find_title", "proofs", "settle", "best_zones",
    "body_probability", "model_zones", "_verdicts", "_sureness",
)  # fmt: skip


def main(paths: Sequence[str]) -> None:
    """Print the table for the files."""
    pages = [Path(path).read_bytes() for path in paths]
    fastest: dict[str, float] = {}
    spent: Counter[str] = Counter()
    _watch(spent)
    for number in range(_ROUNDS + 1):
        spent.clear()
        for page in pages:
            _run(page, spent)
        if number:
            fastest = {name: min(value, fastest.get(name, value)) for name, value in spent.items()}
    yardstick = fastest.pop("yardstick")
    print(f"{len(pages)} pages; yardstick {1000 * yardstick / len(pages):.3f} ms a page")
    for name, value in sorted(fastest.items(), key=lambda item: -item[1]):
        print(f"{name:28} {1000 * value / len(pages):8.3f} ms {value / yardstick:8.2f} yardsticks")


def _timed(spent: Counter[str], name: str, step: Callable[..., Any]) -> Callable[..., Any]:
    def run(*values: Any, **named: Any) -> Any:
        begun = time.process_time()
        result = step(*values, **named)
        spent[name] += time.process_time() - begun
        return result

    return run


def _watch(spent: Counter[str]) -> None:
    """Put a clock on the stages of the line judge."""
    for name in _STAGES:
        setattr(lines, name, _timed(spent, f"judge: {name.strip('_')}", getattr(lines, name)))
    for module, owner, name in (("lexicon", "Lexicon", "match"), ("lines.model", "LineModel", "read")):
        kind = getattr(import_module(f"cleaner.judging.{module}"), owner)
        setattr(kind, name, _timed(spent, f"judge: {owner}.{name}", getattr(kind, name)))


def _run(page: bytes, spent: Counter[str]) -> None:
    """The pipeline's steps on one page, each with its clock."""
    options = Options(input_kind="text")
    steps = FORMATS["text"]
    read, judge, build = (getattr(import_module(path.split(":")[0]), path.split(":")[1]) for path in steps)
    _timed(spent, "refuse binary", refuse_binary)(page)
    text = _timed(spent, "decode", decode)(page).text
    text = _timed(spent, "repair", repair)(text).text
    text = _timed(spent, "normalize", normalize_characters)(text).text
    _timed(spent, "yardstick", re.compile(r"\w+").findall)(text)
    _timed(spent, "sniff", sniff)(text, None)
    reading = _timed(spent, "read", read)(text, None)
    judgement = _timed(spent, "judge", judge)(reading.page, options)
    _timed(spent, "metadata", read_metadata)(reading.page, judgement)
    _timed(spent, "account", lambda: (removals(reading.page, judgement), findings(reading.page, judgement)))()
    _timed(spent, "build", build)(reading, judgement, options)


if __name__ == "__main__":
    main(sys.argv[1:])
