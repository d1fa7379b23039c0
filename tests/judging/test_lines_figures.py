import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaner.judging.lines.around import Around, stacked
from cleaner.judging.lines.echo import echoes


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30), st.integers(1, 40))
def test_sums_before_and_after_a_line_leave_the_line_out(values, reach):
    around = Around([values])
    assert around.before(reach)[0].tolist() == [sum(values[max(0, at - reach) : at]) for at in range(len(values))]
    assert around.after(reach)[0].tolist() == [sum(values[at + 1 : at + 1 + reach]) for at in range(len(values))]


def test_columns_of_several_rows_and_single_numbers_make_one_matrix():
    matrix = stacked([np.array([1.0, 2.0]), np.array([[3.0, 4.0], [5.0, 6.0]]), 7.0], 2)
    assert matrix.tolist() == [[1, 3, 5, 7], [2, 4, 6, 7]]


def _echoes(lines, text):
    texts = [*lines, text]
    running = np.arange(len(texts)) == len(lines)
    return echoes(texts, running, range(len(lines))).tolist()


def test_a_line_whose_words_come_again_in_the_text_is_echoed_whole():
    assert _echoes(["bridges rebuilt"], "the bridge was rebuilt slowly") == [1]


def test_a_line_of_other_words_is_not_echoed():
    assert _echoes(["contact directions"], "the bridge was rebuilt") == [0]


def test_pairs_of_letters_are_compared_where_no_spaces_part_the_words():
    assert _echoes(["大桥重建", "联系我们"], "县里决定把大桥重建起来") == [1, 0]


def test_a_word_of_many_lines_counts_less_than_one_of_a_single_line():
    once, often = (
        _echoes(["bridge", "riverton council"], "bridge riverton council"),
        _echoes(["riverton bridge", "riverton news", "riverton sport"], "bridge of riverton"),
    )
    assert once[0] == 1
    assert often[0] < 1


def test_without_running_text_nothing_is_echoed():
    assert echoes(["a title here"], np.zeros(1, bool), range(1)).tolist() == [0]
