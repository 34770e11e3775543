"""Reports whose programmes have tables drawn at random, printed by the press's typesetter or a browser."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from axes_at_random import Drawn
from extractor.document.layout import Cell as GridCell
from grids import draw_grid
from press.sheet import Fonts, Sheets
from press.style import PLAIN, Rules, Style
from press.tables import Cell, Grid, draw_table

NAMES = (
    "港の学び舎運営事業",
    "海藻加工人材育成事業",
    "雪国ものづくり塾事業",
    "温泉地若手経営者支援事業",
    "林業機械オペレーター養成事業",
    "地場産品販路開拓事業",
)
OVERVIEW = "地域の担い手を確保するため、関係する団体と連携して講座を開く。"
RESULTS = "年間を通じて講座を開き、関係する団体とともに受講を呼び掛けた。"


def typeset_tables(tables: Sequence[Drawn], fonts: Fonts, *, rules: Rules, repeated: bool, size: float) -> bytes:
    """A report on sheets, a programme a table."""
    style = replace(PLAIN, rules=rules, size=size, page_number="{page}", repeated_head=repeated)
    sheets = Sheets(style, fonts, 1)
    for text, kind in _opening(tables):
        sheets.paragraph(text, strong=kind != "prose", align="center" if kind == "title" else "left")
    _draw(sheets, style, _list_rows(tables), 1, (0.07, 0.4, 0.2, 0.1, 0.23))
    for number, drawn in enumerate(tables):
        sheets.y += 2 * size
        sheets.need(10 * size * style.leading)
        for text, kind in _block(number):
            sheets.paragraph(text, strong=kind == "heading", indent=kind == "prose")
        if drawn.caption:
            sheets.paragraph(drawn.caption, align="right")
        cells = draw_grid(drawn.drawing())
        width = max(cell.column + cell.column_span for cell in cells.cells)
        rows = [cells.find_row(row) for row in range(cells.rows)]
        _draw(sheets, style, rows, drawn.head, (1.6, *[1.0] * (width - 1)))
        sheets.paragraph("（担当課：港湾課）", align="right")
    return sheets.pdf()


def _draw(sheets: Sheets, style: Style, rows: Sequence[Sequence[GridCell]], head: int, shares: Sequence[float]) -> None:
    whole = (sheets.right - sheets.left) / sum(shares)
    made = tuple(
        tuple(Cell(one.column, one.text, one.column_span, one.row_span, align="center") for one in row) for row in rows
    )
    widths = tuple(share * whole for share in shares)
    grid = Grid(widths, made, head, style.rules, style.size - 1.5, repeated_head=style.repeated_head)
    draw_table(sheets, grid)


def write_html(tables: Sequence[Drawn], *, size: float, repeated: bool) -> str:
    """A report as one HTML page."""
    parts = [f'<p class="{kind}">{escape(text)}</p>' for text, kind in _opening(tables)]
    parts.append(_table(_list_rows(tables), 1))
    for number, drawn in enumerate(tables):
        parts += [f'<p class="{kind}">{escape(text)}</p>' for text, kind in _block(number)]
        parts += [f'<p class="caption">{escape(drawn.caption)}</p>'] if drawn.caption else []
        grid = draw_grid(drawn.drawing())
        parts.append(_table([grid.find_row(row) for row in range(grid.rows)], drawn.head))
        parts.append('<p class="caption">（担当課：港湾課）</p>')
    group = "table-header-group" if repeated else "table-row-group"
    looks = f"""@page {{ size: 595pt 842pt; margin: 60pt }}
html {{ font: {size}pt/1.5 "IPAMincho" }} p {{ margin: 0 }}
.title, .heading {{ font-family: IPAGothic; font-weight: bold }}
.heading {{ margin-top: 6pt; break-after: avoid }} .caption {{ text-align: right }} thead {{ display: {group} }}
table {{ border-collapse: collapse; width: 100% }} td {{ border: 0.75pt solid #000; text-align: center; padding: 2pt }}
td {{ font-size: {size - 1.5}pt }} tr {{ break-inside: avoid }} .prose {{ text-indent: 1em }}"""
    body = "\n".join(parts)
    head = f'<head><meta charset="utf-8"><style>{looks}</style></head>'
    return f'<!doctype html><html lang="ja">{head}<body>{body}</body></html>'


def _table(rows: Sequence[Sequence[GridCell]], head: int) -> str:
    lines = [
        "<tr>"
        + "".join(f'<td colspan="{one.column_span}" rowspan="{one.row_span}">{escape(one.text)}</td>' for one in row)
        + "</tr>"
        for row in rows
    ]
    return f"<table><thead>{''.join(lines[:head])}</thead><tbody>{''.join(lines[head:])}</tbody></table>"


def _opening(tables: Sequence[Drawn]) -> list[tuple[str, str]]:
    year = tables[0].report_year - 2018
    return [
        (f"令和{year}年度中小企業振興施策実施状況", "title"),
        ("①　地域の担い手を育てること", "heading"),
        ("【取組の概要】", "heading"),
        (OVERVIEW, "prose"),
        ("【基本方針事業一覧】", "heading"),
    ]


def _list_rows(tables: Sequence[Drawn]) -> list[tuple[GridCell, ...]]:
    year = tables[0].report_year - 2018
    texts = [["No.", "事業名", f"R{year}事業費（千円）", "新規", "担当課等"]]
    texts += [[str(at + 1), NAMES[at], "1,000", "", "港湾課"] for at in range(len(tables))]
    texts.append(["", "小計", f"{len(tables)},000", "", ""])
    return [
        tuple(GridCell(row, column, text, ()) for column, text in enumerate(line)) for row, line in enumerate(texts)
    ]


def _block(number: int) -> list[tuple[str, str]]:
    return [
        (f"{number + 1}　{NAMES[number]}", "heading"),
        ("【 事業概要 】", "heading"),
        (OVERVIEW, "prose"),
        ("【 事業実績 】", "heading"),
        (RESULTS, "prose"),
    ]
