"""The gentle level touches nothing of an ordinary repository's files, and still cleans a page of a site."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.batch.rewrite import rewritten
from cleaner.options import Options

GENTLE = Options(level="gentle", repair=False)
LICENCE = (
    "Copyright (c) 2018, Jane Roe\nAll rights reserved.\n\nRedistribution and use in source and binary forms, with or "
    "without\nmodification, are permitted provided that the following conditions are met.\n"
)
NAMES = "# Authors\n\n" + "".join(f"- [Person {letter}](mailto:{letter}@example.org)\n" for letter in "abcdefghijklm")
CONTENTS = "=====\nGuide\n=====\n\n.. toctree::\n   :maxdepth: 2\n\n   install\n   usage\n   faq\n\n* :ref:`search`\n"
NEXT = (
    "# What next\n\nTry one of these:\n\n* Like / unlike a post.\n* Comments.\n* Share | Print\n* Login and register.\n"
)
CONTENT = (
    "清水县开展农村道路养护",
    "",
    "四月以来，清水县组织养护队对全县农村道路进行检查，修补路面坑槽，清理边沟淤泥，确保群众出行安全。  ",
)
CHROME = ("分享到: 微信 微博", "滇ICP备05000000号-1 滇公网安备 53000000000000号")


@pytest.mark.parametrize("text", [LICENCE, NAMES, CONTENTS, NEXT], ids=["licence", "names", "contents", "next"])
@pytest.mark.parametrize("name", ["file.md", "file.txt"])
def test_files_of_a_repository_stay(text: str, name: str) -> None:
    assert not cleaner.clean(text, name=name, options=GENTLE).removed


def test_forms_of_two_categories_go_and_nothing_else_changes() -> None:
    data = "\n".join([*CONTENT, "", *CHROME, ""]).encode()
    assert rewritten(cleaner.clean(data, options=GENTLE), data) == "\n".join([*CONTENT, ""]).encode()


def test_a_form_of_one_category_proves_nothing() -> None:
    data = "\n".join([*CONTENT, "", CHROME[0], ""])
    assert not cleaner.clean(data, options=GENTLE).removed


PIECES = st.sampled_from(
    [
        *CONTENT,
        *CHROME,
        "版权所有",
        "© 2021 Example",
        "Home | About | Contact",
        "A sentence  that says something. ",
        "    $ run  it",
        "",
        "- one",
        "| a | b |",
    ]
)


@given(lines=st.lists(PIECES, max_size=20), name=st.sampled_from(["a.txt", "a.md"]))
def test_rewriting_twice_changes_nothing_the_second_time(lines: list[str], name: str) -> None:
    data = "\n".join(lines).encode()
    try:
        once = rewritten(cleaner.clean(data, name=name, options=GENTLE), data)
        twice = rewritten(cleaner.clean(once, name=name, options=GENTLE), once)
    except cleaner.CleanerError:
        return  # nothing would be left, or it is HTML
    assert twice == once
