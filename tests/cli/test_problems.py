"""Problems reach other programs whole: nothing in a name or a text ends a command, and SARIF has its required shape."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.cli import problems
from cleaner.cli.problems import Problem
from cleaner.document import Encoding
from cleaner.errors import UnreadableInput

# What SARIF 2.1.0 requires of the properties that are written here (OASIS standard, sections 3.13 to 3.30 and 3.49).
SHAPE = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "pattern": "^https://.*sarif-schema-2.1.0.json$"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool", "results"],
                "additionalProperties": False,
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "properties": {"shortDescription": {"required": ["text"]}},
                                        },
                                    }
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message", "locations"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": {"required": ["text"], "properties": {"text": {"type": "string"}}},
                                "locations": {
                                    "items": {
                                        "required": ["physicalLocation"],
                                        "properties": {
                                            "physicalLocation": {
                                                "required": ["artifactLocation", "region"],
                                                "properties": {
                                                    "artifactLocation": {
                                                        "properties": {
                                                            "uri": {
                                                                "type": "string",
                                                                "pattern": "^[!#-;=?-\\[\\]_a-z~]+$",
                                                            }
                                                        }
                                                    },
                                                    "region": {
                                                        "required": ["startLine"],
                                                        "additionalProperties": False,
                                                        "properties": {
                                                            key: {"type": "integer", "minimum": 1}
                                                            for key in ("startLine", "endLine", "startColumn")
                                                        },
                                                    },
                                                },
                                            }
                                        },
                                    }
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = TEXTS.filter(lambda name: name.strip("/.") and "\0" not in name)
LINES = st.none() | st.integers(1, 10**6)
PROBLEMS = st.builds(
    Problem, NAMES, st.sampled_from(["error", "warning", "notice"]), TEXTS, TEXTS, TEXTS, LINES, LINES, LINES
)


def unescaped(text):
    for code, letter in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, letter)
    return text


@given(PROBLEMS)
def test_a_workflow_command_is_one_line_that_gives_back_what_it_was_given(problem):
    command = problems._github(problem)
    assert command.endswith("\n")
    assert "\n" not in command[:-1]
    assert "\r" not in command
    _, head, message = command[:-1].split("::", 2)
    severity, _, properties = head.partition(" ")
    assert severity == problem.severity
    values = dict(pair.split("=", 1) for pair in properties.split(","))
    assert unescaped(message) == problem.message
    assert unescaped(values["title"]) == f"cleaner: {problem.category} ({problem.rule})"
    assert values.get("line") == (None if problem.line is None else str(problem.line))


@given(st.lists(PROBLEMS, max_size=5))
def test_sarif_has_its_required_shape(found):
    log = json.loads(json.dumps(problems._sarif(found)))
    jsonschema.validate(log, SHAPE)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    for problem, result in zip(found, run["results"], strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"] == problem.message


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("docs/a.txt", "docs/a.txt"),
        ("./a b.txt", "a%20b.txt"),
        ("a:b.txt", "a%3Ab.txt"),
        ("页.txt", "%E9%A1%B5.txt"),
        ("\udce4.txt", "%E4.txt"),
        ("/tmp/a#b.txt", "file:///tmp/a%23b.txt"),
    ],
)
def test_names_become_addresses(name, uri):
    assert problems._uri(name) == uri


def test_what_is_wrong_with_the_characters_is_told_with_its_place():
    encoding = Encoding("utf-8", "", replaced=2, repairs=("step",), lost=1, places=((3, 7), (9, 1)))
    told = [(problem.severity, problem.rule, problem.line) for problem in problems.encoding_problems("a", encoding)]
    assert told == [
        ("warning", "mojibake", None),
        ("warning", "replaced", 3),
        ("warning", "replaced", 9),
        ("notice", "lost", None),
    ]


def test_lines_of_html_are_not_passed_off_as_lines_of_the_file(run_cleaner, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.html").write_text(
        "<h1>清水县开展农村道路养护</h1>\n\n<p>四月以来，清水县组织养护队对全县农村道路进行检查，修补路面坑槽，清理边沟淤泥。</p>"
        "<footer>滇ICP备05000000号-1</footer>",
        encoding="utf-8",
    )
    done = run_cleaner("--check", "--output-format", "json", "a.html")
    (told,) = map(json.loads, done.text.splitlines())
    assert (done.code, told["line"], told["category"]) == (1, None, "registration")


def test_an_input_that_can_not_be_read_is_a_problem():
    told = problems.failure("a", UnreadableInput("gone"))
    assert (told.severity, told.message) == ("error", "gone")


@pytest.mark.parametrize("wrong", [["--diff"], ["-i"], []])
def test_formats_need_a_check(run_cleaner, wrong):
    assert run_cleaner("--output-format", "sarif", *wrong, "a.txt").code == 2
