"""Front matter: the block of settings that static site generators read from the top of a Markdown file."""

from __future__ import annotations

import re

_YAML_KEY = re.compile(r"[\w.\-/\"' ]{1,80}:(?:\s|$)")
_TOML_KEY = re.compile(r"[\w.\-\"' ]{1,80}=|\[")


def front_matter_lines(lines: list[str]) -> int:
    """Number of lines of YAML (`---`) or TOML (`+++`) front matter at the top, fences included; 0 if there is none."""
    fence = lines[0].rstrip()
    if fence not in ("---", "+++"):
        return 0
    key = _YAML_KEY if fence == "---" else _TOML_KEY
    ends = ("---", "...") if fence == "---" else ("+++",)
    keys = 0
    for number in range(1, len(lines)):
        line = lines[number].rstrip()
        if line in ends:
            return number + 1 if keys else 0
        if key.match(line):
            keys += 1
        elif not keys and line and line[0] != "#":
            return 0  # the text between two rules
        elif line and line[0] not in " \t#-]}" and fence == "---":
            return 0
    return 0
