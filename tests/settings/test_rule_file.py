"""A file of rules is read as it stands, and whatever is wrong with it is said in one line: what, where, which rule."""

import pytest

import cleaner
from cleaner.errors import UsageError
from cleaner.settings.resolve import Settings, said_on_command_line


def read(folder, text):
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return cleaner.read_rules(file)


def test_a_rule_is_read_with_all_it_says(tmp_path):
    (rule,) = read(
        tmp_path,
        '[[rule]]\nid = "a"\ncategory = "legal"\naction = "keep"\nstrength = "strong"\nterms = ["x y"]\n'
        'labels = ["l"]\npattern = "a.{0,3}b"\nanchors = ["a"]\nneeds = "b"\ncover = 0.5\nreach = 9\n'
        'languages = ["en"]\n'
        'sites = ["Example.ORG"]\npaths = ["*.txt"]\nsource = "seen"\ndrop = ["d"]\nkeep = ["k"]\n',
    )
    assert (rule.id, rule.category, rule.action, rule.line) == ("a", cleaner.Category.LEGAL, "keep", False)
    assert (rule.terms, rule.labels, rule.pattern, rule.cover) == (("x y",), ("l",), "a.{0,3}b", 0.5)
    assert (rule.sites, rule.paths, rule.drop, rule.keep) == (("example.org",), ("*.txt",), ("d",), ("k",))
    assert rule.folder == str(tmp_path)


def test_a_rule_that_says_little_drops_whole_lines(tmp_path):
    (rule,) = read(tmp_path, '[[rule]]\nid = "a"\nterms = ["x"]\n')
    assert (rule.category, rule.action, rule.line) == (cleaner.Category.USER, "drop", True)


def test_the_built_in_rules_are_of_the_same_form(tmp_path):
    from cleaner.judging.chrome_rules import text_of

    text = text_of("share.toml").replace('strength = "weak"', 'strength = "strong"')
    assert len(read(tmp_path, text)) == text.count("[[rule]]")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rule", "not TOML: mine.toml"),
        ("[rules]\n", "there is no table 'rules': mine.toml (rules stand under [[rule]])"),
        ("rule = 1\n", "rule is no list of tables: mine.toml"),
        ('[[rule]]\nterms = ["x"]\n', "it has no id: mine.toml: rule number 1"),
        ('[[rule]]\nid = "a"\n', "it matches nothing: mine.toml: rule a"),
        ('[[rule]]\nid = "a"\npatern = "x"\n', "there is no field 'patern': mine.toml: rule a (did you mean pattern?)"),
        ('[[rule]]\nid = "a"\nterms = "x"\n', 'terms is no list of texts: mine.toml: rule a (write terms = ["…"])'),
        ('[[rule]]\nid = "a"\ncategory = "foter"\n', "category = 'foter': mine.toml: rule a (did you mean footer?)"),
        ('[[rule]]\nid = "a"\nstrength = "weak"\n', "strength = 'weak': mine.toml: rule a (there are: whole, strong)"),
        ('[[rule]]\nid = "a"\nheads = true\n', "heads is not for rules of your own: mine.toml: rule a"),
        ('[[rule]]\nid = "a"\ncover = 2\n', "cover = 2: mine.toml: rule a (a number from 0 to 1)"),
        ('[[rule]]\nid = "a"\nline = 1\n', "line = 1: mine.toml: rule a (true or false)"),
        (
            '[[rule]]\nid = "a"\npattern = "("\n',
            "bad pattern: missing ), unterminated subpattern at position 0: mine.toml: rule a",
        ),
        (
            '[[rule]]\nid = "a"\npattern = "(x+)+"\n',
            "bad pattern: an unbounded repeat inside another: mine.toml: rule a",
        ),
        ('[[rule]]\nid = "a"\npattern = "(?:x|xx){1,90}y"\n', "bad pattern: it backtracks: mine.toml: rule a"),
        ('[[rule]]\nid = "a"\nterms = ["x"]\n' * 2, "two rules have this name: mine.toml: rule a"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path, monkeypatch, text, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"no such file or directory: gone\.toml"):
        cleaner.read_rules("gone.toml")


def rule_file(path, name):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'[[rule]]\nid = "{name}"\nterms = ["x"]\n', encoding="utf-8")


def ids(options):
    return [rule.id for rule in options.rules]


def test_settings_name_rules_by_place_and_host(tmp_path):
    for name in ("all", "below", "site", "line"):
        rule_file(tmp_path / f"rules/{name}.toml", name)
    (tmp_path / "cleaner.toml").write_text(
        'rules = ["rules/all.toml"]\n[path."news/*"]\nrules = ["rules/below.toml"]\n'
        '[site."example.org"]\nrules = ["rules/site.toml"]\n',
        encoding="utf-8",
    )
    settings = Settings()
    assert ids(settings.options(str(tmp_path / "a.txt"))) == ["all"]
    assert ids(settings.options(str(tmp_path / "news/a.txt"))) == ["below"]
    assert ids(settings.options(str(tmp_path / "a.txt")).for_host("www.example.org")) == ["site"]
    named = Settings(command_line=said_on_command_line({"rules": (str(tmp_path / "rules/line.toml"),)}))
    assert ids(named.options(str(tmp_path / "a.txt")).for_host("example.org")) == ["line"]


def test_taught_rules_hold_besides_those_that_are_named(tmp_path):
    rule_file(tmp_path / "mine.toml", "mine")
    rule_file(tmp_path / "cleaner-rules.toml", "taught")
    rule_file(tmp_path / "home/cleaner-rules.toml", "own")
    (tmp_path / "cleaner.toml").write_text('[site."example.org"]\nrules = ["mine.toml"]\n', encoding="utf-8")
    options = Settings().options(str(tmp_path / "news/a.txt"))
    assert ids(options) == ["taught"]
    assert ids(options.for_host("example.org")) == ["mine", "taught"]
    assert ids(options.for_host("example.com")) == ["taught"]
    assert ids(Settings(alone=True).options(str(tmp_path / "a.txt"))) == []
    home = Settings(file=tmp_path / "home/cleaner.toml")
    assert home.taught(str(tmp_path / "a.txt")) == (tmp_path / "home/cleaner-rules.toml",)


def test_the_users_own_taught_rules_hold_besides_those_nearby(tmp_path):
    rule_file(tmp_path / "home/cleaner-rules.toml", "own")
    rule_file(tmp_path / "news/cleaner-rules.toml", "nearby")
    (tmp_path / "work").mkdir()
    settings = Settings(user=tmp_path / "home/cleaner.toml")
    assert ids(settings.options(str(tmp_path / "work/a.txt"))) == ["own"]
    assert ids(settings.options(str(tmp_path / "news/a.txt"))) == ["nearby", "own"]
    assert ids(settings.options(str(tmp_path / "home/a.txt"))) == ["own"]
