"""The typesetter: a manuscript on sheets, twice, so that the list knows the pages of the blocks."""

from collections.abc import Iterable, Mapping

from press import tables
from press.elements import Columns, Grid, Line, Panels, Part, Picture, Slot, spread
from press.imposition import impose
from press.manuscript import parts
from press.model import Printed, ReportModel
from press.sheet import Fonts, Sheets
from press.style import Style
from press.tables import Cell, draw_table

# Between panels and columns, in points; and how high a picture is.
GUTTER = 22.0
PICTURE = (110.0, 74.0)


def typeset_with(model: ReportModel, style: Style, fonts: Fonts) -> Printed:
    """A report as PDF in these fonts."""
    labels: Mapping[str, str] = {}
    pages = 1
    for again in (False, True):
        press = _Press(Sheets(style, fonts, pages), labels)
        press.draw(parts(model, style))
        if again and press.labels != labels:
            raise AssertionError("the list's page numbers moved the blocks")
        labels, pages = press.labels, press.sheets.number
    return Printed(impose(press.sheets.pdf(), style.imposed), labels)


class _Press:
    """One pass. `known`: the pages' labels as the list has them; `labels`: as they came out."""

    def __init__(self, sheets: Sheets, known: Mapping[str, str]) -> None:
        self.sheets = sheets
        self._known = known
        self.labels: dict[str, str] = {}

    def draw(self, manuscript: Iterable[Part]) -> None:
        """Draw parts from the sheet's `y` on."""
        for part in manuscript:
            if isinstance(part, Line):
                self._line(part)
            elif isinstance(part, Grid):
                self._table(part)
            elif isinstance(part, Picture):
                self._picture(part)
            elif isinstance(part, Panels):
                self._panels(part)
            else:
                self._columns(part)

    def _turn(self, new_page: bool) -> None:
        if new_page and not self.sheets.at_top:
            self.sheets.turn()

    def _open(self, programme_id: str | None) -> None:
        if programme_id is not None and self.sheets.label is not None:
            self.labels[programme_id] = self.sheets.label

    # lines

    def _line(self, line: Line) -> None:
        sheets, size = self.sheets, self.sheets.style.size
        step = size * sheets.style.leading
        self._turn(line.new_page)
        if line.leads:
            sheets.need((7 if line.opens else 3.2) * step)
        if line.role == "chapter" or (line.role in {"bar", "box", "bold", "plain"} and not sheets.at_top):
            sheets.y += size
        before = sheets.number
        sheets.need(step)
        assert not line.opens or sheets.number == before
        self._open(line.opens)
        if line.role in {"bar", "box"}:
            self._bar(line)
            return
        strong = line.role in {"report", "chapter", "point", "bold"}
        strong |= line.role == "heading" and sheets.style.bold_headings
        sheets.paragraph(
            line.text,
            strong=strong,
            size=size + {"report": 3.5, "chapter": 1.5}.get(line.role, 0.0),
            align={"report": "center", "footer": sheets.style.footer_align, "caption": "right"}.get(line.role, "left"),
            indent=line.role == "prose",
        )

    def _bar(self, line: Line) -> None:
        """A title in a bar or a box, with what stands at its right end."""
        sheets, size = self.sheets, self.sheets.style.size
        aside = sheets.text_width(line.right, size - 1) + 3 * size if line.right else 0.0
        lines = sheets.broken(line.text, sheets.right - sheets.left - 8 - aside, size, strong=True)
        top, bottom = sheets.y, sheets.y + len(lines) * size * 1.3 + 6
        if line.role == "bar":
            sheets.shade(sheets.left, top, sheets.right, bottom)
        sheets.box(sheets.left, top, sheets.right, bottom)
        for index, one in enumerate(lines):
            at = top + 3 + (index * 1.3 + 0.15) * size
            sheets.set_line(one, sheets.left + 4, sheets.right - 4 - aside, at, size, align="left", strong=True)
        if line.right:
            x = sheets.right - 4 - sheets.text_width(line.right, size - 1)
            sheets.line(line.right, x, top + 4 + 0.15 * size, size - 1)
        sheets.y = bottom + 3

    # tables

    def _table(self, grid: Grid) -> None:
        sheets, style = self.sheets, self.sheets.style
        self._turn(grid.new_page)
        whole = sheets.right - sheets.left
        rows = [
            tuple(self._cell(column, slot) for column, slot in enumerate(slots) if slot is not None)
            for slots in spread(grid)
        ]
        prose = {
            row
            for row, slots in enumerate(grid.rows)
            if any(line.role == "prose" for slot in slots for line in slot.lines)
        }
        sheets.y += 2
        opens = next((line.opens for slots in grid.rows for slot in slots for line in slot.lines if line.opens), None)
        if opens:
            sheets.need(12 * style.size)
        self._open(opens)
        draw_table(
            sheets,
            tables.Grid(
                widths=tuple(share * whole for share in grid.shares),
                rows=tuple(rows),
                head=grid.head,
                rules=grid.rules,
                size=min(style.size - 1, 9.5) if style.size < 15 else style.size - 1,
                padding=style.row_padding,
                shaded_head=style.shaded_head,
                repeated_head=grid.repeated,
                parted=frozenset(prose),
            ),
        )
        sheets.y += 2

    def _cell(self, column: int, slot: Slot) -> Cell:
        blank = "\u3000" if self.sheets.style.indent else ""
        text = "\n".join((blank if line.role == "prose" else "") + line.text for line in slot.lines)
        if slot.page_of is not None:
            text = self._known.get(slot.page_of, "")
        return Cell(column, text, slot.across, slot.down, slot.align, strong=slot.shaded)

    # what stands side by side

    def _picture(self, picture: Picture) -> None:
        sheets, size = self.sheets, self.sheets.style.size
        wide, high = PICTURE
        sheets.need(high + 2 * size * sheets.style.leading)
        top = sheets.y + 4
        sheets.picture(sheets.left, top, sheets.left + wide, top + high)
        sheets.y = top + high + 2
        if picture.beside:
            sheets.line(picture.caption, sheets.left + wide + 8, top + high / 2, size - 1)
        else:
            sheets.line(picture.caption, sheets.left, sheets.y, size - 1)
            sheets.y += size * sheets.style.leading

    def _panels(self, panels: Panels) -> None:
        sheets = self.sheets
        self._turn(panels.new_page)
        above = (panels.title,) if panels.title else ()
        left, right = sheets.left, sheets.right
        free = right - left - GUTTER * (len(panels.panels) - 1)
        edges, x = [], left
        for share in panels.shares:
            edges.append((x, x + share * free))
            x += share * free + GUTTER
        heights = [self._measure(part, *edge) for part, edge in zip(panels.panels, edges, strict=True)]
        high = self._measure(above, left, right) + max(heights)
        if high > sheets.bottom - sheets.style.margin:
            # They are higher than a page, and come one after the other.
            self.draw([*above, *(part for panel in panels.panels for part in panel)])
            return
        sheets.need(high)
        end, sheets.bottom = sheets.bottom, 1e6
        self.draw(above)
        top, lowest = sheets.y, sheets.y
        for part, (sheets.left, sheets.right) in zip(panels.panels, edges, strict=True):
            sheets.y = top
            self.draw(part)
            lowest = max(lowest, sheets.y)
        sheets.left, sheets.right, sheets.y, sheets.bottom = left, right, lowest + sheets.style.size, end

    def _measure(self, manuscript: Iterable[Part], x0: float, x1: float) -> float:
        """How high parts are between two edges: on a sheet that has no end."""
        scratch = self.sheets.scratch(x0, x1)
        begin = scratch.y
        _Press(scratch, self._known).draw(manuscript)
        assert scratch.number == 1
        return scratch.y - begin

    def _columns(self, columns: Columns) -> None:
        self._turn(True)
        self.sheets.part(columns.count, GUTTER)
        self.draw(columns.parts)
        self.sheets.part(1, 0.0)
