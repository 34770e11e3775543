"""Report models at random, as hypothesis strategies: the first of each choice is the plainest, so that they shrink."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from press import words
from press.model import (
    AmountModel,
    CellModel,
    ChapterModel,
    InitiativeModel,
    MetricModel,
    OfficeModel,
    PassageModel,
    ProgrammeModel,
    ReportModel,
)
from press.style import FAMILIES, Style


def _figure(value: int) -> str:
    return f"{value:,}"


@st.composite
def sentences(draw: st.DrawFn, forms: Sequence[str] = words.SENTENCES) -> str:
    """A sentence of a report's prose."""
    form = draw(st.sampled_from(forms))
    return form.format(
        subject=draw(st.sampled_from(words.SUBJECTS)),
        means=draw(st.sampled_from(words.MEANS)),
        aim=draw(st.sampled_from(words.AIMS)),
    )


def paragraphs(most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    """Paragraphs of a few sentences each."""
    one = st.lists(sentences(), min_size=1, max_size=3).map("".join)
    return st.lists(one, min_size=1, max_size=most).map(tuple)


def passages() -> st.SearchStrategy[PassageModel]:
    """Prose with or without notes."""
    notes = st.lists(sentences(words.NOTES), max_size=2, unique=True).map(tuple)
    return st.builds(PassageModel, paragraphs(), st.one_of(st.just(()), notes))


def names() -> st.SearchStrategy[str]:
    """Names of programmes, some of them long."""
    parts = [st.sampled_from(some) for some in (words.FIELDS, words.DEEDS, words.ENDINGS, words.REMARKS)]
    return st.tuples(*parts).map("".join)


@st.composite
def offices(draw: st.DrawFn) -> tuple[tuple[OfficeModel, ...], tuple[OfficeModel, ...]]:
    """One or two offices, as the list names them and as the block does."""
    divisions = draw(st.lists(st.sampled_from(words.DIVISIONS), min_size=1, max_size=2, unique=True))
    below = []
    for division in divisions:
        groups = tuple(draw(st.lists(st.sampled_from(words.GROUPS), max_size=2, unique=True)))
        # A division behind a centre is a part of it; so what follows one has its bureau to part them.
        alone = len(divisions) == 1
        bureau = draw(st.sampled_from([None, *words.BUREAUX])) if alone else None
        below.append(OfficeModel(division, groups, bureau))
    if len(below) == 2 and below[0].division.endswith("センター"):
        below.reverse()
    return tuple(replace(one, groups=()) for one in below), tuple(below)


@st.composite
def values(draw: st.DrawFn, count: int) -> list[int]:
    """Values of some years that no slip of a digit could have made of each other."""
    base = draw(st.sampled_from([12, 3, 28, 141, 1234, 7]) | st.integers(2, 20_000))
    return [base + draw(st.integers(0, base)) for _ in range(count)]


@st.composite
def periods(draw: st.DrawFn, year: int) -> tuple[str, str]:
    """A stretch of months of a fiscal year, as printed and in EDTF."""
    first = draw(st.integers(4, 13))
    last = draw(st.integers(first + 1, 15))
    printed, edtf = [], []
    for month in (first, last):
        printed.append(f"{month - 12 if month > 12 else month}月")
        edtf.append(f"{year + (month > 12)}-{month - 12 if month > 12 else month:02d}")
    return "～".join(printed), "/".join(edtf)


DASH = CellModel(mark="－")
BLANK = CellModel()


@st.composite
def _counts(draw: st.DrawFn, years: Sequence[int], numbers: Sequence[int], unit: str) -> tuple[CellModel, ...]:
    """A row's cells: plain counts, some with qualifiers or a period, some absent, rarely blank."""
    cells = []
    for year, value in zip(years, numbers, strict=True):
        kind = draw(st.sampled_from(["count"] * 8 + ["dash", "dash", "period", "blank"]))
        amount = AmountModel(_figure(value), value, unit, draw(st.sampled_from(words.QUALIFIERS)))
        if kind == "dash":
            cells.append(DASH)
        elif kind == "blank":
            cells.append(BLANK)
        elif kind == "period":
            printed, edtf = draw(periods(year))
            cells.append(CellModel((amount,), period=printed, period_edtf=edtf))
        else:
            cells.append(CellModel((amount,)))
    return tuple(cells)


@st.composite
def _plain(draw: st.DrawFn, years: Sequence[int]) -> list[MetricModel]:
    """A row that counts one thing; perhaps a part of it, a sum, or a second row under one name."""
    ending, units = draw(st.sampled_from(words.COUNTED))
    unit = draw(st.sampled_from(units))
    label = draw(st.sampled_from(words.TOPICS)) + ending
    note = draw(st.sampled_from(words.NAME_NOTES)) or None
    name = f"{label}（{note}）" if note else label
    numbers = draw(values(len(years)))
    targets = tuple(CellModel((AmountModel(_figure(number), number, unit),)) for number in draw(values_near(numbers)))
    rows = [MetricModel(name, draw(_counts(years, numbers, unit)), label, note, targets=targets)]
    further = draw(st.sampled_from(["", "", "", "part", "own part", "two rows", "total"]))
    less = [max(1, number // 2) for number in numbers]
    cells = tuple(CellModel((AmountModel(_figure(number), number, unit),)) for number in less)
    if further == "part":
        part = f"{label}のうち県外の{ending}"
        rows.append(MetricModel(part, cells, part, part_of=label))
    elif further == "own part":
        rows.append(MetricModel("うち県外", cells, "うち県外", part_of=label))
    elif further == "two rows":
        rows.append(MetricModel(name, cells, label, note, row=2))
    elif further == "total":
        sums = tuple(CellModel((AmountModel(_figure(number), number, unit),)) for number in numbers)
        rows.append(MetricModel("合計", sums, "合計", is_total=True))
    return rows


def values_near(numbers: Sequence[int]) -> st.SearchStrategy[tuple[int, ...]]:
    """Targets for these values."""
    return st.tuples(*[st.integers(number, number + number // 2) for number in numbers])


@st.composite
def _rate(draw: st.DrawFn, years: Sequence[int]) -> list[MetricModel]:
    label = draw(st.sampled_from(words.TOPICS)) + draw(st.sampled_from(words.RATES))
    tenths = [draw(st.integers(200, 999)) for _ in years]
    return [
        MetricModel(label, tuple(CellModel((AmountModel(f"{one / 10:.1f}", one / 10, "%"),)) for one in tenths), label)
    ]


@st.composite
def _pair(draw: st.DrawFn, years: Sequence[int]) -> list[MetricModel]:
    """A row that counts two things at once."""
    one, unit, other, second = draw(st.sampled_from(words.PAIRS))
    head = draw(st.sampled_from(["", "デジタル活用"]))
    label = f"{head}{one}{draw(st.sampled_from(['、', '・']))}{other}"
    cells = []
    for a, b in zip(draw(values(len(years))), draw(values(len(years))), strict=True):
        parts = (AmountModel(_figure(a), a, unit, (), head + one), AmountModel(_figure(b), b, second, (), other))
        cells.append(CellModel(parts))
    return [MetricModel(label, tuple(cells), label)]


@st.composite
def _money(draw: st.DrawFn, years: Sequence[int]) -> list[MetricModel]:
    unit, scale = draw(st.sampled_from([("千", 1000), ("万", 10_000), ("", 1)]))
    cells = [CellModel((AmountModel(_figure(n) + unit, n * scale, "円"),)) for n in draw(values(len(years)))]
    label = draw(st.sampled_from(words.MONEY))
    return [MetricModel(label, tuple(cells), label)]


@st.composite
def _over_years(draw: st.DrawFn, years: Sequence[int]) -> list[MetricModel]:
    """A row with one cell under all years."""
    amount = AmountModel("147", 147, "者")
    since = draw(st.sampled_from([None, years[0] - 2018]))
    cell = CellModel((amount,), span=len(years))
    if since is not None and years[0] >= 2019:
        cell = replace(cell, period=f"R{since}.6～", period_edtf=f"{years[0]}-06/..")
    label = "登録企業の累計数"
    return [MetricModel(label, (cell,), label)]


def metrics(years: Sequence[int]) -> st.SearchStrategy[tuple[MetricModel, ...]]:
    """The rows of a programme's table, names apart from merged ones all different."""
    kinds = st.sampled_from([_plain, _plain, _plain, _plain, _plain, _rate, _pair, _money, _over_years])
    groups = st.lists(
        kinds.flatmap(lambda kind: kind(years)), min_size=1, max_size=4, unique_by=lambda rows: rows[0].label
    )
    return groups.map(lambda found: tuple(row for rows in found for row in rows))


@st.composite
def programmes(draw: st.DrawFn, number: int, name: str, years: Sequence[int]) -> ProgrammeModel:
    """A programme of this number and name."""
    listed, below = draw(offices())
    return ProgrammeModel(
        number=number,
        name=name,
        budget=draw(st.one_of(st.integers(1, 400_000), st.none())) if number > 1 else draw(st.integers(1, 400_000)),
        is_new=draw(st.booleans()),
        listed=listed,
        offices=below,
        overview=draw(passages()),
        results=draw(passages()),
        metrics=draw(metrics(years)),
    )


@st.composite
def chapters(draw: st.DrawFn, number: int, own: Sequence[str], years: Sequence[int]) -> ChapterModel:
    """A chapter with programmes of these names."""
    points = st.builds(
        InitiativeModel,
        st.sampled_from(words.POINTS),
        paragraphs(2),
    )
    return ChapterModel(
        number=number,
        title=draw(st.sampled_from(words.CHAPTERS)),
        overview=draw(paragraphs()),
        initiatives=tuple(draw(st.lists(points, max_size=2, unique_by=lambda one: one.heading))),
        programmes=tuple(draw(programmes(index, name, years)) for index, name in enumerate(own, start=1)),
    )


def era_label(year: int) -> str:
    """令和5年度."""
    era, number = ("令和", year - 2018) if year >= 2019 else ("平成", year - 1988)
    return f"{era}{'元' if number == 1 else number}年度"


@st.composite
def reports(draw: st.DrawFn, most_chapters: int = 2, most_programmes: int = 3) -> ReportModel:
    """A small report."""
    year = draw(st.sampled_from([2023, 2022, 2024, 2025, 2021, 2020, 2019, 2018]))
    years = tuple(range(year - draw(st.integers(1, 2)), year + 1))
    count = draw(st.integers(1, most_chapters))
    made = []
    for number in range(1, count + 1):
        own = draw(st.lists(names(), min_size=1, max_size=most_programmes, unique=True))
        made.append(draw(chapters(number, own, years)))
    label = era_label(year)
    return ReportModel(f"{label}中小企業振興施策実施状況", year, label, years, tuple(made))


@st.composite
def styles(draw: st.DrawFn, families: Sequence[str]) -> Style:
    """The look of one of these families, with other pages, figures and years where these go with any look."""
    # A header can be told from a title only where it runs over more pages than such small reports have.
    style = replace(FAMILIES[draw(st.sampled_from(families))], header=None)
    if draw(st.booleans()):
        return style
    number = draw(st.sampled_from(["- {page} -", "{page}", "{page} / {of}", "－{page}－"]))
    return replace(
        style,
        page_number=None if style.page_number is None else number,
        page_number_on_top=draw(st.booleans()),
        first_page=draw(st.sampled_from([1, 24, 98])),
        landscape=draw(st.booleans()) or style.rotated,
        value_align=draw(st.sampled_from(["center", "right", "left"])),
        year_head=draw(st.sampled_from(["bare", "wide", "letter", "era", "gregorian"])),
        chapter=draw(st.sampled_from(["{circled}　{title}", "基本方針{number}　{title}", "{roman}　{title}"])),
        size=draw(st.sampled_from([10.5, 9.5, 12.0])),
        leading=draw(st.sampled_from([1.5, 1.3, 1.8])),
        justified=draw(st.booleans()),
        shaded_head=draw(st.booleans()),
        repeated_head=draw(st.booleans()),
        row_padding=draw(st.sampled_from([2.5, 1.0, 6.0])),
        margin=draw(st.sampled_from([62.0, 50.0, 80.0])),
    )
