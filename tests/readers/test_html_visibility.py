"""Text that a reader of the page never sees is a hidden block with a reason; what merely looks like it is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.readers.html import read

SHOWN = "<p>" + "The old bridge was closed on Monday and will open again in spring. " * 4 + "</p>"


def reasons(markup: str) -> dict[str, str]:
    page = read(markup, None).page
    return dict(zip(page.text, page.hidden, strict=True))


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ('style="display:none"', "display:none"),
        ('style="DISPLAY : none !important"', "display:none"),
        ('style="visibility:hidden"', "visibility:hidden"),
        ("hidden", "hidden attribute"),
        ('style="position:absolute;left:-9999px"', "off-screen"),
        ('style="font-size:0"', "font-size:0"),
        ('style="opacity:0"', "opacity:0"),
        ('style="color:#fff;background:#ffffff"', "same colour"),
        ('style="color:rgb(255, 255, 255);background-color:white"', "same colour"),
        ('style="position:absolute;clip:rect(0 0 0 0);height:1px;overflow:hidden"', "clip"),
        ('style="text-indent:-9999px"', "text-indent"),
        ('style="height:0;overflow:hidden"', "height:0"),
        ('style="transform:scale(0)"', "transform:scale(0)"),
        ('style="color:transparent"', "transparent"),
        ('style="clip-path:inset(100%)"', "clip"),
        ('style="clip-path:circle(0)"', "clip"),
        ('style="clip-path:polygon(0 0,0 0,0 0)"', "clip"),
        ('style="dis/**/play:none"', "display:none"),
        (r'style="display:\6eone"', "display:none"),
        ('style="opacity:0.001"', "opacity:0"),
        ('style="filter:opacity(0%)"', "opacity:0"),
        ('style="font:0/0 a"', "font-size:0"),
        ('style="font-size:1px"', "font-size:1px"),
        ('style="color:white"', "same colour"),
        ('style="color:#fefefe;background:#fff"', "same colour"),
        ('style="color:hsl(0,0%,100%);background:#fff"', "same colour"),
        ('style="color:red;background:#f00"', "same colour"),
        ('style="color:hsla(0,0%,0%,0)"', "transparent"),
        ('style="-webkit-text-fill-color:transparent"', "transparent"),
        ('style="position:absolute;bottom:-9999px"', "off-screen"),
        ('style="position:absolute;left:calc(-9999px)"', "off-screen"),
        ('style="position:absolute;inset:-9999px auto auto"', "off-screen"),
        ('style="position:relative;left:-9999px"', "off-screen"),
        ('style="margin-left:-9999px"', "off-screen"),
        ('style="transform:translateX(-9999px)"', "off-screen"),
        ('style="scale:0"', "transform:scale(0)"),
        ('style="zoom:0"', "transform:scale(0)"),
        ('style="width:1px;height:1px;overflow:hidden"', "1px box"),
        ("popover", "closed popover"),
    ],
)
def test_each_way_of_hiding_in_an_attribute_is_seen(attributes: str, reason: str) -> None:
    found = reasons(f"{SHOWN}<div {attributes}><p>secret words</p></div>{SHOWN}")
    assert found["secret words"] == reason


@pytest.mark.parametrize(
    ("sheet", "hidden"),
    [
        (".zz{display:none}", True),
        ("@media screen{#zz{visibility:hidden}}", True),
        ("p[data-z]{position:absolute;left:-5000px}", True),
        ("body{background:#fff}.zz{color:#fff}", True),
        (".zz{font-size:0px}", True),
        ("/* .zz{} */ .outer .zz { opacity : 0 }", True),
        (".other{color:red}.zz{display:none}", True),
        ("@media print{.zz{display:none}}", False),
        ("@media (max-width:600px){.zz{display:none}}", False),
        (".zz{display:none}.outer .zz{display:block}", False),
        (".zz{display:none}#zz{display:inline}", False),
        (".zz:hover{display:none}", False),
        (".elsewhere .zz{display:none}", False),
        (".zz::before{display:none}", False),
        ("@keyframes x{from{opacity:0}to{opacity:1}}", False),
        (".zz{display:none}.zz{display:block}", False),
        (".zz{display:none!important}.zz{display:block}", True),
        (".zz{color:#000;background:#fff}", False),
        (".zz{color:#fff}", True),
        ("body{background:#333}.zz{color:#fff}", False),
        (".zz{color:#fff;position:absolute}", False),
        (".outer{background:url(a.png)}.zz{color:#fff}", False),
        (":where(.zz,.yy){display:none}", True),
        (r".zz{dis\70lay:none}", True),
        ("<!-- .zz{display:none} -->", True),
        (".zz{content:'}';display:none}", True),
        ("@container (min-width:1px){.zz{display:none}}", True),
        ("@media not print{.zz{display:none}}", True),
        ("@media screen, print{.zz{display:none}}", True),
        ("@media (max-width:9999px){.zz{display:none}}", True),
        (".outer{font-size:0}.zz{font-size:16px}", False),
        (".zz{background:linear-gradient(red,blue);background-clip:text;color:transparent}", False),
    ],
)
def test_the_page_s_own_rules_are_followed(sheet: str, hidden: bool) -> None:
    markup = f"<style>{sheet}</style>{SHOWN}<div class=outer><p class=zz id=zz data-z>secret words</p></div>{SHOWN}"
    assert bool(reasons(markup)["secret words"]) is hidden


@pytest.mark.parametrize(
    "attributes",
    [
        'style="display:block"',
        'style="opacity:0.5"',
        'style="opacity:.01"',
        'style="font-size:0.9em"',
        'style="text-indent:-20px"',
        'style="position:absolute;left:-5px"',
        'style="height:0"',
        'style="color:#fff;background:#333"',
        'style="transform:scale(0.5)"',
        'hidden="until-found"',
        'aria-hidden="true"',
        'style="margin-left:-980px"',
        'style="transform:translate3d(-1200px,0,0)"',
    ],
)
def test_what_is_only_small_faint_or_moved_stays_visible(attributes: str) -> None:
    assert reasons(f"{SHOWN}<div {attributes}><p>seen words</p></div>")["seen words"] == ""


def test_hidden_words_inside_a_sentence_become_a_block_of_their_own() -> None:
    found = reasons("<p>The bridge <span style='display:none'>secret words</span> is open.</p>" + SHOWN)
    assert found["The bridge is open."] == ""
    assert found["secret words"] == "display:none"


def test_visibility_can_be_turned_back_inside() -> None:
    found = reasons(SHOWN + "<div style='visibility:hidden'>gone<p style='visibility:visible'>seen</p></div>")
    assert found["gone"] == "visibility:hidden"
    assert found["seen"] == ""


def test_white_text_counts_as_hidden_only_if_no_linked_sheet_could_colour_its_ground() -> None:
    sheet = "<style>body{background:#fff}.zz{color:#fff}</style>"
    block = f"<p class=zz>pale words</p>{SHOWN}"
    assert reasons(sheet + block)["pale words"] == "same colour"
    assert reasons("<link rel=stylesheet href=a.css>" + sheet + block)["pale words"] == ""


def test_main_text_that_waits_for_a_script_is_revealed() -> None:
    page = read(f"<body><p>Loading…</p><div style='display:none'>{SHOWN * 4}</div>", None).page
    assert page.hidden == [""] * len(page)
    assert page.revealed == ["", *["display:none"] * 4]


@pytest.mark.parametrize(
    "page", ["<style>body{{visibility:hidden}}</style>{}", "<body style='opacity:0'>{}", "<html hidden><body>{}"]
)
def test_a_page_that_is_hidden_whole_is_shown_but_what_is_hidden_in_it_is_not(page: str) -> None:
    found = reasons(page.format("<p>The bridge is closed.</p><p style='display:none'>A secret.</p>"))
    assert found == {"The bridge is closed.": "", "A secret.": "display:none"}


def test_hidden_text_beside_a_visible_page_is_not_revealed() -> None:
    page = read(f"<body>{SHOWN * 3}<div style='display:none'>{SHOWN}</div>", None).page
    assert page.hidden[-1] == "display:none"
    assert not any(page.revealed)


def test_many_rules_and_classes_are_read() -> None:
    sheet = "".join(f".c{i} > p, #d{i} a:hover{{color:red;display:none}}" for i in range(3000))
    page = read(f"<style>{sheet}</style>{SHOWN}<div class=c7><p>secret words</p></div>", None).page
    assert page.hidden[-1] == "display:none"


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=faq__answer style='display:none'><p>{}</p></div>",
        "<section role=tabpanel hidden><p>{}</p></section>",
        "<div class=accordion__content style='height:0;overflow:hidden'><p>{}</p></div>",
        "<div class=wow style='visibility:hidden'><p>{}</p></div>",
        "<div style='opacity:0;transform:translateY(20px)'><p>{}</p></div>",
        "<div id=js_content style='visibility: hidden; opacity: 0; '><p>{}</p></div>",
    ],
)
def test_what_opens_with_a_click_or_fades_in_counts_as_seen(markup: str) -> None:
    assert reasons("<script src=a.js></script>" + SHOWN + markup.format("folded words"))["folded words"] == ""


def test_a_fold_inside_a_menu_stays_hidden() -> None:
    markup = "<nav><ul class='menu collapse' style='display:none'><li>folded words</ul></nav>"
    assert reasons(SHOWN + markup)["folded words"] == "display:none"


STYLE = st.lists(
    st.sampled_from(
        [
            ".zz",
            "p",
            "#zz",
            "[data-z",
            "]",
            ">",
            "~",
            "(",
            ")",
            ":not(",
            "::x",
            "{",
            "}",
            "display:none",
            ";",
            "color:",
            "rgba(1,2,3,0.)",
            "#ffff",
            "opacity:0",
            "@media screen",
            "@x",
            "/*",
            "*/",
            "!important",
            ",",
            " ",
            "\\",
            "'",
            "&",
            "position:absolute",
            "left:-9999px",
            "*",
            "font-size:0",
            "\x00",
            "é",
        ]
    )
).map("".join)


@given(STYLE)
@settings(max_examples=300, deadline=None)
def test_no_style_sheet_or_style_stops_the_reader(style: str) -> None:
    attribute = style.replace("'", "")
    page = read(f"<style>{style}</style><p class=zz id=zz data-z style='{attribute}'>words</p>", None).page
    assert page.text == ["words"]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<font color=white>pale words</font>", "same colour"),
        ("<font color='#FEFEFE'>pale words</font>", "same colour"),
        ("<table bgcolor=navy><tr><td><font color=white>pale words</font></td></tr></table>", ""),
        ("<table bgcolor=navy><tr><td><font color='#000080'>pale words</font></td></tr></table>", "same colour"),
        ("<div background=a.gif><font color=white>pale words</font></div>", ""),
    ],
)
def test_colours_of_attributes_count(markup: str, reason: str) -> None:
    assert reasons(SHOWN + markup)["pale words"] == reason


@pytest.mark.parametrize("link", ["<link rel=preload as=style href=a.css>", "<style>@import url(a.css);</style>"])
def test_sheets_that_come_later_may_colour_the_ground(link: str) -> None:
    assert reasons(f"{link}{SHOWN}<p style='color:white'>pale words</p>")["pale words"] == ""
