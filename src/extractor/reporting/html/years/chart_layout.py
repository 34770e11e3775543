"""Chart layout: a series laid out for drawing: where points, bars, numbers and years stand, in pixels.

The axis always has 0, so that heights can be compared; each number stands at its point, so that nobody has to guess.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from extractor.reporting.html.years.chart_series import ChartPoint, ChartSeries, Gap, State

# Pixels, as cards.css draws them: the height of the ground on which points stand; of a label's row; the widths of a
# character of Latin and of Japanese print.
GROUND, ROW, NARROW, WIDE = 64.0, 13.0, 6.3, 11.0
# Pixels, and a number of years: a column is as wide as its numbers need, and no less than this; years that nothing is
# said of, if there are more of them in a row than so many, are one narrow column.
COLUMN, SKIP, HOLE = 44.0, 20.0, 3
# Height of the rows of years, and of era years below them.
FOOT = 30.0


@dataclass(frozen=True, slots=True)
class ChartDot:
    """A point, or a bar from `x` to `x2`, with its number."""

    x: float
    x2: float
    y: float
    text: str
    text_x: float
    text_y: float
    state: State
    point: ChartPoint


@dataclass(frozen=True, slots=True)
class ChartStroke:
    """A line between two points."""

    x: float
    y: float
    x2: float
    y2: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn.

    `top` is the y of the upper edge; `zero` that of the line on which 0 is; `foot` that of the ground. `years`: with
    the x of each (None: years are left out). `gaps`: x and reason.
    """

    top: float
    width: float
    height: float
    zero: float
    foot: float
    negative: bool
    years: tuple[tuple[float, int | None], ...]
    gaps: tuple[tuple[float, Gap], ...]
    strokes: tuple[ChartStroke, ...]
    dots: tuple[ChartDot, ...]


def lay_out_chart(series: ChartSeries, report_years: Iterable[int]) -> Chart:
    """Lay a series out over its years and those of the reports.

    Args:
        series: What is drawn.
        report_years: The fiscal years of all reports.

    Returns:
        The chart, in pixels; y grows downwards, and is 0 where the greatest value stands.
    """
    texts = [format_number(point, series) for point in series.points]
    told = {year for point in series.points for year in (point.year, point.last)} | set(series.gaps)
    width = max([COLUMN, *(_measure_text(text) + 12 for text in texts)])
    columns, xs, right = _lay_out_columns(told | set(report_years), width)
    values = [0, *(point.value for point in series.points)]
    zero, *ys = _lay_out_heights(values)
    dots = _lay_out_dots(series.points, texts, xs, ys)
    place = {id(point): (xs[point.year], y) for point, y in zip(series.points, ys, strict=True)}
    strokes = (ChartStroke(*place[id(join.before)], *place[id(join.after)], join.sure) for join in series.joins)
    top = min([0.0, *(dot.text_y - ROW for dot in dots)])

    return Chart(
        top=round(top, 2),
        width=round(right, 2),
        height=round(GROUND + FOOT - top, 2),
        zero=round(zero, 2),
        foot=GROUND,
        negative=min(values) < 0,
        years=tuple(columns),
        gaps=tuple((xs[year], gap) for year, gap in series.gaps.items()),
        strokes=tuple(strokes),
        dots=tuple(dots),
    )


def format_number(point: ChartPoint, series: ChartSeries) -> str:
    """Write a number as it stands at its point.

    Args:
        point: A point.
        series: The series that it is of.

    Returns:
        The number, with the qualifiers and the unit that the other numbers of the chart do not have.
    """
    before = "".join(point.qualifiers) if series.qualifiers is None else ""
    after = (point.unit or "") if len(series.units) > 1 else ""
    return f"{before}{write_out(point.value)}{after}"


def write_out(value: int | Decimal) -> str:
    """Write a number with commas and all its figures.

    >>> write_out(1234567), write_out(Decimal("77.40")), write_out(Decimal("1E+4")), write_out(-3)
    ('1,234,567', '77.40', '10,000', '-3')
    """
    return f"{value:,}" if isinstance(value, int) else f"{value:,f}"


def _lay_out_heights(values: Sequence[int | Decimal]) -> list[float]:
    """Lay out values, of which one is 0, on the height of the chart: the y of each."""
    low, high = min(values), max(values)
    span = Fraction(high - low) or 1
    return [GROUND * float(1 - Fraction(value - low) / span) for value in values]


def _lay_out_columns(
    years: Collection[int], width: float
) -> tuple[list[tuple[float, int | None]], dict[int, float], float]:
    """Lay out columns of equal width.

    Returns:
        The middle of each column (None: years are left out), that of each year, and the right end of the last column.
    """
    columns: list[tuple[float, int | None]] = []
    left, before = 0.0, min(years)
    for year in sorted(years):
        missing = range(before + 1, year)
        if len(missing) > HOLE:
            columns.append((round(left + SKIP / 2, 2), None))
            left, missing = left + SKIP, range(0)
        for column in (*missing, year):
            columns.append((round(left + width / 2, 2), column))
            left += width
        before = year
    xs = {year: x for x, year in columns if year is not None}
    # The last column reaches as far to the right of its middle as the first one to the left.
    return columns, xs, max(xs.values()) + min(xs.values())


def _lay_out_dots(
    points: Sequence[ChartPoint], texts: Sequence[str], xs: Mapping[int, float], ys: Sequence[float]
) -> list[ChartDot]:
    """Lay out points with their numbers above them, each so high that none stands on another."""
    dots: list[ChartDot] = []
    taken: list[tuple[float, float, float]] = []
    # From the lowest up; of two at one height, what holds now is nearer to its point.
    for index in sorted(range(len(points)), key=lambda index: (-ys[index], points[index].state != "now", index)):
        point, y = points[index], ys[index]
        x, x2 = xs[point.year], xs[point.last]
        middle, half = (x + x2) / 2, _measure_text(texts[index]) / 2
        row = y - 7
        while any(
            abs(row - other) < ROW and middle - half < right and left < middle + half for left, right, other in taken
        ):
            row -= 1
        taken.append((middle - half, middle + half, row))
        dots.append(ChartDot(x, x2, round(y, 2), texts[index], round(middle, 2), round(row, 2), point.state, point))
    # What holds now is drawn over what does not.
    return sorted(dots, key=lambda dot: (dot.state == "now", dot.x, dot.x2, dot.y))


def _measure_text(text: str) -> float:
    """Measure about how wide a text is, in pixels."""
    return sum(WIDE if unicodedata.east_asian_width(sign) in "WFA" else NARROW for sign in text)
