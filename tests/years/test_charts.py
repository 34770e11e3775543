"""What charts show of a metric's statements: made-up ones of every kind, and any at all."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from extractor.records.report import PageBox, Quantity, Status
from extractor.records.trends import Statement
from extractor.reporting.html.years.chart_layout import COLUMN, GROUND, ROW, Chart, lay_out_chart
from extractor.reporting.html.years.chart_series import ChartSeries, build_chart_series

REPORTS = tuple(range(2019, 2025))
ORDER = {f"r{year}": index for index, year in enumerate(REPORTS)}


def amount(value: int | str, unit: str | None = "名", *qualifiers: str, component: str | None = None) -> Quantity:
    number = int(value) if str(value).lstrip("-").isdigit() else Decimal(str(value))
    return Quantity(value=number, unit=unit, qualifiers=qualifiers, component=component)


def said(
    report: int, year: int | tuple[int, ...], *quantities: Quantity, status: Status = "read", at: int = 0
) -> Statement:
    """What the report of a year says of a year, or of several."""
    return Statement(
        report=f"r{report}",
        fiscal_year=year if isinstance(year, int) else year[0],
        spans=None if isinstance(year, int) else year,
        status=status if quantities or status != "read" else "absent",
        raw="、".join(f"{one.value}{one.unit or ''}" for one in quantities),
        quantities=quantities,
        pointer=f"/policies/0/programmes/0/metrics/{at}/observations/{year}",
        source=(PageBox(page=1, page_label=None, bbox=(0, 0, 1, 1)),),
    )


def lines(
    *statements: Statement,
    restated: Sequence[Statement] = (),
    stretches: dict[int, int] | None = None,
    paused: Sequence[int] = (),
) -> list[ChartSeries]:
    ordered = sorted(statements, key=lambda one: (one.fiscal_year, one.report))
    known = {(one.report, one.pointer): (stretches or {}).get(int(one.report[1:]), 0) for one in ordered}
    old = {(one.report, one.pointer, year) for one in restated for year in one.spans or (one.fiscal_year,)}
    return build_chart_series(ordered, ORDER, old, known, paused)


def shown(line: ChartSeries) -> list[tuple[int, str, str]]:
    """Each number with its year and state."""
    return [(dot.point.year, dot.text, dot.state) for dot in sorted(chart(line).dots, key=lambda one: one.x)]


def chart(line: ChartSeries, *years: int) -> Chart:
    return lay_out_chart(line, years)


def joined(line: ChartSeries) -> list[tuple[int, int]]:
    return [(one.before.year, one.after.year) for one in line.joins]


def test_years_that_follow_on_each_other_are_joined() -> None:
    (line,) = lines(*(said(year, year, amount(year - 2000)) for year in (2020, 2021, 2022)))
    assert shown(line) == [(2020, "20", "now"), (2021, "21", "now"), (2022, "22", "now")]
    assert joined(line) == [(2020, 2021), (2021, 2022)]
    assert line.gaps == {}


def test_a_year_without_a_number_is_a_gap_with_its_reason_and_no_line_crosses_it() -> None:
    for status in ("absent", "blank", "unreadable"):
        (line,) = lines(said(2020, 2020, amount(5)), said(2021, 2021, status=status), said(2022, 2022, amount(7)))
        assert shown(line) == [(2020, "5", "now"), (2022, "7", "now")]
        assert joined(line) == []
        assert line.gaps == {2021: status}
        assert [gap for _, gap in chart(line).gaps] == [status]


def test_a_year_that_nothing_is_said_of_is_a_gap_too() -> None:
    (line,) = lines(said(2020, 2020, amount(5)), said(2022, 2022, amount(7)))
    assert joined(line) == []
    assert [year for _, year in chart(line).years] == [2020, 2021, 2022]


def test_a_restated_value_is_there_twice_and_the_line_goes_through_the_new_one() -> None:
    old = said(2021, 2021, amount(128))
    now = (said(2020, 2020, amount(156)), said(2022, 2021, amount(130)), said(2022, 2022, amount(148)))
    (line,) = lines(old, *now, restated=[old])
    assert sorted(shown(line)) == [
        (2020, "156", "now"),
        (2021, "128", "restated"),
        (2021, "130", "now"),
        (2022, "148", "now"),
    ]
    assert [(one.before.value, one.after.value) for one in line.joins] == [(156, 130), (130, 148)]
    two = [dot for dot in chart(line).dots if dot.point.year == 2021]
    assert abs(two[0].text_y - two[1].text_y) >= ROW


def test_what_a_later_report_says_again_is_shown_once() -> None:
    (line,) = lines(said(2021, 2021, amount(22)), said(2022, 2021, amount(22)), said(2023, 2021, amount(22)))
    assert shown(line) == [(2021, "22", "now")]


def test_an_earlier_value_that_is_not_restated_is_no_restated_one() -> None:
    (line,) = lines(said(2021, 2021, amount(22)), said(2022, 2021, amount(30)))
    assert sorted(shown(line)) == [(2021, "22", "earlier"), (2021, "30", "now")]


def test_a_number_that_the_latest_report_has_no_more_is_no_value_of_now() -> None:
    (line,) = lines(said(2021, 2021, amount(22)), said(2022, 2021, status="absent"), said(2022, 2022, amount(9)))
    assert sorted(shown(line)) == [(2021, "22", "earlier"), (2022, "9", "now")]
    assert line.gaps == {2021: "absent"}
    assert joined(line) == []


def test_units_never_share_a_chart() -> None:
    one, other = lines(said(2020, 2020, amount(3, "回")), said(2021, 2021, amount(41, "名")))
    assert (shown(one), shown(other)) == ([(2020, "3", "now")], [(2021, "41", "now")])
    assert (one.gaps, other.gaps) == ({2021: "other"}, {2020: "other"})


def test_units_that_say_the_same_share_one_and_are_shown() -> None:
    (line,) = lines(said(2020, 2020, amount(3, "名")), said(2021, 2021, amount(4, "人")))
    assert shown(line) == [(2020, "3名", "now"), (2021, "4人", "now")]


def test_each_component_has_a_chart() -> None:
    both = [
        said(year, year, amount(year - 2000, component="入校者数"), amount(5, component="就職者数"))
        for year in (2020, 2021)
    ]
    one, other = lines(*both)
    assert [line.component for line in (one, other)] == ["入校者数", "就職者数"]
    assert joined(one) == joined(other) == [(2020, 2021)]


def test_several_numbers_of_which_nobody_knows_what_each_is_are_not_drawn() -> None:
    (line,) = lines(said(2020, 2020, amount(188)), said(2021, 2021, amount(77), amount(54, "名", "延べ")))
    assert shown(line) == [(2020, "188", "now")]
    assert line.gaps == {2021: "several"}
    assert lines(said(2021, 2021, amount(77), amount(3, "日間"))) == []


def test_one_value_for_several_years_is_a_bar_over_them() -> None:
    (line,) = lines(said(2021, (2020, 2021), amount(121)), said(2023, (2022, 2023), amount(147)))
    assert [(one.year, one.last) for one in line.points] == [(2020, 2021), (2022, 2023)]
    assert joined(line) == []
    xs = {year: x for x, year in chart(line).years}
    assert [(dot.x, dot.x2) for dot in chart(line).dots] == [(xs[2020], xs[2021]), (xs[2022], xs[2023])]


def test_a_bar_covers_no_year_that_it_is_not_of() -> None:
    (line,) = lines(said(2023, (2020, 2021, 2023), amount(9)))
    assert [(one.year, one.last) for one in line.points] == [(2020, 2021), (2023, 2023)]


def test_a_goal_is_not_joined_with_what_came_of_it() -> None:
    statements = [
        one
        for year in (2020, 2021)
        for one in (said(year, year, amount(100, "名", "目標"), at=1), said(year, year, amount(90, "名"), at=2))
    ]
    (line,) = lines(*statements)
    assert [(one.before.qualifiers, one.after.qualifiers) for one in line.joins] == [(("目標",), ("目標",)), ((), ())]
    assert {text for _, text, _ in shown(line)} == {"目標100", "90"}


def test_counts_of_persons_and_of_turns_are_told_apart() -> None:
    (line,) = lines(said(2020, 2020, amount(12, "名", "延べ")), said(2021, 2021, amount(9, "名")))
    assert shown(line) == [(2020, "延べ12", "now"), (2021, "9", "now")]
    assert joined(line) == []


def test_where_it_may_be_another_programme_the_line_is_not_sure() -> None:
    statements = [said(year, year, amount(7)) for year in (2020, 2021, 2022)]
    (line,) = lines(*statements, stretches={2020: 0, 2021: 1, 2022: 1})
    assert [stroke.sure for stroke in chart(line).strokes] == [False, True]


def test_nothing_but_zero_stands_on_the_axis() -> None:
    (line,) = lines(said(2020, 2020, amount(0)), said(2021, 2021, amount(0)))
    assert {dot.y for dot in chart(line).dots} == {GROUND} == {chart(line).zero}


def test_heights_are_in_proportion_to_numbers_from_zero() -> None:
    (line,) = lines(said(2020, 2020, amount(50)), said(2021, 2021, amount(100)), said(2022, 2022, amount(0)))
    assert [dot.y for dot in sorted(chart(line).dots, key=lambda one: one.x)] == [GROUND / 2, 0, GROUND]


def test_numbers_below_zero_are_below_the_line() -> None:
    (line,) = lines(
        said(2020, 2020, amount(-50)), said(2021, 2021, amount("12.5", "%"), at=1), said(2022, 2022, amount(50))
    )[:1]
    drawn = chart(line)
    assert drawn.negative
    assert drawn.zero == GROUND / 2
    assert [dot.text for dot in sorted(drawn.dots, key=lambda one: one.x)] == ["-50", "50"]
    assert all(0 <= dot.y <= GROUND for dot in drawn.dots)


def test_very_large_numbers_have_room() -> None:
    huge = 10**400 + 7
    (line,) = lines(said(2020, 2020, amount(huge)), said(2021, 2021, amount(1)), said(2022, 2022, amount(huge)))
    drawn = chart(line)
    assert drawn.dots[0].text == f"{huge:,}"
    assert _apart(drawn)


def test_one_year_alone_is_a_point() -> None:
    (line,) = lines(said(2022, 2022, amount("77.40", "%")))
    drawn = chart(line, 2022)
    assert [dot.text for dot in drawn.dots] == ["77.40"]
    assert (drawn.strokes, drawn.width) == ((), COLUMN)


def test_years_of_reports_are_columns_and_long_holes_are_not() -> None:
    (line,) = lines(said(2022, 2022, amount(5)), said(2022, 2035, amount(9, "名", "目標"), at=1))
    assert [year for _, year in chart(line, 2020, 2021, 2022, 2023).years] == [2020, 2021, 2022, 2023, None, 2035]


def _apart(drawn: Chart) -> bool:
    """Whether no number stands on another, as far as widths can be told, and all are in the picture."""
    wide = [(dot.text_x - 3 * len(dot.text), dot.text_x + 3 * len(dot.text), dot.text_y) for dot in drawn.dots]
    for index, (left, right, row) in enumerate(wide):
        for other_left, other_right, other_row in wide[index + 1 :]:
            if left < other_right and other_left < right and abs(row - other_row) < ROW - 2:
                return False
    return all(left >= 0 and right <= drawn.width and row - ROW + 1 >= drawn.top for left, right, row in wide)


AMOUNTS = st.builds(
    amount,
    st.integers(-(10**9), 10**15) | st.decimals(-1000, 1000, places=1).map(str),
    st.sampled_from(["名", "人", "回", "%", None]),
    component=st.sampled_from([None, "甲", "乙"]),
)
STATEMENTS = st.builds(
    lambda report, back, more, quantities, status, at: said(
        report,
        report - back if not more else tuple(range(report - back, report - back + more + 1)),
        *quantities if status == "read" else (),
        status=status,
        at=at,
    ),
    st.sampled_from(REPORTS),
    st.integers(0, 2),
    st.integers(0, 2),
    st.lists(AMOUNTS, max_size=3),
    st.sampled_from(["read", "read", "read", "absent", "blank", "unreadable"]),
    st.integers(0, 2),
)


@given(st.lists(STATEMENTS, max_size=14), st.sets(st.integers(0, 13)))
def test_every_number_of_a_chart_is_one_that_a_report_says_for_that_year(
    statements: list[Statement], old: set[int]
) -> None:
    restated = [one for index, one in enumerate(statements) if index in old]
    told = {
        (year, quantity.value)
        for one in statements
        for year in one.spans or (one.fiscal_year,)
        for quantity in one.quantities
    }
    for line in lines(*statements, restated=restated):
        assert all((year, one.value) in told for one in line.points for year in range(one.year, one.last + 1))
        assert all(one.after.year == one.before.year + 1 for one in line.joins)
        assert all(one.state == "now" for join in line.joins for one in (join.before, join.after))
        assert not set(line.gaps) & {one.year for one in line.points if one.state == "now"}
        drawn = chart(line, *REPORTS)
        assert len(drawn.dots) == len(line.points)
        assert _apart(drawn)
        assert all(0 <= dot.y <= GROUND for dot in drawn.dots)
        assert all(x < other for (x, _), (other, _) in pairwise(drawn.years))
