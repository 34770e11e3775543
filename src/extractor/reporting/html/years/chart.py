"""Chart: a line laid out for drawing: where points, bars, numbers and years stand, in pixels.

The axis always has 0, so that heights can be compared; each number stands at its point, so that nobody has to guess.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from extractor.reporting.html.years.lines import Gap, Line, Point, State

# Height of the ground on which points stand; of a label's row; a sign of Latin or of Japanese print.
GROUND, ROW, NARROW, WIDE = 64.0, 13.0, 6.3, 11.0
# A column is as wide as its numbers need, and no less than this; years that nothing is said of, if there are more of
# them in a row than so many, are one narrow column.
COLUMN, SKIP, HOLE = 44.0, 20.0, 3
# Years, and era years below them.
FOOT = 30.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A point, or a bar from `x` to `x2`, with its number."""

    x: float
    x2: float
    y: float
    text: str
    text_x: float
    text_y: float
    state: State
    point: Point


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line between two points."""

    x: float
    y: float
    x2: float
    y2: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn. `top` is the y of the upper edge; `zero` that of the line on which 0 is. `years`: with the x of
    each (None: years are left out). `gaps`: x and reason."""

    top: float
    width: float
    height: float
    zero: float
    foot: float
    negative: bool
    years: tuple[tuple[float, int | None], ...]
    gaps: tuple[tuple[float, Gap], ...]
    strokes: tuple[Stroke, ...]
    dots: tuple[Dot, ...]


def chart_of(line: Line, report_years: Iterable[int]) -> Chart:
    """A line laid out, over its years and those of the reports."""
    texts = [number_text(one, line) for one in line.points]
    told = {year for one in line.points for year in (one.year, one.last)} | set(line.gaps)
    columns, xs = _columns(told | set(report_years), max([COLUMN, *(_wide(text) + 12 for text in texts)]))
    low, high = _bounds([one.value for one in line.points])
    ys = [GROUND * float(1 - Fraction(one.value - low) / Fraction(high - low)) for one in line.points]
    dots = _dots(line.points, texts, xs, ys)
    place = {id(point): (xs[point.year], y) for point, y in zip(line.points, ys, strict=True)}
    strokes = (Stroke(*place[id(one.before)], *place[id(one.after)], one.sure) for one in line.joins)
    top = min([0.0, *(dot.text_y - ROW for dot in dots)])
    return Chart(
        top=round(top, 2),
        width=round(max(x + _half(year, xs) for x, year in columns), 2),
        height=round(GROUND + FOOT - top, 2),
        zero=round(GROUND * float(Fraction(high) / Fraction(high - low)), 2),
        foot=GROUND,
        negative=low < 0,
        years=tuple(columns),
        gaps=tuple((xs[year], gap) for year, gap in line.gaps.items()),
        strokes=tuple(strokes),
        dots=tuple(dots),
    )


def number_text(point: Point, line: Line) -> str:
    """A number as it stands at its point: with what the other numbers of the chart do not have."""
    before = "".join(point.qualifiers) if line.qualifiers is None else ""
    after = (point.unit or "") if len(line.units) > 1 else ""
    return f"{before}{plain(point.value)}{after}"


def plain(value: int | Decimal) -> str:
    """A number with commas, all figures written out.

    >>> plain(1234567), plain(Decimal("77.40")), plain(Decimal("1E+4")), plain(-3)
    ('1,234,567', '77.40', '10,000', '-3')
    """
    return f"{value:,}" if isinstance(value, int) else f"{value:,f}"


def _columns(years: Collection[int], width: float) -> tuple[list[tuple[float, int | None]], dict[int, float]]:
    """Columns of equal width, with the middle of each, and of each year."""
    columns: list[tuple[float, int | None]] = []
    left, before = 0.0, min(years)
    for year in sorted(years):
        missing = range(before + 1, year)
        if len(missing) > HOLE:
            columns.append((round(left + SKIP / 2, 2), None))
            left, missing = left + SKIP, range(0)
        for one in (*missing, year):
            columns.append((round(left + width / 2, 2), one))
            left += width
        before = year
    return columns, {year: x for x, year in columns if year is not None}


def _half(year: int | None, xs: Mapping[int, float]) -> float:
    """Half of the last column."""
    first = min(xs.values())
    return SKIP / 2 if year is None else first


def _bounds(values: Sequence[int | Decimal]) -> tuple[int | Decimal, int | Decimal]:
    low, high = min([0, *values]), max([0, *values])
    return (low, high) if low != high else (0, 1)


def _dots(points: Sequence[Point], texts: Sequence[str], xs: Mapping[int, float], ys: Sequence[float]) -> list[Dot]:
    """Points with their numbers above them, each so high that none stands on another."""
    found: list[Dot] = []
    taken: list[tuple[float, float, float]] = []
    # From the lowest up; of two at one height, what holds now is nearer to its point.
    order = sorted(range(len(points)), key=lambda index: (-ys[index], points[index].state != "now", index))
    for index in order:
        point, y = points[index], ys[index]
        x, x2 = xs[point.year], xs[point.last]
        middle, half = (x + x2) / 2, _wide(texts[index]) / 2
        row = y - 7
        while any(
            abs(row - other) < ROW and middle - half < right and left < middle + half for left, right, other in taken
        ):
            row -= 1
        taken.append((middle - half, middle + half, row))
        found.append(Dot(x, x2, round(y, 2), texts[index], round(middle, 2), round(row, 2), point.state, point))
    # What holds now is drawn over what does not.
    return sorted(found, key=lambda dot: (dot.state == "now", dot.x, dot.x2, dot.y))


def _wide(text: str) -> float:
    """About how wide a text is."""
    return sum(WIDE if unicodedata.east_asian_width(sign) in "WFA" else NARROW for sign in text)
