"""How the CPU time of cleaning grows when each kind of hostile input is doubled; about 2 is linear.

    python tests/bench/growth.py [SHAPE ...]

Each shape is grown until it takes a tenth of a second, then doubled once more; the last ratio is printed.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import cleaner
from cleaner.options import InputKind, Options

if TYPE_CHECKING:
    from collections.abc import Callable

    Shape = tuple[InputKind, Callable[[int], str]]

BODY = "The county council met on Tuesday and agreed to rebuild the old stone bridge before winter comes. "
AROUND = f"<p>{BODY * 4}</p>" * 3
LEAST_SECONDS = 0.1
SHAPES: dict[str, Shape] = {
    "nested div": ("html", lambda n: "<div>" * n + "deep" + "</div>" * n),
    "nested quotes": ("html", lambda n: "<blockquote>" * n + "deep" + "</blockquote>" * n),
    "nested lists": ("html", lambda n: "<ul><li>a" * n),
    "nested tables": ("html", lambda n: "<table><tr><td>a" * n),
    "unclosed b": ("html", lambda n: "<b>" * n + BODY),
    "unclosed p and i": ("html", lambda n: "<p><i>x" * (n // 10) + BODY),
    "attributes": ("html", lambda n: "<p " + " ".join(f"a{i}=1" for i in range(n)) + ">x</p>"),
    "classes": ("html", lambda n: "".join(f"<i class=c{i}>x</i> " for i in range(n))),
    "style rules and elements": (
        "html",
        lambda n: (
            "<style>"
            + "".join(f".c{i} p.d{i}{{display:none}}" for i in range(n))
            + "</style>"
            + "".join(f"<p class=d{i}>some text" for i in range(n))
        ),
    ),
    "rules of one class": ("html", lambda n: "<style>" + "p.d q{display:none}" * n + "</style>" + "<p class=d>x" * n),
    "rules of tags": ("html", lambda n: "<style>" + "p>q:not(.x){display:none}" * n + "</style>" + "<p><q>x</q>" * n),
    "hidden elements": ("html", lambda n: "<p style='display:none'>secret</p><p>seen</p>" * n),
    "white elements": ("html", lambda n: "<font color=white>secret</font> seen " * n),
    "comments in a sheet": ("html", lambda n: "<style>" + "/*" * n + "</style>"),
    "quotes in a sheet": ("html", lambda n: "<style>" + "a{content:'" * n + "</style>"),
    "links": ("html", lambda n: "<a href=/a>link</a> " * n),
    "links in paragraphs": ("html", lambda n: "<p><a href=/a>link</a> and text</p>" * n),
    "images": ("html", lambda n: "<img src=a.png alt=b>" * n),
    "tables": ("html", lambda n: "<table><tr><th>a<th>b<tr><td>1<td>2</table>" * n),
    "cells": ("html", lambda n: "<table>" + "<tr><td>cell<td>other" * n + "</table>"),
    "columns": ("html", lambda n: "<table><tr>" + "<td>cell" * n + "<tr><td>a</table>"),
    "footnotes": (
        "html",
        lambda n: (
            "".join(f"<p>x<sup id=r{i}><a href='#f{i}'>{i}</a></sup></p>" for i in range(n))
            + "<ol>"
            + "".join(f"<li id=f{i}>note <a href='#r{i}'>↩</a>" for i in range(n))
            + "</ol>"
        ),
    ),
    "formulas": ("html", lambda n: "<math><mfrac><mi>x</mi><mn>2</mn></mfrac></math>" * n),
    "nested formula": ("html", lambda n: "<math>" + "<mrow><mi>x</mi>" * n + "</math>"),
    "code": ("html", lambda n: "<pre><code>" + "x = 1\n" * n + "</code></pre>"),
    "entities": ("html", lambda n: "<p>" + "&amp;&lt;&#x202e;" * n),
    "references without end": ("html", lambda n: "<p>" + "&amp" * n + "&#" * n),
    "deep data": ("html", lambda n: "<script type='application/ld+json'>" + '{"a":[' * n + "</script>"),
    "closed deep data": ("html", lambda n: f"<script type='application/ld+json'>{'[' * n}{']' * n}</script>"),
    "titles": ("html", lambda n: "<title>" + "Bridge | " * n + "</title><h1>" + "Bridge | " * n + "</h1>"),
    "metadata": ("html", lambda n: "<meta name=author content='Jane Doe'>" * n),
    "bylines": ("html", lambda n: "<p>By Jane Doe, 2020-08-09 08:34</p>" * n),
    "zero-width": ("text", lambda n: BODY + "s\u200bt\u200b" * n),
    "tag characters": ("text", lambda n: BODY + "\U000e0041" * n),
    "escapes": ("text", lambda n: BODY + "\x1b[31m\x1b]" * n),
    "mojibake": ("text", lambda n: BODY + "cafÃ© â€œquotedâ€\x9d ä¸­æ–‡ " * n),
    "broken mojibake": ("text", lambda n: BODY + "Ã" * n + "â€" * n),
    "long line": ("text", lambda n: BODY * (n // 10)),
    "one word": ("text", lambda n: "x" * n),
    "ideographs": ("text", lambda n: "的" * n),
    "lines": ("text", lambda n: f"{BODY}\n" * (n // 10)),
    "short lines": ("text", lambda n: "首页 | 关于我们\n" * n),
    "empty lines": ("text", lambda n: BODY + "\n" * n + BODY),
    "one line again": ("text", lambda n: "分享到：微信 微博\n版权所有 京ICP备05000002号\n" * n),
    "list lines": ("text", lambda n: "- item\n" * n),
    "table lines": ("text", lambda n: "| a | b |\n" * n),
    "dates": ("text", lambda n: "2020-08-09 08:34 " * n),
    "spam": ("text", lambda n: BODY + "彩票平台 www.88888.com 北京赛车 " * n),
    "emphasis": ("markdown", lambda n: BODY + "*a **b " * n),
    "stars": ("markdown", lambda n: BODY + "*" * n),
    "underscores": ("markdown", lambda n: BODY + "_a" * n),
    "brackets": ("markdown", lambda n: BODY + "[" * n),
    "link starts": ("markdown", lambda n: BODY + "[a](" * n),
    "image starts": ("markdown", lambda n: BODY + "![" * n),
    "backticks": ("markdown", lambda n: BODY + "".join("`" * (i % 99) + " " for i in range(n // 50))),
    "quotes": ("markdown", lambda n: BODY + "\n\n" + "> " * n + "a"),
    "list markers": ("markdown", lambda n: BODY + "\n\n" + "- " * n + "a"),
    "indented items": ("markdown", lambda n: "".join(" " * (2 * (i % 60)) + "- a\n" for i in range(n // 10))),
    "fences": ("markdown", lambda n: "```\na\n" * n),
    "definitions": ("markdown", lambda n: "".join(f"[a{i}]: /x\n" for i in range(n)) + "[a1]"),
    "html in markdown": ("markdown", lambda n: "<div><!--" * n),
    "open tags in markdown": ("markdown", lambda n: BODY + "<a " * n),
    "front matter": ("markdown", lambda n: "---\n" + "title: a\n" * n + "---\n" + BODY),
    "unclosed front matter": ("markdown", lambda n: "---\n" + "a: [" * n + BODY),
    "autolinks": ("markdown", lambda n: BODY + "<http://a.b " * n),
    "pipes": ("markdown", lambda n: "| a | b |\n|---|---|\n" + "|" * n),
    "dollars": ("markdown", lambda n: BODY + "$a$$" * n),
    "entities in markdown": ("markdown", lambda n: BODY + "&amp" * n),
}


def seconds(shape: Shape, size: int) -> float:
    kind, make = shape
    text = make(size)
    if kind == "html":
        text = f"<!doctype html><title>Bridge</title><h1>Bridge</h1>{AROUND}{text}{AROUND}"
    start = time.process_time()
    try:
        document = cleaner.clean(text, options=Options(input_kind=kind))
        document.to_markdown()
        document.to_html()
    except cleaner.CleanerError as error:
        print(f"refused: {error}", file=sys.stderr)
    return time.process_time() - start


def growth(shape: Shape) -> tuple[float, int, float]:
    """The ratio of times at the last doubling, the size before it, and the time at that size."""
    size = 500
    while (taken := seconds(shape, size)) < LEAST_SECONDS and size < 200_000:
        size *= 2
    before = min(taken, seconds(shape, size))
    after = min(seconds(shape, 2 * size) for _ in range(2))
    return after / before, size, before


def main() -> None:
    """Print the growth of the shapes that are named, or of all."""
    for kind in ("html", "text", "markdown"):
        seconds((kind, lambda _n: BODY), 1)  # what is loaded once is loaded now
    chosen = sys.argv[1:] or list(SHAPES)

    for name in chosen:
        ratio, size, taken = growth(SHAPES[name])
        print(f"{ratio:5.2f}  {name:28} {taken:6.2f} s at {size}", flush=True)


if __name__ == "__main__":
    main()
