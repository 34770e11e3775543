"""Bands: a wide table in which a programme is a band of rows gives the blocks that pages of text give."""

from extractor.document.layout import Cell, Element, Layout, Paragraph, Table
from extractor.document.outline import Outline, ProgrammeBlock
from extractor.profiles.profile import load_profile
from extractor.records.report import PageBox, Source
from extractor.structure.outline_builder import build_outline

HEAD = ("No.", "事業名", "担当課", "事業概要", "事業実績", "項目名", "4年度", "5年度")
FIRST = ("1", "港の事業", "港湾課", "港を直す。", "港を直した。")
SECOND = ("2", "森の事業", "林政課", "森を育てる。", "森を育てた。")
METRICS = (("港の数", "3", "4"), ("船の数", "－", "12隻"))


def place(row: int, column: int) -> Source:
    return (PageBox(page=1, page_label=None, bbox=(50.0 * column, 20.0 * row, 50.0 * column + 40, 20.0 * row + 12)),)


def cell(row: int, column: int, text: str, down: int = 1, wide: int = 1) -> Cell:
    return Cell(row, column, text, place(row, column), down, wide)


def band(row: int, fields: tuple[str, ...], metrics: tuple[tuple[str, ...], ...] = METRICS) -> list[Cell]:
    """A band of rows: the fields as high as all of it, the metrics row by row."""
    cells = [cell(row, column, text, len(metrics)) for column, text in enumerate(fields)]
    cells += [cell(row + at, len(fields) + i, text) for at, one in enumerate(metrics) for i, text in enumerate(one)]
    return cells


def table(*cells: Cell) -> Table:
    rows = max(one.row + one.row_span for one in cells)
    columns = max(one.column + one.column_span for one in cells)
    return Table(tuple(sorted(cells, key=lambda one: (one.row, one.column))), rows, columns, place(0, 0))


def head(*texts: str) -> list[Cell]:
    return [cell(0, column, text) for column, text in enumerate(texts or HEAD)]


def outline(*elements: Element) -> Outline:
    return build_outline(Layout(elements, (), 1), load_profile())


def told(block: ProgrammeBlock) -> tuple[object, ...]:
    texts = [[line.text for line in lines or ()] for lines in (block.footer, block.overview, block.results)]
    rows = [
        tuple(found.text for column in (one.name_column, *one.heads) if (found := one.table.find_cell(row, column)))
        for one in block.tables
        for row in one.body
    ]
    return block.title.text if block.title else None, *texts, rows


def expected(fields: tuple[str, ...], metrics: tuple[tuple[str, ...], ...] = METRICS) -> tuple[object, ...]:
    number, name, *rest = fields
    return f"{number} {name}", *([text] for text in rest), list(metrics)


def blocks(found: Outline) -> list[ProgrammeBlock]:
    return [block for chapter in found.chapters for block in chapter.blocks]


def test_each_band_is_a_block() -> None:
    found = outline(Paragraph("事業別実績調書", place(0, 0)), table(*head(), *band(1, FIRST), *band(3, SECOND)))
    assert [told(block) for block in blocks(found)] == [expected(FIRST), expected(SECOND)]
    assert [one.text for one in found.unplaced if isinstance(one, Paragraph)] == ["事業別実績調書"]


def test_a_head_of_two_rows_and_other_columns() -> None:
    names = ("事業名", "事業期間", "事業概要", "事業実績", "指標")
    cells = [cell(0, column, text, 2) for column, text in enumerate(names)]
    cells += [cell(0, 5, "実績", wide=2), cell(1, 5, "R4"), cell(1, 6, "R5")]
    cells += band(2, ("港の事業", "R3～R7", "港を直す。", "港を直した。"))
    found = outline(table(*cells))
    (block,) = blocks(found)
    assert told(block) == ("港の事業", [], ["港を直す。"], ["港を直した。"], list(METRICS))
    assert [(one.label, one.text.text) for one in block.asides] == [("事業期間", "R3～R7")]
    assert block.drift == []


def test_a_band_goes_on_on_the_next_page() -> None:
    rest = band(1, ("", "", "", "", "船も直した。"), (("人の数", "1名", "2名"),))
    again = band(1, ("1", "港の事業（続き）", "", "", "船も直した。"), (("人の数", "1名", "2名"),))
    bare = [cell(0, one.column, one.text, one.row_span, one.column_span) for one in rest]
    whole = (
        "1 港の事業",
        ["港湾課"],
        ["港を直す。"],
        ["港を直した。", "船も直した。"],
        [*METRICS, ("人の数", "1名", "2名")],
    )
    for more in (table(*head(), *rest), table(*head(), *again), table(*bare)):
        found = outline(table(*head(), *band(1, FIRST)), more)
        assert [told(block) for block in blocks(found)] == [whole]
    joined = table(*head(), *band(1, FIRST), *[cell(3 + c.row, c.column, c.text) for c in (*head(), *rest)])
    assert [told(block) for block in blocks(outline(joined))] == [whole]


def test_a_programme_without_metrics_has_none() -> None:
    found = outline(table(*head(), *band(1, FIRST, (("", "", ""),)), *band(2, SECOND)))
    assert [told(block) for block in blocks(found)] == [expected(FIRST, ()), expected(SECOND)]


def test_a_list_with_an_overview_is_none() -> None:
    names = ("No.", "事業名", "事業概要", "R5事業費", "担当課")
    listed = table(
        *head(*names), *[cell(1, i, text) for i, text in enumerate(("1", "港", "港を直す。", "3", "港湾課"))]
    )
    found = outline(listed)
    assert blocks(found) == []
    assert len(found.chapters[0].lists) == 1
