"""The README and the manuals tell the truth: their tables, commands and examples are compared with the code."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from click import Option

from cleaner.cli.clean import clean
from cleaner.cli.root import COMMANDS
from cleaner.cli.run_shards import run
from cleaner.errors import EXIT_CODE_MEANINGS
from cleaner.verdict import Category

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
MANUALS = "".join(path.read_text(encoding="utf-8") for path in sorted((PROJECT / "cleaner" / "docs").glob("*.md")))
EXTRAS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
FENCES = re.findall(r"^```(\w*)\n(.*?)^```$", README + MANUALS, re.MULTILINE | re.DOTALL)


def test_the_table_of_outcome_codes_is_that_of_the_code() -> None:
    rows = "".join(f"| {code:d} | {meaning} |\n" for code, meaning in EXIT_CODE_MEANINGS.items())
    table = f"<!-- outcome codes: begin -->\n| Code | Meaning |\n|---|---|\n{rows}<!-- outcome codes: end -->"
    assert table in README


@pytest.mark.parametrize("category", list(Category))
def test_every_category_is_explained(category: Category) -> None:
    assert f"\n| `{category}` | " in README


@pytest.mark.parametrize(
    "option", [name for option in (*clean.params, *run.params) if isinstance(option, Option) for name in option.opts]
)
def test_every_option_is_explained(option: str) -> None:
    assert f"`{option}" in README + MANUALS


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_is_named(command: str) -> None:
    assert f"cleaner {command}" in README


def test_every_link_to_a_file_or_a_section_leads_somewhere() -> None:
    heads = {
        re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-")
        for head in re.findall(r"^## (.+)$", README, re.MULTILINE)
    }
    for target in re.findall(r"\]\(([^)\s]+)\)", README):
        if target.startswith("#"):
            assert target[1:] in heads
        elif not target.startswith("http"):
            assert (PROJECT / target.partition("#")[0]).is_file()


def test_the_two_commands_of_the_first_screen_are_those_that_work() -> None:
    first, second = [body for language, body in FENCES if language == "sh"][:2]
    fixture = first.split()[-1]
    assert first == f"python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/cleaner {fixture}\n"
    assert (PROJECT / fixture).is_file()
    assert second == "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/pytest\n"
    assert README.index(second) < README.index("\n## ")


def test_the_options_in_the_examples_exist() -> None:
    known = {name for option in (*clean.params, *run.params) for name in option.opts}
    lines = [line for language, body in FENCES if language == "sh" for line in body.splitlines() if "venv" not in line]
    for line in lines:
        arguments = shlex.split(line[line.index("cleaner") :], comments=True)[1:]
        assert {argument for argument in arguments if argument.startswith("-")} <= known, line


def test_the_python_examples_run(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    for example in (body for language, body in FENCES if language == "python"):
        exec(compile(example, "README.md", "exec"), names)
    assert names["document"].outcome != "nothing"
    assert names["table"].num_rows == 1


@pytest.mark.parametrize("extra", sorted({*EXTRAS} - {"test", "lint", "browser"}))
def test_every_extra_is_explained(extra: str) -> None:
    assert f"`{extra}`" in README.split("\n## Extras\n")[1].split("\n## ")[0]
