"""A report as a sequence of lines and tables with their looks named: what a word processor or a browser is given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from press.blocks import footer_text, metric_head, metric_rows
from press.model import ChapterModel, PassageModel, ProgrammeModel, ReportModel
from press.style import Align, Rules, Style
from press.tables import Cell
from press.typeset import chapter_heading, list_rows

# What a line is. How each role looks, the producers say.
Role = Literal["report", "chapter", "heading", "point", "bar", "box", "bold", "plain", "prose", "note", "footer"]
# The columns of the list and of the labels and units in tables, as shares of the width.
NUMBER, BUDGET, NEW, PAGE, NAME_AND_OFFICES = 0.07, 0.15, 0.08, 0.09, 0.61
LABEL, UNIT = 0.16, 0.09


@dataclass(frozen=True)
class Line:
    """A paragraph. `opens`: the programme (by id) that begins with it."""

    text: str
    role: Role
    opens: str | None = None
    new_page: bool = False

    @property
    def leads(self) -> bool:
        """Whether what follows must stand on the same page."""
        return self.role not in ("prose", "note", "footer")


@dataclass(frozen=True)
class Slot:
    """A cell: its lines, over how many columns and rows it goes. `page_of`: it holds that programme's page number."""

    lines: tuple[Line, ...]
    across: int = 1
    down: int = 1
    align: Align = "left"
    shaded: bool = False
    page_of: str | None = None


@dataclass(frozen=True)
class Grid:
    """A table. `shares`: the columns' parts of the width. `head`: how many rows are its head."""

    rows: tuple[tuple[Slot, ...], ...]
    shares: tuple[float, ...]
    rules: Rules
    head: int
    repeated: bool
    new_page: bool = False


Part = Line | Grid


def parts(model: ReportModel, style: Style) -> Iterator[Part]:
    """The whole report in order."""
    yield Line(model.title, "report")
    for index, chapter in enumerate(model.chapters):
        yield Line(chapter_heading(chapter, style), "chapter", new_page=index > 0)
        yield Line(style.overview_heading, "heading")
        yield from (Line(text, "prose") for text in chapter.overview)
        for point in chapter.initiatives:
            yield Line(style.initiative.format(heading=point.heading), "point")
            yield from (Line(text, "prose") for text in point.paragraphs)
        yield Line(style.list_heading, "heading")
        yield _list(model, chapter, style)
        for place, programme in enumerate(chapter.programmes):
            every = {"page": 1, "two": 2, "none": 0}[style.block_break]
            first, *rest = _block(model, model.programme_id(chapter, programme), programme, style)
            yield replace(first, new_page=bool(every) and place % every == 0)
            yield from rest


def _slot(text: str, *, down: int = 1, align: Align = "left", shaded: bool = False, page_of: str | None = None) -> Slot:
    """A cell with plain text, whose line feeds stand."""
    return Slot(_plain(text), down=down, align=align, shaded=shaded, page_of=page_of)


def _plain(text: str) -> tuple[Line, ...]:
    return tuple(Line(line, "plain") for line in text.split("\n"))


def _list(model: ReportModel, chapter: ChapterModel, style: Style) -> Grid:
    """The chapter's list; whose total stands under the names."""
    head, *rest = list_rows(model, chapter, style, {})
    rows = [tuple(_slot(text, align="center", shaded=style.shaded_head) for text in head)]
    aligns: tuple[Align, ...] = ("center", "left", "right", "center", "left", "center")
    for texts, one in zip(rest, chapter.programmes, strict=False):
        cells = [_slot(text, align=align) for text, align in zip(texts, aligns, strict=False)]
        if style.list_says_page:
            cells[-1] = replace(cells[-1], page_of=model.programme_id(chapter, one))
        rows.append(tuple(cells))
    if style.subtotal is not None:
        aligns = ("center", "center", *aligns[2:])
        rows.append(tuple(_slot(text, align=align) for text, align in zip(rest[-1], aligns, strict=False)))
    name = style.list_name_share
    shares = (NUMBER, name, BUDGET, NEW, NAME_AND_OFFICES - name, *([PAGE] if style.list_says_page else []))
    whole = sum(shares)
    return Grid(tuple(rows), tuple(share / whole for share in shares), style.list_rules, 1, style.repeated_head)


def _block(model: ReportModel, programme_id: str, one: ProgrammeModel, style: Style) -> Iterator[Part]:
    if style.form:
        yield _form(model, programme_id, one, style)
        yield Line("", "prose")
        return
    opens: str | None = programme_id
    if style.title != "none":
        yield Line(style.title_text.format(number=one.number, name=one.name), style.title, opens)
        opens = None
    for heading, passage in ((style.overview, one.overview), (style.results, one.results)):
        yield Line(heading, "heading", opens)
        opens = None
        yield from _prose(passage)
    if one.metrics:
        head, rows = _metrics(model, one, style)
        yield Grid((*head, *rows), _shares(model, style), style.rules, len(head), style.repeated_head)
    yield Line(style.footer.format(offices=footer_text(one)), "footer")


def _prose(passage: PassageModel) -> Iterator[Line]:
    yield from (Line(text, "prose") for text in passage.paragraphs)
    yield from (Line(text, "note") for text in passage.notes)


def _shares(model: ReportModel, style: Style) -> tuple[float, ...]:
    """The columns of a programme's table."""
    columns = len(model.years) * (1 if style.targets == "none" else 2)
    unit = [UNIT] if style.unit_column else []
    return style.name_share, *unit, *[(1 - style.name_share - sum(unit)) / columns] * columns


def _metrics(
    model: ReportModel, one: ProgrammeModel, style: Style
) -> tuple[tuple[tuple[Slot, ...], ...], tuple[tuple[Slot, ...], ...]]:
    """Head and rows of a programme's table."""

    def slots(rows: Iterable[tuple[Cell, ...]], *, shaded: bool) -> tuple[tuple[Slot, ...], ...]:
        return tuple(
            tuple(Slot(_plain(cell.text), cell.columns, cell.rows, cell.align, shaded) for cell in row) for row in rows
        )

    head = slots(metric_head(model, style), shaded=style.shaded_head)
    return head, slots(metric_rows(model, one, style), shaded=False)


def _form(model: ReportModel, programme_id: str, one: ProgrammeModel, style: Style) -> Grid:
    """A block as one ruled table with labels in its left cells; one of them stands beside the rows of values."""
    inside = _shares(model, style)

    def labelled(label: str, lines: Iterable[Line]) -> tuple[Slot, ...]:
        return _slot(label, align="center"), Slot(tuple(lines), across=len(inside))

    title = style.title_text.format(number=one.number, name=one.name)
    rows = [
        labelled("事業名", [Line(title, "plain", programme_id)]),
        labelled(style.overview, _prose(one.overview)),
        labelled(style.results, _prose(one.results)),
    ]
    if one.metrics:
        head, values = _metrics(model, one, style)
        first, *more = (*head, *values)
        rows += [(_slot("実績値", align="center", down=len(more) + 1), *first), *more]
    rows.append(labelled("担当課", _plain(style.footer.format(offices=footer_text(one)))))
    shares = (LABEL, *((1 - LABEL) * share for share in inside))
    return Grid(tuple(rows), shares, style.rules, 0, repeated=False)
