"""What the parts may know of each other, what start-up may cost, and how long a file may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.cli.root import COMMANDS

PACKAGE = Path(__file__).parent.parent / "cleaner"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A part may import from its own and from any lower layer; parts of one layer never import each other.
LAYERS = (
    {"errors", "deferred"},
    {"verdict", "models", "profile"},
    {"options", "document", "page", "addresses", "content_policy", "widths"},
    {"decoding", "readers", "judging", "metadata", "building", "writers", "explanation"},
    {"pipeline"},
    {"files"},
    {"profiles", "records"},
    {"training", "settings"},
    {"batch", "arrow"},
    {"shards"},
    {"cli"},
    {"__main__"},
)
RANK = {part: rank for rank, parts in enumerate(LAYERS) for part in parts}
# Neighbours of one layer that may be imported, each with the reason.
ALLOWED = {
    ("building", "decoding"): "references in Markdown are told from code where the builder reads them",
    ("building", "readers"): "a builder takes the reading that its reader makes",
    ("document", "explanation"): "it is made when it is asked for",
    ("explanation", "writers"): "its JSON has what a document's has, and its page shows the document",
    ("document", "options"): "a document remembers the options it was made with",
    ("document", "writers"): "its methods are the writers, imported when they are called",
}
HEAVY = tuple(
    (
        "numpy lxml turbohtml rich ftfy readability markdown_it jinja2 matplotlib pyarrow fastwarc zstandard ray "
        "fsspec watchfiles"
    ).split()
)
MOST_LINES = 300
# Longer files, each with its reason.
LONG = {
    "document.py": "the whole tree of a document, one small dataclass after another",
    "judging/blocks/features.py": "one feature after another, all of one shape",
    "readers/html.py": "the one walk over the tree that makes the page's columns",
    "readers/visibility.py": "all the ways in which a page hides text",
    "writers/markdown_inline.py": "the search for markup that renders as the same runs",
}


def imported(module: Path) -> set[tuple[str, str]]:
    """(part of this module, part it imports) for each import of the package's own, wherever it stands in the file."""
    own = module.relative_to(PACKAGE).parts[0].removesuffix(".py")
    found = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import in {module}"
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names]
                if node.module == "cleaner"
                else [str(node.module)]
            )
        found.update((own, name.split(".")[1]) for name in names if name.startswith("cleaner."))
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_one_way(module: Path) -> None:
    own = module.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own == "__init__":
        return  # the public names, imported on first use, come from everywhere
    for part, other in imported(module):
        if other in {part, "__version__"} or (part, other) in ALLOWED:
            continue
        assert RANK[other] < RANK[part], f"{part} imports {other}"


def test_every_part_has_its_layer() -> None:
    parts = {module.relative_to(PACKAGE).parts[0].removesuffix(".py") for module in MODULES} - {"__init__"}
    assert parts <= set(RANK)


def test_nothing_below_the_command_line_imports_its_libraries() -> None:
    for module in MODULES:
        if module.relative_to(PACKAGE).parts[0] in {"cli", "training"}:
            continue
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & {"click", "rich"}, module


@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["--help"], *([command, "--help"] for command in COMMANDS)],
    ids=" ".join,
)
def test_start_up_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from cleaner.cli import run; code = run(sys.argv[1:]); "
        f"print([name for name in {HEAVY} if name in sys.modules], code)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[] 0"


def test_ray_is_imported_in_one_place_only() -> None:
    found = {
        str(module.relative_to(PACKAGE))
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == "ray" for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == "ray")
    }
    assert found == {"shards/ray.py"}


def test_importing_the_package_imports_none_of_its_modules() -> None:
    code = "import sys, cleaner; print([name for name in sys.modules if name.startswith('cleaner.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_are_short(module: Path) -> None:
    if str(module.relative_to(PACKAGE)) not in LONG:
        assert len(module.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_the_list_of_long_files_is_no_longer_than_needed() -> None:
    for name in LONG:
        assert len((PACKAGE / name).read_text(encoding="utf-8").splitlines()) > MOST_LINES
