"""The people that a byline's value names, without what stands around their names."""

import pytest

from cleaner.metadata.names import read_people


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("Ellen Lindqvist, VMD, DACVB; Monica Feyre, BA", "Ellen Lindqvist, Monica Feyre"),
        ("Odile Marsh, Ph.D.", "Odile Marsh"),
        ("Odile Marsh PhD", "Odile Marsh"),
        ("ANNA LEE, BOB ROE", "ANNA LEE, BOB ROE"),
        ("Adrian Ramis, 4+ years covering computers, software", "Adrian Ramis"),
        ("Conor AllanbyJanuary 14", "Conor Allanby"),
        ("Mahua Dasgupta in Project Management", "Mahua Dasgupta"),
        ("Niko Matthews on behalf of the vision group", "Niko Matthews"),
        ("View all posts by Ray Ansley", "Ray Ansley"),
        ("Moses Kimber and Kate Shore", "Moses Kimber, Kate Shore"),
        ("Aaron Ricard | Senior Writer", "Aaron Ricard"),
        ("harbour_cat", "harbour_cat"),
        ("4 years of covering software", None),
        ("https://ledger.example/jane", None),
    ],
)
def test_a_value_is_read_for_the_people_that_it_names(value: str, people: str | None) -> None:
    assert read_people(value) == people
