"""A report as one HTML page with its styles, as whoever prints from a browser would have written it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from press.elements import Columns, Grid, Line, Panels, Part, Picture, Slot
from press.manuscript import parts
from press.model import ReportModel
from press.style import Style


@dataclass(frozen=True)
class Fonts:
    """A font for the text and one for headings."""

    mincho: str
    gothic: str


# Chromium puts TrueType fonts into its PDFs as they are, and of fonts with PostScript outlines it draws each glyph
# (Type 3). Of the characters that share a glyph its fonts name one: for 小 in Noto that is the radical ⼩.
TRUETYPE = Fonts("IPAMincho", "IPAGothic")
POSTSCRIPT = Fonts("Noto Serif CJK JP", "Noto Sans CJK JP")
# A picture of one point, green.
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAHiWWgAAACwAAAAAAQABAAACAkQBADs="
_RULES = {"full": "0.75pt solid #000", "filled": "0.75pt solid #000", "dotted": "1pt dotted #000"}


def document(model: ReportModel, style: Style, labels: Mapping[str, str], fonts: Fonts) -> str:
    """The whole file. `labels`: the page numbers that the list gives, by programme; a figure stands in for others."""
    marks = (("tab", style.tab), ("watermark", style.watermark))
    ground = "".join(f'<div class="{name}">{escape(text)}</div>' for name, text in marks if text)
    body = ground + _all(parts(model, style), labels)
    return (
        f'<!doctype html>\n<html lang="ja"><head><meta charset="utf-8"><title>{escape(model.title)}</title>\n'
        f"<style>\n{_page(style, fonts)}\n{_looks(style, fonts)}\n</style></head>\n<body>\n{body}\n</body></html>\n"
    )


def _quoted(text: str) -> str:
    r"""A string of CSS, in which `<` must not end the element around it.

    >>> _quoted('"</style>')
    '"\\22 \\3c /style>"'
    """
    return '"' + text.replace("\\", "\\5c ").replace('"', "\\22 ").replace("<", "\\3c ").replace("\n", " ") + '"'


def _page(style: Style, fonts: Fonts) -> str:
    """The sheet, its margins and what runs in them."""
    boxes = []
    font = f'font: 9pt "{fonts.mincho}"'
    if style.header:
        boxes.append(f"@top-left {{ content: {_quoted(style.header)}; white-space: nowrap; {font} }}")
    if style.page_number:
        before, _, rest = style.page_number.partition("{page}")
        between, _, after = rest.partition("{of}")
        of = " counter(pages)" if "{of}" in rest else ""
        said = f"{_quoted(before)} counter(page) {_quoted(between)}{of} {_quoted(after)}"
        where = "top-right" if style.page_number_on_top else "bottom-center"
        boxes.append(f"@{where} {{ content: {said}; {font} }}")
    short, long = {"A4": (595, 842), "A3": (842, 1191), "slide": (540, 960)}[style.sheet]
    size = f"{long}pt {short}pt" if style.landscape else f"{short}pt {long}pt"
    first = f"html {{ counter-reset: page {style.first_page - 1} }}"
    return f"@page {{ size: {size}; margin: {style.margin}pt; {' '.join(boxes)} }}\n{first}"


def _looks(style: Style, fonts: Fonts) -> str:
    """How each kind of line and table looks."""
    prose = "justify" if style.justified else "start"
    gothic = f'font-family: "{fonts.gothic}"; font-weight: bold'
    heading = f"{gothic};" if style.bold_headings else ""
    return f"""
html {{ font: {style.size}pt/{style.leading} "{fonts.mincho}"; print-color-adjust: exact }}
body {{ margin: 0; line-break: strict }}
p, h1 {{ margin: 0; font: inherit }}
p:empty {{ min-height: 1em }}
.new-page {{ break-before: page }}
.report {{ {gothic}; font-size: {style.size + 3.5}pt; text-align: center; margin-bottom: 10pt }}
.chapter {{ {gothic}; font-size: {style.size + 1.5}pt; margin-top: 8pt }}
.heading {{ {heading} margin-top: 3pt }}
.point {{ {gothic} }}
.bar {{ {gothic}; background: #dbe5f1; padding: 2pt 4pt; margin: 8pt 0 3pt }}
.box {{ {gothic}; border: 0.75pt solid #000; padding: 2pt 4pt; margin: 8pt 0 3pt }}
.bold {{ {gothic}; margin-top: 8pt }}
.plain {{ margin-top: 8pt }}
.prose {{ text-indent: {1 if style.indent else 0}em; text-align: {prose} }}
.note {{ padding-left: 1em; text-indent: -1em; text-align: {prose} }}
.footer {{ text-align: {style.footer_align} }}
.caption {{ text-align: right }}
.aside {{ float: right; font: {style.size - 1}pt "{fonts.mincho}" }}
.panels {{ break-inside: avoid; margin-bottom: 10pt }}
.panels > div {{ display: grid; column-gap: 22pt; align-items: start }}
.columns {{ columns: 2; column-gap: 22pt; break-before: page; break-after: page }}
.picture {{ display: flex; align-items: center; margin: 4pt 0 }}
.picture.below {{ display: block }}
.picture img {{ width: 110pt; height: 74pt; margin-right: 8pt; display: block }}
.tab, .watermark {{ position: fixed }}
.tab {{ right: {14 - style.margin}pt; top: 90pt; writing-mode: vertical-rl; background: #dbe5f1; padding: 4pt 2pt }}
.watermark {{ top: 35%; width: 100%; text-align: center; {gothic}; font-size: 110pt; color: #ccc;
  transform: rotate(-45deg); z-index: -1 }}
.leads {{ break-after: avoid }}
table {{ border-collapse: collapse; table-layout: fixed; width: 100%; margin: 3pt 0;
  font-size: {style.size - 1}pt; line-height: 1.25 }}
td, th {{ font-weight: normal; text-align: left; padding: {style.row_padding}pt; vertical-align: middle }}
.three td, .three th, .none td, .none th {{ padding-left: 6pt; padding-right: 6pt }}
td > p.plain, th > p.plain, td > h1.plain {{ margin: 0 }}
td.center, th {{ text-align: center }}
td.right {{ text-align: right }}
.shaded {{ background: #dbe5f1 }}
.once thead {{ display: table-row-group }}
.whole tr {{ break-inside: avoid }}
{"".join(f".{rules} td, .{rules} th {{ border: {rule} }}" for rules, rule in _RULES.items())}
.three thead, .three tbody {{ border-bottom: 0.75pt solid #000 }}
.three thead {{ border-top: 0.75pt solid #000 }}"""


def _part(part: Part, labels: Mapping[str, str]) -> str:
    if isinstance(part, Line):
        return _line(part)
    if isinstance(part, Grid):
        return _table(part, labels)
    if isinstance(part, Picture):
        where = "picture" if part.beside else "picture below"
        return f'<div class="{where}"><img src="{PIXEL}"><span>{escape(part.caption)}</span></div>'
    if isinstance(part, Columns):
        return f'<div class="columns">{_all(part.parts, labels)}</div>'
    return _panels(part, labels)


def _all(some: Iterable[Part], labels: Mapping[str, str]) -> str:
    return "\n".join(_part(part, labels) for part in some)


def _panels(panels: Panels, labels: Mapping[str, str]) -> str:
    title = _line(panels.title) if panels.title else ""
    shares = " ".join(f"minmax(0, {share}fr)" for share in panels.shares)
    inside = "".join(f"<div>{_all(panel, labels)}</div>" for panel in panels.panels)
    classes = "panels new-page" if panels.new_page else "panels"
    return f'<div class="{classes}">{title}<div style="grid-template-columns: {shares}">{inside}</div></div>'


def _line(line: Line) -> str:
    classes = [line.role, *(["leads"] if line.leads else []), *(["new-page"] if line.new_page else [])]
    # A heading, so that its page can be found again in the PDF's outline.
    name = "h1" if line.opens is not None else "p"
    right = f'<span class="aside">{escape(line.right)}</span>' if line.right else ""
    return f'<{name} class="{" ".join(classes)}">{right}{escape(line.text)}</{name}>'


def _table(grid: Grid, labels: Mapping[str, str]) -> str:
    classes = [grid.rules, "whole" if grid.repeated else "once", *(["new-page"] if grid.new_page else [])]
    columns = "".join(f'<col style="width: {100 * share:.3f}%">' for share in grid.shares)
    head = "".join(_row(row, "th", labels) for row in grid.rows[: grid.head])
    body = "".join(_row(row, "td", labels) for row in grid.rows[grid.head :])
    top = f"<thead>{head}</thead>" if head else ""
    return f'<table class="{" ".join(classes)}"><colgroup>{columns}</colgroup>{top}<tbody>{body}</tbody></table>'


def _row(cells: tuple[Slot, ...], name: str, labels: Mapping[str, str]) -> str:
    return f"<tr>{''.join(_cell(cell, name, labels) for cell in cells)}</tr>"


def _cell(cell: Slot, name: str, labels: Mapping[str, str]) -> str:
    classes = [cell.align, *(["shaded"] if cell.shaded else [])]
    spans = f' colspan="{cell.across}" rowspan="{cell.down}"'
    inside = "".join(_line(line) for line in cell.lines)
    if cell.page_of is not None:
        inside = escape(labels.get(cell.page_of, "0"))
    return f'<{name} class="{" ".join(classes)}"{spans}>{inside}</{name}>'
