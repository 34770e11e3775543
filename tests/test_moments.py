"""Moments and stretches of them, as a cell prints them."""

import pytest

from extractor.grammar.dates import Moment, stretch_to_edtf
from extractor.grammar.periods import find_as_of, parse_period


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("8月下旬～9月上旬", "2023-08-21/2023-09-10"),
        ("4月末", "2023-04-30"),
        ("令和6年2月末", "2024-02-29"),
        ("10月頃", "2023-10~"),
        ("1月中旬まで", "../2024-01-20"),
        ("R6.2末現在", "2024-02-29"),
        # A month behind one whose year is printed lies in that year, or in the next.
        ("R4.12～2月", "2022-12/2023-02"),
        ("R4.8～10月", "2022-08/2022-10"),
        ("3月～4月", "2024-03/2024-04"),
        ("R5.2.30", None),
        ("R5.10～R5.8", None),
    ],
)
def test_period_of_a_cell(text: str, edtf: str | None) -> None:
    found = parse_period(text, 2023)
    assert found is not None
    assert found.edtf == edtf


def test_end_of_a_month_as_the_day_of_a_figure() -> None:
    found = find_as_of("登録者数 R6.2末現在", 2023)
    assert found is not None
    assert (found[0].edtf, found[1]) == ("2024-02-29", 2023)


def test_a_day_that_no_calendar_has() -> None:
    assert [Moment(2023, 2, day).is_possible for day in (0, 28, 29)] == [False, True, False]


def test_a_stretch_within_one_year_or_month() -> None:
    assert stretch_to_edtf(Moment(2023), Moment(2023, 8)) == "2023/2023-08"
    assert stretch_to_edtf(Moment(2023, 8, part="下旬"), Moment(2023, 8)) == "2023-08-21/2023-08"
