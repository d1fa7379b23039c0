"""The hooks for pre-commit: their manifest, and what they do in a repository."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import RunCleaner

PROSE = "# A tool\n\nIt mends bridges, and nothing in this file would have to go.\n"
PAGE = (
    "清水县开展农村道路养护\n\n四月以来，清水县组织养护队对全县农村道路进行检查，修补路面坑槽，清理边沟淤泥，确保群众出行安全。\n\n"
    "分享到: 微信 微博\n滇ICP备05000000号-1 滇公网安备 53000000000000号\n"
)
# What every hook must say, and what pre-commit lets it say besides.
NEEDED = {"id", "name", "entry", "language"}
KNOWN = NEEDED | {"description", "args", "types_or", "require_serial"}


def hooks(project: Path) -> list[dict[str, str]]:
    text = (project / ".pre-commit-hooks.yaml").read_text("utf-8")
    blocks = re.split(r"^- ", text, flags=re.MULTILINE)[1:]
    return [dict(re.findall(r"^\s*(\w+): (.+)$", block, re.MULTILINE)) for block in blocks]


def arguments(hook: dict[str, str]) -> list[str]:
    return [*hook["entry"].split()[1:], *hook["args"].strip("[]").split(", ")]


def test_the_manifest_is_what_pre_commit_reads(project: Path) -> None:
    found = hooks(project)
    assert [hook["id"] for hook in found] == ["cleaner", "cleaner-check"]
    for hook in found:
        assert hook.keys() >= NEEDED
        assert hook.keys() <= KNOWN
        assert hook["language"] == "python"
        assert hook["entry"].split()[0] == "cleaner"


def test_the_hooks_do_as_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project: Path, run_cleaner: RunCleaner
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    (tmp_path / "README.md").write_text(PROSE, "utf-8")
    rewrite, check = (arguments(hook) for hook in hooks(project))
    assert run_cleaner(*check, "README.md").code == 0
    shown = run_cleaner(*check, "README.md", "page.txt")
    assert shown.code == 1
    assert "-分享到: 微信 微博\n" in shown.text
    assert (tmp_path / "page.txt").read_text("utf-8") == PAGE
    assert run_cleaner(*rewrite, "README.md", "page.txt").code == 0
    assert (tmp_path / "page.txt").read_text("utf-8") == PAGE.partition("\n分享到")[0]
    assert (tmp_path / "README.md").read_text("utf-8") == PROSE
    assert run_cleaner(*check, "README.md", "page.txt").code == 0


@pytest.mark.skipif(shutil.which("pre-commit") is None, reason="pre-commit is not installed")
def test_pre_commit_runs_the_hooks(tmp_path: Path, project: Path) -> None:
    # The hooks run from this environment: an environment of their own would be downloaded.
    entries = "".join(
        f"      - id: {hook['id']}\n        name: {hook['name']}\n        language: system\n"
        f"        entry: {sys.executable} -m {hook['entry']}\n        args: {hook['args']}\n"
        f"        types_or: {hook['types_or']}\n"
        for hook in hooks(project)
    )
    (tmp_path / ".pre-commit-config.yaml").write_text(f"repos:\n  - repo: local\n    hooks:\n{entries}", "utf-8")
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    (tmp_path / "README.md").write_text(PROSE, "utf-8")

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    run("git", "init", "-q")
    run("git", "add", "-A")
    checked = run("pre-commit", "run", "cleaner-check", "--all-files")
    assert checked.returncode == 1
    assert "-分享到: 微信 微博" in checked.stdout
    rewritten = run("pre-commit", "run", "cleaner", "--all-files")
    assert "files were modified by this hook" in rewritten.stdout
    run("git", "add", "-A")
    assert run("pre-commit", "run", "--all-files").returncode == 0
    assert (tmp_path / "README.md").read_text("utf-8") == PROSE
