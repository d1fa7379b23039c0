"""No pattern of the package repeats without bound what itself repeats: that is what makes backtracking exponential."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module

import pytest

import cleaner

# The regular-expression parser of the standard library, under its name since Python 3.11.
parser = import_module("re._parser")
BEYOND_COUNTING = 1000  # a repeat with more than this is as good as one without bound


def patterns() -> dict[str, re.Pattern]:
    """The compiled patterns that the package's modules hold, by module and name."""
    found = {}
    for module in pkgutil.walk_packages(cleaner.__path__, "cleaner."):
        if module.name.startswith("cleaner.training") or module.name == "cleaner.__main__":
            continue
        for name, value in vars(import_module(module.name)).items():
            for place, item in enumerate(value if isinstance(value, (tuple, list)) else [value]):
                if isinstance(item, re.Pattern):
                    found[f"{module.name}.{name}.{place}"] = item
    return found


def nested(parsed, *, inside=False):
    """The repeats without bound inside of repeats without bound whose rounds nothing fixed begins or ends."""
    for operation, argument in parsed:
        if operation in (parser.MAX_REPEAT, parser.MIN_REPEAT):
            _least, most, body = argument
            endless = most > BEYOND_COUNTING
            if endless and inside:
                yield body
            yield from nested(body, inside=(endless and not fenced(body)) or (inside and not fenced(body)))
        elif operation is parser.BRANCH:
            for branch in argument[1]:
                yield from nested(branch, inside=inside)
        elif operation is parser.SUBPATTERN:
            yield from nested(argument[-1], inside=inside)
        elif operation in (parser.ASSERT, parser.ASSERT_NOT):
            yield from nested(argument[1], inside=inside)


def fenced(body) -> bool:
    """Whether each round begins or ends with something that isn't a repeat."""
    items = list(body)
    fixed = (parser.LITERAL, parser.NOT_LITERAL, parser.IN, parser.CATEGORY)
    return bool(items) and (items[0][0] in fixed or items[-1][0] in fixed)


@pytest.mark.parametrize(("name", "pattern"), patterns().items(), ids=patterns())
def test_no_endless_repeat_stands_in_another(name, pattern):
    assert list(nested(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))) == [], name


@pytest.mark.parametrize("bad", ["(a+)+$", "(?:a*b?)*c", "(?:(?:x|y*)+z?)+"])
def test_the_check_sees_nested_repeats(bad):
    assert list(nested(parser.parse(bad)))
