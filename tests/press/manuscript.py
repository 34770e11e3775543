"""A report as a sequence of lines and tables with their looks named: what a word processor or a browser is given."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from grids import draw_grid
from press import lists
from press.blocks import footer_text, metric_head, metric_rows
from press.elements import Columns, Grid, Line, Panels, Part, Picture, Slot, plain_lines, plain_slot
from press.model import CIRCLED, ChapterModel, PassageModel, ProgrammeModel, ReportModel
from press.style import Style
from press.tables import Cell

LABEL, UNIT = 0.16, 0.09
ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"


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
        if style.list_note is not None:
            yield Line(style.list_note, "caption")
        yield lists.list_grid(model, chapter, style)
        blocks = [
            tuple(_block(model, model.programme_id(chapter, programme), programme, style))
            for programme in chapter.programmes
        ]
        yield from _arrange(blocks, style)


def _arrange(blocks: Sequence[tuple[Part, ...]], style: Style) -> Iterator[Part]:
    """The blocks of a chapter on its pages."""
    if style.regions == "columns":
        yield Columns(tuple(part for block in blocks for part in block))
    elif style.regions == "quarters":
        for place in range(0, len(blocks), 2):
            pair = (blocks[place], blocks[place + 1] if place + 1 < len(blocks) else ())
            yield Panels(pair, (0.5, 0.5), new_page=place % 4 == 0)
    else:
        every = {"page": 1, "two": 2, "none": 0}[style.block_break]
        for place, (first, *rest) in enumerate(blocks):
            assert isinstance(first, Line | Grid | Panels)
            yield replace(first, new_page=bool(every) and place % every == 0)
            yield from rest


def chapter_heading(chapter: ChapterModel, style: Style) -> str:
    """A chapter's heading as a style has it."""
    return style.chapter.format(
        number=chapter.number,
        circled=CIRCLED[chapter.number - 1],
        roman=ROMAN[chapter.number - 1],
        title=chapter.title,
    )


def _block(model: ReportModel, programme_id: str, one: ProgrammeModel, style: Style) -> Iterator[Part]:
    if style.form:
        yield _form(model, programme_id, one, style)
        yield Line("", "prose")
        return
    title = style.title_text.format(number=one.number, name=one.name)
    prose = list(_passages(one, style))
    if style.title == "none":
        # The first heading begins the block.
        first = replace(prose.pop(0), opens=programme_id)
    else:
        first = Line(title, style.title, programme_id, right=footer_text(one) if style.bar_office else "")
    if style.title_again is not None:
        again = style.title_again.format(number=one.number, name=one.name)
        at = next(at for at, part in enumerate(prose) if part.text == style.results)
        prose.insert(at, replace(first, text=again, opens=None, new_page=True))
    values = [*_figures(one, style), *_table(model, one, style)]
    sections = list(_sections(one, style))
    prose += sections if style.sections == "before table" else []
    end = [*(sections if style.sections == "after table" else []), *_footer(one, style)]
    if style.regions == "panels":
        yield Panels(((*_attributes(one, style), *prose), tuple(values)), (0.55, 0.45), first)
        yield from end
    else:
        yield first
        yield from [*_attributes(one, style), *prose, *values, *end]


def _attributes(one: ProgrammeModel, style: Style) -> Iterator[Line | Grid]:
    if style.attributes == "lines":
        yield from (Line(f"{label}：{text}", "plain") for label, text in one.attributes)
    elif style.attributes == "table" and one.attributes:
        rows = tuple((plain_slot(label, align="center"), plain_slot(text)) for label, text in one.attributes)
        yield Grid(rows, (0.25, 0.75), "full", 0, repeated=False)


def _passages(one: ProgrammeModel, style: Style) -> Iterator[Line]:
    for heading, passage in ((style.overview, one.overview), (style.results, one.results)):
        yield Line(heading, "heading")
        yield from _prose(passage)


def _sections(one: ProgrammeModel, style: Style) -> Iterator[Line]:
    for number, section in enumerate(one.sections if style.sections != "no" else (), start=3):
        yield Line(style.section_text.format(heading=section.heading, number=number), style.section)
        yield from (Line(text, "prose") for text in section.paragraphs)


def _figures(one: ProgrammeModel, style: Style) -> Iterator[Part]:
    if style.figure != "no" and one.figure:
        yield Picture(one.figure, style.figure == "beside")


def _table(model: ReportModel, one: ProgrammeModel, style: Style) -> Iterator[Part]:
    """A programme's table: the one that was drawn for it, or that of its metrics."""
    if one.table is not None:
        if one.table.caption:
            yield Line(one.table.caption, "caption")
        cells = draw_grid(one.table.drawing())
        rows = tuple(
            tuple(
                Slot(
                    plain_lines(cell.text),
                    cell.column_span,
                    cell.row_span,
                    "center",
                    style.shaded_head and row < one.table.head,
                )
                for cell in cells.find_row(row)
            )
            for row in range(cells.rows)
        )
        shares = (1.6, *[1.0] * (cells.columns - 1))
        whole = sum(shares)
        shares = tuple(share / whole for share in shares)
        yield Grid(rows, shares, style.rules, one.table.head, style.repeated_head)
    elif one.metrics:
        head, values = _metrics(model, one, style)
        yield Grid((*head, *values), _shares(model, style), style.rules, len(head), style.repeated_head)


def _footer(one: ProgrammeModel, style: Style) -> Iterator[Line]:
    if not style.bar_office:
        contact = f"　{one.contact}" if one.contact and style.contact == "footer" else ""
        yield Line(style.footer.format(offices=footer_text(one) + contact), "footer")
    if one.contact and style.contact == "line":
        yield Line(one.contact, "footer")


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
            tuple(Slot(plain_lines(cell.text), cell.columns, cell.rows, cell.align, shaded) for cell in row)
            for row in rows
        )

    head = slots(metric_head(model, style), shaded=style.shaded_head)
    return head, slots(metric_rows(model, one, style), shaded=False)


def _form(model: ReportModel, programme_id: str, one: ProgrammeModel, style: Style) -> Grid:
    """A block as one ruled table with labels in its left cells; one of them stands beside the rows of values."""
    inside = _shares(model, style)

    def labelled(label: str, lines: Iterable[Line]) -> tuple[Slot, ...]:
        return plain_slot(label, align="center"), Slot(tuple(lines), across=len(inside))

    title = style.title_text.format(number=one.number, name=one.name)
    rows = [
        labelled("事業名", [Line(title, "plain", programme_id)]),
        labelled(style.overview, _prose(one.overview)),
        labelled(style.results, _prose(one.results)),
    ]
    if one.metrics:
        head, values = _metrics(model, one, style)
        first, *more = (*head, *values)
        rows += [(plain_slot("実績値", align="center", down=len(more) + 1), *first), *more]
    rows.append(labelled("担当課", plain_lines(style.footer.format(offices=footer_text(one)))))
    shares = (LABEL, *((1 - LABEL) * share for share in inside))
    return Grid(tuple(rows), shares, style.rules, 0, repeated=False)
