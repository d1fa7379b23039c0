"""Ways of hiding that need more of CSS: nesting, variables, conditions, animations, transforms, masks and clips."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.readers.html import read
from cleaner.readers.media import holds

SHOWN = "<p>" + "The old bridge was closed on Monday and will open again in spring. " * 4 + "</p>"
SCRIPT = "<script src=a.js></script>"


def reason(style: str = "", *, sheet: str = "", head: str = "") -> str:
    """Why the words in an element of this style, or of the class `zz` under this sheet, are hidden."""
    markup = (
        f"{head}<style>{sheet}</style>{SHOWN}<div class=outer><p class='zz yy' style='{style}'>words</p></div>{SHOWN}"
    )
    page = read(markup, None).page
    return page.hidden[page.text.index("words")]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("opacity:0;transition:opacity 1s", "opacity:0"),
        ("visibility:hidden;will-change:transform", "visibility:hidden"),
        ("mask:linear-gradient(transparent,transparent)", "mask"),
        ("-webkit-mask-image:linear-gradient(to right, rgba(0,0,0,0) 0%, #0000 100%)", "mask"),
        ("mask-image:url(a.svg);mask-size:0", "mask"),
        ("transform:translate(-200%)", "off-screen"),
        ("transform:translateX(-300%)", "off-screen"),
        ("transform:translateY(-150vh)", "off-screen"),
        ("translate:-250%", "off-screen"),
        ("translate:0 -200vh", "off-screen"),
        ("transform:scale(0.001)", "transform:scale(0)"),
        ("transform:scaleX(0)", "transform:scale(0)"),
        ("transform:rotateY(90deg)", "transform:scale(0)"),
        ("rotate:x 90deg", "transform:scale(0)"),
        ("transform:matrix(0,0,0,0,0,0)", "transform:scale(0)"),
        ("clip-path:inset(0 100% 0 0)", "clip"),
        ("clip-path:inset(60%)", "clip"),
        ("clip-path:rect(0 0 0 0)", "clip"),
        ("clip-path:polygon(0% 0%, 0% 0%)", "clip"),
        ("font-size:0.05em", "font-size:1px"),
        ("font-size:1%", "font-size:1px"),
        ("font-size:2px", "font-size:1px"),
        ("font-size:calc(0px)", "font-size:0"),
        ("font-size:min(0px, 0em)", "font-size:0"),
        ("font-size:calc(16px * 0)", "font-size:0"),
        ("opacity:calc(0)", "opacity:0"),
        ("line-height:0;overflow:hidden", "line-height:0"),
        ("text-indent:100%;overflow:hidden;white-space:nowrap", "text-indent"),
        ("letter-spacing:-2em", "letter-spacing"),
        ("content-visibility:hidden", "content-visibility:hidden"),
        ("--d:none;display:var(--d)", "display:none"),
        ("display:var(--unknown, none)", "display:none"),
    ],
)
def test_each_way_of_hiding_is_seen(style: str, expected: str) -> None:
    assert reason(style) == expected
    assert reason(sheet=f".zz{{{style}}}") == expected


@pytest.mark.parametrize(
    "style",
    [
        "mask:linear-gradient(black,transparent)",
        "mask-image:url(a.svg);mask-size:20px",
        "transform:translate(-50%,-50%)",
        "transform:translateX(-100%)",
        "translate:-100%",
        "transform:scale(0.05)",
        "transform:scale(0.95)",
        "transform:rotate(90deg)",
        "transform:matrix(1,0,0,1,0,0)",
        "clip-path:inset(0 10% 0 0)",
        "clip-path:polygon(0 0, 100% 0, 100% 90%, 0 100%)",
        "font-size:0.6em",
        "font-size:75%",
        "font-size:calc(1rem + 0.5vw)",
        "font-size:clamp(0.9rem, 2vw, 1.2rem)",
        "line-height:0",
        "letter-spacing:-0.02em",
        "letter-spacing:-1px",
        "text-indent:100%",
        "display:var(--unknown)",
        "display:var(--unknown, block)",
        "mso-hide:all",  # one mail program only, for which the same is there again
    ],
)
def test_what_people_do_to_text_that_is_to_be_read_hides_nothing(style: str) -> None:
    assert reason(style) == ""
    assert reason(sheet=f".zz{{{style}}}") == ""


@pytest.mark.parametrize(
    "sheet",
    [
        ".outer{color:#111;.zz{display:none}}",
        ".outer{& .zz{display:none}color:#111}",
        ".zz{&.yy{display:none}}",
        ".outer,.other{> .zz{display:none}}",
        ".zz{@media screen{display:none}}",
        ".outer{.zz{@supports (display:grid){visibility:hidden}}}",
        ".zz{.inner{color:red}display:none}",
        ":root{--d:none}.zz{display:var(--d)}",
        ".zz{--d:none;display:var(--d)}",
        ":root{--a:none;--b:var(--a)}.zz{display:var(--b)}",
        ":root{--size:0}.zz{font-size:var(--size)}",
        "@keyframes go{to{opacity:0}}.zz{animation:go 0s forwards}",
        "@keyframes go{from{opacity:1}100%{visibility:hidden}}.zz{animation-name:go;animation-fill-mode:both}",
        "@supports (display:grid){.zz{display:none}}",
        "@supports not (unheard-of:yes){.zz{display:none}}",
        "@media (min-width:1px){.zz{display:none}}",
        "@media (min-height:1px) and (orientation:landscape){.zz{display:none}}",
        "@media (width >= 300px){.zz{display:none}}",
        "@media (200px <= width){.zz{display:none}}",
        "@media (hover:hover) and (pointer:fine){.zz{display:none}}",
        "@media (prefers-color-scheme:light){.zz{display:none}}",
        "@media (prefers-reduced-motion:no-preference){.zz{display:none}}",
        "@media only screen{.zz{display:none}}",
        "@media not (prefers-color-scheme:dark){.zz{display:none}}",
        "@layer base{.zz{display:none}}",
        "@scope (.outer){.zz{display:none}}",
        "p:not(.seen){display:none}.yy{color:red}p:not(.zz){display:block}",
        ".zz:not(:hover){display:none}",
        ".zz:not(.seen):not(:focus-within){display:none}",
        ".outer > :is(.zz, .other){display:none}",
        ".outer:has(.yy) .zz{display:none}",
    ],
)
def test_rules_that_apply_hide(sheet: str) -> None:
    paragraphs = f"<style>{sheet}</style><div class=outer><p class='zz yy'>words</p></div><p class=seen>{SHOWN}</p>"
    page = read(paragraphs, None).page
    assert page.hidden[page.text.index("words")] != ""


@pytest.mark.parametrize(
    "sheet",
    [
        ".other{color:#111;.zz{display:none}}",
        ".zz{&.other{display:none}}",
        ".zz{&:hover{display:none}}",
        ".zz{@media print{display:none}}",
        ".outer{display:block;.zz{color:red}}",
        ":root{--d:block}.zz{display:var(--d)}",
        ".one{--d:none}.two{--d:block}.zz{display:var(--d)}",
        "@keyframes go{from{opacity:0}to{opacity:1}}.zz{animation:go 1s forwards}",
        "@keyframes go{from{opacity:0}to{opacity:1}}.zz{opacity:0;animation:go 1s forwards}",
        "@keyframes go{to{opacity:0}}.zz{animation:go 1s}",
        "@keyframes go{to{opacity:0}}.zz{animation:other 1s forwards}",
        "@supports not (display:grid){.zz{display:none}}",
        "@supports (-ms-ime-align:auto){.zz{display:none}}",
        "@media print and (min-width:1px){.zz{display:none}}",
        "@media (prefers-color-scheme:dark){.zz{display:none}}",
        "@media (prefers-color-scheme: dark) and (min-width:1px){.zz{display:none}}",
        "@media (min-width:9000px){.zz{display:none}}",
        "@media (width < 600px){.zz{display:none}}",
        "@media (400px > width){.zz{display:none}}",
        "@media (orientation:portrait){.zz{display:none}}",
        "@media (hover:none){.zz{display:none}}",
        "@media (prefers-reduced-motion){.zz{display:none}}".replace("motion)", "motion:reduce)"),
        "@media (scripting:none){.zz{display:none}}",
        "@media not screen{.zz{display:none}}",
        "@media not all and (min-width:1px){.zz{display:none}}",
        "@media (forced-colors:active){.zz{display:none}}",
        "@scope (.other){.zz{display:none}}",
        "@starting-style{.zz{opacity:0}}",
        "@font-face{font-family:zz}",
        "p:not(.zz){display:none}",
    ],
)
def test_rules_that_do_not_apply_hide_nothing(sheet: str) -> None:
    page = read(f"<style>{sheet}</style><div class=outer><p class='zz yy'>words</p></div><h2>{SHOWN}</h2>", None).page
    assert page.hidden[page.text.index("words")] == ""


@pytest.mark.parametrize("head", [SCRIPT, "<link rel=stylesheet href=a.css>"])
def test_what_fades_in_is_seen_where_anything_can_let_it_in(head: str) -> None:
    assert reason("opacity:0;transition:opacity 1s", head=head) == ""


def test_data_in_a_script_lets_nothing_in() -> None:
    assert reason("opacity:0;transition:opacity 1s", head="<script type='application/ld+json'>{}</script>") != ""


@pytest.mark.parametrize(
    ("prelude", "expected"),
    [("@media", True), ("@media all", True), ("@media screen and (max-width:600px)", False), ("@unknown", False)],
)
def test_conditions_hold_or_not(prelude: str, expected: bool) -> None:
    assert holds(prelude) is expected


TOKENS = st.sampled_from(
    [".zz", "&", ",", ">", "{", "}", ";", ":", "display:none", "--d:none", "display:var(--d)", "var(--d,", ")", "(",
     "@media ", "@scope (.a)", "@supports not ", "@keyframes x", "to", "100%", "animation:x forwards", "not ", "screen",
     "(min-width:1px)", ":not(:hover)", "calc(0", "mask:linear-gradient(", "transparent", "/*", "*/", " ", "é", "\\"]
)  # fmt: skip


@given(st.lists(TOKENS, max_size=60).map("".join))
@settings(max_examples=200)
def test_no_sheet_stops_the_reader(sheet: str) -> None:
    page = read(f"<style>{sheet}</style><p class=zz style='{sheet}'>words</p>", None).page
    assert page.text == ["words"]


def test_nesting_beyond_reason_is_left_out_in_linear_size() -> None:
    assert reason(sheet=".zz{" * 20_000 + "display:none" + "}" * 20_000) == ""


def test_variables_that_are_made_of_themselves_end() -> None:
    doubled = "".join(f"--v{i}:var(--v{i + 1}) var(--v{i + 1});" for i in range(40))
    assert reason(sheet=f":root{{{doubled}}}.zz{{display:var(--v0)}}") == ""
