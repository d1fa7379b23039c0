"""Every chrome rule hits its own examples, spares its counter-examples, and is written so that matching is linear."""

import re
import unicodedata
from dataclasses import replace
from importlib import import_module

import pytest

from cleaner.judging import rule_examples
from cleaner.judging.chrome_rules import Strength, index, read_entries, read_written
from cleaner.judging.lexicon import Lexicon, load
from cleaner.judging.rule_examples import built_in_faults

WRITTEN = read_written()
# The regular-expression parser of the standard library, under its name since Python 3.11.
parser = import_module("re._parser")


def of_rule(rule_id, text):
    return [hit for hit in load().match([text]) if hit.rule.id == rule_id]


@pytest.mark.parametrize(
    ("rule", "example"),
    [(written.entry.rule, example) for written in WRITTEN for example in written.drop],
    ids=lambda value: getattr(value, "id", None),
)
def test_a_rule_hits_its_example(rule, example):
    assert of_rule(rule.id, example)


@pytest.mark.parametrize(
    ("rule", "example"),
    [(written.entry.rule, example) for written in WRITTEN for example in written.keep],
    ids=lambda value: getattr(value, "id", None),
)
def test_a_rule_spares_its_counter_example(rule, example):
    assert not [hit for hit in of_rule(rule.id, example) if hit.rule.strength is not Strength.WEAK]


@pytest.mark.parametrize("written", WRITTEN, ids=lambda written: written.entry.rule.id)
def test_a_rule_says_where_it_comes_from_and_shows_both_kinds_of_example(written):
    assert written.source
    assert written.drop
    assert written.keep


def test_ids_are_unique():
    ids = [written.entry.rule.id for written in WRITTEN]
    assert len(ids) == len(set(ids))


def test_the_index_is_what_the_files_say():
    from cleaner.judging import chrome_rules

    stored = (chrome_rules._folder() / chrome_rules._INDEX).read_text("utf-8")
    assert stored == index(), "run python -m cleaner.judging.chrome_rules"
    assert read_entries() == tuple(written.entry for written in WRITTEN)


def repeats(parsed, depth=0):
    """(least, most, depth) of each repeat in a parsed pattern."""
    for operation, argument in parsed:
        if operation in (parser.MAX_REPEAT, parser.MIN_REPEAT):
            least, most, body = argument
            yield least, most, depth
            yield from repeats(body, depth + (most - least > 1))
        elif operation is parser.BRANCH:
            for branch in argument[1]:
                yield from repeats(branch, depth)
        elif operation is parser.SUBPATTERN:
            yield from repeats(argument[-1], depth)
        elif operation in (parser.ASSERT, parser.ASSERT_NOT):
            yield from repeats(argument[1], depth)
        else:
            assert operation not in (parser.ATOMIC_GROUP, parser.POSSESSIVE_REPEAT), "not counted"


@pytest.mark.parametrize(
    "entry", [written.entry for written in WRITTEN if written.entry.pattern], ids=lambda entry: entry.rule.id
)
def test_a_pattern_repeats_nothing_without_bound(entry):
    # A match sees a bounded stretch around its anchor; with bounded repeats its cost is bounded, and the whole linear.
    found = list(repeats(parser.parse(entry.pattern)))
    assert all(most <= 400 for _, most, _ in found)
    assert all(depth <= 2 for _, _, depth in found)


@pytest.mark.parametrize(
    "entry", [written.entry for written in WRITTEN if written.entry.pattern], ids=lambda entry: entry.rule.id
)
def test_a_long_line_of_a_rule_s_own_beginning_is_matched_to_the_end(entry):
    # Backtracking without end would not come back from here.
    example = next(written.drop[0] for written in WRITTEN if written.entry is entry)
    lexicon = Lexicon([entry])
    for stretch in (
        example[:-1],
        example[: len(example) // 2 + 1] + " ",
        next(iter(entry.anchors + entry.opens)) + " ",
    ):
        line = (stretch * (4_000 // len(stretch) + 1))[:4_000]
        short = (stretch * 240)[:238]
        hits = lexicon.match([line, *[short] * 6])
        assert all(0 <= hit.start < hit.end for hit in hits)


def test_patterns_have_no_classes_that_folding_breaks():
    for written in WRITTEN:
        re.compile(written.entry.pattern)


def test_the_index_of_spam_words_is_what_the_files_say():
    from cleaner.judging import spam_lists

    stored = (spam_lists._folder() / spam_lists._INDEX).read_text("utf-8")
    assert stored == spam_lists.index(), "run python -m cleaner.judging.spam_lists"


def test_the_table_of_folded_letters_is_what_is_worked_out():
    from cleaner.judging import folding

    # Letters that were assigned long ago; newer versions of Unicode know more.
    known = [code for code in range(0x10000) if unicodedata.ucd_3_2_0.category(chr(code)) != "Cn"]
    assert (folding._table()[known] == folding.compute_table()[known]).all(), "run python -m cleaner.judging.folding"


def test_trying_all_rules_finds_no_fault():
    assert list(built_in_faults()) == []


def test_a_faulty_rule_is_found_out():
    written = next(one for one in WRITTEN if one.entry.pattern)
    slow = replace(written.entry, pattern=r"(?:a|aa){0,90}!")
    wrong = replace(written, entry=slow, drop=("nothing of the kind",), keep=())
    told = [fault.what.partition(":")[0] for fault in rule_examples._built_in_faults(wrong)]
    assert told == ["it has no example of a line to keep", "it does not match its example", "it backtracks"]
