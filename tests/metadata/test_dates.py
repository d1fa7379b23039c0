"""Dates in many languages to ISO 8601."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.metadata.dates import find_dates, find_month, order_of, read_date
from cleaner.metadata.shown_dates import is_shown


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2020-08-09 08:34:13", "2020-08-09T08:34:13"),
        ("2021-10-05T06:30:00-05:00", "2021-10-05T06:30:00-05:00"),
        ("2021-10-05T06:30:00.123Z", "2021-10-05T06:30:00Z"),
        ("2024年3月1日", "2024-03-01"),
        ("2024年03月12日 09:10", "2024-03-12T09:10"),
        ("2024年3月1日 18時05分", "2024-03-01T18:05"),
        ("2024年3月1日（星期五）下午3:20", "2024-03-01T15:20"),
        ("民國113年3月12日", "2024-03-12"),
        ("令和6年3月1日", "2024-03-01"),
        ("令和元年5月1日", "2019-05-01"),
        ("2024.03.01 09:12", "2024-03-01T09:12"),
        ("2024년 3월 1일 오후 2시 5분", "2024-03-01T14:05"),
        ("12 มีนาคม 2567 10:30", "2024-03-12T10:30"),
        ("March 3, 2024", "2024-03-03"),
        ("Oct. 5, 2021 at 6:30 a.m.", "2021-10-05T06:30"),
        ("3:04 PM EST, March 3, 2023", "2023-03-03T15:04-05:00"),
        ("12:05 AM EST, Mon March 4, 2024", "2024-03-04T00:05-05:00"),
        ("Tuesday, 12th March 2024", "2024-03-12"),
        ("Tue, 12 Mar 2024 09:10:00 GMT", "2024-03-12T09:10:00Z"),
        ("12.03.2024, 14:30 Uhr", "2024-03-12T14:30"),
        ("12. März 2024", "2024-03-12"),
        ("12 mars 2024 à 09h30", "2024-03-12T09:30"),
        ("12 de marzo de 2024", "2024-03-12"),
        ("12 марта 2024, 14:05", "2024-03-12T14:05"),
        ("12 مارس 2024", "2024-03-12"),
        ("ngày 12 tháng 3 năm 2024", "2024-03-12"),
        ("25/12/2023", "2023-12-25"),
    ],
)
def test_a_date_is_read_with_what_is_stated_of_its_time(text: str, iso: str) -> None:
    assert [found.iso for found in find_dates(text)] == [iso]


@pytest.mark.parametrize(
    "text",
    ["2024-13-01", "2023年2月29日", "31 June 2021", "1970-01-01", "0001-01-01", "version 2.2024.1", "call 2024 3 12"],
)
def test_an_impossible_date_is_refused(text: str) -> None:
    assert find_dates(text) == []


def test_the_order_of_day_and_month_follows_the_language_and_is_never_guessed() -> None:
    assert find_dates("03/04/2024") == []
    assert find_dates("03/04/2024", order_of("en-US"))[0].iso == "2024-03-04"
    assert find_dates("03/04/2024", order_of("en-GB"))[0].iso == "2024-04-03"
    assert find_dates("03/04/2024", order_of("fr"))[0].iso == "2024-04-03"


def test_english_without_a_country_is_that_of_the_country_of_the_address() -> None:
    assert order_of("en", "https://ledger.example.uk/ferry") == "day"
    assert order_of("en", "https://www.ledger.com.au") == "day"
    assert order_of("en", "https://ledger.example/from.uk/ferry") == "month"
    assert order_of("en-US", "https://ledger.example.uk/") == "month"


@pytest.mark.parametrize("text", ["on March 3, 2024", "3 Mar 2024", "2024-03-03 09:10", "2024年3月3日", "03.03.2024"])
def test_a_day_is_found_in_a_text_that_states_it(text: str) -> None:
    assert is_shown("2024-03-03", f"The ferry returns. {text}. It is blue.")
    assert not is_shown("2024-04-03", f"The ferry returns. {text}. It is blue.")


def test_a_packed_date_is_read_where_a_machine_wrote_it() -> None:
    assert read_date("20240312") == "2024-03-12"
    assert read_date("20240312T091000") == "2024-03-12T09:10:00"
    assert read_date("20241399") is None


def test_an_impossible_time_leaves_the_day() -> None:
    assert read_date("2024-03-12 25:61") == "2024-03-12"


@given(st.dates(min_value=dt.date(1972, 1, 1), max_value=dt.date(2098, 1, 1)))
def test_every_day_is_read_as_itself_in_every_form(day: dt.date) -> None:
    iso = day.isoformat()
    forms = (
        iso,
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%d.%m.%Y}",
        f"{day:%B} {day.day}, {day.year}",
    )
    assert {found.iso for form in forms for found in find_dates(form)} == {iso}


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    find_dates(text, "day")
    read_date(text, "month")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二三年三月一日", "2023-03-01"),
        ("发布时间：二○二四年十二月三十一日", "2024-12-31"),
        ("二零零八年十月二十日", "2008-10-20"),
        ("二〇二三年十三月一日", None),
    ],
)
def test_dates_in_han_figures_are_read(text: str, day: str | None) -> None:
    assert [found.iso for found in find_dates(text)] == [day] * (day is not None)


@pytest.mark.parametrize("text", ["113-03-12", "113/3/12", "113.03.12", "113年3月12日"])
def test_years_of_the_republic_need_no_name_on_pages_of_taiwan(text: str) -> None:
    assert [found.iso for found in find_dates(text, "minguo")] == ["2024-03-12"]
    assert find_dates(text, "day") == []


def test_a_telephone_number_is_no_date_of_the_republic() -> None:
    assert find_dates("電話 102-33-4455", "minguo") == []


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2024年3月", "2024-03"),
        ("March 2024", "2024-03"),
        ("Stand: März 2024", "2024-03"),
        ("marzo de 2024", "2024-03"),
        ("2024-03", "2024-03"),
        ("2024-03-12", None),
        ("2024年3月5日", None),
        ("2024-13", None),
        ("in 2024", None),
    ],
)
def test_a_month_without_its_day_is_found(text: str, month: str | None) -> None:
    assert find_month(text) == month
