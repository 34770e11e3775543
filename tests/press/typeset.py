"""The typesetter: a report on sheets, twice, so that the list knows the pages of the blocks."""

from press.blocks import draw_block, office_text
from press.model import CIRCLED, ChapterModel, Printed, ProgrammeModel, ReportModel
from press.sheet import Fonts, Sheets
from press.style import Align, Style, short_year
from press.tables import Cell, Grid, draw_table

ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
# The list's columns as shares of the width: number, budget, new, page; and name and offices together.
NUMBER, BUDGET, NEW, PAGE, NAME_AND_OFFICES = 0.07, 0.15, 0.08, 0.09, 0.61


def typeset_with(model: ReportModel, style: Style, fonts: Fonts) -> Printed:
    """A report as PDF in these fonts."""
    first = _Press(model, style, fonts, {}, 1)
    last = _Press(model, style, fonts, first.labels, first.pages)
    if last.labels != first.labels:
        raise AssertionError("the list's page numbers moved the blocks")
    return Printed(last.pdf(), last.labels)


def chapter_heading(chapter: ChapterModel, style: Style) -> str:
    """A chapter's heading as a style has it."""
    return style.chapter.format(
        number=chapter.number,
        circled=CIRCLED[chapter.number - 1],
        roman=ROMAN[chapter.number - 1],
        title=chapter.title,
    )


def list_rows(model: ReportModel, chapter: ChapterModel, style: Style, labels: dict[str, str]) -> list[list[str]]:
    """The cells' texts of a chapter's list: head, a row a programme, and the total where the style has one."""
    heads = style.list_heads
    year = short_year(model.fiscal_year)
    rows = [[heads.number, heads.name, heads.budget, heads.is_new, heads.offices, heads.page]]
    rows = [[text.format(year=year) for text in row] for row in rows]
    for one in chapter.programmes:
        rows.append(
            [
                str(one.number),
                one.name,
                _money(one.budget, style),
                style.new_mark if one.is_new else "",
                "\n".join(office_text(office) for office in one.listed),
                labels.get(model.programme_id(chapter, one), ""),
            ]
        )
    if style.subtotal is not None:
        rows.append(["", style.subtotal, _money(chapter.subtotal, style), "", "", ""])
    return rows if style.list_says_page else [row[:-1] for row in rows]


def _money(amount: int | None, style: Style) -> str:
    return "－" if amount is None else f"{amount * 1000 // style.budget_yen:,}"


class _Press:
    """One pass: `labels` and `pages` are what the pass before found out; after it they are what this one did."""

    def __init__(self, model: ReportModel, style: Style, fonts: Fonts, labels: dict[str, str], pages: int) -> None:
        self._model = model
        self._style = style
        self._known = labels
        self._sheets = Sheets(style, fonts, pages)
        self.labels: dict[str, str] = {}
        self._sheets.paragraph(model.title, strong=True, size=style.size + 3.5, align="center")
        for index, chapter in enumerate(model.chapters):
            if index:
                self._sheets.turn()
            self._opening(chapter)
            self._list(chapter)
            self._blocks(chapter)
        self.pages = self._sheets.number

    def pdf(self) -> bytes:
        """The file."""
        return self._sheets.pdf()

    def _opening(self, chapter: ChapterModel) -> None:
        sheets, style = self._sheets, self._style
        sheets.y += style.size
        sheets.paragraph(chapter_heading(chapter, style), strong=True, size=style.size + 1.5)
        sheets.paragraph(style.overview_heading, strong=True)
        for text in chapter.overview:
            sheets.paragraph(text, indent=True)
        for one in chapter.initiatives:
            sheets.need(3 * style.size * style.leading)
            sheets.paragraph(style.initiative.format(heading=one.heading), strong=True)
            for text in one.paragraphs:
                sheets.paragraph(text, indent=True)

    def _list(self, chapter: ChapterModel) -> None:
        sheets, style = self._sheets, self._style
        sheets.y += style.size
        sheets.need(8 * style.size * style.leading)
        sheets.paragraph(style.list_heading, strong=True)
        name = style.list_name_share
        shares = (NUMBER, name, BUDGET, NEW, NAME_AND_OFFICES - name, *([PAGE] if style.list_says_page else []))
        whole = (sheets.right - sheets.left) / sum(shares)
        texts = list_rows(self._model, chapter, style, self._known)
        aligns: tuple[Align, ...] = ("center", "left", "right", "center", "left", "center")
        rows = [
            tuple(
                Cell(column, text, align="center" if index == 0 else aligns[column], strong=index == 0)
                for column, text in enumerate(row)
            )
            for index, row in enumerate(texts)
        ]
        if style.subtotal is not None:
            _number, word, *rest = rows[-1]
            rows[-1] = (Cell(0, word.text, columns=2, align="center"), *rest)
        draw_table(
            sheets,
            Grid(
                widths=tuple(share * whole for share in shares),
                rows=tuple(rows),
                head=1,
                rules=style.list_rules,
                size=min(style.size - 1, 9.5),
                repeated_head=style.repeated_head,
                shaded_head=style.shaded_head,
            ),
        )

    def _blocks(self, chapter: ChapterModel) -> None:
        sheets, style = self._sheets, self._style
        for index, one in enumerate(chapter.programmes):
            if index == 0 or style.block_break == "page" or (style.block_break == "two" and index % 2 == 0):
                sheets.turn()
            else:
                sheets.y += 2 * style.size
            self._block(self._model.programme_id(chapter, one), one)

    def _block(self, programme_id: str, one: ProgrammeModel) -> None:
        """A block, and the number of the sheet on which its first line came to stand."""
        before = self._sheets.number
        self._sheets.need(12 * self._style.size if self._style.form else 7 * self._style.size * self._style.leading)
        if self._sheets.label is not None:
            self.labels[programme_id] = self._sheets.label
        assert self._sheets.number <= before + 1
        draw_block(self._sheets, self._model, one)
