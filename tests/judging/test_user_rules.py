"""What the user's own rules hit goes or stays, in text, Markdown and HTML alike, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.errors import UsageError
from cleaner.options import fingerprint
from cleaner.verdict import Category

STORY = "The council met on Tuesday and agreed to rebuild the bridge over the river before winter comes."
SECOND = "Work begins in April, and the old stones will be used again where they are still sound and dry."


def rule(name="mine", **fields):
    return cleaner.UserRule(name, fields.pop("category", Category.USER), **fields)


def cleaned(text, *rules, kind="text", url=None, name=None, **options):
    options = cleaner.Options(input_kind=kind, rules=rules, **options)
    return cleaner.clean(text, url=url, name=name, options=options)


def text_with(line):
    return f"Bridge news\n\n{STORY}\n{line}\n{SECOND}\n"


def page_with(line):
    return f"<h1>Bridge news</h1><p>{STORY}</p><p>{line}</p><p>{SECOND}</p>"


def markdown_with(line):
    return f"# Bridge news\n\n{STORY}\n\n{line}\n\n{SECOND}\n"


MAKERS = {"text": text_with, "html": page_with, "markdown": markdown_with}


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"terms": ("The mayor opened it.",)}, "The mayor opened it."),
        ({"terms": ("the MAYOR opened it",)}, "— The mayor opened it！"),
        ({"terms": ("opened",), "line": False}, "The mayor opened it."),
        ({"labels": ("Opened by",)}, "Opened by: the mayor of the town"),
        ({"pattern": "mayor .{0,20}it"}, "The mayor opened it."),
        ({"pattern": "the mayor .{0,20}it"}, "The mayor opened it."),
        ({"pattern": "^the mayor", "line": False, "opens": ("the",), "needs": "opened"}, "The mayor opened it."),
        ({"pattern": r"^\d+ people", "line": False, "opens": ("0",)}, "35 people saw the mayor open it."),
    ],
)
def test_what_a_rule_hits_goes_and_nothing_else(kind, fields, line):
    hits = not fields.get("pattern", "").startswith("mayor")  # not from the line's first character on
    document = cleaned(MAKERS[kind](line), rule(**fields), kind=kind)
    removed = [(removal.text, removal.category) for removal in document.removed if removal.rule == "mine"]
    assert removed == ([(line, "user")] if hits else [])
    assert line in document.source
    assert (line not in document.to_text()) is hits
    assert STORY in document.to_text()
    assert SECOND in document.to_text()


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"terms": ("The mayor",)}, "The mayor opened it."),
        ({"terms": ("open",), "line": False}, "The mayor opened it."),
        ({"labels": ("Opened",)}, "Opened by: the mayor of the town"),
        ({"terms": ("opened",), "line": False, "cover": 0.6}, "The mayor opened it."),
        ({"pattern": "opened", "line": False, "anchors": ("queen",)}, "The mayor opened it."),
        ({"pattern": "opened", "line": False, "needs": "queen"}, "The mayor opened it."),
        ({"pattern": "opened", "line": False, "opens": ("queen",)}, "The mayor opened it."),
        ({"terms": ("The mayor opened it.",), "sites": ("example.org",)}, "The mayor opened it."),
        ({"terms": ("The mayor opened it.",), "paths": ("*.txt",)}, "The mayor opened it."),
    ],
)
def test_what_a_rule_does_not_hit_stays(fields, line):
    assert line in cleaned(text_with(line), rule(**fields)).to_text()


NUMBERS = "滇ICP备05000000号-1 滇公网安备 53000000000000号"
CHINESE = "四月以来，清水县组织养护队对全县农村道路进行检查，修补路面坑槽，清理边沟淤泥，确保群众出行安全。"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("text", f"清水县开展农村道路养护\n\n{CHINESE}\n\n分享到: 微信 微博\n{NUMBERS}\n"),
        ("markdown", f"# 清水县开展农村道路养护\n\n{CHINESE}\n\n分享到: 微信 微博\n\n{NUMBERS}\n"),
        (
            "html",
            f"<h1>清水县开展农村道路养护</h1><p>{CHINESE}</p><footer><p>分享到: 微信 微博</p><p>{NUMBERS}</p></footer>",
        ),
    ],
)
def test_a_keeping_rule_protects_a_line_that_would_go(kind, text):
    assert NUMBERS not in cleaned(text, kind=kind).to_text()
    kept = cleaned(text, rule(action="keep", terms=(NUMBERS,)), kind=kind)
    assert NUMBERS in kept.to_text()
    assert NUMBERS not in [removal.text for removal in kept.removed]


def test_a_keeping_rule_wins_over_a_dropping_one():
    rules = rule("out", terms=("mayor",), line=False), rule("in", action="keep", terms=("The mayor opened it",))
    assert "The mayor opened it." in cleaned(text_with("The mayor opened it."), *rules).to_text()


def test_of_a_block_of_several_lines_the_line_that_is_hit_is_cut():
    page = f"<h1>Bridge news</h1><p>{STORY}<br>Sign here<br>{SECOND}</p>"
    document = cleaned(page, rule(terms=("sign here",)), kind="html")
    assert [(removal.text.strip(), removal.rule) for removal in document.removed] == [("Sign here", "mine")]
    assert "Sign here" not in document.to_text()
    assert STORY in document.to_text()
    assert SECOND in document.to_text()


def test_categories_that_are_kept_are_kept_from_rules_as_well():
    legal = rule(terms=("The mayor opened it",), category=Category.LEGAL)
    text = text_with("The mayor opened it.")
    assert "mayor" not in cleaned(text, legal).to_text()
    assert "mayor" in cleaned(text, legal, keep=frozenset({Category.LEGAL})).to_text()


def test_converting_obeys_no_rule():
    assert (
        "mayor"
        in cleaned(text_with("The mayor opened it."), rule(terms=("The mayor opened it",)), level="none").to_text()
    )


def test_code_and_tables_of_markdown_are_left_alone():
    text = f"# Bridge news\n\n{STORY}\n\n```\nopen bridge\n```\n\n| open bridge | b |\n|---|---|\n| open bridge | 1 |\n"
    assert cleaned(text, rule(terms=("open bridge",), line=False), kind="markdown").to_markdown() == text


def test_a_rule_for_a_host_is_for_the_hosts_below_it():
    mine = rule(terms=("The mayor opened it",), sites=("example.org",))
    for url, hit in (
        ("https://news.example.org/a", True),
        ("https://example.org/", True),
        ("https://anexample.org/", False),
    ):
        document = cleaned(page_with("The mayor opened it."), mine, kind="html", url=url)
        assert ("mayor" not in document.to_text()) is hit


def test_a_rule_for_paths_is_for_files_below_its_own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    mine = rule(terms=("The mayor opened it",), paths=("news/*.txt",), folder=str(tmp_path))
    for name, hit in (("news/a.txt", True), ("./news/a.txt", True), ("a.txt", False), ("../news/a.txt", False)):
        assert bool(cleaned(text_with("The mayor opened it."), mine, name=name).removed) is hit


def test_a_title_that_goes_is_no_title():
    document = cleaned(text_with(SECOND), rule(terms=("Bridge news",)))
    assert not document.to_markdown().startswith("#")


def test_two_rules_of_one_name_are_refused():
    with pytest.raises(UsageError, match="two rules are named 'mine'"):
        cleaned(STORY, rule(terms=("a",)), rule(terms=("b",)))


def test_the_fingerprint_holds_what_the_rules_say_but_not_where_they_stand():
    one, same, other = rule(terms=("a",), file="x"), rule(terms=("a",), file="y"), rule(terms=("b",), file="x")
    assert fingerprint(cleaner.Options(rules=(one,))) == fingerprint(cleaner.Options(rules=(same,)))
    assert fingerprint(cleaner.Options(rules=(one,))) != fingerprint(cleaner.Options(rules=(other,)))
    assert fingerprint(cleaner.Options(rules=(one,))) != fingerprint(cleaner.Options())


@given(st.lists(st.text(alphabet="ab 中：:.\n|#", max_size=12), max_size=8), st.sampled_from(["text", "markdown"]))
def test_rules_never_add_or_mix_up_text(lines, kind):
    rules = rule(terms=("a b", "中")), rule("two", terms=("b",), line=False), rule("in", action="keep", labels=("a",))
    document = cleaned("\n".join(lines), *rules, kind=kind)
    assert all(document.source[removal.start : removal.end] == removal.text for removal in document.removed)
