"""Files that are no page are known by their form and stay whole; the text of pages is not taken for one."""

from __future__ import annotations

import json

import pytest

import cleaner
from cleaner.readers.text import read
from cleaner.readers.text_files import FileForm, file_form, mail_heads

VERBATIM = {
    "json": json.dumps({"title": "Home", "share": ["About us", "Contact"]}, indent=2),
    "json lines": '{"menu": "Home"}\n{"menu": "Log in"}\n',
    "feed": "<?xml version='1.0'?>\n<rss><channel>\n<title>News</title>\n</channel></rss>\n",
    "drawing": '<svg xmlns="http://www.w3.org/2000/svg">\n<text>Home</text>\n</svg>\n',
    "subtitles": "1\n00:00:01,000 --> 00:00:02,000\nHome.\n\n2\n00:00:03,000 --> 00:00:04,000\nShare this.\n",
    "web subtitles": "WEBVTT\n\n00:01.000 --> 00:02.000\nLog in.\n",
    "lyrics": "[ti:Bridge]\n[00:01.20]Home again\n[00:05.00]Share the road\n",
    "patch": "--- a/menu\n+++ b/menu\n@@ -1,2 +1,2 @@\n-Home\n+About us\n Contact\n",
    "org": "#+TITLE: Plans\n* TODO Home\n** Contact\n   - [ ] call\n",
    "yaml": "name: site\nmenu:\n  - Home\n  - Contact\nshare:\n  button: off\n",
    "ini": "[core]\nname = x\n; home\n[share]\npath = /srv\n",
    "toml": '[tool.site]\nmenu = [\n  "Home",\n]\n[tool.share]\non = true\n',
    "python": '"""Home of the menu.\n\nContact.\n"""\n\nimport os\n\n\ndef share():\n    return os.name\n',
    "c": "/* Copyright 2020 Ann Oak\n   All rights */\n#include <a.h>\nint main(void)\n{\n\treturn 0;\n}\n",
}
MAIL = """From: Ann Oak <ann@example.org>
To: Ben Elm <ben@example.org>
Subject: Bridge
Date: Mon, 4 Mar 2024 09:12:44 +0100

Hello Ben,

let us meet on Thursday.

--
Ann Oak
Bridge Office, Tel. 555 0100
"""
READ_ME = """Widget
======

A tool.

Installation
------------

    $ make

Options:
  -h  help

License: MIT. Copyright (c) 2020 Ann Oak.

Contact
-------
Write to ann@example.org. Home page: https://example.org/
"""
CHAT = "".join(
    f"{name} 2024-03-01 10:01:{second}\n{said}\n"
    for second, (name, said) in enumerate(
        [("张三", "在吗"), ("李四", "在的"), ("张三", "登录不了"), ("李四", "分享给大家"), ("张三", "好的")], 10
    )
)
PAGES = [
    "Home\nAbout us\nContact\nBridge news\nThe council met on Tuesday and agreed to rebuild the bridge.\nShare\n",
    "From: Bridge News\nDate: 1 March\nThe council met on Tuesday.\nHome\n",
    "Name: Ann Oak\nRole: mayor\nPhone: 555 0100\nHome\n",
    "# How to share\nimport the file and run it, as the manual says.\nHome\nThen we all went home.\nContact us\n",
    "ann 10:01\nreply\nben 10:02\nreply\ncho 10:03\nreply\ndan 10:04\nreply\n",
    "[Home]\n[News]\n[Contact]\nThe council met on Tuesday.\n",
]


def form(text: str) -> FileForm | None:
    return file_form(read(text, None).page)


@pytest.mark.parametrize("name", VERBATIM)
def test_data_and_programs_stay_to_the_letter(name: str) -> None:
    text = VERBATIM[name]
    assert form(text) == FileForm.VERBATIM
    document = cleaner.clean(text)
    assert document.outcome == "unchanged"
    assert document.to_markdown() == f"```\n{text.rstrip()}\n```\n"


@pytest.mark.parametrize("text", [MAIL, READ_ME, CHAT, MAIL + "One more line, and it is the same.\n" * 60])
def test_letters_read_mes_and_chats_stay_whole(text: str) -> None:
    assert form(text) in (FileForm.MAIL, FileForm.WRITTEN)
    assert cleaner.clean(text).removed == ()


def test_the_heads_of_a_mail_keep_their_lines() -> None:
    assert mail_heads(read(MAIL, None).page) == 4
    assert cleaner.clean(MAIL).to_text().startswith("\n".join(MAIL.split("\n")[:4]) + "\n\nHello Ben,")


def test_the_underlined_heads_of_a_read_me_are_headings() -> None:
    headings = [line for line in cleaner.clean(READ_ME).to_markdown().split("\n") if line.startswith("#")]
    assert headings == ["# Widget", "## Installation", "## Contact"]


@pytest.mark.parametrize("text", PAGES)
def test_the_text_of_a_page_is_no_file(text: str) -> None:
    assert form(text) is None


def test_data_nested_without_end_are_only_text() -> None:
    assert form("[" * 200_000 + "]" * 200_000) is None
