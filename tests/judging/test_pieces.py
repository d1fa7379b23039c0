"""A removed line is accounted for piece by piece, without a gap."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cleaner.judging.chrome_rules import Rule, Strength
from cleaner.judging.lexicon import Hit, load
from cleaner.judging.pieces import pieces
from cleaner.verdict import Category, Piece

RULE = Rule("number", Category.REGISTRATION, Strength.STRONG)


def hit(start, end):
    return Hit(0, start, end, RULE)


def split(text):
    return pieces(text, load().match([text]), Category.FOOTER, "zone")


def test_each_kind_of_a_footer_line_has_its_own_name():
    text = "主办单位:某某市政府 政务服务便民热线:12345 京ICP备05000002号 政府网站标识码:1100000033"
    assert [(piece.category, text[piece.start : piece.end].strip()) for piece in split(text)] == [
        (Category.OPERATOR, "主办单位:某某市政府"),
        (Category.OPERATOR, "政务服务便民热线:12345"),
        (Category.REGISTRATION, "京ICP备05000002号"),
        (Category.REGISTRATION, "政府网站标识码:1100000033"),
    ]


def test_a_line_without_hits_is_one_piece():
    assert pieces("anything", [], Category.RELATED, "model") == (Piece(0, 8, Category.RELATED, "model"),)


def test_an_empty_line_has_no_pieces():
    assert pieces("", [], Category.RELATED, "model") == ()


def test_a_bullet_in_front_joins_the_first_hit():
    assert pieces("* 1234", [hit(2, 6)], Category.FOOTER, "zone") == (Piece(0, 6, Category.REGISTRATION, "number"),)


def test_long_text_in_front_and_behind_keeps_the_line_s_own_category():
    text = "a long name of a society 1234 and a long address behind the number"
    assert [piece.category for piece in pieces(text, [hit(25, 29)], Category.FOOTER, "zone")] == [
        Category.FOOTER,
        Category.REGISTRATION,
        Category.FOOTER,
    ]


@given(st.text(min_size=1, max_size=60), st.lists(st.integers(0, 59), max_size=8, unique=True))
def test_pieces_tile_the_line(text, places):
    places = sorted(place for place in places if place < len(text))
    hits = [hit(start, end) for start, end in zip(places[::2], places[1::2], strict=False)]
    tiles = pieces(text, hits, Category.FOOTER, "zone")
    assert tiles[0].start == 0
    assert tiles[-1].end == len(text)
    assert all(left.end == right.start for left, right in pairwise(tiles))
    assert all(tile.start < tile.end for tile in tiles)
