"""A report as a flat OpenDocument text, as a word processor's user would have set it."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from press import odf_looks as looks
from press.elements import Grid, Line, Part, Slot, spread
from press.manuscript import parts
from press.model import ReportModel
from press.odf_looks import GOTHIC, MINCHO, element
from press.style import Style

# A table of at most so many rows is short.
SHORT = 8
_SPACES = {
    "office": "office",
    "style": "style",
    "text": "text",
    "table": "table",
    "fo": "xsl-fo-compatible",
    "svg": "svg-compatible",
}
# A style's properties: their kind, attributes, and what is inside.
Properties = tuple[str, dict[str, str], str]


def document(model: ReportModel, style: Style) -> str:
    """The whole file."""
    return _Document(model, style).xml()


def _text(said: str) -> str:
    """Text with its blanks kept: of several in a row ODF keeps one, and none at the beginning."""
    return re.sub(r"^ |(?<= ) ", "<text:s/>", escape(said))


class _Document:
    """One document in the making: styles are added as they are needed."""

    def __init__(self, model: ReportModel, style: Style) -> None:
        self._model = model
        self._style = style
        self._styles: dict[str, str] = {}  # what a style says, without its name → its name
        self._width = (842.0 if style.landscape else 595.0) - 2 * style.margin
        self._first = True

    def xml(self) -> str:
        body = "".join(self._part(part) for part in parts(self._model, self._style))
        running = self._running()
        automatic = "".join(
            said.replace('style:name=""', f'style:name="{name}"', 1) for said, name in self._styles.items()
        )
        spaces = {
            f"xmlns:{short}": f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for short, name in _SPACES.items()
        }
        kind = {"office:version": "1.3", "office:mimetype": "application/vnd.oasis.opendocument.text"}
        faces = [element("style:font-face", {"style:name": font, "svg:font-family": font}) for font in (MINCHO, GOTHIC)]
        sheet = {"style:name": "Sheet", "style:page-layout-name": "Layout"}
        whole = element(
            "office:document",
            spaces | kind,
            element("office:font-face-decls", {}, *faces),
            element("office:styles", {}, looks.default(self._style)),
            element("office:automatic-styles", {}, automatic, looks.page_layout(self._style)),
            element("office:master-styles", {}, element("style:master-page", sheet, *running)),
            element("office:body", {}, element("office:text", {}, body)),
        )
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'

    def _named(self, family: str, own: dict[str, str], *properties: Properties) -> str:
        """The name of the style that says this."""
        inside = [element(f"style:{kind}-properties", said, more) for kind, said, more in properties]
        whole = element("style:style", {"style:name": "", "style:family": family, **own}, *inside)
        return self._styles.setdefault(whole, f"S{len(self._styles) + 1}")

    def _running(self) -> tuple[str, str]:
        """Header and footer: the running title, and the page's number in its form."""
        style = self._style
        number = ""
        if style.page_number:
            before, _, rest = style.page_number.partition("{page}")
            between, _, after = rest.partition("{of}")
            count = "<text:page-count>1</text:page-count>" if "{of}" in rest else ""
            current = '<text:page-number text:select-page="current">1</text:page-number>'
            number = _text(before) + current + _text(between) + count + _text(after)
        small: Properties = ("text", looks.font(MINCHO, 9), "")
        tab = element("style:tab-stop", {"style:position": f"{self._width}pt", "style:type": "right"})
        left = self._named("paragraph", {}, ("paragraph", {}, element("style:tab-stops", {}, tab)), small)
        low = {"fo:text-align": "center", "fo:margin-top": "9pt"}
        middle = self._named("paragraph", {}, ("paragraph", low, ""), small)
        top = _text(style.header or "") + (f"<text:tab/>{number}" if style.page_number_on_top else "")
        foot = "" if style.page_number_on_top else number
        return (
            element("style:header", {}, element("text:p", {"text:style-name": left}, top)),
            element("style:footer", {}, element("text:p", {"text:style-name": middle}, foot)),
        )

    def _part(self, part: Part) -> str:
        assert isinstance(part, Line | Grid), "the word processor prints nothing side by side"
        return self._line(part) if isinstance(part, Line) else self._table(part)

    def _line(self, line: Line) -> str:
        look = looks.paragraph(line.role, self._style)
        if line.leads:
            look["fo:keep-with-next"] = "always"
        return self._paragraph(line, look, looks.letters(line.role, self._style))

    def _paragraph(self, line: Line, look: dict[str, str], letters: dict[str, str]) -> str:
        """A paragraph. One that a programme begins with is a heading of the outline: so its page is found again."""
        own = {}
        if line.new_page:
            look["fo:break-before"] = "page"
        if self._first:
            own = {"style:master-page-name": "Sheet"}
            look["style:page-number"] = str(self._style.first_page)
            self._first = False
        name = self._named("paragraph", own, ("paragraph", look, ""), ("text", letters, ""))
        if line.opens is None:
            return element("text:p", {"text:style-name": name}, _text(line.text))
        mark = {"text:name": line.opens}
        inside = (element("text:bookmark-start", mark), _text(line.text), element("text:bookmark-end", mark))
        return element("text:h", {"text:style-name": name, "text:outline-level": "1"}, *inside)

    def _in_cell(self, line: Line, slot: Slot) -> str:
        """A line of a cell: a plain one as the cell is aligned, prose as prose is, all in a smaller size."""
        size = self._style.size - looks.SMALLER
        look = looks.paragraph(line.role, self._style)
        look |= {"fo:margin-top": "0pt", "fo:line-height": f"{1.25 * size}pt"}
        if line.role == "plain":
            look["fo:text-align"] = {"left": "start", "center": "center", "right": "end"}[slot.align]
        return self._paragraph(line, look, looks.font(MINCHO, size))

    def _table(self, grid: Grid) -> str:
        columns = "".join(
            element("table:table-column", {"table:style-name": self._column(share)}) for share in grid.shares
        )
        rows = [self._row(grid, index, cells) for index, cells in enumerate(spread(grid))]
        head, body = "".join(rows[: grid.head]), "".join(rows[grid.head :])
        if grid.head and grid.repeated:
            head = element("table:table-header-rows", {}, head)
        look = {
            "style:width": f"{self._width}pt",
            "table:align": "left",
            "table:border-model": "collapsing",
            "fo:margin-top": "3pt",
            "fo:margin-bottom": "3pt",
        }
        if grid.new_page:
            look["fo:break-before"] = "page"
        if len(rows) <= SHORT:
            # A table of a few rows is kept whole: the word processor may lose them behind a head left at a page's end.
            look["style:may-break-between-rows"] = "false"
        own = self._named("table", {}, ("table", look, ""))
        return element("table:table", {"table:style-name": own}, columns, head, body)

    def _column(self, share: float) -> str:
        return self._named("table-column", {}, ("table-column", {"style:column-width": f"{share * self._width}pt"}, ""))

    def _row(self, grid: Grid, index: int, slots: Sequence[Slot | None]) -> str:
        """A row. Who repeats heads keeps rows whole as well; left alone, a row may go on on the next page."""
        whole = {"fo:keep-together": "always"} if grid.repeated else {}
        name = self._named("table-row", {}, ("table-row", whole, ""))
        made = [self._cell(grid, index, slot) if slot else "<table:covered-table-cell/>" for slot in slots]
        return element("table:table-row", {"table:style-name": name}, *made)

    def _cell(self, grid: Grid, index: int, slot: Slot) -> str:
        look = looks.cell(grid, index, slot, self._style)
        spans = {
            "table:style-name": self._named("table-cell", {}, ("table-cell", look, "")),
            "table:number-columns-spanned": str(slot.across),
            "table:number-rows-spanned": str(slot.down),
            "office:value-type": "string",
        }
        inside = "".join(self._in_cell(line, slot) for line in slot.lines)
        if slot.page_of is not None:
            ref = {"text:reference-format": "page", "text:ref-name": slot.page_of}
            inside = inside.replace("></text:p>", f">{element('text:bookmark-ref', ref)}</text:p>")
        return element("table:table-cell", spans, inside)
