"""A report as plain data, from which the press prints pages, and the records that must be read from these.

What is expected is built from the same parts as what is printed, and never computed by the extractor's own code.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from axes_at_random import Drawn
from press.style import Style

Status = Literal["read", "absent", "blank"]
# The contract's qualifier of a year's 目標, which stands before the amount's own.
TARGET = "目標"
PREFECTURE = "青森県"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True)
class OfficeModel:
    """An office in charge. In the list groups are not printed."""

    division: str
    groups: tuple[str, ...] = ()
    bureau: str | None = None


@dataclass(frozen=True)
class AmountModel:
    """One amount of a cell: `figure` is its value as printed; `unit` None: none printed."""

    figure: str
    value: int | float
    unit: str | None = None
    qualifiers: tuple[str, ...] = ()
    component: str | None = None

    def text(self, *, bare: bool) -> str:
        """The amount as printed; `bare` where a column of its own holds the unit."""
        unit = "" if bare else self.unit or ""
        return " ".join([*self.qualifiers, f"{self.figure}{unit}"])


@dataclass(frozen=True)
class CellModel:
    """A value's cell: its amounts, or the `mark` (a dash, or nothing) where there is none.

    `raw`: printed in place of what the parts would give. `span`: how many years the cell stands under.
    """

    amounts: tuple[AmountModel, ...] = ()
    mark: str = ""
    period: str | None = None
    period_edtf: str | None = None
    raw: str | None = None
    span: int = 1

    def text(self, *, bare: bool = False) -> str:
        """The cell as printed."""
        if self.raw is not None:
            return self.raw
        amounts = " ".join(amount.text(bare=bare) for amount in self.amounts) or self.mark
        return f"{amounts} （{self.period}）" if self.period and self.period not in amounts else amounts

    @property
    def status(self) -> Status:
        """What must be read of it."""
        if self.amounts:
            return "read"
        return "absent" if self.text() else "blank"


@dataclass(frozen=True)
class MetricModel:
    """A row of a programme's table, with a cell for each year (fewer where one spans several).

    `row` above 1: the name cell is that of the row above, merged down. `targets`: the years' 目標, printed by styles
    that have such columns; none given: a dash each.
    """

    name: str
    cells: tuple[CellModel, ...]
    label: str
    note: str | None = None
    part_of: str | None = None
    row: int = 1
    is_total: bool = False
    targets: tuple[CellModel, ...] = ()

    def unit(self) -> str | None:
        """The unit that a column of units holds for this row; None where its cells must say theirs."""
        cells = [*self.cells, *self.targets]
        if self.row > 1 or any(cell.raw is not None or len(cell.amounts) > 1 for cell in cells):
            return None
        units = {amount.unit for cell in cells for amount in cell.amounts}
        return units.pop() if len(units) == 1 else None


@dataclass(frozen=True)
class PassageModel:
    """Prose and its ※ lines (which begin with their ※)."""

    paragraphs: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SectionModel:
    """Prose of a block under a heading of its own."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class ProgrammeModel:
    """A programme: its row of the list and its block. `budget` in thousand yen; None: a dash is printed.

    `budget_words`: printed in its place, or behind it. `attributes`: labels and texts. `table`: the axes and values of
    its table where these are no `metrics`.
    """

    number: int
    name: str
    budget: int | None
    is_new: bool
    listed: tuple[OfficeModel, ...]
    offices: tuple[OfficeModel, ...]
    overview: PassageModel
    results: PassageModel
    metrics: tuple[MetricModel, ...]
    budget_words: str = ""
    sections: tuple[SectionModel, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    figure: str | None = None
    contact: str | None = None
    table: Drawn | None = None

    @property
    def previous(self) -> int | None:
        """The year before's budget, where a style prints it: a new programme had none."""
        return None if self.is_new or self.budget is None else self.budget * 2 // 3 + 1


@dataclass(frozen=True)
class InitiativeModel:
    """A ○ point of the chapter's 取組の概要."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class ChapterModel:
    """A 基本方針. `programmes` are numbered from 1 in each chapter."""

    number: int
    title: str
    overview: tuple[str, ...]
    initiatives: tuple[InitiativeModel, ...]
    programmes: tuple[ProgrammeModel, ...]
    # Names of groups of the list, each with how many of its programmes are in it; and a number that no programme has.
    groups: tuple[tuple[str, int], ...] = ()
    unused: int | None = None

    @property
    def subtotal(self) -> int:
        """The sum of the list's budgets, in thousand yen."""
        return sum(one.budget or 0 for one in self.programmes)


@dataclass(frozen=True)
class ReportModel:
    """A report. `years` are the fiscal years of the tables' columns, in order; the last is the report's own."""

    title: str
    fiscal_year: int
    fiscal_year_label: str
    years: tuple[int, ...]
    chapters: tuple[ChapterModel, ...]

    def programmes(self) -> Iterator[tuple[str, ProgrammeModel]]:
        """All programmes with their ids, in order."""
        for chapter in self.chapters:
            for one in chapter.programmes:
                yield self.programme_id(chapter, one), one

    def programme_id(self, chapter: ChapterModel, programme: ProgrammeModel) -> str:
        """The contract's id of a programme."""
        return f"{self.fiscal_year}-{chapter.number}-{programme.number:02d}"


@dataclass(frozen=True)
class Printed:
    """What a producer gives: the file, the printed number of the page on which each programme (by id) begins, and
    which characters its fonts turn into others when they are read (a dash, a wave)."""

    pdf: bytes
    page_labels: Mapping[str, str] = field(default_factory=dict)
    reads_as: Mapping[str, str] = field(default_factory=dict)


def expected(model: ReportModel, style: Style, printed: Printed) -> dict[str, Any]:
    """The records that must be read, in the contract's shape, without sources, findings and what names the file."""
    report = {
        "id": f"aomori-sme-{model.fiscal_year}",
        "title": model.title,
        "fiscal_year": model.fiscal_year,
        "fiscal_year_label": model.fiscal_year_label,
    }
    policies = [_policy(model, chapter, style, printed.page_labels) for chapter in model.chapters]
    found = _read_as({"report": report, "policies": policies, "case_studies": []}, printed.reads_as)
    assert isinstance(found, dict)
    return found


def warranted(model: ReportModel, style: Style) -> Counter[str]:
    """The codes of the findings that the model itself gives cause for."""
    # Without rules nobody sees that a name is merged down: its second row has none.
    unruled = style.rules in {"three", "none"}
    codes: Counter[str] = Counter()
    for chapter in model.chapters:
        if style.subtotal is None and any(one.budget is not None for one in chapter.programmes):
            codes["layout-drift"] += 1
        for one in chapter.programmes:
            for metric in one.metrics:
                seen = _observations(model, metric, style)
                codes["blank-cell"] += sum(each["status"] == "blank" for each in seen)
                codes["blank-cell"] += unruled and metric.row > 1 and not metric.is_total
            codes["layout-drift"] += not one.metrics
            codes["missing-passage"] += (not one.overview.paragraphs) + (not one.results.paragraphs)
    return +codes


def _read_as(value: Any, characters: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return value.translate({ord(one): other for one, other in characters.items()})
    if isinstance(value, list):
        return [_read_as(one, characters) for one in value]
    if isinstance(value, dict):
        return {name: _read_as(one, characters) for name, one in value.items()}
    return value


def _policy(model: ReportModel, chapter: ChapterModel, style: Style, labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": f"{model.fiscal_year}-{chapter.number}",
        "number": chapter.number,
        "title": chapter.title,
        "overview": list(chapter.overview),
        "initiatives": [{"heading": one.heading, "paragraphs": list(one.paragraphs)} for one in chapter.initiatives],
        "subtotal_thousand_yen": chapter.subtotal if style.subtotal else None,
        "programmes": [
            _programme(model, model.programme_id(chapter, one), one, style, labels) for one in chapter.programmes
        ],
    }


def _programme(
    model: ReportModel, programme_id: str, one: ProgrammeModel, style: Style, labels: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "id": programme_id,
        "number": one.number,
        "name": one.name,
        "budget_thousand_yen": one.budget,
        "previous_budget_thousand_yen": one.previous if style.list_previous else None,
        "is_new": one.is_new,
        "page_label": labels.get(programme_id) if style.list_says_page else None,
        "listed_offices": [
            {"division": office.division, "groups": [], "bureau": office.bureau} for office in one.listed
        ],
        "offices": [
            {"division": office.division, "groups": list(office.groups), "bureau": office.bureau}
            for office in one.offices
        ],
        **{
            name: {"paragraphs": list(passage.paragraphs), "notes": list(passage.notes)}
            for name, passage in (("overview", one.overview), ("results", one.results))
        },
        "metrics": [
            {
                "id": f"{programme_id}-m{index}",
                "name": metric.name,
                "label": metric.label,
                "note": metric.note,
                "part_of": metric.part_of,
                "row": metric.row,
                "is_total": metric.is_total,
                "observations": _observations(model, metric, style),
            }
            for index, metric in enumerate(one.metrics, start=1)
        ],
    }


def value_cells(model: ReportModel, metric: MetricModel, style: Style) -> list[tuple[tuple[int, ...], bool, CellModel]]:
    """A row's cells in the order of the columns: the years that each stands under, whether it is their 目標, the cell.

    With 目標 columns a cell never spans years: every year has a pair of columns.
    """
    cells: list[tuple[tuple[int, ...], bool, CellModel]] = []
    if style.targets == "none":
        at = 0
        for cell in metric.cells:
            cells.append((model.years[at : at + cell.span], False, cell))
            at += cell.span
        return cells
    values = metric.cells if all(cell.span == 1 for cell in metric.cells) else ()
    for index, year in enumerate(model.years):
        target = metric.targets[index] if index < len(metric.targets) else CellModel(mark="－")
        value = values[index] if index < len(values) else CellModel(mark="－")
        cells += [((year,), True, target), ((year,), False, value)]
    return cells


def _observations(model: ReportModel, metric: MetricModel, style: Style) -> list[dict[str, Any]]:
    bare = style.unit_column and metric.unit() is not None
    return [
        {
            "fiscal_year": years[0],
            "spans": list(years) if len(years) > 1 else None,
            "raw": cell.text(bare=bare),
            "status": cell.status,
            "quantities": [
                {
                    "value": amount.value,
                    "unit": amount.unit,
                    "qualifiers": [*([TARGET] if is_target else []), *amount.qualifiers],
                    "component": amount.component,
                }
                for amount in cell.amounts
            ],
            "period": cell.period,
            "period_edtf": cell.period_edtf,
        }
        for years, is_target, cell in value_cells(model, metric, style)
    ]


MISSING = "(not there)"
# Where a line begins with one of these, nobody can see whether a blank stands before it.
_UNSEEN = re.compile(r" (?=[（(【〔※])")


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """All leaves of a record with their paths; what has an id is named by it and not by its place."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, f"{path}/{name}")
    elif isinstance(value, list):
        yield f"{path}/length", len(value)
        for index, one in enumerate(value):
            name = one["id"] if isinstance(one, dict) and "id" in one else index
            yield from leaves(one, f"{path}/{name}")
    else:
        yield path, value


def differences(wanted: Mapping[str, Any], read: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """The leaves of what is expected that the report's JSON does not hold, as (path, expected, read).

    Texts are compared exactly but for blanks that leave no trace where a line begins: before a bracket, and between
    the amounts of one cell (which are compared themselves).
    """
    found = dict(leaves({name: read[name] for name in wanted}))

    def seen(path: str, value: Any) -> Any:
        blanks = re.compile(" ") if path.endswith("/raw") else _UNSEEN
        return blanks.sub("", value) if isinstance(value, str) else value

    return [
        (path, value, found.get(path, MISSING))
        for path, value in leaves(wanted)
        if seen(path, found.get(path, MISSING)) != seen(path, value)
    ]
