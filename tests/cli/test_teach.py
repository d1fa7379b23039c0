"""Teaching on a terminal: each line that goes or is in doubt is shown, and what is said of it is obeyed."""

from pathlib import Path

import pytest

PAGE = (
    "清水县开展农村道路养护\n\n四月以来，清水县组织养护队对全县农村道路进行检查，修补路面坑槽，清理边沟淤泥，确保群众出行安全。\n\n"
    "分享到: 微信 微博\n滇ICP备05000000号-1 滇公网安备 53000000000000号\n"
)
HTML = (
    "<title>Bridge news</title><link rel=canonical href='https://news.example.org/1'><h1>Bridge news</h1>"
    "<p>The council met on Tuesday and agreed to rebuild the bridge over the river before winter comes.</p>"
    "<p>Oak Fund brings you this page</p>"
)


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    Path("page.txt").write_text(PAGE, encoding="utf-8")
    Path("page.html").write_text(HTML, encoding="utf-8")


def test_what_is_said_at_the_terminal_is_written_and_obeyed(run_cleaner):
    taught = run_cleaner("teach", "page.txt", stdin=b"what?\nk\ns\ny\n", terminal=True)
    assert taught.code == 0
    assert "[k]eep, [d]rop, [s]kip, [q]uit?" in taught.err
    assert "Write cleaner-rules.toml? [y/N]" in taught.err
    assert '"分享到: 微信 微博"' in Path("cleaner-rules.toml").read_text(encoding="utf-8")
    assert "分享到: 微信 微博" in run_cleaner("page.txt").text


@pytest.mark.parametrize("answers", [b"k\nq\nn\n", b"k\nq\n", b"k\nq\n\n"])
def test_without_a_yes_nothing_is_written(run_cleaner, answers):
    taught = run_cleaner("teach", "page.txt", stdin=answers, terminal=True)
    assert taught.code == 1
    assert "not written" in taught.err
    assert not Path("cleaner-rules.toml").exists()


@pytest.mark.parametrize("answers", [b"q\n", b"", b"s\ns\n"])
def test_who_says_nothing_teaches_nothing(run_cleaner, answers):
    taught = run_cleaner("teach", "page.txt", stdin=answers, terminal=True)
    assert (taught.code, taught.out) == (0, b"")
    assert "nothing to teach" in taught.err


def test_a_page_of_a_host_teaches_for_the_host_in_the_users_own_folder(run_cleaner, tmp_path):
    lines = run_cleaner("teach", "page.html", "--list").text
    number = next(line.split()[0] for line in lines.splitlines() if "Oak Fund" in line)
    assert run_cleaner("teach", "page.html", "--drop-line", number, "--yes").code == 0
    (own,) = (tmp_path / "config").rglob("cleaner-rules.toml")
    assert 'sites = ["news.example.org"]' in own.read_text(encoding="utf-8")
    assert "Oak Fund" not in run_cleaner("page.html").text
    assert "Oak Fund" in run_cleaner("--no-config", "page.html").text


def test_rules_stand_beside_the_settings_file(run_cleaner):
    Path("cleaner.toml").write_text("wrap = 70\n", encoding="utf-8")
    Path("news").mkdir()
    Path("news/page.txt").write_text(PAGE, encoding="utf-8")
    assert run_cleaner("teach", "news/page.txt", "--keep-line", "5", "--yes").code == 0
    assert 'paths = ["/news/*"]' in Path("cleaner-rules.toml").read_text(encoding="utf-8")
    assert Path("cleaner.toml").read_text(encoding="utf-8") == "wrap = 70\n"
    assert "分享到" in run_cleaner("news/page.txt").text
    assert "分享到" not in run_cleaner("page.txt").text


def test_where_the_level_obeys_no_rules_teaching_says_so(run_cleaner):
    Path("cleaner.toml").write_text('level = "none"\n', encoding="utf-8")
    taught = run_cleaner("teach", "page.txt", "--drop-line", "5", "--yes")
    assert taught.code == 2
    assert "the next run would not obey for line 5" in taught.err


def test_other_lines_with_the_same_words_are_told(run_cleaner):
    Path("page.txt").write_text(PAGE + "\n" + PAGE.splitlines()[2] + "\n", encoding="utf-8")
    taught = run_cleaner("teach", "page.txt", "--drop-line", "3", "--yes")
    assert "line 8 goes as well: 四月以来" in taught.err


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (None, 2, "cleaner: no such file or directory: other.txt\n"),
        (b" \n", 3, "cleaner: there is no text in it: other.txt\n"),
        (b"\x7fELF\x00\x01", 2, "cleaner: this is a program (ELF), not text: other.txt (extract its text first)\n"),
    ],
)
def test_what_is_no_page_is_named(run_cleaner, content, code, said):
    if content is not None:
        Path("other.txt").write_bytes(content)
    taught = run_cleaner("teach", "other.txt", "--list")
    assert (taught.code, taught.err) == (code, said)
