"""What becomes of HTML, told in Markdown, which the writers' own tests vouch for."""

from __future__ import annotations

import pytest
import turbohtml

from cleaner.building.addresses import Addresses
from cleaner.building.from_html import build_tree
from cleaner.building.html_walk import MAX_NESTING
from cleaner.document import Heading, Image, Link, ListBlock, Paragraph, Quote, Table, Text
from cleaner.options import Options
from cleaner.writers.markdown import markdown_of
from cleaner.writers.text import text_of


def build(html, **options):
    return build_tree(turbohtml.parse(html), options=Options(**options))


def markdown(html, **options):
    return markdown_of(build(html, **options)).removesuffix("\n")


# ---- white space and lines


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p> a\n  b <b> c </b>d</p>", "a b **c** d"),
        ("<p>10&nbsp;km&nbsp;&nbsp;away</p><p>&nbsp;</p>", "10 km away"),
        ("<p>这是第一行\n  这是第二行</p>", "这是第一行这是第二行"),
        ("<p>English\n中文\nEnglish</p>", "English 中文 English"),
        ("<p>한국어\n문장</p>", "한국어 문장"),
        ("<p>\u3000\u3000首行缩进<br>\u3000\u3000第二段</p>", "首行缩进\\\n第二段"),
        ("<p>姓\u3000名</p>", "姓\u3000名"),
        ("<p>so\u00adft z\u200bero</p>", "soft zero"),
        ("<p>请看<a href='/a'>这个\n链接</a>\n的</p>", "请看[这个链接](/a)的"),
        ("<p>super<wbr>cali</p>", "supercali"),
        ("<div>First.<br><br>Second.<br>\n<br>Third.</div>", "First.\n\nSecond.\n\nThird."),
        ("<p><br>a<br>b<br></p>", "a\\\nb"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<p><b>a</b><b>b</b></p>", "**ab**"),
        ("<p><a href=/1>x</a><a href=/1>y</a></p>", "[x](/1)[y](/1)"),
        ("<p><code>a</code> <code>b</code></p>", "`a` `b`"),
        ("<p>a <object type=x>b <b>c</b></object></p><object><p>d</p></object>", "a b **c**\n\nd"),
    ],
)
def test_white_space_is_what_a_reader_sees(html, expected):
    assert markdown(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<template>x</template>",
        "<noembed>x</noembed>",
        "<noframes>x</noframes>",
        "<iframe>x</iframe>",
        "<svg><title>x</title><text>x</text></svg>",
        "<select><option>x</select>",
        "<textarea>x</textarea>",
        "<input type=hidden value=x>",
        "<object data=/y>x</object>",
        "<!-- x -->",
        "<p hidden>x</p>",
        "<p style='display: none'>x</p>",
        "<span style='visibility:hidden'>x</span>",
        "<img src=/p.gif width=1 height=1 alt=x>",
        "<img src=/p.gif style='width:1px;height:1px' alt=x>",
        "<h2><a href='#x'>#</a></h2>",
        "<ul><li></li></ul>",
    ],
)
def test_what_is_not_painted_gives_nothing(html):
    assert build(html) == ()


def test_nothing_is_lost_between_elements_that_do_not_belong_together():
    html = (
        "<ul>a<li>b</li><div>c</div><ul><li>d</ul></ul><li>e</li>"
        "<table><caption>f</caption><tr><td>g<td>h</table><dt>i</dt>"
    )
    assert text_of(build(html)).split() == ["-", "a", "-", "b", "-", "c", "-", "d", "e", "f", "g", "h", "i"]


# ---- links and images


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
        " \x01javascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "blob:x",
    ],
)
def test_unsafe_addresses_are_not_written(address):
    html = (
        f'<p><a href="{address}">text</a></p><p><img src="{address}" alt="picture"></p>'
        f'<iframe src="{address}"></iframe>'
    )
    assert markdown(html) == "text\n\npicture"


def test_addresses_are_resolved_against_the_base_and_the_page():
    addresses = Addresses("https://ex.com/a/", "https://other.org/")
    assert addresses.resolved("b.html") == "https://ex.com/a/b.html"
    assert addresses.resolved("//cdn.ex.com/x") == "https://cdn.ex.com/x"
    assert addresses.resolved("mailto:a@b.c") == "mailto:a@b.c"
    page = Addresses("", "https://ex.com/a/b.html")
    assert page.resolved("../c") == "https://ex.com/c"
    assert page.resolved("#part") == "#part"
    assert Addresses("sub/", "https://ex.com/").resolved("x") == "https://ex.com/sub/x"
    assert Addresses().resolved("x") == "x"
    assert Addresses("", "http://[broken/").resolved("x") == "x"


def test_links_and_images_can_be_left_out():
    html = "<p><a href=/x>a</a> <img src=/i.png alt=i> b</p>"
    assert markdown(html, links=False) == "a ![i](/i.png) b"
    assert markdown(html, images=False) == "[a](/x) b"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<img src=/a.png alt='A  b' title=t>", '![A b](/a.png "t")'),
        ("<img src=/static/loading.gif data-original=/pic/1.png alt=x>", "![x](/pic/1.png)"),
        ("<img src='data:image/gif;base64,R0' data-src=/a.jpg>", "![](/a.jpg)"),
        ("<img srcset='/s.jpg 320w, /l.jpg 1280w'>", "![](/l.jpg)"),
        ("<img src=/lazy.gif data-src=/a.jpg alt=a><noscript><img src=/b.jpg alt=b></noscript>", "![a](/b.jpg)"),
        ("<picture><source srcset=/big.webp><img src=/a.jpg></picture>", "![](/a.jpg)"),
        ("<p>Nice <img class=emoji src=/e.svg alt=🙂> day</p>", "Nice 🙂 day"),
        ("<video><source src=/v.mp4>fallback</video>", "fallback"),
    ],
)
def test_images_are_those_that_readers_see(html, expected):
    if "fallback" in html:
        assert markdown(html) == "[/v.mp4](/v.mp4)"
    else:
        assert markdown(html) == expected


def test_frames_of_advertisers_are_not_content():
    assert markdown("<iframe src=https://ad.doubleclick.net/x></iframe>") == ""
    assert markdown("<iframe src=https://video.ex.com/embed/1></iframe>") == "<https://video.ex.com/embed/1>"


# ---- headings, lists, quotes


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>Usage<a class=hash-link href=#usage>#</a></h2>", "## Usage"),
        ("<h2>Usage <a href=#usage>¶</a></h2>", "## Usage"),
        ("<h2><span>History</span><span class=mw-editsection>[<a href=/e>edit</a>]</span></h2>", "## History"),
        ("<h2><a href=/p>Post</a></h2>", "## [Post](/p)"),
        ("<h2><a class=anchor href=#x>Whole</a></h2>", "## [Whole](#x)"),
        ("<h1>One<br>two</h1>", "# One two"),
        ("<h3><div>a</div><p>b</p></h3>", "### a b"),
        ("<div role=heading aria-level=4>a</div>", "#### a"),
        ("<h3><button>How does it work?</button></h3>", "### How does it work?"),
    ],
)
def test_headings_hold_the_heading(html, expected):
    assert markdown(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
        ("<ol start=99999999999999999999><li>a</ol>", "1. a"),
        ("<ol start=-5><li>a</ol>", "1. a"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b"),
        ("<ul><li><input type=checkbox checked> a<li><p><input type=checkbox> b</p></ul>", "- [x] a\n- [ ] b"),
        ("<ul><li><p>a</p><pre>b</pre></ul>", "- a\n\n  ```\n  b\n  ```"),
        ("<ul><li>x<blockquote>q</blockquote></ul>", "- x\n\n  > q"),
        ("<blockquote>a<br>b</blockquote>c", "> a\\\n> b\n\nc"),
        ("<dl><dt>a<dt>b<dd>c<dd>d</dl>", "**a**\n\n**b**\n\nc\n\nd"),
        ("<dl><div><dt>a<dd>b</div></dl>", "**a**\n\nb"),
        ("<details><summary>More</summary><p>text</p></details>", "**More**\n\ntext"),
        ("<figure><img src=/a.png><figcaption>cap</figcaption></figure>", "![](/a.png)\n\ncap"),
        ("<p>a</p><hr><p>b</p>", "a\n\n---\n\nb"),
    ],
)
def test_blocks_keep_their_form(html, expected):
    assert markdown(html) == expected


def test_lists_from_word_are_lists():
    item = (
        "<p class=MsoListParagraph style='mso-list:l0 level{} lfo1'><span style='mso-list:Ignore'>{}&nbsp;</span>{}</p>"
    )
    html = (
        item.format(1, "·", "a")
        + item.format(2, "1.", "b")
        + item.format(2, "2.", "c")
        + item.format(1, "·", "d")
        + "<p>e"
    )
    assert markdown(html) == "- a\n  1. b\n  2. c\n- d\n\ne"


def test_google_docs_wrapper_is_not_bold_but_its_spans_are():
    html = (
        "<b style='font-weight:normal'><p><span style='font-weight:400'>a </span>"
        "<span style='font-weight:700'>b</span></p></b>"
    )
    assert markdown(html) == "a **b**"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p><ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby></p>", "漢字(かんじ)"),
        ("<p>He said <q>yes</q>.</p>", "He said “yes”."),
        ("<p>H<sub>2</sub>O <del>x</del> <kbd>Ctrl</kbd></p>", "H<sub>2</sub>O ~~x~~ `Ctrl`"),
        ("<p><code>a <b>b</b></code></p>", "`a b`"),
        ("<p><code>a <a href=/x>b</a></code></p>", "`a `[`b`](/x)"),
        ("<p><b>a <strong>b</strong></b></p>", "**a b**"),
    ],
)
def test_marks(html, expected):
    assert markdown(html) == expected


# ---- code


@pytest.mark.parametrize(
    "html",
    [
        "<pre><code class='language-py'>a\n  b\n</code></pre>",
        "<pre><code class='hljs lang-py'><span>a</span>\n  b</code></pre>",
        "<div class='highlight highlight-source-py'><pre>a\n  b</pre></div>",
        "<div class='language-py highlighter-rouge'><div class=highlight><pre><code>a\n  b</code></pre></div></div>",
        "<pre class='brush: py; gutter: true'>a\n  b</pre>",
        "<pre data-lang=py>a<br>  b</pre>",
        (
            "<figure class='highlight py'><table><tr><td class=gutter><pre>1\n2</pre></td>"
            "<td class=code><pre>a\n  b</pre></td></tr></table></figure>"
        ),
        (
            "<table class=lntable><tr><td class=lntd><pre><code><span class=lnt>1\n</span></code></pre></td>"
            "<td class=lntd><pre><code class=language-py><span class=line>a\n</span>"
            "<span class=line>  b</span></code></pre></td></tr></table>"
        ),
        (
            "<pre><code class=language-py><table class=hljs-ln><tr><td class=hljs-ln-numbers>1</td><td>a</td></tr>"
            "<tr><td class=hljs-ln-numbers>2</td><td>  b</td></tr></table></code></pre>"
        ),
        (
            "<div class='syntaxhighlighter py'><table><tr><td class=gutter><div>1</div><div>2</div></td>"
            "<td class=code><div class=line>a</div><div class=line>  b</div></td></tr></table></div>"
        ),
        "<pre class=language-py><code>a\n  b</code><button class=copy>Copy</button></pre>",
        "<pre class='line-numbers language-py'><code>a\n  b<span class=line-numbers-rows><i></i></span></code></pre>",
    ],
)
def test_code_is_unpacked_from_any_dress(html):
    text = markdown(html)
    assert text.replace("```py", "```") == "```\na\n  b\n```"
    assert "syntaxhighlighter" in html or text.startswith("```py\n")


def test_code_keeps_blank_lines_and_plain_languages_have_no_name():
    assert markdown("<pre><code class=language-plaintext>\n\na\n\n\n</code></pre>") == "```\n\n\na\n\n\n```"


# ---- tables


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            "<table><tr><th>D<th>T<tr><td rowspan=2>Mon<td>a<tr><td>b</table>",
            "| D | T |\n| --- | --- |\n| Mon | a |\n| Mon | b |",
        ),
        (
            "<table><tr><td colspan=2>x<td>y<tr><td>1<td>2<td>3</table>",
            "| x |  | y |\n| --- | --- | --- |\n| 1 | 2 | 3 |",
        ),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "| a | b |\n| --- | --- |\n| c |  |"),
        (
            "<table><tr><th align=right>a<th style='text-align:center'>b<tr><td>1<td>2</table>",
            "| a | b |\n| --: | :-: |\n| 1 | 2 |",
        ),
        ("<table><tr><td><h2>a</h2><p>b</table>", "## a\n\nb"),
        ("<table role=presentation><tr><td>a<td>b</table>", "a\n\nb"),
        (
            "<table><tr><td>a<td><table><tr><td>b<td>c<tr><td>d<td>e</table></table>",
            "a\n\n| b | c |\n| --- | --- |\n| d | e |",
        ),
        ("<table><caption>cap</caption><tr><td>a<td>b</table>", "cap\n\n| a | b |\n| --- | --- |"),
    ],
)
def test_tables(html, expected):
    assert markdown(html) == expected


def test_huge_spans_are_bounded():
    blocks = build("<table><tr><td colspan=999999999 rowspan=999999999>x<td>z<tr><td>y</table>")
    assert sum(len(row) for block in blocks if isinstance(block, Table) for row in block.rows) < 500


def test_a_grid_far_larger_than_its_table_is_not_filled():
    html = "<table><tr>" + "<td>x" * 3000 + "<tr><td>y" * 3000 + "</table>"
    assert not any(isinstance(block, Table) for block in build(html))


# ---- formulas and footnotes

_MATHML = (
    "<math{}><semantics><mrow><mi>a</mi></mrow>"
    "<annotation encoding='application/x-tex'>a &lt; b</annotation></semantics></math>"
)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>if {_MATHML.format('')} ok</p>", "if $a < b$ ok"),
        (_MATHML.format(" display=block"), "$$\na < b\n$$"),
        (
            f"<p><span class=katex><span>{_MATHML.format('')}</span><span aria-hidden=true>a&lt;b</span></span></p>",
            "$a < b$",
        ),
        ("<p>Take <span class=MathJax_Preview>x</span><script type='math/tex'>a_i</script></p>", "Take $a_i$"),
        ("<p><span class=MathJax><span>glyphs</span></span><script type='math/tex'>a_i</script></p>", "$a_i$"),
        (
            "<mjx-container><svg></svg><mjx-assistive-mml><math><mi>x</mi></math></mjx-assistive-mml></mjx-container>",
            "$x$",
        ),
        ("<p></p><script type='math/tex; mode=display'>\\sum</script>", "$$\n\\sum\n$$"),
        ("<span class=mwe-math-element><img alt='{\\displaystyle x^2}' src=/x.svg></span>", "$x^2$"),
        ("<p><span class='math inline'>\\(x\\)</span></p>", "$x$"),
        ("<p><math><mfrac><mi>a</mi><mn>2</mn></mfrac></math></p>", "$\\frac{a}{2}$"),
        (
            "<p><math><msup><mi>x</mi><mn>2</mn></msup><mo>≤</mo><msqrt><mi>y</mi></msqrt></math></p>",
            "$x^2\\le \\sqrt{y}$",
        ),
        ("<div class='list-title mathjax'>No formula</div>", "No formula"),
    ],
)
def test_formulas_are_written_once(html, expected):
    assert markdown(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<sup id=r1><a href=#n1>1</a></sup></p><ol><li id=n1>note <a href=#r1>↩</a></li></ol>",
        "<p>a<sup><a id=r1 href=#n1>[1]</a></sup></p><div id=n1><a href=#r1>^</a> note</div>",
        "<p>a<a href=#n1 id=r1>*</a></p><p><a id=n1 href=#r1>*</a> note</p>",
        (
            "<p>a<sup><a href=#fn1 id=fnref1>1</a></sup></p><section><ol><li id=fn1><p>note "
            "<a href=#fnref1 class=footnote-back>↩︎</a></p></li></ol></section>"
        ),
    ],
)
def test_footnotes_in_every_common_form(html):
    assert markdown(html) == "a[^1]\n\n[^1]: note"


def test_a_short_link_that_is_not_led_back_from_is_a_link():
    assert markdown("<p>See <a href=#s2>2</a>.</p><h2 id=s2>2</h2><p>Text.</p>") == "See [2](#s2).\n\n## 2\n\nText."


# ---- size


@pytest.mark.parametrize(
    "tag", ["div", "span", "b", "blockquote", "section", "font", "sup", "details", "figure", "my-box"]
)
def test_deep_nesting_is_read_without_recursion(tag):
    blocks = build(f"<{tag}>" * 50_000 + "deep" + f"</{tag}>" * 50_000)
    assert "deep" in markdown_of(blocks)


@pytest.mark.parametrize("tags", [("ul", "li"), ("table", "tr", "td"), ("dl", "dd")])
def test_deep_structures_are_flattened(tags):
    opened = "".join(f"<{tag}>" for tag in tags)
    blocks = build(opened * 5_000 + "deep")
    assert "deep" in text_of(blocks)


def test_quotes_nest_no_deeper_than_the_bound():
    depth, (block,) = 0, build("<blockquote>" * 200 + "deep")
    while isinstance(block, Quote):
        depth, (block,) = depth + 1, block.blocks
    assert depth == MAX_NESTING
    assert block == Paragraph((Text("deep"),))


def test_the_tree_is_plain_data():
    heading, listing = build("<h1>T</h1><ol><li><a href=/x title=t>a</a><img src=/i alt=b></ol>")
    assert heading == Heading(1, (Text("T"),))
    assert isinstance(listing, ListBlock)
    (paragraph,) = listing.items[0].blocks
    assert paragraph == Paragraph((Text("a", (Link("/x", "t"),)), Image("/i", "b")))


def test_a_table_of_which_one_cell_is_left_is_no_table():
    assert (
        markdown("<table><tr><td></td><td>a</td></tr><tr><td></td><td> </td></tr></table>") == "|  | a |\n| --- | --- |"
    )
    assert markdown("<table><tr><td>a</td><td></td></tr><tr><td></td><td> </td></tr></table>") == "a"


def test_em_spaces_indent_a_paragraph_and_stay_within_it():
    assert markdown("<p>\u2003\u2003第一\u2003二\u2002</p>") == "第一\u2003二"
